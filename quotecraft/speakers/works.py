"""Which named work "the book" or "Ruiz's film" is: one whose title stands beside such a noun."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field

from quotecraft.model import Span, SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.words import Words

__all__ = ["Works"]

# Nouns that take up works of one sort.
_SORTS = (
    word_set("book textbook novel memoir biography autobiography"),
    word_set("film documentary movie"),
    word_set("song single"),
    word_set("play musical"),
)
_THINGS = (SpeakerKind.DOCUMENT, SpeakerKind.UNKNOWN)
_NOUNS = "|".join(sorted(frozenset().union(*_SORTS)))
_TITLE = r"[“\"‘](?P<{0}>[A-Z][^“”\"‘’.!?;\n]{{2,60}}?),?[”\"’]"
_NAMED = re.compile(
    rf"\b(?P<before>{_NOUNS})(?:,| called| titled| entitled)? {_TITLE.format('first')}"
    rf"|{_TITLE.format('second')} (?P<behind>{_NOUNS})\b"
)


@define(eq=False)
class Works:
    """The works that a document names, in order.

    Attributes:
        words: The words of the document.
    """

    words: Words
    _named: list[tuple[Span, str, Entity]] | None = None
    _titles: dict[str, Entity] = field(factory=dict)

    def meant(self, mention: SourceMention) -> Entity | None:
        """Return the work that a description names itself, or takes up from before it.

        Args:
            mention: The description.
        """
        sort = next((sort for sort in _SORTS if mention.head in sort), None)
        if sort is None or mention.plural or mention.what not in _THINGS:
            return None
        if self._named is None:
            self._named = list(self._find())
        end = mention.span.end
        within = [one for one in self._named if one[0].start < end + 2 and one[1] in sort]
        if not within:
            return None
        (span, _, work) = within[-1]
        own = span.end > mention.span.start
        return work if own or mention.definite else None

    def _find(self) -> Iterator[tuple[Span, str, Entity]]:
        for match in _NAMED.finditer(self.words.text):
            title = match["first"] or match["second"]
            parts = [part for part in title.split() if part not in lexicon().function]
            if sum(part[0].isupper() for part in parts) < len(parts):
                continue
            if title not in self._titles:
                work = Entity(NameKind.OTHER, first=match.start())
                work.names[title] += 1
                self._titles[title] = work
            noun = match["before"] or match["behind"]
            yield Span(*match.span()), noun, self._titles[title]
