"""SciPy, if it is installed: it brings the distributions and tests that intervals need."""

from __future__ import annotations

from typing import Any

from quotecraft.errors import MissingExtraError

__all__ = ["optimize", "stats"]

_FEATURE = "comparing speakers"
_EXTRA = "analysis"


def stats() -> Any:  # noqa: ANN401  (a module)
    """Return ``scipy.stats``.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    try:
        import scipy.stats
    except ImportError as error:
        raise MissingExtraError(_FEATURE, _EXTRA) from error
    return scipy.stats


def optimize() -> Any:  # noqa: ANN401  (a module)
    """Return ``scipy.optimize``.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    try:
        import scipy.optimize
    except ImportError as error:
        raise MissingExtraError(_FEATURE, _EXTRA) from error
    return scipy.optimize
