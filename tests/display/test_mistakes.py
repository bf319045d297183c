"""The page of mistakes and the diagrams of calibrations."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings

from quotecraft.display import mistakes as module
from quotecraft.display.mistakes import mistakes_html, write_page
from quotecraft.display.reliability import reliability_svg
from quotecraft.evaluate import (
    Bin,
    Confusion,
    Mistakes,
    Report,
    Traits,
    attribution_metrics,
    score,
    speaker_metrics,
)
from quotecraft.model import Document
from tests.display.pages import PageReader
from tests.evaluate.build import document, quote
from tests.strategies import documents

METRICS = [*attribution_metrics(), *speaker_metrics()]
NASTY = '<script>alert("x")</script> & \u202e'
TEXT = f"“We are {NASTY} ready,” Ana Ruiz said. Lee Orme warned that it rained."


def reading(*quotes: object, **fields: object) -> Document:
    """Return a document of the nasty text."""
    return document(TEXT, *quotes, id="<b>d1</b>", **fields)  # type: ignore[arg-type]


SAID = quote(
    TEXT, "a", TEXT[: TEXT.index(" Ana")], cue="said", source="Ana Ruiz", speaker="Ana <i>Ruiz"
)
WARNED = quote(TEXT, "b", "that it rained", cue="warned", source="Lee Orme", speaker="Lee Orme")
WRONG = quote(TEXT, "b", "it rained", cue="warned", source="Ana Ruiz", speaker="Ana <i>Ruiz")


def scored(gold: Document, predicted: Document) -> tuple[Report, Mistakes, Traits, Confusion]:
    """Score one document and collect everything."""
    parts = Mistakes.of(METRICS), Traits("genre"), Confusion("genre")

    def observe(*seen: object) -> None:
        for part in parts:
            part.observe(*seen)  # type: ignore[arg-type]

    report = score([gold], [predicted], metrics=METRICS, observe=observe)
    return report, *parts


def page_of(gold: Document, predicted: Document) -> str:
    """Return the page with every section."""
    report, mistakes, traits, confusion = scored(gold, predicted)
    return mistakes_html(report, mistakes, traits=traits, confusion=confusion)


GOLD = reading(SAID, WARNED, metadata={"genre": "<u>news"})


def test_the_page_is_well_formed_and_runs_nothing() -> None:
    """No script, no event handler, no outside resource, and all texts are escaped."""
    page = page_of(GOLD, reading(evolve(WRONG), model="<m>"))
    reader = PageReader(page)
    assert reader.problems == []
    assert not {"script", "link", "img", "iframe", "i", "u", "m"} & set(reader.tags())
    assert [n for _, values in reader.elements for n in values if n.startswith("on")] == []
    assert "http" not in re.sub(r"http://www\.w3\.org/2000/svg|http-equiv", "", page)


def test_each_mistake_has_a_card_that_can_be_filtered() -> None:
    """The card has a class for each kind of mistake, and a box for each kind is there."""
    reader = PageReader(page_of(GOLD, reading(WRONG)))
    cards = [values["class"] for values in reader.of_class("qc-e-card")]
    assert cards == [
        "qc-e-card qc-e-is-missed",
        "qc-e-card qc-e-is-boundary qc-e-is-source qc-e-is-speaker",
    ]
    assert reader.tags()["input"] == 5


def test_both_readings_are_marked_in_the_passage() -> None:
    """Content that both have, content of one alone, and each side's source have their marks."""
    page = page_of(GOLD, reading(WRONG))
    card = page.split('<article class="qc-e-card')[2]
    both = '<mark class="qc-e-mark qc-e-both qc-hue qc-s2" title="content, gold and predicted">'
    assert f"{both}it rained</mark>" in card
    alone = '<mark class="qc-e-mark qc-e-gold qc-hue qc-s0" title="gold content">'
    assert f"{alone}that </mark>" in card
    assert 'title="predicted source">Ana Ruiz</span>' in card
    assert 'title="gold source">Lee Orme</span>' in card
    assert '<span class="qc-e-wrong">speaker <bdi>“Ana &lt;i&gt;Ruiz”</bdi></span>' in card


def test_a_perfect_system_has_a_page_without_cards() -> None:
    """The page says that there is no mistake."""
    page = page_of(GOLD, GOLD)
    assert "No mistake was found." in page
    assert "qc-e-show-" not in page.split("</style>")[-1]


def test_of_many_mistakes_an_even_sample_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says how many there are."""
    monkeypatch.setattr(module, "MAX_CARDS", 1)
    page = page_of(GOLD, reading())
    assert page.count('<article class="qc-e-card') == 1
    assert "Shown here: 1 of 2 mistakes" in page


def test_a_folder_gets_page_lines_and_diagrams(tmp_path: Path) -> None:
    """A folder is made when it isn't there."""
    report, mistakes, *_ = scored(GOLD, reading(WRONG))
    written = write_page(tmp_path / "new" / "wrong", report, mistakes)
    assert {path.name for path in written} == {
        "index.html",
        "mistakes.jsonl",
        "content.calibration.svg",
        "source.calibration.svg",
        "speaker.calibration.svg",
    }
    lines = (tmp_path / "new" / "wrong" / "mistakes.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["mistakes"] for line in lines] == [
        ["missed"],
        ["boundary", "source", "speaker"],
    ]


def test_a_page_by_name_has_its_files_beside_it(tmp_path: Path) -> None:
    """They start with the page's name, so that two pages don't clash."""
    report, mistakes, *_ = scored(GOLD, reading(WRONG))
    written = write_page(tmp_path / "w.html", report, mistakes)
    assert written[0].name == "w.html"
    assert {path.name.split(".")[0] for path in written} == {"w"}


@settings(max_examples=25)
@given(documents())
def test_any_text_gives_a_well_formed_page(doc: Document) -> None:
    """Whatever the documents hold, tags match and passages are shown whole."""
    bare = evolve(doc, quotes=(), speakers=())
    for gold, predicted in ((doc, bare), (bare, doc), (doc, doc)):
        assert PageReader(page_of(gold, predicted)).problems == []


BINS = (Bin(0, 0.5, 0, float("nan"), float("nan")), Bin(0.5, 1, 8, 0.75, 0.25))


def test_a_diagram_is_xml_with_a_dot_a_bin() -> None:
    """Empty bins have none; the dot tells its figures; the title is escaped."""
    svg = ET.fromstring(reliability_svg("a<b", BINS))
    names = [element.tag.rpartition("}")[2] for element in svg.iter()]
    assert names.count("circle") == 1
    titles = [e.text for e in svg.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == ["8 predictions, mean confidence 75.0 %, right 25.0 %"]
    assert svg.attrib["aria-label"].startswith("a<b: share")


def test_a_diagram_of_nothing_is_empty_axes() -> None:
    """No bin, no dot, no error."""
    assert "circle" not in reliability_svg("none", BINS[:1])
