"""Two who speak together: "Ruiz and Park", and "the two" who take them up in news."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import singular, word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import is_human
from quotecraft.speakers.units import Unit

__all__ = ["join", "link_pair"]

_BARE = frozenset(("the two", "both", "the pair", "the duo", "the couple", "the two of them"))
_OPENING = ("the two ", "both ")
_PEOPLE = word_set(
    "man woman leader minister president official party politician diplomat lawmaker senator "
    "author researcher brother sister friend chief premier expert scientist singer actor player"
)
_SENTENCES = 3  # back in which two are named


def join(links: Links, entities: Sequence[Entity], first: int, text: str) -> Entity:
    """Return the one entity that several are together, a new one if they haven't spoken so.

    Args:
        links: The document's links.
        entities: Those joined.
        first: Offset of the mention.
        text: What the mention says.
    """
    key = frozenset(id(entity) for entity in entities)
    pair = links.pairs.get(key)
    if pair is None:
        pair = Entity(first=first, description=text)
        links.pairs[key] = pair
        links.members[id(pair)] = tuple(entities)
    return pair


def link_pair(links: Links, unit: Unit, source: SourceMention) -> bool:
    """Link "the two" to the only two persons named just before; say whether they could be found.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The description.
    """
    text = source.text.lower()
    head = singular(text.split()[-1])
    described = text.startswith(_OPENING) and (head in _PEOPLE or is_human(head))
    if links.conversation or not (text in _BARE or (described and len(text.split()) < 4)):
        return False
    words = links.index.words
    anchor = words.at(source.span.start)
    near: dict[Entity, None] = {}
    within = words.sentence[anchor]
    for sighting in links.narration.before(anchor, anchor):
        sentence = words.sentence[sighting.word]
        if sentence < within and len(near) >= 2:
            break
        if words.sentence[anchor] - sentence > _SENTENCES:
            break
        within = sentence
        if sighting.entity.kind is NameKind.PERSON:
            near.setdefault(sighting.entity)
    if len(near) != 2 or not all(entity.names for entity in near):
        return False
    ordered = sorted(near, key=lambda entity: entity.first)
    name = " and ".join(max(entity.names, key=len) for entity in ordered)
    pair = join(links, ordered, source.span.start, name)
    links.link(unit, pair, "pair", f"description:{source.text}→{{}}")
    return True
