"""Every error that quotecraft raises on purpose, under one root.

Each message says what was wrong, where, and what to do about it.
"""

from __future__ import annotations

__all__ = [
    "FormatError",
    "InputError",
    "InvalidModelError",
    "MissingExtraError",
    "QuotecraftError",
    "RunError",
    "StoreError",
    "WeightsError",
    "WorkerError",
]


class QuotecraftError(Exception):
    """Root of all errors that quotecraft raises on purpose."""


class InvalidModelError(QuotecraftError, ValueError):
    """A data-model object would break an invariant (a span outside the text, an unknown id …)."""


class InputError(QuotecraftError):
    """An input can't be read: missing, binary, undecodable or of an unknown type."""


class FormatError(QuotecraftError, ValueError):
    """A file does not follow its format.

    Args:
        reason: What is wrong and what was expected.
        source: The file or stream it was found in.
        line: One-based line number, when there is one.
        path: Place inside the record, JSONPath style (``$.quotes[3].kind``).
    """

    def __init__(
        self,
        reason: str,
        *,
        source: str | None = None,
        line: int | None = None,
        path: str | None = None,
    ) -> None:
        self.reason = reason
        self.source = source
        self.line = line
        self.path = path
        where = ":".join(str(part) for part in (source, line) if part is not None)
        message = f"{where}: {reason}" if where else reason
        super().__init__(f"{message} @ {path}" if path else message)


class WeightsError(QuotecraftError):
    """A model file is missing, damaged (its hash differs) or made for another version."""


class StoreError(QuotecraftError):
    """A store can't be opened, read or written: busy, full, read-only, damaged or of another kind.

    What was committed before stays in the store.
    """


class RunError(QuotecraftError):
    """A batch run can't go on in this folder: other model, other texts, or in use."""


class WorkerError(QuotecraftError):
    """A worker process can't start, or died over the text that it was reading."""


class MissingExtraError(QuotecraftError, ImportError):
    """A feature needs a package that the core doesn't install.

    Args:
        feature: What the user asked for, e.g. ``"reading HTML"``.
        extra: The extra of quotecraft that brings it, e.g. ``"html"``.
    """

    def __init__(self, feature: str, extra: str) -> None:
        self.feature = feature
        self.extra = extra
        super().__init__(
            f"{feature} needs an optional dependency: pip install 'quotecraft[{extra}]'"
        )

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        return type(self), (self.feature, self.extra)
