"""Days of articles, and the weeks, months, quarters and years they fall in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from quotecraft.errors import InputError

__all__ = ["Every", "date_of", "period_name", "period_start", "periods"]

Every = Literal["week", "month", "quarter", "year"]


def date_of(metadata: Mapping[str, Any]) -> date | None:
    """Return the day that an article's ``date`` names, ``None`` when it names none.

    Args:
        metadata: The article's metadata; the date may be a date, or a string that begins with one
            in ISO 8601 ("2024-03-01", "2024-03-01T08:00:00Z").
    """
    value = metadata.get("date")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        return None


def period_start(day: date, every: Every) -> date:
    """Return the first day of the period that a day falls in; weeks begin on Monday (ISO 8601).

    Raises:
        InputError: If there is no such period.
    """
    if every == "week":
        return day - timedelta(days=day.weekday())
    if every == "month":
        return day.replace(day=1)
    if every == "quarter":
        return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    if every == "year":
        return day.replace(month=1, day=1)
    raise InputError(f"no period {every!r}; choose from {', '.join(get_args(Every))}")


def period_name(start: date, every: Every) -> str:
    """Return a period's name: "2024-W09", "2024-03", "2024-Q1" or "2024"."""
    if every == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if every == "month":
        return f"{start:%Y-%m}"
    if every == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return str(start.year)


def periods(first: date, last: date, every: Every) -> Iterator[date]:
    """Yield the first day of every period from one that begins on ``first`` to that of ``last``."""
    longest = {"week": 7, "month": 31, "quarter": 92, "year": 366}
    start = first
    while start <= last:
        yield start
        start = period_start(start + timedelta(days=longest[every]), every)
