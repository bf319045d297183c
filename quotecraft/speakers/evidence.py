"""What speaks for and against each candidate: named features, weighed elsewhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from quotecraft.speakers.candidates import REACH, Candidates, Scene
from quotecraft.speakers.context import Narration, Sighting
from quotecraft.speakers.dialogue import read_dialogue
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.passages import read_passages
from quotecraft.speakers.pronouns import Gender
from quotecraft.speakers.units import Turn, Unit

__all__ = ["Evidence", "gap_class", "gather"]

_MAY_AGREE = 0.4  # least share of signs for a gender with which somebody may have it
_TURNS = (-1, -2, -3, -4, 1, 2, 3, 4)


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
    speakers: dict[int, Entity | None]
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
    hidden: range = range(0),
) -> list[Evidence]:
    """Return the evidence on each candidate, in the candidates' order.

    Args:
        narration: Where the narration refers to whom.
        scene: The quotation's surroundings.
        unit: The quotation.
        candidates: Its candidates.
        narrator: A first-person narrator, if the document has one.
        hidden: Words of the narration that are not to be looked at.
    """
    setting = _setting(narration, scene, unit, candidates)
    seen = _seen(candidates.before, setting.gender)
    dialogue = passages = None
    if scene.conversation:
        dialogue = read_dialogue(narration.words, scene, unit, candidates)
        passages = read_passages(narration, scene, unit, candidates.anchor, hidden)
    result = []
    for entity in candidates.entities:
        features: dict[str, float] = {"prominence": math.log1p(len(entity.mentions)) / 5}
        _add_gender(features, entity, setting)
        _add_place(features, narration, candidates, setting, seen.get(id(entity)))
        _add_after(features, candidates, entity)
        _add_content(features, unit, entity)
        if dialogue is not None and passages is not None:
            _add_turns(features, setting, entity)
            dialogue.add(features, entity)
            passages.add(features, entity)
        else:
            _add_last(features, narration, scene.last, candidates, entity)
        for name, holds in (
            ("narrator", entity is narrator),
            ("described", not entity.names),
            (f"kind:{entity.kind}", entity.kind is not NameKind.PERSON),
        ):
            if holds:
                features[name] = 1.0
        result.append(Evidence(entity, features))
    return result


@frozen
class _Seen:
    """How the narration before a quotation refers to one entity."""

    nearest: Sighting
    count: int
    rank: int
    agreeing: int | None


def _seen(before: Sequence[Sighting], gender: Gender | None) -> dict[int, _Seen]:
    """Return, by entity, the nearest sighting, how many there are and its rank from the anchor.

    The rank is counted among all, and among those whose gender may agree.
    """
    counts = Counter(id(sighting.entity) for sighting in before)
    found: dict[int, _Seen] = {}
    agreeing = 0
    for sighting in before:
        key = id(sighting.entity)
        if key in found:
            continue
        agrees = gender is not None and sighting.entity.votes.share(gender) >= _MAY_AGREE
        found[key] = _Seen(sighting, counts[key], len(found), agreeing if agrees else None)
        agreeing += agrees
    return found


def _setting(narration: Narration, scene: Scene, unit: Unit, candidates: Candidates) -> _Setting:
    words = narration.words
    turns = {offset: turn for offset in _TURNS if (turn := scene.turn(offset)) is not None}
    gaps = {offset: gap_class(scene.gap(offset)) for offset in turns}
    anchor = candidates.anchor
    first = words.paragraphs_start(anchor, unit.paragraph, REACH)
    last = words.paragraphs_end(anchor, unit.last_paragraph, REACH)
    start = words.paragraphs_start(first, unit.paragraph - 1, 80)
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
        speakers={offset: scene.speaker(offset) for offset in turns},
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


def _add_gender(features: dict[str, float], entity: Entity, setting: _Setting) -> None:
    known = entity.votes.male + entity.votes.female >= 1
    if setting.gender:
        features["gender"] = entity.votes.log_odds(setting.gender)
        if not known:
            features["gender:unknown"] = 1.0
    if setting.beat:
        features["beat:gender"] = entity.votes.log_odds(setting.beat)
    elif setting.lead:
        features["lead:gender"] = entity.votes.log_odds(setting.lead)
    for name, gender in setting.genders_sought.items():
        features[name] = entity.votes.log_odds(gender)


def _add_place(
    features: dict[str, float],
    narration: Narration,
    candidates: Candidates,
    setting: _Setting,
    seen: _Seen | None,
) -> None:
    if seen is None:
        features["unseen"] = 1.0
        return
    words, nearest = narration.words, seen.nearest
    features[f"rank:{min(seen.rank, 4)}"] = 1.0
    features["count"] = math.log1p(seen.count)
    if seen.agreeing is not None:
        features[f"agreeing:{min(seen.agreeing, 3)}"] = 1.0
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


def _add_content(features: dict[str, float], unit: Unit, entity: Entity) -> None:
    """Add what the quotation's own words say: nobody calls or, as a rule, names themselves."""
    if entity in unit.vocatives:
        features["vocative:here"] = 1.0
    if id(entity) in unit.mentioned:
        features["mentioned:here"] = 1.0
    if entity is unit.addressee:
        features["told"] = 1.0


def _add_last(
    features: dict[str, float],
    narration: Narration,
    last: Unit | None,
    candidates: Candidates,
    entity: Entity,
) -> None:
    """Add whether the last speaker may go on, and whether somebody else came between."""
    if last is not None and last.speaker is entity:
        spoken = narration.words.at(last.anchor + 1)
        between = any(
            sighting.subject and sighting.entity is not entity and sighting.word >= spoken
            for sighting in candidates.before
        )
        features["news:last" if between else "news:last:clear"] = 1.0
    elif not entity.names:
        features["news:described"] = 1.0


def _add_turns(features: dict[str, float], setting: _Setting, entity: Entity) -> None:
    spoken = 0
    for offset, turn in setting.turns.items():
        gap = setting.gaps[offset]
        if setting.speakers[offset] is entity:
            features[f"turn{offset:+d}:{gap}"] = 1.0
            if any(o.source is not None and o.source.name is not None for o in turn.units):
                features[f"named{offset:+d}"] = 1.0
            if offset < 0:
                spoken += 1
        for other in turn.units if abs(offset) == 1 else ():
            if entity in other.vocatives:
                features[f"vocative{offset:+d}:{gap}"] = 1.0
            if other.addressee is entity:
                features[f"addressee{offset:+d}:{gap}"] = 1.0
            if id(entity) in other.mentioned:
                features[f"mentioned{offset:+d}"] = 1.0
    for name, speaker in setting.beside.items():
        if speaker is entity:
            features[name] = 1.0
    if spoken:
        features["spoken"] = spoken / len(_TURNS)
    previous, earlier = setting.speakers.get(-1), setting.speakers.get(-2)
    if (
        earlier is entity
        and previous is not None
        and previous is not entity
        and setting.gaps[-2] == "adjacent"
    ):
        features["alternation"] = 1.0
