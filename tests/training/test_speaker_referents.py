"""Whom descriptions mean: fitted on made examples."""

import json
from pathlib import Path

import pytest

import quotecraft
from quotecraft.errors import InputError
from quotecraft.speakers.decision import LinearDecider
from quotecraft.training.speaker_fit import Ranking
from quotecraft.training.speaker_referents import Posed, fit_referents, own_posed, read_references
from tests.newswire import lay_article

pytest.importorskip("scipy")

TEXT = "Mayor Ana Ruiz met Juan Lara.\n\nThe mayor said that the road was safe.\n"


def _posed(article: int, right: int, noun: str = "mayor") -> Posed:
    candidates = [
        {"rule:role": 1.0, "role:same": 1.0},
        {"role:none": 1.0},
        {"unnamed": 1.0, f"unnamed:head:{noun}": 1.0},
    ]
    ranking = Ranking(candidates, [place == right for place in range(3)])
    return Posed(f"{article}.txt", "referent:person", ranking)


def _bodies(count: int) -> list[Posed]:
    ranking = Ranking([{"rule:body": 1.0}, {"unnamed": 1.0}], [True, False])
    return [Posed(f"{number}.txt", "referent:body", ranking) for number in range(count)]


def test_what_is_right_is_chosen_and_shares_are_the_confidence() -> None:
    """A rule that is right in all articles outweighs the others; no share goes beyond 0.97."""
    own = [_posed(number, 0) for number in range(20)] + _bodies(20)
    lines: list[str] = []
    decider = fit_referents(own, [], LinearDecider({}), lines.append)
    evidence = own[0].ranking.candidates
    scores = [decider.models["referent:person"].score(features) for features in evidence]
    assert max(range(3), key=scores.__getitem__) == 0
    assert decider.levels["referent:person"] == [(0.0, 0.0), (1.0, 0.97)]
    assert lines[0].startswith("referent:person: right 1.000, by the rules alone 1.000 of 20")


def test_nouns_of_few_articles_are_no_features() -> None:
    """What two articles say of a noun tells nothing of it; three do."""
    own = [_posed(number % 3, 2) for number in range(12)]
    own += [_posed(number % 2, 2, "jester") for number in range(12)]
    decider = fit_referents(own + _bodies(6), [], LinearDecider({}), lambda line: None)
    weights = decider.models["referent:person"].weights
    assert "unnamed:head:mayor" in weights
    assert "unnamed:head:jester" not in weights


def _labels(folder: Path, characters: int) -> Path:
    lay_article(folder, "one.txt", TEXT)
    start, name = TEXT.index("The mayor"), TEXT.index("Ana Ruiz")
    row = {
        "article": "one.txt",
        "characters": characters,
        "references": [[start, start + len("The mayor"), name, name + len("Ana Ruiz")]],
    }
    path = folder / "references.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_labels_name_the_right_candidate(tmp_path: Path) -> None:
    """The candidate whose name the label points to is right, and no other."""
    path = _labels(tmp_path, len(TEXT))
    articles = list(read_references(path, tmp_path, quotecraft.load()))
    (posed,) = own_posed(articles, LinearDecider({}))
    assert posed.situation == "referent:person"
    assert sum(posed.ranking.right) == 1
    right = posed.ranking.candidates[posed.ranking.right.index(True)]
    assert right["role:same"] == 1.0


def test_labels_of_another_text_are_an_error(tmp_path: Path) -> None:
    """Offsets into a text of another length would be wrong."""
    path = _labels(tmp_path, len(TEXT) + 1)
    with pytest.raises(InputError, match="as released"):
        list(read_references(path, tmp_path, quotecraft.load()))
