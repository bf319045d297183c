"""Who can't be "the minister": those who speak of, or deal with, that minister as somebody else.

Nobody in news calls themselves by their office, nor is one the object of what one does ("Ruiz
questioned the minister"): Chomsky (1981), "Lectures on Government and Binding", principle C.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import define, field

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.mentions import NameIndex, SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.role_texts import role_of
from quotecraft.speakers.syntax import AUXILIARIES, looks_subject
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import CAPITAL, UPPER, Words

__all__ = ["SetApart"]

_BEFORE = 3  # words of an office behind its article
_OBJECT = 4  # words from somebody to what they do something to
_USES = 3  # of an office alone, before somebody is named, that show somebody else in it
_COPULAS = AUXILIARIES | {"as", "became", "becomes", "remains", "remained"}


@define(eq=False)
class SetApart:
    """Whom a document sets apart from which office.

    Attributes:
        words: The words of the document.
    """

    words: Words
    _others: dict[str, set[int]] = field(factory=lambda: defaultdict(set))
    _uses: dict[str, list[int]] = field(factory=lambda: defaultdict(list))  # offsets

    @classmethod
    def of(
        cls, index: NameIndex, owners: Sequence[Entity | None], units: Sequence[Unit]
    ) -> SetApart:
        """Return whom a document of news sets apart from which office.

        Args:
            index: Its names.
            owners: The entity of each name.
            units: Its attributions.
        """
        found = cls(index.words)
        offices = dict(found._offices())
        for place, office in offices.items():
            for form in _forms(office):
                found._uses[form].append(index.words.starts[place])
        for unit in units:
            source = unit.source
            owner = None if source is None or source.name is None else owners[source.name]
            if owner is not None and owner.kind is NameKind.PERSON and unit.direct:
                for span in unit.content:
                    found._note(owner, offices, range(*found._range(span.start, span.end)))
        for name, owner in zip(index.mentions, owners, strict=True):
            if owner is None or owner.kind is not NameKind.PERSON or name.quoted:
                continue
            if looks_subject(index.words, name.first, name.last):
                found._note(owner, offices, found._objects(name.last))
        return found

    def apart(self, source: SourceMention, entity: Entity) -> bool:
        """Say whether the document sets somebody apart from the office of a description.

        They do something to whoever holds it, or it's spoken of again and again before they are
        named at all, as who holds it somewhere else ("prime minister of Arvelo").

        Args:
            source: The description.
            entity: The person.
        """
        office = self._office(source)
        if id(entity) in self._others.get(office, ()):
            return True
        uses = self._uses.get(office, ())
        late = len(uses) >= _USES and uses[_USES - 1] < entity.first
        return late and any(self._elsewhere(source, text) for text in entity.roles)

    def _elsewhere(self, source: SourceMention, text: str) -> bool:
        role = role_of(text)
        known = lexicon().places | lexicon().demonyms
        if role is None or role.head != source.head:
            return False
        return not role.words.isdisjoint(known) and source.modifiers.isdisjoint(known)

    def _office(self, source: SourceMention) -> str:
        if source.head_word is None:
            return ""
        first = self.words.at(source.span.start)
        return " ".join(self.words.lower[first : source.head_word + 1]).removeprefix("the ")

    def _range(self, start: int, end: int) -> tuple[int, int]:
        return self.words.at(start), self.words.at(end)

    def _note(self, owner: Entity, offices: dict[int, str], places: range) -> None:
        for place in places:
            if place in offices:
                for form in _forms(offices[place]):
                    self._others[form].add(id(owner))

    def _offices(self) -> Iterator[tuple[int, str]]:
        """Yield the offices that "the" stands before: index of the last word, words."""
        words, lex = self.words, lexicon()
        for index, word in enumerate(words.lower):
            office = lex.is_person_noun(word) or (words.has(index, UPPER) and len(word) > 1)
            if not office or self._goes_on(index):
                continue
            for back in range(index - 1, max(-1, index - 2 - _BEFORE), -1):
                if words.gap(back).strip():
                    break
                if words.lower[back] == "the":
                    yield index, " ".join(words.lower[back + 1 : index + 1])
                    break

    def _goes_on(self, index: int) -> bool:
        """Say whether a name or more of the office follows a word."""
        words = self.words
        follows = index + 1 < len(words) and not words.gap(index).strip()
        return follows and (words.has(index + 1, CAPITAL) or words.lower[index + 1] == "of")

    def _objects(self, last: int) -> range:
        """Return the words behind a subject and its verb, in the same clause."""
        words = self.words
        verb = last + 1
        if verb >= len(words) or words.gap(last).strip() or words.lower[verb] in _COPULAS:
            return range(0)
        stop = verb
        while stop < min(len(words) - 1, verb + _OBJECT) and not words.gap(stop).strip():
            stop += 1
        return range(verb + 1, stop + 1)


def _forms(office: str) -> tuple[str, ...]:
    """Return an office and its initials, if they are several ("pm")."""
    initials = "".join(word[0] for word in office.split())
    return (office, initials) if len(initials) > 1 else (office,)
