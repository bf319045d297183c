"""Charts: what they show, how they are written, and that nothing from outside can break them."""

import re
import struct
import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from quotecraft import analysis
from quotecraft.errors import FormatError, MissingExtraError
from quotecraft.model import Document, Mention, Quote, Span, Speaker
from quotecraft.plots import (
    DARK,
    LIGHT,
    article_positions,
    gender_balance,
    save,
    share_of_voice,
    speaker_network,
    timeline,
    to_png,
    to_svg,
    verb_stance,
    word_contrast,
)

pytest.importorskip("altair", reason="the plots extra is not installed")
pytest.importorskip("vl_convert", reason="the plots extra is not installed")

ODD = "<b>&\"'</b> \u202e ' + datum + '"
VERBS = ("said", "claimed", "insisted", "said")
LEMMAS = ("say", "claim", "insist", "say")
STANCES = ("neutral", "doubting", "assertive", "neutral")
NAMES = ("Ana Ruiz", ODD, "Ministry of Health")


def article(number: int) -> Document:
    """Return a short article in which each of three sources speaks."""
    text, quotes, speakers = "", [], []
    for place, name in enumerate(NAMES):
        verb = (number + place) % len(VERBS)
        begin = len(text)
        text += f"{name} {VERBS[verb]} the budget of {'clinics' if place else 'schools'} grows. "
        cue = begin + len(name) + 1
        content = cue + len(VERBS[verb]) + 1
        quotes.append(
            Quote(
                f"q{place}",
                "indirect",
                [Span(content, len(text) - 2)],
                cue=[Span(cue, cue + len(VERBS[verb]))],
                cue_lemma=LEMMAS[verb],
                stance=STANCES[verb],
                source=[Span(begin, begin + len(name))],
                speaker=f"s{place}",
                addressee="s0" if place == 1 else None,
            )
        )
        speakers.append(
            Speaker(
                f"s{place}",
                name,
                "person" if place < 2 else "organization",
                pronouns=["she"] if place == 0 else [],
                mentions=[Mention(Span(begin, begin + len(name)), "name")],
            )
        )
    metadata = {"date": str(date(2024, 1 + number % 5, 3)), "outlet": "The Example"}
    return Document(f"d{number}", text, metadata=metadata, quotes=quotes, speakers=speakers)


COLLECTION = analysis.collect([article(number) for number in range(10)])
TABLES: dict[str, Any] = {
    "shares": analysis.shares(COLLECTION),
    "positions": analysis.positions(COLLECTION, "source_type"),
    "change": analysis.change(COLLECTION),
    "stances": analysis.stances(COLLECTION, min_count=1),
    "words": analysis.distinctive_words(COLLECTION, "source_type", "named", "institution"),
    "gender": analysis.gender(COLLECTION),
    "network": analysis.network(COLLECTION),
}
CHARTS = {
    "shares": share_of_voice,
    "positions": article_positions,
    "change": timeline,
    "stances": verb_stance,
    "words": word_contrast,
    "gender": gender_balance,
    "network": speaker_network,
}


def texts(svg: str) -> set[str]:
    """Return the words that an SVG shows."""
    root = ET.fromstring(svg)
    return {"".join(e.itertext()).strip() for e in root.iter("{http://www.w3.org/2000/svg}text")}


def data(chart: Any) -> list[dict[str, Any]]:
    """Return every row of data in a chart's specification, layer by layer."""
    found: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("data"), dict):
                found.extend(value["data"].get("values", []))
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    specification = chart.to_dict()
    for rows in specification.get("datasets", {}).values():
        found.extend(rows)
    walk(specification)
    return found


@pytest.mark.parametrize("name", list(CHARTS))
def test_every_chart_is_drawn(name: str) -> None:
    """Each table becomes a well-formed SVG with its title, its size and something to see."""
    svg = to_svg(CHARTS[name](TABLES[name]))
    words = " ".join(texts(svg))
    assert TABLES[name].title.replace("_", " ").split()[0] in words
    assert "10\N{NO-BREAK SPACE}articles" in words
    assert len(re.findall("<path", svg)) > 3


@pytest.mark.parametrize("name", list(CHARTS))
def test_a_chart_without_title_has_none(name: str) -> None:
    """An empty title leaves the room to the chart."""
    assert "articles" not in " ".join(texts(to_svg(CHARTS[name](TABLES[name], title=""))))


@pytest.mark.parametrize("name", list(CHARTS))
def test_charts_are_as_wide_as_asked(name: str) -> None:
    """A chart keeps to its width, give or take what the labels measure."""
    for width in (440, 640):
        root = ET.fromstring(to_svg(CHARTS[name](TABLES[name], width=width)))
        assert float(root.get("width", "0")) == pytest.approx(width, rel=0.12)


@pytest.mark.parametrize("name", list(CHARTS))
def test_empty_tables_give_empty_charts(name: str) -> None:
    """A table without rows is drawn without an error."""
    empty = TABLES[name].head(0)
    assert "<svg" in to_svg(CHARTS[name](empty))


def test_share_of_voice_draws_the_tables_figures() -> None:
    """Each bar and interval is the table's, and its figure stands beside it."""
    own = [row for row in TABLES["shares"] if row.counted == "words"]
    drawn = data(share_of_voice(TABLES["shares"], "words"))
    bars = {row["place"].split(" ", 1)[1]: row for row in drawn if "place" in row}
    assert {row.value: row.share for row in own} == {k: v["share"] for k, v in bars.items()}
    assert all(bars[row.value]["low"] == row.low for row in own)
    shown = texts(to_svg(share_of_voice(TABLES["shares"], "words")))
    first = own[0]
    assert f"{100 * first.share:.0f} % ({100 * first.low:.0f}–{100 * first.high:.0f})" in shown


