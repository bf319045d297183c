"""How sure a link in news is, weighed once all of a text's links are made.

The pattern of a link tells how often such links are right, but not whether the source that the
detector found is sound, whether somebody else might be meant, or whether a description stands for a
body that the text names. A logistic model weighs all of it. ``quotecraft train speakers`` fits it
on labelled articles (``corpora/sources.jsonl``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from quotecraft.model import SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import is_human
from quotecraft.speakers.units import Unit

__all__ = ["SURE", "sure_features", "weigh_links"]

SURE = "sure"  # name of the model
_EDGE = 0.005  # no probability is nearer to 0 or 1
_NEAR = 80  # words in which others may be meant
_OPENING = 2  # paragraphs in which a description may stand before the name
_GOING_ON = word_set(
    "inner inner:same floating continuation continuation:several described:again pronoun "
    "pronoun:last pronoun:it pronoun:they pronoun:focus"
)
_HALF = 5  # links of a text in which the model counts half
_CHAINED = "coref:"  # how the code of a link begins that another source's chain made or backs
_MANY = 6  # others, or places of a name, beyond which more tell nothing more


def weigh_links(links: Links) -> None:
    """Set the probability of every link of a text by the fitted model, if there is one.

    The model was fitted on whole articles, and is too doubtful of snippets: the fewer links a text
    has, the more it is drawn, in log-odds, to the probability of a link's pattern.

    Coreference by another source has a measured reliability of its own, which stays, and so does
    the probability of the unnamed in a text that names no person: they can be nobody else.

    Args:
        links: The finished links of a text that is no conversation.
    """
    named = _names_people(links)
    features = sure_features(links, named=named)
    weight = len(features) / (len(features) + _HALF)
    for unit, found in zip(links.units, features, strict=True):
        share = links.decider.sureness(found)
        chained = any(code.startswith(_CHAINED) for code in unit.evidence)
        alone = not named and unit.speaker is not None and not unit.speaker.names
        if share is not None and not chained and not alone:
            odds = weight * _odds(share) + (1 - weight) * _odds(unit.confidence)
            unit.confidence = 1 / (1 + math.exp(-odds))


def sure_features(links: Links, *, named: bool | None = None) -> list[dict[str, float]]:
    """Return for each link what tells how sure it is.

    Args:
        links: The finished links of a text.
        named: Whether the text names any person; found out when not told.
    """
    told = Counter(id(unit.speaker) for unit in links.units if unit.speaker is not None)
    named = _names_people(links) if named is None else named
    result = []
    roots = _roots(links)
    for unit in links.units:
        features = {"bias": 1.0, f"pattern:{unit.pattern or 'none'}": 1.0}
        features["level"] = _odds(unit.confidence)
        features["found"] = _odds(unit.found)
        features["beside"] = _odds(unit.beside)
        for name in _flags(unit):
            features[name] = 1.0
        if id(unit) in roots:
            features[f"root:{roots[id(unit)].pattern or 'none'}"] = 1.0
        if unit.source is not None:
            features.update(_of_source(links, unit, unit.source, named=named))
        if unit.speaker is not None:
            features.update(_of_speaker(links, unit, unit.speaker, told[id(unit.speaker)]))
        result.append(features)
    return result


def _names_people(links: Links) -> bool:
    """Say whether a text names any person."""
    return any(owner is not None and owner.kind is NameKind.PERSON for owner in links.owners)


def _roots(links: Links) -> dict[int, Unit]:
    """Return, by ``id``, the earlier link that one which only goes on with a speaker rests on."""
    roots: dict[int, Unit] = {}
    last: dict[int, Unit] = {}
    for unit in links.units:
        if unit.speaker is None:
            continue
        before = last.get(id(unit.speaker))
        if unit.outer is not None and unit.outer.speaker is unit.speaker:
            before = unit.outer
        if before is not None and unit.pattern in _GOING_ON:
            roots[id(unit)] = roots.get(id(before), before)
        last[id(unit.speaker)] = unit
    return roots


def _flags(unit: Unit) -> Iterator[str]:
    yield "direct" if unit.direct and not unit.reported else "mixed" if unit.direct else "indirect"
    if unit.nested:
        yield "nested"
    if not unit.cued:
        yield "uncued"
    if unit.speaker is None:
        yield "nobody"
    if unit.source is None:
        yield "silent"


def _of_source(
    links: Links, unit: Unit, source: SourceMention, *, named: bool
) -> Iterator[tuple[str, float]]:
    """Yield what the words of a source tell, and who else near it may be meant."""
    group = _group(source)
    yield f"source:{group}", 1.0
    words = source.text.split()
    yield "length", math.log(len(words))
    if group == "name":
        if unit.speaker is not None:
            yield f"named:{unit.speaker.kind}", 1.0
        return
    if group == "pronoun":
        yield f"word:{source.text.lower()}", 1.0
        yield "rivals", min(_rivals(links, unit, source), _MANY) / _MANY
        if unit.speaker is not None:
            yield f"pronoun:{'named' if unit.speaker.names else 'unnamed'}", 1.0
            if source.gender is not None:
                yield f"gender:{_agrees(unit.speaker, source)}", 1.0
        return
    joined = id(unit.speaker) in links.members
    unnamed = unit.speaker is None or not (unit.speaker.names or joined)
    kind = f"{group}:{'unnamed' if unnamed else 'named'}"
    yield kind, 1.0
    yield f"{kind}:{source.what}", 1.0
    opening = words[0].lower() if words else ""
    for name, holds in (
        ("definite", source.definite),
        ("plural", source.plural),
        ("article", opening in ("the", "a", "an", "this", "that")),
        ("initials", words[0].isupper() and len(words[0]) > 1),
        ("bare", len(words) == 1 and words[0].islower()),
        ("capital", any(word[0].isupper() for word in words[1:])),
        ("human", is_human(source.head)),
        ("owned", source.owner is not None or source.owner_pronoun is not None),
        ("opening", unit.paragraph <= _OPENING),
        ("people", named),
    ):
        if holds:
            yield f"{kind}:{name}", 1.0


def _group(source: SourceMention) -> str:
    if source.parts:
        return "several"
    if source.pronoun is not None:
        return "pronoun"
    return "name" if source.name is not None else "description"


def _agrees(speaker: Entity, source: SourceMention) -> str:
    """Return whether a text tells that somebody's gender is a pronoun's, or another's."""
    likely = speaker.votes.likely()
    if likely is None:
        return "unknown"
    return "same" if likely == source.gender else "other"


