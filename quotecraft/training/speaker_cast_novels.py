"""Mentions for PDNC novels, whose narration has none annotated, so that they can teach turn-taking.

A novel names its characters by their main names and aliases; a name that several share is left out.
The pronoun or description in a quotation's referring expression stands for its gold speaker. Other
singular pronouns in the narration stand for the character of their gender who was last named,
referred to or heard near before, and "I" for the one whom the referring expressions show narrating.
Gender comes from the corpus's own list of characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from quotecraft.model import Mention, MentionKind, Span, Speaker, SpeakerId
from quotecraft.speakers.cast.chain import Chain
from quotecraft.speakers.cast.pieces import cut_sentences
from quotecraft.speakers.cast.references import Cast
from quotecraft.speakers.cast.scoring import Reading, read_pieces_of
from quotecraft.speakers.pronouns import Gender, pronoun
from quotecraft.speakers.words import CAPITAL, Words
from quotecraft.training.speaker_cast import Labelled, speakers_of
from quotecraft.training.speaker_links import Novel
from quotecraft.training.speaker_sources import Given

__all__ = ["IN_LITBANK", "label_novel"]

IN_LITBANK = frozenset(
    {
        "ARoomWithAView",
        "AlicesAdventuresInWonderland",
        "AnneOfGreenGables",
        "DaisyMiller",
        "Emma",
        "HowardsEnd",
        "NightAndDay",
        "Persuasion",
        "PrideAndPrejudice",
        "TheAgeOfInnocence",
        "TheAwakening",
        "TheInvisibleMan",
        "TheManWhoWasThursday",
        "ThePictureOfDorianGray",
    }
)
"""Novels of which LitBank has an excerpt: what was learned from them can't be measured on it."""

_PIECES = 60  # of a chain that is learned from
_NEAR = 150  # words back to whom a pronoun can refer
_LEAST_NARRATED = 5  # referring expressions with "I" that make a narrator
_SHORTEST = 3  # letters of a name
_UNTOLD = "addressed:"  # features that need the descriptions of everybody, missing here
_GENDERS = {"M": "m", "F": "f"}


def label_novel(novel: Novel) -> list[Labelled]:
    """Return a novel as chains of a few dozen pieces with their gold speakers.

    It is given twice: as it is, and without its paragraphs, as LitBank has none.

    Args:
        novel: Its gold quotations, the pieces of interrupted ones one by one.
    """
    return [*_label(novel, flat=False), *_label(novel, flat=True)]


def _label(novel: Novel, *, flat: bool) -> Iterator[Labelled]:
    sentences = list(novel.sentences)
    if flat:
        sentences = [evolve(one, paragraph=number) for number, one in enumerate(sentences)]
    quotations = sorted(novel.quotations, key=lambda given: given.attribution.content[0])
    contents = [given.attribution.content[0] for given in quotations]
    words = Words(novel.text, cut_sentences(novel.text, sentences, contents), contents)
    found = _Finder(words, novel.characters, quotations).mentions()
    members = [
        evolve(one, mentions=tuple(sorted(found.get(one.id, ()), key=lambda m: m.span)))
        for one in novel.characters
    ]
    reading = read_pieces_of(Cast.of(words, members), contents, flat=flat)
    places = {member.id: number for number, member in enumerate(members)}
    spoken = {given.attribution.content[0]: given.speaker for given in quotations}
    speakers = speakers_of(reading, spoken, places)
    for start in range(0, len(speakers), _PIECES):
        name = f"{novel.id}:{'flat' if flat else 'whole'}:{start}"
        yield Labelled(name, _part(reading, start), speakers[start : start + _PIECES])


def _part(reading: Reading, start: int) -> Reading:
    part = slice(start, start + _PIECES)
    same, turn = list(reading.same[part]), list(reading.turn[part])
    same[:1] = [{}]
    turn[:2] = [{}] * min(2, len(turn))
    features = [
        [{n: v for n, v in own.items() if not n.startswith(_UNTOLD)} for own in row]
        for row in reading.features[part]
    ]
    return Reading(
        reading.pieces[part],
        Chain(reading.chain.candidates[part]),
        features,
        same,
        turn,
    )


@frozen
class _Found:
    """A mention with the words that it covers; without a character, a pronoun to be resolved."""

    first: int
    last: int
    kind: MentionKind
    character: SpeakerId | None = None


