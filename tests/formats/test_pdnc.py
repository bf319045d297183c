"""Reading PDNC."""

import csv
import os
from pathlib import Path
from typing import Any

import pytest

from quotecraft.errors import FormatError, InputError
from quotecraft.formats.pdnc import HELD_OUT, QUOTATION_COLUMNS, read_pdnc
from quotecraft.formats.repairs import Repair
from quotecraft.model import Document

TEXT = 'It was – é – late. "Are you well, Miss Orme?" asked Lee.\n"Quite," said she, "and you?"\n'
CHARACTERS = [
    ["0", "Ann Orme", "{'Ann Orme', 'Miss Orme', 'Ann'}", "F", "major"],
    ["1", "Lee", "['Lee']", "M", "minor"],
    ["2", "The Dog", "set()", "X", "minor"],
    ["3", "_group", "['_group']", "X", "minor"],
]


def spans(*words: str) -> list[list[int]]:
    """Return the places of words in the text."""
    return [[TEXT.index(w), TEXT.index(w) + len(w)] for w in words]


def row(key: str, *pieces: str, **cells: Any) -> dict[str, str]:
    """Return a row of quotation_info.csv."""
    filled = {
        "quoteID": key,
        "quoteByteSpans": spans(*pieces),
        "subQuotationList": list(pieces),
        "speaker": "Lee",
        "addressees": [],
        "quoteType": "Implicit",
        "referringExpression": "nan",
        "mentionSpansList": [],
        "mentionTextsList": [],
        "mentionEntitiesList": [],
        **cells,
    }
    if isinstance(places := cells.get("quoteByteSpans"), list):
        filled["subQuotationList"] = [TEXT[slice(*map(int, p))] for p in places if "a" not in p]
    return {name: str(value) for name, value in filled.items()}


ASK = row(
    "Q0",
    "Are you well, Miss Orme?",
    addressees=["Ann Orme", "The Dog"],
    quoteType="Explicit",
    referringExpression="asked Lee",
    mentionSpansList=[[*spans("you", "Miss Orme")]],
    mentionEntitiesList=[[["Ann Orme"], ["Ann Orme"]]],
)
ANSWER = row("Q1", "Quite,", "and you?", speaker="Miss Orme", quoteType="Anaphoric")


def novel(root: Path, *rows: dict[str, str], name: str = "AnyNovel") -> Path:
    """Write a novel and return the corpus folder."""
    folder = root / "data" / name
    folder.mkdir(parents=True)
    (folder / "novel_text.txt").write_bytes(TEXT.encode())
    with (folder / "character_info.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["Character ID", "Main Name", "Aliases", "Gender", "Category"])
        table.writerows(CHARACTERS)
    with (folder / "quotation_info.csv").open("w", newline="", encoding="utf-8") as file:
        sheet = csv.DictWriter(file, QUOTATION_COLUMNS)
        sheet.writeheader()
        sheet.writerows(rows)
    return root


def read(root: Path, *rows: dict[str, str]) -> tuple[Document, list[str]]:
    """Read one novel, and the reasons of what was mended in it."""
    told: list[Repair] = []
    (document,) = read_pdnc(novel(root, *rows), on_repair=told.append)
    return document, [repair.reason for repair in told]


def test_a_row_becomes_a_direct_quote_with_its_links(tmp_path: Path) -> None:
    """Spans are code points, the pieces one content, all addressees and the type in ``extra``."""
    document, told = read(tmp_path, ANSWER, ASK)
    ask, answer = document.quotes
    assert (document.id, document.text) == ("AnyNovel", TEXT)
    assert (ask.text, ask.speaker, ask.addressee) == (
        "Are you well, Miss Orme?", "Lee", "Ann Orme"
    )  # fmt: skip
    assert ask.extra == {
        "quote_type": "explicit",
        "addressees": ["Ann Orme", "The Dog"],
        "referring_expression": "asked Lee",
    }
    assert (answer.text, answer.speaker) == ("Quite, … and you?", "Ann Orme")
    assert answer.extra["referring_expression"] is None
    assert told == ["'Miss Orme' is an alias of 'Ann Orme'"]


def test_characters_become_speakers_with_aliases_and_mentions(tmp_path: Path) -> None:
    """Pseudo-characters are none; mentions are told apart by form."""
    document, _ = read(tmp_path, ASK)
    assert [(s.name, s.aliases) for s in document.speakers] == [
        ("Ann Orme", ("Ann", "Miss Orme")),
        ("Lee", ()),
        ("The Dog", ()),
    ]
    mentions = [(m.span.of(TEXT), m.kind.value) for m in document.speakers[0].mentions]
    assert mentions == [("you", "pronoun"), ("Miss Orme", "name")]


def test_a_pseudo_speaker_is_nobody_known(tmp_path: Path) -> None:
    """The quote stays, without a speaker and with the label."""
    document, _ = read(tmp_path, row("Q0", "Quite,", speaker="_Unknowable", quoteType="nan"))
    (quote,) = document.quotes
    assert (quote.speaker, quote.extra["pseudo_speaker"]) == (None, "_unknowable")
    assert quote.extra["quote_type"] is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"speaker": "Miss de Vere "}, "'Miss de Vere' is in no character list; added"),
        ({"quoteByteSpans": spans('Quite," ')}, "trimmed"),
        ({"quoteByteSpans": spans("and you?", "Quite,")}, "trimmed, sorted or joined"),
        (
            {"mentionSpansList": [spans("you")], "mentionEntitiesList": [[["Lee"], ["Lee"]]]},
            "1 mention spans but 2 entities; all left out",
        ),
    ],
)
def test_faults_are_mended_and_told(tmp_path: Path, cells: dict[str, Any], reason: str) -> None:
    """Each fault has one documented reading."""
    document, told = read(tmp_path, row("Q0", "Quite,", **cells))
    assert document.quotes[0].content[0].of(TEXT).startswith("Quite,")
    assert len(told) == 1
    assert reason in told[0]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"quoteByteSpans": [[0, 999]]}, r"span \[0, 999\] does not fit the novel"),
        ({"quoteByteSpans": [["a", 3]]}, "does not fit"),
        ({"quoteByteSpans": "__import__('os')"}, "quoteByteSpans holds no Python literal"),
        ({"quoteByteSpans": "7"}, "holds a int, expected a list"),
        ({"quoteByteSpans": []}, "quotation without words"),
        ({"subQuotationList": ["Quote,"]}, r"the text at \[.*\) is not 'Quote,'"),
        ({"subQuotationList": ["Quite,", "you"]}, "1 spans but 2 pieces in subQuotationList"),
        ({"addressees": "[Lee]"}, "addressees holds no Python literal"),
    ],
)
def test_a_damaged_row_is_an_error_with_its_line(
    tmp_path: Path, cells: dict[str, Any], reason: str
) -> None:
    """Nothing is evaluated; the message names file and line."""
    with pytest.raises(FormatError, match=rf"quotation_info\.csv:3: .*{reason}"):
        read(tmp_path, ASK, row("Q9", "Quite,", **cells))


