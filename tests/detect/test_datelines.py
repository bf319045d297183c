"""Datelines are told from labels, and are no part of what is reported."""

import pytest

from quotecraft.detect.datelines import dateline_spans
from quotecraft.text.paragraphs import paragraphs
from tests.detect.rules_sample import triples

REPORT = "The road to the harbour would be shut for a week from Monday on, Ana Ruiz said."


@pytest.mark.parametrize(
    "dateline",
    [
        "MERIDIAN — ",
        "MERIDIAN, Calif. -- ",
        "NEW MERIDIAN, May 3 (AP) - ",
        "MERIDIAN (Reuters) – ",
        "Meridian (AFP) – ",
        "MERIDIAN: ",
        "MERIDIAN CITY, July 25: ",
        "MERIDIAN - 26 July 2022: ",
    ],
)
def test_a_dateline_is_found(dateline: str) -> None:
    """Place, date and agency before the first sentence are a dateline, not content."""
    text = "https://example.org/road\n\n" + dateline + REPORT
    (span,) = dateline_spans(text, paragraphs(text))
    assert dateline.strip() == span.of(text).strip()
    assert triples(text) == [(REPORT.rpartition(",")[0], "said", "Ana Ruiz")]


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "RUIZ: Yes.\n\nCOLE: No.",
        "The AP (Associated Press) said so.",
        "NATO said it would.",
        "A — B",
        "MERIDIAN —",
        "",
    ],
)
def test_other_openings_are_no_dateline(text: str) -> None:
    """Labels of short turns and ordinary sentences stay."""
    assert dateline_spans(text, paragraphs(text)) == ()


def test_only_the_opening_of_a_text_has_a_dateline() -> None:
    """A place in capitals further down is something else."""
    text = "\n\n".join([*["The road was shut."] * 4, f"MERIDIAN — {REPORT}"])
    assert dateline_spans(text, paragraphs(text)) == ()
