"""Word lists that tell names, titles, roles, groups and documents apart.

The lists lie in ``data/*.toml`` and were written for quotecraft; this module loads them once.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from attrs import frozen
from nicknames import name_triplets

__all__ = ["Lexicon", "fields", "folded", "lexicon", "singular", "word_set"]

_PERSON_SUFFIXES = (
    "man",
    "woman",
    "person",
    "ist",
    "ologist",
    "ographer",
    "keeper",
    "maker",
    "worker",
    "holder",
    "goer",
    "master",
    "mistress",
)
_PLURAL_PERSON_SUFFIXES = ("men", "women", "ists", "ographers", "keepers", "workers", "goers")

_AGENTS = ("er", "or", "eer", "ian", "ant", "ent")


@frozen
class Lexicon:
    """Word lists, lower-case.

    Attributes:
        function: Words that start sentences with a capital without being names.
        calendar: Months, days, feasts and labels such as "chapter".
        exclamatory: Names that dialogue takes in vain.
        reporting: Verb forms that report speech or thought.
        male_titles: Titles that tell a man.
        female_titles: Titles that tell a woman.
        social_titles: Forms of address that single out one member of a family.
        titles: Every title that stands before a name.
        title_modifiers: Words inside compound titles.
        domains: What ministers are "of" or "for".
        suffixes: "jr" and the like.
        persons: Nouns for one person.
        male_nouns: Nouns for one man.
        female_nouns: Nouns for one woman.
        kin: Nouns that a possessive ties to one owner.
        groups: Nouns for several people.
        organizations: Nouns for bodies that speak.
        documents: Nouns for things that carry words.
        things: Other nouns that end like one for a doer ("computer", "moment").
        particles: Lower-case parts of names.
        leading_particles: Particles that may begin a name.
        organization_heads: Last words of organisations' names.
        organization_openers: First words of names such as "Ministry of Health".
        place_heads: Last words of places' names.
        surname_places: Those of them that are surnames too.
        place_openers: First words of places' names.
        other_heads: Last words of names of events, laws and works.
        places: Countries, regions and cities.
        demonyms: Adjectives of nationality or faith.
        bodies: Names of media, companies and other bodies that their own words don't tell.
        given_names: Given names of English, short ones included.
        nicknames: Short given names with the full ones they may stand for.
        capitals: Capitals, without accents, with the names of their states, likewise.
    """

    function: frozenset[str]
    calendar: frozenset[str]
    exclamatory: frozenset[str]
    reporting: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    social_titles: frozenset[str]
    titles: frozenset[str]
    title_modifiers: frozenset[str]
    domains: frozenset[str]
    suffixes: frozenset[str]
    persons: frozenset[str]
    male_nouns: frozenset[str]
    female_nouns: frozenset[str]
    kin: frozenset[str]
    groups: frozenset[str]
    organizations: frozenset[str]
    documents: frozenset[str]
    things: frozenset[str]
    particles: frozenset[str]
    leading_particles: frozenset[str]
    organization_heads: frozenset[str]
    organization_openers: frozenset[str]
    place_heads: frozenset[str]
    surname_places: frozenset[str]
    place_openers: frozenset[str]
    other_heads: frozenset[str]
    places: frozenset[str]
    demonyms: frozenset[str]
    bodies: frozenset[str]
    given_names: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    capitals: dict[str, tuple[str, ...]]

    def is_person_noun(self, noun: str) -> bool:
        """Say whether a lower-case singular noun stands for one person."""
        return (
            noun in self.persons
            or noun in self.male_nouns
            or noun in self.female_nouns
            or noun in self.titles
            or (len(noun) > 6 and noun.endswith(_PERSON_SUFFIXES))
        )

    def is_agent(self, noun: str) -> bool:
        """Say whether a singular noun that no list knows ends like one for a doer ("defender").

        Args:
            noun: A lower-case noun that stands as a source.
        """
        listed = noun in self.documents or noun in self.organizations or noun in self.groups
        if len(noun) <= 4 or listed or noun.endswith("ment") or noun in self.things:
            return False
        return noun.endswith(_AGENTS)

    def is_group_noun(self, noun: str) -> bool:
        """Say whether a lower-case noun stands for several people."""
        if noun in self.groups or noun.endswith(_PLURAL_PERSON_SUFFIXES):
            return True
        base = singular(noun)
        return base != noun and (self.is_person_noun(base) or base in self.kin)

    def noun_gender(self, noun: str) -> str | None:
        """Return ``"m"`` or ``"f"`` when the noun itself tells, else ``None``."""
        if noun in self.female_nouns or noun in self.female_titles or noun.endswith("woman"):
            return "f"
        if noun in self.male_nouns or noun in self.male_titles:
            return "m"
        return None


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string as a set."""
    return frozenset(words.split())


