"""Our own labelled articles: what they promise their readers."""

import json
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from quotecraft import formats
from quotecraft.model import Document

ROOT = Path(__file__).parents[1] / "corpora"
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
SPLITS = ("dev", "test")


def documents(split: str) -> list[Document]:
    """Return the labelled documents of a split."""
    return list(formats.read(ROOT / f"{split}.jsonl"))


@pytest.mark.parametrize("split", SPLITS)
def test_labels_stand_on_the_texts(split: str) -> None:
    """The records hold the very texts of the folder, as many as there are."""
    texts = {path.name: path.read_bytes().decode() for path in (ROOT / split).glob("*.txt")}
    assert texts == {document.id: document.text for document in documents(split)}


@pytest.mark.parametrize("split", SPLITS)
def test_brat_says_the_same(split: str) -> None:
    """The brat folder reads back as the records do."""
    by_id = {document.id: document for document in documents(split)}
    for document in formats.read(ROOT / "brat" / split, "brat"):
        assert by_id[document.id].quotes == document.quotes


@pytest.mark.parametrize("name", sorted(MANIFEST["files"]))
def test_files_are_those_of_the_manifest(name: str) -> None:
    """A changed file of labels has another hash than the manifest tells."""
    assert MANIFEST["files"][name] == sha256((ROOT / name).read_bytes()).hexdigest()


def test_the_collection_is_as_large_as_it_says() -> None:
    """The manifest lists every text with its hash, at least 28 of news and 12 of fiction."""
    entries = {entry["id"]: entry for entry in MANIFEST["articles"]}
    for split in SPLITS:
        for document in documents(split):
            entry = entries[document.id]
            assert entry["sha256"] == sha256(document.text.encode()).hexdigest()
            assert (split, len(document.quotes)) == (entry["split"], entry["quotes"])
    genres = [entry["genre"] for entry in entries.values()]
    assert genres.count("news") >= 28
    assert genres.count("fiction") >= 12
    assert sum(entry["words"] for entry in entries.values()) >= 16_000


@pytest.mark.parametrize("who", ["a", "b"])
@pytest.mark.parametrize("split", SPLITS)
def test_both_labellings_are_kept(who: str, split: str) -> None:
    """Each labelling holds every text of its split."""
    kept = {item.id for item in formats.read(ROOT / "labellings" / f"{who}-{split}.jsonl")}
    assert kept == {document.id for document in documents(split)}


def test_texts_to_train_on_are_no_texts_to_measure_by() -> None:
    """No text of the training file stands in dev or test, and none names a speaker."""
    train = documents("train")
    measured = {document.text for split in SPLITS for document in documents(split)}
    assert not measured & {document.text for document in train}
    assert not [quote for document in train for quote in document.quotes if quote.speaker]
    assert (178, 3200) == (len(train), sum(len(document.quotes) for document in train))


STORIES = ("stories", "stories-dev", "stories-test")


@pytest.mark.parametrize("split", STORIES)
def test_every_quotation_of_a_story_has_a_speaker_and_a_type(split: str) -> None:
    """Only crowds have no speaker; quotations stand in order, none inside another."""
    for story in documents(split):
        spans = sorted(span for quote in story.quotes for span in quote.content)
        assert all(one.end <= two.start for one, two in pairwise(spans))
        for quote in story.quotes:
            assert quote.extra["quote_type"] in ("explicit", "anaphoric", "implicit")
            assert (quote.speaker is None) == (quote.extra.get("pseudo_speaker") == "_group")


def test_stories_to_measure_by_are_by_another_writer() -> None:
    """No story stands in two files, and who wrote those of the test wrote no other."""
    writers = {s: {d.metadata["writer"] for d in documents(s)} for s in STORIES}
    assert not writers["stories-test"] & (writers["stories"] | writers["stories-dev"])
    ids = [document.id for split in STORIES for document in documents(split)]
    assert len(ids) == len(set(ids))
    entries = {entry["id"]: entry for entry in MANIFEST["articles"]}
    assert set(ids) <= set(entries)
