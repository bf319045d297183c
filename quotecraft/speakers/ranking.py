"""What is asked of a ranking, and what the document as a whole adds to the evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence

from attrs import frozen

from quotecraft.speakers.candidates import Candidates, Scene
from quotecraft.speakers.described import add_description
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.units import Unit

__all__ = ["Ranking", "complete"]

_LEAST_SHARE = 1e-3


@frozen
class Ranking:
    """What is to be ranked, and with which extra candidates.

    Attributes:
        situation: Which model ranks.
        code: Evidence code of the link, ``{}`` standing for the speaker's id.
        unnamed: The entity of a description that names nobody.
        last: Whom its noun stood for last.
        hidden: A source that is not to be looked at, to see what the rest lets expect.
        others: More candidates.
    """

    situation: str
    code: str = ""
    unnamed: Entity | None = None
    last: Entity | None = None
    hidden: SourceMention | None = None
    others: Sequence[Entity] = ()


def complete(
    links: Links,
    unit: Unit,
    scene: Scene,
    ranking: Ranking,
    candidates: Candidates,
    evidence: Sequence[Evidence],
) -> None:
    """Add to the evidence on candidates what their own surroundings don't tell.

    Args:
        links: The document's links.
        unit: The quotation.
        scene: Its surroundings.
        ranking: What is asked.
        candidates: Its candidates.
        evidence: The evidence on each.
    """
    source = unit.source
    for item in evidence:
        if item.entity is ranking.unnamed:
            item.features["unnamed"] = 1.0
            if source is not None and source.owner_pronoun is not None:
                item.features["unnamed:owned"] = 1.0
        if item.entity is ranking.last:
            item.features["described-before"] = 1.0
    if not links.conversation:
        return
    if ranking.situation == "description" and source is not None:
        add_description(
            evidence, source, links.narration, scene, candidates, (ranking.unnamed, ranking.last)
        )
    if links.voices is not None:
        rows = links.voices.features(unit, [item.entity for item in evidence])
        for item, row in zip(evidence, rows, strict=True):
            item.features.update(row)
    if id(unit) in links.shares:
        _add_shares(evidence, links.shares[id(unit)])


def _add_shares(evidence: Sequence[Evidence], shares: dict[int, float]) -> None:
    """Add in which share of the histories of the search each candidate speaks."""
    top = max(shares.values(), default=0.0)
    for item in evidence:
        share = shares.get(id(item.entity), 0.0)
        item.features["search"] = share
        item.features["search:log"] = math.log(max(share, _LEAST_SHARE)) / 4
        if share and share == top:
            item.features["search:top"] = 1.0
