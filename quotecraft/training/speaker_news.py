"""Fits and measures who is meant in news and other factual prose, on GUM.

GUM tells which mentions are one entity. Every "he" and "she" of the narration, not only those that
are sources, shows the model for pronouns whom a text means; every definite description the model
for descriptions. How often each kind of link is right is measured on GUM's own attributions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from quotecraft.detect.interfaces import Attribution
from quotecraft.evaluate.kinds import kinds_of
from quotecraft.formats.gum import read_gum
from quotecraft.formats.gum_entities import EntityMention, read_entities
from quotecraft.model import Document, Sentence, Span
from quotecraft.parse.interfaces import Tokenizer
from quotecraft.speakers.decision import LinearDecider, scores_of
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.linear import LinearModel, softmax
from quotecraft.speakers.linking import Linker
from quotecraft.speakers.links import Observer
from quotecraft.speakers.mentions import SourceMention, read_source
from quotecraft.speakers.network import Network
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import QUOTED
from quotecraft.training.speaker_fit import Ranking, measure_levels
from quotecraft.training.speaker_own import Told, raised, smoothed

__all__ = ["Article", "Judge", "fit_around", "fit_news", "probe", "pronoun_probes", "read_articles"]

Floats = NDArray[np.float64]

_GENRES = ("news", "bio", "interview", "voyage", "textbook", "speech")
_NAMED = frozenset(("person", "organization", "place"))
_CITING = "textbook"  # the genre whose references are labelled as attributions
_FOLDS = 10
_PENALTY = 5.0  # half the inverse variance of the weights around those of novels
_KEPT = 1e4  # the same of weights on who spoke last, of which GUM's few sources tell little
_SPOKEN = {"news:last": 2.8, "news:last:clear": 3.8}  # set by hand, checked by reading
_LEAST = 3  # candidates that must have a feature that novels don't
_DIGITS = 3


@frozen
class Article:
    """A GUM document, ready to be resolved again and again.

    Attributes:
        id: Its id.
        text: Its text.
        sentences: Its sentences.
        attributions: Its attributions, as a detector would hand them over.
        mentions: Where it tells of whom.
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    mentions: tuple[EntityMention, ...]


def read_articles(folder: Path, tokenizer: Tokenizer) -> Iterator[Article]:
    """Read the factual prose of GUM.

    Args:
        folder: Folder with the ``.conllu`` files.
        tokenizer: Finds sentences.
    """
    for path in sorted(folder.glob("*.conllu")):
        entities = {text.id: text for text in read_entities(path)}
        for document in read_gum(path, kind_of=kinds_of):
            if document.id.split("_")[1] in _GENRES:
                told = entities[document.id]
                sentences = tuple(tokenizer.tokenize(told.text))
                found = tuple(_attributions(document))
                yield Article(document.id, told.text, sentences, found, told.mentions)


def _attributions(document: Document) -> Iterator[Attribution]:
    places = {quote.id: place for place, quote in enumerate(document.quotes)}
    for quote in document.quotes:
        parent = places[quote.parent] if quote.parent is not None else None
        yield Attribution(
            quote.content, quote.kind, cue=quote.cue, source=quote.source, parent=parent
        )


@define
class _Collector(Observer):
    evidence: list[Evidence] = field(factory=list)

    def ranked(self, situation: str, unit: Unit, evidence: Sequence[Evidence]) -> None:
        self.evidence = list(evidence)


