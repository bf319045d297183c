"""What a description tells of whom it may mean, in conversations: "the old man", "her mother"."""

from __future__ import annotations

import math
from collections.abc import Sequence

from quotecraft.speakers.candidates import Candidates, Scene
from quotecraft.speakers.context import Narration
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.person_nouns import is_anybody, may_mean

__all__ = ["add_description"]

_REACH = 200  # words back in which the owner of "her mother" is looked for


def add_description(
    evidence: Sequence[Evidence],
    source: SourceMention,
    narration: Narration,
    scene: Scene,
    candidates: Candidates,
    chain: tuple[Entity | None, Entity | None],
) -> None:
    """Add features of a description to the evidence on its candidates.

    Args:
        evidence: The evidence.
        source: The description.
        narration: Where the narration refers to whom.
        scene: The quotation's surroundings.
        candidates: Its candidates.
        chain: The entity of a description that names nobody, and whom its noun stood for last.
    """
    unnamed, last = chain
    head = source.head or ""
    kin = head in lexicon().kin
    sort = "kin" if kin else "anybody" if is_anybody(head) else "role"
    owner = _owner(source, narration, candidates.anchor) if source.owner_pronoun else None
    family = _surnames(owner) if owner is not None else frozenset()
    seen = sum(one.entity is unnamed for one in candidates.before)
    for item in evidence:
        features, entity = item.features, item.entity
        if entity is unnamed:
            features[f"unnamed:{sort}"] = 1.0
            features["unnamed:seen"] = math.log1p(seen)
            if source.modifiers:
                features["unnamed:modified"] = 1.0
            if last is not None and last.names:
                features["unnamed:known"] = 1.0
            continue
        if entity is owner:
            features["owner"] = 1.0
        if kin and family & _surnames(entity):
            features["kin:surname"] = 1.0
        if any(head in form.lower().split() for form in entity.titled):
            features["title"] = 1.0
        if sort == "role" and entity.roles:
            features["role:may" if may_mean(head, entity.roles) else "role:not"] = 1.0
        if not entity.names:
            features["other:described"] = 1.0
        if sort != "role":
            for offset in (-1, -2):
                if scene.speaker(offset) is entity:
                    features[f"{sort}:turn{offset}"] = 1.0


def _owner(source: SourceMention, narration: Narration, anchor: int) -> Entity | None:
    """Return whom the pronoun in "her mother" may stand for."""
    pronoun = source.owner_pronoun
    if pronoun is None or pronoun.gender is None:
        return None
    near = narration.pronouns(max(0, anchor - _REACH), anchor)
    found = [one for one in near if one.gender == pronoun.gender and one.entity is not None]
    if found:
        return found[-1].entity
    for one in narration.before(anchor, _REACH):
        if one.entity.votes.likely() == pronoun.gender:
            return one.entity
    return None


def _surnames(entity: Entity) -> frozenset[str]:
    return frozenset(name.split()[-1] for name in entity.names if " " in name) | frozenset(
        name.split()[-1] for name in entity.titled if " " in name
    )
