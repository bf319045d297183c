"""What a name stands for, decided once for each name by evidence from all its places.

A name such as "Rafah Odeh" tells little by its own words; its surroundings tell more: a verb of
speech after it, a title, "who", an age, a preposition of place, "the" before it. The evidence is
weighed by a small linear model fitted on the English Worldwide Newswire entity labels (Shan et al.
2023) by ``quotecraft train speakers``.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from quotecraft.speakers.lexicon import Lexicon, lexicon, singular, word_set
from quotecraft.speakers.linear import load_models
from quotecraft.speakers.name_mention import Key
from quotecraft.speakers.name_proofs import (
    in_office,
    introduced,
    neighbour,
    sorted_names,
    surname_keys,
)
from quotecraft.speakers.name_spelling import spelling_features
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import name_genders
from quotecraft.speakers.syntax import AUXILIARIES
from quotecraft.speakers.words import CAPITAL, INITIAL, POSSESSIVE, UPPER, Words

__all__ = ["GIVEN", "KINDS", "Key", "decide_kinds", "kind_features", "part_features"]

KINDS = (
    NameKind.PERSON,
    NameKind.ORGANIZATION,
    NameKind.PLACE,
    NameKind.NORP,
    NameKind.OTHER,
)

_OTHER = KINDS.index(NameKind.OTHER)
_SPEAKING = 2.0  # less for events and products among sources; worldwide, the half learned from

_THINGS = word_set("ferry ship vessel boat tanker trawler yacht frigate submarine satellite rocket")
_BODIES = word_set(
    "group company firm party organisation organization charity ngo startup start-up agency "
    "association foundation website newspaper magazine outlet watchdog network airline "
    "bank consultancy movement militia club federation union"
)
_NEAR = 0.3  # share of places behind "near" or "outside" that makes a name no person's
_SAMPLE = 50  # places of one name that are looked at; more add nothing
_AGE = re.compile(r",? (?:aged )?\d{1,2}(?:,|\)| and)")
_ACRONYM = re.compile(r" \([A-Z][A-Za-z&-]{1,9}\)")
_INITIAL = re.compile(r"[^\W\d_]\.?$")
_RELATIVES = frozenset(("who", "whose", "whom"))
_PLACE_WORDS = word_set(
    "across outside around throughout inside into towards toward via visit visited"
)
GIVEN = "given:"
"""What the names of features begin with that a list of given names tells."""

_BEFORE = word_set("the a in at from to of by with and for near on told against between")
_AFTER = word_set("and in of for on to said who")
_MEMBERS = word_set(
    "spokesman spokeswoman spokesperson official officials officer executive executives members "
    "member employees shares stock staff ceo cfo chief chairman director headquarters workers "
    "founder players fans board shareholders customers"
)


def decide_kinds(
    words: Words,
    mentions: Sequence[NameMention],
    speaking: Collection[Key] = (),
    *,
    features: Mapping[Key, Mapping[str, float]] | None = None,
    story: bool = False,
) -> dict[Key, NameKind]:
    """Return the kind of every name, by its core in lower case.

    A rank or office alone ("the President") keeps ``TITLE`` unless a person of the document bears
    the word as a surname.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        speaking: The names that stand in sources of attributions: events and products don't speak.
        features: The evidence on each name, if it is known already.
        story: Judge as in fiction, where most names are people's, instead of as in news.
    """
    model = load_models("name_kinds")["story" if story else "kind"]

    def best(key: Key, evidence: Mapping[str, float]) -> NameKind:
        scores = model.scores(evidence)
        if key in speaking and singular(key[-1]) not in lexicon().documents:
            scores[_OTHER] -= _SPEAKING
        return KINDS[scores.index(max(scores))]

    kinds: dict[Key, NameKind] = {}
    features = kind_features(words, mentions, speaking) if features is None else features
    titles = {mention.key for mention in mentions if mention.kind is NameKind.TITLE}
    bodies = {mention.key for mention in mentions if mention.kind is NameKind.ORGANIZATION}
    titled = {mention.key for mention in mentions if mention.title}
    upper = {m.key for m in mentions if len(m.core[0]) > 2 and m.core[0].isupper()} - titled
    for key in features:
        if len(key) > 1:
            kinds[key] = best(key, features[key])
    demonyms = lexicon().demonyms
    lex = lexicon()
    gendered = lex.social_titles | lex.male_titles | lex.female_titles
    addressed = {
        mention.key
        for mention in mentions
        if mention.kind is NameKind.PERSON and not gendered.isdisjoint(mention.title)
    }
    addressed.update(mention.key for mention in mentions if introduced(words, mention))
    parts = part_features(kinds)
    for key, evidence in features.items():
        if len(key) == 1:
            kinds[key] = best(key, {**evidence, **parts.get(key[0], {})})
        if kinds[key] is NameKind.PERSON and len(key) > 1 and key not in titled:
            kinds[key] = _doubted(key, evidence)
        if len(key) > 1 and key[-1] in lexicon().places and key in upper:
            kinds[key] = NameKind.ORGANIZATION  # "ENACT Africa"
        if kinds[key] is NameKind.OTHER and key in speaking and key in bodies:
            kinds[key] = NameKind.ORGANIZATION
        if all(word in demonyms or singular(word) in demonyms for word in key):
            kinds[key] = NameKind.NORP
        if key in titles and (len(key) > 1 or "part:last:person" not in parts.get(key[0], {})):
            kinds[key] = NameKind.TITLE
    kinds.update(dict.fromkeys(_given_names(mentions, speaking, kinds), NameKind.PERSON))
    listed = [key for key in kinds if key not in titled and " ".join(key) in lexicon().bodies]
    surnames = _surnames(kinds)
    listed = [key for key in listed if len(key) > 1 or key[0] not in surnames]
    kinds.update(dict.fromkeys(listed, NameKind.ORGANIZATION))
    for nouns, kind in ((_BODIES, NameKind.ORGANIZATION), (_THINGS, NameKind.OTHER)):
        kinds.update(dict.fromkeys(sorted_names(words, mentions, nouns), kind))
    addressed.update(in_office(words, mentions))
    kinds.update(dict.fromkeys(addressed, NameKind.PERSON))
    kinds.update(dict.fromkeys(surname_keys(words, mentions, kinds), NameKind.PERSON))
    return kinds


def _surnames(kinds: Mapping[Key, NameKind]) -> frozenset[str]:
    """Return the last words of the full names of a document's people ("Siboniso Duma")."""
    return frozenset(
        full[-1] for full, kind in kinds.items() if kind is NameKind.PERSON and len(full) > 1
    )


