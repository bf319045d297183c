"""Makes every fitted figure of ``quotecraft.speakers`` from named data, in one go."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from attrs import asdict, evolve

from quotecraft.detect.combined import CombinedDetector
from quotecraft.detect.rules import RuleDetector
from quotecraft.detect.tagger import load_tagger
from quotecraft.evaluate.gold import read_gold
from quotecraft.formats.pdnc import read_pdnc
from quotecraft.model import Span
from quotecraft.parse.stanza_backend import load_tokenizer
from quotecraft.pipeline import load
from quotecraft.speakers.decision import LinearDecider, load_decider
from quotecraft.speakers.linear import LinearModel
from quotecraft.speakers.sureness import SURE
from quotecraft.training.speaker_figures import Figures
from quotecraft.training.speaker_genre import fit_genre
from quotecraft.training.speaker_links import Novel, cross_validate, read_novels
from quotecraft.training.speaker_names import (
    fit_names,
    read_named,
    read_people,
    score_names,
)
from quotecraft.training.speaker_network import plain_network
from quotecraft.training.speaker_news import fit_news, read_articles
from quotecraft.training.speaker_own import Told, own_links
from quotecraft.training.speaker_referents import (
    Labelled,
    fit_referents,
    gum_posed,
    own_posed,
    read_references,
)
from quotecraft.training.speaker_sureness import (
    Sourced,
    fit_sureness,
    read_sources,
    weighed_links,
)

__all__ = ["make_names", "make_news", "make_speakers"]

_COVERAGE = 0.8  # of the quotations, of which accuracy is told
_LIGHT = 0.1  # weight of a name's feature below which it is not kept
_NEWS = 500  # PolNeAR articles that the genre is learned from

Report = Callable[[str], None]


def make_names(data: Path, out: Path, report: Report, stories: Path | None = None) -> None:
    """Fit the models of names' kinds, in news and in fiction, and write ``name_kinds.json``.

    Args:
        data: Folder with ``worldwide``, ``litbank`` and ``pdnc``; of its novels only the training
            ones are read.
        out: Folder to write to.
        report: Takes lines of progress and figures.
        stories: Stories of ours with speakers, in JSON Lines, whose names are learned, too.
    """
    tokenizer = load_tokenizer()
    detector = CombinedDetector(load_tagger(), RuleDetector(), nested=True)
    documents = list(read_named(data, 0, tokenizer, detector))
    told = list(read_gold(stories, "jsonl")) if stories is not None else []
    people = list(read_people([*read_pdnc(data / "pdnc"), *told], tokenizer, detector))
    labelled = [document for document in documents if document.fiction]  # counts twice in stories
    models = {
        "kind": fit_names(documents),
        "story": fit_names([*documents, *labelled, *people], story=True),
    }
    others = list(read_named(data, 1, tokenizer, detector))
    for name, fiction in (("kind", False), ("story", True)):
        figures = score_names([d for d in others if d.fiction is fiction], models[name])
        told_figures = ", ".join(f"{kind} {figure:.3f}" for kind, figure in figures.items())
        report(f"names, {'fiction' if fiction else 'news'}, other half: {told_figures}")
    plain = {name: _plain(_heavy(model)) for name, model in models.items()}
    _write_small(out / "name_kinds.json", {"models": plain})


def make_speakers(data: Path, out: Path, report: Report, stories: Path | None = None) -> None:
    """Fit ranking, calibration and genre; write ``speakers.json`` and ``speaker_networks.json``.

    Args:
        data: Folder with ``pdnc`` and ``polnear``; of the novels only the training ones are read.
        out: Folder to write to.
        report: Takes lines of progress and figures.
        stories: Stories of ours with speakers and types of quotations, in JSON Lines, to learn
            from like novels; all by one writer are kept together.
    """
    tokenizer = load_tokenizer()
    documents = list(read_pdnc(data / "pdnc"))
    authors = dict(_authors(data / "pdnc"))
    told = list(read_gold(stories, "jsonl")) if stories is not None else []
    authors.update({story.id: f"writer {story.metadata.get('writer', story.id)}" for story in told})
    detector = CombinedDetector(load_tagger(), RuleDetector())
    novels = list(read_novels([*documents, *told], tokenizer, detector, authors))
    report(f"{len(documents)} novels, {len(told)} stories")
    articles = [
        doc
        for doc, _ in zip(
            read_gold(data / "polnear", "polnear", split="train"), range(_NEWS), strict=False
        )
    ]
    start = load_decider()
    genre = fit_genre(novels[: len(documents)], articles)
    start = LinearDecider({**start.models, "conversation": genre}, {}, {}, start.patterns)
    decider, figures = cross_validate(novels, start)
    for title, part in (
        ("novels", novels[: len(documents)]),
        ("stories", novels[len(documents) :]),
    ):
        if part:
            report(f"# {title}")
            _tell(part, figures.only({novel.id for novel in part}), report)
    _write(
        out / "speakers.json",
        {
            "models": {name: _plain(model) for name, model in sorted(decider.models.items())},
            "levels": {name: [list(pair) for pair in v] for name, v in decider.levels.items()},
            "patterns": dict(sorted(decider.patterns.items())),
            "trust": asdict(decider.trust),
        },
    )
    networks = {name: plain_network(network) for name, network in decider.networks.items()}
    _write_small(out / "speaker_networks.json", networks)


def make_news(
    data: Path,
    out: Path,
    report: Report,
    own: Path | None = None,
    references: Path | None = None,
    sources: Path | None = None,
) -> None:
    """Fit and measure links in news, from the weights of novels; write ``speakers_news.json``.

    Args:
        data: Folder with ``ud-gum`` and ``worldwide``.
        out: Folder to write to.
        report: Takes lines of progress and figures.
        own: Articles of ours, in JSON Lines, on which links are judged beside GUM.
        references: Whom descriptions mean in articles of ``worldwide``, in JSON Lines.
        sources: Whose attributions are in articles of ``worldwide``, ``polnear`` and ours, in JSON
            Lines.
    """
    tokenizer = load_tokenizer()
    articles = list(read_articles(data / "ud-gum", tokenizer))
    documents = list(read_gold(own, "jsonl")) if own is not None else []
    labelled = []
    if references is not None:
        labelled = list(read_references(references, data, load(nested=True)))

    def refine(decider: LinearDecider) -> LinearDecider:
        mine, gum = list(own_posed(labelled, decider)), list(gum_posed(articles, decider))
        return fit_referents(mine, gum, decider, report) if mine else decider

    def judged(decider: LinearDecider) -> Iterable[Told]:
        return own_links(documents, tokenizer, decider)

    base = load_decider()
    decider = fit_news(articles, judged, base, report, refine)
    if sources is not None:
        told = list(read_sources(sources, data, load(nested=True)))
        decider = _sure(decider, base, told, report)
    _write(
        out / "speakers_news.json",
        {
            "models": {name: _plain(model) for name, model in decider.models.items()},
            "levels": {name: [list(pair) for pair in v] for name, v in decider.levels.items()},
            "patterns": dict(sorted(decider.patterns.items())),
        },
    )


def _sure(
    decider: LinearDecider,
    base: LinearDecider,
    told: Sequence[tuple[Labelled, Mapping[Span, Sourced]]],
    report: Report,
) -> LinearDecider:
    """Return what is different in news with a model of how sure links are."""
    whole = evolve(
        base,
        models={**base.models, **decider.models},
        networks={},
        levels={**base.levels, **decider.levels},
        patterns={**base.patterns, **decider.patterns},
    )
    sure = fit_sureness(list(weighed_links(told, whole)), whole, report)
    return evolve(decider, models={**decider.models, SURE: sure.models[SURE]})


def _authors(folder: Path) -> dict[str, str]:
    """Return who wrote each novel of PDNC, as its index tells."""
    with (folder / "PDNC-Novel-Index.csv").open(encoding="utf-8", newline="") as file:
        return {row["Folder Name"]: row["Author Code"] for row in csv.DictReader(file)}


def _tell(novels: Sequence[Novel], figures: Figures, report: Report) -> None:
    """Report what the cross-validation found."""
    right = sum(answer for _, answer in figures.answers)
    everything = len(figures.answers) + figures.missed.total()
    report(f"end to end {right / everything:.3f} of {everything}")
    report(f"found {right / len(figures.answers):.3f} of {len(figures.answers)}")
    types = figures.counts(lambda one: one.type)
    for name in ("explicit", "anaphoric", "implicit"):
        good, bad = types[name, True], types[name, False]
        missed = sum(count for (_, kind), count in figures.missed.items() if kind == name)
        if good + bad:
            whole = good / (good + bad + missed)
            report(f"{name} end to end {whole:.3f}, found {good / (good + bad):.3f}")
    by_novel = figures.counts(lambda one: one.novel)
    for novel in novels:
        report(f"{novel.id} {_share(by_novel, novel.id):.3f}")
    patterns = figures.counts(lambda one: one.pattern)
    for name in sorted({name for name, _ in patterns}):
        count = patterns[name, True] + patterns[name, False]
        report(f"pattern {name or 'none'}: {_share(patterns, name):.3f} of {count}")
    for threshold in np.arange(0.0, 0.95, 0.1):
        kept = [answer for confidence, answer in figures.answers if confidence >= threshold]
        if kept:
            coverage = len(kept) / len(figures.answers)
            share = sum(kept) / len(kept)
            report(f"threshold {threshold:.1f}: coverage {coverage:.3f}, accuracy {share:.3f}")
    surest = sorted(figures.answers, reverse=True)[: round(_COVERAGE * len(figures.answers))]
    share = sum(answer for _, answer in surest) / len(surest)
    report(f"accuracy of the surest {_COVERAGE:.0%}: {share:.3f}")
    report(f"calibration error {_calibration_error(figures.answers):.3f}")


def _share(table: Mapping[tuple[str, bool], int], name: str) -> float:
    """Return the share right under a name."""
    total = table[name, True] + table[name, False]
    return table[name, True] / total if total else 0.0


def _calibration_error(answers: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over ten equal bins (Naeini et al. 2015)."""
    table = np.array(answers, dtype=float)
    bins = np.minimum((table[:, 0] * 10).astype(int), 9)
    gaps = [abs((table[bins == b, 0] - table[bins == b, 1]).sum()) for b in range(10)]
    return float(sum(gaps) / len(table))


def _plain(model: LinearModel) -> dict[str, Any]:
    rows = {name: list(row) for name, row in sorted(model.weights.items())}
    return {"outputs": list(model.outputs), "weights": rows}


def _heavy(model: LinearModel) -> LinearModel:
    """Leave out the features that weigh next to nothing."""
    kept = {name: row for name, row in model.weights.items() if max(map(abs, row)) >= _LIGHT}
    return LinearModel(model.outputs, kept)


def _write_small(path: Path, table: Mapping[str, Any]) -> None:
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


def _write(path: Path, table: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
