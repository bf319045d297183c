"""A profile of each speaker: how much, how, where, when, to whom, through whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from attrs import define, field, frozen

from quotecraft.analysis.collection import Documents, Utterance, collected
from quotecraft.analysis.columns import UNATTRIBUTED
from quotecraft.analysis.gender_signs import UNKNOWN, gender_of
from quotecraft.analysis.table import Percent, Shown, Table, Tally
from quotecraft.analysis.voice import Voice
from quotecraft.model import QuoteKind
from quotecraft.model.fields import amount

__all__ = ["Profile", "profiles"]

METHOD = (
    "Counts of quotations; position is that of the content's beginning in the article's text, 0 to "
    "1. Gender as the text's pronouns and honorifics or an authority file tell it, never names."
)


@frozen
class Profile:
    """What one speaker says, and how it is told.

    Attributes:
        name: The fullest name; "(unattributed)" for quotations whose speaker is not known.
        kind: Person, organization, group, document or unknown; ``None`` for the unattributed.
        source_type: Named, unnamed, institution, group or document.
        gender: Women, men, what the authority file says, or unknown; ``None`` if not a person.
        roles: What texts say they are.
        articles: Articles they speak in.
        quotes: Quotations.
        words: Words of those.
        word_share: ``words`` as a part of all words that anybody says.
        direct: Direct quotations.
        mixed: Mixed ones.
        indirect: Indirect ones.
        cues: Cues and how often each introduces them, most frequent first.
        stances: The stances of those cues.
        position: Mean place of their quotations, from 0 (an article's start) to 1 (its end).
        opening: Share of the articles they speak in whose first quotation is theirs.
        first_seen: Day of the first article they speak in, as far as articles are dated.
        last_seen: Day of the last one.
        outlets: Outlets that quote them, and how often.
        addressees: Whom they speak to.
        quoted_by: Whose words report theirs: speakers of quotations that theirs stand in.
        confidence: Mean probability that these quotations are theirs.
        key: The speaker's key; empty for the unattributed.
    """

    name: str
    kind: str | None
    source_type: Annotated[str | None, Shown.HIDDEN]
    gender: str | None
    roles: Annotated[tuple[str, ...], Shown.HIDDEN]
    articles: int
    quotes: int
    words: int
    word_share: Percent
    direct: int
    mixed: int
    indirect: int
    cues: Annotated[tuple[Tally, ...], Shown.HIDDEN]
    stances: Annotated[tuple[Tally, ...], Shown.HIDDEN]
    position: float
    opening: Annotated[float, Shown.HIDDEN]
    first_seen: date | None
    last_seen: date | None
    outlets: Annotated[tuple[Tally, ...], Shown.HIDDEN]
    addressees: Annotated[tuple[Tally, ...], Shown.HIDDEN]
    quoted_by: Annotated[tuple[Tally, ...], Shown.HIDDEN]
    confidence: float
    key: Annotated[str, Shown.HIDDEN]


def profiles(documents: Documents, *, min_quotes: int = 1) -> Table[Profile]:
    """Say who speaks, how much and in which way.

    Args:
        documents: The documents, or a collection of them.
        min_quotes: Leave out speakers with fewer quotations.

    Returns:
        A row for each speaker who says anything, most words first, and one for unattributed
        quotations at the end, if there are any.
    """
    collection = collected(documents)
    spoken: dict[str, list[Utterance]] = {}
    reporters: dict[str, Counter[str]] = {}
    for utterance in collection.utterances:
        spoken.setdefault(utterance.voice.key if utterance.voice else "", []).append(utterance)
    for utterance in (*collection.utterances, *collection.nested):
        if utterance.voice is not None and utterance.inside is not None:
            reporters.setdefault(utterance.voice.key, Counter())[utterance.inside.name] += 1
    openings = _openings(collection.utterances)
    total = sum(utterance.words for utterance in collection.utterances) or 1
    rows = [
        _Profiler(own, total, openings, reporters.get(key, Counter())).profile()
        for key, own in spoken.items()
        if len(own) >= min_quotes
    ]
    rows.sort(key=lambda row: (not row.key, -row.words, -row.quotes, row.name, row.key))
    left = len(spoken) - len(rows)
    notes = (f"Left out: {amount(left, 'speaker')} with fewer quotations.",) if left else ()
    return Table(
        "Speakers",
        METHOD,
        Profile,
        tuple(rows),
        len(collection.articles),
        len(collection.utterances),
        (*notes, *collection.notes()),
    )


def _openings(utterances: Iterable[Utterance]) -> set[tuple[int, str]]:
    """Return (article, speaker) for whoever is heard first in an article."""
    first: dict[int, Utterance] = {}
    for utterance in utterances:
        known = first.get(id(utterance.article))
        if known is None or utterance.position < known.position:
            first[id(utterance.article)] = utterance
    return {(place, u.voice.key if u.voice else "") for place, u in first.items()}


@define
class _Profiler:
    own: Sequence[Utterance]
    total: int
    openings: set[tuple[int, str]]
    reporters: Counter[str]
    voice: Voice | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.voice = self.own[0].voice

    def profile(self) -> Profile:
        voice, own = self.voice, self.own
        articles = {id(utterance.article) for utterance in own}
        key = voice.key if voice else ""
        days = [u.article.date for u in own if u.article.date is not None]
        words = sum(utterance.words for utterance in own)
        kinds = Counter(utterance.kind for utterance in own)
        return Profile(
            name=voice.name if voice else UNATTRIBUTED,
            kind=voice.kind.value if voice else None,
            source_type=voice.source_type.value if voice else None,
            gender=self._gender(),
            roles=voice.roles if voice else (),
            articles=len(articles),
            quotes=len(own),
            words=words,
            word_share=words / self.total,
            direct=kinds[QuoteKind.DIRECT],
            mixed=kinds[QuoteKind.MIXED],
            indirect=kinds[QuoteKind.INDIRECT],
            cues=_tallies(Counter(u.cue for u in own if u.cue)),
            stances=_tallies(Counter(u.stance.value for u in own if u.cue)),
            position=sum(utterance.position for utterance in own) / len(own),
            opening=sum((place, key) in self.openings for place in articles) / len(articles),
            first_seen=min(days, default=None),
            last_seen=max(days, default=None),
            outlets=_tallies(Counter(filter(None, map(_outlet, own)))),
            addressees=_tallies(Counter(u.addressee.name for u in own if u.addressee)),
            quoted_by=_tallies(self.reporters),
            confidence=sum(utterance.confidence for utterance in own) / len(own),
            key=key,
        )

    def _gender(self) -> str | None:
        if self.voice is None:
            return None
        found = gender_of(self.voice)
        person = self.voice.kind.value in ("person", "unknown")
        return found if person or found != UNKNOWN else None


def _outlet(utterance: Utterance) -> str:
    return str(utterance.article.metadata.get("outlet") or "").strip()


def _tallies(counts: Counter[str]) -> tuple[Tally, ...]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Tally(name, number) for name, number in ranked)
