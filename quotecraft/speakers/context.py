"""Where the narration of a document refers to whom: the ground for pronouns and silent speakers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

from attrs import define, field, frozen

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.focus import Referring, Seen, antecedents
from quotecraft.speakers.mentions import NameIndex
from quotecraft.speakers.pronouns import SUBJECTS, Gender, pronoun
from quotecraft.speakers.syntax import PREPOSITIONS, looks_subject
from quotecraft.speakers.words import POSSESSIVE, QUOTED, Words

__all__ = ["Narration", "Sighting"]


@frozen(weakref_slot=False)
class Sighting:
    """One place in the narration that refers to somebody.

    Attributes:
        word: Index of its first word.
        entity: Whom it refers to.
        subject: Whether it looks like the subject of a clause.
        object: Whether a preposition stands before it or it owns something.
    """

    word: int
    entity: Entity
    subject: bool
    object: bool


@define(eq=False)
class Narration:
    """The sightings of a document, in order, with quick look-up.

    Attributes:
        words: The words of the document.
        sightings: References in the narration, in order.
    """

    words: Words
    sightings: list[Sighting]
    _places: list[int] = field(factory=list)
    _subjects: list[tuple[int, Gender | None]] = field(factory=list)
    _subject_places: list[int] = field(factory=list)
    _referring: list[Referring] = field(factory=list)
    _referring_places: list[int] = field(factory=list)

    @classmethod
    def of(
        cls,
        index: NameIndex,
        owners: Sequence[Entity | None],
        extra: Iterable[tuple[int, int, Entity]],
        narrator: Entity | None,
        subject: Callable[[Words, int, int], bool] = looks_subject,
    ) -> Narration:
        """Return the narration of a document.

        Args:
            index: Its names.
            owners: The entity of each name.
            extra: Other references: first word, last word, entity.
            narrator: Whom "I" in the narration stands for, if anybody.
            subject: Says whether the words from a first to a last one look like a subject.
        """
        words = index.words
        found = [
            (name.first, name.last, owner)
            for name, owner in zip(index.mentions, owners, strict=True)
            if owner is not None and not name.quoted
        ]
        found.extend(extra)
        subjects: list[tuple[int, Gender | None]] = []
        for place, word in enumerate(words.lower):
            if word in SUBJECTS and not words.has(place, QUOTED):
                if word == "i":
                    if narrator is not None:
                        found.append((place, place, narrator))
                else:
                    entry = pronoun(word)
                    subjects.append((place, entry.gender if entry else None))
        found.sort(key=lambda item: item[0])
        sightings = [
            Sighting(
                first,
                owner,
                subject(words, first, last),
                words.has(last, POSSESSIVE)
                or (first > 0 and words.lower[first - 1] in PREPOSITIONS),
            )
            for first, last, owner in found
        ]
        places = [sighting.word for sighting in sightings]
        referring = antecedents(
            [Seen(s.word, s.entity, s.subject) for s in sightings if s.entity is not narrator],
            [(place, gender) for place, gender in subjects if gender],
        )
        return cls(
            words,
            sightings,
            places,
            subjects,
            [place for place, _ in subjects],
            referring,
            [one.word for one in referring],
        )

    def before(self, word: int, reach: int) -> list[Sighting]:
        """Return the sightings in the ``reach`` words before a word, nearest first."""
        stop = bisect_left(self._places, word)
        start = bisect_left(self._places, word - reach)
        return self.sightings[start:stop][::-1]

    def between(self, first: int, last: int) -> list[Sighting]:
        """Return the sightings from word ``first`` up to, not including, word ``last``."""
        return self.sightings[bisect_left(self._places, first) : bisect_left(self._places, last)]

    def pronouns(self, first: int, last: int) -> list[Referring]:
        """Return "he" and "she" from word ``first`` up to, not including, word ``last``."""
        places = self._referring_places
        return self._referring[bisect_left(places, first) : bisect_left(places, last)]

    def subject_gender(self, first: int, last: int) -> Gender | None:
        """Return the gender of the first "he" or "she" of the narration between two words."""
        place = bisect_right(self._subject_places, first - 1)
        if place < len(self._subjects) and self._subjects[place][0] < last:
            return self._subjects[place][1]
        return None
