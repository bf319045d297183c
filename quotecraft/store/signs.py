"""What a speaker's profile tells that helps to say who is whom: names, gender, roles.

Word lists are quotecraft's own (``quotecraft.speakers.lexicon``), and two of this module, written
from general knowledge. Nothing is told from a given name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import frozen

from quotecraft.model import SpeakerKind
from quotecraft.speakers.lexicon import folded, lexicon, singular, word_set
from quotecraft.store.profiles import Profile

__all__ = ["Name", "Signs", "is_ordinary", "is_title", "read_name", "signs_of"]

_TOKEN = re.compile(r"[^\W_](?:[^\W_]|['’.\-‐‑&\u0300-\u036f])*")
_MALE = word_set("he him his himself")
_FEMALE = word_set("she her hers herself")
_ACRONYM = re.compile(r"[A-Z]{2,4}")

# Words of roles that many people share, so that they support nothing.
_IDLE_ROLE_WORDS = word_set(
    "a an the of for and or in at on to with by from its his her their our who that is was as "
    "former ex acting deputy vice assistant associate senior junior interim late then now new old "
    "incoming outgoing chief first second third general man woman person people member official "
    "spokesman spokeswoman spokesperson resident head expert representative figure colleague "
    "friend mr mrs ms miss dr sir lady local national state year-old"
)
# Offices that few hold at one time: sharing one says more than sharing "researcher".
_OFFICES = word_set(
    "president minister premier chancellor governor mayor senator king queen prince princess pope "
    "emperor sultan emir amir secretary ambassador speaker justice bishop archbishop cardinal "
    "general-secretary secretary-general attorney-general congressman congresswoman mp "
    "commissioner patriarch ayatollah"
)
# Walks of life: an equal name in two of them, with no word of the roles in common, is doubtful.
_FIELDS: Mapping[str, frozenset[str]] = {
    "government": word_set(
        "president minister premier chancellor governor mayor senator king queen prince princess "
        "secretary ambassador congressman congresswoman mp lawmaker legislator politician "
        "candidate councillor councilor councilman councilwoman diplomat envoy commissioner "
        "undersecretary parliamentarian deputy-minister"
    ),
    "sport": word_set(
        "coach footballer striker goalkeeper midfielder defender winger batsman bowler swimmer "
        "runner sprinter boxer golfer cyclist athlete player sportsman sportswoman referee "
        "cricketer wrestler skipper gymnast"
    ),
    "law and order": word_set(
        "judge lawyer attorney barrister solicitor prosecutor magistrate constable sergeant "
        "inspector superintendent sheriff detective policeman policewoman soldier colonel "
        "brigadier lieutenant admiral convict suspect prisoner defendant"
    ),
    "arts": word_set(
        "actor actress singer musician painter sculptor novelist poet comedian filmmaker composer "
        "dancer rapper pianist guitarist model designer photographer"
    ),
    "science and health": word_set(
        "professor researcher scientist doctor nurse surgeon physician epidemiologist virologist "
        "biologist physicist chemist psychologist psychiatrist economist historian lecturer "
        "dentist geologist sociologist anthropologist veterinarian"
    ),
    "work": word_set(
        "farmer fisherman teacher student driver shopkeeper vendor waiter waitress cook chef "
        "carpenter builder plumber mechanic pupil pensioner housewife cleaner baker barber tailor "
        "labourer"
    ),
    "religion": word_set(
        "pope bishop archbishop cardinal imam rabbi pastor priest monk nun cleric mufti chaplain"
    ),
    "business": word_set(
        "ceo cfo businessman businesswoman entrepreneur banker trader investor broker shareholder "
        "industrialist founder co-founder"
    ),
}
# Words that make no body's name its own: every country has a "National Police" and a "High Court".
_ORDINARY = word_set(
    "national federal state central supreme high public popular democratic republican liberal "
    "conservative socialist communist labour labor people people's peoples united independent "
    "royal the of for and in on to legislative judicial executive electoral constitutional civil "
    "criminal foreign interior home internal external economic social general first chief joint "
    "special permanent local regional municipal provincial city county district government house "
    "press news post times star herald daily office parliament congress senate assembly cabinet "
    "court police army navy federation republic kingdom authority lok rajya"
)
_WIDE = word_set("world international nations european african asian american arab global")


@frozen
class Name:
    """A name, read.

    Attributes:
        core: Its words in lower case without accents, title and suffix.
        titles: Words of titles before it.
        suffix: "jr" and the like, or "".
        acronym: Whether it is one word of two to four capitals.
    """

    core: tuple[str, ...]
    titles: tuple[str, ...] = ()
    suffix: str = ""
    acronym: bool = False

    def __str__(self) -> str:
        return " ".join(self.core)

    @property
    def full(self) -> bool:
        """Whether it has two words or more, so that it can stand for one person."""
        return len(self.core) > 1


@frozen
class Signs:
    """What a profile tells, read.

    Attributes:
        name: Its fullest name.
        others: Its other names.
        gender: "m" or "f" by pronouns and honorifics; ``None`` if they tell neither or both.
        words: Words of its roles and titles that say something.
        offices: Those that are offices which few hold.
        fields: Walks of life that the roles belong to.
    """

    name: Name
    others: tuple[Name, ...] = ()
    gender: str | None = None
    words: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[Name, ...]:
        """All its names, the fullest first."""
        return (self.name, *self.others)


def read_name(text: str) -> Name:
    """Return a name's parts.

    Args:
        text: As written, such as "Prime Minister Ana Ruiz Jr.".
    """
    lex = lexicon()
    written = [token.strip(".'’") for token in _TOKEN.findall(text)]
    words = [folded(token) for token in written if token]
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    suffix = ""
    if len(words) > 1 and words[-1] in lex.suffixes:
        suffix, words = words[-1], words[:-1]
    start = _title_words(words)
    acronym = len(words) == 1 and _ACRONYM.fullmatch(written[-1]) is not None
    return Name(tuple(words[start:]), tuple(words[:start]), suffix, acronym)


def _title_words(words: list[str]) -> int:
    """Return how many words before a name are its title; one word at least is the name."""
    lex = lexicon()
    last = 0
    for index, word in enumerate(words[:-1]):
        if word in lex.titles:
            last = index + 1
        elif word not in lex.title_modifiers and word not in lex.demonyms:
            break
    return last


def is_title(name: Name) -> bool:
    """Say whether a name is a title alone ("the Crown Prince"), which many bear."""
    lex = lexicon()
    titles = lex.titles | _OFFICES
    parts = lex.title_modifiers | titles | {"crown"}
    return titles.issuperset(name.core[-1:]) and parts.issuperset(name.core)


def signs_of(profile: Profile) -> Signs:
    """Return what a profile tells."""
    names = [read_name(text) for text in (profile.name, *profile.aliases)]
    titles = {title for name in names for title in name.titles}
    words = titles | {word for role in profile.roles for word in _role_words(role)}
    return Signs(
        names[0],
        tuple(names[1:]),
        _gender(profile.pronouns, titles),
        frozenset(words - _IDLE_ROLE_WORDS - lexicon().social_titles),
        frozenset(words & _OFFICES),
        frozenset(name for name, heads in _FIELDS.items() if words & heads),
    )


def _role_words(role: str) -> Iterable[str]:
    for token in _TOKEN.findall(role):
        word = folded(token.strip(".'’"))
        for ending in ("'s", "’s"):
            word = word.removesuffix(ending)
        yield singular(word)


def _gender(pronouns: Iterable[str], titles: Iterable[str]) -> str | None:
    lex = lexicon()
    words = {pronoun.lower() for pronoun in pronouns}
    told = {
        sign
        for sign, heard, held in (
            ("m", _MALE, lex.male_titles),
            ("f", _FEMALE, lex.female_titles),
        )
        if words & heard or held & set(titles)
    }
    return told.pop() if len(told) == 1 else None


def is_ordinary(name: Name, kind: SpeakerKind) -> bool:
    """Say whether bodies in many places have this name ("Ministry of Health", "the Senate").

    Args:
        name: The name.
        kind: What it stands for; a person's full name is never ordinary in this sense.
    """
    if kind is SpeakerKind.PERSON:
        return False
    if name.acronym:
        return True
    lex = lexicon()
    if _WIDE & set(name.core):
        return False
    return all(
        word in _ORDINARY
        or word in lex.organizations
        or word in lex.organization_heads
        or word in lex.organization_openers
        or word in lex.domains
        or word in lex.title_modifiers
        or lex.is_group_noun(word)
        or lex.is_person_noun(singular(word))
        for word in name.core
    )
