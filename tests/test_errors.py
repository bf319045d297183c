"""Errors say what, where and what to do."""

import pickle

import pytest

from quotecraft import errors
from quotecraft.errors import (
    FormatError,
    InputError,
    InvalidModelError,
    MissingExtraError,
    QuotecraftError,
    WeightsError,
)

LEAVES = [getattr(errors, name) for name in errors.__all__ if name != "QuotecraftError"]


def test_one_root_catches_all() -> None:
    """Whoever catches QuotecraftError catches everything that we raise on purpose."""
    assert LEAVES
    assert all(issubclass(leaf, QuotecraftError) for leaf in LEAVES)


@pytest.mark.parametrize(
    ("leaf", "builtin"),
    [(InvalidModelError, ValueError), (FormatError, ValueError), (MissingExtraError, ImportError)],
)
def test_leaves_are_builtin_errors_too(leaf: type[Exception], builtin: type[Exception]) -> None:
    """Code that expects Python's own kind of error catches ours."""
    assert issubclass(leaf, builtin)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({}, "expected a list"),
        ({"source": "a.jsonl"}, "a.jsonl: expected a list"),
        ({"source": "a.jsonl", "line": 3}, "a.jsonl:3: expected a list"),
        ({"line": 3}, "3: expected a list"),
        ({"path": "$.quotes[3]"}, "expected a list @ $.quotes[3]"),
        (
            {"source": "a.jsonl", "line": 3, "path": "$.quotes[3]"},
            "a.jsonl:3: expected a list @ $.quotes[3]",
        ),
    ],
)
def test_format_error_names_the_place(place: dict[str, object], expected: str) -> None:
    """A format error's message is file, line, reason and path, as far as they are known."""
    error = FormatError("expected a list", **place)
    assert expected == str(error)
    assert ("expected a list", place.get("source"), place.get("line"), place.get("path")) == (
        error.reason,
        error.source,
        error.line,
        error.path,
    )


def test_missing_extra_is_a_pip_command() -> None:
    """A missing extra's message is the command that brings it."""
    error = MissingExtraError("reading HTML", "html")
    assert str(error) == "reading HTML needs an optional dependency: pip install 'quotecraft[html]'"
    assert error.extra == "html"


@pytest.mark.parametrize(
    "error",
    [
        QuotecraftError("a"),
        InvalidModelError("a"),
        InputError("a"),
        WeightsError("a"),
        FormatError("a", source="b", line=3, path="$.c"),
        MissingExtraError("reading HTML", "html"),
    ],
)
def test_errors_travel_between_processes(error: QuotecraftError) -> None:
    """An error raised in a worker process arrives whole in the one that waits for it."""
    again = pickle.loads(pickle.dumps(error))
    assert (type(error), str(error), vars(error)) == (type(again), str(again), vars(again))
