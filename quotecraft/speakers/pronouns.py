"""What pronouns say of those they stand for: gender, number, person.

Gender is only ever read from the text's own titles, nouns and pronouns, never from a first name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from attrs import define, frozen

from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.syntax import looks_subject
from quotecraft.speakers.words import CAPITAL, QUOTED, Words

__all__ = [
    "POSSESSIVES",
    "SUBJECTS",
    "Gender",
    "GenderVotes",
    "Pronoun",
    "name_genders",
    "owns",
    "pronoun",
]

Gender = str  # "m" or "f"

SUBJECTS = frozenset(("he", "she", "i"))  # of one person
POSSESSIVES = word_set("his her its their my our your")
_EITHER = word_set("host hero actor")  # before a name, of women, too
_TITLE_WEIGHT = 20.0  # votes that a gendered title is worth: it outweighs any stray pronoun
_MOST_ODDS = 3.0
_VOTING = word_set("he his himself she herself her")


@frozen
class Pronoun:
    """A pronoun that can stand as a source.

    Attributes:
        base: Its subject form ("he" for "him"); relative and indefinite ones as they are.
        gender: ``"m"``, ``"f"`` or ``None``.
        plural: Whether it stands for several.
        person: 1, 2 or 3.
        antecedent: Whether it refers back to somebody; "someone" doesn't.
    """

    base: str
    gender: Gender | None = None
    plural: bool = False
    person: int = 3
    antecedent: bool = True


def _forms() -> dict[str, Pronoun]:
    table: dict[str, Pronoun] = {}
    for forms, entry in (
        ("he him his himself", Pronoun("he", "m")),
        ("she her hers herself", Pronoun("she", "f")),
        ("they them their theirs themselves", Pronoun("they", plural=True)),
        ("it its itself", Pronoun("it")),
        ("i me my mine myself", Pronoun("i", person=1)),
        ("we us our ours ourselves", Pronoun("we", plural=True, person=1)),
        ("you your yours yourself yourselves thou thee", Pronoun("you", person=2)),
    ):
        table.update(dict.fromkeys(forms.split(), entry))
    for word in ("who", "whom", "which", "that", "this", "these", "those"):
        table[word] = Pronoun(word, plural=word in ("these", "those"))
    singles = "someone somebody anyone anybody everyone everybody nobody one another other"
    for word in singles.split():
        table[word] = Pronoun(word, antecedent=False)
    for word in [
        "others",
        "some",
        "many",
        "several",
        "few",
        "both",
        "all",
        "most",
        "neither",
        "none",
        "two",
        "three",
    ]:
        table[word] = Pronoun(word, plural=True, antecedent=False)
    return table


_PRONOUNS: Mapping[str, Pronoun] = _forms()


def pronoun(word: str) -> Pronoun | None:
    """Return what a word says as a pronoun, or ``None`` when it is none.

    Args:
        word: A word in any case.
    """
    return _PRONOUNS.get(word.lower())


@define
class GenderVotes:
    """How often the text marks somebody as a man or as a woman.

    Attributes:
        male: Votes for a man.
        female: Votes for a woman.
    """

    male: float = 0.0
    female: float = 0.0

    def add(self, gender: Gender | None, weight: float = 1.0) -> None:
        """Count one sign; ``None`` counts nothing."""
        if gender == "m":
            self.male += weight
        elif gender == "f":
            self.female += weight

    def merge(self, other: GenderVotes) -> None:
        """Count all signs of another name of the same person."""
        self.male += other.male
        self.female += other.female

    def likely(self) -> Gender | None:
        """Return the gender that the signs agree on, ``None`` when they don't or are too few."""
        if self.male >= 1 and self.male >= 3 * self.female:
            return "m"
        if self.female >= 1 and self.female >= 3 * self.male:
            return "f"
        return None

    def share(self, gender: Gender) -> float:
        """Return the smoothed share of signs for a gender, in (0, 1); 0.5 without any."""
        own = self.male if gender == "m" else self.female
        return (own + 0.5) / (self.male + self.female + 1.0)

    def log_odds(self, gender: Gender) -> float:
        """Return the log-odds of that share, at most 3 either way: more signs tell no more."""
        share = self.share(gender)
        return max(-_MOST_ODDS, min(_MOST_ODDS, math.log(share / (1 - share))))


def name_genders(words: Words, people: Sequence[NameMention]) -> list[GenderVotes]:
    """Return signs of gender for each mention of a person by name.

    A title or a noun before the name counts for its own mention. A pronoun of the narration counts
    when the subject of its sentence is the only name before it there, or when it opens a sentence
    after one whose subject is the only name.

    Args:
        words: The words of the document.
        people: Mentions of persons, in order.
    """
    lex = lexicon()
    votes = [GenderVotes() for _ in people]
    for place, mention in enumerate(people):
        for title in mention.title:
            if title in lex.male_titles:
                votes[place].add("m", _TITLE_WEIGHT)
            elif title in lex.female_titles or lex.noun_gender(title) == "f":
                votes[place].add("f", _TITLE_WEIGHT)
        if mention.first > 0 and words.starts[mention.first] - words.ends[mention.first - 1] == 1:
            noun = words.lower[mention.first - 1]
            votes[place].add(None if noun in _EITHER else lex.noun_gender(noun), 2.0)
    _vote_by_pronouns(words, people, votes)
    return votes


def _vote_by_pronouns(
    words: Words, people: Sequence[NameMention], votes: list[GenderVotes]
) -> None:
    told = [place for place, mention in enumerate(people) if not mention.quoted]
    following = 0
    current: list[int] = []  # names of the sentence so far
    previous: list[int] = []  # names of the sentence before
    sentence = -1
    for index, word in enumerate(words.lower):
        if words.sentence[index] != sentence:
            previous = current if words.sentence[index] == sentence + 1 else []
            current = []
            sentence = words.sentence[index]
            opening = True
        while following < len(told) and people[told[following]].last < index:
            current.append(told[following])
            following += 1
        if word not in _VOTING or words.has(index, QUOTED):
            opening = opening and words.has(index, QUOTED)
            continue
        near = current or (previous if opening and not _owns_kin(words, index) else [])
        opening = False
        if not near or not _tells(words, index):
            continue
        names = {people[place].key for place in near}
        subject = people[near[0]]
        if len(names) == 1 and looks_subject(words, subject.first, subject.last):
            entry = pronoun(word)
            votes[near[-1]].add(entry.gender if entry else None)


def _owns_kin(words: Words, index: int) -> bool:
    """Say whether a pronoun opens "His wife …": who owns her is not the person named last."""
    owner = words.lower[index] in ("his", "her") and index + 1 < len(words)
    return owner and words.lower[index + 1] in lexicon().kin


def _tells(words: Words, index: int) -> bool:
    """Say whether a pronoun can refer back to its sentence's subject ("told her" can't)."""
    if words.lower[index] != "her":
        return True
    return owns(words, index) and not words.has(index + 1, CAPITAL)


def owns(words: Words, index: int) -> bool:
    """Say whether a pronoun stands before what it owns ("her aunt", not "saw her and left").

    Args:
        words: The words of the document.
        index: Index of the pronoun.
    """
    word = words.lower[index]
    if word != "her":
        return word in POSSESSIVES
    if index + 1 >= len(words) or words.gap(index).strip():
        return False
    return words.lower[index + 1] not in lexicon().function
