"""Reading the attribution relations of GUM."""

import os
from collections import Counter
from pathlib import Path

import pytest

from quotecraft.errors import FormatError, InputError
from quotecraft.evaluate import kinds_of
from quotecraft.formats.gum import read_gum
from quotecraft.formats.repairs import Repair
from quotecraft.model import Document, QuoteKind, Stance


def word(number: int, form: str, misc: str = "_") -> str:
    """Return a token line."""
    return "\t".join([str(number), form, *["_"] * 7, misc])


def discourse(*cells: str) -> str:
    """Return a MISC column."""
    return f"Discourse={';'.join(cells)}"


RAIN = [
    "# newpar",
    "# text = Ana said that it rained because of clouds.",
    word(1, "Ana", discourse("attribution-positive:1->2:1:sem-atsrc-1+lex-indwd-2")),
    word(2, "said"),
    word(3, "that", discourse("ROOT:2:0")),
    word(4, "it"),
    word(5, "rained"),
    word(6, "because", discourse("causal-cause:3->2:0:_")),
    word(7, "of"),
    word(8, "clouds", "SpaceAfter=No"),
    word(9, "."),
    "",
]
SLEEP = [
    "# newpar",
    "# text = “We,” Lee shouted, “sleep.”",
    word(1, "“", discourse("joint-other_m:4->2:2") + "|SpaceAfter=No"),
    word(2, "We", "SpaceAfter=No"),
    word(3, ",", "SpaceAfter=No"),
    word(4, "”"),
    word(5, "Lee", discourse("attribution-positive:5->4:1:lex-indwd-15+sem-atsrc-14")),
    word(6, "shouted", "SpaceAfter=No"),
    word(7, ","),
    word(8, "“", discourse("same-unit_m:6->4:0") + "|SpaceAfter=No"),
    word(9, "sleep", "SpaceAfter=No"),
    word(10, ".", "SpaceAfter=No"),
    word(11, "”"),
    "",
]
OVER = [
    "# text = Nobody thinks it's over.",
    word(1, "Nobody", discourse("attribution-negative:7->8:0:sem-ngt-21+sem-atsrc-21")),
    word(2, "thinks"),
    word(3, "it", discourse("joint-other_m:8->2:2")).replace("3\tit", "3-4\tit's", 1),
    word(3, "it", discourse("joint-other_m:8->2:2")),
    word(4, "is"),
    word(5, "over", "SpaceAfter=No"),
    word(6, "."),
    "",
]
HEAD = "# newdoc id = GUM_news_x"


