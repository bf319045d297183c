"""Where the names inside a run of capitals begin and end: bodies, titles and places parted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from quotecraft.speakers.lexicon import Lexicon, lexicon, singular, word_set
from quotecraft.speakers.own_kinds import SORTS, is_title
from quotecraft.speakers.words import CAPITAL, POSSESSIVE, UPPER, Words

__all__ = ["core_start", "is_nickname", "name_pieces", "nickname_follows", "office_words"]

# Second words of titles: "Chief Executive"; Malay ones after "Tan" or "Datuk".
_SECOND_TITLES = frozenset(("executive", "sri", "seri", "patinggi"))
# Ends of adjectives that a place or a body forms: "Geneva-based", "Lagos-born".
_ADJECTIVES = tuple(
    f"{mark}{word}"
    for mark in "-\u2010\u2011"
    for word in word_set(
        "based listed born led backed owned headquartered trained educated raised registered "
        "controlled affiliated aligned linked occupied administered old"
    )
)
# Titles that are surnames or parts of names as well, so that they part nothing.
_SURNAMES = word_set(
    "major general judge dean private marshal canon justice rector guru singer artist coach "
    "speaker chair leader agent don mother father brother sister pope king queen prince princess "
    "duke count baron earl bishop cardinal abbot friar squire officer master constable fm pc pm dc"
)
_GIVEN_TITLES = word_set(
    "sheikh sultan king prince duke earl baron count don pope dean judge major"
)
_GIVEN = frozenset(("roman", "christian", "german"))  # nationalities, faiths and given names
_STATE = frozenset(("ministry", "department", "office", "court"))  # "the Chinese Ministry of …"
_PLURALS = word_set(
    "magistrates justices judges ministers senators presidents governors mayors generals doctors "
    "professors ambassadors councillors councilors lawyers actors sergeants officers mps sens reps"
)  # before the first of several names
_MARKS = "\"“”‘’'"
_NICKNAME = re.compile(rf" [{_MARKS}][A-Z]\w+[{_MARKS}] (?=[A-Z])")
_BEARER = re.compile(r"(?: \([A-Z][\w&-]*\),?|,) ([A-Z][\w’'-]+)(?: [A-Z]\.)* [A-Z]")
_WHOLES = frozenset(
    ("republic", "union", "nation", "state", "house", "senate", "assembly", "presidency")
)
_LINKS = frozenset(("to", "of", "in", "for"))
_INSIDE = frozenset(("in", "from", "at"))
_ARTICLES = ("al-", "el-")  # small inside Arabic names
_ABBREVIATED = 5  # letters of a rank in capitals
_LONGEST_PLACE = 3  # words
_LONGEST_BODY = 6
_LONGEST_OFFICE = 8


def nickname_follows(words: Words, index: int) -> bool:
    """Say whether a nickname in marks and more of a name follow a word (Ana “Tita” Ruiz)."""
    match = _NICKNAME.match(words.text, words.ends[index])
    return match is not None and not words.has(index, POSSESSIVE)


def is_nickname(words: Words, index: int) -> bool:
    """Say whether a word is a nickname in marks, inside a name."""
    start = words.starts[index]
    return start > 1 and _NICKNAME.match(words.text, start - 2) is not None


def office_words() -> frozenset[str]:
    """Return the titles of offices, which stand between a body and who works there."""
    lex = lexicon()
    return lex.titles - lex.male_titles - lex.female_titles - _SURNAMES


def name_pieces(
    words: Words, first: int, last: int, alone: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each name in a run of capitals.

    "Google CEO Sundar Pichai" holds a body and a person, "(Ambassador to) Bangladesh Li Jiming" a
    place and a person; what a place makes an adjective ("Paris-based") belongs to no name.

    Args:
        words: The words of the document.
        first: Index of the run's first word.
        last: Index of its last word.
        alone: Says whether a word, lower-case, ends a name elsewhere in the document.
    """
    lex = lexicon()
    for index in range(last - 1, first - 1, -1):
        word = words.lower[index]
        if word.endswith(_ADJECTIVES) and not word.startswith("non-"):
            first = index + 1
            break
    place = _place_end(words, lex, first, last, alone)
    if place is None and last > first:
        place = _located(words, lex, first, last, alone)
    if place is not None:
        yield first, place
        first = place + 1
    office = _office(words, lex, first, last, alone)
    if office is None:
        yield first, last
        return
    yield first, office - 1
    if not all(_titular(lex, words.lower[index]) for index in range(office, last + 1)):
        yield office, last


def _ranked(words: Words, lex: Lexicon, index: int, last: int, first: int) -> bool:
    """Say whether a word is a graded profession before a full name ("Senior Ranger Ana Ruiz")."""
    word = words.lower[index]
    short = words.has(index, UPPER) and len(word) <= _ABBREVIATED  # "Additional DIG Ana Ruiz"
    if not all(words.has(place, CAPITAL) for place in range(index, last + 1)):
        return False
    graded = index > first and words.lower[index - 1] in lex.title_modifiers
    if graded and last - index >= 2 and (short or lex.is_person_noun(word)):
        return True
    plain = word in lex.persons or (word.endswith("ist") and lex.is_person_noun(word))
    plain = plain and word not in _SURNAMES and len(word) > _ABBREVIATED
    apart = lex.organization_heads | lex.other_heads | lex.place_heads | lex.persons
    return plain and last - index >= 2 and words.lower[last] not in apart