@define
class Judge:
    """Says which of GUM's entities those of a finished linker are.

    Attributes:
        article: The document.
        linker: Its links.
    """

    article: Article
    linker: Linker
    _known: dict[int, str | None] = field(factory=dict)
    _described: dict[int, list[Span]] = field(factory=lambda: defaultdict(list))

    def __attrs_post_init__(self) -> None:
        words = self.linker.index.words
        for sighting in self.linker.narration.sightings:
            start = words.starts[sighting.word]
            self._described[id(sighting.entity)].append(Span(start, start + 1))
        for unit in self.linker.units:
            if unit.speaker is not None and unit.source is not None and not unit.speaker.names:
                start = unit.source.span.start
                self._described[id(unit.speaker)].append(Span(start, start + 1))

    def gold(self, span: Span) -> str | None:
        """Return the entity of the mention at a span, else of the longest that begins there."""
        same = [m for m in self.article.mentions if m.span.start == span.start]
        exact = [m for m in same if m.span.end == span.end]
        return (exact or same)[0].entity if same else None

    def entity(self, entity: Entity) -> str | None:
        """Return the entity that one of the linker's is, by the mentions of its names."""
        key = id(entity)
        if key not in self._known:
            votes: Counter[str] = Counter()
            index = self.linker.index
            for place in entity.mentions:
                found = self._holding(index.mentions[place].span)
                if found is not None:
                    votes[found] += 1
            if not entity.mentions:
                starts = (self.gold(span) for span in self._described[key])
                votes.update(found for found in starts if found is not None)
            self._known[key] = votes.most_common(1)[0][0] if votes else None
        return self._known[key]

    def _holding(self, span: Span) -> str | None:
        """Return the entity of the shortest mention that holds a name and ends as it does."""
        mentions = self.article.mentions
        held = [m for m in mentions if m.span.start <= span.start and span.end <= m.span.end + 2]
        named = [m for m in held if m.type in _NAMED]
        ending = [m for m in named if abs(m.span.end - span.end) <= 2] or named
        return min(ending, key=lambda m: m.span.end - m.span.start).entity if ending else None

    def right(self, unit: Unit, source: Span) -> bool | None:
        """Say whether who speaks a unit is whom its source means, ``None`` if GUM doesn't tell.

        Somebody described whom the text names elsewhere, too, is not right.

        Args:
            unit: The unit.
            source: Its source.
        """
        gold = self.gold(source)
        if gold is None or unit.speaker is None:
            return None
        if self.entity(unit.speaker) != gold:
            return False
        named = (owner for owner in self.linker.owners if owner is not None)
        return bool(unit.speaker.names) or all(self.entity(owner) != gold for owner in named)


def resolved(article: Article, decider: LinearDecider) -> tuple[Judge, _Collector]:
    """Return an article's finished links, as for news, with what judges them.

    Args:
        article: The document.
        decider: What ranks.
    """
    collector = _Collector()
    resolver = RuleResolver(decider=decider)
    linker = resolver.link(article.text, article.sentences, article.attributions, collector)
    return Judge(article, linker), collector


def pronoun_probes(article: Article, decider: LinearDecider) -> Iterator[Ranking]:
    """Yield the candidates of every "he" and "she" of the narration that has an antecedent.

    Args:
        article: The document.
        decider: What ranks, and so makes the links before each pronoun.
    """
    judge, collector = resolved(article, decider)
    linker = judge.linker
    if linker.conversation:
        return
    words = linker.index.words
    for place, word in enumerate(words.lower):
        if word not in ("he", "she") or words.has(place, QUOTED):
            continue
        gold = judge.gold(Span(words.starts[place], words.ends[place]))
        source = read_source(linker.index, Span(words.starts[place], words.ends[place]))
        if gold is None or source is None:
            continue
        unit = probe(linker, source, place)
        collector.evidence = []
        linker.rank_source(unit)
        if collector.evidence:
            right = [judge.entity(item.entity) == gold for item in collector.evidence]
            yield Ranking([item.features for item in collector.evidence], right)


def probe(linker: Linker, source: SourceMention, place: int) -> Unit:
    """Return a mention as if it were the source of the rest of its sentence.

    Args:
        linker: The document's links.
        source: The mention.
        place: Index of its first word.
    """
    words = linker.index.words
    last = place
    while last + 1 < len(words) and words.sentence[last + 1] == words.sentence[place]:
        last += 1
    paragraph = words.paragraph[place]
    return Unit(
        number=-1,
        start=words.starts[min(place + 1, last)],
        end=words.ends[last],
        anchor=source.span.start,
        paragraph=paragraph,
        last_paragraph=paragraph,
        direct=False,
        nested=False,
        source=source,
    )


