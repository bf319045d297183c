"""Dialogue that is opened by a dash at the start of a paragraph instead of quotation marks.

So write Joyce and his followers, and translators who keep the custom of French, Spanish, Russian or
Polish. Nothing closes such a speech: it ends where a reporting clause begins ("— Come in, said
Stephen. It is open."), set off by a comma or by another dash, or with its paragraph. News begins
paragraphs with dashes too, before list items and names, so the whole text must look like dialogue.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from quotecraft.model import Span
from quotecraft.text.search import Opened

__all__ = ["dash_dialogue"]

_SPEECH_SHARE = 0.5  # of the paragraphs that begin with a dash, those that read like speech
_DASH = "(?:—|–|―|‒|--)"
_BEGIN = re.compile(rf"{_DASH}\s{{0,3}}[…¡¿.]{{0,4}}\s{{0,3}}[^\W\d_a-zà-öø-ÿ]")
_END = re.compile(r"""[.!?…,:;—–-]["'”’»)\s]*$""")
_SPEECH = re.compile(
    r"[!?]|\b(?:I|me|my|mine|you|your|yours|we|us|our|ours|yes|no|oh|thee|thou|thy|ye)\b",
    re.IGNORECASE,
)

_VERB = (
    "said|says|asked|asks|answered|replied|cried|whispered|muttered|murmured|shouted|called|added"
    "|continued|exclaimed|repeated|observed|remarked|demanded|inquired|enquired|explained|agreed"
    "|began|declared|admitted|announced|interrupted|ordered|begged|pleaded|yelled|roared|screamed"
    "|snapped|hissed|groaned|sighed|laughed|growled|grumbled|protested|insisted|suggested|persisted"
    "|told|responded|retorted|rejoined|returned|resumed|went on|put in|broke in|confirmed|thought"
)
_TITLED = r"(?:Mr|Mrs|Ms|Dr|St|Fr|Sr|Jr|Prof|Capt|Col|Gen|Rev|Messrs)\."
_NAME = rf"(?:{_TITLED}|[^\W\d_a-zà-öø-ÿ][\w’'-]*)"
_NAMED = rf"(?:(?:old|young|poor|little|dear)\s+)?(?-i:{_NAME}(?:\s+{_NAME}){{0,3}})"
_DETERMINER = "(?:the|an?|his|her|their|my|our|another)"
_PRONOUN = r"(?:he|she|they|we|I|it|both|someone|somebody)\b"
_SUBJECT_FIRST = rf"(?:{_PRONOUN}|{_DETERMINER}(?:\s+[\w’'-]+){{1,4}}?|{_NAMED})"
_SUBJECT_LAST = rf"(?:{_PRONOUN}|{_DETERMINER}(?:\s+[\w’'-]+){{1,4}}|{_NAMED})"
_ADVERB = r"(?:\w+ly|then|again|at\s+last)"
_CLAUSE = (
    rf"(?:(?:{_VERB})(?:\s+{_ADVERB})?\s+{_SUBJECT_LAST}"
    rf"|{_SUBJECT_FIRST}(?:\s+{_ADVERB})?\s+(?:{_VERB}))\b"
)
_TAG = re.compile(
    rf"(?:\s{{0,3}}(?P<dash>{_DASH})\s{{0,3}}|(?<=[,!?…])\s{{1,3}})(?P<clause>{_CLAUSE})",
    re.IGNORECASE,
)
_CLOSING_DASH = re.compile(
    rf"(?:(?<=[.,;:!?…])|\s{{1,3}}){_DASH}\s{{0,3}}|{_DASH}\s?[.,;:!?](?:\s{{1,3}}|$)"
)
_SENTENCE_END = re.compile(r"[.!?…](?![.!?…])[\"'”’»)]{0,3}(?:\s+|$)")
_TITLE = re.compile(rf"\b{_TITLED}\s*$")
_GOES_ON = re.compile(r",\s+(?!\w+ing\b|and\b|with\b|as\b|while\b|but\b|in\b|to\b|from\b)")
_NARRATION = re.compile(
    r"(?:He|She|They)\s+(?:\w+ly\s+)?(?:\w+ed|went|took|came|stood|sat|rose|ran|shook|put|gave|made"
    r"|got|left|held|felt|saw|lay|fell|drew|threw|bent|kept|let)\b"
)


