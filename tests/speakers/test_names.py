"""Names in running text."""

import os
from pathlib import Path

import pytest

from quotecraft.speakers.linear import load_models
from quotecraft.speakers.name_kinds import decide_kinds
from quotecraft.speakers.names import find_names
from quotecraft.speakers.own_kinds import NameKind
from tests.speakers.sample import found_names, words_of

DATA = Path(os.environ.get("QUOTECRAFT_DATA", Path(__file__).parents[3] / "shared" / "data"))


def _cores(text: str) -> list[str]:
    return [" ".join(name.core) for name in found_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met Jan van der Berg there.", "Jan van der Berg"),
        ("They met Omar bin Khalid there.", "Omar bin Khalid"),
        ("They met Sean O'Neil there.", "Sean O'Neil"),
        ("They met Maria García Lopez de Haro there.", "Maria García Lopez de Haro"),
        ("They met Park Ji-hoon there.", "Park Ji-hoon"),
        ("They met J. K. Moor there.", "J K Moor"),
        ("They met Dr. Lena Vogt there.", "Lena Vogt"),
        ("They met Prime Minister Ana Ruiz there.", "Ana Ruiz"),
        ("They met Peruvian singer-actor Ana Ruiz there.", "Ana Ruiz"),
        ("They met Secretary of State Ana Ruiz there.", "Ana Ruiz"),
        ("They met Minister of Health and Welfare Ana Ruiz there.", "Ana Ruiz"),
        ("They met Ana RUIZ there.", "Ana RUIZ"),
        ("They met Suharnoto there.", "Suharnoto"),
        ("They met president Tarek el-Masri there.", "Tarek el-Masri"),
        ("They left the Ministry of Public Works today.", "Ministry of Public Works"),
        ("They left the University of Porto today.", "University of Porto"),
    ],
)
def test_a_name_is_found_whole_and_without_its_title(text: str, expected: str) -> None:
    """Particles, hyphens, initials and links belong to a name; titles and roles don't."""
    assert expected in _cores(text)


def test_titles_are_kept_beside_the_name() -> None:
    """The words of a title are told in lower case."""
    (name,) = found_names("They met Vice President Ana Ruiz there.")
    assert ("vice", "president") == name.title


def test_a_generation_suffix_is_no_part_of_the_core() -> None:
    """Jr. is told apart from the surname."""
    (name,) = found_names("They met Tom Lee, Jr. there.")
    assert (("Tom", "Lee"), "jr") == (name.core, name.suffix)


@pytest.mark.parametrize(
    "text",
    [
        "However, they left.",
        "Walking home, they sang.",
        "Residents were asleep.",
        "On Monday they left in May.",
        "I said so.",
    ],
)
def test_a_sentence_opening_is_no_name(text: str) -> None:
    """Capitals that only open a sentence, days and "I" are no names."""
    assert [] == _cores(text)


def test_the_document_decides_about_an_opening_capital() -> None:
    """A word that keeps its capital inside another sentence is a name where it opens one."""
    assert ["Rose", "Rose"] == _cores("Rose fell. They saw Rose.")
    assert [] == _cores("Bread fell. They saw bread.")


def test_a_possessive_ends_a_name() -> None:
    """The owner and the owned are two names."""
    assert ["Ruiz", "Lee"] == _cores("They saw Ruiz's Lee there.")[:2]


def _kinds(text: str) -> dict[str, NameKind]:
    words = words_of(text)
    mentions = find_names(words)
    kinds = decide_kinds(words, mentions)
    return {" ".join(name.core): kinds[name.key] for name in mentions}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The mayor, Ana Ruiz, said so.", "Ana Ruiz", NameKind.PERSON),
        ("They wrote to the Ministry of Health.", "Ministry of Health", NameKind.ORGANIZATION),
        ("They live in Peru.", "Peru", NameKind.PLACE),
        ("They met Peruvian farmers.", "Peruvian", NameKind.NORP),
        ("They met the Prime Minister.", "Prime Minister", NameKind.TITLE),
    ],
)
def test_a_name_has_a_kind(text: str, name: str, kind: NameKind) -> None:
    """Own words and surroundings tell what a name stands for."""
    assert kind is _kinds(text)[name]


@pytest.mark.slow
@pytest.mark.skipif(not (DATA / "worldwide").is_dir(), reason=f"no data sets at {DATA}")
def test_kinds_hold_on_labelled_names() -> None:
    """On labelled texts that nothing was fitted on, persons are told from the rest."""
    from quotecraft.parse.stanza_backend import load_tokenizer
    from quotecraft.training.speaker_names import read_named, score_names

    figures = score_names(read_named(DATA, 1, load_tokenizer()), load_models("name_kinds")["kind"])
    assert figures["person"] > 0.85
    assert figures["accuracy"] > 0.75


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met Ruiz and the Dean. Ruiz left.", ["Ruiz", "Dean", "Ruiz"]),
        ("They gave it to Capt. Ruiz today.", ["Ruiz"]),
    ],
)
def test_a_title_that_ends_its_sentence_belongs_to_no_name(text: str, expected: list[str]) -> None:
    """The stop behind a title shortens it ("Capt.") or ends the sentence ("the Dean.")."""
    assert [" ".join(name.core) or name.title[-1].title() for name in found_names(text)] == expected
