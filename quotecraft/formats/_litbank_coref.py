"""Who and what a LitBank excerpt mentions: its coreference layer, linked to the speaker labels.

Bamman, Lewke and Mansoor (2020), "An Annotated Dataset of Coreference in English Literature", LREC.
An excerpt's file in ``coref/brat`` holds two text-bound annotations for each mention: its entity
(``T7<tab>Mr_Bennet-6 506 516<tab>Mr. Bennet``), whose label the quotation layer uses for speakers,
and its form and type (``PROP_PER``, ``NOM_FAC``, ``PRON_PER`` …). Relations, and mentions without
an entity (what a copula or an apposition says of one), are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from quotecraft.errors import FormatError
from quotecraft.formats.repairs import read_exact
from quotecraft.model import Mention, MentionKind, Span, Speaker, SpeakerId, SpeakerKind

__all__ = ["name_of", "read_entities"]

_NUMBER = re.compile(r"-\d+$")
_FORM = re.compile(r"(PROP|NOM|PRON)_(PER|FAC|GPE|LOC|VEH|ORG)")
_MENTIONS = {
    "PROP": MentionKind.NAME,
    "NOM": MentionKind.DESCRIPTION,
    "PRON": MentionKind.PRONOUN,
}
_KINDS = {"PER": SpeakerKind.PERSON, "ORG": SpeakerKind.ORGANIZATION}


def name_of(label: str) -> str:
    """Return an entity's name: its label without number and underscores.

    Args:
        label: Such as ``"Mr_Bennet-6"``.
    """
    return _NUMBER.sub("", label).replace("_", " ")


def read_entities(path: Path, text: str) -> tuple[Speaker, ...]:
    """Return everything that an excerpt mentions, by first mention.

    An entity's id is its label, its kind that of most of its mentions: a person, an organisation
    or unknown (places, buildings, vehicles; ``extra["entity_type"]`` keeps the type). Several
    people are persons too: the corpus does not tell them apart. Aliases are the names used.

    Args:
        path: The excerpt's ``.ann`` file in ``coref/brat``.
        text: Its text.

    Raises:
        FormatError: If a line can't be read, or does not agree with the text.
    """
    owners: dict[Span, str] = {}
    forms: dict[Span, tuple[str, str]] = {}
    for number, line in enumerate(read_exact(path).split("\n"), 1):
        fields = line.rstrip("\r").split("\t")
        if fields[0][:1] != "T":
            continue
        label, span = _mention(fields, text, path, number)
        form = _FORM.fullmatch(label)
        if form is not None:
            forms[span] = (form[1], form[2])
        else:
            owners[span] = label
    if bare := [span for span in owners if span not in forms]:
        reason = f"mention {bare[0].of(text)[:40]!r} at {bare[0].start} has no form and type"
        raise FormatError(reason, source=str(path))
    members: dict[str, list[Span]] = {}
    for span in sorted(owners):
        members.setdefault(owners[span], []).append(span)
    return tuple(_entity(label, spans, forms, text) for label, spans in members.items())


def _mention(fields: list[str], text: str, path: Path, number: int) -> tuple[str, Span]:
    match fields:
        case [_, place, words] if re.fullmatch(r"\S+ [0-9]+ [0-9]+", place):
            label, start, end = place.split(" ")
            if int(start) < int(end) <= len(text) and text[int(start) : int(end)] == words:
                return label, Span(int(start), int(end))
            reason = f"the text at {start} is not {words[:40]!r}"
        case _:
            reason = f"expected a label, two offsets and a text, found {fields[1:2]}"
    raise FormatError(reason, source=str(path), line=number)


def _entity(
    label: str, spans: Iterable[Span], forms: dict[Span, tuple[str, str]], text: str
) -> Speaker:
    mentions = tuple(Mention(span, _MENTIONS[forms[span][0]]) for span in spans)
    types = [forms[mention.span][1] for mention in mentions]
    kind = max(dict.fromkeys(types), key=types.count)
    names = dict.fromkeys(m.span.of(text) for m in mentions if m.kind is MentionKind.NAME)
    return Speaker(
        id=SpeakerId(label),
        name=name_of(label),
        kind=_KINDS.get(kind, SpeakerKind.UNKNOWN),
        aliases=tuple(name for name in names if name != name_of(label)),
        mentions=mentions,
        extra={"entity_type": kind},
    )
