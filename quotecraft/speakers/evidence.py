"""What speaks for and against each candidate: named features, weighed elsewhere."""

from __future__ import annotations

import math

from attrs import frozen

from quotecraft.speakers.candidates import REACH, Candidates, Scene
from quotecraft.speakers.context import Narration, Sighting
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.names import NameKind
from quotecraft.speakers.pronouns import Gender
from quotecraft.speakers.units import Turn, Unit

__all__ = ["Evidence", "gap_class", "gather"]

_GENDER_LIMIT = 3.0
_TURNS = (-1, -2, -3, -4, 1, 2)


@frozen
class Evidence:
    """The features of one candidate.

    Attributes:
        entity: The candidate.
        features: Feature name to value.
    """

    entity: Entity
    features: dict[str, float]


@frozen
class _Setting:
    """What is the same for all candidates of a quotation."""

    gender: Gender | None
    beat: Gender | None
    lead: Gender | None
    paragraph: int
    sentence: int
    turns: dict[int, Turn]
    gaps: dict[int, str]
    genders_sought: dict[str, Gender]
    beside: dict[str, Entity]


def gap_class(paragraphs: int) -> str:
    """Return a coarse class of how much narration parts two turns.

    Args:
        paragraphs: Paragraphs of narration between them.
    """
    return "adjacent" if paragraphs == 0 else "near" if paragraphs <= 2 else "far"


def gather(
    narration: Narration,
    scene: Scene,
    unit: Unit,
    candidates: Candidates,
    narrator: Entity | None,
) -> list[Evidence]:
    """Return the evidence on each candidate, in the candidates' order.

    Args:
        narration: Where the narration refers to whom.
        scene: The quotation's surroundings.
        unit: The quotation.
        candidates: Its candidates.
        narrator: A first-person narrator, if the document has one.
    """
    setting = _setting(narration, scene, unit, candidates)
    nearest: dict[int, Sighting] = {}
    counts: dict[int, int] = {}
    for sighting in candidates.before:
        key = id(sighting.entity)
        nearest.setdefault(key, sighting)
        counts[key] = counts.get(key, 0) + 1
    rank = {key: place for place, key in enumerate(nearest)}
    agreeing: dict[int, int] = {}
    if setting.gender:
        for key, sighting in nearest.items():
            if sighting.entity.votes.share(setting.gender) >= 0.4:
                agreeing[key] = len(agreeing)
    result = []
    for entity in candidates.entities:
        key = id(entity)
        features = {"bias": 1.0}
        _add_gender(features, entity, setting)
        _add_place(features, narration, candidates, setting, nearest.get(key))
        if key in rank:
            features[f"rank:{min(rank[key], 4)}"] = 1.0
            features["count"] = math.log1p(counts[key])
        if key in agreeing:
            features[f"agreeing:{min(agreeing[key], 3)}"] = 1.0
        _add_after(features, candidates, entity)
        _add_turns(features, setting, unit, entity)
        for name, speaker in setting.beside.items():
            if speaker is entity:
                features[name] = 1.0
        if entity is narrator:
            features["narrator"] = 1.0
        if not entity.names:
            features["described"] = 1.0
        if entity.kind is not NameKind.PERSON:
            features[f"kind:{entity.kind}"] = 1.0
        features["prominence"] = math.log1p(len(entity.mentions)) / 5
        result.append(Evidence(entity, features))
    return result


def _setting(narration: Narration, scene: Scene, unit: Unit, candidates: Candidates) -> _Setting:
    words = narration.words
    turns = {offset: turn for offset in _TURNS if (turn := scene.turn(offset)) is not None}
    gaps = {offset: gap_class(scene.gap(offset)) for offset in turns}
    anchor = candidates.anchor
    first = anchor
    while first > 0 and words.paragraph[first - 1] >= unit.paragraph and anchor - first < REACH:
        first -= 1
    last = anchor
    while (
        last < len(words)
        and words.paragraph[last] <= unit.last_paragraph
        and (last - anchor < REACH)
    ):
        last += 1
    start = first
    while start > 0 and words.paragraph[start - 1] >= unit.paragraph - 1 and first - start < 80:
        start -= 1
    gender = None
    if unit.source is not None:
        gender = unit.source.gender
    sought: dict[str, Gender] = {}
    if unit.address:
        sought["addressed"] = unit.address
    for offset, turn in turns.items():
        address = next((other.address for other in turn.units if other.address), None)
        if abs(offset) == 1 and address:
            sought[f"called{offset:+d}"] = address
    return _Setting(
        gender=gender,
        beat=narration.subject_gender(first, last),
        lead=narration.subject_gender(start, first),
        paragraph=unit.paragraph,
        sentence=words.sentence_at(unit.anchor),
        turns=turns,
        gaps=gaps,
        genders_sought=sought,
        beside=_beside(narration, scene, unit),
    )