def singular(noun: str) -> str:
    """Return the likely singular of a regular plural; other words come back unchanged."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3:
        return noun[:-1]
    return noun


def _table(name: str) -> dict[str, object]:
    path = files("quotecraft.speakers").joinpath("data", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _words(table: dict[str, object], key: str) -> frozenset[str]:
    return frozenset(str(table[key]).split())


def _phrases(table: dict[str, object], key: str) -> frozenset[str]:
    found = [" ".join(item.split()) for item in str(table[key]).split(",") if item.strip()]
    return frozenset(found) | frozenset(map(folded, found))


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Return a word in lower case and without accents, so that "Fernández" equals "Fernandez".

    Args:
        word: A word as written.
    """
    if word.isascii():
        return word.lower()
    parted = unicodedata.normalize("NFKD", word.lower())
    return "".join(char for char in parted if not unicodedata.combining(char)) or word.lower()


@cache
def _fields() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for field, nouns in _table("fields").items():
        for noun in str(nouns).split():
            found.setdefault(noun, set()).add(field)
    return {noun: frozenset(names) for noun, names in found.items()}


def fields(noun: str) -> frozenset[str]:
    """Return the fields of work in which a noun names somebody ("senator": government).

    Args:
        noun: Lower-case and singular.
    """
    return _fields().get(noun, frozenset())


def _nicknames(own: object) -> dict[str, frozenset[str]]:
    """Return short given names with full ones: those of the package ``nicknames``, and ours.

    The package has "Mary" as short for Marion, and spellings for one another. Such names are more
    often two people's, so of it only short names count that are nobody's full name.
    """
    pairs = own.items() if isinstance(own, dict) else ()
    found = {str(short): set(str(full).split()) for short, full in pairs}
    full_names = {triplet.name1 for triplet in name_triplets()}
    for triplet in name_triplets():
        if triplet.name2 not in full_names:
            found.setdefault(triplet.name2, set()).add(triplet.name1)
    return {short: frozenset(full) for short, full in found.items()}


def _capitals(lines: object) -> dict[str, tuple[str, ...]]:
    """Return capitals with the names of their states, from lines "state, state: city, city"."""
    found: dict[str, tuple[str, ...]] = {}
    for line in str(lines).split("\n"):
        states, _, cities = line.partition(":")
        names = tuple(folded(state.strip()) for state in states.split(","))
        found.update({folded(city.strip()): names for city in cities.split(",") if city})
    return found


@cache
def lexicon() -> Lexicon:
    """Return the word lists; they're read once."""
    words, titles, nouns = _table("words"), _table("titles"), _table("nouns")
    names, places, bodies = _table("names"), _table("places"), _table("bodies")
    male, female = _words(titles, "male"), _words(titles, "female")
    nicknames = _nicknames(names["nicknames"])
    given_names = frozenset(name for triplet in name_triplets() for name in triplet[::2])
    return Lexicon(
        function=_words(words, "function"),
        calendar=_words(words, "calendar"),
        exclamatory=_words(words, "exclamatory"),
        reporting=_words(words, "reporting"),
        male_titles=male,
        female_titles=female,
        social_titles=_words(titles, "social"),
        titles=male | female | _words(titles, "neutral"),
        title_modifiers=_words(titles, "modifiers"),
        domains=_words(titles, "domains"),
        suffixes=_words(titles, "suffixes"),
        persons=_words(nouns, "person"),
        male_nouns=_words(nouns, "male"),
        female_nouns=_words(nouns, "female"),
        kin=_words(nouns, "kin"),
        groups=_words(nouns, "group"),
        organizations=_words(nouns, "organization"),
        documents=_words(nouns, "document"),
        things=_words(nouns, "thing"),
        particles=_words(names, "particles"),
        leading_particles=_words(names, "leading_particles"),
        organization_heads=_words(names, "organization_heads"),
        organization_openers=_words(names, "organization_openers"),
        place_heads=_words(names, "place_heads"),
        surname_places=_words(names, "surname_places"),
        place_openers=_words(names, "place_openers"),
        other_heads=_words(names, "other_heads"),
        places=_phrases(places, "places"),
        demonyms=_phrases(places, "demonyms"),
        bodies=frozenset().union(*(_phrases(bodies, key) for key in bodies)),
        given_names=given_names,
        nicknames=nicknames,
        capitals=_capitals(places["capitals"]),
    )