def _titular(lex: Lexicon, word: str) -> bool:
    return word in lex.titles or word in lex.title_modifiers or word in _SECOND_TITLES


def _place_end(
    words: Words, lex: Lexicon, first: int, last: int, alone: Callable[[str], bool]
) -> int | None:
    """Return the last word of a place or body between an office and the name of who holds it."""
    link = first - 2 if first > 1 and words.lower[first - 1] == "the" else first - 1
    if link < 1 or words.lower[link] not in _LINKS or not _in_office(words, lex, link - 1):
        return None
    if any(words.gap(index).strip() for index in range(link - 1, first)):
        return None
    for end in range(min(last - 2, first + _LONGEST_BODY - 1), first - 1, -1):
        inside = words.lower[first : end + 1]
        body = end > first and inside[-1] in lex.organization_heads
        if end - first >= _LONGEST_PLACE and not body:
            continue
        named = body or (
            " ".join(inside) in lex.places
            or all(_describes(lex, word) for word in inside)
            or (end == first and words.lower[link] == "in" and alone(inside[0]))
            or (end == first and len(inside[0]) > 1 and words.has(first, UPPER))
            or (words.lower[link] in ("of", "for") and lex.domains.issuperset(inside))
            or (words.lower[first - 1] == "the" and inside[-1] in _WHOLES | lex.organization_heads)
        )
        if named and _personal(words, lex, end, last):
            return end
    return None


def _in_office(words: Words, lex: Lexicon, last: int) -> bool:
    """Say whether words up to a word are an office ("Regional Director for Africa")."""
    for index in range(last, max(-1, last - _LONGEST_OFFICE), -1):
        word = words.lower[index]
        if word in lex.titles or (index == last and lex.is_person_noun(word)):
            return True
        loose = word in ("of", "for", "and", "the") or words.has(index, CAPITAL)
        if not loose or words.gap(index - 1).strip() or words.has(index, POSSESSIVE):
            return False
    return False


def _located(
    words: Words, lex: Lexicon, first: int, last: int, alone: Callable[[str], bool]
) -> int | None:
    """Return the last word of the place in "in Saudi Arabia Biden said", ``None`` if none is."""
    if first == 0 or words.lower[first - 1] not in _INSIDE or words.gap(first - 1).strip():
        return None
    apart = lex.organization_heads | lex.place_heads | lex.other_heads | lex.titles
    for end in range(min(last - 1, first + _LONGEST_PLACE - 1), first - 1, -1):
        if " ".join(words.lower[first : end + 1]) in lex.places:
            rest = words.lower[end + 1 : last + 1]
            known = len(rest) == 1 and rest[0] not in apart and rest[0] not in lex.places
            return end if known and alone(rest[0]) else None
    return None


def _personal(words: Words, lex: Lexicon, end: int, last: int) -> bool:
    """Say whether the words behind a place can be a person's name."""
    apart = lex.organization_heads | lex.place_heads | lex.other_heads
    capitals = all(
        words.has(index, CAPITAL) or words.lower[index].startswith(_ARTICLES)
        for index in range(end + 1, last + 1)
    )
    return last - end >= 2 and capitals and words.lower[last] not in apart


def _office(
    words: Words, lex: Lexicon, first: int, last: int, alone: Callable[[str], bool]
) -> int | None:
    """Return the first word of an office that follows a body or place in the same run."""
    if words.lower[last] in lex.organization_heads:
        return None
    offices = office_words()
    for index in range(first + 1, last + 1):
        if words.lower[index] not in offices and not _ranked(words, lex, index, last, first):
            continue
        start = index
        while start > first and words.lower[start - 1] in lex.title_modifiers | lex.domains:
            if start - 2 > first and words.lower[start - 2] in ("and", "of", "for"):
                break  # "the Arvelo Chamber of Trade and Industry President Ana Ruiz"
            start -= 1
        if start == first or any(words.lower[i] in lex.titles for i in range(first, start)):
            return None
        head = words.lower[start - 1]
        general = start - first == 1 and head in lex.organization_heads | lex.other_heads
        if general or head in lex.function or head in lex.demonyms:
            return None
        closed = all(_titular(lex, words.lower[i]) for i in range(start, last + 1))
        apposed = closed and words.gap(last).strip() == "," and _capital(words, last + 1)
        known = (
            words.has(start - 1, UPPER)
            or head in lex.organization_heads
            or " ".join(words.lower[first:start]) in lex.places
            or alone(head)
            or apposed
            or _body(words, first, start - 1)
        )
        return start if known else None
    return None


def _capital(words: Words, index: int) -> bool:
    return index < len(words) and words.has(index, CAPITAL)


