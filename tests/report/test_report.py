"""The report: what it says agrees with the tables, and it stands alone whatever the texts hold."""

import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

from quotecraft import analysis
from quotecraft.cli import main
from quotecraft.errors import InputError
from quotecraft.formats import jsonl
from quotecraft.model import Document
from quotecraft.store import Store
from tests.display.pages import PageReader

pytest.importorskip("altair", reason="the report extra is not installed")
pytest.importorskip("vl_convert", reason="the report extra is not installed")

from quotecraft.report import report_html

CORPUS = Path(__file__).parents[2] / "corpora" / "dev.jsonl"
ODD = "<script>alert(1)</script> & \u202e\x00"


def dated(documents: list[Document], outlet: str = "") -> list[Document]:
    """Return articles with a date, a week apart, and with outlets in turn."""
    return [
        evolve(
            document,
            id=f"{document.id}-{number}",
            metadata={
                **document.metadata,
                "date": str(date(2024, 1, 1) + timedelta(weeks=number)),
                "outlet": outlet or ("The Example", "The Other")[number % 2],
            },
        )
        for number, document in enumerate(documents)
    ]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Return our corpus, dated."""
    return dated(list(jsonl.read(CORPUS)))


@pytest.fixture(scope="module")
def page(documents: list[Document]) -> str:
    """Return the report of our corpus."""
    return report_html(documents, title="Our corpus")


def text_of(page: str) -> str:
    """Return what a page says, without mark-up."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_page_is_well_formed(page: str) -> None:
    """Tags match, and every id is there once."""
    reader = PageReader(page)
    assert reader.problems == []
    ids = reader.attributes("id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in reader.attributes("href") if href.startswith("#")]
    assert set(targets) <= set(ids)


def test_the_page_stands_alone(page: str) -> None:
    """No script, no address outside, no event handler: nothing is loaded and nothing runs."""
    reader = PageReader(page)
    assert not {"script", "link", "iframe", "img", "object", "form"} & set(reader.tags())
    assert not [v for v in (*reader.attributes("src"), *reader.attributes("href")) if "//" in v]
    assert not re.findall(r"\son\w+=", page)
    assert "url(http" not in page
    assert "default-src 'none'" in page


def test_every_question_is_answered(page: str) -> None:
    """All sections are there, each with its method, and figures as pictures."""
    reader = PageReader(page)
    wanted = ["read", "heard", "kinds", "gender", "diversity", "manner", "place", "time", "care"]
    assert set(wanted) <= set(reader.attributes("id"))
    assert reader.tags()["svg"] >= 6
    for source in ("Korn and Graubard", "Manski", "Hill 1973", "Liang and Zeger", "Theil"):
        assert source in page


def test_figures_are_those_of_the_tables(page: str, documents: list[Document]) -> None:
    """What the page says is what the analyses give."""
    collection = analysis.collect(documents)
    said = text_of(page).replace("\N{NO-BREAK SPACE}", " ")
    assert f"{len(collection.articles)} articles, {len(collection.utterances)} quotations" in said
    named = next(
        r for r in analysis.sources(collection) if (r.value, r.counted) == ("named", "sources")
    )
    assert named.low is not None
    assert named.high is not None
    interval = f"({100 * named.low:.0f}–{100 * named.high:.0f} %)"
    assert f"Of the sources, {100 * named.share:.0f} % are people with a name {interval}" in said
    women = next(
        r for r in analysis.gender(collection) if (r.gender, r.counted) == ("women", "sources")
    )
    assert women.lower_bound is not None
    assert women.upper_bound is not None
    bounds = re.search(
        r"at least ([0-9.]+) % and at most ([0-9.]+) % of the sources are women", said
    )
    assert bounds
    assert float(bounds[1]) == pytest.approx(100 * women.lower_bound, abs=0.5)
    assert float(bounds[2]) == pytest.approx(100 * women.upper_bound, abs=0.5)
    most = next(r for r in analysis.shares(collection, counted=["words"]) if r.known)
    assert f"{most.count:,}" in said


def test_the_same_articles_give_the_same_page(page: str, documents: list[Document]) -> None:
    """The page holds no time and no chance."""
    assert page == report_html(documents, title="Our corpus")


def test_hostile_metadata_stay_text(documents: list[Document]) -> None:
    """Mark-up and controls in titles, outlets and names are shown, never run."""
    odd = [
        evolve(
            document,
            id=ODD,
            speakers=[evolve(s, name=ODD, roles=[ODD]) for s in document.speakers],
            model=ODD,
        )
        for document in dated(documents, outlet=ODD)
    ]
    page = report_html(odd, title=ODD)
    reader = PageReader(page)
    assert reader.problems == []
    assert "script" not in reader.tags()
    assert "\u202e" not in page
    assert "\x00" not in page
    assert "&lt;script&gt;" in page


def test_few_articles_make_a_short_page() -> None:
    """One article without dates or quotations still gives a page that says so."""
    page = report_html([Document("d", "Nothing was said.")])
    assert "1 of them quote nobody" in text_of(page)
    assert PageReader(page).tags()["svg"] == 0


def test_undated_articles_have_no_time(documents: list[Document]) -> None:
    """Without dates there is no section on change, and the page says why."""
    plain = [evolve(document, metadata={}) for document in documents]
    page = report_html(plain)
    assert 'id="time"' not in page
    assert 'id="outlets"' not in page
    assert "no article has a date" in text_of(page)


def test_two_outlets_are_compared(documents: list[Document]) -> None:
    """With two outlets of enough articles each, both stand side by side."""
    page = report_html(documents)
    assert 'id="outlets"' in page
    assert "The Example" in page
    assert "The Other" in page


def test_no_documents_are_refused() -> None:
    """A report on nothing is an error."""
    with pytest.raises(InputError, match="no documents"):
        report_html([])


def test_command_writes_the_page(documents: list[Document], tmp_path: Path) -> None:
    """The command reads records or a store, and both give the same page."""
    jsonl.write(documents, tmp_path / "a.jsonl")
    with Store(tmp_path / "a.db") as store:
        store.add(documents)
    pages = []
    for source in ("a.jsonl", "a.db"):
        out = tmp_path / f"{source}.html"
        arguments = ["report", str(tmp_path / source), "--title", "Ours", "-o", str(out)]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        pages.append(out.read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert "<h1" in pages[0]


def test_authority_tells_gender(documents: list[Document], tmp_path: Path) -> None:
    """An authority file's gender counts: with everybody known the bounds meet."""
    names = {
        s.name for d in documents for s in d.speakers if s.kind == "person" and "," not in s.name
    }
    rows = "".join(f"{name},Q{n},f\n" for n, name in enumerate(sorted(names)))
    (tmp_path / "people.csv").write_text(f"name,id,gender\n{rows}", encoding="utf-8")
    jsonl.write(documents, tmp_path / "a.jsonl")
    arguments = ["report", str(tmp_path / "a.jsonl"), "--authority", str(tmp_path / "people.csv")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    without = report_html(documents)
    found = [re.search(r"at least (\d+)", text_of(p)) for p in (result.stdout, without)]
    assert found[0]
    assert found[1]
    assert int(found[0][1]) > int(found[1][1])


@pytest.mark.parametrize("library", ["altair", "vl_convert", "scipy", "networkx"])
def test_without_the_extra_no_text_is_read(library, tmp_path, monkeypatch):
    """Who lacks a library is told at once, with the one line that brings all of them."""
    monkeypatch.setitem(sys.modules, library, None)
    result = CliRunner().invoke(main, ["report", str(tmp_path / "not there, but not looked at")])
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: a report needs an optional dependency: pip install 'quotecraft[report]'\n"
    )