def _beside(narration: Narration, scene: Scene, unit: Unit) -> dict[str, Entity]:
    """Return the known speakers of the quotations before and behind in the same turn."""
    words = narration.words
    found: dict[str, Entity] = {}
    for other in scene.own:
        if other is unit or other.speaker is None:
            continue
        first, second = (other, unit) if other.start < unit.start else (unit, other)
        parted = words.at(first.end) < words.at(second.start)
        side = "before" if other is first else "behind"
        name = f"{side}:{'parted' if parted else 'touching'}"
        if side == "before" or name not in found:
            found = {key: value for key, value in found.items() if not key.startswith(side)}
            found[name] = other.speaker
    return found


def _log_odds(entity: Entity, gender: Gender) -> float:
    share = entity.votes.share(gender)
    value = math.log(share / (1 - share))
    return max(-_GENDER_LIMIT, min(_GENDER_LIMIT, value))


def _add_gender(features: dict[str, float], entity: Entity, setting: _Setting) -> None:
    known = entity.votes.male + entity.votes.female >= 1
    if setting.gender:
        features["gender"] = _log_odds(entity, setting.gender)
        if not known:
            features["gender:unknown"] = 1.0
    if setting.beat:
        features["beat:gender"] = _log_odds(entity, setting.beat)
    elif setting.lead:
        features["lead:gender"] = _log_odds(entity, setting.lead)
    for name, gender in setting.genders_sought.items():
        features[name] = _log_odds(entity, gender)


def _add_place(
    features: dict[str, float],
    narration: Narration,
    candidates: Candidates,
    setting: _Setting,
    nearest: Sighting | None,
) -> None:
    if nearest is None:
        features["unseen"] = 1.0
        return
    words = narration.words
    distance = candidates.anchor - nearest.word
    features["distance"] = math.log1p(distance) / math.log(REACH)
    if nearest.subject:
        features["subject"] = 1.0
    if nearest.object:
        features["object"] = 1.0
    apart = setting.sentence - words.sentence[nearest.word]
    if apart <= 1:
        features["sentence:same" if apart <= 0 else "sentence:previous"] = 1.0
        if nearest.subject:
            features["sentence:subject"] = 1.0
    paragraphs = setting.paragraph - words.paragraph[nearest.word]
    if paragraphs <= 1:
        where = "beat" if paragraphs <= 0 else "lead"
        features[where] = 1.0
        if nearest.subject:
            features[f"{where}:subject"] = 1.0


def _add_after(features: dict[str, float], candidates: Candidates, entity: Entity) -> None:
    for place, sighting in enumerate(candidates.after[:4]):
        if sighting.entity is entity:
            features["after"] = 1.0
            if sighting.subject:
                features["after:subject"] = 1.0
            if place == 0:
                features["after:first"] = 1.0
            return


def _add_turns(features: dict[str, float], setting: _Setting, unit: Unit, entity: Entity) -> None:
    spoken = 0
    for offset, turn in setting.turns.items():
        gap = setting.gaps[offset]
        if turn.speaker is entity:
            features[f"turn{offset:+d}:{gap}"] = 1.0
            if offset < 0:
                spoken += 1
        if abs(offset) == 1:
            for other in turn.units:
                if entity in other.vocatives:
                    features[f"vocative{offset:+d}:{gap}"] = 1.0
                if other.addressee is entity:
                    features[f"addressee{offset:+d}:{gap}"] = 1.0
                if id(entity) in other.mentioned:
                    features[f"mentioned{offset:+d}"] = 1.0
    if spoken:
        features["spoken"] = spoken / len(_TURNS)
    if entity in unit.vocatives:
        features["vocative:here"] = 1.0
    if id(entity) in unit.mentioned:
        features["mentioned:here"] = 1.0
    previous, other = setting.turns.get(-1), setting.turns.get(-2)
    if (
        previous is not None
        and other is not None
        and other.speaker is entity
        and previous.speaker is not None
        and previous.speaker is not entity
        and setting.gaps[-2] == "adjacent"
    ):
        features["alternation"] = 1.0
    if entity is unit.addressee:
        features["told"] = 1.0