def _doubted(key: Key, evidence: Mapping[str, float]) -> NameKind:
    """Return what a name is that the weights take for a person's, without a title or "she"."""
    if "gendered" in evidence:
        return NameKind.PERSON
    if key[0] in lexicon().bodies:
        return NameKind.ORGANIZATION  # "Google Cloud"
    near = evidence.get("before:near", 0.0) + evidence.get("before:place", 0.0)
    near += evidence.get("before:at", 0.0) if near else 0.0
    placed = near >= _NEAR and "after:reporting" not in evidence
    return NameKind.PLACE if placed else NameKind.PERSON


def part_features(kinds: Mapping[Key, NameKind]) -> dict[str, dict[str, float]]:
    """Return, for each word, evidence from the longer names it begins or ends.

    Args:
        kinds: Kinds of names of two and more words.
    """
    parts: dict[str, dict[str, float]] = defaultdict(dict)
    for key, kind in kinds.items():
        if len(key) > 1:
            parts[key[-1]][f"part:last:{kind}"] = 1.0
            parts[key[0]][f"part:first:{kind}"] = 1.0
            if len(key) > 2:
                parts[key[-2]][f"part:last:{kind}"] = 1.0
    return parts


def _given_names(
    mentions: Sequence[NameMention], speaking: Collection[Key], kinds: Mapping[Key, NameKind]
) -> Iterator[Key]:
    """Yield given names that are nouns, too ("Bill", "Art"), where they speak without "the"."""
    lex = lexicon()
    known = lex.given_names - lex.places
    unsure = (NameKind.OTHER, NameKind.UNKNOWN, NameKind.ORGANIZATION)
    doubtful = {mention.key for mention in mentions if mention.article or mention.core[0].isupper()}
    for key in speaking:
        single = len(key) == 1 and key[0] in known and kinds.get(key) in unsure
        if single and key not in doubtful:
            yield key


def kind_features(
    words: Words, mentions: Sequence[NameMention], speaking: Collection[Key] = ()
) -> dict[Key, dict[str, float]]:
    """Return the evidence on each name's kind: shares of its places, and facts of its words.

    Args:
        words: The words of the document.
        mentions: Its names.
        speaking: The names that stand in sources of attributions.
    """
    lex = lexicon()
    places: dict[Key, list[NameMention]] = defaultdict(list)
    for mention in mentions:
        if len(places[mention.key]) < _SAMPLE:
            places[mention.key].append(mention)
    signs = _gender_signs(words, mentions)
    result: dict[Key, dict[str, float]] = {}
    for key, group in places.items():
        counts: Counter[str] = Counter()
        for mention in group:
            counts.update(_place_features(words, lex, mention))
        features = {name: count / len(group) for name, count in counts.items()}
        features.update(dict.fromkeys(_shape_features(lex, key), 1.0))
        features.update(spelling_features(key))
        features["frequency"] = min(1.0, math.log(len(group)) / 3)
        if key in speaking:
            features["speaks"] = 1.0
            features["speaks:single"] = float(len(key) == 1)
        if signs[key] >= 1:
            features["gendered"] = min(1.0, signs[key] / len(group))
            features["gendered:often"] = min(1.0, signs[key] / 5)
        result[key] = features
    return result


