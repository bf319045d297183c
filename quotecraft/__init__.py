"""quotecraft reads news and fiction and says who said what."""

from __future__ import annotations

__version__ = "0.1.0"
