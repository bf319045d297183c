"""The one place that wires the stages: text to sentences to attributions to speakers.

>>> pipe = load()
>>> document = pipe("The plan is dead, the mayor said.")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from quotecraft.detect.interfaces import Attribution, Detector
from quotecraft.errors import InputError
from quotecraft.model import (
    Confidence,
    Document,
    Quote,
    QuoteId,
    Sentence,
    Speaker,
    SpeakerId,
)
from quotecraft.parse.interfaces import Coreference, Tokenizer
from quotecraft.speakers.interfaces import Resolution, ResolvedLink, SpeakerResolver
from quotecraft.text import FailedInput, InputText, pair_marks

if TYPE_CHECKING:
    from quotecraft.parallel import Outcome
    from quotecraft.weights import ModelInfo

__all__ = ["Pipeline", "load"]

OnError = Callable[[InputText, Exception], None]


@frozen
class Pipeline:
    """Reads texts and returns documents; holds no state of its own, so threads may share it.

    Attributes:
        tokenizer: Finds sentences and tokens.
        detector: Finds contents, cues and sources.
        resolver: Finds the speakers that sources stand for.
        name: Name and version of the model, recorded in ``Document.model``.
        min_confidence: Quotations whose content confidence lies below this are left out.
        maker: Makes the same pipeline in another process; ``load`` sets it, and pipelines of your
            own need one (a function of a module) to be used by several workers.
    """

    tokenizer: Tokenizer
    detector: Detector
    resolver: SpeakerResolver
    name: str = "custom"
    min_confidence: float = field(default=0.0)
    maker: Callable[[], Pipeline] | None = field(default=None, eq=False, repr=False)

    def __call__(
        self, text: str, *, id: str = "text", metadata: Mapping[str, Any] | None = None
    ) -> Document:
        """Read one text.

        Args:
            text: The text; all spans of the result are offsets into it, in code points.
            id: Name of the document.
            metadata: Title, date, outlet …, kept in ``Document.metadata``; in news the one named
                as ``author`` says "I".

        Returns:
            The document with its quotations and speakers. An empty text gives an empty document.

        Raises:
            InputError: If it is no string.
        """
        if not isinstance(text, str):
            raise InputError(
                f"a text is a str, not {type(text).__name__}; to read files use "
                "quotecraft.text.read_inputs"
            )
        return self.annotate(text, self.tokenizer.tokenize(text), id=id, metadata=metadata)

    def annotate(
        self,
        text: str,
        sentences: Sequence[Sentence],
        *,
        id: str = "text",
        metadata: Mapping[str, Any] | None = None,
    ) -> Document:
        """Read one text that has been split into sentences already.

        Args:
            text: The text.
            sentences: Its sentences and tokens, with offsets into ``text``.
            id: Name of the document.
            metadata: Kept in ``Document.metadata``; see ``__call__``.
        """
        found = self.detector.detect(text, sentences, pair_marks(text))
        found = _confident(found, self.min_confidence)
        resolver = _written_by(self.resolver, (metadata or {}).get("author"))
        resolution = resolver.resolve(text, sentences, found)
        return Document(
            id=id,
            text=text,
            metadata=metadata or {},
            sentences=tuple(sentences),
            quotes=_quotes(found, resolution.links),
            speakers=_speaking(resolution),
            model=self.name,
        )

    def with_people(
        self, people: Mapping[str, Iterable[str]] | Iterable[Speaker | str]
    ) -> Pipeline:
        """Return the same pipeline for texts whose people are known beforehand.

        >>> pipe = load().with_people({"Elizabeth Bennet": ["Lizzy", "Miss Eliza"], "Jane": []})

        Speakers then have the names of the list, and names that are on it are nobody else's. Other
        people are found as ever. Somebody listed as "I" is the narrator.

        Args:
            people: Names with the other names that each goes by ("Lizzy", "the inspector"), names
                alone, or speakers, of which name, aliases, kind and pronouns count.

        Raises:
            InputError: If a name is empty or listed twice, or the resolver takes no list.
        """
        from quotecraft.speakers.listed import read_people
        from quotecraft.speakers.resolver import RuleResolver

        if not isinstance(self.resolver, RuleResolver):
            raise InputError("only pipelines with quotecraft's own resolver take a list of people")
        known = read_people(people)
        maker = None if self.maker is None else partial(_with_people, self.maker, known)
        resolver = self.resolver.knowing(known)
        return evolve(self, resolver=resolver, name=f"{self.name}+people", maker=maker)

    def stream(
        self,
        texts: Iterable[str | InputText | FailedInput],
        *,
        on_error: OnError | None = None,
        workers: int = 1,
    ) -> Iterator[Document]:
        """Read many texts, in bounded memory, in order.

        Args:
            texts: Strings, which get the ids ``text-1``, ``text-2`` …, or what
                ``quotecraft.text.read_inputs`` gives; taken one by one as they are needed.
            on_error: Called with an input that failed and its error, after which the stream goes
                on; without it the error is raised. Of an input that could not be read the text is
                empty.
            workers: Number of processes, each with a model and one thread; 1 is this process.
                Scripts that use more need ``if __name__ == "__main__":`` around what they do, as
                for all of ``multiprocessing``.

        Yields:
            One document for each text, in the same order.

        Raises:
            InputError: If it is given one text, ``workers`` is less than 1, or more for a pipeline
                without a ``maker``; without ``on_error``, if something is no string.
            WorkerError: If workers can't start; with ``on_error`` absent, if one dies twice over
                the same text.
        """
        if isinstance(texts, str | bytes):
            raise InputError("stream takes many texts, not one; give a list of texts")
        for outcome in self._outcomes(_given(texts, on_error), workers):
            if outcome.error is None:
                yield outcome.result
            elif on_error is None:
                raise outcome.error
            else:
                on_error(outcome.item, outcome.error)

    def _outcomes(
        self, texts: Iterable[InputText], workers: int
    ) -> Iterator[Outcome[InputText, Document]]:
        from quotecraft.parallel import ordered_map

        if workers == 1:
            return map(self._outcome, texts)
        if self.maker is None:
            raise InputError(
                "a pipeline of your own can't be copied to worker processes: use workers=1, or "
                "give it a maker, a function of a module that makes it"
            )
        make = partial(_made_elsewhere, self.maker, self.name, self.min_confidence)
        return ordered_map(make, texts, workers, size=_length)

    def _outcome(self, item: InputText) -> Outcome[InputText, Document]:
        from quotecraft.parallel import Outcome

        try:
            return Outcome(item, self.read(item))
        except Exception as error:
            return Outcome(item, error=error)

    def read(self, item: InputText) -> Document:
        """Read one text that comes with its id and metadata."""
        return self(item.text, id=item.id, metadata=item.metadata)


def _given(
    texts: Iterable[str | InputText | FailedInput], on_error: OnError | None
) -> Iterator[InputText]:
    """Yield texts with their ids; those that could not be read are told, or raise their error."""
    for number, item in enumerate(texts, 1):
        if isinstance(item, InputText):
            yield item
        elif not isinstance(item, FailedInput):
            yield InputText(id=f"text-{number}", text=item)
        elif on_error is None:
            raise item.error
        else:
            on_error(InputText(id=item.id, text=""), item.error)


def _with_people(maker: Callable[[], Pipeline], people: Sequence[Speaker]) -> Pipeline:
    return maker().with_people(people)


def _length(item: InputText) -> int:
    """Return the size of a text, as far as it is one: what isn't fails where it is read."""
    return len(item.text) if isinstance(item.text, str) else 1