def _gender_signs(words: Words, mentions: Sequence[NameMention]) -> Counter[Key]:
    """Return how often "he" or "she" takes up each name."""
    unclear = [m for m in mentions if m.kind in (NameKind.UNKNOWN, NameKind.PERSON) and not m.title]
    signs: Counter[Key] = Counter()
    for mention, votes in zip(unclear, name_genders(words, unclear), strict=True):
        signs[mention.key] += int(votes.male + votes.female)
    return signs


def _place_features(words: Words, lex: Lexicon, mention: NameMention) -> list[str]:
    before = neighbour(words, mention.first, -1)
    after = neighbour(words, mention.last, +1)
    found = [*_before_features(lex, before), *_after_features(words, lex, mention, after)]
    if mention.kind is not NameKind.UNKNOWN:
        found.append(f"own:{mention.kind}")
    for name, holds in (
        ("title", bool(mention.title)),
        ("suffix", bool(mention.suffix)),
        ("quoted", mention.quoted),
        ("article", mention.article),
        ("possessive", words.has(mention.last, POSSESSIVE)),
        ("initial", words.has(mention.first, INITIAL)),
        ("upper", words.has(mention.last, UPPER)),
        ("upper:last", words.has(mention.last, UPPER) and not words.has(mention.first, UPPER)),
    ):
        if holds:
            found.append(name)
    return found


def _before_features(lex: Lexicon, before: str | None) -> list[str]:
    if before is None:
        return ["before:none"]
    found = [f"before:{before}"] if before in _BEFORE else []
    for name, group in (
        ("reporting", lex.reporting),
        ("place", _PLACE_WORDS),
        ("organization", lex.organizations),
        ("kin", lex.kin),
    ):
        if before in group:
            found.append(f"before:{name}")
    if lex.is_person_noun(before):
        found.append("before:person")
    return found


def _after_features(
    words: Words, lex: Lexicon, mention: NameMention, after: str | None
) -> list[str]:
    following = words.text[words.ends[mention.last] : words.ends[mention.last] + 16]
    found = []
    if _AGE.match(following):
        found.append("age")
    if _ACRONYM.match(following):
        found.append("acronym")
    start = words.starts[mention.first]
    if following.startswith(")") and start > 0 and words.text[start - 1] == "(":
        found.append("parentheses")
    if following.startswith(", "):
        found.append("comma")
        if _apposed(words, lex, mention):
            found.append("apposition")
    index = mention.last + 1
    if index < len(words) and words.lower[index] in _RELATIVES:
        found.append("who")
    if after is None:
        return [*found, "after:none"]
    if after in _AFTER:
        found.append(f"after:{after}")
    if after in lex.reporting:
        found.append("after:reporting")
    if after in AUXILIARIES:
        found.append("after:auxiliary")
    if after in _MEMBERS:
        found.append("after:member")
    if not words.has(index, CAPITAL):
        found.append(f"after:{_word_class(lex, after)}")
    return found


def _word_class(lex: Lexicon, word: str) -> str:
    if lex.is_group_noun(word):
        return "group"
    if lex.is_person_noun(word):
        return "person"
    if word in lex.organizations or word in lex.documents:
        return "organization"
    for ending in ("ed", "ing", "ly", "s"):
        if word.endswith(ending):
            return f"-{ending}"
    return "function" if word in lex.function else "content"


def _apposed(words: Words, lex: Lexicon, mention: NameMention) -> bool:
    """Say whether an apposition with a person's noun follows ("Ruiz, a health minister,")."""
    for index in range(mention.last + 1, min(mention.last + 7, len(words))):
        if lex.is_person_noun(words.lower[index]):
            return True
        if words.gap(index).strip():
            return False
    return False


def _shape_features(lex: Lexicon, key: Key) -> list[str]:
    head = singular(key[-1])
    found = ["bias", f"words:{min(len(key), 5)}", f"end:{key[-1][-3:]}", f"end:{key[-1][-2:]}"]
    classes = (
        ("organization-head", lex.organization_heads),
        ("organization", lex.organizations),
        ("place-head", lex.place_heads),
        ("document", lex.documents),
        ("other-head", lex.other_heads),
        ("person", lex.persons),
        ("title", lex.titles),
        ("demonym", lex.demonyms),
        ("place", lex.places),
    )
    for name, group in classes:
        if head in group:
            found.append(f"head:{name}")
        if any(word in group for word in key[:-1]):
            found.append(f"inside:{name}")
    for name, holds in (
        ("place-opener", key[0] in lex.place_openers),
        ("plural", head != key[-1]),
        ("body:first", len(key) > 1 and key[0] in lex.bodies),
        ("initials", len(key) > 1 and any(_INITIAL.match(word) for word in key)),
        ("particle", any(word in lex.particles for word in key[1:])),
        ("hyphen", any("-" in word for word in key)),
        ("link", any(word in ("of", "for", "and", "the") for word in key)),
        (f"{GIVEN}{min(len(key), 2)}", key[0] in lex.given_names),
        ("digit", any(char.isdigit() for word in key for char in word[:20])),
        (f"length:{min(len(key[0]) // 3, 4)}", len(key) == 1),
    ):
        if holds:
            found.append(name)
    return found
