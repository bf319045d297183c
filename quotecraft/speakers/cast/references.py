"""The cast of a text: its members, and where the narration refers to whom."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import define, field, frozen

from quotecraft.model import Mention, MentionKind, Speaker, SpeakerKind
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.noun_kinds import head_of
from quotecraft.speakers.pronouns import SUBJECTS, Gender, owns, pronoun
from quotecraft.speakers.syntax import PREPOSITIONS, RELATIVES, looks_subject
from quotecraft.speakers.vocatives import plain_noun
from quotecraft.speakers.words import POSSESSIVE, Words

__all__ = ["Cast", "Reference", "may_speak"]

_SUBJECTS = SUBJECTS | {"they", "we"}
_OBJECTS = word_set("him me them us")
_OWNERS = frozenset(("mine", "thy"))
_SPEAKING = frozenset((SpeakerKind.PERSON, SpeakerKind.GROUP))


@frozen(weakref_slot=False)
class Reference:
    """One mention of a member of the cast.

    Attributes:
        first: Index of its first word.
        last: Index of its last word.
        member: Index of the member.
        kind: Name, pronoun or description.
        role: ``"subject"``, ``"owner"``, ``"prepositional"`` or ``"object"``, by its looks.
        inner: Whether it stands inside another mention.
        taggable: Whether it can be the subject of a verb beside it.
    """

    first: int
    last: int
    member: int
    kind: MentionKind
    role: str
    inner: bool
    taggable: bool


@define(eq=False)
class Cast:
    """Everybody who may speak in a text, with all references to them.

    Attributes:
        words: The words of the text.
        size: How many members there are.
        told: References in the narration, in order.
        called: Names inside quotations, in order.
        counts: How often the narration refers to each member.
        men: How often by "he".
        women: How often by "she".
        several: How often by "they" or "we".
        narrators: Members whom the narration calls "I".
        named: Members whom the narration names.
        nouns: For each member, the nouns that describe them ("aunt", "boy").
    """

    words: Words
    size: int
    told: list[Reference] = field(factory=list)
    called: list[Reference] = field(factory=list)
    counts: Counter[int] = field(factory=Counter)
    men: Counter[int] = field(factory=Counter)
    women: Counter[int] = field(factory=Counter)
    several: Counter[int] = field(factory=Counter)
    narrators: set[int] = field(factory=set)
    named: set[int] = field(factory=set)
    nouns: dict[int, set[str]] = field(factory=dict)
    _starts: list[int] = field(factory=list)

    @classmethod
    def of(cls, words: Words, members: Sequence[Speaker]) -> Cast:
        """Read the mentions of all members.

        Args:
            words: The words of the text, those inside quotations marked.
            members: Those who may speak.
        """
        cast = cls(words, len(members))
        places = [
            (mention, number) for number, one in enumerate(members) for mention in one.mentions
        ]
        places.sort(key=lambda item: (item[0].span.start, -item[0].span.end))
        end = -1
        for mention, number in places:
            inner = mention.span.end <= end
            end = max(end, mention.span.end)
            reference = _reference(words, mention, number, inner)
            if reference is not None:
                cast._add(reference, words.quoted_at(mention.span.start))
        cast._starts = [reference.first for reference in cast.told]
        return cast

    def gender(self, member: int) -> Gender | None:
        """Return the gender of the pronouns that the narration uses for a member."""
        men, women = self.men[member], self.women[member]
        return None if men == women else "m" if men > women else "f"

    def plural(self, member: int) -> bool:
        """Say whether the narration calls a member "they" or "we" at least as often as others."""
        own = self.several[member]
        return own >= 1 and own >= max(self.men[member], self.women[member])

    def before(self, word: int, most: int) -> Sequence[Reference]:
        """Return at most so many references before a word, nearest first."""
        stop = bisect_left(self._starts, word)
        return self.told[max(0, stop - most) : stop][::-1]

    def behind(self, word: int, most: int) -> Sequence[Reference]:
        """Return at most so many references from a word on."""
        start = bisect_left(self._starts, word)
        return self.told[start : start + most]

    def within(self, first: int, last: int) -> Iterable[Reference]:
        """Yield the names that begin between two words inside quotations."""
        start = bisect_left(self.called, first, key=lambda reference: reference.first)
        for reference in self.called[start:]:
            if reference.first >= last:
                return
            yield reference

    def _add(self, reference: Reference, quoted: bool) -> None:
        if quoted:  # pronouns and descriptions there depend on who speaks: they are left out
            if reference.kind is MentionKind.NAME:
                self.called.append(reference)
            return
        self.told.append(reference)
        member = reference.member
        self.counts[member] += 1
        if reference.kind is MentionKind.PRONOUN:
            self._add_pronoun(reference)
            return
        if reference.kind is MentionKind.NAME:
            self.named.add(member)
        self.nouns.setdefault(member, set()).add(_head(self.words, reference))

    def _add_pronoun(self, reference: Reference) -> None:
        entry = pronoun(self.words.lower[reference.first])
        base = entry.base if entry is not None and reference.first == reference.last else ""
        if base == "i":
            self.narrators.add(reference.member)
        else:
            counts = {"he": self.men, "she": self.women, "they": self.several, "we": self.several}
            if base in counts:
                counts[base][reference.member] += 1


def may_speak(members: Iterable[Speaker]) -> list[Speaker]:
    """Return the persons and groups among the members of a cast.

    Args:
        members: All that a text mentions.
    """
    return [member for member in members if member.kind in _SPEAKING]


def _reference(words: Words, mention: Mention, member: int, inner: bool) -> Reference | None:
    inside = words.within(mention.span)
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    alone = first == last and (owns(words, first) or words.lower[first] in _OWNERS)
    owner = words.has(last, POSSESSIVE) or alone
    before = words.lower[first - 1] if first > 0 and not words.gap(first - 1).strip() else ""
    if owner or (inner and mention.kind is MentionKind.PRONOUN):
        role = "owner"
    elif _is_subject(words, mention.kind, first, last):
        role = "subject"
    else:
        role = "prepositional" if before in PREPOSITIONS else "object"
    taggable = (
        not owner
        and not inner
        and before not in PREPOSITIONS
        and (words.lower[first] not in _OBJECTS)
    )
    return Reference(first, last, member, mention.kind, role, inner, taggable)


def _is_subject(words: Words, kind: MentionKind, first: int, last: int) -> bool:
    if kind is MentionKind.PRONOUN:
        return first == last and words.lower[first] in _SUBJECTS
    return looks_subject(words, first, last)


def _head(words: Words, reference: Reference) -> str:
    """Return the noun of a description; what stands behind a preposition or relative is apart."""
    last = reference.last
    for place in range(reference.first + 1, reference.last + 1):
        if words.lower[place] in PREPOSITIONS or words.lower[place] in RELATIVES:
            last = place - 1
            break
    head = head_of(words, reference.first, last, reference.last)
    return plain_noun(words.lower[head.word])
