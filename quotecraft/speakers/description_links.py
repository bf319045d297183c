"""Links of descriptions: to a country, a role's bearer, a body, somebody near, or nobody named."""

from __future__ import annotations

from collections.abc import Callable

from quotecraft.model import SpeakerKind
from quotecraft.speakers.bodies import is_medium
from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.decision import codes_of
from quotecraft.speakers.leads import announced, named_behind, named_later
from quotecraft.speakers.linked import is_mine
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.noun_chains import unnamed
from quotecraft.speakers.person_nouns import is_human
from quotecraft.speakers.ranking import Ranking
from quotecraft.speakers.referents import Guess, weigh_referents
from quotecraft.speakers.source_ends import is_scrap
from quotecraft.speakers.spoken_for import spoken_for
from quotecraft.speakers.taken_up import take_up
from quotecraft.speakers.units import Unit
from quotecraft.speakers.weighable import may_weigh, situation_of

__all__ = ["link_description"]

_SURE = 0.6  # from which on a body's noun keeps standing for whom it was resolved to

Rank = Callable[[Unit, Scene, Ranking], None]


def link_description(
    links: Links, unit: Unit, source: SourceMention, scene: Scene, rank: Rank
) -> None:
    """Link a description: by rules, and in news by what weighs them against everybody near.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The description.
        scene: The quotation's surroundings.
        rank: Ranks the candidates of a conversation.
    """
    same = None if links.conversation else links.described.setdefault(source.span, unit)
    if same is not None and same is not unit and same.speaker is not None:
        links.settle(unit, same.speaker, same.pattern, same.confidence, *same.evidence)
        return
    if not links.conversation and _tells_nobody(links, source):
        links.link(unit, None, "unresolved", "unresolved")
        return
    _by_rule(links, unit, source, scene, rank)
    if not links.conversation and unit.speaker is not None and not unit.speaker.names:
        later = announced(links, unit, source) or named_later(links, unit, source)
        if later is not None:
            links.link(unit, later, "described:lead", f"description:{source.text}→{{}}")
            links.descriptions.nouns.settle(source, later)
            return
    entity = unit.speaker
    if entity is None or entity.known is not None:  # on a list of people
        return
    told = bool(entity.names) and source.text.split()[-1].isupper()  # "the SP"
    if unit.pattern == "body" and is_medium(source):
        told = True
    if not told and may_weigh(links, source):
        _weigh(links, unit, source, scene)


def _tells_nobody(links: Links, source: SourceMention) -> bool:
    """Say whether a source of unknown sort is but a piece of a clause."""
    if source.what is not SpeakerKind.UNKNOWN or is_human(source.head):
        return False
    words = links.index.words
    return is_scrap(words, words.at(source.span.start), words.at(source.span.end) - 1)


def _weigh(links: Links, unit: Unit, source: SourceMention, scene: Scene) -> None:
    """Let the model for descriptions decide, to which what the rules say is one sign of many."""
    entity = unit.speaker
    if entity is None:
        return
    guess, situation = Guess(entity, unit.pattern), situation_of(source)
    nobody = entity if not entity.names else links.descriptions.nobody(source)
    evidence = weigh_referents(links, unit, source, scene, guess, nobody)
    links.observer.ranked(situation, unit, evidence)
    choice = links.decider.choose(situation, evidence)
    if choice is None:
        return
    chosen = evidence[choice.place].entity
    code = f"description:{source.text}→{{}}" if chosen.names else "description"
    pattern = unit.pattern if chosen is entity else situation
    codes = (code, *codes_of(choice.reasons)) if pattern == situation else unit.evidence
    share, chain = choice.probability, links.descriptions.nouns.of(source)
    if guess.pattern == "described:again" and chosen is entity and chain is not None:
        share = min(share, chain.sure)
    links.settle(unit, chosen, pattern, share, *codes)
    links.descriptions.nouns.settle(source, chosen, share)
    if chosen.names and share >= _SURE:
        links.descriptions.stand(source, chosen)


