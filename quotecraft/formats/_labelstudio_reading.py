"""Label Studio tasks to documents; ``labelstudio.py`` says what the mark-up means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field

from quotecraft.errors import FormatError
from quotecraft.formats._labelstudio_writing import CHOICES, LABELS, LINKS, REST, shown_names
from quotecraft.formats._record import from_record, text_sha256
from quotecraft.formats._rest import Found, merged_record
from quotecraft.model import Document, SpeakerKind

__all__ = ["document_of_task"]

_ROLES = {label: role for role, label in LABELS.items()}
_BREAK = re.compile(r"\r\n?|\\r\\n|\\n|\\r")  # Label Studio writes some line breaks as \n


def document_of_task(task: Mapping[str, Any], path: str, name: str) -> Document:
    """Return the document of one task.

    Args:
        task: The task.
        path: Where it stands, JSONPath style, for messages.
        name: The file, for messages.

    Raises:
        FormatError: If it holds no text, or a region or relation doesn't fit.
    """
    text = task["data"].get("text")
    if not isinstance(text, str):
        raise FormatError("expected the text, a string", path=f"{path}.data.text")
    rest = task["data"].get(REST)
    rest = rest if isinstance(rest, dict) else {}
    known = rest.get("document") if isinstance(rest.get("document"), dict) else {}
    record: dict[str, Any] = {"id": f"task-{task.get('id', path[2:-1])}", **(known or {})}
    if record.pop("sha256", None) not in (None, text_sha256(text)):
        raise FormatError("the text is another than the one annotated", path=f"{path}.data.text")
    where, result = _chosen(task, path)
    regions = _regions(text, result, where)
    people = _People(record.get("speakers") or [])
    found = _quotations(regions, result, rest.get("quotes") or {}, people, where)
    merged = merged_record(record, text, found, people.told)
    return from_record(merged, text=text, source=name)


def _chosen(task: Mapping[str, Any], path: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the result to read, and where it stands."""
    for key in ("annotations", "predictions"):
        found = [
            (str(item.get("updated_at") or item.get("created_at") or ""), index, item)
            for index, item in enumerate(task.get(key) or ())
            if isinstance(item, dict) and not item.get("was_cancelled")
        ]
        if found:
            _, index, item = max(found, key=lambda entry: entry[:2])
            where = f"{path}.{key}[{index}].result"
            result = item.get("result")
            if not isinstance(result, list) or not all(isinstance(r, dict) for r in result):
                raise FormatError("expected a list of regions and relations", path=where)
            return where, result
    return path, []


@define
class _Region:
    """A labelled stretch of the text with what was told of it."""

    role: str
    span: list[int]
    told: dict[str, str] = field(factory=dict)


def _regions(text: str, result: list[dict[str, Any]], where: str) -> dict[str, _Region]:
    regions: dict[str, _Region] = {}
    for index, item in enumerate(result):
        value = item.get("value")
        labels = value.get("labels") if isinstance(value, dict) else None
        role = next((_ROLES[label] for label in labels or () if label in _ROLES), None)
        if isinstance(value, dict) and role:
            span = _anchor(text, value, f"{where}[{index}].value")
            regions[str(item.get("id"))] = _Region(role, span)
    for item in result:
        region = regions.get(str(item.get("id")))
        name, value = item.get("from_name"), item.get("value")
        if region is None or not isinstance(value, dict):
            continue
        told = value.get("text") if name in LINKS else value.get("choices")
        told = told[0] if isinstance(told, list) and told else told
        if name in (*LINKS, *CHOICES) and isinstance(told, str):
            region.told[str(name)] = told
    return regions


def _anchor(text: str, value: Mapping[str, Any], path: str) -> list[int]:
    start, end, words = value.get("start"), value.get("end"), value.get("text")
    if not isinstance(start, int) or not isinstance(end, int):
        raise FormatError("expected a region with start and end", path=path)
    for place in _places(text, start, end):
        if words is None or _same(text[slice(*place)], words):
            return place
    places = [match.span() for match in re.finditer(_loose(str(words)), text)] if words else []
    if len(places) != 1:
        times = "more than once" if places else "nowhere"
        raise FormatError(
            f"the words {str(words)[:40]!r} are not at {start}-{end}, and {times} in the text",
            path=path,
        )
    return list(places[0])


def _places(text: str, start: int, end: int) -> Iterator[list[int]]:
    """Yield the spans that offsets mean: code points, UTF-16 units, line breaks counted once."""
    if 0 <= start < end <= len(text):
        yield [start, end]
    for unit in ("utf-16", "breaks"):
        place = [_position(text, offset, unit) for offset in (start, end)]
        if 0 <= place[0] < place[1]:
            yield place


def _position(text: str, offset: int, unit: str) -> int:
    """Return the code point offset of one that is counted otherwise; -1 where there is none."""
    if unit == "utf-16":
        units = text.encode("utf-16-le", "surrogatepass")[: 2 * offset]
        whole = len(units) == 2 * offset
        return len(units.decode("utf-16-le", "replace")) if whole else -1
    seen = 0
    for match in re.finditer(r"\r\n|[\s\S]", text):
        if seen == offset:
            return match.start()
        seen += 1
    return len(text) if seen == offset else -1


