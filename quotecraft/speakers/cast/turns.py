"""What speaks for one speaker of two neighbouring pieces, and for turns taken over three."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.speakers.cast.pieces import Link, Piece, reports
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.words import Words

__all__ = ["same_features", "turn_features"]

# First words of a quotation that tell whether it answers the one before.
_OPENINGS = word_set(
    "yes no oh well and but not why what how i you it he she they then ah never nothing of that "
    "the if do is my so indeed perhaps now come good thank certainly sir pray dear there this are "
    "did have a we where who when or for to as in at let don't can't i'm i'll it's that's won't "
    "because of course really all right very quite only just one tell look see"
)
_LONG = 60  # words above which length tells nothing more
_SHORT = 3
_TAG = 6  # words of narration in which its verb stands

Features = dict[str, float]


def same_features(
    words: Words, pieces: Sequence[Piece], links: Sequence[Link | None], place: int
) -> Features:
    """Return the features of a piece having the speaker of the one before.

    Args:
        words: The words of the text.
        pieces: The pieces.
        links: How each stands to the one before it.
        place: Which one; the first has none.
    """
    link = links[place]
    if link is None:
        return {}
    one, two, kind = pieces[place - 1], pieces[place], link.kind
    side = f"{kind}:lead" if link.leads and kind in ("tagged", "told") else kind
    features = {link.code: 1.0, kind: 1.0}
    features[f"{side}:ends{one.mark if one.mark in ('?', '!') else ''}"] = 1.0
    for name, holds in (
        (f"{kind}:asks", two.mark == "?"),
        (f"{kind}:unfinished", one.mark in (",", ";", "-", "—", "–")),
        (f"{kind}:lower", two.opening[:1].islower()),
        ("same-call", bool(one.calls & two.calls)),
    ):
        if holds:
            features[name] = 1.0
    if link.paragraph:
        features[f"{side}:{link.paragraph}-paragraph"] = 1.0
        features[f"{link.paragraph}-paragraph"] = 1.0
    if kind in ("tagged", "told"):
        features.update(_lengths(one, two, link))
        if two.opening.lower() in _OPENINGS:
            features[f"opening:{two.opening.lower()}"] = 1.0
        verb = _tag_verb(words, one, two) if link.tags_first else None
        if verb is not None:
            features[f"verb:{verb}"] = 1.0
    return features


def _lengths(one: Piece, two: Piece, link: Link) -> Features:
    first, second = one.end - one.first, two.end - two.first
    features = {
        "words-between": min(link.words, _LONG) / (_LONG / 2),
        "words-before": min(first, _LONG) / (_LONG / 2),
        "words-here": min(second, _LONG) / (_LONG / 2),
    }
    if first <= _SHORT:
        features["short-before"] = 1.0
    if second <= _SHORT:
        features["short-here"] = 1.0
    return features


def _tag_verb(words: Words, one: Piece, two: Piece) -> str | None:
    """Return the verb of speech near the start of what stands between two utterances."""
    between = range(one.end, min(one.end + _TAG, two.first))
    return next((words.lower[place] for place in between if reports(words, place)), None)


def turn_features(links: Sequence[Link | None], place: int) -> Features:
    """Return the features of a piece having the speaker two pieces back, another between.

    Args:
        links: How each piece stands to the one before it.
        place: Which one; the first two have none.
    """
    before, here = links[place - 1] if place else None, links[place]
    if before is None or here is None:
        return {}
    features = {"turn": 1.0, f"{_coarse(before)}+{_coarse(here)}": 1.0}
    if here.paragraph:
        features[f"{before.paragraph}+{here.paragraph}-paragraph"] = 1.0
    return features


def _coarse(link: Link) -> str:
    return "touching" if link.kind == "joined" else link.kind
