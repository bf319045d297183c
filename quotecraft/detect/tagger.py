"""The trained attribution tagger: a small encoder in ONNX Runtime, decoded in numpy.

How the network is trained is told in ``quotecraft/training/tagger``; what it scores, in its card.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from quotecraft.detect.cues import CueReading, read_cue
from quotecraft.detect.decoding import DecodingSettings, FoundRelation, decode, decode_stretches
from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.pairs import Biases
from quotecraft.detect.pieces import (
    EncodedText,
    TextEncoder,
)
from quotecraft.detect.scoring import (
    Network,
    NetworkOutput,
    find_candidates,
    stretches_of_candidates,
)
from quotecraft.detect.windows import Batch
from quotecraft.errors import WeightsError
from quotecraft.model import Level, QuoteKind, Sentence, Span, Stance
from quotecraft.text.pairing import Quotation, pair_marks
from quotecraft.weights import model_info

__all__ = [
    "CONFIG_FILE",
    "CONFIG_FORMAT",
    "NETWORK_FILE",
    "VOCABULARY_FILE",
    "Calibration",
    "OnnxNetwork",
    "TaggerConfig",
    "TaggerDetector",
    "load_tagger",
]

NETWORK_FILE: Final = "tagger.onnx"
CONFIG_FILE: Final = "tagger.json"
VOCABULARY_FILE: Final = "tagger-vocabulary.json"
CONFIG_FORMAT: Final = 3

_AUXILIARIES: Final = 5  # words before a cue that can negate it ("did not", "wouldn ' t")
_BATCH: Final = 1  # windows run at once; more are slower, for the processor's cache
_SLOW_FUSIONS: Final = ("SkipLayerNormFusion",)
"""Graph rewritings of ONNX Runtime to leave out: on CPUs its fused normalisation takes ten times as
long as an addition and a normalisation one after the other (13 % of the network's time)."""


@frozen
class Calibration:
    """Logistic maps from a relation's margins to confidences.

    Platt, "Probabilistic Outputs for Support Vector Machines" (1999); fitted on articles that
    neither network nor thresholds were chosen on.

    Attributes:
        content: Weights of a relation's ``signs``, and a constant.
        source: Weights of the source margin and the cue logit, and a constant.
        no_source: The same for relations without a source.
    """

    content: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 0.0)
    source: tuple[float, ...] = (1.0, 0.0, 0.0)
    no_source: tuple[float, ...] = (1.0, 0.0, 0.0)

    def content_confidence(self, relation: FoundRelation) -> float:
        """Return the probability that this is an attribution with this content."""
        return _logistic(self.content, relation.signs)

    def source_confidence(self, relation: FoundRelation) -> float:
        """Return the probability that the source, or its absence, is right."""
        weights = self.source if relation.source else self.no_source
        return _logistic(weights, (relation.source_margin, relation.cue_logit))


