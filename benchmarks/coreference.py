"""What coreference is worth to speakers: gold chains, whole and with mistakes put in.

``python -m benchmarks.coreference [--data PATH] [--mistakes SHARE …]`` gives the resolver gold
coreference through the interface that Stanza's network has: none, the gold's, and the gold's with a
share of all pronouns and descriptions moved to the chain of another mention near by, as a network's
mistakes might. It prints

- on LitBank, B³ of quotations clustered by speaker, from raw text and on the gold quotations
  (``quotecraft eval --coreference gold`` gives the first two with intervals and a signature);
- on GUM's factual prose, of the sources of gold attributions that GUM tells an entity of, how many
  are linked to that entity, how many to another and how many are left open. The weights for news
  were fitted on these pronouns, so that the first line flatters.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from attrs import evolve, frozen

from benchmarks.evaluations import data_folder
from quotecraft.detect.interfaces import Attribution
from quotecraft.evaluate import read_gold, score
from quotecraft.evaluate.coreference import GoldCoreference
from quotecraft.evaluate.given import GoldContents
from quotecraft.evaluate.speakers import BCubed
from quotecraft.model import (
    Document,
    Mention,
    MentionKind,
    Sentence,
    Span,
    Speaker,
    SpeakerId,
)
from quotecraft.parse.interfaces import Coreference
from quotecraft.pipeline import Pipeline, load
from quotecraft.speakers.links import Observer
from quotecraft.speakers.pronouns import pronoun
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.text import pair_marks
from quotecraft.training.speaker_news import Article, Judge, read_articles

__all__ = ["Ready", "main", "with_mistakes"]

Chained: TypeAlias = Callable[[Document], Coreference | None]
Settings: TypeAlias = dict[str, Chained]

_NEAR = 10  # mentions to either side whose chains a mistake may go to
_SEED = 1
_SURE = 0.99


@frozen
class Ready:
    """A gold document with what was found in it, ready to be resolved again and again.

    Attributes:
        gold: The document, with everything that it mentions.
        sentences: Its sentences.
        found: Its attributions.
    """

    gold: Document
    sentences: Sequence[Sentence]
    found: Sequence[Attribution]


def with_mistakes(document: Document, share: float, seed: int = _SEED) -> Document:
    """Return a document with a share of its pronouns and descriptions moved to another chain.

    Args:
        document: The document, with the mentions of its speakers.
        share: The share, in [0, 1].
        seed: Seed of the choice.
    """
    chance = random.Random(f"{seed}:{document.id}")
    mentions = sorted((m.span, s.id, m) for s in document.speakers for m in s.mentions)
    owners = [owner for _, owner, _ in mentions]
    moved: dict[SpeakerId, list] = {speaker.id: [] for speaker in document.speakers}
    for place, (_, owner, mention) in enumerate(mentions):
        near = [o for o in owners[max(0, place - _NEAR) : place + _NEAR + 1] if o != owner]
        wrong = mention.kind is not MentionKind.NAME and chance.random() < share
        moved[chance.choice(near) if wrong and near else owner].append(mention)
    return evolve(
        document,
        speakers=tuple(evolve(s, mentions=tuple(moved[s.id])) for s in document.speakers),
    )


def _ready(pipe: Pipeline, documents: Iterable[Document], *, given: bool) -> list[Ready]:
    ready = []
    for gold in documents:
        sentences = pipe.tokenizer.tokenize(gold.text)
        detector = GoldContents(pipe.detector, gold) if given else pipe.detector
        found = detector.detect(gold.text, sentences, pair_marks(gold.text))
        ready.append(Ready(gold, sentences, found))
    return ready


@frozen
class _Found:
    """A detector that finds what was found before."""

    found: Sequence[Attribution]
    name: str = "found-before"

    def detect(self, *_: object) -> list[Attribution]:
        return list(self.found)


def _b_cubed(pipe: Pipeline, ready: Iterable[Ready], coreference: Chained) -> float:
    """Return B³ F1 with chains made of each gold document."""
    resolver = RuleResolver()
    documents = list(ready)
    predicted = []
    for one in documents:
        asked = resolver.using(coreference(one.gold))
        told = evolve(pipe, detector=_Found(one.found), resolver=asked)
        predicted.append(told.annotate(one.gold.text, one.sentences, id=one.gold.id))
    report = score([one.gold for one in documents], predicted, metrics=[BCubed()])
    return float(report.scores[0].values["f1"])


def _entities(article: Article) -> Document:
    """Return a GUM article with the entities that it tells of as speakers."""
    places: dict[str, dict[Span, Mention]] = {}
    for mention in article.mentions:
        only = mention.span.of(article.text)
        kind = MentionKind.PRONOUN if pronoun(only) else MentionKind.DESCRIPTION
        places.setdefault(mention.entity, {})[mention.span] = Mention(mention.span, kind)
    speakers = tuple(
        Speaker(SpeakerId(entity), entity, mentions=tuple(told[span] for span in sorted(told)))
        for entity, told in places.items()
    )
    return Document(article.id, article.text, speakers=speakers)


def _links(articles: Iterable[Article], coreference: Chained) -> Counter[str]:
    """Count GUM's sources by whether they are linked rightly."""
    counts: Counter[str] = Counter()
    for article in articles:
        resolver = RuleResolver().using(coreference(_entities(article)))
        found = article.attributions
        linker = resolver.link(article.text, article.sentences, found, Observer())
        judge = Judge(article, linker)
        for unit, attribution in zip(linker.units, found, strict=True):
            source = attribution.source[0] if attribution.source else None
            if source is None or judge.gold(source) is None:
                continue
            right = judge.right(unit, source)
            is_open = right is None or unit.confidence < resolver.threshold
            counts["open" if is_open else "right" if right else "wrong"] += 1
    return counts