def _made_elsewhere(
    maker: Callable[[], Pipeline], name: str, min_confidence: float
) -> Callable[[InputText], Document]:
    """Make a pipeline in a worker process and return what reads a text there.

    Raises:
        InputError: If it is not the one that was asked for.
    """
    made = maker()
    if made.name != name:
        raise InputError(
            f"the pipeline {name!r} can't be made again in worker processes, since its maker makes "
            f"{made.name!r}: give a maker that makes it"
        )
    return evolve(made, min_confidence=min_confidence).read


def load(
    name: str = "en",
    *,
    stanza: str | None = None,
    min_confidence: float = 0.0,
    nested: bool = False,
    coreference: str | None = None,
) -> Pipeline:
    """Load a pipeline; needs no network.

    Args:
        name: A model that ``quotecraft models list`` names; ``"en"`` ships inside the package.
        stanza: ``None`` uses the tokenizer that ships with quotecraft; ``"default"`` (or another
            package name) the English Stanza package that you downloaded with ``stanza.download``.
        min_confidence: Leave out quotations whose content confidence lies below this, in [0, 1].
        nested: Look for quotations inside the contents of others, too; they name the outer one as
            their ``parent``. Counting words, mind that the content of a parent holds theirs.
        coreference: ``None`` finds who pronouns and descriptions mean by quotecraft's own rules and
            weights; ``"stanza"`` (or ``"stanza:PACKAGE"``) asks Stanza's neural coreference, too:
            where both agree a link is surer, where they don't the surer one decides. It needs
            ``pip install 'quotecraft[coref]'``, the package downloaded by you, and minutes for what
            takes seconds without it, unless there is a graphics card.

    Raises:
        WeightsError: If the model does not exist, or a file of it is missing or damaged; or the
            coreference package has not been downloaded.
        MissingExtraError: If the libraries for coreference are not installed.
        InputError: If ``min_confidence`` is not a probability, or ``coreference`` is unknown.
    """
    from quotecraft.parse.stanza_backend import load_tokenizer
    from quotecraft.speakers.resolver import RuleResolver
    from quotecraft.weights import model_info

    if not 0.0 <= min_confidence <= 1.0:
        raise InputError(f"min_confidence is {min_confidence}; give a probability from 0 to 1")
    info = model_info(name)
    tokenizer = load_tokenizer(stanza=stanza)
    detector = _load_detector(info, nested)
    resolver = RuleResolver(coreference=_load_coreference(coreference))
    parts = (f"{info.name}-{info.version}", tokenizer.name, detector.name, resolver.name)
    again = partial(
        load,
        name,
        stanza=stanza,
        min_confidence=min_confidence,
        nested=nested,
        coreference=coreference,
    )
    return Pipeline(tokenizer, detector, resolver, "+".join(parts), min_confidence, again)


