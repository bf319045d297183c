"""Words per CPU second of this tool and of others in one run, as ratios.

``python -m benchmarks.peers.speed [--rounds N] [--passes N]`` reads the articles of ``corpora/dev``
in turns with quotecraft (text to document, speakers included), bare spaCy (its small English
pipeline, which textacy and sayswho run on), textacy's direct quotations and sayswho's quote finder.
Each turn of another tool is a process of its own. Loading and a first pass don't count. The ratio
of each round is taken between turns that follow one another, so that what else the machine does
weighs on both; printed are the median and the range.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.peers.environment import environment
from benchmarks.peers.running import WORKER, answers_of

__all__ = ["main", "table"]

FOLDER = Path(__file__).resolve().parents[2] / "corpora" / "dev"
OWN = "quotecraft"
TOOLS = {
    "spacy": "bare spaCy, small English pipeline",
    "textacy": "textacy, direct_quotations",
    "sayswho-prepared": "sayswho, quote finder",
}


def table(seconds: Mapping[str, Sequence[float]], words: int) -> list[str]:
    """Return the lines of a Markdown table.

    Args:
        seconds: By tool, the CPU seconds of each round; ``"quotecraft"`` is one of them.
        words: Words read in a round.
    """
    lines = ["| tool | words per CPU second | times as quick is quotecraft | range |"]
    lines.append("|---|---|---|---|")
    for name, spent in seconds.items():
        ratios = [other / own for own, other in zip(seconds[OWN], spent, strict=True)]
        rate = statistics.median(words / second for second in spent)
        lines.append(
            f"| {TOOLS.get(name, name)} | {rate:,.0f} | {statistics.median(ratios):.2f} "
            f"| {min(ratios):.2f} to {max(ratios):.2f} |"
        )
    return lines


def _other(tool: str, texts: Mapping[str, str], passes: int) -> tuple[float, str, int]:
    """Return the CPU seconds of some passes of a tool, its name and version, and its crashes."""
    sent = {f"{number}/{key}": text for number in range(passes + 1) for key, text in texts.items()}
    seconds, model, errors = 0.0, tool, 0
    for answer in answers_of([str(environment()), "-u", str(WORKER), tool], sent):
        if "model" in answer:
            model = answer["model"]
        elif not answer["id"].startswith("0/"):
            seconds += answer["seconds"]
            errors += len(answer["errors"])
    return seconds, model, errors


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers.speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--passes", type=int, default=6, help="times that a round reads all")
    options = parser.parse_args(arguments)
    import quotecraft

    texts = {p.stem: p.read_text(encoding="utf-8") for p in sorted(FOLDER.glob("*.txt"))}
    words = options.passes * sum(len(text.split()) for text in texts.values())
    pipe = quotecraft.load()
    for text in texts.values():
        pipe(text)
    seconds: dict[str, list[float]] = {OWN: [], **{tool: [] for tool in TOOLS}}
    notes: dict[str, str] = {}
    for _ in range(options.rounds):
        start = time.process_time()
        for text in [*texts.values()] * options.passes:
            pipe(text)
        seconds[OWN].append(time.process_time() - start)
        for tool, title in TOOLS.items():
            spent, model, errors = _other(tool, texts, options.passes)
            seconds[tool].append(spent)
            crashes = f"; {errors} of {options.passes * len(texts)} calls raised" if errors else ""
            notes[tool] = f"{title}: {model}{crashes}"
    print(f"{words:,} words a round, {options.rounds} rounds, one thread; {pipe.name}\n")
    print(*table(seconds, words), "", *notes.values(), sep="\n")


if __name__ == "__main__":
    main()
