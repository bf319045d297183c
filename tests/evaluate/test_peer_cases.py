"""The benchmark over other tools' examples, on examples and readings of our own."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peer_cases import CaseResult, judge, main, read_cases, summary, table
from quotecraft.errors import FormatError, InputError
from quotecraft.model import Document, Quote, QuoteId, Speaker, SpeakerId
from tests.evaluate.build import document, quote, spans

TEXT = "“We are ready,” Mayor Ana Ruiz said. She warned that rain was “likely” today. “Go.”"


def case(*quotes: dict[str, Any], text: str = TEXT, **fields: Any) -> dict[str, Any]:
    """Return a case of a project."""
    return {
        "doc": "c1", "project": "tool", "lang": "en", "text": text, "quotes": list(quotes), **fields
    }  # fmt: skip


def expected(*pieces: str, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    """Return an expected quotation."""
    return {"content": [[s.start, s.end] for s in spans(text, *pieces)], "speaker": None, **fields}


def reading(*quotes: Quote, text: str = TEXT, **fields: Any) -> Document:
    """Return what we read in a text."""
    return document(text, *quotes, **fields)


READY, GO = expected("“We are ready,”"), expected("“Go.”")


def test_grouping_into_quotations_does_not_count() -> None:
    """Two quotations are as good as one with two pieces."""
    one = reading(quote(TEXT, "q", "We are ready", "“Go.”"))
    assert judge(case(READY, GO), one).spans
    two = reading(quote(TEXT, "q", "We are ready"), quote(TEXT, "r", "“Go.”"))
    assert judge(case(expected("“We are ready,”", "“Go.”")), two).spans


def test_missing_and_extra_pieces_are_wrong_and_shown() -> None:
    """The verdict says what is missing and what is too much."""
    verdict = judge(case(READY, GO), reading(quote(TEXT, "q", "We are"), quote(TEXT, "r", "“Go.”")))
    assert (verdict.spans, verdict.missing, verdict.extra) == (
        False, ("We are ready",), ("We are",)
    )  # fmt: skip


def test_paragraphs_of_one_quotation_may_be_one_span_or_several() -> None:
    """Pieces are cut at line breaks on both sides."""
    text = "“One.\n\n“Two,” he said."
    whole, parts = expected("“One.\n\n“Two,”", text=text), expected("“One.", "“Two,”", text=text)
    for gold in (whole, parts):
        for ours in (("One.\n\n“Two",), ("“One.", "Two")):
            given = reading(quote(text, "q", *ours), text=text)
            assert judge(case(gold, text=text), given).spans


@pytest.mark.parametrize("flag", ["direct_only", "spans_only"])
def test_where_marks_are_asked_for_indirect_speech_does_not_count(flag: str) -> None:
    """An indirect quotation is passed over, a mixed one judged by its parts in marks."""
    ours = reading(quote(TEXT, "q", "We are ready"), quote(TEXT, "m", "that rain was “likely”"))
    indirect = reading(quote(TEXT, "q", "We are ready"), quote(TEXT, "i", "that rain was"))
    assert judge(case(READY, expected("“likely”"), **{flag: True}), ours).spans
    assert not judge(case(READY, **{flag: True}), ours).spans
    assert judge(case(READY, **{flag: True}), indirect).spans
    assert not judge(case(READY), indirect).spans


def test_nested_quotations_are_optional() -> None:
    """Gold inside another may be found or not; where spans are judged ours inside don't count."""
    text = "“He said ‘no’ twice,” she said."
    outer = quote(text, "q", "“He said ‘no’ twice,”")
    inner = quote(text, "n", "‘no’", parent=QuoteId("q"))
    gold = [expected("“He said ‘no’ twice,”", text=text)]
    nested = [*gold, expected("‘no’", text=text, nested_in="outer")]
    for ours in ([outer], [outer, inner]):
        assert judge(case(*nested, text=text), reading(*ours, text=text)).spans
        assert judge(case(*gold, text=text, spans_only=True), reading(*ours, text=text)).spans
    assert not judge(case(*gold, text=text), reading(outer, inner, text=text)).spans


def test_unclosed_text_and_a_first_half_may_be_there() -> None:
    """What a tool lists apart, or a note calls optional, is neither wanted nor wrong."""
    ours = reading(quote(TEXT, "q", "We are ready"), quote(TEXT, "r", "“Go.”"))
    assert judge(case(READY, unclosed=["“Go."]), ours).spans
    assert judge(case(GO, note="the first half is optional"), ours).spans
    assert not judge(case(READY, note="the first half is optional"), ours).spans


def test_expecting_nothing_is_right_when_we_give_nothing() -> None:
    """No quotation expected: none is right, any is wrong; there is no speaker to judge."""
    assert judge(case(), reading()) == CaseResult("c1", "tool", spans=True, speakers=None)
    assert not judge(case(), reading(quote(TEXT, "q", "“likely”"))).spans


