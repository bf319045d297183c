"""Whether a text is conversation, as fiction is, or quotes its sources, as news does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotecraft.detect.narration import Line, Piece
from quotecraft.detect.words import closed_class

__all__ = ["dialogue_features", "is_dialogue", "stands_alone"]

_DOUBT = 3  # added to every total, so that a few sentences don't make a conversation
_PRONOUNS = frozenset(["he", "she", "him", "her", "his", "i", "me", "my", "herself", "himself"])
_SHORT = 60  # characters of a quotation that could be a turn of conversation


def stands_alone(line: Line) -> bool:
    """Say whether a sentence of the narration is nothing but quotations."""
    return any(atom.piece >= 0 for atom in line.atoms) and all(
        atom.piece >= 0 or not atom.word or atom.low in closed_class("conjunction")
        for atom in line.atoms
    )


def dialogue_features(lines: Sequence[Line], pieces: Sequence[Piece]) -> dict[str, float]:
    """Return the shares by which conversation is told from quoted sources.

    Args:
        lines: The sentences of a text.
        pieces: All its quoted pieces.

    Returns:
        ``asks``: quotations that end in a question or exclamation; ``short``: short ones;
        ``alone``: paragraphs that are nothing but quotations among those with any; ``quoted``:
        paragraphs with quotations among all; ``pronouns``: sentences of the narration with "she",
        "him", "my" …; ``digits``: those with figures. All 0 without quotations.
    """
    outer = [piece for piece in pieces if piece.parent is None]
    paragraphs: dict[int, list[Line]] = {}
    for line in lines:
        paragraphs.setdefault(line.paragraph, []).append(line)
    quoted = [
        group
        for group in paragraphs.values()
        if any(atom.piece >= 0 for line in group for atom in line.atoms)
    ]
    if not outer or not quoted:
        return {"bias": 1.0}
    alone = sum(all(stands_alone(line) for line in group) for group in quoted)
    return {
        "bias": 1.0,
        "asks": _share(sum(piece.last in ("?", "!") for piece in outer), len(outer)),
        "short": _share(sum(len(piece.text) < _SHORT for piece in outer), len(outer)),
        "alone": _share(alone, len(quoted)),
        "quoted": _share(len(quoted), len(paragraphs)),
        "pronouns": _share(sum(not _PRONOUNS.isdisjoint(line.lows) for line in lines), len(lines)),
        "digits": _share(sum(_has_digit(line) for line in lines), len(lines)),
    }


def _has_digit(line: Line) -> bool:
    return any(low[0].isdigit() for low in line.lows)


def _share(part: int, whole: int) -> float:
    return part / (whole + _DOUBT)


def is_dialogue(
    lines: Sequence[Line], pieces: Sequence[Piece], weights: Mapping[str, float]
) -> bool:
    """Say whether quotations alone in their paragraphs are turns of a conversation.

    In news such a quotation goes on with the one before it; in fiction somebody else answers.

    Args:
        lines: The sentences of a text.
        pieces: All its quoted pieces.
        weights: Of the features, from ``likelihood.rule_weights()["dialogue"]``.
    """
    features = dialogue_features(lines, pieces)
    return sum(weights.get(name, 0.0) * value for name, value in features.items()) > 0