def fit_news(
    articles: Sequence[Article],
    own: Callable[[LinearDecider], Iterable[Told]],
    start: LinearDecider,
    report: Callable[[str], None],
    refine: Callable[[LinearDecider], LinearDecider] = lambda decider: decider,
) -> LinearDecider:
    """Fit the model of pronouns and measure how often each kind of link is right.

    The weights start from those of novels and move as far as GUM's pronouns ask. Each document is
    judged by weights fitted on the others.

    Args:
        articles: GUM documents.
        own: Gives the judged links that our own articles get by a decider.
        start: The decider fitted on novels.
        report: Takes lines of figures.
        refine: Adds the models of descriptions to a decider.

    Returns:
        What is different in news: the models of pronouns and descriptions, their levels, the
        patterns.
    """
    base = start.models["pronoun"]
    probes = {article.id: list(pronoun_probes(article, start)) for article in articles}
    judged: list[tuple[Ranking, LinearModel]] = []
    for fold in range(_FOLDS):
        kept = [r for n, a in enumerate(articles) if n % _FOLDS != fold for r in probes[a.id]]
        model = fit_around(kept, base)
        unseen = (r for a in articles[fold::_FOLDS] for r in probes[a.id])
        judged += [(ranking, model) for ranking in unseen]
    for name, scorers in (("novels", [base] * len(judged)), ("GUM", [m for _, m in judged])):
        right = sum(_is_right(r, scorer) for (r, _), scorer in zip(judged, scorers, strict=True))
        report(f"pronouns of GUM, weights of {name}: {right / len(judged):.3f} of {len(judged)}")
    models = {"pronoun": fit_around([r for a in articles for r in probes[a.id]], base)}
    levels = {"pronoun": measure_levels(judged)}
    decider = evolve(start, models={**start.models, **models}, levels={**start.levels, **levels})
    decider = refine(decider)
    links = [*_told(articles, decider), *own(decider)]
    counts = Counter((pattern, right) for pattern, _, right in links)
    for pattern in sorted({name for name, _ in counts}):
        total = counts[pattern, True] + counts[pattern, False]
        report(f"pattern {pattern}: {counts[pattern, True]} of {total}")
    levels = {"pronoun": raised(levels["pronoun"], links, "pronoun")}
    for name in decider.models.keys() - start.models.keys():
        models[name], levels[name] = decider.models[name], list(decider.levels[name])
    return LinearDecider(models, {}, levels, smoothed(links))


def _is_right(ranking: Ranking, model: LinearModel) -> bool:
    scores = scores_of(model, ranking.candidates)
    return ranking.right[max(range(len(scores)), key=scores.__getitem__)]


def _told(articles: Iterable[Article], decider: LinearDecider) -> Iterator[Told]:
    """Yield the links of GUM's attributions that it can judge."""
    for article in articles:
        if f"_{_CITING}_" in article.id:
            continue
        judge, _ = resolved(article, decider)
        for unit in judge.linker.units:
            source = article.attributions[unit.number].source
            right = judge.right(unit, source[0]) if source else None
            if right is not None:
                yield unit.pattern, unit.confidence, right


def fit_around(rankings: Sequence[Ranking], base: LinearModel) -> LinearModel:
    """Fit a conditional logit whose prior mean is another model's weights.

    Args:
        rankings: What to learn from.
        base: The other model.
    """
    from scipy.optimize import minimize

    useful = [r for r in rankings if any(r.right) and not all(r.right)]
    counts = Counter(name for r in useful for features in r.candidates for name in features)
    names = tuple(sorted({n for n, c in counts.items() if c >= _LEAST} | set(base.weights)))
    middle = np.array([_SPOKEN.get(n, base.weights.get(n, (0.0,))[0]) for n in names])
    empty = Network(names, *(np.zeros(shape, np.float32) for shape in ((len(names), 1), 1, 1)))
    rows = [empty.matrix(r.candidates).astype(float) for r in useful]
    right = [np.array(r.right, dtype=float) for r in useful]

    penalty = np.array([_KEPT if name in _SPOKEN else _PENALTY for name in names])

    def loss(weights: Floats) -> tuple[float, Floats]:
        apart = weights - middle
        value, slope = float(penalty @ apart**2) / 2, penalty * apart
        for matrix, wanted in zip(rows, right, strict=True):
            shares = np.array(softmax(list(matrix @ weights)))
            told = max(float(shares @ wanted), 1e-12)
            value -= float(np.log(told))
            slope = slope + matrix.T @ (shares - shares * wanted / told)
        return value, slope

    found = minimize(loss, middle, jac=True, method="L-BFGS-B").x
    rounded = {name: (round(float(w), _DIGITS),) for name, w in zip(names, found, strict=True)}
    return LinearModel(base.outputs, rounded)
