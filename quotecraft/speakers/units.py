"""Attributions as the resolver works on them: their source read, placed in dialogue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import define, evolve

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import MentionKind, QuoteKind, Span, SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.mentions import NameIndex, SourceMention, read_source
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import Gender
from quotecraft.speakers.unsaid import is_unsaid
from quotecraft.speakers.vocatives import ADDRESSES, is_vocative

if TYPE_CHECKING:
    from quotecraft.speakers.manner import Manner

__all__ = ["Turn", "Unit", "build_units", "group_turns", "part_turns", "with_parents"]

_LONGEST_TURN = 40  # quotations
_SHARE = re.compile(r"\d[\d.,]*(?:%| per cent\b| percent\b)")
_OF = re.compile(r"\b(?:[Tt]he|[Aa]) (\w+) of $")
_OPENING = 30  # characters
# A line alone that opens a chapter or parts two scenes: "IV", "2. The Ferry", "* * *".
_BREAK = re.compile(
    r"[IVXLC]{1,6}\.?|\d{1,3}\.?|[*#~•·—–_ -]+"
    r"|(?:[IVXLC]{1,6}|\d{1,3}|CHAPTER|Chapter|PART|Part|BOOK|Book)\.? +(?:\d|[A-Z]).*"
    r"|[A-Z][^\"“”‘’.!?:;,…—]{1,60}"
)
_HEADING = 80  # characters at most
_LAYOUTS = ("interview", "transcript")


@define(eq=False, weakref_slot=False)
class Unit:
    """One attribution while its speaker is looked for.

    Attributes:
        number: Its place in the list given.
        start: Offset where its content starts.
        end: Offset where its content ends.
        anchor: Offset that a referring source stands at; the content's start without a source.
        paragraph: Number of the paragraph that its content starts in.
        last_paragraph: Number of the paragraph that its content ends in.
        direct: Whether some of its content stands between quotation marks.
        reported: Whether some of its content stands without quotation marks.
        nested: Whether it stands inside another attribution.
        cued: Whether a cue signals it.
        source: The source mention, read.
        object: The mention of whom it was said to, read.
        vocatives: Whom its content addresses by name.
        mentioned: Whom its content names.
        address: Gender of a nameless form of address in its content ("sir").
        speaker: The speaker once found.
        confidence: Probability that the speaker is right.
        evidence: Codes that explain the link, ``{}`` standing for the speaker's id.
        addressee: Whom it's said to, once found.
        pattern: Name of the pattern that found the speaker.
        outer: The attribution that it stands inside.
        called: Whether its addressee is called by name.
        layout: ``"interview"`` or ``"transcript"`` for a turn of one, else empty.
        content: Its spans.
        given: Whose name its content gives as the speaker's own.
        found: How sure the detector is that this is an attribution with this content.
        beside: How sure the detector is that the source is the right one.
        cue: Where its cue begins, if it has one.
    """

    number: int
    start: int
    end: int
    anchor: int
    paragraph: int
    last_paragraph: int
    direct: bool
    nested: bool
    reported: bool = False
    cued: bool = False
    source: SourceMention | None = None
    object: SourceMention | None = None
    vocatives: tuple[Entity, ...] = ()
    mentioned: frozenset[int] = frozenset()
    address: Gender | None = None
    speaker: Entity | None = None
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()
    addressee: Entity | None = None
    pattern: str = ""
    outer: Unit | None = None
    called: bool = False
    layout: str = ""
    content: tuple[Span, ...] = ()
    given: Entity | None = None
    found: float = 1.0
    beside: float = 1.0
    cue: Span | None = None


@define(eq=False)
class Turn:
    """The quotations of one paragraph: as a rule, one speaker's turn in a conversation.

    Attributes:
        units: Its attributions, in order.
        speaker: Who speaks, once known.
        paragraph: Number of its first paragraph.
        last_paragraph: Number of its last paragraph.
        part: Number of the chapter or scene that it stands in.
        manner: In what manner it is said, once looked at.
    """

    units: list[Unit]
    paragraph: int
    last_paragraph: int
    part: int = 0
    manner: Manner | None = None

    @property
    def speaker(self) -> Entity | None:
        """Who speaks, as far as known."""
        for unit in self.units:
            if unit.speaker is not None:
                return unit.speaker
        return None


def build_units(
    index: NameIndex,
    owners: Sequence[Entity | None],
    attributions: Sequence[Attribution],
    *,
    factual: bool = False,
) -> list[Unit]:
    """Return one unit for each attribution, in the order given.

    Args:
        index: The names of the document.
        owners: The entity of each name.
        attributions: What the detector found.
        factual: Whether the text is news or the like, and no story.
    """
    units: list[Unit] = []
    for number, attribution in enumerate(attributions):
        unsaid = is_unsaid(index.words.text, attribution, factual=factual)
        source = None if unsaid else _read(index, attribution.source)
        start, end = attribution.content[0].start, attribution.content[-1].end
        unit = Unit(
            number=number,
            start=start,
            end=end,
            anchor=source.span.start if source else start,
            paragraph=index.words.paragraph_at(start),
            last_paragraph=index.words.paragraph_at(max(start, end - 1)),
            direct=attribution.kind is not QuoteKind.INDIRECT,
            nested=attribution.parent is not None,
            reported=attribution.kind is not QuoteKind.DIRECT,
            cued=bool(attribution.cue),
            content=tuple(attribution.content),
            layout=next((code for code in attribution.evidence if code in _LAYOUTS), ""),
            source=source,
            object=read_source(index, attribution.addressee) if attribution.addressee else None,
            found=attribution.content_confidence,
            beside=attribution.source_confidence,
            cue=attribution.cue[0] if attribution.cue else None,
        )
        _read_content(index, owners, attribution.content, unit)
        units.append(unit)
    for unit, attribution in zip(units, attributions, strict=True):
        if attribution.parent is not None:
            unit.outer = units[attribution.parent]
    return units


def _read(index: NameIndex, spans: Sequence[Span]) -> SourceMention | None:
    """Read a source; of several pieces the first that names somebody counts, or the first."""
    whole = [_relative_of(index, span) for span in spans]
    read = [mention for mention in (read_source(index, span) for span in whole) if mention]
    named = [mention for mention in read if mention.name is not None]
    return next(iter(named or read), None) or _share(index, spans)


def _share(index: NameIndex, spans: Sequence[Span]) -> SourceMention | None:
    """Read a source that is a number of people in a hundred ("20%")."""
    text = index.words.text
    for span in spans:
        found = _SHARE.match(text, span.start)
        if found is not None and found.end() >= span.end:
            whole = Span(span.start, found.end())
            kind, what = MentionKind.DESCRIPTION, SpeakerKind.GROUP
            return SourceMention(whole, kind, what, whole.of(text), plural=True)
    return None


def _relative_of(index: NameIndex, span: Span) -> Span:
    """Return a source with "the nephew of" before it, where that was left out."""
    before = _OF.search(index.words.text, max(0, span.start - _OPENING), span.start)
    if before is None or before[1].lower() not in lexicon().kin:
        return span
    return Span(before.start(), span.end)


def _read_content(
    index: NameIndex, owners: Sequence[Entity | None], content: Sequence[Span], unit: Unit
) -> None:
    words = index.words
    called: dict[int, Entity] = {}
    mentioned: set[int] = set()
    for span in content:
        inside = words.within(span)
        if not inside:
            continue
        for place in index.within(inside[0], inside[-1]):
            name, owner = index.mentions[place], owners[place] if owners else None
            if owner is None or not inside[0] <= name.first <= inside[-1]:
                continue
            if is_vocative(words, name.first, name.last, span):
                if owner.kind is not NameKind.PLACE:
                    called.setdefault(id(owner), owner)
            else:
                mentioned.add(id(owner))
        if unit.address is None:
            unit.address = next(
                (
                    ADDRESSES[words.lower[i]]
                    for i in inside
                    if words.lower[i] in ADDRESSES and is_vocative(words, i, i, span)
                ),
                None,
            )
    unit.vocatives = tuple(called.values())
    if mentioned:  # an empty set of its own for each unit would cost much
        unit.mentioned = frozenset(mentioned)


def with_parents(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return attributions, those that stand whole inside the content of another with it as parent.

    A detector that looks for no nested ones still finds marks inside marks: “He said, ‘I can't.’”.

    Args:
        attributions: What the detector found.
    """
    result = list(attributions)
    spans = sorted(
        (span.start, -span.end, number)
        for number, attribution in enumerate(attributions)
        for span in attribution.content
    )
    around: list[tuple[int, int]] = []  # end and number of the spans around, the inmost last
    for start, end, number in spans:
        while around and around[-1][0] <= start:
            around.pop()
        own = result[number]
        if around and own.parent is None and own.content[0].start == start:
            last, outer = around[-1]
            if outer != number and own.content[-1].end <= last and -end - start < last - start:
                result[number] = evolve(own, parent=outer)
        around.append((-end, number))
    return result


