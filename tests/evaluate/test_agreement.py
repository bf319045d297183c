"""Agreement of two labellings, against numbers worked out by hand."""

import math

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import InputError
from quotecraft.evaluate import Report, agreement
from quotecraft.model import Document, Level, Quote, QuoteId, Speaker, SpeakerId
from tests.evaluate.build import document, quote
from tests.strategies import documents

TEXT = (
    "“We are ready,” Ana Ruiz said. Lee Orme warned that the bridge was closed and that Kim "
    "hoped it would rain. The mayor called the plan “dead” on Monday."
)
ANA = Speaker(SpeakerId("s1"), "Ana Ruiz", aliases=("Ruiz",))
LEE = Speaker(SpeakerId("s2"), "Lee Orme")
KIM = Speaker(SpeakerId("s3"), "Kim")
WARNING = "that the bridge was closed and that Kim hoped it would rain"


def first() -> Document:
    """Return four attributions as one person labels them."""
    return document(
        TEXT,
        quote(TEXT, "a", "“We are ready,”", cue="said", source="Ana Ruiz", speaker="s1"),
        quote(TEXT, "b", WARNING, cue="warned", source="Lee Orme", speaker="s2"),
        quote(
            TEXT, "c", "it would rain", cue="hoped", source="Kim", speaker="s3",
            parent=QuoteId("b"), level=Level.THOUGHT,
        ),
        quote(TEXT, "d", "the plan “dead”", cue="called", source="The mayor"),
        speakers=(ANA, LEE, KIM),
    )  # fmt: skip


def second() -> Document:
    """Return them as another does: b shorter, c on another level and without parent, x for d."""
    return document(
        TEXT,
        quote(TEXT, "1", "We are ready", cue="said", source="Ruiz", speaker="x"),
        quote(TEXT, "2", WARNING.removeprefix("that "), cue="warned that", source="Lee Orme"),
        quote(TEXT, "3", "it would rain", cue="hoped", source="Kim", speaker="z"),
        quote(TEXT, "4", "on Monday"),
        speakers=(Speaker(SpeakerId("x"), "Ruiz"), Speaker(SpeakerId("z"), "Lee Orme")),
    )


def compared(samples: int = 0) -> Report:
    """Return the agreement of the two."""
    return agreement([first()], [second()], names=("ann", "bob"), samples=samples)


@pytest.mark.parametrize(
    ("metric", "score", "value"),
    [
        ("content.partial", "f1", 3 / 4),
        ("content.exact", "f1", 2 / 4),
        ("cue", "accuracy", 3 / 3),
        ("cue.exact", "accuracy", 2 / 3),
        ("source", "accuracy", 3 / 3),
        ("source.exact", "accuracy", 2 / 3),
        ("speaker", "accuracy", 1 / 3),  # Ruiz is Ana Ruiz; nobody is not Lee; Lee is not Kim
        ("speaker.named", "accuracy", 1 / 2),
        ("addressee", "accuracy", 3 / 3),
        ("level", "accuracy", 2 / 3),
        ("kind", "accuracy", 3 / 3),
        ("parent", "accuracy", 2 / 3),
    ],
)
def test_agreement_by_hand(metric: str, score: str, value: float) -> None:
    """F1 over all contents, everything else on the three that are paired."""
    assert compared()[f"agreement.{metric}"].values[score] == pytest.approx(value)


def test_parents_agree_when_they_are_a_pair() -> None:
    """Ids are each labeller's own; the parents themselves are compared."""
    other = second()
    third = evolve(other.quotes[2], parent=other.quotes[1].id)
    nested = evolve(other, quotes=(*other.quotes[:2], third, other.quotes[3]))
    wrong = evolve(
        other, quotes=(*other.quotes[:2], evolve(third, parent=QuoteId("1")), other.quotes[3])
    )
    assert agreement([first()], [nested])["agreement.parent"].values["accuracy"] == 1
    assert agreement([first()], [wrong])["agreement.parent"].values["accuracy"] == 2 / 3


def test_kappa_of_the_textbook() -> None:
    """20 times both yes, 15 both no, 5 and 10 apart: accuracy 0.7, kappa 0.4."""
    text = " ".join(f"“w{n}”" for n in range(50))

    def labelled(levels: str) -> Document:
        quotes = (
            quote(text, f"q{n}", f"“w{n}”", level=Level.SPEECH if level == "s" else Level.THOUGHT)
            for n, level in enumerate(levels)
        )
        return document(text, *quotes)

    one = labelled("s" * 20 + "t" * 15 + "s" * 5 + "t" * 10)
    other = labelled("s" * 20 + "t" * 15 + "t" * 5 + "s" * 10)
    values = agreement([one], [other])["agreement.level"].values
    assert (values["accuracy"], values["kappa"]) == pytest.approx((0.7, 0.4))


def test_kappa_has_no_value_where_there_is_one_label_alone() -> None:
    """Chance would agree always there."""
    values = agreement([second()], [second()])["agreement.level"].values
    assert values["accuracy"] == 1
    assert math.isnan(values["kappa"])


def test_intervals_resample_documents() -> None:
    """The report's own machinery gives them, and the signature names both labellers."""
    numbered = [evolve(first(), id=f"d{n}") for n in range(6)]
    others = [evolve((second, first)[n % 2](), id=f"d{n}") for n in range(6)]
    report = agreement(numbered, others, names=("ann", "bob"), corpus="tiny", samples=200)
    low, high = report["agreement.content.partial"].intervals["f1"]
    assert 3 / 4 <= low < report["agreement.content.partial"].values["f1"] < high <= 1
    assert "|model:agreement-of-ann-and-bob|bootstrap:200|" in str(report.signature)


def test_a_document_that_one_alone_labelled_is_an_error() -> None:
    """Either way round, it is named."""
    more = [first(), evolve(first(), id="more")]
    with pytest.raises(InputError, match="'more' was labelled by bob alone"):
        agreement([first()], more, names=("ann", "bob"))
    with pytest.raises(InputError, match="'more'"):
        agreement(more, [first()])


@given(documents())
def test_everybody_agrees_with_themselves(labelled: Document) -> None:
    """Whatever the document, contents, cues, sources, levels and kinds agree wholly."""
    report = agreement([labelled], [labelled])
    for metric in report.metrics:
        value = report[metric.name].values[metric.main]
        skipped = "speaker" in metric.name or "addressee" in metric.name or "parent" in metric.name
        assert skipped or math.isnan(value) or value == 1


pieces = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=5)


@given(pieces, pieces)
def test_contents_agree_alike_either_way_round(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    """F1 is the same, and precision is the other's recall."""
    text = "abcdefghijklmnop"

    def labelled(spans: list[tuple[int, int]]) -> Document:
        quotes: list[Quote] = [
            quote(text, f"q{n}", text[start : start + length])
            for n, (start, length) in enumerate(spans)
        ]
        return document(text, *quotes)

    there = agreement([labelled(one)], [labelled(other)])["agreement.content.partial"].values
    back = agreement([labelled(other)], [labelled(one)])["agreement.content.partial"].values
    assert there["f1"] == pytest.approx(back["f1"], nan_ok=True)
    assert there["precision"] == pytest.approx(back["recall"], nan_ok=True)
