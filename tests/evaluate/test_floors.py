"""Floors: figures that must not sink."""

import datetime
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import FormatError, InputError
from quotecraft.evaluate import (
    CorpusFloors,
    Floor,
    check,
    raised,
    read_floors,
    score,
    write_floors,
)
from quotecraft.evaluate.floors import Change
from tests.evaluate.test_report import GOLD, NAMES, scored

DAY = datetime.date(2026, 11, 26)
LATER = datetime.date(2027, 1, 1)


def floors_of(*halves: str) -> list[CorpusFloors]:
    """Return the floors that a system sets that finds half in these documents."""
    return raised(scored(*halves), [], today=DAY)


def test_a_new_corpus_gets_the_headlines() -> None:
    """Those that the report has, with hash, date and model."""
    (entry,) = floors_of("d1")
    assert (entry.corpus, len(entry.sha256), entry.slack) == ("tiny", 64, 0.0)
    relation = entry.floors[0]
    assert (relation.metric, relation.score, relation.date) == ("relation", "f1", DAY)
    assert relation.model == "full-1,half-2"
    assert "content.partial.mixed" not in [floor.metric for floor in entry.floors]  # none there


def test_figures_are_rounded_to_the_lenient_side() -> None:
    """What set a floor holds it."""
    for count in range(len(NAMES)):
        report = scored(*NAMES[:count])
        assert check(report, raised(report, [], today=DAY)).sunk == ()


def test_a_figure_below_its_floor_sinks() -> None:
    """The verdict names the metrics."""
    sunk = check(scored("d1", "d2"), floors_of("d1")).sunk
    assert sunk[:2] == ("relation", "content.partial")
    assert "content.partial.direct" not in sunk


def test_the_table_shows_floor_and_value() -> None:
    """One row a floor, in percent."""
    row = check(scored("d1", "d2"), floors_of("d1")).table().rows[0]
    assert row == ("relation f1", "97.87", "95.65", "-2.2", "sunk", "2026-11-26")


def test_slack_lets_a_little_pass() -> None:
    """A figure within the slack of its floor holds."""
    (entry,) = floors_of("d1")
    assert check(scored("d1", "d2"), [evolve(entry, slack=0.1)]).sunk == ()


def test_an_error_must_not_rise() -> None:
    """Of an error less is better."""
    ceiling = Floor("content.calibration", "error", 0.1, DAY, "m")
    assert [ceiling.sunk(value, 0) for value in (0.05, 0.1, 0.2, float("nan"))] == [0, 0, 1, 1]


def test_other_gold_is_refused() -> None:
    """Figures on changed texts or labels tell nothing."""
    other = [evolve(GOLD[0], quotes=GOLD[0].quotes[:1]), *GOLD[1:]]
    with pytest.raises(InputError, match="is not the one that its floors are for"):
        check(score(other, other, corpus="tiny"), floors_of())


def test_a_corpus_without_floors_is_refused() -> None:
    """A gate that checks nothing does not pass."""
    with pytest.raises(InputError, match="no floors for the corpus 'tiny'"):
        check(scored(), [evolve(floors_of()[0], corpus="other")])


def test_floors_rise_freely() -> None:
    """A floor that rises gets the new date; one that stays keeps its own."""
    (entry,) = raised(scored(), floors_of("d1"), today=LATER)
    dates = {floor.metric: floor.date for floor in entry.floors}
    assert (dates["relation"], dates["content.partial.direct"]) == (LATER, DAY)
    assert entry.changes == ()


def test_a_floor_sinks_only_for_a_reason() -> None:
    """The reason stays in the file with what changed."""
    with pytest.raises(InputError, match=r"relation from 1.0000 to 0.9787"):
        raised(scored("d1"), floors_of(), today=LATER)
    with pytest.raises(InputError, match="reason is empty"):
        raised(scored("d1"), floors_of(), today=LATER, reason=" ")
    (entry,) = raised(scored("d1"), floors_of(), today=LATER, reason="faster model")
    assert Change("relation", "1.0000", "0.9787", LATER, "faster model") in entry.changes
    assert check(scored("d1"), [entry]).sunk == ()


def test_new_gold_needs_a_reason_too() -> None:
    """The old hash is kept beside it."""
    other = [evolve(GOLD[0], quotes=GOLD[0].quotes[:1]), *GOLD[1:]]
    report = score(other, other, corpus="tiny")
    with pytest.raises(InputError, match="sha256 from"):
        raised(report, floors_of(), today=LATER)
    (entry,) = raised(report, floors_of(), today=LATER, reason="a label was wrong")
    assert [change.what for change in entry.changes] == ["sha256"]
    assert entry.sha256 == report.signature.sha256


shares = st.floats(0, 1)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
floors = st.builds(Floor, words, words, shares, st.dates(), words)
changes = st.builds(Change, words, words, words, st.dates(), words)
entries = st.builds(
    CorpusFloors, words, words, shares, *(st.lists(x).map(tuple) for x in (floors, changes))
)


@given(st.lists(entries, max_size=3))
def test_what_was_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, kept: list
) -> None:
    """Any names, figures, dates and reasons survive."""
    path = tmp_path_factory.mktemp("floors") / "floors.toml"
    write_floors(kept, path)
    assert read_floors(path) == kept


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corpus = 1", "has to be a list"),
        ("x = ", "no TOML"),
        ('[[corpus]]\nname = "a"', r"sha256 has to be a str @ \$.corpus\[0\]"),
        ('[[corpus]]\nname = "a"\nsha256 = "b"\nslack = "c"', "slack has to be a float"),
        (
            '[[corpus]]\nname = "a"\nsha256 = "b"\n[[corpus.floor]]\nmetric = 3',
            r"metric has to be a str @ \$.corpus\[0\].floor\[0\]",
        ),
    ],
)
def test_a_broken_file_is_an_error_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    """The message says what is wanted and where."""
    path = tmp_path / "floors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=message):
        read_floors(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """It is named."""
    with pytest.raises(InputError, match=r"none.toml: can't be read"):
        read_floors(tmp_path / "none.toml")
