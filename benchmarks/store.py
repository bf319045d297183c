"""How long a store of real articles takes to build, search and link.

``python -m benchmarks.store --data ../shared/data/worldwide/original_articles`` reads 1,000
articles (minutes, once: ``--records FILE`` keeps what was found, and is used if it is there), adds
them to a fresh store, and prints how long ``--repeat`` searches of each kind took, the first one
after opening included: by the clock and in CPU time, which a busy machine distorts less. Words that
stand in every article are the slowest search there is. Last it links people.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from quotecraft import Document, Store, formats, load
from quotecraft.text import FailedInput, InputText, read_inputs

SEARCHES: dict[str, dict[str, Any]] = {
    "one word": {"text": "water"},
    "two words": {"text": "health minister"},
    "a phrase": {"text": '"human rights"'},
    "a phrase and a word": {"text": '"prime minister" election'},
    "a common word": {"text": "the"},
    "five common words": {"text": "the of and to in"},
    "a word, by speaker": {"text": "people", "speaker": "President"},
    "a speaker": {"speaker": "Minister"},
    "direct, asserted": {"kind": "direct", "stance": "assertive"},
    "an outlet": {"text": "government", "outlet": "cn_scmp"},
    "sure ones, newest first": {"text": "said", "min_confidence": 0.9, "order": "newest"},
    "no hit": {"text": "xylophone zeppelin"},
}


def articles(folder: Path, count: int) -> Iterator[InputText]:
    """Yield articles with the outlet and region that their file names tell: ``cn_scmp_12.txt``."""
    files = sorted(str(path) for path in folder.glob("*.txt"))
    texts = (item for item in read_inputs(files) if not isinstance(item, FailedInput))
    for _, item in zip(range(count), texts, strict=False):
        name = Path(item.id)
        outlet = name.stem.rpartition("_")[0].replace("_article", "")
        metadata = {**item.metadata, "outlet": outlet, "region": outlet.partition("_")[0]}
        yield InputText(name.name, item.text, metadata)


def read_records(folder: Path, count: int, records: Path | None) -> list[Document]:
    """Return annotated articles, from the records of an earlier run if there are any."""
    if records is not None and records.exists():
        return list(formats.read(records))[:count]
    found = list(load().stream(articles(folder, count)))
    if records is not None:
        formats.write(found, records)
    return found


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that something took: by the clock, and of CPU time."""
    clock, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - spent


def search_row(path: Path, name: str, repeat: int) -> str:
    """Return a line of the table: a store opened afresh, one kind of search again and again."""
    options = SEARCHES[name]
    with Store(path, read_only=True) as store:
        times = [timed(lambda: store.search(**options)) for _ in range(repeat)]
        hits = store.count(**{key: value for key, value in options.items() if key != "order"})
    cells = [
        f"{1000 * figure(column):.1f}"
        for column in zip(*times, strict=True)
        for figure in (statistics.median, max)
    ]
    return f"| {name} | {hits} | {' | '.join(cells)} |"


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--records", type=Path, help="keeps the annotated articles")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=20)
    given = parser.parse_args()
    documents = read_records(given.data, given.count, given.records)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.db")
        with Store(path) as store:
            building, _ = timed(lambda: store.add(documents))
            again, _ = timed(lambda: store.add(documents))
            info = store.info()
        documents.clear()  # or Python's garbage collector would look through them while searching
        gc.collect()
        print(f"{info.documents} articles, {info.quotes} quotations, {info.size / 1e6:.1f} MB")
        print(f"added in {building:.2f} s; again, with nothing new, in {again:.2f} s\n")
        print("| search | hits | median ms | slowest ms | median CPU ms | slowest CPU ms |")
        print("|---|---|---|---|---|---|")
        for name in SEARCHES:
            print(search_row(path, name, given.repeat))
        with Store(path, read_only=True) as store:
            clock, spent = timed(store.people)
            print(f"\n{store.people()} linked in {clock:.2f} s ({spent:.2f} s of CPU time)")


if __name__ == "__main__":
    main()
