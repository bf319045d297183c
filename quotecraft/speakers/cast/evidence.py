"""What speaks for each member of the cast having said a piece, from the narration around it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from quotecraft.model import MentionKind
from quotecraft.speakers.cast.pieces import Link, Piece, reports
from quotecraft.speakers.cast.references import Cast, Reference
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.syntax import AUXILIARIES
from quotecraft.speakers.vocatives import address_gender
from quotecraft.speakers.words import Words

__all__ = ["Features", "candidates_of", "evidence_of"]

_BEFORE = 60  # references before a piece that are looked at
_BEHIND = 25
_NEAREST = 10  # members before a piece that may speak it
_NEAR_WORDS = 60
_NEAR_BEHIND = 8
_ADVERBS = word_set("then again also now still at once suddenly only just")
_DISTANCES = (0, 1, 2, 4, 7, 12, 25, 60)
_STEPS = 3  # words from a subject to its verb
_CONJUNCTIONS = frozenset(("that", "if", "whether"))
_SHORT_SENTENCE = 12

Features = dict[str, float]


@frozen
class _Stretch:
    """Words of narration near a piece.

    Attributes:
        name: ``"inside"`` (within the utterance), ``"after"`` (the sentence behind), ``"later"``
            (the rest up to the next piece),
            ``"lead"`` (before, in the same sentence or leading in), ``"ahead"`` (the sentence
            before), ``"earlier"``.
        kind: What matters of it beside.
        first: Index of its first word.
        end: Index just past its last word.
        tag: Whether its words go on from the piece.
    """

    name: str
    kind: str
    first: int
    end: int
    tag: bool = False


def candidates_of(cast: Cast, piece: Piece) -> list[int]:
    """Return who may say a piece: those told of inside it, before it and right behind it.

    Args:
        cast: The cast.
        piece: The piece.
    """
    found = dict.fromkeys(reference.member for reference in _inside(cast, piece))
    most = len(found) + _NEAREST
    for reference in cast.before(piece.first, _BEFORE):
        if len(found) >= most:
            break
        found.setdefault(reference.member)
    for reference in cast.behind(piece.end, _NEAR_BEHIND):
        if reference.first < piece.end + _NEAR_WORDS:
            found.setdefault(reference.member)
    if not found:
        found.update(dict.fromkeys(member for member, _ in cast.counts.most_common(_NEAREST)))
    return list(found) or list(range(min(cast.size, _NEAREST)))


def evidence_of(
    cast: Cast,
    pieces: Sequence[Piece],
    links: Sequence[Link | None],
    place: int,
    members: Sequence[int],
) -> list[Features]:
    """Return the features of each candidate.

    Args:
        cast: The cast.
        pieces: The pieces of the text.
        links: How each stands to the one before it.
        place: Which piece.
        members: Its candidates.
    """
    features: dict[int, Features] = {member: {} for member in members}
    piece = pieces[place]
    stretches = list(_stretches(cast.words, pieces, links, place))
    seen = (
        [*_inside(cast, piece), *cast.behind(piece.end, _BEHIND)],
        cast.before(piece.first, _BEFORE),
    )
    for side, references in zip(("behind", "before"), seen, strict=True):
        _add_side(features, side, references)
        order: dict[str, int] = {}
        for reference in references:
            stretch = _stretch_of(stretches, reference.first, side)
            number = order.get(stretch.name + stretch.kind, 0)
            if reference.role != "owner":
                order[stretch.name + stretch.kind] = number + 1
            own = features.get(reference.member)
            if own is not None:
                own.update(dict.fromkeys(_told(cast.words, reference, stretch, number), 1.0))
                if stretch.name in ("after", "inside"):
                    away = reference.first - stretch.first
                    own[f"{stretch.name}:words{_distance(away)}"] = 1.0
    for member, own in features.items():
        own.update(dict.fromkeys(_general(cast, member), 1.0))
        own["share"] = math.log1p(min(cast.counts[member], 100)) / 5
        own.update(dict.fromkeys(_said(cast, pieces, links, place, member), 1.0))
    return list(features.values())


def _inside(cast: Cast, piece: Piece) -> list[Reference]:
    """Return the references in the narration inside an utterance."""
    if len(piece.contents) == 1:
        return []
    return [r for r in cast.behind(piece.first, _BEHIND) if r.first < piece.end]


def _stretches(
    words: Words, pieces: Sequence[Piece], links: Sequence[Link | None], place: int
) -> Iterator[_Stretch]:
    piece, link = pieces[place], links[place]
    for one, two in pairwise(piece.contents):
        first, end = words.at(one.end), words.at(two.start)
        yield _Stretch("inside", "", first, end, words.text[words.starts[first]].islower())
    following = links[place + 1] if place + 1 < len(links) else None
    end = pieces[place + 1].first if place + 1 < len(pieces) else len(words)
    if piece.end < end:
        close = _same_sentence(words, piece.end, end)
        kind = _kind_behind(words, piece, following, (close, end))
        yield _Stretch("after", kind, piece.end, close, kind == "lower")
        yield _Stretch("later", "", close, end)
    start = pieces[place - 1].end if place else 0
    if start >= piece.first:
        return
    first = piece.first
    while first > start and words.sentence[first - 1] == piece.opens:
        first -= 1
    mark = _lead_mark(words.text[words.ends[piece.first - 1] : piece.contents[0].start])
    if first < piece.first:
        yield _Stretch("lead", mark, first, piece.first)
    ahead = first
    if first == piece.first:
        ahead = bisect_left(words.sentence, words.sentence[first - 1], start, first)
        if mark in (":", ","):
            yield _Stretch("lead", mark, ahead, first)
        else:
            tagged = "tag" if link is not None and link.tags_first else ""
            yield _Stretch("ahead", tagged, ahead, first)
    yield _Stretch("earlier", "", start, ahead)


def _same_sentence(words: Words, first: int, end: int) -> int:
    place = first
    while place < end and words.sentence[place] == words.sentence[first]:
        place += 1
    return place


def _kind_behind(words: Words, piece: Piece, following: Link | None, ends: tuple[int, int]) -> str:
    """Return how the sentence behind a piece stands to it."""
    first, (close, end) = piece.end, ends
    if words.text[words.starts[first]].islower():
        return "lower"
    if words.sentence[first] == piece.closes:
        return "attached"
    verb = any(reports(words, place) for place in range(first, min(close, first + 4)))
    if verb and len(piece.contents) > 1:
        return "told"
    reported = any(
        words.lower[place] in _CONJUNCTIONS for place in range(first + 1, min(close, first + 6))
    )
    if verb and close - first <= _SHORT_SENTENCE and not reported:
        return "tag"
    leads = following is not None and close == end
    mark = words.gap(end - 1).strip()[:1] if end < len(words) else ""
    return "leads" if leads and mark in (",", ":") else "apart"


def _lead_mark(gap: str) -> str:
    for mark in (":", ",", ";"):
        if mark in gap:
            return mark
    return "." if any(mark in gap for mark in ".!?") else "-"


def _stretch_of(stretches: Sequence[_Stretch], word: int, side: str) -> _Stretch:
    for stretch in stretches:
        if stretch.first <= word < stretch.end:
            return stretch
    return _Stretch(f"far-{side}", "", 0, 0)


def _told(words: Words, reference: Reference, stretch: _Stretch, number: int) -> Iterator[str]:
    """Yield the features of one reference in the narration."""
    name, kind, role = stretch.name, f"{stretch.name}:{stretch.kind}", reference.role
    yield f"{name}:{role}"
    if stretch.kind:
        yield f"{kind}:{role}"
    if reference.kind is MentionKind.PRONOUN and role != "owner":
        yield f"{name}:pronoun:{role}"
    if role != "owner" and not name.startswith("far"):
        yield f"{name}:number{min(number, 2)}"
    if name not in ("inside", "after", "lead", "ahead"):
        return
    if role != "owner":
        yield f"{kind}:number{min(number, 2)}"
    if number == 0 and role == "subject":
        yield f"{kind}:first-subject"
    verb = _verb(words, reference, stretch)
    if verb is not None:
        yield f"{name}:{verb}"
        yield f"{kind}:{verb}"
        yield f"{name}:speaks"
        if number == 0:
            yield f"{kind}:first-speaks"


def _verb(words: Words, reference: Reference, stretch: _Stretch) -> str | None:
    """Return where a verb of speech stands beside a reference, ``None`` when none does."""
    if not reference.taggable:
        return None
    place = reference.first - 1
    if place >= stretch.first and not words.gap(place).strip():
        if reports(words, place):
            return "verb-before"
        if _is_adverb(words.lower[place]) and place > stretch.first and reports(words, place - 1):
            return "verb-before"
        if place == stretch.first and stretch.tag and words.lower[place].endswith("ed"):
            return "past-before"
    for place in range(reference.last + 1, min(reference.last + 1 + _STEPS, stretch.end)):
        if words.gap(place - 1).strip() not in ("", ","):
            break
        if reports(words, place):
            return "verb-after"
        if not (_is_adverb(words.lower[place]) or words.lower[place] in AUXILIARIES):
            break
    after = reference.last + 1
    opens = reference.first == stretch.first and after < stretch.end
    past = opens and words.lower[after].endswith("ed") and not words.gap(after - 1).strip()
    return "past-after" if past else None


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _ADVERBS


def _distance(words: int) -> str:
    return next((str(limit) for limit in _DISTANCES if words <= limit), "-far")


def _add_side(features: dict[int, Features], side: str, references: Sequence[Reference]) -> None:
    """Add how often and how early the narration on one side refers to each candidate."""
    ranks: dict[int, int] = {}
    counts: dict[int, int] = {}
    for reference in references:
        ranks.setdefault(reference.member, len(ranks))
        counts[reference.member] = counts.get(reference.member, 0) + 1
    most = 6 if side == "before" else 4
    for member, own in features.items():
        own[f"rank-{side}:{min(ranks.get(member, 9), most)}"] = 1.0
        own[f"count-{side}"] = math.log1p(counts.get(member, 0))


def _general(cast: Cast, member: int) -> Iterator[str]:
    for name, holds in (
        ("plural", cast.plural(member)),
        ("narrator", member in cast.narrators),
        ("named", member in cast.named),
    ):
        if holds:
            yield name
    unspoken = not (cast.men[member] or cast.women[member] or cast.several[member])
    if unspoken and member not in cast.narrators:
        yield "no-pronoun"


def _said(
    cast: Cast, pieces: Sequence[Piece], links: Sequence[Link | None], place: int, member: int
) -> Iterator[str]:
    """Yield what the words of the piece and its neighbours say: nobody calls themselves."""
    gender, nouns = cast.gender(member), cast.nouns.get(member, set())
    for offset in (0, -1, 1):
        if not 0 <= place + offset < len(pieces):
            continue
        piece = pieces[place + offset]
        link = links[max(place, place + offset)]
        side = "here" if offset == 0 else f"{offset:+d}:{link.kind if link else ''}"
        if member in piece.calls:
            yield f"called:{side}"
        if member in piece.names:
            yield f"named:{side.partition(':')[0]}"
        if piece.addresses & nouns:
            yield f"addressed:{side}"
        for noun in sorted(piece.addresses):  # sums of features depend on their order
            told = address_gender(noun)
            if told and gender:
                yield f"address-{'agrees' if told == gender else 'clashes'}:{side}"
