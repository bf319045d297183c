"""Stanza behind our own types: the only file that imports it, inside functions.

The tokenizer that ships with quotecraft is Stanza's own network (Qi et al. 2018), trained with
Stanza's trainer by ``quotecraft train tokenizer``. ``load_tokenizer`` runs it in ONNX Runtime,
because importing Stanza takes seconds: most of them for PyTorch, some tenths for Stanza's own
modules, which its ``__init__`` imports all, and a second more where ``transformers`` is installed.
``StanzaNetwork`` runs the same weights in Stanza, one level below ``stanza.Pipeline``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from quotecraft.errors import WeightsError
from quotecraft.model import Document, Sentence, Span
from quotecraft.parse.characters import FEATURES, Integers, Matrix
from quotecraft.parse.interfaces import Tokenizer
from quotecraft.parse.network import NetworkTokenizer
from quotecraft.parse.onnx_backend import OnnxNetwork
from quotecraft.parse.pieces import BREAK, in_paragraphs, join_pieces, piece_groups, plain_text
from quotecraft.text.paragraphs import paragraphs
from quotecraft.weights import model_info

__all__ = [
    "SHIPPED",
    "StanzaNetwork",
    "StanzaPackageTokenizer",
    "load_tokenizer",
    "register_quotes_processor",
    "register_tokenizer_variant",
]

SHIPPED = "quotecraft"  # name of our weights beside the packages that Stanza distributes

Annotate = Callable[[str, Sequence[Sentence], Mapping[str, Any]], Document]


class StanzaNetwork:
    """Stanza's character network in Stanza: a ``CharacterNetwork`` that can also learn.

    Args:
        trainer: A ``stanza.models.tokenization.trainer.Trainer``.
    """

    def __init__(self, trainer: Any) -> None:  # noqa: ANN401  (Stanza has no types)
        self._trainer = trainer
        self._vocabulary: dict[str, int] = {
            unit: number
            for number in range(len(trainer.vocab))
            if len(unit := trainer.vocab.id2unit(number)) == 1
        }

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The number of each character that it knows."""
        return self._vocabulary

    @classmethod
    def load(cls, path: Path) -> StanzaNetwork:
        """Read a network from a checkpoint, on the processor and without unpickling objects.

        Raises:
            WeightsError: If it is no checkpoint of a tokenizer with our features.
        """
        from stanza.models.tokenization.trainer import Trainer

        try:
            trainer = Trainer(model_file=str(path), device="cpu")
            found = tuple(trainer.args["feat_funcs"])
        except Exception as error:  # Stanza and PyTorch raise whatever the bytes lead them to
            raise WeightsError(
                f"{path} is no tokenizer checkpoint of Stanza ({type(error).__name__}: {error}); "
                "reinstall: pip install --force-reinstall quotecraft"
            ) from error
        if found != FEATURES:
            raise WeightsError(f"{path} was trained with the features {found}, not {FEATURES}")
        return cls(trainer)

    @classmethod
    def create(cls, vocabulary: Sequence[str], window: int, seed: int) -> StanzaNetwork:
        """Make an untrained network with Stanza's default sizes, on the processor.

        Args:
            vocabulary: The characters it is to know.
            window: Characters in a training window, recorded in the checkpoint.
            seed: Seed of its first weights.
        """
        import torch
        from stanza.models.tokenization.trainer import Trainer
        from stanza.models.tokenization.vocab import Vocab
        from stanza.models.tokenizer import parse_args

        command = ["--lang", "en", "--shorthand", "en_quotecraft", "--max_seqlen", str(window)]
        args = parse_args([*command, "--no_use_mwt", "--seed", str(seed)])
        units = Vocab([], "en")
        for unit in vocabulary:
            units.append(unit)
        args |= {
            "feat_funcs": list(FEATURES),
            "feat_dim": len(FEATURES),
            "num_dict_feat": 0,
            "vocab_size": len(units),
        }
        torch.manual_seed(seed)
        return cls(Trainer(args=args, vocab=units, device="cpu"))

    def learn(
        self, ids: Integers, features: Matrix, labels: Integers, *, rate: float, seed: int
    ) -> float:
        """Take one training step, on one thread, and return the loss.

        Args:
            ids: Character numbers, one row a window.
            features: Their features.
            labels: Their labels, -1 where there is none.
            rate: Learning rate.
            seed: Seed of the step's dropout.
        """
        import torch

        torch.manual_seed(seed)
        self._trainer.change_lr(rate)
        rows = [range(ids.shape[1])] * len(ids)  # Stanza takes only the lengths from the raw text
        batch = (torch.from_numpy(ids), torch.from_numpy(labels), torch.from_numpy(features), rows)
        with _one_thread():
            return float(self._trainer.update(batch))

    def label(self, ids: Integers, features: Matrix, lengths: Sequence[int]) -> NDArray[np.int8]:
        """Return the most likely label of each character, as ``CharacterNetwork`` says."""
        import torch

        with torch.inference_mode(), _one_thread():
            batch = (torch.from_numpy(ids), None, torch.from_numpy(features), _rows(lengths))
            scores = self._trainer.predict(batch)
        labels: NDArray[np.int8] = scores.argmax(axis=2).astype(np.int8)
        return labels

    def save(self, path: Path) -> None:
        """Write the network as a Stanza checkpoint."""
        self._trainer.save(str(path))

    def state(self) -> dict[str, Any]:
        """Return all that training needs to go on: weights and optimizer."""
        trainer = self._trainer
        return {"model": trainer.model.state_dict(), "optimizer": trainer.optimizer.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Go back to what ``state`` returned."""
        self._trainer.model.load_state_dict(state["model"])
        self._trainer.optimizer.load_state_dict(state["optimizer"])


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let PyTorch use one thread for a while, in the thread that calls.

    The network's steps are too small to share: a second thread costs more than it brings, and
    waiting for it on a busy machine takes a hundred times as long.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _rows(lengths: Sequence[int]) -> list[range]:
    return [range(length) for length in lengths]


@frozen
class StanzaPackageTokenizer:
    """The tokenizer of an English Stanza package that the user downloaded.

    Attributes:
        pipeline: A ``stanza.Pipeline`` that tokenizes.
        name: Name and version, recorded in ``Document.model``.
    """

    pipeline: Any = field(repr=False)
    name: str = "stanza/package"

    def tokenize(self, text: str) -> tuple[Sentence, ...]:
        """Return the sentences of a text, with their tokens, in order.

        Stanza gets the text in pieces, with a blank for every kind of white space and U+FFFD for
        lone surrogates and other control characters, one for one.
        """
        limits = paragraphs(text)
        plain = plain_text(text)
        found: list[list[Span]] = []
        for pieces in piece_groups(text, limits):
            joined = BREAK.join(piece.of(plain) for piece in pieces)
            found += join_pieces(pieces, _token_places(self.pipeline(joined)))
        return in_paragraphs(found, limits)


def _token_places(document: Any) -> Iterator[list[tuple[int, int]]]:  # noqa: ANN401
    """Start and end of each token of each sentence of a Stanza document."""
    for sentence in document.sentences:
        yield [(token.start_char, token.end_char) for token in sentence.tokens]


def load_tokenizer(stanza: str | None = None, *, model: str = "en") -> Tokenizer:
    """Load a tokenizer; never touches the network.

    Args:
        stanza: ``None`` for the tokenizer that ships with quotecraft, in ONNX Runtime;
            ``"quotecraft"`` for the same in Stanza, which gives the same sentences and starts
            later; otherwise the name of an English Stanza package that you downloaded, such as
            ``"default"``.
        model: The model of quotecraft whose tokenizer to load.

    Raises:
        WeightsError: If the shipped weights are missing or damaged, or the Stanza package has not
            been downloaded.
    """
    if stanza not in (None, SHIPPED):
        return _load_package(str(stanza))
    info = model_info(model)
    name = f"stanza/{info.name}-tokenizer-{info.component('tokenizer').version}"
    if stanza is None:
        return NetworkTokenizer(OnnxNetwork(info.path("tokenizer", "tokenizer.onnx")), name)
    return NetworkTokenizer(StanzaNetwork.load(info.path("tokenizer", "tokenizer.pt")), name)


def _load_package(package: str) -> StanzaPackageTokenizer:
    import stanza

    try:
        pipeline = stanza.Pipeline(
            "en",
            processors="tokenize",
            package=package,
            download_method=None,
            use_gpu=False,
            verbose=False,
        )
    except Exception as error:  # Stanza has a different error for each way to be missing
        wanted = "" if package == "default" else f", package={package!r}"
        raise WeightsError(
            f"the Stanza package {package!r} for English can't be used "
            f"({type(error).__name__}: {error}); download it once: "
            f"import stanza; stanza.download('en', processors='tokenize'{wanted})"
        ) from error
    return StanzaPackageTokenizer(pipeline, f"stanza/en-{package}-{stanza.__version__}")


def register_quotes_processor(annotate: Annotate) -> None:
    """Give Stanza a processor ``quotes``, which fills ``doc.quotes`` and ``doc.speakers``.

    Args:
        annotate: Called with a text, its sentences and the processor's options (those that were
            given to ``stanza.Pipeline`` as ``quotes_…``); returns our document.
    """
    from stanza.models.common.doc import Document as StanzaDocument
    from stanza.pipeline.processor import Processor, register_processor
    from stanza.pipeline.registry import NAME_TO_PROCESSOR_CLASS

    if "quotes" in NAME_TO_PROCESSOR_CLASS:
        return
    for name in ("quotes", "speakers"):
        StanzaDocument.add_property(name, default=(), setter=_setter(name))

    class QuotesProcessor(Processor):  # type: ignore[misc]
        PROVIDES_DEFAULT = frozenset({"quotes"})
        REQUIRES_DEFAULT = frozenset({"tokenize"})

        def process(self, doc: Any) -> Any:  # noqa: ANN401
            text = doc.text
            tokens = ([Span(*place) for place in found] for found in _token_places(doc))
            sentences = in_paragraphs(tokens, paragraphs(text))
            annotated = annotate(text, sentences, self.config)
            doc.quotes, doc.speakers = annotated.quotes, annotated.speakers
            return doc

    register_processor("quotes")(QuotesProcessor)


def _setter(name: str) -> Callable[[Any, Any], None]:
    return lambda document, value: setattr(document, f"_{name}", value)


def register_tokenizer_variant() -> None:
    """Give Stanza our tokenizer, for ``stanza.Pipeline(processors={"tokenize": "quotecraft"})``.

    It marks no multi-word tokens, so it suits pipelines that need none.
    """
    from stanza.models.common.doc import Document as StanzaDocument
    from stanza.pipeline.processor import ProcessorVariant, register_processor_variant

    class QuotecraftTokenizer(ProcessorVariant):  # type: ignore[misc]
        def __init__(self, config: Any) -> None:  # noqa: ANN401
            self._tokenizer = load_tokenizer()

        def process(self, document: Any) -> Any:  # noqa: ANN401
            text = document if isinstance(document, str) else document.text
            sentences = self._tokenizer.tokenize(text)
            return StanzaDocument([_entries(text, sentence) for sentence in sentences], text)

        def bulk_process(self, documents: Any) -> Any:  # noqa: ANN401
            return [self.process(document) for document in documents]

    register_processor_variant("tokenize", "quotecraft")(QuotecraftTokenizer)


def _entries(text: str, sentence: Sentence) -> list[dict[str, Any]]:
    return [
        {
            "id": (number,),
            "text": token.span.of(text),
            "start_char": token.span.start,
            "end_char": token.span.end,
        }
        for number, token in enumerate(sentence.tokens, 1)
    ]