def _by_rule(links: Links, unit: Unit, source: SourceMention, scene: Scene, rank: Rank) -> None:
    if _link_known(links, unit, source, scene):
        return
    news = not links.conversation
    single = source.what in (SpeakerKind.PERSON, SpeakerKind.UNKNOWN) and not source.plural
    owned = news and (source.owner is not None or is_mine(source))
    told = (
        links.conversation
        or source.what not in (SpeakerKind.UNKNOWN, SpeakerKind.DOCUMENT)
        or is_human(source.head)
    )
    if single and not owned and told and (source.definite or source.owner_pronoun):
        _link_definite(links, unit, source, scene, rank)
        return
    entity = links.descriptions.same_text(source)
    if not told:
        links.things.add(id(entity))
    if single and told:
        chain = links.descriptions.nouns.of(source)
        entity = unnamed(source) if chain is None else chain.entity
        links.descriptions.nouns.settle(source, entity)
    elif source.text.lower().startswith(("a ", "an ", "another ")):
        entity = unnamed(source)
    pattern = "description:new" if single and told else "description:text"
    links.link(unit, entity, pattern, "description")


def _link_known(links: Links, unit: Unit, source: SourceMention, scene: Scene) -> bool:
    """Link a description to the country, role's bearer or body it names, if there is one."""
    code = f"description:{source.text}→{{}}"
    behind = None if links.conversation else named_behind(links, source)
    if behind is not None:
        links.link(unit, behind, "role", code)
        return True
    work = None if links.conversation else links.descriptions.works.meant(source)
    if work is not None:
        links.link(unit, work, "body", code)
        return True
    owner = None if links.conversation else spoken_for(links, source)
    if owner is not None:
        links.link(unit, owner, "body", code)
        return True
    nation = None if links.conversation else links.descriptions.nation(source)
    if nation is not None:
        links.link(unit, nation, "body", code)
        return True
    spoke = scene.last.speaker if scene.last is not None and not links.conversation else None
    bearer = links.descriptions.bearer(source, spoke)
    if bearer is None and not links.conversation:
        bearer = links.descriptions.owned(source)
    if bearer is not None:
        rivals = not links.conversation and links.descriptions.rivals(source)
        links.link(unit, bearer, "role:rival" if rivals else "role", f"role:{source.text}→{{}}")
        return True
    if source.what not in (SpeakerKind.ORGANIZATION, SpeakerKind.UNKNOWN) and not (
        not links.conversation and is_medium(source)
    ):
        return False
    before = scene.last
    last = before.speaker if before is not None else None
    close = before is not None and unit.direct and unit.paragraph == before.last_paragraph
    word = links.index.words.at(source.span.start)
    body = links.descriptions.body(source, word, last, close=close)
    if body is not None:
        links.link(unit, body, "body", code)
    return body is not None


def _link_definite(
    links: Links, unit: Unit, source: SourceMention, scene: Scene, rank: Rank
) -> None:
    """Link "the lawmaker" whose role nobody bears: as before, to somebody near, or to nobody."""
    chain = links.descriptions.nouns.of(source)
    nobody = unnamed(source) if chain is None else chain.entity
    last = None if chain is None else chain.resolved
    code = f"description:{source.text}→{{}}"
    if links.conversation:
        rank(unit, scene, Ranking("description", code, nobody, last))
    elif last is not None and last.names and "other" not in source.modifiers:
        links.link(unit, last, "described:again", code)  # as it was before
    else:
        introduced = links.descriptions.nouns.introduced(source)
        found = take_up(links, unit, source, scene, introduced=introduced)
        if found is None:
            links.link(unit, nobody, "described", "description")
        else:
            links.link(unit, found.entity, found.pattern, code)
    if unit.speaker is not None:
        links.descriptions.nouns.settle(source, unit.speaker)
