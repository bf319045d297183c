"""Documents made ready to be counted: who spoke, where, how much; the texts themselves left behind.

Three choices are made here once, for every analysis:

- *Levels.* Thoughts are left out unless asked for: who is said to believe something was not heard.
- *Nesting.* Each word of an article counts once. By default a quotation inside a kept quotation is
  left out and its words are the outer speaker's, as the reporter quotes that one; with ``"inner"``
  all quotations count and each word is its innermost speaker's.
- *Unattributed.* A quotation whose speaker is not known is kept and shown as such, never dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection as Sized
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias

from attrs import define, evolve, field, frozen

from quotecraft.analysis._wordcount import owned_words
from quotecraft.analysis.dates import date_of
from quotecraft.analysis.voice import Members, PersonLike, Voice
from quotecraft.detect.cues import read_cue
from quotecraft.errors import InputError
from quotecraft.model import Document, Level, Quote, QuoteKind, SpeakerId, Stance, documents_of
from quotecraft.model.fields import amount, counted

__all__ = ["Article", "Collection", "Documents", "Nesting", "Utterance", "collect", "collected"]

Nesting = Literal["outer", "inner"]


@frozen
class Article:
    """What is kept of a document.

    Attributes:
        id: Its id.
        metadata: Its metadata.
        date: Its day, ``None`` when the metadata have none that can be read.
        words: Words of its text.
    """

    id: str
    metadata: Mapping[str, Any] = field(repr=False, hash=False)
    date: date | None
    words: int


@frozen
class Utterance:
    """One quotation as it is counted.

    Attributes:
        article: The article.
        quote: The quotation's id there.
        voice: Who spoke, ``None`` when not known.
        addressee: Whom it was said to.
        inside: Who spoke the quotation that this one stands in.
        kind: Direct, indirect or mixed.
        level: Speech or thought.
        stance: What the cue tells of the speaker's commitment.
        cue: Base form of the cue, ``None`` without a known one.
        words: Words that count for it.
        position: Where its content begins, from 0 (the article's start) to 1 (its end).
        text: Its content.
        confidence: How sure the model is of the speaker.
        mentioned: Others who are mentioned in its content.
    """

    article: Article
    quote: str
    voice: Voice | None
    addressee: Voice | None
    inside: Voice | None
    kind: QuoteKind
    level: Level
    stance: Stance
    cue: str | None
    words: int
    position: float
    text: str = field(repr=False)
    confidence: float
    mentioned: tuple[Voice, ...] = ()


@frozen
class Collection:
    """Articles and the quotations in them, ready to be counted.

    Attributes:
        articles: The articles, in an order that doesn't depend on that of the documents.
        utterances: The quotations that count, by article.
        nested: Those that stand inside a counted one and therefore don't count.
        voices: Everyone who speaks or is spoken to, by key.
        levels: Which levels were kept.
        nesting: Whose a word inside two quotations is.
        min_confidence: Probability below which quotations were left out.
        credit_members: Whether what a group says counts for each of its members instead.
    """

    articles: tuple[Article, ...] = field(repr=counted("article"))
    utterances: tuple[Utterance, ...] = field(repr=counted("quotation"))
    nested: tuple[Utterance, ...] = field(repr=counted("quotation"))
    voices: Mapping[str, Voice] = field(repr=counted("voice"), hash=False)
    levels: tuple[Level, ...]
    nesting: Nesting
    min_confidence: float
    credit_members: bool = False

    @property
    def undated(self) -> int:
        """Number of articles without a date."""
        return sum(article.date is None for article in self.articles)

    def notes(self) -> tuple[str, ...]:
        """Return what was left out, in words, for the notes of a table."""
        told = []
        if Level.THOUGHT not in self.levels:
            told.append("Speech only: thoughts are left out.")
        if self.nested:
            told.append(
                f"Left out: {amount(len(self.nested), 'quotation')} inside others; their words are "
                "the outer speaker's."
            )
        if self.min_confidence:
            told.append(f"Quotations below a confidence of {self.min_confidence:g} are left out.")
        if self.credit_members:
            told.append(
                "What several say together counts for each of them, its words more than once."
            )
        ids = Counter(article.id for article in self.articles)
        doubled = sum(number > 1 for number in ids.values())
        if doubled:
            told.append(f"{doubled:,} document ids occur more than once; each time counts.")
        return tuple(told)


Documents: TypeAlias = Iterable[Document] | Collection
"""What every analysis takes: documents, or what ``collect`` made of them."""


def collect(
    documents: Document | Iterable[Document],
    *,
    people: Mapping[tuple[str, str], PersonLike] | None = None,
    levels: Sized[Level | str] = (Level.SPEECH,),
    min_confidence: float = 0.0,
    nesting: Nesting = "outer",
    credit_members: bool = False,
) -> Collection:
    """Make documents ready to be counted; do it once and hand the result to many analyses.

    Args:
        documents: One document or many; they are read one by one and not kept.
        people: Who is who across documents: (document id, speaker id) to a person, such as
            ``quotecraft.store.link_people`` makes. Without it, speakers of several documents are
            one only if they are called exactly the same: persons by two words or more,
            organisations by a name; what is only described ("the minister") is never joined.
        levels: Which levels to keep; speech alone unless said otherwise.
        min_confidence: Leave out quotations that were found with less than this probability.
        nesting: ``"outer"`` or ``"inner"``: whose a quotation inside a quotation is.
        credit_members: Count what a group says ("Ruiz and Lee") for each of its members, as if each
            had said it; else it's the group's alone, and each word counts once.

    Raises:
        InputError: If ``nesting`` is neither, a speaker is missing in ``people``, or ``documents``
            is a path or text.
        InvalidModelError: If a level does not exist.
    """
    if nesting not in ("outer", "inner"):
        raise InputError(f"nesting is 'outer' or 'inner', not {nesting!r}")
    kept = tuple(level for level in Level if level in set(map(Level, levels)))
    reader = _Reader(Members(people), kept, min_confidence, nesting, credit_members)
    for document in documents_of(documents):
        reader.read(document)
    return reader.finish()


def collected(documents: Documents) -> Collection:
    """Return the collection as it is, or make one of documents with the usual choices."""
    return documents if isinstance(documents, Collection) else collect(documents)


@define
class _Draft:
    """A quotation whose people are known by key only, as names settle at the end."""

    utterance: Utterance
    voice: str | None
    addressee: str | None
    inside: str | None
    mentioned: tuple[str, ...]
    counts: bool


@define
class _Reader:
    members: Members
    levels: tuple[Level, ...]
    min_confidence: float
    nesting: Nesting
    credit_members: bool
    articles: list[tuple[Article, list[_Draft]]] = field(factory=list)

    def read(self, document: Document) -> None:
        keys = {s.id: self.members.add(document.id, s) for s in document.speakers}
        quotes = [quote for quote in document.quotes if self._keeps(quote)]
        parents = _kept_parents(document, quotes)
        depths = [_depth(quote, parents) for quote in quotes]
        counted = [n for n, depth in enumerate(depths) if self.nesting == "inner" or not depth]
        words, size = owned_words(
            document.text,
            [quotes[n] for n in counted],
            [depths[n] for n in counted],
            innermost=self.nesting == "inner",
        )
        owned = dict(zip(counted, words.tolist(), strict=True))
        article = Article(document.id, document.metadata, date_of(document.metadata), size)
        mentions = _Mentions.of(document, keys)
        groups = self._groups(document)
        drafts: list[_Draft] = []
        for number, quote in enumerate(quotes):
            utterance = _utterance(article, document, quote, owned.get(number, 0))
            parent = parents[quote.id]
            drafts += [
                _Draft(
                    utterance,
                    _key(keys, speaker),
                    _key(keys, quote.addressee),
                    _key(keys, parent.speaker) if parent else None,
                    mentions.inside(quote, _key(keys, speaker)),
                    number in owned,
                )
                for speaker in groups.get(quote.speaker, (quote.speaker,))
            ]
        self.articles.append((article, drafts))

    def _groups(self, document: Document) -> Mapping[SpeakerId | None, tuple[SpeakerId, ...]]:
        """Return for each group for whose members its quotations count who they are."""
        if not self.credit_members:
            return {}
        return {one.id: one.members for one in document.speakers if one.members}

    def _keeps(self, quote: Quote) -> bool:
        return quote.level in self.levels and quote.confidence.content >= self.min_confidence

    def finish(self) -> Collection:
        voices = self.members.voices()
        self.articles.sort(key=_order)
        counted: list[Utterance] = []
        nested: list[Utterance] = []
        for _, drafts in self.articles:
            for draft in drafts:
                finished = evolve(
                    draft.utterance,
                    voice=voices[draft.voice] if draft.voice is not None else None,
                    addressee=voices[draft.addressee] if draft.addressee is not None else None,
                    inside=voices[draft.inside] if draft.inside is not None else None,
                    mentioned=tuple(voices[key] for key in draft.mentioned),
                )
                (counted if draft.counts else nested).append(finished)
        return Collection(
            tuple(article for article, _ in self.articles),
            tuple(counted),
            tuple(nested),
            voices,
            self.levels,
            self.nesting,
            self.min_confidence,
            self.credit_members,
        )


def _order(item: tuple[Article, list[_Draft]]) -> tuple[object, ...]:
    """Order articles by what is in them, so that resampling gives the same in any order."""
    article, drafts = item
    facts = [(d.voice or "", d.utterance.quote, d.utterance.words) for d in drafts]
    return (article.id, article.words, str(article.date), facts)


def _key(keys: Mapping[SpeakerId, str], speaker: SpeakerId | None) -> str | None:
    return None if speaker is None else keys[speaker]


def _kept_parents(document: Document, quotes: Sequence[Quote]) -> dict[str, Quote | None]:
    """Return, for each kept quotation, the nearest kept one that it stands inside."""
    everything = {quote.id: quote for quote in document.quotes}
    kept = {quote.id for quote in quotes}
    parents: dict[str, Quote | None] = {}
    for quote in quotes:
        parent = quote.parent
        while parent is not None and parent not in kept:
            parent = everything[parent].parent
        parents[quote.id] = None if parent is None else everything[parent]
    return parents


def _depth(quote: Quote, parents: Mapping[str, Quote | None]) -> int:
    depth, parent = 0, parents[quote.id]
    while parent is not None:
        depth, parent = depth + 1, parents[parent.id]
    return depth


def _utterance(article: Article, document: Document, quote: Quote, words: int) -> Utterance:
    cue, stance = quote.cue_lemma, quote.stance
    if cue is None and quote.cue:  # labelled by hand or by another tool: the cue's words tell
        reading = read_cue(document.text_of(quote.cue))
        if reading is not None:
            cue = reading.lemma
            stance = reading.stance if stance is Stance.NEUTRAL else stance
    return Utterance(
        article=article,
        quote=quote.id,
        voice=None,
        addressee=None,
        inside=None,
        kind=quote.kind,
        level=quote.level,
        stance=stance,
        cue=cue,
        words=words,
        position=quote.content[0].start / len(document.text),
        text=document.text_of(quote.content),
        confidence=quote.confidence.speaker,
    )


@frozen(eq=False)
class _Mentions:
    """Places where a document mentions its speakers, in order."""

    starts: list[int]
    ends: list[int]
    keys: list[str]

    @classmethod
    def of(cls, document: Document, keys: Mapping[SpeakerId, str]) -> _Mentions:
        places = sorted(
            (mention.span.start, mention.span.end, keys[speaker.id])
            for speaker in document.speakers
            for mention in speaker.mentions
        )
        return cls([p[0] for p in places], [p[1] for p in places], [p[2] for p in places])

    def inside(self, quote: Quote, own: str | None) -> tuple[str, ...]:
        """Return who is mentioned in a quotation's content, but for its own speaker."""
        found = {
            self.keys[place]
            for span in quote.content
            for place in range(
                bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
            )
            if self.ends[place] <= span.end
        }
        return tuple(sorted(found - {own}))
