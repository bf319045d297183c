"""Stanza's neural coreference, for those who have downloaded it, behind our own interface.

The network needs gigabytes and the libraries of the extra ``coref``; nothing else in quotecraft
does, and without it nothing changes. It runs on the graphics card that PyTorch finds, if any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from quotecraft.errors import MissingExtraError, WeightsError
from quotecraft.parse.coreference import BLANK, Cluster, NetworkCoreference
from quotecraft.parse.interfaces import Coreference

__all__ = ["PACKAGE", "StanzaCoreferenceNetwork", "load_coreference"]

PACKAGE = "udcoref_xlm-roberta-lora"  # Stanza 1.15's for English, on top of XLM-RoBERTa
_RELIABILITY = 0.8  # that a chain joins a mention to whom it means: set by hand, not measured


class StanzaCoreferenceNetwork:
    """Stanza's coreference processor: a ``CoreferenceNetwork``.

    Args:
        pipeline: A ``stanza.Pipeline`` with the processor ``coref``.
    """

    def __init__(self, pipeline: Any) -> None:  # noqa: ANN401
        self._pipeline = pipeline

    def clusters(self, sentences: Sequence[Sequence[str]]) -> Iterator[Cluster]:
        """Yield who and what is mentioned; nodes that stand for no word are left out."""
        import torch
        from stanza.models.common.doc import Document as StanzaDocument

        known = {word: self._readable(word) for words in sentences for word in words}
        entries = [
            [{"id": (number,), "text": known[word]} for number, word in enumerate(words, 1)]
            for words in sentences
        ]
        with torch.no_grad():
            found = self._pipeline.process(StanzaDocument(entries), processors="coref")
        for chain in found.coref:
            kept = [n for n, m in enumerate(chain.mentions) if isinstance(m.start_word, int)]
            mentions = [chain.mentions[number] for number in kept]
            best = chain.representative_index
            yield Cluster(
                tuple((m.sentence, m.start_word, m.end_word) for m in mentions),
                kept.index(best) if best in kept else None,
            )

    def _readable(self, word: str) -> str:
        """Return a word, or a dash for one that the transformer's tokenizer takes for nothing.

        One such word makes Stanza refuse the whole document.
        """
        model = getattr(self._pipeline.processors["coref"], "_model", None)
        tokenizer = getattr(model, "tokenizer", None)
        return word if tokenizer is None or tokenizer.tokenize(word) else BLANK


def load_coreference(package: str = PACKAGE) -> Coreference:
    """Return Stanza's coreference, whose network is loaded with the first text.

    Nothing is downloaded: it takes what lies in your folders of Stanza and Hugging Face.

    Args:
        package: Name of an English coreference package of Stanza.

    Raises:
        MissingExtraError: If the libraries that it needs are not installed.
        WeightsError: If the package has not been downloaded.
    """
    if any(find_spec(library) is None for library in ("peft", "transformers")):
        raise MissingExtraError("Stanza's coreference", "coref")
    import stanza
    from stanza.resources.common import DEFAULT_MODEL_DIR

    path = Path(DEFAULT_MODEL_DIR, "en", "coref", f"{package}.pt")
    if not path.is_file():
        raise WeightsError(f"there is no {path}; {_download(package)}")
    name = f"stanza/en-{package}-{stanza.__version__}"
    load = partial(_load_network, package, path)
    return NetworkCoreference(load, name, _RELIABILITY)


def _load_network(package: str, path: Path) -> StanzaCoreferenceNetwork:
    import stanza

    try:
        pipeline = stanza.Pipeline(
            "en",
            dir=str(path.parents[2]),
            package=None,
            processors={"tokenize": "default", "coref": package},
            tokenize_pretokenized=True,
            download_method=None,
            verbose=False,
        )
    except Exception as error:  # Stanza, PyTorch and transformers have many
        raise WeightsError(
            f"the Stanza package {package!r} can't be used ({type(error).__name__}: {error}); "
            f"{_download(package)}"
        ) from error
    return StanzaCoreferenceNetwork(pipeline)


def _download(package: str) -> str:
    """Return what to do once, with network, so that package and transformer lie on the disk."""
    wanted = "'tokenize,coref'"
    if package != PACKAGE:
        wanted = f"{{'tokenize': 'default', 'coref': {package!r}}}"
    return (
        "download it and the transformer below it once: pip install 'quotecraft[coref]', then "
        f"python -c \"import stanza; stanza.Pipeline('en', processors={wanted})\""
    )
