"""Work spread over processes: ordered, bounded, and safe from a worker that dies.

It knows nothing of texts; ``Pipeline.stream`` and ``quotecraft.scale`` say what the work is.
"""

from __future__ import annotations

from quotecraft.parallel.pool import Apart, Outcome, ordered_map

__all__ = ["Apart", "Outcome", "ordered_map"]
