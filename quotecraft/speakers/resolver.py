"""The rule resolver: from source mentions to speakers, over one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Sentence, Span, Speaker
from quotecraft.parse.interfaces import Coreference
from quotecraft.speakers.authors import find_author, told_author
from quotecraft.speakers.calls import hear_calls
from quotecraft.speakers.chains import Chains
from quotecraft.speakers.context import Narration
from quotecraft.speakers.decision import Decider, load_decider, load_news_decider
from quotecraft.speakers.descriptions import Descriptions
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.epithets import epithets, families, married, meetings
from quotecraft.speakers.genre import is_conversation
from quotecraft.speakers.grouping import bracketed_kinds, group_names
from quotecraft.speakers.interfaces import Resolution
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.linking import Linker
from quotecraft.speakers.links import Observer
from quotecraft.speakers.listed import Listed
from quotecraft.speakers.mentions import NameIndex, read_source
from quotecraft.speakers.name_kinds import Key, decide_kinds, kind_features
from quotecraft.speakers.names import NameMention, find_names
from quotecraft.speakers.narrator import find_narrator
from quotecraft.speakers.output import build_resolution
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.speaking import speaking_names
from quotecraft.speakers.subjects import told_subject
from quotecraft.speakers.sureness import weigh_links
from quotecraft.speakers.syntax import looks_subject
from quotecraft.speakers.units import build_units, group_turns, part_turns, with_parents
from quotecraft.speakers.vocatives import names_called
from quotecraft.speakers.words import Words
from quotecraft.text.pairing import pair_marks

__all__ = ["DEFAULT_THRESHOLD", "RuleResolver"]

DEFAULT_THRESHOLD = 0.5
_IN_CONVERSATION = 0.2  # cross-validated on PDNC and our stories: 99 % answered; 80 % at 0.5
_OUTSPOKEN = 4  # times that a name speaks or is called for each place where it looks like a body's
_GUESSED = (NameKind.UNKNOWN, NameKind.PERSON)


class RuleResolver:
    """Resolves speakers by rules and small fitted weights; no parser, no network.

    Args:
        threshold: Probability below which a speaker stays ``None``; in conversations, where many
            may speak and few are named, 0.2 where this is higher.
        decider: What chooses among candidates; by default the fitted ones that ship, one for
            conversations, one for news.
        coreference: Another source of coreference, whose chains are held against our own links;
            ``None`` leaves all as it is.
    """

    def __init__(
        self,
        threshold: float = DEFAULT_THRESHOLD,
        decider: Decider | None = None,
        coreference: Coreference | None = None,
    ) -> None:
        self.coreference = coreference
        self.threshold = threshold
        self.people: Sequence[Speaker] | None = None
        self.closed = False
        self.author = ""
        self.decider: Decider = load_decider() if decider is None else decider
        self.news_decider: Decider = load_news_decider() if decider is None else decider

    @property
    def name(self) -> str:
        """Name and version, recorded in ``Document.model``."""
        name = "speaker-rules-3"
        people = "+people" if self.people is not None else ""
        chains = f"+{self.coreference.name}" if self.coreference is not None else ""
        return f"{name}{chains}{people}"

    def __repr__(self) -> str:
        return f"RuleResolver({self.name!r})"

    def knowing(self, people: Sequence[Speaker], *, closed: bool = False) -> RuleResolver:
        """Return the same resolver for documents whose people are known beforehand.

        Args:
            people: Their names, other names, kinds and pronouns; those called "I" narrate.
            closed: Whether no other person is named in the documents.
        """
        other = copy(self)
        other.people, other.closed = tuple(people), closed
        return other

    def written_by(self, author: str) -> RuleResolver:
        """Return the same resolver for a text whose author is known beforehand.

        Args:
            author: Their name; in news and other factual prose it is they who say "I".
        """
        other = copy(self)
        other.author = author
        return other

    def using(self, coreference: Coreference | None) -> RuleResolver:
        """Return the same resolver with another source of coreference.

        Args:
            coreference: The source, ``None`` for none.
        """
        other = copy(self)
        other.coreference = coreference
        return other

    def resolve(
        self,
        text: str,
        sentences: Sequence[Sentence],
        attributions: Sequence[Attribution],
    ) -> Resolution:
        """Return the speakers of a text and who says each attribution.

        Args:
            text: The document's text.
            sentences: Its sentences, in order.
            attributions: What the detector found, in text order.
        """
        if not attributions:
            return Resolution((), ())
        return self.answer(self.link(text, sentences, attributions, Observer()))

    def answer(self, linker: Linker) -> Resolution:
        """Return the speakers of a text by its finished links, those below the threshold left out.

        Args:
            linker: The links.
        """
        limit = min(self.threshold, _IN_CONVERSATION) if linker.conversation else self.threshold
        return build_resolution(linker, limit)

    def link(
        self,
        text: str,
        sentences: Sequence[Sentence],
        attributions: Sequence[Attribution],
        observer: Observer,
    ) -> Linker:
        """Return the finished links of a text, before the threshold.

        Args:
            text: The document's text.
            sentences: Its sentences, in order.
            attributions: What the detector found, in text order.
            observer: What sees every ranking of candidates.
        """
        words = Words(text, sentences, quoted_spans(text, attributions))
        mentions = find_names(words, (span for a in attributions for span in a.source))
        kinds, conversation = _kinds(words, mentions, attributions)
        index = NameIndex.of(words, mentions, kinds)
        if conversation:
            attributions = with_parents(attributions)
        listed = Listed(self.people, closed=self.closed) if self.people is not None else None
        living = living_names(index, attributions) if conversation else []
        kinds.update(dict.fromkeys(living, NameKind.PERSON))
        kinds.update(dict.fromkeys(_longer_names(kinds, living), NameKind.PERSON))
        strangers: Sequence[tuple[int, int]] = ()
        if conversation:
            kinds.update(dict.fromkeys(epithets(words, mentions, kinds), NameKind.PERSON))
            kinds.update(dict.fromkeys(families(words, mentions, kinds), NameKind.NORP))
            strangers = meetings(index, attributions)
        if listed is not None:
            kinds.update(listed.kinds(words, mentions))
        chains = self._chains(text, sentences, index)
        chained = chains.names() if chains else ()
        entities, owners = group_names(words, mentions, kinds, strangers, listed, chained)
        if conversation:
            married(entities)
        units = build_units(index, owners, attributions, factual=not conversation)
        turns = group_turns(units, spoken=conversation)
        if conversation:
            part_turns(text, turns)
            hear_calls(index, owners, units)
        author = None if conversation else self._author(index, owners)
        narrator = find_narrator(index, owners, units, turns, author)
        if chains is not None:
            narrator = chains.settle(owners, narrator)
        descriptions = Descriptions(index, owners, factual=not conversation)
        if listed is not None:
            narrator = listed.narrator or narrator
            listed.describe(descriptions.know)
        sightings = descriptions.sightings(units)
        subject = looks_subject if conversation else told_subject
        narration = Narration.of(index, owners, sightings, narrator, subject)
        linker = Linker(
            index=index,
            owners=owners,
            units=units,
            turns=turns,
            narration=narration,
            descriptions=descriptions,
            decider=self.decider if conversation else self.news_decider,
            conversation=conversation,
            narrator=narrator,
            writer=author,
            observer=observer,
            chains=chains,
        )
        linker.run()
        if not conversation:
            weigh_links(linker)
        return linker

    def _author(self, index: NameIndex, owners: Sequence[Entity | None]) -> Entity | None:
        """Return who wrote a text, as it tells or as was told beforehand."""
        told = told_author(self.author, owners) if self.author else None
        return told or find_author(index, owners)

    def _chains(self, text: str, sentences: Sequence[Sentence], index: NameIndex) -> Chains | None:
        source = self.coreference
        if source is None:
            return None
        return Chains(index, source.chains(text, sentences), source.reliability)


def _kinds(
    words: Words, mentions: Sequence[NameMention], attributions: Sequence[Attribution]
) -> tuple[dict[Key, NameKind], bool]:
    """Return the kind of every name, and whether the document is conversation, as fiction is."""
    speaking = speaking_names(words, mentions, attributions)
    features = kind_features(words, mentions, speaking)
    kinds = decide_kinds(words, mentions, speaking, features=features)
    kinds.update(bracketed_kinds(words, mentions, kinds))
    index = NameIndex.of(words, mentions, kinds)
    if not is_conversation(index, build_units(index, (), attributions)):
        return kinds, False
    kinds = decide_kinds(words, mentions, speaking, features=features, story=True)
    kinds.update(bracketed_kinds(words, mentions, kinds))
    return kinds, True


def living_names(index: NameIndex, attributions: Sequence[Attribution]) -> list[Key]:
    """Return the names that speak or are spoken to in quotation marks, and so name persons.

    The kind of a name that nothing tells ("the Gryphon", "Holmes") is a guess that this corrects;
    known organisations and places keep theirs. One call by name proves nothing, two do, and more
    where some places of the name look like a body's.

    Args:
        index: The names of the document.
        attributions: What the detector found.
    """
    places = lexicon().places
    calls: Counter[Key] = Counter()
    bodies: Counter[Key] = Counter()
    for attribution in attributions:
        if attribution.kind is QuoteKind.INDIRECT:
            continue
        mention = read_source(index, attribution.source[0]) if attribution.source else None
        if mention is not None and mention.name is not None:
            name = index.mentions[mention.name]
            guess = name.kind in _GUESSED and lexicon().bodies.isdisjoint(
                (name.key[0], " ".join(name.key))
            )
            speaking = guess or index.kind(mention.name) is not NameKind.ORGANIZATION
            calls[name.key] += 2 * speaking
        calls.update(
            index.mentions[place].key for place in names_called(index, attribution.content)
        )
    for place, name in enumerate(index.mentions):
        if name.kind in (
            NameKind.ORGANIZATION,
            NameKind.PLACE,
            NameKind.NORP,
            NameKind.TITLE,
        ) or index.kind(place) in (NameKind.TITLE, NameKind.NORP):
            bodies[name.key] += 1
    return [
        key
        for key, count in calls.items()
        if count >= max(2, _OUTSPOKEN * bodies[key]) and " ".join(key) not in places
    ]


def _longer_names(kinds: Mapping[Key, NameKind], living: Sequence[Key]) -> list[Key]:
    """Return unclear longer names that begin with the single name of somebody who speaks."""
    singles = {key[0] for key in living if len(key) == 1}
    unclear = (NameKind.OTHER, NameKind.UNKNOWN)
    return [k for k, kind in kinds.items() if len(k) > 1 and k[0] in singles and kind in unclear]


def quoted_spans(text: str, attributions: Sequence[Attribution]) -> list[Span]:
    """Return what stands between quotation marks: paired marks and direct contents.

    Args:
        text: The document's text.
        attributions: What the detector found.
    """
    spans = [span for quotation in pair_marks(text) for span in quotation.spans]
    for attribution in attributions:
        if attribution.kind is QuoteKind.DIRECT:
            spans.extend(attribution.content)
    return spans