def _with_mistakes(share: float) -> Callable[[Document], Coreference]:
    return lambda gold: GoldCoreference(with_mistakes(gold, share), min(_SURE, 1 - share))


def _litbank(pipe: Pipeline, folder: Path, settings: Settings) -> None:
    gold = list(read_gold(folder, "litbank", entities=True))
    sides = [_ready(pipe, gold, given=given) for given in (False, True)]
    print(f"LitBank, {len(gold)} texts, B³ F1 in percent")
    print(f"{'':14}  from raw text  on gold quotations")
    for name, coreference in settings.items():
        figures = [100 * _b_cubed(pipe, ready, coreference) for ready in sides]
        print(f"{name:14}  {figures[0]:13.1f}  {figures[1]:18.1f}", flush=True)


def _gum(pipe: Pipeline, folder: Path, settings: Settings) -> None:
    articles = list(read_articles(folder, pipe.tokenizer))
    print(f"GUM, {len(articles)} texts, sources of gold attributions")
    print(f"{'':14}  right  wrong  open")
    for name, coreference in settings.items():
        counts = _links(articles, coreference)
        right, wrong, left = (counts[key] for key in ("right", "wrong", "open"))
        print(f"{name:14}  {right:5}  {wrong:5}  {left:4}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how well speakers are found without chains, with gold chains and with mistakes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, help="folder with litbank and ud-gum")
    parser.add_argument("--corpus", choices=["litbank", "ud-gum"], help="only this one")
    parser.add_argument("--mistakes", type=float, nargs="*", default=[0.1, 0.2, 0.3, 0.5])
    options = parser.parse_args(arguments)
    folder = options.data or data_folder()
    settings: Settings = {"no chains": lambda _: None, "gold chains": GoldCoreference}
    settings |= {f"{share:.0%} mistakes": _with_mistakes(share) for share in options.mistakes}
    pipe = load()
    for name, measure in (("litbank", _litbank), ("ud-gum", _gum)):
        if options.corpus in (None, name):
            measure(pipe, folder / name, settings)


if __name__ == "__main__":
    main()
