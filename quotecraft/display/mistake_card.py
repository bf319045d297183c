"""One mistake as a card: its passage with both readings marked, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from quotecraft.display.clean import escape, excerpt, shorten
from quotecraft.evaluate.mistakes import Labelled, Mistake, MistakeKind
from quotecraft.model import Span

__all__ = ["card"]

MAX_PART = 160  # code points of a cue, a source or a name
MAX_EVIDENCE = 200  # code points of all evidence codes
_HUE = {"gold": 0, "predicted": 1, "both": 2}


def card(mistake: Mistake, names: Mapping[MistakeKind, str]) -> str:
    """Return the card of a mistake.

    Args:
        mistake: The mistake.
        names: What each kind of mistake is called.
    """
    classes = " ".join(f"qc-e-is-{kind.value}" for kind in mistake.kinds)
    kinds = "".join(f"<b>{names[kind]}</b>" for kind in mistake.kinds)
    place = f"characters {mistake.passage.start:,}–{mistake.passage.end:,}"
    return (
        f'<article class="qc-e-card {classes}"><p class="qc-e-kinds">{kinds}{place}</p>\n'
        f'<p class="qc-e-passage" dir="auto">{"".join(_passage(mistake))}</p>\n'
        f'<dl class="qc-e-sides">{_side("gold", mistake.gold, mistake)}'
        f"{_side('predicted', mistake.predicted, mistake)}</dl></article>\n"
    )


Layers = dict[tuple[str, str], tuple[Span, ...]]  # (part, side) → spans


def _passage(mistake: Mistake) -> Iterator[str]:
    """Give the passage, piece by piece: at each place the same parts of the same sides."""
    layers: Layers = {
        (part, side): getattr(labelled.quote, part)
        for side, labelled in (("gold", mistake.gold), ("predicted", mistake.predicted))
        if labelled is not None
        for part in ("content", "source", "cue")
    }
    first, last = mistake.passage.start, mistake.passage.end
    edges = {first, last}
    for spans in layers.values():
        edges |= {edge for span in spans for edge in (span.start, span.end) if first < edge < last}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        text = escape(mistake.text[start - first : end - first])
        yield _marked(text, _at(layers, start, end))


def _at(layers: Layers, start: int, end: int) -> dict[str, str]:
    """Return the side, or both, that has each part over a piece of text."""
    found: dict[str, str] = {}
    for (part, side), spans in layers.items():
        if any(span.start <= start and end <= span.end for span in spans):
            found[part] = "both" if part in found else side
    return found


def _marked(text: str, parts: Mapping[str, str]) -> str:
    for part in ("cue", "source"):
        if part in parts:
            side = parts[part]
            text = (
                f'<span class="qc-e-link qc-e-{part} qc-e-{side} qc-hue qc-s{_HUE[side]}" '
                f'title="{_told(part, side)}">{text}</span>'
            )
    if "content" in parts:
        side = parts["content"]
        text = (
            f'<mark class="qc-e-mark qc-e-{side} qc-hue qc-s{_HUE[side]}" '
            f'title="{_told("content", side)}">{text}</mark>'
        )
    return text


def _told(part: str, side: str) -> str:
    return f"{part}, gold and predicted" if side == "both" else f"{side} {part}"


def _side(name: str, side: Labelled | None, mistake: Mistake) -> str:
    if side is None:
        return f"<dt>{name}</dt><dd>no quotation</dd>"
    facts = [side.kind.value, *_links(side, mistake, wrong=name == "predicted")]
    if name == "predicted":
        facts += list(_trust(side))
    return f"<dt>{name}</dt><dd>{' · '.join(facts)}</dd>"


def _links(side: Labelled, mistake: Mistake, *, wrong: bool) -> Iterator[str]:
    quote = side.quote
    judged = set(mistake.kinds) if wrong else set()
    for part, spans, kind in (
        ("cue", quote.cue, None),
        ("source", quote.source, MistakeKind.SOURCE),
    ):
        words = _words(mistake, spans)
        yield _fact(part, words, wrong=kind in judged)
    if side.speaker is not None or MistakeKind.SPEAKER in judged:
        name = None if side.speaker is None else shorten(side.speaker, MAX_PART)
        yield _fact("speaker", name, wrong=MistakeKind.SPEAKER in judged)


def _fact(part: str, words: str | None, *, wrong: bool) -> str:
    text = f"no {part}" if words is None else f"{part} <bdi>“{escape(words)}”</bdi>"
    return f'<span class="qc-e-wrong">{text}</span>' if wrong else text


def _words(mistake: Mistake, spans: Iterable[Span]) -> str | None:
    """Return the words of spans; those outside the passage are told by their place."""
    spans = tuple(spans)
    if not spans:
        return None
    passage = mistake.passage
    if not all(passage.covers(span) for span in spans):
        return f"characters {spans[0].start:,}–{spans[-1].end:,}"
    moved = [Span(s.start - passage.start, s.end - passage.start) for s in spans]
    return excerpt(mistake.text, moved, MAX_PART)


def _trust(side: Labelled) -> Iterator[str]:
    sure = side.quote.confidence
    shown = (("content", sure.content), ("source", sure.source), ("speaker", sure.speaker))
    yield "confidence " + ", ".join(f"{name} {100 * value:.0f} %" for name, value in shown)
    if side.quote.evidence:
        yield f"evidence {escape(shorten(', '.join(side.quote.evidence), MAX_EVIDENCE))}"