def _in_service(words: Words, lex: Lexicon, first: int, index: int) -> bool:
    """Say whether a word behind an office or a body is a given name ("CEO Sultan Odeh")."""
    if index == first:
        return False
    before = words.lower[index - 1]
    return before in lex.organization_heads or before in office_words()


def _given_before(words: Words, lex: Lexicon, start: int, index: int) -> bool:
    """Say whether a title is a word inside a name ("Rafah Sultan Odeh Lema")."""
    apart = lex.titles | lex.title_modifiers | lex.demonyms | lex.places | lex.organization_heads
    return index > start and words.lower[index - 1] not in apart


def _excellency(words: Words, start: int, last: int) -> int:
    """Return where a name goes on behind "H.E."."""
    if start + 1 < last and words.lower[start : start + 2] == ["h", "e"]:
        return start + 2
    return start + (start < last and words.lower[start] in ("h.e", "h.e."))


def core_start(words: Words, first: int, last: int) -> int:
    """Return the index where the name proper starts, after nationality, role and title.

    Args:
        words: The words of the document.
        first: Index of the name's first word.
        last: Index of its last word, a suffix left out.
    """
    lex = lexicon()
    if last > first and (words.lower[last] in lex.organization_heads or _body(words, first, last)):
        return first
    if " ".join(words.lower[first : last + 1]) in lex.places:
        return first  # "Saudi Arabia"
    place = words.lower[last] in lex.place_heads - lex.surname_places
    if last - first > 1 and place and words.lower[first] in lex.titles:
        return first  # "King Odeh Airbase"
    start = _excellency(words, _behind_titles(words, first, last), last)
    if start == first < last and words.lower[first] in _PLURALS:
        start = first + 1
    if start == first:
        ranked = (i + 1 for i in range(first, last) if _ranked(words, lex, i, last, first))
        start = next(ranked, first)
    while start < last and start == first and _describes(lex, words.lower[start]):
        if words.lower[start] in _GIVEN and start + 1 == last:
            break  # "Roman Ruiz"
        first = start = start + 1
    if start < last and words.lower[start] in SORTS:
        start += 1  # "NGO Open Door"
    return _behind_domains(words, first, start, last)


def _behind_titles(words: Words, first: int, last: int) -> int:
    """Return the index behind the last title of a name that has more words behind it."""
    lex, start = lexicon(), first
    for index in range(first, last):
        word = words.lower[index]
        domain = index + 2 <= last and words.lower[index + 2] in lex.domains
        linked = words.lower[index + 1] in ("of", "for", "and", "y") and not domain
        second = word in _SECOND_TITLES and index == start > first
        inside = index > start and words.lower[index - 1] in lex.particles  # "bin Sultan"
        inside = inside or (word in _GIVEN_TITLES and _given_before(words, lex, start, index))
        inside = inside or (word == "sultan" and _in_service(words, lex, first, index))
        second = second or (word == "tan" and words.lower[index + 1] in _SECOND_TITLES)
        second = second or (word == "amir" and words.lower[index + 1] in lex.male_titles)
        if (is_title(word) or second) and not linked and not inside:
            start = index + 1
    return start


def _behind_domains(words: Words, first: int, start: int, last: int) -> int:
    """Return where a name starts behind what its bearer's office is for."""
    lex = lexicon()
    if start < last and words.lower[start] in ("of", "for"):
        start += 1  # "Secretary of State Ana Ruiz"
        while start < last and words.lower[start] in lex.domains | {"and", "the", "of"}:
            start += 1
        if start == last and (words.lower[last] in lex.domains or _names_bearer(words, last)):
            return first  # "the Minister of Public Works, Ana Ruiz"
    if start == first and first > 0 and words.lower[first - 1] in ("of", "for", "and", "&"):
        while start < last and words.lower[start] in lex.domains:
            start += 1
        if start == first and last - first > 1 and _several(words, lex, first):
            start = first + 1  # "Minister of Interior and Municipalities Ana Ruiz"
    return start


def _several(words: Words, lex: Lexicon, index: int) -> bool:
    """Say whether a capitalised plural is what an office before it is for."""
    word = words.lower[index]
    common = word.endswith("ies") or lex.is_group_noun(word) or singular(word) in lex.organizations
    return common and singular(word) != word and _in_office(words, lex, index - 2)


def _names_bearer(words: Words, last: int) -> bool:
    """Say whether a full name follows an office behind a comma or its initials in brackets."""
    match = _BEARER.match(words.text, words.ends[last])
    return match is not None and match[1].lower() not in lexicon().titles


def _body(words: Words, first: int, last: int) -> bool:
    """Say whether a name is a nation's body ("Egyptian Association against Torture")."""
    openers, links = lexicon().organization_openers - _STATE, ("of", "for", "on", "against", "to")
    return any(
        words.lower[index] in openers and words.lower[index + 1] in links
        for index in range(first, last)
    )


def _describes(lex: Lexicon, word: str) -> bool:
    """Say whether a capitalised word before a name is no part of it ("Singer-actor Cha")."""
    if word in lex.demonyms or (word[-1] == "s" and word[:-1] in lex.demonyms):
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(lex.is_person_noun(part) for part in parts)
