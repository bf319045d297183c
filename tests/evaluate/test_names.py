"""Which gold speaker a predicted speaker stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.evaluate.names import normal_name, stand_ins, untitled_name
from quotecraft.model import Speaker, SpeakerId


def speaker(name: str, *aliases: str) -> Speaker:
    """Return a speaker whose id is the name."""
    return Speaker(SpeakerId(name), name, aliases=aliases)


CAST = (
    speaker("Ana Ruiz", "Ruiz", "Ana", "Dr. Ruiz"),
    speaker("Mr. Orme", "Orme", "Papa"),
    speaker("Mrs. Orme", "Mamma"),
    speaker("Tom Orme", "Tom", "Orme"),
)


def stands_for(*names: str) -> str | None:
    """Return whom of ``CAST`` a speaker with these names stands for."""
    return stand_ins([speaker(*names)], CAST)[SpeakerId(names[0])]


@pytest.mark.parametrize(
    ("names", "whom"),
    [
        (["Ana Ruiz"], "Ana Ruiz"),
        (["ana  ruiz’s"], None),
        (["RUIZ"], "Ana Ruiz"),
        (["Professor Ruiz"], "Ana Ruiz"),
        (["the Papa"], "Mr. Orme"),
        (["Mrs. Orme"], "Mrs. Orme"),
        (["Miss Orme"], None),
        (["Orme"], None),
        (["Orme", "Tom"], "Tom Orme"),
        (["the health minister", "Ruiz"], "Ana Ruiz"),
        (["the health minister"], None),
        (["Tom", "Ana", "Ruiz", "Papa"], "Tom Orme"),
    ],
)
def test_names_tell_at_most_one_gold_speaker(names: list[str], whom: str | None) -> None:
    """The name decides, then the aliases; titles part people; doubt tells nothing."""
    assert stands_for(*names) == whom


def test_one_speaker_with_every_alias_is_only_one_of_them() -> None:
    """A system that merges everybody stands for one speaker, not for all."""
    merged = speaker("someone", *(name for s in CAST for name in (s.name, *s.aliases)))
    assert stand_ins([merged], CAST) == {"someone": "Ana Ruiz"}


def test_names_that_differ_by_an_article_alone_are_told_apart_as_written() -> None:
    """Two men can be "A waiter" and "the waiter"; plain "waiter" may be either."""
    cast = [speaker("A Waiter"), speaker("The Waiter")]
    assert stand_ins([speaker("a waiter")], cast) == {"a waiter": "A Waiter"}
    assert stand_ins([speaker("waiter")], cast) == {"waiter": None}


def test_normal_and_untitled_names() -> None:
    """Case, punctuation, width and leading articles go; titles only when asked."""
    assert normal_name("The  “Ａna” O’Neil-Ruiz, Jr.") == "ana oneil ruiz jr"
    assert untitled_name("Lieutenant Gov. Ana Ruiz") == "ana ruiz"
    assert untitled_name("The Mayor") == "mayor"


@given(st.lists(st.text(min_size=1, max_size=6), max_size=5, unique=True))
def test_a_cast_with_distinct_names_stands_for_itself(names: list[str]) -> None:
    """Gold against itself is always right when no two names are the same."""
    cast = [speaker(name) for name in names]
    if len({n.casefold() for n in names}) == len(names):
        assert stand_ins(cast, cast) == {name: name for name in names}
