"""What the publication says for itself gives no quotation; what people say still does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.boilerplate import boilerplate_spans
from quotecraft.text.paragraphs import paragraphs
from tests.detect.rules_sample import contents, find
from tests.strategies import ODD_PIECES

ARTICLE = [f"The council met on day {number} and the road stayed shut." for number in range(1, 13)]
SAID = "Mayor Ana Ruiz said the road would open in May."
PIECES = [
    *("Also read: ", "READ MORE", "Photo: Cole", "(AP)", "Correction: ", "you ", "our work ", "I "),
    *("Please donate. ", "Subscribe to our newsletter. ", "If you think it matters, please ", "“"),
    *(
        "” ",
        "\n\n",
        "Ruiz said the road was shut. ",
        "RUIZ: ",
        "— ",
        "(",
        "Editor’s note:",
        "'",
        "@",
    ),
]
texts = st.lists(st.sampled_from([*PIECES, *ODD_PIECES]), max_size=40).map("".join)


def cut(text: str) -> list[str]:
    """Return the boilerplate of a text."""
    return [span.of(text) for span in boilerplate_spans(text, paragraphs(text))]


def between(insert: str, *, at: int = 6) -> str:
    """Return the article with a paragraph put into it."""
    return "\n\n".join([*ARTICLE[:at], insert, *ARTICLE[at:]])


@pytest.mark.parametrize(
    "appeal",
    [
        "If you think it matters, please consider giving to the Meridian Post.",
        "If you value our work, you can support us with a few coins a month.",
        "Please donate today to keep our reporting free for all readers.",
        "Sign up for our newsletter and get the day’s stories in your inbox.",
        "Tell us what you think about this story in the comments.",
        "Follow us on Facebook and subscribe to our channel.",
        "Download our app to read the latest news.",
    ],
)
def test_appeals_at_the_end_are_found(appeal: str) -> None:
    """An imperative to the reader beside "our" or a word of publishing closes many articles."""
    assert [appeal] == cut(between(appeal, at=12))


@pytest.mark.parametrize(
    "line",
    [
        "Read more",
        "Also read: Mayor says the road “will never” open",
        "ALSO READ  Ferry timetable changes again",
        "Related: Why the council waited",
        "Subscribe now to get half a year for nothing",
        "The road in winter. Photo: Cole Agency",
        "Workers at the bridge on Monday. (Photo by Ana Cole)",
        "Ana Cole/Getty Images",
        "The mayor opens the road. (AFP)",
        "Correction: An earlier version said the mayor “hated” the road.",
        "Editor’s note: The mayor told us after we went to print that she had been misheard.",
        "This article was first published by the Meridian Post.",
        "This story has been updated with comments from the mayor.",
        "The views expressed here are those of the author.",
        "(Reporting by Ana Cole; editing by Bo Lee.)",
        "© 2021 Meridian Post. All rights reserved.",
    ],
)
def test_lines_of_the_publication_are_found_anywhere(line: str) -> None:
    """Cross-references, captions, credits and notes are told by their own words."""
    assert [line] == cut(between(line))


@pytest.mark.parametrize(
    "paragraph",
    [
        SAID,
        "“If you value our work, please donate to our newsletter,” Ruiz told readers.",
        "“Correction: the road is shut,” she said.",
        "‘Subscribe to our newsletter, please,’ said Ruiz. ‘You will love it.’",
        "— Please subscribe to our newsletter, said Ruiz, you know that we need it.",
        "RUIZ: If you think it matters, please donate at our website.",
        "I would tell you to subscribe to my newsletter if I had one.",
        "Ruiz asked readers to donate to the paper and to follow it on Twitter.",
        "You can see the old harbour from here, and our guide told us its story.",
        "Read the letter again: the mayor said the road was shut.",
        "The picture, by Cole, shows the road.",
        "The report was published in May, she said.",
        "The minister called the correction “small” and the photo a fake.",
    ],
)
def test_what_people_say_is_no_boilerplate(paragraph: str) -> None:
    """Speech, narration and advice without a word of publishing stay."""
    for place in (1, 6, 12):
        assert cut(between(paragraph, at=place)) == []


def test_the_credit_of_an_agency_signs_the_last_paragraph() -> None:
    """An agency in parentheses is no caption where the article ends."""
    assert cut("\n\n".join([*ARTICLE, "The mayor opens the road in May. (AFP)"])) == []


def test_headlines_after_a_label_are_found() -> None:
    """What follows "ALSO READ:" is a list of headlines, up to the next full sentence."""
    lines = ["ALSO READ:", "Ferry to sail again, says mayor", "Road shut"]
    assert lines == cut("\n\n".join([*ARTICLE[:4], *lines, *ARTICLE[4:]]))


def test_the_paragraph_after_a_heading_of_notes_is_found() -> None:
    """What follows "CORRECTION:" is the correction."""
    lines = ["CORRECTION:", "An article on Monday said that the road was open."]
    assert lines == cut("\n\n".join([*ARTICLE, *lines]))


def test_an_appeal_after_a_report_is_cut_off() -> None:
    """An appeal at the end of a paragraph leaves the report before it."""
    appeal = "If you value our work, please donate."
    text = "\n\n".join([*ARTICLE, f"{SAID} {appeal}"])
    assert [appeal] == cut(text)
    assert [("the road would open in May",)] == contents(text)


def test_a_paragraph_beside_an_appeal_goes_with_it() -> None:
    """What speaks of "you" and "our" right before an appeal is part of it."""
    lines = ["You know that our readers keep us alive.", "Please donate to our newsroom."]
    assert lines == cut("\n\n".join([*ARTICLE, *lines]))


def test_a_quotation_that_goes_on_is_no_appeal() -> None:
    """A paragraph in the midst of a quotation that is still open is speech."""
    speech = "“The road is shut.\n\nPlease donate to our newsletter, if you can.”"
    assert cut(between(speech, at=12)) == []


@pytest.mark.parametrize(
    "line",
    [
        "If you think it matters, please say that our work should go on, and donate.",
        "Editor’s note: Ana Ruiz said that the road was shut.",
        "Also read: Ana Ruiz says: “The road is ours and nobody else’s”",
        "Ana Ruiz says the road is shut. Photo: Cole",
        "Correction: We wrote that Ruiz “hated” roads. “I love them,” she said.",
    ],
)
def test_boilerplate_gives_no_quotation(line: str) -> None:
    """The rules find nothing in what the publication says for itself."""
    assert find(between(line, at=12)) == []


def test_a_report_beside_boilerplate_is_found() -> None:
    """The rules still read the rest of the article."""
    text = "\n\n".join([SAID, *ARTICLE, "Photo: Ana Cole", "Read more: Cole says no"])
    assert [("the road would open in May",)] == contents(text)


@given(texts)
def test_spans_are_inside_paragraphs_and_in_order(text: str) -> None:
    """At most one span a paragraph, each up to its end, in text order."""
    blocks = paragraphs(text)
    spans = boilerplate_spans(text, blocks)
    assert sorted(spans) == list(spans)
    assert [block for block in blocks if any(block.covers(span) for span in spans)] == [
        next(block for block in blocks if block.end == span.end) for span in spans
    ]
    assert all(span.start < span.end for span in spans)


@given(texts)
def test_it_is_the_same_every_time(text: str) -> None:
    """The same text gives the same spans."""
    assert cut(text) == cut(text)
