"""What it costs to start: CPU seconds of fresh processes.

Run it with ``python -m benchmarks.startup [--repeat N]``. Each row is the least user plus system
time of N child processes, their children included: importing the package, the command line's help,
and the first article from a cold command line, network weights and all.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["cpu_seconds", "main"]

ARTICLE = Path(__file__).resolve().parents[1] / "corpora" / "dev" / "presidents-visit.txt"
STARTS = {
    "a bare interpreter": ["-c", "pass"],
    "import quotecraft": ["-c", "import quotecraft"],
    "quotecraft --help": ["-m", "quotecraft", "--help"],
    "quotecraft extract (one article)": ["-m", "quotecraft", "extract", str(ARTICLE)],
}


def cpu_seconds(arguments: Sequence[str]) -> float:
    """Run a fresh Python and return the CPU seconds that it took.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: Sequence[str] | None = None) -> dict[str, float]:
    """Measure every start and print a row for each."""
    parser = argparse.ArgumentParser(description="CPU seconds of fresh processes.")
    parser.add_argument("--repeat", type=int, default=5, help="processes of each kind")
    repeat = parser.parse_args(arguments).repeat
    found = {}
    print("| start | CPU seconds |\n|---|---|")
    for name, command in STARTS.items():
        found[name] = min(cpu_seconds(command) for _ in range(repeat))
        print(f"| {name} | {found[name]:.2f} |")
    return found


if __name__ == "__main__":
    main()