def test_two_quotations_with_one_id_are_an_error(tmp_path: Path) -> None:
    """Both lines are named."""
    with pytest.raises(FormatError, match=r"_info\.csv:3: second quotation 'Q0', .* in line 2"):
        read(tmp_path, ASK, {**ANSWER, "quoteID": "Q0"})


def test_a_novel_without_one_of_its_files_is_an_error(tmp_path: Path) -> None:
    """A novel can't get lost unseen."""
    root = novel(tmp_path, ASK)
    (root / "data" / "AnyNovel" / "novel_text.txt").unlink()
    with pytest.raises(InputError, match=r"AnyNovel/novel_text\.txt: can't be read"):
        list(read_pdnc(root))


def test_a_file_without_its_columns_is_an_error(tmp_path: Path) -> None:
    """The missing columns are named."""
    root = novel(tmp_path, ASK)
    (root / "data" / "AnyNovel" / "character_info.csv").write_text("Main Name\nLee\n")
    with pytest.raises(
        FormatError, match=r"character_info\.csv:1: no column Character ID, Aliases"
    ):
        list(read_pdnc(root))


def test_held_out_novels_are_read_only_when_asked_for(tmp_path: Path) -> None:
    """The default leaves them out, ``"test"`` reads them alone."""
    held_out = sorted(HELD_OUT)[0]
    for name in ("AnyNovel", held_out):
        novel(tmp_path, ASK, name=name)
    assert [d.id for d in read_pdnc(tmp_path)] == ["AnyNovel"]
    assert [d.id for d in read_pdnc(tmp_path, split="test")] == [held_out]
    assert [d.id for d in read_pdnc(tmp_path / "data", split="all")] == ["AnyNovel", held_out]
    with pytest.raises(InputError, match="no PDNC novel of split 'train'"):
        read_pdnc(tmp_path / "data" / held_out)
    with pytest.raises(InputError, match="choose from train, test, all"):
        read_pdnc(tmp_path, split="dev")


ROOT = Path(os.environ.get("QUOTECRAFT_DATA") or Path(__file__).parents[3] / "shared" / "data")
NOVEL = ROOT / "pdnc" / "data" / "AlicesAdventuresInWonderland"


@pytest.mark.skipif(not NOVEL.is_dir(), reason=f"PDNC is not at {NOVEL}")
def test_a_released_novel_has_its_counts() -> None:
    """Alice: 697 quotations in 1,048 spans, all with a speaker."""
    (document,) = read_pdnc(NOVEL)
    assert len(document.quotes) == 697
    assert sum(len(quote.content) for quote in document.quotes) == 1048
    assert all(quote.speaker for quote in document.quotes)


@pytest.mark.slow
@pytest.mark.skipif(not NOVEL.is_dir(), reason=f"PDNC is not at {NOVEL}")
def test_the_whole_release_has_its_counts() -> None:
    """22 novels, 27,758 quotations, 35,760 spans; four novels held out."""
    documents = list(read_pdnc(ROOT / "pdnc", split="all"))
    quotes = [quote for document in documents for quote in document.quotes]
    assert (len(documents), len(quotes)) == (22, 27758)
    assert sum(len(quote.content) for quote in quotes) == 35760
    assert {d.id for d in documents} > HELD_OUT
