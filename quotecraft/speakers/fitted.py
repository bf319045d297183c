"""The fitted figures that ship with quotecraft, checked by hash before they are read."""

from __future__ import annotations

import json
from typing import Any

from quotecraft.weights import weights_path

__all__ = ["read_fitted"]


def read_fitted(name: str) -> dict[str, Any]:
    """Return what one file of the model's component "speakers" holds.

    ``quotecraft train speakers`` makes them.

    Args:
        name: Name of the file without ``.json``.

    Raises:
        WeightsError: If the file is missing or damaged.
    """
    table: dict[str, Any] = json.loads(
        weights_path("speakers", f"{name}.json").read_text(encoding="utf-8")
    )
    return table
