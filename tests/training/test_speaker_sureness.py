"""How sure links in news are: labels read, links judged, weights fitted on made examples."""

import json
from pathlib import Path

import pytest

import quotecraft
from quotecraft.errors import InputError
from quotecraft.model import Span
from quotecraft.speakers.decision import LinearDecider
from quotecraft.training.speaker_sureness import (
    Weighed,
    fit_sureness,
    read_sources,
    weighed_links,
)
from tests.newswire import lay_article

pytest.importorskip("scipy")

TEXT = (
    "Ana Ruiz said that the road was safe.\n\n"
    "Residents said that the road was narrow.\n\n"
    "Juan Lara said that the bridge was old.\n"
)


def _name(text: str) -> list[int]:
    start = TEXT.index(text)
    return [start, start + len(text)]


def _labels(folder: Path, characters: int) -> Path:
    """Label the three attributions that are found: of the third, wrongly, Ruiz is the source."""
    first, second, third = lay_article(folder, "one.txt", TEXT)
    row = {
        "article": "one.txt",
        "characters": characters,
        "named": [[*first, *_name("Ana Ruiz")], [*third, *_name("Ana Ruiz")]],
        "unnamed": [second],
    }
    path = folder / "sources.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_links_are_judged_by_the_names_that_labels_point_to(tmp_path: Path) -> None:
    """Ruiz and the unnamed are right as labelled; Lara isn't, where the label says Ruiz."""
    told = list(read_sources(_labels(tmp_path, len(TEXT)), tmp_path, quotecraft.load()))
    ((article, sources),) = told
    assert [one.what for one in sources.values()] == ["named", "named", "unnamed"]
    assert sources[article.attributions[0].content[0]].names == (Span(*_name("Ana Ruiz")),)
    links = list(weighed_links(told, LinearDecider({})))
    assert [(link.given, link.right) for link in links] == [
        (True, True),
        (True, True),
        (True, False),
    ]
    assert len(article.attributions) == 3


def test_we_of_the_author_is_right_where_the_label_says_so(tmp_path: Path) -> None:
    """An author who says "we" is nobody named, and still whom the label means."""
    text = "We believe that the road was safe.\n"
    (said,) = lay_article(tmp_path, "two.txt", text)
    row = {
        "article": "two.txt",
        "characters": len(text),
        "author": [said],
    }
    path = tmp_path / "sources.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    told = list(read_sources(path, tmp_path, quotecraft.load()))
    (link,) = weighed_links(told, LinearDecider({}))
    assert link.given
    assert link.right


def test_labels_of_another_text_are_an_error(tmp_path: Path) -> None:
    """Offsets into a text of another length would be wrong."""
    path = _labels(tmp_path, len(TEXT) + 1)
    with pytest.raises(InputError, match="as released"):
        list(read_sources(path, tmp_path, quotecraft.load()))


def test_what_is_wrong_in_most_articles_is_less_sure() -> None:
    """A pattern right in nine of ten links is surer than one right in three of ten."""
    links = [
        Weighed(f"{n}.txt", {"bias": 1.0, f"pattern:{name}": 1.0}, True, n % 10 < right)
        for name, right in (("good", 9), ("bad", 3))
        for n in range(400)
    ]
    lines: list[str] = []
    decider = fit_sureness(links, LinearDecider({}), lines.append)
    good = decider.sureness({"bias": 1.0, "pattern:good": 1.0})
    bad = decider.sureness({"bias": 1.0, "pattern:bad": 1.0})
    assert good is not None
    assert bad is not None
    assert good == pytest.approx(0.9, abs=0.03)
    assert bad == pytest.approx(0.3, abs=0.03)
    assert "right 0.450, wrong 0.050, open 0.500" in lines[2]


def test_links_are_as_sure_as_those_held_back_are_right() -> None:
    """Right in nine of ten where rules were developed, in seven of ten elsewhere: 0.7 it is."""
    links = [
        Weighed(f"{held}{n}.txt", {"bias": 1.0}, True, n % 10 < right, held=held)
        for held, right in ((False, 9), (True, 7))
        for n in range(400)
    ]
    decider = fit_sureness(links, LinearDecider({}), lambda line: None)
    assert decider.sureness({"bias": 1.0}) == pytest.approx(0.7, abs=0.02)


def test_articles_may_be_of_another_corpus(tmp_path: Path) -> None:
    """A row says which corpus its article is of, ours or another, and whether it was held back."""
    path = _labels(tmp_path, len(TEXT))
    place = tmp_path / "polnear" / "train" / "text"
    place.mkdir(parents=True)
    (tmp_path / "worldwide" / "original_articles" / "one.txt").rename(place / "one.txt")
    row = json.loads(path.read_text(encoding="utf-8")) | {"corpus": "polnear", "held": True}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    ((article, _),) = read_sources(path, tmp_path, quotecraft.load())
    assert article.held
    own = {"id": "one", "text": TEXT}
    (tmp_path / "train.jsonl").write_text(json.dumps(own) + "\n", encoding="utf-8")
    told = row | {"corpus": "train", "article": "one"}
    path.write_text(json.dumps(told) + "\n", encoding="utf-8")
    ((article, _),) = read_sources(path, tmp_path, quotecraft.load())
    assert article.text == TEXT
    path.write_text(json.dumps(row | {"corpus": "parc"}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="'parc' is no corpus"):
        list(read_sources(path, tmp_path, quotecraft.load()))


def test_without_the_model_links_keep_their_probability() -> None:
    """A decider without weights of sureness tells none."""
    assert LinearDecider({}).sureness({"bias": 1.0}) is None
