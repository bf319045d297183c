"""Which readings of a sentence to keep."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.detect.clauses import shared_subject
from quotecraft.detect.contents import Report

__all__ = ["choose"]


def choose(reports: Sequence[Report], threshold: float) -> list[Report]:
    """Return the reports of a sentence to keep: likely ones, outer before inner, none overlapping.

    Args:
        reports: Scored reports of one sentence.
        threshold: Least score.
    """
    kept: list[Report] = []
    order = sorted(reports, key=lambda r: (r.frame not in ("left", "both"), r.clause.first))
    for report in order:
        if report.score >= threshold and not any(_collide(report, other) for other in kept):
            kept.append(report)
    kept.sort(key=lambda report: report.clause.first)
    for index, report in enumerate(kept):
        if report.clause.place == "shared":
            earlier = [other.clause for other in kept[:index]]
            later = [other.clause for other in kept[index + 1 :]]
            report.clause.subject = shared_subject(report.line, report.clause, earlier, later)
    return kept


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
