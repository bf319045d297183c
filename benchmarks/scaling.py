"""How time and memory grow with length and with workers, and what extreme inputs cost.

``python -m benchmarks.scaling lengths`` reads texts of 1 to 200,000 words made of the articles of
``corpora/dev``, each in a process of its own; ``workers`` reads the same articles with 1 and 2
worker processes, and runs the encoder alone in as many; ``limits`` reads inputs of extreme shapes
in two sizes, since linear time is what is promised. Each prints a Markdown table. ``--scale 0.01``
makes everything a hundredth as large, ``--only "50 MB"`` chooses among the extreme inputs.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

    from quotecraft.detect.scoring import NetworkOutput
    from quotecraft.detect.tagger import TaggerDetector
    from quotecraft.detect.windows import Batch

os.environ.setdefault("OMP_NUM_THREADS", "1")

__all__ = ["SHAPES", "Cost", "main", "measure", "words_of"]

FOLDER = Path(__file__).resolve().parents[1] / "corpora" / "dev"
LENGTHS = (1, 10, 100, 1_000, 10_000, 50_000, 200_000)
_LEAST = 3.0  # CPU seconds that a short text is read again and again for


@frozen
class Cost:
    """What reading a text cost.

    Attributes:
        words: Words of the text.
        characters: Its code points.
        quotes: Quotations found.
        seconds: CPU seconds of one reading.
        loaded: Peak memory before it, model included, in MiB.
        peak: Peak memory after it, in MiB.
    """

    words: int
    characters: int
    quotes: int
    seconds: float
    loaded: float
    peak: float


def words_of(count: int) -> str:
    """Return the articles of ``corpora/dev``, again and again, cut after so many words."""
    articles = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
    pieces, found, number = [], 0, 0
    while found < count:
        article = articles[number % len(articles)]
        pieces.append(article)
        found += len(article.split())
        number += 1
    text = "\n\n".join(pieces)
    end = 0
    for _ in range(count):
        while end < len(text) and text[end].isspace():
            end += 1
        while end < len(text) and not text[end].isspace():
            end += 1
    return text[:end]


def _quoted(size: int) -> str:
    sentence = "“We are ready,” said Ana Ruiz. “It will rain,” he told reporters.\n\n"
    return (sentence * (size // len(sentence) + 1))[:size]


# Texts of some size of extreme shape; the sizes of a full run are below.
SHAPES: dict[str, tuple[int, Callable[[int], str]]] = {
    "50 MB of dense quotations": (50_000_000, _quoted),
    "50 MB of news": (50_000_000, lambda size: words_of(size // 6)[:size]),
    "100,000 quotation marks, all opening": (100_000, lambda size: "“" * size),
    "100,000 straight marks": (100_000, lambda size: 'a" ' * size),
    "10,000 marks nested": (10_000, lambda size: "“‘" * (size // 4) + "x" + "’”" * (size // 4)),
    "one word of 1 MB": (1_000_000, lambda size: "a" * size),
    "one line of 1 MB": (1_000_000, lambda size: _quoted(size).replace("\n", " ")),
    "300,000 paragraphs of a letter": (300_000, lambda size: "a\n\n" * size),
}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(make: Callable[..., str], *arguments: object) -> Cost:
    """Read a text in this process and return what it cost."""
    import quotecraft

    text = make(*arguments)
    pipe = quotecraft.load()
    pipe("“We go,” Ana Ruiz said.")
    loaded = _peak()
    began = time.process_time()
    runs = 0
    while runs == 0 or (time.process_time() - began < _LEAST and len(text) < 100_000):
        document = pipe(text)
        runs += 1
    seconds = (time.process_time() - began) / runs
    quotes = len(document.quotes)
    return Cost(len(text.split()), len(text), quotes, seconds, loaded, _peak())


def _shaped(name: str, size: int) -> str:
    return SHAPES[name][1](size)


def _fresh(make: Callable[..., str], *arguments: object) -> Cost:
    """Measure in a process of its own, so that peaks of memory don't mix."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, make, *arguments).result()


def lengths(scale: float) -> Iterator[str]:
    """Yield the lines of the table of lengths; the ratio is to the text of 1,000 words."""
    yield "| words | CPU ms | µs a word | times that at 1,000 | peak, MiB | of it model, MiB |"
    yield "|---|---|---|---|---|---|"
    counts = sorted({max(1, int(count * scale)) for count in LENGTHS})
    costs = {count: _fresh(words_of, count) for count in counts}
    base = costs.get(1_000, costs[counts[-1]])
    for count, cost in costs.items():
        a_word = cost.seconds / count
        ratio = a_word / (base.seconds / base.words)
        yield (
            f"| {count:,} | {1e3 * cost.seconds:,.0f} | {1e6 * a_word:,.0f} | {ratio:.2f} "
            f"| {cost.peak:,.0f} | {cost.loaded:,.0f} |"
        )