def test_what_is_left_out_is_said() -> None:
    """A chart of the top values says how many more there are."""
    shown = " ".join(texts(to_svg(share_of_voice(TABLES["shares"], top=2))))
    assert "1 more not shown" in shown


def test_positions_sum_to_the_whole() -> None:
    """The bars of a strip together are all quotations of its value."""
    drawn = [row for row in data(article_positions(TABLES["positions"])) if "top" in row]
    heights: dict[float, float] = {}
    for row in drawn:
        heights[row["foot"]] = heights.get(row["foot"], 0) + row["foot"] - row["top"]
    assert len(set(map(round, heights.values()))) == 1


def test_stances_leave_neutral_out() -> None:
    """Pieces of a bar follow one another from nothing, neutral not among them."""
    drawn = [row for row in data(verb_stance(TABLES["stances"])) if "stance" in row]
    assert {row["stance"] for row in drawn} == {"doubting", "assertive"}
    named = sorted(row["start"] for row in drawn if row["group"].startswith("named"))
    assert named[0] == 0
    ends = sorted(row["end"] for row in drawn if row["group"].startswith("named"))
    assert named[1:] == ends[:-1]


def test_words_stand_on_their_side() -> None:
    """A word's dot is right of the middle when it marks the first side, with its interval."""
    drawn = {row["word"]: row for row in data(word_contrast(TABLES["words"])) if "word" in row}
    for row in TABLES["words"]:
        if row.word in drawn:
            dot = drawn[row.word]
            assert dot["low"] < dot["log_odds"] == row.log_odds < dot["high"]
            width = dot["high"] - dot["low"]
            assert width == pytest.approx(2 * 1.959964 * abs(row.log_odds / row.z))


def test_gender_pieces_fill_the_bar() -> None:
    """Women, the unknown and men fill each bar, the unknown in the middle."""
    drawn = [row for row in data(gender_balance(TABLES["gender"])) if "gender" in row]
    words = [row for row in drawn if row["unit"] == "words"]
    assert words[0]["start"] == 0
    assert words[-1]["end"] == pytest.approx(1)
    assert [row["gender"] for row in words][:2] == ["women", "unknown"]


def test_network_names_do_not_cover_each_other() -> None:
    """Names of speakers stand apart."""
    labels = [
        row for row in data(speaker_network(TABLES["network"])) if set(row) == {"x", "y", "name"}
    ]
    places = {(round(row["x"]), round(row["y"]), row["name"]) for row in labels}
    assert len({name for _, _, name in places}) == len({(x, y) for x, y, _ in places}) == 2


@pytest.mark.parametrize("name", ["shares", "network"])
def test_hostile_names_stay_text(name: str) -> None:
    """A name full of mark-up and expression syntax is shown as it is, and does nothing."""
    svg = to_svg(CHARTS[name](TABLES[name]))
    assert any(words.startswith("<b>&\"'</b>") for words in texts(svg))
    assert "<b>" not in svg


@pytest.mark.parametrize("character", ["\ud800", "\x00", "\x1b", "\u202e", "\uffff"])
def test_what_cannot_be_drawn_is_replaced(character: str) -> None:
    """Surrogates, controls and noncharacters in a name are drawn as a replacement character."""
    odd = Document(
        "d",
        "“Yes.”",
        quotes=[Quote("q", "direct", [Span(0, 6)], speaker="s")],
        speakers=[Speaker("s", f"A{character}z", "person")],
    )
    assert "A\ufffdz" in texts(to_svg(share_of_voice(analysis.shares([odd]))))


def test_dark_charts_swap_every_colour() -> None:
    """A dark chart has the dark ground and no light colour left; its words are the same."""
    chart = gender_balance(TABLES["gender"])
    light, dark = to_svg(chart), to_svg(chart, dark=True)
    assert LIGHT.page in light
    assert DARK.page in dark
    assert not [c for c in (LIGHT.page, LIGHT.ink, LIGHT.blue, LIGHT.rule) if c in dark]
    assert texts(light) == texts(dark)


def test_save_writes_svg_and_png(tmp_path: Path) -> None:
    """The ending tells the kind of picture; a PNG has the asked scale."""
    chart = gender_balance(TABLES["gender"])
    save(chart, tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text().startswith("<svg")
    save(chart, tmp_path / "a.PNG", scale=1)
    once = (tmp_path / "a.PNG").read_bytes()
    twice = to_png(chart)
    assert once[:8] == b"\x89PNG\r\n\x1a\n"
    sizes = [struct.unpack(">II", png[16:24]) for png in (once, twice)]
    assert sizes[1][0] == pytest.approx(2 * sizes[0][0], abs=2)
    assert zlib.crc32(once)


@pytest.mark.parametrize("path", ["a.pdf", "a", "missing/a.svg"])
def test_save_says_what_is_wrong(tmp_path: Path, path: str) -> None:
    """Another ending, or a folder that isn't there, is an error with the path."""
    with pytest.raises(FormatError, match=path):
        save(gender_balance(TABLES["gender"]), tmp_path / path)


@pytest.mark.parametrize("module", ["altair", "vl_convert"])
def test_missing_extra_names_the_install(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Without the packages the error holds the exact command."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'quotecraft\[plots\]'"):
        to_svg(gender_balance(TABLES["gender"]))


def test_importing_plots_loads_nothing_heavy() -> None:
    """The package can be imported without Altair's cost."""
    code = (
        "import sys, quotecraft.plots;"
        "sys.exit(bool({'altair', 'vl_convert', 'pandas', 'torch'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
