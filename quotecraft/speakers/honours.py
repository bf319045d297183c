"""Who is meant by "His Majesty" or "Her Royal Highness", which name nobody."""

from __future__ import annotations

from attrs import define, field

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.name_mention import NameMention

__all__ = ["HONOURS", "Honoured"]

HONOURS = word_set("majesty highness excellency holiness eminence")
_HELD = {
    "majesty": word_set("king queen emperor empress sultan"),
    "highness": word_set("prince princess emir sheikh sheikha shaikh"),
    "holiness": word_set("pope"),
}
_ROYAL = HONOURS.union(*_HELD.values(), ("cardinal",))


@define(eq=False)
class Honoured:
    """The persons of a document who are spoken of so, in order."""

    _told: list[tuple[NameMention, Entity]] = field(factory=list)

    def note(self, name: NameMention, owner: Entity) -> None:
        """Remember a name if its title is one of honour.

        Args:
            name: A name of a person.
            owner: The person.
        """
        if not _ROYAL.isdisjoint(name.title):
            self._told.append((name, owner))

    def called(self, word: str, offset: int) -> Entity | None:
        """Return whom an honour means: who was given it last, else who holds the rank, else any.

        Args:
            word: The honour, such as ``"majesty"``.
            offset: Where it stands.
        """
        told = [(name, one) for name, one in self._told if name.span.start < offset]
        for titles in (frozenset((word,)), _HELD.get(word, frozenset()), _ROYAL):
            fitting = [one for name, one in told if not titles.isdisjoint(name.title)]
            if fitting:
                return fitting[-1]
        return None
