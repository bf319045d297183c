"""What names are in stories: titles that stand for a name, families, people who meet.

"The General" and "the Grandmother" may be all that a story ever calls somebody; "the Bennets" are
nobody who speaks; and two names that speak in turn, or of which one calls the other, are two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.mentions import read_source
from quotecraft.speakers.name_index import NameIndex
from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.vocatives import names_called
from quotecraft.speakers.words import Words

__all__ = ["epithets", "families", "married", "meetings"]

_LEAST = 5  # uses of a title
_PER_BEARER = 4  # uses to each time that somebody bears the title before a name
_PLURALS = ("s", "es")


def epithets(
    words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
) -> list[Key]:
    """Return the titles that name somebody in a story who has no other name there.

    "The Admiral" who is "Admiral Ruiz" elsewhere isn't one: he has a name that titles point to.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        kinds: What each name stands for.
    """
    used: Counter[Key] = Counter()
    borne: Counter[str] = Counter()
    for mention in mentions:
        borne.update(mention.title)
        alone = kinds[mention.key] is NameKind.TITLE and len(mention.key) == 1
        if alone and _after_article(words, mention):
            used[mention.key] += 1
    return [
        key
        for key, count in used.items()
        if count >= _LEAST and count > _PER_BEARER * borne[key[0]]
    ]


def families(
    words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
) -> list[Key]:
    """Return the names of whole families: "the Bennets", where a Bennet is named, too.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        kinds: What each name stands for.
    """
    surnames = {key[-1] for key, kind in kinds.items() if kind is NameKind.PERSON}
    total: Counter[Key] = Counter()
    plural: Counter[Key] = Counter()
    for mention in mentions:
        total[mention.key] += 1
        plural[mention.key] += _after_article(words, mention) and not mention.title
    return [
        key
        for key, count in total.items()
        if len(key) == 1
        and 2 * plural[key] > count
        and any(key[0].endswith(end) and key[0][: -len(end)] in surnames for end in _PLURALS)
    ]


def _after_article(words: Words, mention: NameMention) -> bool:
    return mention.first > 0 and words.lower[mention.first - 1] == "the"


def married(entities: Sequence[Entity]) -> None:
    """Keep the title of those whom a story names by their husband: "Mrs. Henry Ruiz".

    Args:
        entities: Everybody whom names tell of.
    """
    for entity in entities:
        for name in list(entity.names):
            forms = [form for form in (f"Mrs. {name}", f"Mrs {name}") if form in entity.titled]
            if forms and sum(entity.titled[form] for form in forms) == entity.names[name]:
                del entity.names[name]
                entity.names[forms[0]] = entity.titled[forms[0]]


def meetings(index: NameIndex, attributions: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Return pairs of names that must be two people's, by their places in the list of names.

    Args:
        index: The names of the document.
        attributions: What the detector found.
    """
    spoken = [a for a in attributions if a.kind is not QuoteKind.INDIRECT and a.parent is None]
    spoken.sort(key=lambda attribution: attribution.content[0])
    found: list[tuple[int, int]] = []
    last: tuple[int, int] | None = None  # paragraph and name of the last named speaker
    for attribution in spoken:
        paragraph = index.words.paragraph_at(attribution.content[0].start)
        mention = read_source(index, attribution.source[0]) if attribution.source else None
        if mention is None or mention.name is None:
            continue
        found.extend((mention.name, called) for called in names_called(index, attribution.content))
        if last is not None and paragraph == last[0] + 1:
            found.append((last[1], mention.name))
        last = (paragraph, mention.name)
    return found