def dash_dialogue(text: str, blocks: Sequence[Span], marked: Sequence[Opened]) -> list[Span]:
    """Return the speeches that a dash opens, in order; reporting clauses are left out.

    Args:
        text: The text.
        blocks: Its paragraphs, in order.
        marked: Its quotations between marks, in order.

    Returns:
        The speeches, the opening dash included. A quotation between marks lies wholly inside one
        of them or wholly outside.
    """
    candidates = [block for block in blocks if _BEGIN.match(text, block.start, block.end)]
    if not candidates:
        return []
    spans = sorted((span.start, span.end) for quotation in marked for span in quotation.spans)
    if not _is_dialogue(text, candidates, blocks, {start for start, _ in spans}):
        return []
    going_on = {span.start for q in marked if len(q.spans) > 1 for span in q.spans}
    result: list[Span] = []
    for block in candidates:
        first, last = bisect_left(spans, (block.start, 0)), bisect_left(spans, (block.end, 0))
        inner = spans[first:last]
        if not any(start in going_on for start, _ in inner):
            result.extend(_speeches(text, block, inner))
    return result


def _is_dialogue(
    text: str, candidates: Sequence[Span], blocks: Sequence[Span], starts: set[int]
) -> bool:
    like_speech = sum(
        bool(_END.search(text, max(block.start, block.end - 8), block.end))
        and bool(
            _SPEECH.search(text, block.start, block.end)
            or _TAG.search(text, block.start + 1, block.end)
        )
        for block in candidates
    )
    in_marks = sum(block.start in starts for block in blocks)
    return like_speech >= _SPEECH_SHARE * len(candidates) and len(candidates) >= in_marks


def _speeches(text: str, block: Span, marked: Sequence[tuple[int, int]]) -> list[Span]:
    """Return the speeches of one paragraph: all of it if a cut would go through a quotation."""
    pieces = [piece for piece in _pieces(text, block) if _spoken(text, piece)]
    place = 0
    for start, end in marked:
        while place < len(pieces) and pieces[place].end <= start:
            place += 1
        for piece in pieces[place : place + 2]:
            if piece.start < end and not (piece.start <= start and end <= piece.end):
                return [block]
    return pieces


def _spoken(text: str, piece: Span) -> bool:
    return any(char.isalnum() for char in text[piece.start : piece.end])


def _pieces(text: str, block: Span) -> Iterator[Span]:
    dash = re.compile(_DASH).match(text, block.start)
    start, search_from = block.start, dash.end() if dash else block.start
    while True:
        tag = _TAG.search(text, search_from, block.end)
        if tag is None:
            yield from _trimmed(text, start, block.end)
            return
        yield from _trimmed(text, start, tag.start())
        resumed = _resumption(text, tag, block.end)
        if resumed is None:
            return
        start = search_from = resumed


def _resumption(text: str, tag: re.Match[str], end: int) -> int | None:
    """Return where the speech goes on after a reporting clause; ``None`` if it does not."""
    if tag["dash"]:
        closing = _CLOSING_DASH.search(text, tag.end(), end)
        return closing.end() if closing and closing.end() < end else None
    comma = _GOES_ON.match(text, tag.end(), end)
    if comma:
        return comma.end()
    place = tag.end()
    while (stop := _SENTENCE_END.search(text, place, end)) is not None:
        place = stop.end()
        if not _TITLE.search(text, max(tag.start(), place - 10), place):
            break
    if stop is None or place >= end or _NARRATION.match(text, place, end):
        return None
    return place


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        yield Span(start, end)
