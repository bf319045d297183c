"""What coreference chains are worth where we have found somebody, or nobody, ourselves.

Our own link is right with probability p, a chain's with probability r, and both err independently,
each towards one of a few others: Bayes' rule tells whom to believe and how much. Where both agree
the probability rises, where they don't it falls and the surer one decides, and where we name nobody
the chain does.
"""

from __future__ import annotations

from quotecraft.model import MentionKind, SpeakerKind
from quotecraft.speakers.chains import Chains, Claim
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit

__all__ = ["hear_names", "weigh"]

_OTHERS = 4  # people who might be meant instead
_MARK = "coref"  # how the evidence codes begin
_THINGS = (SpeakerKind.ORGANIZATION, SpeakerKind.DOCUMENT)
_LEFT = frozenset(("generic", "passive", "conjunction"))  # they mean nobody, or several


def hear_names(links: Links) -> None:
    """Hold those whom the text names as speakers against the coreference chains, if there are any.

    Args:
        links: The document's links, of which only those by name have been made.
    """
    if links.chains is None:
        return
    links.chains.hear(links.units)
    for unit in links.units:
        if unit.pattern:
            weigh(links, unit)


def weigh(links: Links, unit: Unit) -> None:
    """Hold a link that was just made against the coreference chains, if there are any.

    A pronoun or description counts by its own chain, a quotation without a source by who says "I"
    in it. What a chain decides has the pattern ``coref``. A source that is a name decides itself;
    who says "I" can only make it more or less sure.

    Args:
        links: The document's links.
        unit: The quotation.
    """
    chains = links.chains
    if chains is None or unit.pattern in _LEFT or any(c.startswith(_MARK) for c in unit.evidence):
        return
    source = unit.source
    if source is None or source.kind is MentionKind.NAME:
        claim = chains.content(unit, links.inside(unit))
    else:
        claim = chains.source(source)
    if claim is None or (source is not None and source.parts):
        return
    if source is not None and claim.entity is not None and _unlike(source, claim.entity):
        return
    if source is not None and source.kind is MentionKind.NAME:
        _weigh_name(unit, claim, chains.reliability * claim.share)
    elif claim.chain.votes:
        _weigh_named(links, unit, claim, chains.reliability * claim.share)
    elif source is not None:
        _weigh_unnamed(links, unit, source, claim, chains)


def _weigh_name(unit: Unit, claim: Claim, reliability: float) -> None:
    """Make a link by name surer, or less sure, by who says "I"."""
    entity = claim.entity
    if entity is None or claim.chain.heard:
        return
    code = f"{_MARK}:{claim.text}={_called(entity)}→{{}}"
    if unit.speaker is entity:
        unit.confidence = _agreed(unit.confidence, reliability)
        unit.evidence = (*unit.evidence, code)
    else:
        _doubt(unit, reliability, code)


def _weigh_named(links: Links, unit: Unit, claim: Claim, reliability: float) -> None:
    entity, own = claim.entity, unit.speaker
    if entity is None:
        return
    code = f"{_MARK}:{claim.text}={_called(entity)}→{{}}"
    if own is entity:
        unit.confidence = _agreed(unit.confidence, reliability)
        unit.evidence = (*unit.evidence, code)
    elif own is None or not _is_told(links, unit, own):
        links.settle(unit, entity, _MARK, reliability, code)
    else:
        _dispute(links, unit, entity, reliability, code)


def _weigh_unnamed(
    links: Links, unit: Unit, source: SourceMention, claim: Claim, chains: Chains
) -> None:
    """Join what a chain without a name joins; that no name is missing must be right, too."""
    own, chain = unit.speaker, claim.chain
    reliability = chains.reliability**2
    if len(chain.mentions) < 2 or (own is not None and own is links.narrator):
        return
    nameless = own is not None and not own.names and unit.pattern != "alone"
    if chain.unnamed is None:
        fresh = own if nameless and own is not None and chains.adopt(own) else chain.describe()
        chain.unnamed = fresh
    entity = chain.unnamed
    code = f"{_MARK}:{claim.text}={_called(entity)}→{{}}"
    if own is entity:
        unit.evidence = (*unit.evidence, code)
    elif nameless and source.pronoun is None:  # a description is never wrong of itself
        links.settle(unit, entity, unit.pattern, unit.confidence, *unit.evidence, code)
    elif own is None or unit.pattern == "alone":
        links.settle(unit, entity, _MARK, reliability, code)
    else:
        _dispute(links, unit, entity, reliability, code)


def _unlike(source: SourceMention, entity: Entity) -> bool:
    """Say whether a source can't mean somebody: several people, a body or a paper one person."""
    if source.kind is MentionKind.NAME or entity.kind is not NameKind.PERSON:
        return False
    base = source.pronoun.base if source.pronoun is not None else ""
    several = source.plural and base != "they"
    return several or base == "it" or source.what in _THINGS


def _is_told(links: Links, unit: Unit, own: Entity) -> bool:
    """Say whether our own link names somebody, and not only describes them."""
    return unit.pattern != "alone" and (bool(own.names) or own is links.narrator)


def _dispute(links: Links, unit: Unit, entity: Entity, reliability: float, code: str) -> None:
    """Let the surer one decide between our own link and a chain's."""
    if reliability > unit.confidence:
        _, theirs = _split(unit.confidence, reliability)
        links.settle(unit, entity, _MARK, theirs, code)
    else:
        _doubt(unit, reliability, code)


def _doubt(unit: Unit, reliability: float, code: str) -> None:
    """Keep our own link, less sure, where a chain says otherwise."""
    unit.confidence, _ = _split(unit.confidence, reliability)
    against = code.replace(f"{_MARK}:", f"{_MARK}-against:").removesuffix("→{}")
    unit.evidence = (*unit.evidence, against)


def _split(own: float, reliability: float) -> tuple[float, float]:
    """Return how sure our own link and a chain's are where they differ."""
    ours, theirs = own * (1 - reliability), (1 - own) * reliability
    others = (1 - own) * (1 - reliability) * (_OTHERS - 1) / _OTHERS
    total = (ours + theirs + others) or 1.0
    return ours / total, theirs / total


def _agreed(own: float, reliability: float) -> float:
    """Return how sure a link is that a chain makes, too."""
    right, wrong = own * reliability, (1 - own) * (1 - reliability) / _OTHERS
    return right / ((right + wrong) or 1.0)


def _called(entity: Entity) -> str:
    """Return what to call somebody in an evidence code."""
    return max(entity.names, key=len, default=entity.description or "I")
