"""Writes ``benchmarks/RESULTS.md``: every figure with its interval, signature and command.

Run it with ``python -m benchmarks.results [--part NAME …] [--model en]``. Each part runs one
command and replaces its own section; the others stay as they are, so that the page can be made
piece by piece. Parts whose gold is not here are left as they are and named.
"""

from __future__ import annotations

import argparse
import datetime
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import frozen

from benchmarks.evaluations import EVALUATIONS, ROOT, Evaluation

__all__ = ["COSTS", "PARTS", "Part", "main", "page", "sections"]

PAGE = ROOT / "benchmarks" / "RESULTS.md"
SAMPLES = "1000"  # of the bootstrap
HEADER = """\
# Results

Made by `python -m benchmarks.results`; each section by `python -m benchmarks.results --part NAME`.
Don't edit it by hand. Scores are in percent, with 95 % intervals of a bootstrap over documents;
each table ends with the signature that says how to get the same numbers again. `../shared/data` is
where the data sets lie; set `QUOTECRAFT_DATA` if yours lie elsewhere.
"""
COSTS = {  # title, command, what a reader has to know
    "news-speakers": (
        "Speakers in news that nobody looked at",
        "python -m benchmarks.news_speakers",
        "Articles of the English Worldwide Newswire, labelled by readers who did not see whom "
        "quotecraft had chosen (`corpora/sources-test.jsonl`).",
    ),
    "litbank-mentions": (
        "Fiction with quotations and mentions given, cross-validated: LitBank",
        "python -m benchmarks.litbank --data ../shared/data",
        "Five folds by text. BookNLP's published 86.4 (small) and 89.9 (big) are given the "
        "speakers of earlier quotations, too, as its code shows.",
    ),
    "speed": ("Speed by stage, one thread", "python -m benchmarks.speed"),
    "speed-peers": (
        "Speed beside other tools, one thread",
        "python -m benchmarks.peers.speed",
        "Ratios within one run. quotecraft does more than the others: it finds reported speech and "
        "resolves speakers, too.",
    ),
    "startup": ("Start", "python -m benchmarks.startup"),
    "lengths": ("Time and memory by length", "python -m benchmarks.scaling lengths"),
    "workers": (
        "Workers",
        "python -m benchmarks.scaling workers",
        "Two workers are twice one only on two cores of their own: threads that share a core share "
        "its speed. The last column is what as many plain processes get that only run the encoder.",
    ),
    "limits": ("Extreme inputs", "python -m benchmarks.scaling limits"),
    "fuzz": ("Odd inputs", "python -m benchmarks.fuzz --count 200000 --seed 1"),
    "resume": (
        "A batch run that is killed",
        "python -m benchmarks.resume --count 20000 --kills 20 --workers 2 "
        "--undisturbed build/resume/alone --work build/resume/killed",
    ),
    "resume-ray": (
        "A batch run on Ray of which workers are killed",
        "python -m benchmarks.resume --count 20000 --kills 1 --workers 2 --engine ray "
        "--victim worker --undisturbed build/resume/alone --work build/resume/ray",
        "The undisturbed run is the local one. Needs the `ray` extra.",
    ),
}
_SECTION = re.compile(r"<!-- part: (\S+) -->\n(.*?)<!-- end: \1 -->\n", re.DOTALL)


@frozen
class Part:
    """One section of the page.

    Attributes:
        key: Its name.
        title: Its heading.
        shown: The command, as a reader would type it.
        command: The command to run; it prints Markdown.
        gold: What has to be there.
        note: What a reader has to know.
    """

    key: str
    title: str
    shown: str
    command: tuple[str, ...]
    gold: Path
    note: str = ""


def _own(evaluation: Evaluation, model: str) -> Part:
    more = ("--bootstrap", SAMPLES, "--format", "markdown")
    return Part(
        evaluation.key,
        evaluation.title,
        evaluation.shown(model, *more),
        tuple(evaluation.command(model, *more)),
        evaluation.path(),
        evaluation.note,
    )


def _peers(key: str, evaluation: Evaluation, model: str, *tools: str) -> Part:
    more = ["--gold-format", evaluation.gold_format, "--model", model]
    if "--split" in evaluation.options:
        more += ["--split", evaluation.options[evaluation.options.index("--split") + 1]]
    more += ["--tools", *tools] if tools else []
    more += ["--bootstrap", SAMPLES, "--format", "markdown"]
    return Part(
        key,
        f"Other tools and this one. {evaluation.title}",
        " ".join(["python -m benchmarks.peers --gold", evaluation.shown_path(), *more]),
        (sys.executable, "-m", "benchmarks.peers", "--gold", str(evaluation.path()), *more),
        evaluation.path(),
        "“Crashes” are calls of the tool that raised an error; what they were to find counts as "
        "missed.",
    )


