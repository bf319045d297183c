"""Helpers for the tests of the rules: what was found, as slices of the text."""

from attrs import frozen

from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.rules import RuleDetector
from quotecraft.model import Span
from quotecraft.text.pairing import pair_marks

DETECTOR = RuleDetector()


@frozen
class Found:
    """An attribution with slices of the text instead of spans."""

    content: tuple[str, ...]
    cue: str
    source: str
    attribution: Attribution


def detect(text: str) -> list[Attribution]:
    """Run the rules on a text."""
    return DETECTOR.detect(text, (), pair_marks(text))


def find(text: str) -> list[Found]:
    """Run the rules on a text and slice it."""

    def joined(spans: tuple[Span, ...]) -> str:
        return " … ".join(span.of(text) for span in spans)

    return [
        Found(
            tuple(span.of(text) for span in item.content),
            joined(item.cue),
            joined(item.source),
            item,
        )
        for item in detect(text)
    ]


def triples(text: str) -> list[tuple[str, str, str]]:
    """Return content, cue and source of each attribution."""
    return [(" … ".join(item.content), item.cue, item.source) for item in find(text)]


def contents(text: str) -> list[tuple[str, ...]]:
    """Return the content spans of each attribution."""
    return [item.content for item in find(text)]