def limits(scale: float, only: str = "") -> Iterator[str]:
    """Yield the lines of the table of extreme inputs, each in full and a tenth of it.

    Args:
        scale: Share of the full sizes.
        only: What the name of an input has to hold.
    """
    yield "| input | characters | quotations | CPU s | µs a character | peak, MiB |"
    yield "|---|---|---|---|---|---|"
    for name, (size, _) in SHAPES.items():
        if only not in name:
            continue
        for part in (0.1, 1.0):
            cost = _fresh(_shaped, name, int(size * part * scale))
            yield (
                f"| {name if part == 1 else 'a tenth of it'} | {cost.characters:,} "
                f"| {cost.quotes:,} | {cost.seconds:,.2f} "
                f"| {1e6 * cost.seconds / cost.characters:.1f} | {cost.peak:,.0f} |"
            )


def workers(scale: float) -> Iterator[str]:
    """Yield the lines of the table of workers; starting them is measured apart.

    The last column is what the machine gives: as many plain processes, each of which runs the
    encoder of the tagger in ONNX Runtime on the same windows and nothing else.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
    repeat = max(1, int(60 * scale))
    words = repeat * sum(len(text.split()) for text in texts)
    yield f"{words:,} words in {len(texts) * repeat:,} articles; {os.cpu_count()} processors\n"
    yield "| workers | words a second | times 1 | start, s | encoder alone, times 1 process |"
    yield "|---|---|---|---|---|"
    first = alone = 0.0
    for count in (1, 2):
        rate, start = _rate(texts * repeat, count)
        encoding = _encoder_rate(texts, repeat, count)
        first, alone = first or rate, alone or encoding
        yield (
            f"| {count} | {rate:,.0f} | {rate / first:.2f} | {start:.1f} | {encoding / alone:.2f} |"
        )


def _encoder_rate(texts: Sequence[str], repeat: int, count: int) -> float:
    """Return the rounds over some texts a second of so many processes that only run the encoder."""
    context = get_context("spawn")
    barrier = context.Barrier(count + 1)
    crew = [
        context.Process(target=_encode, args=(texts, repeat, barrier), daemon=True)
        for _ in range(count)
    ]
    for process in crew:
        process.start()
    barrier.wait()
    began = time.monotonic()
    for process in crew:
        process.join()
    return repeat * count / (time.monotonic() - began)


def _encode(texts: Sequence[str], repeat: int, barrier: Barrier) -> None:
    """Run in a process: prepare the windows, wait for the others, run the encoder on all."""
    from quotecraft.detect.tagger import load_tagger
    from quotecraft.text import pair_marks

    network = RecordedNetwork(load_tagger())
    for text in texts:
        network.tagger.detect(text, (), pair_marks(text))
    barrier.wait()
    for _ in range(repeat):
        network.run()


class RecordedNetwork:
    """Keeps the batches that a tagger's network is given, to run them again.

    Args:
        tagger: The tagger.
    """

    def __init__(self, tagger: TaggerDetector) -> None:
        self.tagger = tagger
        self.biases = tagger._network.biases
        self._network = tagger._network
        self._batches: list[Batch] = []
        tagger._network = self

    def __call__(self, batch: Batch) -> NetworkOutput:
        """Run the network on a batch and keep the batch."""
        self._batches.append(batch)
        return self._network(batch)

    def run(self) -> None:
        """Run the network on all batches."""
        for batch in self._batches:
            self._network(batch)


def _rate(texts: Sequence[str], count: int) -> tuple[float, float]:
    """Return words a second of so many worker processes, and seconds until all have begun.

    One worker is a process, too, so that both pay for the way between processes.
    """
    from quotecraft.parallel import ordered_map

    warm = ["“We go,” Ana Ruiz said."] * 8 * count
    began = time.monotonic()
    ready = began
    source = iter([*warm, *texts])
    for number, outcome in enumerate(ordered_map(_reader, source, count), 1):
        assert outcome.error is None
        if number == len(warm):
            ready = time.monotonic()
    words = sum(len(text.split()) for text in texts)
    return words / (time.monotonic() - ready), ready - began


def _reader() -> Callable[[str], object]:
    import quotecraft

    return quotecraft.load()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables that were asked for."""
    tables: dict[str, Callable[[float], Iterator[str]]] = {
        "lengths": lengths,
        "workers": workers,
        "limits": limits,
    }
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("table", nargs="+", choices=tables)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="", help="limits: inputs whose name holds this")
    options = parser.parse_args(arguments)
    tables["limits"] = partial(limits, only=options.only)
    for name in options.table:
        for line in tables[name](options.scale):
            print(line, flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