def _cost(key: str, title: str, command: str, note: str = "") -> Part:
    """Return a part that measures time, memory or robustness of the shipped model."""
    words = (sys.executable, *command.split()[1:])
    return Part(key, title, command, words, ROOT / "corpora" / "dev", note)


def parts(model: str = "en") -> dict[str, Part]:
    """Return the parts of the page by name, in its order.

    Args:
        model: The model that is measured.
    """
    names = (
        *("test", "stories", "polnear"),
        *("pdnc", "pdnc-given", "pdnc-characters", "pdnc-characters-span"),
        *("litbank", "litbank-given"),
    )
    made = [_own(EVALUATIONS[name], model) for name in names]
    made += [
        _peers("peers-test", EVALUATIONS["test"], model),
        _peers("peers-polnear", EVALUATIONS["polnear"], model),
        # Whole novels are more than the other tools can take at once.
        _peers("peers-pdnc", EVALUATIONS["pdnc"], model, "marks", "textacy-paragraphs"),
        _peers("peers-litbank", EVALUATIONS["litbank"], model),
        *(_cost(key, *what) for key, what in COSTS.items()),
    ]
    return {part.key: part for part in made}


PARTS = tuple(parts())


def sections(text: str) -> dict[str, str]:
    """Return what stands in each section of a page."""
    return {match[1]: match[2] for match in _SECTION.finditer(text)}


def page(known: dict[str, str], model: str = "en") -> str:
    """Return the page: the sections that are known, and for other scores how to make them."""
    made = [HEADER]
    for key, part in parts(model).items():
        if key in COSTS and key not in known:
            continue
        body = known.get(key) or (
            f"## {part.title}\n\nNot measured yet: `python -m benchmarks.results --part {key}`\n"
        )
        made.append(f"<!-- part: {key} -->\n{body}<!-- end: {key} -->\n")
    return "\n".join(made)


def section(part: Part, output: str, today: datetime.date) -> str:
    """Return the section of a part from what its command printed."""
    note = f"{part.note}\n\n" if part.note else ""
    return (
        f"## {part.title}\n\n{note}Measured on {today.isoformat()} by\n\n```sh\n{part.shown}\n```\n"
        f"\n{output.strip()}\n"
    )


def _run(command: Sequence[str]) -> str:
    """Run a command in the repository's root and return what it prints; its errors are shown."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def _chosen(names: Sequence[str], model: str) -> Iterator[Part]:
    for key, part in parts(model).items():
        if names and key not in names:
            continue
        if part.gold.exists():
            yield part
        else:
            print(f"{key}: left as it is, since {part.gold} is not here", file=sys.stderr)


def main(
    arguments: Sequence[str] | None = None,
    *,
    run: Callable[[Sequence[str]], str] = _run,
    today: datetime.date | None = None,
) -> int:
    """Run the parts that were asked for and write the page after each.

    Args:
        arguments: Command-line arguments; by default those of the process.
        run: Runs a command and returns its output.
        today: The date to write; by default today's.

    Returns:
        The exit code: 1 when a command failed, which leaves its section as it was.
    """
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.results", description="Write benchmarks/RESULTS.md."
    )
    parser.add_argument("--part", nargs="+", choices=PARTS, default=[], help="all by default")
    parser.add_argument("--model", default="en", help="model to measure")
    parser.add_argument("--output", type=Path, default=PAGE, help="the page")
    parser.add_argument("--list", action="store_true", help="print each part's command, run none")
    options = parser.parse_args(arguments)
    if options.list:
        for part in parts(options.model).values():
            print(f"{part.key}\n    {part.shown}")
        return 0
    known = sections(options.output.read_text("utf-8")) if options.output.exists() else {}
    failed = False
    for part in _chosen(options.part, options.model):
        print(f"{part.key}: {part.shown}", file=sys.stderr)
        try:
            output = run(part.command)
        except subprocess.CalledProcessError as error:
            print(f"{part.key}: left as it is, since {error}", file=sys.stderr)
            failed = True
            continue
        day = today or datetime.datetime.now(datetime.UTC).date()
        known[part.key] = section(part, output, day)
        _write(options.output, page(known, options.model))
    _write(options.output, page(known, options.model))
    return int(failed)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