def write(folder: Path, *lines: str, name: str = "a.conllu") -> Path:
    """Write a CoNLL-U file."""
    (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder / name


def read(path: Path, told: list[Repair] | None = None) -> list[Document]:
    """Read a file or folder, and collect what was mended."""
    tell = None if told is None else told.append
    return list(read_gum(path, kind_of=kinds_of, on_repair=tell))


def test_relations_become_quotes_with_source_and_cue(tmp_path: Path) -> None:
    """The content is what the head stands for below the attribution; nothing more, nothing less."""
    told: list[Repair] = []
    (document,) = read(write(tmp_path, HEAD, *RAIN, *SLEEP, *OVER), told)
    assert document.text == (
        "Ana said that it rained because of clouds.\n\n"
        "“We,” Lee shouted, “sleep.” Nobody thinks it's over."
    )
    assert [(q.source_text, q.cue_text, q.text) for q in document.quotes] == [
        ("Ana", "said", "that it rained because of clouds."),
        ("Lee", "shouted", "“We,” … “sleep.”"),
        ("Nobody", "", "it's over."),
    ]
    assert [q.kind for q in document.quotes] == [
        QuoteKind.INDIRECT, QuoteKind.DIRECT, QuoteKind.INDIRECT,
    ]  # fmt: skip
    assert [q.stance for q in document.quotes] == [Stance.NEUTRAL, Stance.NEUTRAL, Stance.NEGATED]
    assert told == []


def test_what_is_joined_above_the_attribution_is_no_content(tmp_path: Path) -> None:
    """A unit on the attribution's own level or above it stays out."""
    above = [line.replace("causal-cause:3->2:0", "causal-cause:3->2:2") for line in RAIN]
    (document,) = read(write(tmp_path, HEAD, *above))
    assert [q.text for q in document.quotes] == ["that it rained"]


def test_a_secondary_relation_reaches_its_head_at_its_second_level(tmp_path: Path) -> None:
    """Its first level is that of the unit; it moves no unit in the tree."""
    lines = [
        line.replace("_m:4->2:2", "_m:4->2:2;attribution-positive:4->2:0:1:sem-atsrc-11")
        for line in SLEEP
    ]
    (document,) = read(write(tmp_path, HEAD, *RAIN, *lines))
    assert [(q.text, q.source_text) for q in document.quotes] == [
        ("that it rained because of clouds.", "Ana"),
        ("that it rained because of clouds.", "We"),
        ("“We,” … “sleep.”", "Lee"),
    ]


def test_an_attribution_inside_another_has_it_as_parent(tmp_path: Path) -> None:
    """The parent is the smallest content that holds unit and content."""
    nested = [
        line.replace("causal-cause:3->2:0:_", "attribution-positive:3->2:0:sem-atsrc-8")
        for line in RAIN
    ]
    (document,) = read(write(tmp_path, HEAD, *nested))
    assert [(q.text, q.parent) for q in document.quotes] == [
        ("that it rained because of clouds.", None),
        ("that it rained", "q1"),
    ]


def test_parts_that_overlap_are_cut_back_and_told(tmp_path: Path) -> None:
    """A cue inside the content loses its words; file and line are named."""
    lines = [line.replace("lex-indwd-2", "lex-indwd-2,5") for line in RAIN]
    told: list[Repair] = []
    path = write(tmp_path, HEAD, *lines)
    (document,) = read(path, told)
    assert document.quotes[0].cue_text == "said"
    assert [str(r) for r in told] == [f"{path}:4: Cue overlaps another part; cut back"]


@pytest.mark.parametrize(
    ("line", "old", "new", "reason"),
    [
        (4, "attribution-positive:1->2:1", "attribution-positive:1:2", "expected RELATION"),
        (4, "1->2", "3->2", "discourse unit 3 comes where 1 should"),
        (4, "1->2", "1->9", "there is no discourse unit 9"),
        (4, "sem-atsrc-1", "sem-atsrc-99", "signal 'sem-atsrc-99' does not fit"),
        (4, "sem-atsrc-1", "sem-atsrc-1-x", "signal 'sem-atsrc-1-x' does not fit"),
        (5, "2\tsaid", "3\tsaid", "word 3 comes where 2 should"),
        (5, "2\tsaid", "two\tsaid", "'two' is no token number"),
        (5, "2\tsaid\t", "2\tsaid ", "expected a token of 10 columns"),
        (3, "Ana said that", "Ana said it", "the tokens are not those of '# text'"),
        (1, "id = GUM_news_x", "", "expected '# newdoc id = NAME'"),
        (1, "# newdoc", "# olddoc", "expected '# newdoc id = NAME'"),
    ],
)
def test_a_damaged_line_is_an_error_with_its_place(
    tmp_path: Path, line: int, old: str, new: str, reason: str
) -> None:
    """File and line stand in the message."""
    lines = [HEAD, *RAIN]
    lines[line - 1] = lines[line - 1].replace(old, new)
    with pytest.raises(FormatError) as caught:
        read(write(tmp_path, *lines))
    assert (caught.value.source, caught.value.line) == (str(tmp_path / "a.conllu"), line)
    assert reason in caught.value.reason


def test_a_document_without_discourse_is_an_error(tmp_path: Path) -> None:
    """Any other treebank is told from GUM."""
    with pytest.raises(FormatError, match=r"a\.conllu:1: document 'GUM_news_x' has no discourse"):
        read(write(tmp_path, HEAD, word(1, "Rain"), ""))


def test_two_documents_with_one_id_are_an_error(tmp_path: Path) -> None:
    """Also in two files of a folder."""
    write(tmp_path, HEAD, *RAIN)
    write(tmp_path, HEAD, *RAIN, name="b.conllu")
    with pytest.raises(FormatError, match=r"b\.conllu:1: second document 'GUM_news_x'"):
        read(tmp_path)


def test_bytes_that_are_no_utf8_are_an_error(tmp_path: Path) -> None:
    """No byte is ever guessed."""
    path = write(tmp_path, HEAD, *RAIN)
    path.write_bytes(path.read_bytes().replace(b"2\tsaid", b"2\t\xff"))
    with pytest.raises(FormatError, match=r":5: byte 2 of the line is not UTF-8"):
        read(path)


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A missing file, and a folder without any."""
    with pytest.raises(InputError, match=r"no \.conllu file"):
        read(tmp_path)
    with pytest.raises(InputError, match="can't be read"):
        read(tmp_path / "none.conllu")


def test_documents_are_read_one_at_a_time(tmp_path: Path) -> None:
    """A damaged second document does not keep the first one back."""
    stream = read_gum(write(tmp_path, HEAD, *RAIN, f"{HEAD}2", "x"), kind_of=kinds_of)
    assert next(stream).id == "GUM_news_x"
    with pytest.raises(FormatError):
        next(stream)


ROOT = Path(os.environ.get("QUOTECRAFT_DATA") or Path(__file__).parents[3] / "shared" / "data")
GUM = ROOT / "ud-gum"


@pytest.mark.skipif(not GUM.is_dir(), reason=f"GUM is not at {GUM}")
def test_the_released_files_have_their_counts() -> None:
    """123 documents, 896 positive and 58 negative attributions, each with a source."""
    told: list[Repair] = []
    documents = read(GUM, told)
    quotes = [quote for document in documents for quote in document.quotes]
    assert len(documents) == 123
    assert Counter(q.extra["relation"] for q in quotes) == {
        "attribution-positive": 896,
        "attribution-negative": 58,
    }
    assert all(q.source for q in quotes)
    assert {r.reason for r in told} == {"Cue overlaps another part; cut back"}
