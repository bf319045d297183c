"""Pairing of quotation marks."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotecraft.model import Span
from quotecraft.text import MarkStyle, Quotation, inside, pair_marks, paragraphs
from tests.text.texts import texts


def found(text: str) -> list[str]:
    """Return what stands between marks, the pieces of one quotation joined by a bar."""
    return ["|".join(span.of(text) for span in q.spans) for q in pair_marks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Rain,” she said.", ["“Rain,”"]),
        ('"Rain," she said.', ['"Rain,"']),
        ("‘Rain’, she said.", ["‘Rain’"]),
        ("'Rain', she said.", ["'Rain'"]),
        ("``Rain,'' she said.", ["``Rain,''"]),
        ("''Rain,'' she said.", ["''Rain,''"]),
        ("’’Rain,’’ she said.", ["’’Rain,’’"]),
        ("`Rain,' she said.", ["`Rain,'"]),
        ("«Rain», she said.", ["«Rain»"]),
        ("« Rain », she said.", ["« Rain »"]),
        ("»Rain«, she said.", ["»Rain«"]),
        ("‹Rain›, she said.", ["‹Rain›"]),
        ("„Rain“, she said.", ["„Rain“"]),
        ("„Rain”, she said.", ["„Rain”"]),
        ("‚Rain‘, she said.", ["‚Rain‘"]),
        ("＂Rain,＂ she said.", ["＂Rain,＂"]),
        ("”Rain”, she said.", ["”Rain”"]),
    ],
)
def test_every_style_of_marks_pairs(text: str, expected: list[str]) -> None:
    """Each style that English texts use encloses one quotation, its marks included."""
    assert expected == found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('“Rain," she said, and left.', ['“Rain,"']),
        ('"Rain,” she said, and left.', ['"Rain,”']),
        ("“Rain,“ she said, “and wind.”", ["“Rain,“", "“and wind.”"]),
        ("“Rain,’’ she said.", ["“Rain,’’"]),
        ("They called it “a mere shower’, no more.", ["“a mere shower’"]),
        ("He wrote ‘It rains,” and left.", ["‘It rains,”"]),
        ("“It rains », he said.", ["“It rains »"]),
        ('"Rain,"she said. "Wind.""Snow."', ['"Rain,"', '"Wind."', '"Snow."']),
    ],
)
def test_mismatched_marks_pair(text: str, expected: list[str]) -> None:
    """A quotation that is closed by the wrong mark is closed all the same."""
    assert expected == found(text)


@pytest.mark.parametrize(
    "text",
    [
        "It didn't rain, and it doesn’t snow; it shouldn‘t hail.",
        "The horses' hay and the Joneses’ barn got wet.",
        "'Tis the season, and ’twas dry till now.",
        "Get 'em out of the '90s, into rock 'n' roll.",
        "He was sixteen in ’98 and loved rock ’n’ roll.",
        "She is 5'10\" and he is 6' 2\" tall.",
        "A 12\" pipe of 3' length.",
        "We was goin' down o' the hill wi' the lads.",
        "He said nothing (not even in '45).",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    """Apostrophes, decades, feet and inches open nothing and close nothing."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'The horses' hay is wet,' he said.", ["'The horses' hay is wet,'"]),
        ("‘The horses’ hay is wet,’ he said.", ["‘The horses’ hay is wet,’"]),
        ("''Tis wet,' he said.", ["''Tis wet,'"]),
        ("‘’Tis wet,’ he said.", ["‘’Tis wet,’"]),
        ("'I can't tell 'em that,' he said.", ["'I can't tell 'em that,'"]),
        ('"Feed the horses\'," he said.', ['"Feed the horses\',"']),
        ('"I need a 12" pipe," he said.', ['"I need a 12" pipe,"']),
        ('"He is 5\'10"," she said, "or more."', ['"He is 5\'10","', '"or more."']),
        ("“Where is the dog‘s bowl?” he asked.", ["“Where is the dog‘s bowl?”"]),
    ],
)
def test_apostrophes_inside_a_quotation_do_not_close_it(text: str, expected: list[str]) -> None:
    """A quotation goes on past the apostrophes and inch signs in it."""
    assert expected == found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“She said ‘no’ twice.”", ["“She said ‘no’ twice.”", "‘no’"]),
        ("'She said \"no\" twice.'", ["'She said \"no\" twice.'", '"no"']),
        ("“‘No,’ she said.”", ["“‘No,’ she said.”", "‘No,’"]),
        ("“She said, ‘No.’”", ["“She said, ‘No.’”", "‘No.’"]),
        ("“how “are” you”", ["“how “are” you”", "“are”"]),
        ('"how "are" you"', ['"how "are" you"', '"are"']),
        ("“a «b ‘c “d”’»”", ["“a «b ‘c “d”’»”", "«b ‘c “d”’»", "‘c “d”’", "“d”"]),
        ("``a ``b `c''''' d", ["``a ``b `c'''''", "``b `c'''", "`c'"]),
    ],
)
def test_nested_marks_pair_inside_out(text: str, expected: list[str]) -> None:
    """Quotations inside quotations are found at any depth, the outer one first."""
    assert expected == found(text)


