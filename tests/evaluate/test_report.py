"""Reports: joining by id, signature, tables, JSON, comparisons."""

import json
import math
import random

import pytest
from attrs import evolve
from hypothesis import given

from quotecraft.errors import InputError
from quotecraft.evaluate import Report, compare, score
from quotecraft.model import Document
from tests.evaluate.build import document, quote
from tests.strategies import documents

TEXT = "“We are ready,” Ana Ruiz said. Lee Orme warned that the bridge was closed."


def gold(name: str) -> Document:
    """Return a document with two attributions."""
    return document(
        TEXT,
        quote(TEXT, "a", "“We are ready,”", cue="said", source="Ana Ruiz"),
        quote(TEXT, "b", "that the bridge was closed", cue="warned", source="Lee Orme"),
        id=name,
    )


def half(name: str) -> Document:
    """Return the same with the second one missing."""
    whole = gold(name)
    return evolve(whole, quotes=whole.quotes[:1], model="half-2")


NAMES = [f"d{n}" for n in range(12)]
GOLD = [gold(name) for name in NAMES]


def scored(*halves: str, samples: int = 0) -> Report:
    """Return the report of a system that finds half in the named documents, else everything."""
    predicted = [half(n) if n in halves else evolve(gold(n), model="full-1") for n in NAMES]
    return score(GOLD, predicted, corpus="tiny", samples=samples)


def test_the_signature_says_how_to_get_the_numbers_again() -> None:
    """Rule, pairing, corpus and hash, documents, model, bootstrap, seed, versions; ours last."""
    fields = [f.split(":")[0] for f in str(scored("d1", samples=10).signature).split("|")]
    assert fields == [
        "rule", "pairing", "corpus", "docs", "sha256", "model", "bootstrap", "seed", "scipy",
        "version",
    ]  # fmt: skip
    assert "|model:full-1,half-2|bootstrap:no|scipy:" in str(scored("d1").signature)


def test_the_hash_is_of_the_gold_alone() -> None:
    """Predictions don't change it; a gold span, speaker or text does."""
    hashes = {scored().signature.sha256, scored("d3").signature.sha256}
    assert len(hashes) == 1
    other = [evolve(GOLD[0], quotes=GOLD[0].quotes[:1]), *GOLD[1:]]
    assert score(other, other).signature.sha256 not in hashes


def test_predictions_may_come_in_any_order() -> None:
    """Documents are matched by id."""
    shuffled = [half(n) if n == "d4" else gold(n) for n in NAMES]
    expected = score(GOLD, shuffled).to_dict()
    random.Random(1).shuffle(shuffled)
    assert score(GOLD, shuffled).to_dict() == expected


def test_both_sides_are_streams() -> None:
    """In the same order, each prediction is asked for only after its gold document."""
    asked: list[str] = []

    def stream(kind: str) -> object:
        for name in NAMES[:3]:
            asked.append(f"{kind} {name}")
            yield gold(name)

    score(stream("gold"), stream("predicted"))  # type: ignore[arg-type]
    assert asked[:4] == ["gold d0", "predicted d0", "gold d1", "predicted d1"]


def test_a_missing_prediction_is_an_error_that_names_the_document() -> None:
    """Gold that nobody predicted is never passed over."""
    with pytest.raises(InputError, match="no prediction for gold document 'd5'"):
        score(GOLD, [gold(n) for n in NAMES if n != "d5"])


def test_predictions_without_gold_are_named_and_not_scored() -> None:
    """They count for nothing and stand in ``unscored``."""
    report = score(GOLD[:2], [gold(n) for n in NAMES[:4]])
    assert report.unscored == ("d2", "d3")
    assert report["relation"].support == {"gold": 4, "predicted": 4}


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        (["d1", "d1"], ["d1", "d2"], "two gold documents have the id 'd1'"),
        (["d1", "d2"], ["d1", "d1", "d2"], "two predicted documents have the id 'd1'"),
        (["d1", "d2"], ["d2", "d2", "d1"], "two predicted documents have the id 'd2'"),
        ([], ["d1"], "no gold document"),
    ],
)
def test_double_ids_and_no_gold_are_errors(left: list[str], right: list[str], message: str) -> None:
    """The message says which document."""
    with pytest.raises(InputError, match=message):
        score(map(gold, left), map(gold, right))


def test_another_text_is_an_error_that_says_where() -> None:
    """Offsets into another text can't be compared."""
    other = document(TEXT.replace("ready", "steady"), id="d0")
    with pytest.raises(InputError, match="'d0': gold and predicted text differ from code point 8"):
        score(GOLD[:1], [other])


def test_table_and_json_hold_the_same_scores() -> None:
    """The table shows percent, JSON rates; both end with the signature."""
    report = scored(*NAMES[:6], samples=200)
    assert "relation                  100.0   75.0   85.7" in report.table()
    assert report.table().endswith(str(report.signature))
    record = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert record["scores"]["relation"]["recall"] == 0.75
    assert record["scores"]["relation.mixed"]["f1"] is None
    low, high = record["scores"]["relation"]["intervals"]["recall"]
    assert 0.5 <= low < 0.75 < high <= 1
    assert record["signature"] == str(report.signature)


def test_a_report_is_the_same_every_time() -> None:
    """Intervals included: the seed is fixed."""
    assert scored("d1", samples=300).to_dict() == scored("d1", samples=300).to_dict()


def test_comparing_names_the_better_system_and_how_sure_that_is() -> None:
    """Finding the missing half in 11 of 12 documents is a significant gain."""
    comparison = compare(scored(*NAMES[:11]), scored(), samples=500)
    relation = comparison.differences[0]
    assert (relation.metric, relation.score) == ("relation", "f1")
    assert relation.difference == pytest.approx(1 - 2 * (13 / 24) / (1 + 13 / 24))
    assert relation.p_value < 0.05
    unscored = next(d for d in comparison.differences if d.metric == "relation.mixed")
    assert math.isnan(unscored.difference)
    assert comparison.to_dict()["differences"]["relation.mixed"]["p_value"] is None
    assert f"baseline {comparison.baseline}\nsystem   {comparison.system}" in comparison.table()


def test_reports_of_different_gold_are_not_compared() -> None:
    """Other documents make another corpus."""
    with pytest.raises(InputError, match="score different gold"):
        compare(scored(), score(GOLD[:3], GOLD[:3]))


def test_unknown_metric_is_a_key_error() -> None:
    """A report is looked up by metric name."""
    with pytest.raises(KeyError):
        scored()["no such"]


@given(documents())
def test_any_document_is_right_about_itself(drawn: Document) -> None:
    """Scored against itself, whatever its text, everything it has is found."""
    report = score([drawn], [drawn])
    if drawn.quotes:
        assert report["content.exact"].values["f1"] == 1
        assert report["relation"].values["f1"] == 1
