"""Whose words attributions in news are, held against labels of articles that nobody looked at.

``python -m benchmarks.news_speakers [--data PATH] [--sources FILE]`` reads the articles of the
English Worldwide Newswire (Shan et al. 2023) that ``corpora/sources-test.jsonl`` labels by offsets
alone, and prints what share of the labelled attributions has the right speaker, a wrong one, or
none though the text tells, with 95 % intervals of a bootstrap over articles. The readers who made
the labels saw which words quotecraft takes for an attribution, not whose it says they are. What
they hold to be no attribution at all is counted apart.

An unnamed source is right when the speaker has no name; an attribution whose source isn't told is
right when it has no speaker. A description that the text lets a reader join with a name has to be
joined with it. "We" inside somebody's words may be theirs, or the body's or people's for whom they
speak: readers take it both ways.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from quotecraft.model import Span
from quotecraft.pipeline import load
from quotecraft.speakers.links import Observer
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.training.speaker_referents import Labelled
from quotecraft.training.speaker_sureness import Sourced, is_right, read_sources

__all__ = ["Judged", "judged", "main", "table"]

_ROOT = Path(__file__).parent.parent
_BINS = 10
_COVERAGE = 0.8
_SAMPLES = 1000
_SEED = 12345

Figure = Callable[[Sequence["Judged"]], float]


@frozen
class Judged:
    """One labelled attribution.

    Attributes:
        article: Where it stands.
        given: Whether it has a speaker.
        right: Whether that is the one that the label tells, or rightly none.
        confidence: Probability of the speaker.
    """

    article: str
    given: bool
    right: bool
    confidence: float


def judged(
    articles: Iterable[tuple[Labelled, Mapping[Span, Sourced]]], resolver: RuleResolver
) -> Iterator[Judged]:
    """Yield the labelled attributions of articles, with whether their speakers are right.

    Args:
        articles: Articles with their labels.
        resolver: What finds the speakers.
    """
    for article, sources in articles:
        if not article.attributions:
            continue
        told = (article.text, article.sentences, article.attributions)
        linker = resolver.link(*told, Observer())
        for unit, link in zip(linker.units, resolver.answer(linker).links, strict=True):
            gold = sources.get(Span(unit.start, unit.end))
            if gold is None:
                continue
            given = link.speaker is not None
            right = is_right(linker, unit, gold) if given else gold.what == "nobody"
            yield Judged(article.id, given, right, link.confidence)


def _right(links: Sequence[Judged]) -> float:
    return sum(link.right for link in links) / len(links)


def _wrong(links: Sequence[Judged]) -> float:
    return sum(link.given and not link.right for link in links) / len(links)


def _open(links: Sequence[Judged]) -> float:
    return sum(not link.given and not link.right for link in links) / len(links)


def _mean(links: Sequence[Judged]) -> float:
    """Return the mean over articles of the share right."""
    articles: dict[str, list[bool]] = {}
    for link in links:
        articles.setdefault(link.article, []).append(link.right)
    return sum(sum(flags) / len(flags) for flags in articles.values()) / len(articles)


def _surest(links: Sequence[Judged]) -> float:
    """Return the share right of the speakers given, as many as 80 % of all, the surest first."""
    given = sorted((k for k in links if k.given), key=lambda link: -link.confidence)
    return _right(given[: max(1, round(_COVERAGE * len(links)))]) if given else 0.0


def _calibration(links: Sequence[Judged]) -> float:
    """Return the expected calibration error over ten equal bins (Naeini et al. 2015)."""
    gaps = [0.0] * _BINS
    given = [link for link in links if link.given]
    for link in given:
        gaps[min(int(link.confidence * _BINS), _BINS - 1)] += link.confidence - link.right
    return sum(map(abs, gaps)) / max(1, len(given))


_FIGURES: Mapping[str, Figure] = {
    "right": _right,
    "wrong": _wrong,
    "left open": _open,
    "right, mean over articles": _mean,
    "right among the surest 80 %": _surest,
    "calibration error": _calibration,
}


def table(links: Sequence[Judged]) -> str:
    """Return the figures with their intervals, as a Markdown table.

    Args:
        links: Judged attributions.

    Raises:
        ValueError: If there are none.
    """
    if not links:
        raise ValueError("no attribution is labelled: does the file of labels fit the articles?")
    articles: dict[str, list[Judged]] = {}
    for link in links:
        articles.setdefault(link.article, []).append(link)
    names, draw = sorted(articles), random.Random(_SEED)
    samples = [
        [link for name in draw.choices(names, k=len(names)) for link in articles[name]]
        for _ in range(_SAMPLES)
    ]
    rows = [
        f"{len(links)} attributions in {len(articles)} articles",
        "",
        "| figure | percent | 95 % interval |",
        "|---|---:|---:|",
    ]
    for name, figure in _FIGURES.items():
        drawn = sorted(100 * figure(sample) for sample in samples)
        low, high = drawn[_SAMPLES // 40], drawn[-_SAMPLES // 40 - 1]
        rows.append(f"| {name} | {100 * figure(links):.1f} | {low:.1f}–{high:.1f} |")
    return "\n".join(rows)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("QUOTECRAFT_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--sources", type=Path, default=_ROOT / "corpora" / "sources-test.jsonl")
    given = parser.parse_args()
    articles = read_sources(given.sources, given.data, load(nested=True))
    print(table(list(judged(articles, RuleResolver()))))
    rows = map(json.loads, given.sources.read_text(encoding="utf-8").splitlines())
    print(f"\nby the labels no attribution at all: {sum(len(row.get('none', ())) for row in rows)}")


if __name__ == "__main__":
    main()
