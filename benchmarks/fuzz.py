"""A long run of odd inputs: only documented errors, every invariant kept, nothing slow.

``python -m benchmarks.fuzz --count 200000 --seed 1`` makes inputs of each kind in turn: texts and
texts of quotation marks, read by the whole pipeline; HTML pages; tables; files of each format, and
stores, with some bytes changed. It prints what broke (an error that is no ``QuotecraftError``, or
an invariant) with the number that makes the same input again (``--only N``), and for each kind the
CPU time per character of the median and the slowest inputs. The median is of the inputs that were
not refused, since refusing can be quick. Short inputs count as 200 characters, and files cut short
as what they were cut from, since each call costs something; inputs that seem slow are timed again,
twice, and the least time counts.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from statistics import median

from attrs import define, field

import quotecraft
from benchmarks import fuzz_inputs
from quotecraft import formats
from quotecraft.errors import QuotecraftError
from quotecraft.formats import jsonl
from quotecraft.model import Document
from quotecraft.store import Store
from quotecraft.text import FailedInput, extract_article, read_inputs

__all__ = ["KINDS", "Report", "check_document", "main", "run"]

SHORTEST = 200  # characters that an input counts at least
LIMIT = 50.0  # times the median per character that an input may take
_ROUND_TRIPS = ("jsonl", "tei", "webannotation", "parquet")
_SHOWN = 3  # slowest inputs of each kind


@lru_cache(maxsize=1)
def pipeline() -> quotecraft.Pipeline:
    """Load the shipped model once."""
    return quotecraft.load(nested=True)


def check_document(document: Document, text: str) -> None:
    """Make sure that a document keeps its promises.

    Raises:
        AssertionError: If a span lies outside the text or is no exact slice of it, spans of a part
            overlap or are out of order, or the record doesn't read back equal.
    """
    assert document.text == text, "the text was changed"
    for quote in document.quotes:
        for spans in (quote.content, quote.cue, quote.source):
            ends = [0]
            for span in spans:
                assert ends[-1] <= span.start < span.end <= len(text), f"{span} of {quote.id}"
                ends.append(span.end)
        slices = " … ".join(text[span.start : span.end] for span in quote.content)
        assert quote.text == slices, f"{quote.id} is no slice"
        for chance in (quote.confidence.content, quote.confidence.source, quote.confidence.speaker):
            assert 0 <= chance <= 1, f"confidence of {quote.id}"
    assert jsonl.loads(jsonl.dumps(document)) == document, "the record reads back otherwise"


def _pipe(make: Callable[[random.Random], str]) -> Callable[[random.Random], _Case]:
    def case(chance: random.Random) -> _Case:
        text = make(chance)
        return _Case(len(text), lambda: check_document(pipeline()(text), text))

    return case


def _page(chance: random.Random) -> _Case:
    page = fuzz_inputs.html(chance)

    def work() -> None:
        text, metadata = extract_article(page)
        assert text.strip()
        assert isinstance(metadata, dict)

    return _Case(len(page), work)


def _table(chance: random.Random) -> _Case:
    data = fuzz_inputs.table(chance)

    def work() -> None:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            file.write(data)
            file.flush()
            for item in read_inputs(file.name):
                assert isinstance(item, FailedInput) or isinstance(item.text, str)

    return _Case(len(data), work)


def _lines(chance: random.Random) -> _Case:
    data = b"\n".join(fuzz_inputs.changed(chance, line) for line in _files()["jsonl"].splitlines())

    def work() -> None:
        items = list(read_inputs("-", stdin=BytesIO(data)))
        assert all(isinstance(item, FailedInput) or isinstance(item.text, str) for item in items)

    return _Case(len(data), work)


def _file(name: str) -> Callable[[random.Random], _Case]:
    """Return the maker of damaged files of one format; what is still read must read back equal."""

    def case(chance: random.Random) -> _Case:
        data = fuzz_inputs.changed(chance, _files()[name])
        return _Case(len(_files()[name]), lambda: _reread(name, data))

    return case


def _reread(name: str, data: bytes) -> None:
    texts = {document.id: document.text for document in _documents()}
    options = {"texts": texts.get} if name == "csv" else {}
    for document in list(formats.read(BytesIO(data), name, **options)):
        if name in _ROUND_TRIPS:
            target = BytesIO()
            formats.write([document], target, name)
            assert list(formats.read(BytesIO(target.getvalue()), name)) == [document]


def _brat(chance: random.Random) -> _Case:
    files = dict(_brat_files())
    name = chance.choice(sorted(files))
    files[name] = fuzz_inputs.changed(chance, files[name])

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for file, data in files.items():
                Path(folder, file).write_bytes(data)
            for document in list(formats.read(folder, "brat")):
                with tempfile.TemporaryDirectory() as other:
                    formats.write([document], other, "brat")
                    assert list(formats.read(other, "brat")) == [document]

    return _Case(sum(map(len, files.values())), work)


def _store(chance: random.Random) -> _Case:
    data = fuzz_inputs.changed(chance, _store_file())
    size = len(_store_file())

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "a.db")
            path.write_bytes(data)
            with Store(path) as store:
                list(store.search("rains"))
                assert all(isinstance(document, Document) for document in store.documents())

    return _Case(size, work)


@lru_cache(maxsize=1)
def _store_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.db")
        with Store(path) as store:
            store.add(_documents())
        return path.read_bytes()


@lru_cache(maxsize=1)
def _documents() -> tuple[Document, ...]:
    """Return three short documents, one of them odd, that files are made of."""
    chance = random.Random(0)
    texts = [
        "“We go,” Ana Ruiz said. “It rains — & how!”\r\n\r\nShe added that the <b> was wet.",
        "The plan is dead, the mayor told Lee Orme, who asked: “Is it?”",
        "".join(fuzz_inputs.text(chance) for _ in range(3))[:400] + "\n\n“Yes,” he said.",
    ]
    return tuple(
        pipeline()(text, id=f"d{number}", metadata={"outlet": "Z", "n": [1, None]})
        for number, text in enumerate(texts)
    )


@lru_cache(maxsize=1)
def _files() -> dict[str, bytes]:
    found = {}
    for name in ("jsonl", "csv", "tei", "webannotation", "parquet"):
        target = BytesIO()
        formats.write(_documents(), target, name)
        found[name] = target.getvalue()
    return found


@lru_cache(maxsize=1)
def _brat_files() -> tuple[tuple[str, bytes], ...]:
    with tempfile.TemporaryDirectory() as folder:
        formats.write(_documents()[:2], folder, "brat")
        return tuple((path.name, path.read_bytes()) for path in sorted(Path(folder).iterdir()))


@define
class _Case:
    """An input with what is done to it."""

    size: int
    work: Callable[[], None]


KINDS: dict[str, Callable[[random.Random], _Case]] = {
    "text": _pipe(fuzz_inputs.text),
    "marks": _pipe(fuzz_inputs.marked),
    "html": _page,
    "table": _table,
    "jsonl texts": _lines,
    **{name: _file(name) for name in ("jsonl", "csv", "tei", "webannotation", "parquet")},
    "brat": _brat,
    "store": _store,
}


@define
class Report:
    """What a run found.

    Attributes:
        broken: Number, kind and traceback of each input that broke something.
        times: For each kind, CPU seconds per character and number of each input.
        refused: Numbers of the inputs that ended in a documented error.
    """

    broken: list[tuple[int, str, str]] = field(factory=list)
    times: dict[str, list[tuple[float, int]]] = field(factory=lambda: defaultdict(list))
    refused: set[int] = field(factory=set)

    def usual(self, kind: str) -> float:
        """Return the median CPU seconds per character of a kind's inputs."""
        times = self.times[kind]
        read = [seconds for seconds, number in times if number not in self.refused]
        return median(read or [seconds for seconds, _ in times])

    def slow(self) -> Iterator[tuple[str, int, float]]:
        """Return kind, number and times the median of inputs beyond the limit."""
        for kind, times in self.times.items():
            usual = self.usual(kind)
            for seconds, number in times:
                if seconds > LIMIT * usual:
                    yield kind, number, seconds / usual


