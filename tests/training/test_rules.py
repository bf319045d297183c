"""Making the weights of the rules: logistic regression, and the whole command on a tiny corpus."""

import json
from pathlib import Path

import pytest

from quotecraft.detect.rules import RuleDetector
from quotecraft.errors import InputError
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span
from quotecraft.text.pairing import pair_marks
from quotecraft.training.logistic import fit_logistic
from quotecraft.training.rules import Corpora, fit_rules, read_corpora

ARTICLE = "The road was shut, Ana Ruiz said. Tom Cole drove to the harbour. “It is ours,” he said."
NOVEL = "“Come in,” said Tom.\n\nHe sat down.\n\n“No!”\n\n“Why not?” asked Ann.\n\n“Why?”\n\n"


def _document(name: str, text: str, quotes: list[tuple[str, str, str]]) -> Document:
    """Build a gold document from content, cue and source, each found once in the text."""

    def spans(piece: str) -> tuple[Span, ...]:
        start = text.index(piece)
        return (Span(start, start + len(piece)),) if piece else ()

    built = [
        Quote(QuoteId(f"q{n}"), QuoteKind.DIRECT, spans(content), spans(cue), source=spans(source))
        for n, (content, cue, source) in enumerate(quotes)
    ]
    return Document(name, text, quotes=tuple(built))


@pytest.fixture(scope="module")
def corpora() -> Corpora:
    """A corpus of invented articles and one invented novel."""
    gold = [("The road was shut", "", "Ana Ruiz"), ("“It is ours,”", "", "he")]
    spoken = [("“Come in,”", "", ""), ("“No!”", "", ""), ("“Why not?”", "", "")]
    news = tuple(_document(f"a{n}", ARTICLE, gold) for n in range(6))
    return Corpora(news, (_document("n", NOVEL * 3, spoken),), (ARTICLE,))


def test_a_weight_is_the_log_odds_of_its_feature() -> None:
    """With hardly any penalty the weights of disjoint features are their log odds."""
    rows = [["a"]] * 4 + [["b"]] * 4
    weights = fit_logistic(rows, [True] * 3 + [False] + [True] + [False] * 3, penalty=1e-6)
    assert {"a": pytest.approx(1.099, abs=0.002), "b": pytest.approx(-1.099, abs=0.002)} == weights


def test_values_of_features_count() -> None:
    """A feature can have a value instead of merely holding."""
    rows = [{"x": 2.0}, {"x": 2.0}, {"x": 2.0}, {"x": 2.0}]
    weights = fit_logistic(rows, [True, True, True, False], penalty=1e-6)
    assert {"x": pytest.approx(1.099 / 2, abs=0.002)} == weights


def test_small_weights_are_left_out() -> None:
    """A feature that tells nothing has no weight."""
    assert {} == fit_logistic([["a"], ["a"]], [True, False], least=0.05)


def test_the_weights_make_a_detector(corpora: Corpora) -> None:
    """The weights fitted on a corpus can be written as JSON and run."""
    weights = json.loads(json.dumps(fit_rules(corpora)))
    found = RuleDetector(weights=weights).detect(ARTICLE, (), pair_marks(ARTICLE))
    contents = [span.of(ARTICLE) for item in found for span in item.content]
    assert ["The road was shut", "“It is ours,”"] == contents


def test_fitting_twice_gives_the_same_weights(corpora: Corpora) -> None:
    """The command is deterministic."""
    assert fit_rules(corpora) == fit_rules(corpora)


def test_missing_corpora_are_named(tmp_path: Path) -> None:
    """A folder without the corpora is an input error."""
    with pytest.raises(InputError):
        read_corpora(tmp_path)