@define
class _Finder:
    """Finds the mentions of one novel's characters."""

    words: Words
    characters: Sequence[Speaker]
    quotations: Sequence[Given]
    _names: dict[str, list[tuple[tuple[str, ...], SpeakerId]]] = field(factory=dict)
    _genders: dict[SpeakerId, Gender] = field(factory=dict)
    _last: dict[Gender, tuple[int, SpeakerId]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        owners: dict[tuple[str, ...], set[SpeakerId]] = {}
        for one in self.characters:
            gender = _GENDERS.get(str(one.extra.get("gender")))
            if gender is not None:
                self._genders[one.id] = gender
            for name in (one.name, *one.aliases):
                if name[:1].isupper() and len(name) >= _SHORTEST:
                    owners.setdefault(tuple(_plain(name).split()), set()).add(one.id)
        for key, ids in sorted(owners.items(), key=lambda item: -len(item[0])):
            if len(ids) == 1:
                self._names.setdefault(key[0], []).append((key, next(iter(ids))))
            else:
                self._names.setdefault(key[0], []).append((key, SpeakerId("")))

    def mentions(self) -> Mapping[SpeakerId, list[Mention]]:
        """Return the mentions of each character."""
        scanned = list(self._scan(self._sources()))
        narrating = Counter(
            one.character for one in scanned if one.character and self._base(one) == "i"
        ).most_common(1)
        narrator = narrating[0][0] if narrating and narrating[0][1] >= _LEAST_NARRATED else None
        result: dict[SpeakerId, list[Mention]] = {}
        heard = [
            (self.words.at(given.attribution.content[0].start), given.speaker)
            for given in self.quotations
        ][::-1]
        for one in scanned:
            while heard and heard[-1][0] <= one.first:
                self._note(*heard.pop())
            character = one.character or self._antecedent(one, narrator)
            if character is None:
                continue
            span = Span(self.words.starts[one.first], self.words.ends[one.last])
            if not self.words.quoted_at(span.start):
                self._note(one.first, character)
            result.setdefault(character, []).append(Mention(span, one.kind))
        return result

    def _sources(self) -> dict[int, tuple[int, SpeakerId]]:
        found = {}
        for given in self.quotations:
            if given.attribution.source and given.speaker is not None:
                inside = self.words.within(given.attribution.source[0])
                if inside:
                    found[inside[0]] = (inside[-1], given.speaker)
        return found

    def _scan(self, sources: Mapping[int, tuple[int, SpeakerId]]) -> Iterator[_Found]:
        place, words = 0, self.words
        while place < len(words):
            if place in sources:
                last, character = sources[place]
                yield _Found(place, last, self._kind(place, last), character)
                place = last + 1
                continue
            name = self._name_at(place) if words.has(place, CAPITAL) else None
            if name is not None:
                key, owner = name
                if owner:
                    yield _Found(place, place + len(key) - 1, MentionKind.NAME, owner)
                place += len(key)
                continue
            entry = pronoun(words.lower[place])
            told = entry is not None and not words.quoted_at(words.starts[place])
            if told and entry is not None and entry.base in ("he", "she", "i"):
                yield _Found(place, place, MentionKind.PRONOUN)
            place += 1

    def _name_at(self, place: int) -> tuple[tuple[str, ...], SpeakerId] | None:
        lower = self.words.lower
        for key, owner in self._names.get(_plain(lower[place]), ()):
            if tuple(map(_plain, lower[place : place + len(key)])) == key:
                return key, owner
        return None

    def _kind(self, first: int, last: int) -> MentionKind:
        if first == last and pronoun(self.words.lower[first]) is not None:
            return MentionKind.PRONOUN
        return MentionKind.NAME if self.words.has(last, CAPITAL) else MentionKind.DESCRIPTION

    def _base(self, one: _Found) -> str:
        entry = pronoun(self.words.lower[one.first]) if one.first == one.last else None
        return entry.base if entry is not None else ""

    def _antecedent(self, one: _Found, narrator: SpeakerId | None) -> SpeakerId | None:
        base = self._base(one)
        if base == "i":
            return narrator
        where, character = self._last.get("m" if base == "he" else "f", (-_NEAR, SpeakerId("")))
        return character if character and one.first - where < _NEAR else None

    def _note(self, place: int, character: SpeakerId | None) -> None:
        if character is not None and character in self._genders:
            self._last[self._genders[character]] = (place, character)


def _plain(name: str) -> str:
    return name.lower().replace(".", "")
