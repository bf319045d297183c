"""Days from metadata and from filters: ISO 8601 dates, whole or of a month or year only."""

from __future__ import annotations

import calendar
import datetime
import re

from quotecraft.errors import InputError

__all__ = ["Day", "first_day", "last_day", "span_of_days"]

Day = str | datetime.date
"""A date, or its ISO 8601 text: ``2024-03-01``, ``2024-03`` or ``2024``; a time is passed over."""

_ISO = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T ].*)?")


def span_of_days(value: object) -> tuple[str, str] | None:
    """Return the first and last day that a date covers as ISO texts; ``None`` if it is no date.

    Args:
        value: A date, or text that begins with an ISO 8601 date. A time of day is passed over, so
            the day is the one that the text gives, whatever its time zone.
    """
    if isinstance(value, datetime.date):
        value = value.isoformat()
    match = _ISO.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = datetime.date(year or 0, month or 1, day or 1)
        last_month = month or 12
        final = day or calendar.monthrange(first.year, last_month)[1]
        return first.isoformat(), datetime.date(first.year, last_month, final).isoformat()
    except ValueError:
        return None


def first_day(value: Day) -> str:
    """Return the first day that a filter's date covers.

    Raises:
        InputError: If it is no date.
    """
    return _required(value)[0]


def last_day(value: Day) -> str:
    """Return the last day that a filter's date covers.

    Raises:
        InputError: If it is no date.
    """
    return _required(value)[1]


def _required(value: Day) -> tuple[str, str]:
    found = span_of_days(value)
    if found is None:
        raise InputError(f"{value!r} is no date; give it as 2024-03-01, 2024-03 or 2024")
    return found