def test_parent_is_the_next_outer_quotation() -> None:
    """``parent`` is the index of the quotation around, ``None`` for the outermost."""
    parents = [q.parent for q in pair_marks("“a ‘b “c” d’ ‘e’” “f”")]
    assert parents == [None, 0, 1, 0, None]


@pytest.mark.parametrize("close", ["”", '"'])
@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n"])
def test_quotation_reopened_at_each_paragraph_is_one(close: str, gap: str) -> None:
    """Paragraphs that each open with a mark, the last of them closed, are one quotation."""
    mark = "“" if close == "”" else '"'
    text = f"{mark}One day.{gap}{mark}Two days.{gap}{mark}Three days,{close} she said."
    expected = [f"{mark}One day.|{mark}Two days.|{mark}Three days,{close}"]
    assert expected == found(text)
    assert [q.closed for q in pair_marks(text)] == [True]


def test_nested_quotation_is_reopened_with_the_outer_one() -> None:
    """Both marks repeated at a paragraph's start go on with both quotations."""
    text = "“He said, ‘One.\n\n“‘Two.’ That is all.”"
    assert found(text) == ["“He said, ‘One.|“‘Two.’ That is all.”", "‘One.|‘Two.’"]


def test_quotation_around_verse_goes_on_without_marks() -> None:
    """A quotation that opens in one paragraph and closes in a later one is one quotation."""
    text = 'He read: "The rain,\n\nthe wind,\n\nthe snow." Then he slept.'
    assert found(text) == ['"The rain,|the wind,|the snow."']
    text = 'He read: "The rain.\nThe snow." Then he slept.'
    assert found(text) == ['"The rain.|The snow."']


def test_quotation_goes_on_where_a_sentence_does() -> None:
    """Blank lines in the midst of a sentence, as between double-spaced lines, end no quotation."""
    text = "“‘Come in,’ he said, ‘and I\n\nwill see to it that you,\n\nmy friend, get dry.’”"
    pieces = ["will see to it that you,", "my friend, get dry.’"]
    expected = [
        "|".join(["“‘Come in,’ he said, ‘and I", pieces[0], pieces[1] + "”"]),
        "‘Come in,’",
        "|".join(["‘and I", *pieces]),
    ]
    assert expected == found(text)


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    """Without its closing mark a quotation ends where its paragraph ends, and says so."""
    text = "She said, “It rains. \n\nThe wind rose. “Snow,” he said."
    assert found(text) == ["“It rains.", "“Snow,”"]
    assert [q.closed for q in pair_marks(text)] == [False, True]


def test_unclosed_quotation_ends_where_the_next_opens() -> None:
    """In one paragraph the next opening mark ends a quotation that was never closed."""
    text = "“It rains, she said. “It snows,” he said. “So what?”"
    assert found(text) == ["“It rains, she said.", "“It snows,”", "“So what?”"]


def test_stray_mark_does_not_pair_across_a_line_break() -> None:
    """A closing mark that nothing opened is left alone, and so is the next paragraph."""
    text = '\'Uneasy\' calm on Mill Street"\nThe mayor spoke.\n"It rains," she said.'
    assert found(text) == ["'Uneasy'", '"It rains,"']


@pytest.mark.parametrize("odd", ["“", "”", '"', "'", "’", "‘", "``", "''", "«"])
@pytest.mark.parametrize("place", [0, 8, 17])
def test_odd_mark_costs_at_most_its_paragraph(odd: str, place: int) -> None:
    """The paragraphs around one odd mark are read as if it were not there."""
    middle = "It was raining all."
    text = f"“One,” he said.\n\n{middle[:place]}{odd}{middle[place:]}\n\nShe said, “Two.”"
    assert [f for f in found(text) if "One" in f or "Two" in f] == ["“One,”", "“Two.”"]


@pytest.mark.parametrize("text", ['""=', "“”", '" "', "“‘’”", "''''", "“\n”", "«»", "", " \n\n "])
def test_empty_quotation_is_none(text: str) -> None:
    """Marks around nothing but white space and marks are no quotation."""
    assert pair_marks(text) == ()


def test_doubled_marks_are_one_quotation() -> None:
    """Marks that were doubled, as CSV does, enclose one quotation."""
    assert found('He said ""It rains"" to her.') == ['""It rains""']