def group_turns(units: Sequence[Unit], *, spoken: bool = False) -> list[Turn]:
    """Return the turns: top-level attributions grouped by paragraph, in text order.

    A paragraph with very many quotations makes several turns, so that work stays linear.

    Args:
        units: The units of a document.
        spoken: Leave out what stands without quotation marks: nobody answers reported speech.
    """
    turns: list[Turn] = []
    for unit in sorted(units, key=lambda unit: (unit.start, unit.number)):
        if unit.nested or (spoken and not unit.direct):
            continue
        last = turns[-1] if turns else None
        full = last is not None and len(last.units) >= _LONGEST_TURN
        if last is not None and unit.paragraph <= last.last_paragraph and not full:
            last.units.append(unit)
            last.last_paragraph = max(last.last_paragraph, unit.last_paragraph)
        else:
            turns.append(Turn([unit], unit.paragraph, unit.last_paragraph))
    return turns


def part_turns(text: str, turns: Sequence[Turn]) -> None:
    """Number the chapters and scenes of turns: who spoke in one needn't be there in the next.

    Args:
        text: The document's text.
        turns: Its turns, in text order.
    """
    breaks = list(_breaks(text))
    for turn in turns:
        turn.part = bisect_left(breaks, turn.units[0].start)


def _breaks(text: str) -> Iterator[int]:
    """Yield where chapters and scenes begin."""
    offset = 0
    apart, found = True, -1  # whether the line before is blank, where a heading may stand
    for line in text.split("\n"):
        bare = line.strip()
        if found >= 0 and not bare:
            yield found
        heading = apart and 0 < len(bare) <= _HEADING and _BREAK.fullmatch(bare)
        found = offset if heading else -1
        apart = not bare
        offset += len(line) + 1
