"""Words per CPU second on one thread, by stage, and the peak of memory.

``python -m benchmarks.speed [--repeat N]`` reads the articles of ``corpora/dev`` N times (30 by
default: about 150,000 words), prints a table for the stages and the whole, and the peak memory of
the process. Absolute figures are of the machine it runs on; shares carry over.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

FOLDER = Path(__file__).resolve().parents[1] / "corpora" / "dev"


def timed(work: Callable[..., Any], items: Iterable[tuple[Any, ...]]) -> tuple[list[Any], float]:
    """Return what a function gives for each item, and the CPU seconds it took."""
    start = time.process_time()
    results = [work(*item) for item in items]
    return results, time.process_time() - start


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=30)
    repeat = parser.parse_args().repeat
    from quotecraft import load
    from quotecraft.detect.rules import RuleDetector
    from quotecraft.detect.tagger import load_tagger
    from quotecraft.text import pair_marks

    texts = [path.read_bytes().decode() for path in sorted(FOLDER.glob("*.txt"))] * repeat
    words = sum(len(text.split()) for text in texts)
    pipe, nested, rules, tagger = load(), load(nested=True), RuleDetector(), load_tagger()
    for text in texts[:11]:
        pipe(text)
    marks, pairing = timed(pair_marks, [(text,) for text in texts])
    sentences, tokenizing = timed(pipe.tokenizer.tokenize, [(text,) for text in texts])
    given = list(zip(texts, sentences, marks, strict=True))
    _, tagging = timed(tagger.detect, given)
    _, ruling = timed(rules.detect, given)
    found, detecting = timed(pipe.detector.detect, given)
    _, resolving = timed(pipe.resolver.resolve, zip(texts, sentences, found, strict=True))
    _, whole = timed(pipe, [(text,) for text in texts])
    _, deep = timed(nested, [(text,) for text in texts])
    rows = {
        "tokenizer": tokenizing,
        "quotation marks": pairing,
        "tagger (encoder and decoding)": tagging,
        "rules": ruling,
        "tagger with rules": detecting,
        "speakers": resolving,
        "whole pipeline": whole,
        "whole pipeline, nested": deep,
    }
    print(f"{words} words in {len(texts)} articles\n\n| stage | words per CPU second | share |")
    print("|---|---|---|")
    for name, seconds in rows.items():
        print(f"| {name} | {words / seconds:,.0f} | {100 * seconds / whole:.0f} % |")
    print(f"\npeak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