def test_marks_between_spaces_pair() -> None:
    """Marks that stand apart, as in text split into tokens, pair by order and by punctuation."""
    text = '` It rains , \' said the miller \'s son . " Good , " she said . " I \'d go . "'
    assert found(text) == ["` It rains , '", '" Good , "', '" I \'d go . "']


def test_styles_are_told_apart() -> None:
    """Each quotation carries the style of its opening mark."""
    styles = [q.style for q in pair_marks("“a” 'b' «c» ‹d› ``e''")]
    double, single, guillemet = MarkStyle.DOUBLE, MarkStyle.SINGLE, MarkStyle.GUILLEMET
    assert [double, single, guillemet, guillemet, double] == styles


def test_given_paragraphs_are_used() -> None:
    """A caller who knows the paragraphs can say so."""
    text = "“One. Two.”"
    assert [
        span.of(text) for q in pair_marks(text, [Span(0, 5), Span(6, 11)]) for span in q.spans
    ] == ["“One.", "Two.”"]


@given(texts)
@example("“a\n\n“‘b\n\n“‘c’”")
@example("‘“a\n\n‘“b\n\n“c")
@example('"\ud800 "\x00"')
@example("“a\n\n’’b„\x0b„")
@example("— I know!\n\n— Oh, “„'\"\x0b', he said. “„'\"\x0b'\n\n— You?")
def test_spans_are_inside_in_order_and_nested(text: str) -> None:
    """Spans lie inside the text, in order; each quotation's lie inside its parent's."""
    quotations = pair_marks(text)
    firsts = [(q.spans[0].start, -q.spans[-1].end) for q in quotations]
    assert sorted(firsts) == firsts
    for number, quotation in enumerate(quotations):
        ends = [edge for span in quotation.spans for edge in (span.start, span.end)]
        assert sorted(ends) == ends
        assert ends[-1] <= len(text)
        assert all(span.of(text).strip() == span.of(text) for span in quotation.spans)
        if quotation.parent is not None:
            assert quotation.parent < number
            around = quotations[quotation.parent].spans
            assert all(any(outer.covers(span) for outer in around) for span in quotation.spans)


@given(texts)
def test_quotations_cross_nowhere(text: str) -> None:
    """Two quotations are nested or apart, and only a parent holds another."""
    quotations = pair_marks(text)
    for left_number, left in enumerate(quotations):
        for right in quotations[left_number + 1 :]:
            for a in left.spans:
                for b in right.spans:
                    assert not a.overlaps(b) or a.covers(b)


@given(texts)
def test_same_text_gives_the_same_quotations(text: str) -> None:
    """Pairing has no memory and no chance in it."""
    assert pair_marks(text) == pair_marks(text)


@given(texts, st.sampled_from(["", "\n\n", "Rain.\n\n", "\r\n \r\n"]))
def test_paragraph_before_moves_offsets_only(text: str, before: str) -> None:
    """What stands in a paragraph without marks does not change how the next ones are read."""
    blocks = paragraphs(text)
    moved = [Span(b.start + len(before), b.end + len(before)) for b in blocks]
    expected = [
        Quotation(
            [Span(s.start + len(before), s.end + len(before)) for s in q.spans],
            q.style, q.parent, q.closed,
        )
        for q in pair_marks(text, blocks)
    ]  # fmt: skip
    assert expected == list(pair_marks(before + text, moved))


@given(texts)
def test_inside_knows_every_offset(text: str) -> None:
    """An offset is inside marks exactly if some quotation's span holds it."""
    quotations = pair_marks(text)
    marked = inside(quotations)
    spans = [span for q in quotations for span in q.spans]
    for offset in range(-1, len(text) + 1):
        assert any(s.start <= offset < s.end for s in spans) == (offset in marked)
    for piece in (Span(i, i + 3) for i in range(len(text))):
        assert [s for s in marked.spans if s.overlaps(piece)] == list(marked.overlapping(piece))
        assert any(s.covers(piece) for s in marked.spans) == marked.covers(piece)


def test_inside_merges_nested_and_touching_spans() -> None:
    """Only outermost stretches are kept, and those that touch are one."""
    text = "“a ‘b’” c “d”“e”"
    marked = inside(pair_marks(text))
    assert [span.of(text) for span in marked.spans] == ["“a ‘b’”", "“d”“e”"]
    assert marked.span_at(3) == Span(0, 7)
    assert marked.span_at(8) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('"Rain," she said. ' * 2_000, 2_000),
        ("“a " * 2_000 + "”" * 2_000, 2_000),
        ("'" * 20_000, 0),
        ("“" * 5_000, 0),
        ("``" * 1_000 + "a" + "''" * 1_000, 1_000),
    ],
)
def test_heaps_of_marks_are_read(text: str, count: int) -> None:
    """Thousands of marks in a line, nested or not, neither raise nor overflow the stack."""
    assert count == len(pair_marks(text))
