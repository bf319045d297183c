"""What the lines of a brat ``.ann`` file say: its quotations, and what is wrong with a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NoReturn
from urllib.parse import unquote

from attrs import define, field, frozen

from quotecraft.errors import FormatError
from quotecraft.formats.repairs import OnRepair, Repair, same_words
from quotecraft.model import Level, QuoteKind, Span, Stance

__all__ = ["ATTRIBUTES", "LINKS", "ROLES", "Event", "parse"]

ROLES = ("content", "cue", "source")
LINKS = ("speaker", "addressee")
ATTRIBUTES = {"Kind": QuoteKind, "Level": Level, "Stance": Stance}

_RECORD = re.compile(r"([TEAMNR]\d+|#\S*|\*)\t", re.ASCII)  # the kinds of line that brat has
_TEXT_BOUND = re.compile(
    r"(T\S+)\t(\S+) (\d{1,18} \d{1,18}(?:;\d{1,18} \d{1,18})*)(?:\t(.*))?", re.ASCII | re.DOTALL
)
_EVENT = re.compile(r"(E\S+)\t(\S+?):(\S+)((?: \S+:\S+)*)\s*", re.ASCII)
_ATTRIBUTE = re.compile(r"[AM]\S+\t(\S+) (\S+)(?: (\S+))?\s*", re.ASCII)
_REFERENCE = re.compile(r"N\S+\t\S+ (\S+) (\S+?):(\S+)(?:\t(.*))?", re.ASCII | re.DOTALL)
_SHOWN = ("Attribution", "Discard", "Discuss")  # types of text-bound annotation that stand alone

_FORMS = {
    "T": "ID<tab>TYPE START END[;START END…]<tab>TEXT",
    "E": "ID<tab>TYPE:TRIGGER [ROLE:ID …]",
    "A": "ID<tab>NAME ID [VALUE]",
    "M": "ID<tab>NAME ID [VALUE]",
    "N": "ID<tab>TYPE ID SOURCE:ID<tab>TEXT",
}


@define
class Event:
    """A quotation as the lines of a ``.ann`` file say it.

    Attributes:
        parts: The spans of each of ``ROLES``, as [start, end].
        parent: Id of the event that it stands inside.
        attributes: Values by the name of the attribute.
        links: The ids of speaker and addressee with the names that brat shows.
    """

    parts: dict[str, list[list[int]]]
    parent: str | None = None
    attributes: dict[str, str] = field(factory=dict)
    links: dict[str, tuple[str, str]] = field(factory=dict)


@frozen
class _Line:
    """One record of a file: the words of its line, its number, and where to tell faults."""

    words: str
    number: int
    source: str

    def match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.fullmatch(self.words)
        if match is None:
            self.fail(f"expected {_FORMS[self.words[0]]}, got {self.words[:60]!r}")
        return match

    def fail(self, reason: str) -> NoReturn:
        raise FormatError(reason, source=self.source, line=self.number)


@define
class _Stretch:
    """A text-bound annotation; ``used`` says whether an event names it."""

    type: str
    pieces: list[list[int]]
    line: _Line
    used: bool = False


def parse(ann: str, text: str, source: str, tell: OnRepair) -> dict[str, Event]:
    """Return the quotations of a ``.ann`` file by event id.

    Args:
        ann: The file.
        text: Its text.
        source: Its name, for messages.
        tell: Called with every annotation that is passed over.

    Raises:
        FormatError: If a line does not follow the format, names what is not there, doubles an id,
            has a span outside the text or overlapping ones, or other words than the text has there.
    """
    lines = list(_records(ann, source))
    stretches = _stretches(lines, text)
    events: dict[str, Event] = {}
    others: set[str] = set()
    for line in (line for line in lines if line.words[0] == "E"):
        match = line.match(_EVENT)
        if match[1] in events or match[1] in others:
            line.fail(f"second event {match[1]}")
        event = _event(match, stretches, line)
        if match[2].startswith("Attribution") and event.parts["content"]:
            events[match[1]] = event
        else:
            others.add(match[1])
            what = "without content" if match[2].startswith("Attribution") else match[2]
            tell(Repair(source, line.number, f"event {match[1]} ({what}) passed over"))
    for line in lines:
        _complete(events, line)
    for key, stretch in stretches.items():
        if not stretch.used and not stretch.type.startswith(_SHOWN):
            reason = f"{stretch.type} {key} belongs to no attribution"
            tell(Repair(source, stretch.line.number, reason))
    return events


def _records(ann: str, source: str) -> Iterator[_Line]:
    """Yield the records; the text of a text-bound one may run over line ends."""
    open_text = False
    for number, whole in enumerate(ann.split("\n"), 1):
        line = whole.removesuffix("\r")
        if _RECORD.match(line):
            open_text = line[0] == "T"
            yield _Line(line, number, source)
        elif line and not open_text:
            reason = f"expected a record such as T1<tab>… or E1<tab>…, found {line[:40]!r}"
            raise FormatError(reason, source=source, line=number)


def _stretches(lines: Sequence[_Line], text: str) -> dict[str, _Stretch]:
    stretches: dict[str, _Stretch] = {}
    for line in (line for line in lines if line.words[0] == "T"):
        match = line.match(_TEXT_BOUND)
        if match[1] in stretches:
            line.fail(f"second annotation {match[1]}")
        pieces = [[int(place) for place in piece.split()] for piece in match[3].split(";")]
        for start, end in pieces:
            if not start < end <= len(text):
                line.fail(f"span [{start}, {end}) does not fit the text of {len(text)} code points")
        for (_, end), (start, _) in pairwise(sorted(pieces)):
            if start < end:
                line.fail(f"{match[1]} has pieces that overlap at {start}")
        if not same_words(match[4] or "", text, [Span(*piece) for piece in pieces]):
            line.fail(f"the text at {match[3]} is not {match[4][:40]!r}; is this its own text?")
        stretches[match[1]] = _Stretch(match[2], pieces, line)
    return stretches


def _event(match: re.Match[str], stretches: dict[str, _Stretch], line: _Line) -> Event:
    event = Event({role: [] for role in ROLES})
    for argument in match[4].split():
        name, _, target = argument.partition(":")
        role = name.rstrip("0123456789").lower()
        if role == "parent":
            event.parent = target
        elif role in ROLES:
            if target not in stretches:
                line.fail(f"{match[1]} names {target}, which is not there")
            stretches[target].used = True
            event.parts[role] += stretches[target].pieces
    taken = sorted(piece for pieces in event.parts.values() for piece in pieces)
    for (_, end), (start, _) in pairwise(taken):
        if start < end:
            line.fail(f"content, cue and source of {match[1]} overlap at {start}")
    return event


def _complete(events: dict[str, Event], line: _Line) -> None:
    """Add what an attribute or a reference says of a quotation."""
    if line.words[0] in "AM":
        match = line.match(_ATTRIBUTE)
        if match[2] in events and match[3]:
            values = [str(value) for value in ATTRIBUTES.get(match[1], ())]
            if values and match[3] not in values:
                line.fail(f"expected one of {', '.join(values)}, got {match[3]!r}")
            events[match[2]].attributes[match[1]] = match[3]
    elif line.words[0] == "N":
        match = line.match(_REFERENCE)
        if match[1] in events and match[2].lower() in LINKS:
            speaker_id = _unescape(match[3])
            shown = speaker_id if match[4] is None else match[4]
            events[match[1]].links[match[2].lower()] = (speaker_id, shown)


def _unescape(name: str) -> str:
    return "" if name == "%" else unquote(name, errors="surrogatepass")
