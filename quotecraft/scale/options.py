"""What decides the result of a batch run: model, options, shards."""

from __future__ import annotations

from attrs import field, frozen, validators

from quotecraft.pipeline import Pipeline, load

__all__ = ["FORMATS", "BatchOptions"]

FORMATS = ("parquet", "jsonl")


@frozen
class BatchOptions:
    """Everything beside the input that the result of a run depends on.

    Attributes:
        model: Name of the model, as for ``quotecraft.load``.
        stanza: Tokenizer package, as for ``quotecraft.load``.
        min_confidence: Leave out quotations less sure than this, in [0, 1].
        nested: Look for quotations inside quotations, too.
        coreference: Another source of coreference, as for ``quotecraft.load``.
        text: Keep the texts in the output, or only their SHA-256.
        format: Format of the shards: ``"parquet"`` (needs the ``parquet`` extra) or ``"jsonl"``.
        shard_size: Number of inputs that one shard covers, those that fail included.
        text_column: Field or column of the input that holds the text.
        id_column: Field or column of the input that holds the id.

    Raises:
        ValueError: If a value is out of range.
    """

    model: str = "en"
    stanza: str | None = None
    min_confidence: float = field(default=0.0, validator=[validators.ge(0), validators.le(1)])
    nested: bool = False
    text: bool = True
    format: str = field(default="parquet", validator=validators.in_(FORMATS))
    shard_size: int = field(default=1000, validator=validators.ge(1))
    text_column: str = "text"
    id_column: str = "id"
    coreference: str | None = None

    def load(self) -> Pipeline:
        """Load the pipeline.

        Raises:
            WeightsError: If the model does not exist, or a file of it is missing or damaged.
            MissingExtraError: If the libraries for coreference are not installed.
        """
        return load(
            self.model,
            stanza=self.stanza,
            min_confidence=self.min_confidence,
            nested=self.nested,
            coreference=self.coreference,
        )
