"""The rule resolver: from source mentions to speakers, over one document."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Sentence, Span
from quotecraft.speakers.context import Narration
from quotecraft.speakers.decision import Decider, load_decider
from quotecraft.speakers.descriptions import Descriptions
from quotecraft.speakers.entities import group_names
from quotecraft.speakers.interfaces import Resolution
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.linking import Linker, Observer
from quotecraft.speakers.mentions import NameIndex, read_source
from quotecraft.speakers.name_kinds import Key, decide_kinds
from quotecraft.speakers.names import NameKind, find_names
from quotecraft.speakers.narrator import find_narrator
from quotecraft.speakers.output import build_resolution
from quotecraft.speakers.units import build_units, group_turns
from quotecraft.speakers.words import Words
from quotecraft.text.pairing import pair_marks

__all__ = ["DEFAULT_THRESHOLD", "RuleResolver"]

DEFAULT_THRESHOLD = 0.5


class RuleResolver:
    """Resolves speakers by rules and small fitted weights; no parser, no network.

    Args:
        threshold: Probability below which a speaker stays ``None``.
        decider: What chooses among candidates; the fitted one that ships by default.
    """

    def __init__(
        self, threshold: float = DEFAULT_THRESHOLD, decider: Decider | None = None
    ) -> None:
        self.threshold = threshold
        self.decider: Decider = load_decider() if decider is None else decider

    @property
    def name(self) -> str:
        """Name and version, recorded in ``Document.model``."""
        return "speaker-rules-1"

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
        linker = self.link(text, sentences, attributions, Observer())
        return build_resolution(linker, self.threshold)

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
        mentions = find_names(words)
        kinds = decide_kinds(words, mentions)
        index = NameIndex.of(words, mentions, kinds)
        kinds.update(dict.fromkeys(speaking_names(index, attributions), NameKind.PERSON))
        _, owners = group_names(words, mentions, kinds)
        units = build_units(index, owners, attributions)
        turns = group_turns(units)
        narrator = find_narrator(index, owners, units, turns)
        descriptions = Descriptions(index, owners)
        narration = Narration.of(index, owners, descriptions.sightings(units), narrator)
        linker = Linker(
            index, owners, units, turns, narration, descriptions, self.decider, narrator, observer
        )
        linker.run()
        return linker


def speaking_names(index: NameIndex, attributions: Sequence[Attribution]) -> list[Key]:
    """Return the names that speak in quotation marks and so name a person after all.

    The kind of a name that nothing tells ("the Gryphon") is a guess that this corrects; names of
    organisations and known places keep their kind.

    Args:
        index: The names of the document.
        attributions: What the detector found.
    """
    places = lexicon().places
    found: list[Key] = []
    for attribution in attributions:
        if attribution.kind is QuoteKind.INDIRECT or not attribution.source:
            continue
        mention = read_source(index, attribution.source[0])
        if mention is None or mention.name is None:
            continue
        key = index.mentions[mention.name].key
        unclear = index.kind(mention.name) in (NameKind.OTHER, NameKind.UNKNOWN, NameKind.PLACE)
        if unclear and " ".join(key) not in places and not index.mentions[mention.name].title:
            found.append(key)
    return found


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