def _rivals(links: Links, unit: Unit, source: SourceMention) -> int:
    """Return how many others near a pronoun could be meant by it."""
    word = links.index.words.at(unit.anchor)
    near = {id(one.entity): one.entity for one in links.narration.before(word, _NEAR)}
    people = [e for e in near.values() if e is not unit.speaker and e.kind is NameKind.PERSON]
    return sum(e.votes.likely() in (None, source.gender) for e in people)


def _of_speaker(
    links: Links, unit: Unit, speaker: Entity, said: int
) -> Iterator[tuple[str, float]]:
    """Yield how a text goes about who speaks: how often, how near, in how full a name."""
    yield "said", math.log(min(said, _MANY))
    if not speaker.names:
        return
    yield "mentions", math.log(max(1, min(len(speaker.mentions), _MANY)))
    if max(len(name.split()) for name in speaker.names) > 1:
        yield "full", 1.0
    source = unit.source
    if source is not None and source.name is not None:
        return
    word = links.index.words.at(unit.anchor)
    near = (word - s.word for s in links.narration.before(word, 5 * _NEAR) if s.entity is speaker)
    yield "apart", math.log1p(next(near, 5 * _NEAR)) / math.log(5 * _NEAR)
    if source is not None and source.what is SpeakerKind.PERSON:
        yield f"described:{speaker.kind}", 1.0


def _odds(share: float) -> float:
    share = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(share / (1 - share))