def _logistic(weights: Sequence[float], inputs: Sequence[float]) -> float:
    total = sum(w * x for w, x in zip(weights, (*inputs, 1.0), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@frozen
class TaggerConfig:
    """What a tagger needs beside its network and vocabulary.

    Attributes:
        name: Name and version.
        settings: Decoding thresholds.
        calibration: Maps to confidences.
        biases: Distance biases of the pair scores.
    """

    name: str
    settings: DecodingSettings
    calibration: Calibration
    biases: Biases

    @classmethod
    def from_json(cls, path: Path) -> TaggerConfig:
        """Read a configuration file.

        Raises:
            WeightsError: If it can't be read or was made for another version.
        """
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["format"] != CONFIG_FORMAT:
                raise WeightsError(
                    f"{path} has format {record['format']}, but this quotecraft reads format "
                    f"{CONFIG_FORMAT}; reinstall: pip install --force-reinstall quotecraft"
                )
            parts = {name: tuple(values) for name, values in record["calibration"].items()}
            tables = {k: np.asarray(v, np.float32) for k, v in record["biases"].items()}
            return cls(
                name=record["name"],
                settings=DecodingSettings(**record["decoding"]),
                calibration=Calibration(**parts),
                biases=Biases(**tables),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise WeightsError(
                f"the tagger's configuration {path} can't be read "
                f"({type(error).__name__}: {error}); "
                "reinstall: pip install --force-reinstall quotecraft"
            ) from error

    def to_record(self) -> dict[str, Any]:
        """Return the configuration as plain data for JSON."""
        from attrs import asdict

        biases: Mapping[str, NDArray[np.float32]] = asdict(self.biases)
        return {
            "format": CONFIG_FORMAT,
            "name": self.name,
            "decoding": asdict(self.settings),
            "calibration": asdict(self.calibration),
            "biases": {
                name: [[round(float(value), 5) for value in row] for row in table]
                for name, table in biases.items()
            },
        }


class OnnxNetwork:
    """The network in ONNX Runtime; one session serves all threads.

    Args:
        path: The ``.onnx`` file.
        biases: The network's distance biases.
        threads: CPU threads of one call.

    Raises:
        WeightsError: If ONNX Runtime can't load the file.
    """

    def __init__(self, path: Path, biases: Biases, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(path),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=list(_SLOW_FUSIONS),
            )
        except Exception as error:  # its errors have no public root
            raise WeightsError(f"ONNX Runtime can't load {path}: {error}") from error
        self.biases = biases

    def __call__(self, batch: Batch) -> NetworkOutput:
        """Run the network on a batch."""
        inputs = {"ids": batch.ids, "marks": batch.marks, "mask": batch.mask}
        return NetworkOutput(*self._session.run(["tags", "cues", "words", "scores"], inputs))


class TaggerDetector:
    """Finds attributions with the trained tagger; holds no state, so threads may share it.

    Args:
        network: The network.
        encoder: Cuts texts into word pieces.
        config: Thresholds, calibration and name.
    """

    def __init__(self, network: Network, encoder: TextEncoder, config: TaggerConfig) -> None:
        self._network = network
        self._encoder = encoder
        self._config = config

    @classmethod
    def from_folder(cls, folder: Path, threads: int = 1) -> TaggerDetector:
        """Load a tagger from a folder that holds its three files, without a manifest.

        Args:
            folder: The folder.
            threads: CPU threads of one call.

        Raises:
            WeightsError: If a file is missing or can't be read.
        """
        return cls._load(
            folder / NETWORK_FILE, folder / CONFIG_FILE, folder / VOCABULARY_FILE, threads
        )

    @classmethod
    def _load(cls, network: Path, config: Path, vocabulary: Path, threads: int) -> TaggerDetector:
        settings = TaggerConfig.from_json(config)
        encoder = TextEncoder.from_file(vocabulary)
        return cls(OnnxNetwork(network, settings.biases, threads), encoder, settings)

    @property
    def name(self) -> str:
        """Name and version of the tagger."""
        return self._config.name

    @property
    def config(self) -> TaggerConfig:
        """Thresholds, calibration and biases that it runs with."""
        return self._config

    def detect(
        self,
        text: str,
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
    ) -> list[Attribution]:
        """Return the attributions of a text, sorted by the start of their first content span.

        Args:
            text: The document's text.
            sentences: Its sentences; the tagger finds its own, as it did in training.
            quotations: Its paired quotation marks.
        """
        encoded = self._encoder.encode(text, quotations)
        special = (self._encoder.cls_id, self._encoder.sep_id)
        stretches = stretches_of_candidates(encoded, self._network, special, _BATCH)
        relations = decode_stretches(encoded, stretches, self._config.settings)
        marked = _marked_words(encoded, quotations)
        found = [self._attribution(text, encoded, relation, marked) for relation in relations]
        return sorted(found, key=lambda item: (item.content[0].start, item.content[-1].end))

    def detect_inside(self, text: str, regions: Sequence[Span]) -> list[list[Attribution]]:
        """Return the attributions inside stretches of a text, each read as a text of its own.

        An annotation in which no attribution stands inside another, as PolNeAR's, teaches the
        tagger to pass over those; read alone, they are like any other.

        Args:
            text: The document's text.
            regions: The stretches: contents without their quotation marks.

        Returns:
            For each stretch its attributions, with spans in the whole text.
        """
        settings = evolve(self._config.settings, cue=self._config.settings.inner_cue)
        pieces = [region.of(text) for region in regions]
        marks = [pair_marks(piece) for piece in pieces]
        encoded = [self._encoder.encode(*pair) for pair in zip(pieces, marks, strict=True)]
        special = (self._encoder.cls_id, self._encoder.sep_id)
        candidates = find_candidates(encoded, self._network, special, _BATCH)
        found = []
        for region, piece, pairs, words, heads in zip(
            regions, pieces, marks, encoded, candidates, strict=True
        ):
            marked = _marked_words(words, pairs)
            relations = decode(words, heads, settings)
            inner = [self._attribution(piece, words, relation, marked) for relation in relations]
            found.append([_moved(item, region.start) for item in inner])
        return found

    def _attribution(
        self,
        text: str,
        encoded: EncodedText,
        relation: FoundRelation,
        marked: NDArray[np.bool_],
    ) -> Attribution:
        cue = encoded.spans_of(relation.cue)
        words = " ".join(" ".join(span.of(text) for span in cue).lower().split())
        reading = read_cue(words)
        return Attribution(
            content=encoded.spans_of(relation.content),
            kind=_kind(text, encoded, relation.content, marked),
            cue=cue,
            cue_lemma=reading.lemma if reading else words,
            stance=_stance(text, encoded, relation, reading) if reading else Stance.NEUTRAL,
            level=reading.level if reading else Level.SPEECH,
            source=encoded.spans_of(relation.source),
            content_confidence=self._config.calibration.content_confidence(relation),
            source_confidence=self._config.calibration.source_confidence(relation),
            evidence=("tagger", f"cue:{words}"),
        )


def _moved(item: Attribution, by: int) -> Attribution:
    """Move an attribution's spans by some code points."""

    def move(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(span.start + by, span.end + by) for span in spans)

    content, cue, source = move(item.content), move(item.cue), move(item.source)
    return evolve(item, content=content, cue=cue, source=source)


def _marked_words(encoded: EncodedText, quotations: Sequence[Quotation]) -> NDArray[np.bool_]:
    """Say of each word whether it stands in some quotation, of whatever style and depth."""
    marked = np.zeros(encoded.word_count, np.bool_)
    for quotation in quotations:
        for span in quotation.spans:
            words = encoded.words_in(span.start, span.end)
            marked[words.start : words.stop] = True
    return marked


def _kind(
    text: str, encoded: EncodedText, words: Sequence[int], marked: NDArray[np.bool_]
) -> QuoteKind:
    """Decide the kind by the quotation marks around the content's words, as ``evaluate`` does."""
    spoken = [word for word in words if text[int(encoded.starts[word])].isalnum()] or list(words)
    inside = int(marked[spoken].sum())
    if inside == 0:
        return QuoteKind.INDIRECT
    return QuoteKind.DIRECT if inside == len(spoken) else QuoteKind.MIXED


def _stance(
    text: str, encoded: EncodedText, relation: FoundRelation, reading: CueReading
) -> Stance:
    """Return the cue's stance after the auxiliaries that stand just before it."""
    first, end = relation.cue[0], int(encoded.ends[relation.cue[-1]])
    low = first
    while (
        low > max(0, first - _AUXILIARIES)
        and encoded.sentence[low - 1] == encoded.sentence[first]
        and low - 1 not in relation.source
    ):
        low -= 1
    with_auxiliaries = read_cue(text[int(encoded.starts[low]) : end])
    same = with_auxiliaries is not None and with_auxiliaries.lemma == reading.lemma
    return with_auxiliaries.stance if with_auxiliaries and same else reading.stance


def load_tagger(model: str = "en", threads: int = 1) -> TaggerDetector:
    """Load the tagger of a shipped model, its files checked by hash.

    Args:
        model: Name of the model.
        threads: CPU threads of one call.

    Raises:
        WeightsError: If the model has no tagger, or a file is missing or damaged.
    """
    info = model_info(model)
    paths = [info.path("tagger", file) for file in (NETWORK_FILE, CONFIG_FILE, VOCABULARY_FILE)]
    return TaggerDetector._load(paths[0], paths[1], paths[2], threads)