def _same(stretch: str, words: object) -> bool:
    return isinstance(words, str) and _BREAK.sub("\n", stretch) == _BREAK.sub("\n", words)


def _loose(words: str) -> str:
    """Return a pattern for words whose line breaks may be of another kind."""
    return r"(?:\r\n|\r|\n)".join(re.escape(line) for line in _BREAK.sub("\n", words).split("\n"))


class _People:
    """Speakers by the names that annotators see or type."""

    def __init__(self, speakers: object) -> None:
        known = [s for s in speakers if isinstance(s, dict)] if isinstance(speakers, list) else []
        known = [{**s, "id": str(s.get("id")), "name": str(s.get("name"))} for s in known]
        self.told: dict[str, dict[str, Any]] = {}
        self._ids = {s["id"] for s in known}
        self._exact = {shown: key for key, shown in shown_names(known).items()}
        self._loose: dict[str, set[str]] = {}
        for speaker in known:
            for name in (speaker["name"], *map(str, speaker.get("aliases") or ())):
                self._loose.setdefault(_plain(name), set()).add(speaker["id"])

    def id_of(self, name: str) -> str | None:
        """Return the id of the speaker with this name, a new one when nobody has it."""
        shown = name.strip()
        if not shown:
            return None
        alike = self._loose.get(_plain(shown), set())
        if shown in self._exact:
            return self._exact[shown]
        return next(iter(alike)) if len(alike) == 1 else self._new(shown)

    def _new(self, name: str) -> str:
        number = len(self._ids) + 1
        while (key := f"s{number}") in self._ids:
            number += 1
        self._ids.add(key)
        self._exact[name] = key
        self.told[key] = {"id": key, "name": name, "kind": SpeakerKind.UNKNOWN.value}
        return key


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _quotations(
    regions: Mapping[str, _Region],
    result: list[dict[str, Any]],
    rest: object,
    people: _People,
    where: str,
) -> list[Found]:
    kept = rest if isinstance(rest, dict) else {}
    pieces = {key for key, _, _, label in _relations(result, where) if label == "continues"}
    heads: dict[str, Found] = {}
    for key, region in regions.items():
        if region.role != "content" or key in pieces:
            continue
        told = region.told
        found = Found(content=[region.span], rest=dict(kept.get(key) or {}))
        found.kind, found.level, found.stance = (told.get(name) for name in CHOICES)
        found.speaker, found.addressee = (people.id_of(told.get(name, "")) for name in LINKS)
        heads[key] = found
    _name(heads)
    linked = set()
    for to, start, place, label in _relations(result, where):
        _relate(regions, heads, (start, to, label), place)
        linked.add(to)
    lost = [key for key in regions if key not in heads and key not in linked]
    if lost:
        region = regions[lost[0]]
        raise FormatError(
            f"the {LABELS[region.role]} at {region.span[0]}-{region.span[1]} belongs to no "
            "quotation: draw a relation to it from the quotation's Content, or delete it",
            path=where,
        )
    return list(heads.values())


def _name(heads: Mapping[str, Found]) -> None:
    """Give each new quotation an id, so that others can say that they stand inside it."""
    taken = {str(found.rest["id"]) for found in heads.values() if "id" in found.rest}
    number = 0
    for found in heads.values():
        number += 1
        if "id" in found.rest:
            continue
        while f"q{number}" in taken:
            number += 1
        found.rest["id"] = f"q{number}"
        taken.add(f"q{number}")


def _relations(result: list[dict[str, Any]], where: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield each relation: the id it leads to, the id it starts from, its place, its label."""
    for index, item in enumerate(result):
        if item.get("type") != "relation":
            continue
        start, to = str(item.get("from_id")), str(item.get("to_id"))
        if item.get("direction") == "left":
            start, to = to, start
        labels = item.get("labels") or ()
        yield to, start, f"{where}[{index}]", str(labels[0]) if labels else ""


def _relate(
    regions: Mapping[str, _Region],
    heads: Mapping[str, Found],
    relation: tuple[str, str, str],
    place: str,
) -> None:
    start, to, label = relation
    if start not in regions or to not in regions:
        return  # the region was deleted
    if start not in heads:
        raise FormatError("a relation must start at the first region of a content", path=place)
    if label == "inside":
        if to not in heads:
            raise FormatError("'inside' must lead to the first region of a content", path=place)
        heads[start].rest["parent"] = heads[to].rest["id"]
        return
    region = regions[to]
    # Annotators draw a relation and forget its label; a cue or source that it leads to tells it.
    expected = ("continues",) if region.role == "content" else (region.role, "")
    if label not in expected:
        raise FormatError(
            f"a relation labelled {label!r} can't lead to a region labelled {LABELS[region.role]}: "
            f"label it {expected[0]}",
            path=place,
        )
    getattr(heads[start], region.role).append(region.span)
