"""GUM: who and what a text tells of, and where; read from the same CoNLL-U files.

MISC has ``Entity=(12-person-giv:act-…-coref-IDENTITY`` where a mention of entity 12 begins and
``12)`` where it ends; entities are numbered anew in each document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from quotecraft.errors import FormatError
from quotecraft.formats._conllu import Text, read_documents
from quotecraft.model import Span

__all__ = ["EntityMention", "EntityText", "read_entities"]

_PART = re.compile(r"\((?P<opened>[^()]+)(?P<closed>\))?|(?P<ended>[^()]+)\)")


@frozen
class EntityMention:
    """One place where a text tells of an entity.

    Attributes:
        span: The place.
        entity: Number of the entity in its document.
        type: ``"person"``, ``"organization"``, ``"place"`` …
    """

    span: Span
    entity: str
    type: str


@frozen
class EntityText:
    """A document with its mentions.

    Attributes:
        id: Its id.
        text: Its text, the same as ``read_gum`` gives.
        mentions: Its mentions, by start, the longer first.
    """

    id: str
    text: str
    mentions: tuple[EntityMention, ...]


def read_entities(path: Path) -> Iterator[EntityText]:
    """Read the documents of a ``.conllu`` file with their entities.

    Args:
        path: The file.

    Raises:
        InputError: If the file can't be read.
        FormatError: If a line does not follow the format, or a mention ends that never began.
    """
    for text in read_documents(path):
        mentions = sorted(_mentions(text), key=lambda m: (m.span.start, -m.span.end))
        yield EntityText(text.id, text.text, tuple(mentions))


def _mentions(text: Text) -> Iterator[EntityMention]:
    opened: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word in text.words:
        for match in _PART.finditer(word.misc.get("Entity", "")):
            if match["opened"]:
                entity, kind = ([*match["opened"].split("-", 2), ""])[:2]
                entity = entity.partition("[")[0]
                if match["closed"]:
                    yield EntityMention(word.span, entity, kind)
                else:
                    opened[entity].append((word.span.start, kind))
                continue
            entity = match["ended"].partition("[")[0]
            if not opened[entity]:
                reason = f"mention of entity {entity} ends that never began"
                raise FormatError(reason, source=text.source, line=word.line)
            start, kind = opened[entity].pop()
            yield EntityMention(Span(start, word.span.end), entity, kind)
