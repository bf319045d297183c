"""Which readings of a sentence to keep."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.detect.clause import Place
from quotecraft.detect.clauses import shared_subject
from quotecraft.detect.report import Report

__all__ = ["choose"]

_OUTER = 0.3  # how much likelier an inner reading must be to displace the one around it


def choose(reports: Sequence[Report]) -> list[Report]:
    """Return the reports of a sentence to keep: likely ones, outer before inner, none overlapping.

    Args:
        reports: Scored reports of one sentence, those too unlikely left out.
    """
    kept: list[Report] = []
    order = sorted(reports, key=lambda report: -report.score - _outer_bonus(report, reports))
    for report in order:
        if not any(_collide(report, other) for other in kept):
            kept.append(report)
    kept.sort(key=lambda report: report.clause.first)
    for index, report in enumerate(kept):
        if report.clause.place is Place.SHARED:
            earlier = [other.clause for other in kept[:index]]
            later = [other.clause for other in kept[index + 1 :]]
            report.clause.subject = shared_subject(report.line, report.clause, earlier, later)
    return kept


def _outer_bonus(report: Report, reports: Sequence[Report]) -> float:
    """Return what a report gains for holding others in its content."""
    holds = any(other is not report and _holds(report, other) for other in reports)
    return _OUTER if holds else 0.0


def _collide(one: Report, other: Report) -> bool:
    return (
        any(
            first <= last_other and first_other <= last
            for first, last in one.ranges
            for first_other, last_other in other.ranges
        )
        or _holds(one, other)
        or _holds(other, one)
    )


def _holds(outer: Report, inner: Report) -> bool:
    return any(first <= inner.clause.first <= last for first, last in outer.ranges)
