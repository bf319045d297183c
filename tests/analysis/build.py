"""Small articles for the tests, written as who says what."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from quotecraft.model import (
    Confidence,
    Document,
    Mention,
    MentionKind,
    Quote,
    QuoteId,
    QuoteKind,
    Span,
    Speaker,
    SpeakerId,
    SpeakerKind,
)


@frozen
class Said:
    """One quotation: who says what, with which cue, to whom, inside which other one."""

    who: str | None
    text: str = "We will see."
    cue: str = "said"
    to: str | None = None
    kind: str = "direct"
    level: str = "speech"
    inside: int | None = None
    confidence: float = 1.0
    about: tuple[str, ...] = ()


def article(
    name: str,
    *said: Said,
    people: Mapping[str, Mapping[str, Any]] | None = None,
    filler: str = "",
    **metadata: Any,
) -> Document:
    """Return an article: each quotation, its cue, its speaker; one inside another shares its text.

    Everyone is a person called by name unless ``people`` says otherwise.
    """
    text, quotes, mentions = filler, [], {}
    places: list[tuple[int, int]] = []
    for number, one in enumerate(said):
        if one.inside is None:
            start = len(text)
            text += one.text
            cue = (len(text) + 1, len(text) + 1 + len(one.cue))
            text += f" {one.cue}"
            if one.who is not None:
                mentions.setdefault(one.who, []).append(
                    (len(text) + 1, len(text) + 1 + len(one.who))
                )
                text += f" {one.who}"
            text += ".\n"
        else:
            outer_start, outer_end = places[one.inside]
            start = text.index(one.text, outer_start, outer_end)
            cue = None
        places.append((start, start + len(one.text)))
        for other in one.about:
            found = text.index(other, start)
            mentions.setdefault(other, []).append((found, found + len(other)))
        quotes.append(_quote(number, one, places[-1], cue if one.cue else None))
    names = dict.fromkeys(n for one in said for n in (one.who, one.to, *one.about) if n is not None)
    speakers = [_speaker(n, mentions.get(n, []), (people or {}).get(n, {})) for n in names]
    quotes.sort(key=lambda quote: quote.content[0].start)
    return Document(name, text, metadata, quotes=quotes, speakers=speakers)


def _quote(number: int, one: Said, place: tuple[int, int], cue: tuple[int, int] | None) -> Quote:
    return Quote(
        QuoteId(f"q{number}"),
        QuoteKind(one.kind),
        (Span(*place),),
        cue=(Span(*cue),) if cue else (),
        speaker=None if one.who is None else SpeakerId(one.who),
        addressee=None if one.to is None else SpeakerId(one.to),
        parent=None if one.inside is None else QuoteId(f"q{one.inside}"),
        level=one.level,
        confidence=Confidence(one.confidence, 1.0, one.confidence),
    )


def _speaker(name: str, places: list[tuple[int, int]], facts: Mapping[str, Any]) -> Speaker:
    described = name[:1].islower()
    kind = MentionKind.DESCRIPTION if described else MentionKind.NAME
    return Speaker(
        SpeakerId(name),
        facts.get("name", name),
        facts.get("kind", SpeakerKind.PERSON),
        aliases=facts.get("aliases", ()),
        roles=facts.get("roles", ()),
        pronouns=facts.get("pronouns", ()),
        mentions=[Mention(Span(*place), kind) for place in sorted(places)],
    )


NAMES = ["Ana Ruiz", "Bo Lund", "Cy Marsh", "Di Okoro", "a neighbour", None]


@st.composite
def collections(draw: st.DrawFn) -> list[Document]:
    """Lists of small articles with known, unnamed and unknown speakers."""
    several = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 4)), min_size=0, max_size=5)
    drawn = draw(st.lists(several, min_size=1, max_size=6))
    months = draw(st.lists(st.integers(1, 6), min_size=len(drawn), max_size=len(drawn)))
    return [
        article(
            f"a{number}",
            *(Said(who, " ".join(["word"] * words)) for who, words in said),
            filler="Some news. ",
            date=f"2024-{month:02}-01",
        )
        for number, (said, month) in enumerate(zip(drawn, months, strict=True))
    ]


def shuffled(documents: list[Document], seed: int) -> list[Document]:
    """Return the documents in another order."""
    return random.Random(seed).sample(documents, len(documents))