def _case(seed: int, number: int) -> tuple[str, _Case]:
    kind = list(KINDS)[number % len(KINDS)]
    return kind, KINDS[kind](random.Random(f"{seed}:{number}"))


def _timed(case: _Case) -> tuple[float, bool]:
    """Return the CPU seconds per character, and whether the input was refused."""
    began = time.process_time()
    refused = False
    try:
        case.work()
    except QuotecraftError:
        refused = True
    return (time.process_time() - began) / max(case.size, SHORTEST), refused


def run(numbers: Iterable[int], seed: int) -> Report:
    """Try the inputs with these numbers.

    Args:
        numbers: Numbers of inputs; each is made from the seed and its number alone.
        seed: The seed.
    """
    report = Report()
    for kind in KINDS:
        _timed(_case(seed, list(KINDS).index(kind))[1])  # imports and caches are not of any input
    slowest: dict[str, float] = defaultdict(float)
    for number in numbers:
        kind, case = _case(seed, number)
        try:
            seconds, refused = _timed(case)
            if seconds > slowest[kind] / 2:
                seconds = min(seconds, _timed(case)[0], _timed(case)[0])
                slowest[kind] = max(slowest[kind], seconds)
        except Exception:
            report.broken.append((number, kind, traceback.format_exc(limit=-6)))
            continue
        report.times[kind].append((seconds, number))
        if refused:
            report.refused.add(number)
    return report


def _print(report: Report) -> None:
    print("| kind | inputs | refused with a documented error | µs a character, median | slowest |")
    print("|---|---|---|---|---|")
    for kind, times in report.times.items():
        usual = report.usual(kind)
        refused = sum(number in report.refused for _, number in times)
        worst = sorted(times, reverse=True)[:_SHOWN]
        shown = ", ".join(f"{seconds / usual:.1f} × (input {number})" for seconds, number in worst)
        print(f"| {kind} | {len(times):,} | {refused:,} | {1e6 * usual:.2f} | {shown} |")
    slow = list(report.slow())
    print(f"\nbroken: {len(report.broken)}; slower than {LIMIT:.0f} × the median: {len(slow)}")
    for kind, number, times_median in slow:
        print(f"  {kind}, input {number}: {times_median:.0f} ×")
    for number, kind, trace in report.broken[:20]:
        print(f"\ninput {number} ({kind}):\n{trace}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; return 1 if anything broke or was slow."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--start", type=int, default=0, help="first input, for a run in parts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="try one input, with this number")
    options = parser.parse_args(arguments)
    numbers = range(options.start, options.start + options.count)
    report = run(numbers if options.only is None else [options.only], options.seed)
    _print(report)
    return int(bool(report.broken) or any(report.slow()))


if __name__ == "__main__":
    sys.exit(main())