def named(name: str | None, *aliases: str, source: str | None = None) -> Document:
    """Return a reading of the first quotation with a speaker."""
    cast = [Speaker(SpeakerId("s1"), name, aliases=aliases)] if name else []
    fields: dict[str, Any] = {"speaker": "s1" if name else None}
    if source:
        fields["source"] = source
    return reading(quote(TEXT, "q", "“We are ready,”", **fields), speakers=tuple(cast))


@pytest.mark.parametrize(
    ("gold", "ours", "right"),
    [
        ("Ana Ruiz", named("Ana Ruiz"), True),
        ("Ana Ruiz", named("Mayor Ruiz"), True),
        ("Ruiz", named("the mayor", "Ana Ruiz"), True),
        ("the mayor", named("Mayor"), True),
        ("Ana Ruiz", named("Luz"), False),
        ("Ana", named("Anatole"), False),
        ("Ana Ruiz", named(None), False),
        ("Ana and Luz", named("Ana"), False),
        ("Ana and Luz", named("Ana and Luz"), True),
        ("She", named(None, source="She"), True),
        ("She", named("Ana Ruiz", source="She"), True),
        ("Ana Ruiz", named(None, source="Ana Ruiz"), False),
    ],
)
def test_names_are_compared_as_whole_words(gold: str, ours: Document, right: bool) -> None:
    """Titles and articles go; one may contain the other; a pronoun may stay unresolved."""
    assert judge(case(expected("“We are ready,”", speaker=gold)), ours).speakers is right


def test_a_quotation_that_was_not_found_has_no_right_speaker() -> None:
    """Every gold quotation with a speaker must be found whole."""
    verdict = judge(case(expected("“Go.”", speaker="Ana Ruiz")), named("Ana Ruiz"))
    assert verdict.speakers is False
    assert verdict.wrong == ("Ana Ruiz → quotation not found",)


def test_a_nested_speaker_counts_only_where_we_found_the_quotation() -> None:
    """Left out it is passed over; found with another speaker it is wrong."""
    text = "“He said ‘no’ twice,” Ana said."
    gold = [
        expected("“He said ‘no’ twice,”", text=text, speaker="Ana"),
        expected("‘no’", text=text, nested_in="outer", speaker="he"),
    ]
    outer = quote(text, "q", "“He said ‘no’ twice,”", speaker="Ana")
    inner = quote(text, "n", "‘no’", speaker="Ana", parent=QuoteId("q"))
    assert judge(case(*gold, text=text), reading(outer, text=text)).speakers is True
    assert judge(case(*gold, text=text), reading(outer, inner, text=text)).speakers is False


def test_the_table_adds_up_by_project() -> None:
    """Each project has a line, and all together the last."""
    results = [
        CaseResult("a", "one", spans=True, speakers=True),
        CaseResult("b", "one", spans=False, speakers=None),
        CaseResult("c", "two", spans=True, speakers=False),
    ]
    rows = [line.split() for line in table(results).splitlines()[1:]]
    assert rows == [
        ["one", "2", "1", "1", "1"],
        ["two", "1", "1", "1", "0"],
        ["all", "3", "2", "2", "1"],
    ]


def test_the_command_reads_english_cases_and_explains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cases of other languages are left out; --verbose shows what went wrong."""
    path = tmp_path / "cases.jsonl"
    rows = [case(READY), case(GO, doc="c2"), case(GO, doc="c3", lang="de")]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def load(_: str) -> Any:
        return lambda text, id: reading(quote(text, "q", "We are ready"), id=id)

    results = main(["--data", str(path), "--verbose"], load)
    assert [(r.case, r.spans) for r in results] == [("c1", True), ("c2", False)]
    assert "c2 (tool)\n    missing  'Go'\n    extra    'We are ready'\n" in capsys.readouterr().out


def test_a_damaged_file_is_named_with_its_line(tmp_path: Path) -> None:
    """A line that is no case, and a file that isn't there, are errors with a place."""
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(case()) + "\n{}\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"cases\.jsonl:2: no case"):
        list(read_cases(path))
    with pytest.raises(InputError, match="--data"):
        list(read_cases(tmp_path / "absent.jsonl"))


def test_a_crash_is_a_wrong_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The case counts as wrong, and the error is shown."""
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(case(expected("“Go.”", speaker="Ana"))), encoding="utf-8")

    def load(_: str) -> Any:
        return lambda text, id: text[len(text)]

    (result,) = main(["--data", str(path), "--verbose"], load)
    assert (result.spans, result.speakers) == (False, False)
    assert "    raised   IndexError('string index out of range')\n" in capsys.readouterr().out


def test_summary_counts_silent_cases_by_their_spans() -> None:
    """A case that asks for more than spans and has no speaker is right when its spans are."""
    results = [
        CaseResult("spoken", "tool", spans=False, speakers=True),
        CaseResult("silent", "tool", spans=True, speakers=None),
        CaseResult("wrong", "tool", spans=False, speakers=None),
        CaseResult("spans", "tool", spans=True, speakers=None, spans_only=True),
    ]
    assert summary(results).endswith(": 2 of 3")