def _load_coreference(source: str | None) -> Coreference | None:
    """Return a source of coreference, as ``load`` takes its name."""
    if source is None:
        return None
    kind, colon, package = source.partition(":")
    if kind != "stanza" or bool(colon) != bool(package):
        raise InputError(f"no coreference {source!r}; give 'stanza', or 'stanza:PACKAGE'")
    from quotecraft.parse.stanza_coreference import load_coreference

    return load_coreference(package) if package else load_coreference()


def _load_detector(info: ModelInfo, nested: bool) -> Detector:
    """Return the model's trained tagger beside the rules; the rules alone if it has none."""
    from quotecraft.detect.combined import CombinedDetector
    from quotecraft.detect.rules import RuleDetector
    from quotecraft.detect.tagger import load_tagger

    rules = RuleDetector()
    if not any(component.name == "tagger" for component in info.components):
        return rules
    return CombinedDetector(load_tagger(info.name), rules, nested=nested)


def _written_by(resolver: SpeakerResolver, author: object) -> SpeakerResolver:
    """Return a resolver that knows who wrote a text, if it can."""
    from quotecraft.speakers.resolver import RuleResolver

    if isinstance(author, str) and isinstance(resolver, RuleResolver):
        return resolver.written_by(author)
    return resolver


def _confident(found: Sequence[Attribution], threshold: float) -> list[Attribution]:
    kept = [i for i, a in enumerate(found) if a.content_confidence >= threshold]
    if len(kept) == len(found):
        return list(found)
    place = {old: new for new, old in enumerate(kept)}
    return [evolve(found[i], parent=_surviving_parent(found, i, place)) for i in kept]


def _surviving_parent(
    found: Sequence[Attribution], index: int, place: Mapping[int, int]
) -> int | None:
    parent = found[index].parent
    while parent is not None and parent not in place:
        parent = found[parent].parent
    return None if parent is None else place[parent]


def _quotes(
    attributions: Sequence[Attribution], links: Sequence[ResolvedLink]
) -> tuple[Quote, ...]:
    return tuple(
        _quote(number, attribution, link)
        for number, (attribution, link) in enumerate(zip(attributions, links, strict=True), 1)
    )


def _quote(number: int, attribution: Attribution, link: ResolvedLink) -> Quote:
    parent = attribution.parent
    return Quote(
        id=QuoteId(f"q{number}"),
        kind=attribution.kind,
        content=attribution.content,
        cue=attribution.cue,
        cue_lemma=attribution.cue_lemma,
        stance=attribution.stance,
        source=attribution.source,
        speaker=link.speaker,
        addressee=link.addressee,
        parent=None if parent is None else QuoteId(f"q{parent + 1}"),
        level=attribution.level,
        confidence=Confidence(
            content=attribution.content_confidence,
            source=attribution.source_confidence,
            speaker=link.confidence,
        ),
        evidence=(*attribution.evidence, *link.evidence),
    )


def _speaking(resolution: Resolution) -> tuple[Speaker, ...]:
    """Keep the speakers that some link names, and the members of groups among them."""
    used: set[SpeakerId] = set()
    for link in resolution.links:
        used.update(s for s in (link.speaker, link.addressee) if s is not None)
    used.update(member for s in resolution.speakers if s.id in used for member in s.members)
    return tuple(s for s in resolution.speakers if s.id in used)
