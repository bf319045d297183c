"""Other Python tools on the same gold: run apart, scored by the same rule, in one table.

>>> from benchmarks.peers import compare  # doctest: +SKIP
>>> print(table(compare(gold, ["marks", "textacy"], metrics)).render())  # doctest: +SKIP
"""

from __future__ import annotations

from benchmarks.peers.running import PEERS, Peer, Run, run_peer
from benchmarks.peers.scoring import NOT_IN_REACH, Result, compare, table

__all__ = ["NOT_IN_REACH", "PEERS", "Peer", "Result", "Run", "compare", "run_peer", "table"]
