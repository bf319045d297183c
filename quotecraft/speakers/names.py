"""Names in running text, found by capitals, particles, titles and the document's own evidence.

No gazetteer of persons and no trained model: a sentence-initial capital counts as a name when the
same word keeps its capital inside other sentences and is not written small there (the idea is
Mikheev 1999, "A knowledge-free method for capitalized word disambiguation").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from sys import intern

from quotecraft.model import Span
from quotecraft.speakers.lexicon import Lexicon, lexicon, singular, word_set
from quotecraft.speakers.name_joins import joined
from quotecraft.speakers.name_mention import NameMention
from quotecraft.speakers.name_parts import core_start, is_nickname, name_pieces
from quotecraft.speakers.name_trim import trim_names
from quotecraft.speakers.own_kinds import NameKind, is_office, own_kind
from quotecraft.speakers.syntax import AUXILIARIES
from quotecraft.speakers.words import (
    CAPITAL,
    HEADING,
    INITIAL,
    POSSESSIVE,
    QUOTED,
    UPPER,
    Words,
)

__all__ = ["NameKind", "NameMention", "find_names"]

_SHORT_NAME = re.compile(r" \(([A-Z&]+)\)")
_HYPHENS = 4  # in one word of a name
_MAX_RUN = 12  # words in the longest name kept in one piece
_NOBLE = word_set(
    "king queen prince princess duke duchess earl count countess lord lady baron baroness sultan "
    "emir archbishop bishop knave marquis viscount"
)
_STATES = (["of", "state"], ["of", "government"])  # what heads there are of
_NUMBERED = frozenset(("channel", "radio", "tv", "network", "studio"))
_INITIALS = 4  # before a name, at most
_GIVEN = frozenset(("may", "april", "june", "august", "jan", "sun"))  # persons' names, too
_COMMON_ENDINGS = ("ed", "ing", "ly", "ees", "ions", "ities")  # of verbs, adverbs, plurals


def find_names(words: Words, sources: Iterable[Span] = ()) -> list[NameMention]:
    """Return every name in a text, in order and without overlaps.

    Args:
        words: The words of the text.
        sources: Spans that are known to refer to somebody: an unknown word that opens one with a
            capital is a name.
    """
    finder = _Finder(words, frozenset(words.at(span.start) for span in sources))
    return trim_names(words, list(finder.mentions()), finder.mention, finder.small, finder.inner)


class _Finder:
    def __init__(self, words: Words, referring: frozenset[int]) -> None:
        self.words = words
        self.referring = referring
        self.lexicon: Lexicon = lexicon()
        self.size = len(words)
        self.inner: Counter[str] = Counter()  # capitalised where it tells something
        self.opening: Counter[str] = Counter()  # capitalised where it doesn't
        self.small: Counter[str] = Counter()
        self.closing: set[str] = set()  # capitalised without a capital behind, once looked for
        for index, word in enumerate(words.lower):
            flags = words.flags[index]
            if not flags & CAPITAL:
                self.small[word] += 1
            elif flags & (INITIAL | HEADING):
                self.opening[word] += 1
            else:
                self.inner[word] += 1

        self.dated = frozenset(self._dated())

    def _dated(self) -> Iterator[str]:
        """Yield the names of months and days that begin or end persons' names here ("Sun Li")."""
        words, calendar = self.words, self.lexicon.calendar
        for index, word in enumerate(words.lower):
            if word not in _GIVEN or not words.has(index, CAPITAL) or words.has(index, HEADING):
                continue
            behind = self._next_capital(index) and words.lower[index + 1] not in calendar
            before = (
                index > 0 and self._next_capital(index - 1) and not words.has(index - 1, INITIAL)
            )
            if behind or (
                before and words.lower[index - 1] not in calendar | self.lexicon.function
            ):
                yield word

    def mentions(self) -> Iterator[NameMention]:
        index = 0
        while index < self.size:
            if not self._starts(index):
                index += 1
                continue
            last = self._extend(index)
            for piece in name_pieces(self.words, index, last, self._ends_name):
                mention = self.mention(*piece)
                if mention is not None:
                    yield mention
            index = last + 1

    def _ends_name(self, word: str) -> bool:
        """Say whether a capitalised word stands somewhere without a capital behind it."""
        if not self.closing:
            for index, flags in enumerate(self.words.flags):
                if flags & CAPITAL and not flags & HEADING and not self._next_capital(index):
                    self.closing.add(self.words.lower[index])
        return word in self.closing

    def _joined(self, index: int) -> bool:
        return joined(self.words, index)

    def _next_capital(self, index: int) -> bool:
        return self._joined(index) and self.words.has(index + 1, CAPITAL)

    def _starts(self, index: int) -> bool:
        words, lex = self.words, self.lexicon
        word, flags = words.lower[index], words.flags[index]
        if not flags & CAPITAL:
            if (
                word not in lex.leading_particles
                or flags & INITIAL
                or not self._next_capital(index)
            ):
                return False
            return not words.has(index + 1, INITIAL) and words.lower[index + 1] not in lex.function
        if word == "i" or (len(word) == 1 and not self._initial_letter(index)):
            return False
        if word.count("-") > _HYPHENS:  # of an address
            return False
        if words.word(index)[-1] == "s" and words.word(index)[:-1].isupper() and len(word) > 2:
            return False
        if word in lex.calendar:
            given = self._next_capital(index) and words.lower[index + 1] not in lex.calendar
            particle = self._joined(index) and words.lower[index + 1] in lex.leading_particles
            if (given or particle) and word in ("may", "april", "june", "jan", "august"):
                return True
            return word in self.dated and (index in self.referring or self._acts(index))
        if word in lex.function and not self._shouted(index):
            known = self.inner[word] > self.small[word] or word == "will"
            continued = self._continued(index) or self._alone(index)
            return known and word not in ("the", "a") and continued
        if flags & (INITIAL | HEADING):
            return self._name_like(index)
        return not (flags & QUOTED and word in lex.exclamatory and not self._next_capital(index))

    def _alone(self, index: int) -> bool:
        """Say whether a small word is the surname of somebody named in full ("Lo Chung-mau")."""
        word, flags = self.words.lower[index], self.words.flags[index]
        if flags & (INITIAL | HEADING | QUOTED) or self.small[word]:
            return False
        return any(
            other == word and self.words.has(at, CAPITAL) and self._continued(at)
            for at, other in enumerate(self.words.lower)
        )

    def _shouted(self, index: int) -> bool:
        """Say whether a small word is written in capitals, as "US" and "WHO", others being not."""
        words, word = self.words, self.words.lower[index]
        if (len(word) != 2 and word != "who") or not words.has(index, UPPER):
            return False
        near = [i for i in (index - 1, index + 1) if 0 <= i < self.size]
        return not words.has(index, HEADING) and not all(words.has(i, UPPER) for i in near)

    def _initial_letter(self, index: int) -> bool:
        words, gap = self.words, self.words.gap(index)
        if not self._next_capital(index):
            return False
        if gap.startswith("."):
            return True
        behind = index + 1
        while behind - index < _INITIALS and len(words.lower[behind]) == 1:
            if not self._next_capital(behind) or words.gap(behind) != " ":
                return False
            behind += 1
        if behind - index > 1:  # "H D Ruiz"
            return len(words.lower[behind]) > 3
        long = len(words.lower[index + 1]) > 3 and not words.has(index + 1, UPPER)
        office = index > 0 and words.lower[index - 1] in self.lexicon.titles
        return gap == " " and long and office  # "minister N Cheluva"

    def _name_like(self, index: int) -> bool:
        """Say whether a word whose capital tells nothing is a name all the same."""
        words, lex = self.words, self.lexicon
        word = words.lower[index]
        if word in ("us", "who") and self._shouted(index):
            return True
        if self.inner[word] > 0:
            return self.inner[word] >= self.small[word] or self._continued(index)
        if word in lex.titles or word in lex.demonyms or word in lex.places:
            return True
        if self._bracketed(index):
            return True
        if self.small[word] > 0:
            return False
        if words.has(index, UPPER) and len(word) > 1 and not words.has(index, HEADING):
            return True
        if index in self.referring and word.endswith("ed") and self._continued(index):
            return True  # "Ahmed Ruiz said"
        if words.has(index, HEADING) or word.endswith(_COMMON_ENDINGS) or lex.is_group_noun(word):
            return False
        if self._continued(index) or self._acts(index) or self.opening[word] >= 3:
            return True
        return index in self.referring and not self._noun(word) and not self._partitive(index)

    def _partitive(self, index: int) -> bool:
        """Say whether a plural goes on with "of" ("Defenders of the plan")."""
        words = self.words
        linked = index + 1 < self.size and words.lower[index + 1] == "of"
        return words.lower[index][-1] == "s" and linked and not words.gap(index).strip()

    def _bracketed(self, index: int) -> bool:
        """Say whether a word stands alone in brackets after a capital, as short names do."""
        words = self.words
        if index == 0 or not words.has(index - 1, CAPITAL):
            return False
        return words.gap(index - 1).strip() == "(" and words.gap(index).startswith(")")

    def _noun(self, word: str) -> bool:
        """Say whether a word is a common noun or adjective that sources open with."""
        lex, base = self.lexicon, singular(word)
        if word in lex.domains or word in lex.title_modifiers:
            return True
        if lex.is_person_noun(base) or base in lex.organizations or base in lex.documents:
            return True
        return base in lex.groups or lex.is_group_noun(word)

    def _continued(self, index: int) -> bool:
        """Say whether another informative capital follows directly."""
        if not self._next_capital(index) or self.words.has(index + 1, HEADING):
            return False
        following = self.words.lower[index + 1]
        return following not in self.lexicon.function and following not in self.lexicon.calendar

    def _acts(self, index: int) -> bool:
        """Say whether a verb or a possessive shows that the word names somebody."""
        if self.words.has(index, POSSESSIVE):
            return True
        if index + 1 >= self.size:
            return False
        gap = self.words.gap(index).strip()
        if gap:
            word = self.words.lower[index + 1]
            return gap == "," and (word in ("who", "whose") or (word.isdigit() and len(word) < 3))
        following = self.words.lower[index + 1]
        return (
            following in self.lexicon.reporting
            or following in AUXILIARIES
            or following.endswith("ed")
        )

    def _extend(self, index: int) -> int:
        last = index
        while last - index < _MAX_RUN and last + 1 < self.size:
            step = self._step(index, last)
            if not step:
                break
            last += step
        return last

    def _step(self, first: int, last: int) -> int:
        """Return how many words the name that ends at ``last`` grows by, 0 to end it."""
        words, lex = self.words, self.lexicon
        if not self._joined(last):
            return self._ampersand(last)
        following = words.lower[last + 1]
        if words.lower[last] in _NUMBERED and following.isdigit() and self._next_capital(last + 1):
            return 2  # "Channel 12 News"
        if words.has(last + 1, CAPITAL):
            if following == "i" or (words.has(last + 1, HEADING) and not self._attested(following)):
                return 0
            if words.has(last + 1, INITIAL) and not words.gap(last).startswith("."):
                return int(is_nickname(words, last + 1))
            if following in lex.function and not self._name_word(last + 1):
                return 0
            if words.has(last + 1, UPPER) and following in lex.reporting:
                return 0  # "RUIZ SPOKE", as some paragraphs open
            if following in lex.calendar and following not in ("may", "april", "june", "august"):
                titled = words.lower[last] in lex.titles and following in _GIVEN
                return int(titled and self._next_capital(last + 1))  # "President Sun Li"
            return 1
        if not self._joined(last + 1):
            return 0
        return self._connector(first, last)

    def _attested(self, word: str) -> bool:
        """Say whether the running text has a word as part of names."""
        known = word in self.lexicon.titles or word in self.lexicon.organization_heads
        return known or self.inner[word] > self.small[word]

    def _name_word(self, index: int) -> bool:
        word = self.words.lower[index]
        return word == "will" or self.inner[word] > self.small[word]

    def _ampersand(self, last: int) -> int:
        if last + 1 < self.size and self.words.gap(last) in (" & ", "&"):
            return int(self.words.has(last + 1, CAPITAL))
        return 0

    def _connector(self, first: int, last: int) -> int:
        """Return the length of a lower-case link and the capital after it, 0 when none fits."""
        words, lex = self.words, self.lexicon
        link, head = words.lower[last + 1], words.lower[last]
        length = 2
        if link in ("of", "for") and words.lower[last + 2] == "the" and self._joined(last + 2):
            length = 3
        while link in lex.particles and self._particle(last + length):
            length += 1
        target = last + length
        if target >= self.size or not words.has(target, CAPITAL) or words.has(target, INITIAL):
            return 0
        if link in lex.particles:
            return length
        if words.lower[target] in lex.calendar:  # "the High Court on Tuesday"
            return 0
        opener = head in lex.organization_openers
        of_for = any(words.lower[i] in ("of", "for") for i in range(first, last))
        office = head in lex.titles and words.lower[target] in lex.domains
        if link == "for" and office and self._continued(target):  # "MEC for Finance Ana Ruiz"
            return length
        if link == "of":
            place = head in lex.place_heads or head in ("isle", "republic", "gulf", "cape")
            noble = head in _NOBLE
            if office and self._continued(target):
                return length
            nation = head in lex.organization_heads and words.lower[target] in lex.places
            return length if opener or place or noble or of_for or nation else 0
        if link in ("for", "on", "to", "against"):
            return length if opener or of_for else 0
        if link == "and" and self._joins_body(first, last, target):
            return length
        if link != "and" or not of_for:
            return 0
        office = head in lex.domains and words.lower[target] in lex.domains
        return length if office or self._organization(first, last) else 0

    def _joins_body(self, first: int, last: int, target: int) -> bool:
        """Say whether "and" stands inside "the Disaster Prevention and Mitigation Department"."""
        words, lex = self.words, self.lexicon
        end = target
        while self._next_capital(end):
            end += 1
        if end == target or words.lower[end] not in lex.organization_heads:
            return False
        whole = [words.word(index)[0] for index in range(first, end + 1)]
        initials = "".join(letter for letter in whole if letter.isupper())
        short = _SHORT_NAME.match(words.text, words.ends[end])  # "(KFSH&RC)"
        if short and short[1].replace("&", "") == initials:
            return True
        opened = first > 0 and (
            (words.lower[first - 1] == "the" and not words.gap(first - 1).strip())
            or words.has(first - 1, POSSESSIVE)
        )
        apart = lex.organization_heads | lex.organizations | lex.titles | lex.demonyms | lex.places
        placed = lex.demonyms | lex.places  # "the Arvelo Food and Drug Administration"
        start = first + (last > first and words.lower[first] in placed)
        inside = {words.lower[index] for index in range(start, last + 1)}
        return opened and inside.isdisjoint(apart - lex.domains)

    def _particle(self, index: int) -> bool:
        known = index < self.size and self.words.lower[index] in self.lexicon.particles
        return known and not self.words.has(index, CAPITAL) and self._joined(index)

    def _organization(self, first: int, last: int) -> bool:
        openers = self.lexicon.organization_openers
        return any(self.words.lower[index] in openers for index in range(first, last + 1))

    def mention(self, first: int, last: int) -> NameMention | None:
        words, lex = self.words, self.lexicon
        whole = range(first, last + 1)
        suffix = ""
        end = last
        if end > first and words.lower[end] in lex.suffixes:
            suffix = words.lower[end]
            end -= 1
        core_first = core_start(words, first, end)
        core = tuple(intern(words.word(index)) for index in range(core_first, end + 1))
        title = tuple(words.lower[index] for index in range(first, core_first))
        kind = own_kind(title, [word.lower() for word in core], words.has(end, UPPER))
        article = first > 0 and words.lower[first - 1] == "the" and not words.gap(first - 1).strip()
        headed = core == ("Head",) and words.lower[end + 1 : end + 3] in _STATES
        if headed or (article and is_office(core, kind)):
            kind = NameKind.TITLE
        if kind is NameKind.UNKNOWN and suffix:
            kind = NameKind.PERSON
        quoted = words.has(first, QUOTED)
        if kind is NameKind.UNKNOWN and all(words.has(i, HEADING) for i in whole):
            known = sum(self.inner[words.lower[i]] > 0 for i in whole)
            if not known:
                return None
        span = Span(words.starts[first], words.ends[last])
        return NameMention(span, first, last, title, core, suffix, kind, quoted, article)
