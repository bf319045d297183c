"""Other tools over the same gold, in one table.

Run it with ``python -m benchmarks.peers [--gold PATH --gold-format FORMAT] [--tools …]``. The tools
are installed from PyPI into an environment of their own, in the user's cache folder, on first use.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.running import PEERS, Run
from benchmarks.peers.scoring import Result, compare, notes, result_of, table
from quotecraft import formats
from quotecraft.errors import QuotecraftError
from quotecraft.evaluate import (
    FLAT_FORMATS,
    GOLD_FORMATS,
    TABLE_FORMATS,
    Metric,
    metrics_for,
    read_gold,
)
from quotecraft.model import Document


def _default_gold() -> Path:
    root = os.environ.get("QUOTECRAFT_DATA")
    folder = Path(root) if root else Path(__file__).resolve().parents[3] / "shared" / "data"
    return folder / "polnear" / "dev"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description="Other tools over the same gold."
    )
    add = parser.add_argument
    add("--gold", type=Path, default=_default_gold(), help="gold file or folder")
    add("--gold-format", choices=GOLD_FORMATS, default="polnear")
    add("--split", help="part of the gold")
    add("--tools", nargs="*", choices=list(PEERS), default=list(PEERS), help="all by default")
    add("--model", default="en", help='our model, for the last row; "none" for none')
    add("--pred", action="append", default=[], metavar="FILE", help="another tool's predictions")
    add("--bootstrap", type=int, default=0, metavar="N", help="resamples for intervals")
    add("--format", choices=[*TABLE_FORMATS, "json"], default="table")
    add("--cache", type=Path, help="where the tools' environment is kept")
    add("--verbose", action="store_true", help="name every call that raised")
    return parser


def main(arguments: Sequence[str] | None = None) -> list[Result]:
    """Run the tools and print the table.

    Args:
        arguments: Command-line arguments; by default those of the process.
    """
    options = _parser().parse_args(arguments)
    gold = list(read_gold(options.gold, options.gold_format, split=options.split))
    metrics = metrics_for(options.gold_format)
    default = "train" if options.gold_format == "pdnc" else options.gold.resolve().name
    corpus = f"{options.gold_format}/{options.split or default}"
    settings: dict[str, Any] = {"corpus": corpus, "samples": options.bootstrap}
    results = []
    for result in compare(gold, options.tools, metrics, cache=options.cache, **settings):
        print(
            f"{result.name}: {len(result.errors)} of {result.calls} calls raised", file=sys.stderr
        )
        results.append(result)
    results += [_given(path, gold, metrics, settings) for path in options.pred]
    if options.model != "none":
        run = _ours(options.model, gold, nested=options.gold_format not in FLAT_FORMATS)
        results.append(result_of("quotecraft", gold, run, metrics, corpus, options.bootstrap))
    _print(results, options.format, verbose=options.verbose)
    return results


def _given(
    path: str, gold: list[Document], metrics: list[Metric], settings: dict[str, Any]
) -> Result:
    texts = {document.id: document.text for document in gold}
    run = Run(tuple(formats.read(path, texts=texts)), len(gold))
    name = Path(path).stem
    return result_of(name, gold, run, metrics, settings["corpus"], settings["samples"])


def _ours(model: str, gold: list[Document], *, nested: bool) -> Run:
    from quotecraft import load

    pipe = load(model, nested=nested)
    start = time.process_time()
    documents, errors = [], []
    for document in gold:
        try:
            documents.append(pipe(document.text, id=document.id))
        except Exception as error:  # counted as it is for the others
            errors.append(f"{document.id}: {error!r}")
            documents.append(Document(document.id, document.text, model=pipe.name))
    return Run(tuple(documents), len(gold), tuple(errors), time.process_time() - start)


def _print(results: list[Result], form: str, *, verbose: bool) -> None:
    if form == "json":
        record = {"results": [r.to_dict() for r in results], "notes": list(notes(results))}
        print(json.dumps(record, indent=2, ensure_ascii=False))
        return
    print(table(results).render(form), end="\n\n")
    prefix = {"markdown": "- ", "latex": "% "}.get(form, "")
    for note in notes(results):
        print(prefix + note)
    if verbose:
        for result in results:
            for error in result.errors:
                print(f"{result.name} raised on {error}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except QuotecraftError as problem:
        sys.exit(f"{problem}")
