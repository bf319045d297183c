"""How time and memory of finding speakers grow with the length of a text.

``python -m benchmarks.speaker_growth --data ../shared/data`` takes the first 1/8, 1/4, 1/2 and all
of a PDNC novel, finds its quotations by the rules and prints what finding the speakers costs.
"""

from __future__ import annotations

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import click

_PARTS = 8


def _cost(path: Path, eighths: int) -> tuple[int, int, float, float]:
    """Return words, quotations, CPU seconds and peak memory (MB) for a part of a text."""
    from quotecraft.detect.rules import RuleDetector
    from quotecraft.parse.stanza_backend import load_tokenizer
    from quotecraft.speakers.resolver import RuleResolver
    from quotecraft.text.pairing import pair_marks

    whole = path.read_text(encoding="utf-8")
    text = whole[: len(whole) * eighths // _PARTS]
    sentences = load_tokenizer().tokenize(text)
    found = RuleDetector().detect(text, sentences, pair_marks(text))
    resolver = RuleResolver()
    start = time.process_time()
    resolver.resolve(text, sentences, found)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return len(text.split()), len(found), seconds, peak


@click.command()
@click.option("--data", default="../shared/data", type=click.Path(path_type=Path, exists=True))
@click.option("--novel", default="NightAndDay", show_default=True)
def main(data: Path, novel: str) -> None:
    """Print the table."""
    path = data / "pdnc" / "data" / novel / "novel_text.txt"
    print("parts    words  quotations  CPU seconds  seconds/1,000 words  peak MB")
    for eighths in (1, 2, 4, 8):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            words, quotations, seconds, peak = pool.submit(_cost, path, eighths).result()
        rate = 1000 * seconds / words
        print(f"{eighths:5} {words:8,} {quotations:11,} {seconds:12.2f} {rate:20.3f} {peak:8.0f}")


if __name__ == "__main__":
    main()
