"""Who is in the room of a conversation: called, spoken of, named by themselves, scene by scene."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Span
from quotecraft.speakers.calls import hear_calls
from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.company import read_company
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.grouping import group_names
from quotecraft.speakers.name_index import NameIndex
from quotecraft.speakers.name_kinds import decide_kinds
from quotecraft.speakers.names import find_names
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import (
    Turn,
    Unit,
    build_units,
    group_turns,
    part_turns,
    with_parents,
)
from tests.speakers.sample import names, quoted, words_of


def _units(text: str, *people: str) -> tuple[list[Unit], dict[str, Entity]]:
    """Return the quotations of a text and the entities of its people by their first names."""
    words = words_of(text)
    mentions = find_names(words)
    kinds = decide_kinds(words, mentions)
    kinds.update({key: NameKind.PERSON for key in kinds if key[0] in people or key[-1] in people})
    index = NameIndex.of(words, mentions, kinds)
    entities, owners = group_names(words, mentions, kinds)
    units = build_units(index, owners, quoted(text, [None] * text.count("“")))
    hear_calls(index, owners, units)
    return units, {name.split()[-1]: one for one in entities for name in one.names}


def test_a_title_alone_calls_who_bears_it() -> None:
    """Captain Lee is the only captain; nobody is a sergeant."""
    text = "Captain Lee came in with Mr. Poe.\n\n“Sit, Captain.”\n\n“Yes, Sergeant.”"
    units, people = _units(text, "lee", "poe")
    assert units[0].vocatives == (people["Lee"],)
    assert units[1].vocatives == ()


@pytest.mark.parametrize(
    ("said", "given", "called"),
    [
        ("I am Mr. Poe.", "Poe", None),
        ("Sir, I'm Mr. Poe.", "Poe", None),
        ("My name is Poe.", "Poe", None),
        ("So you are Mr. Poe?", None, "Poe"),
        ("You're Poe.", None, "Poe"),
        ("I am Mr. Poe's friend.", None, None),
        ("I know that you are Mr. Poe's friend.", None, None),
    ],
)
def test_who_somebody_says_they_are(said: str, given: str | None, called: str | None) -> None:
    """Who "I am" names speaks, who "you are" names hears; what Mr. Poe owns names neither."""
    units, people = _units(f"Mr. Poe met Mr. Lee. Then Mr. Poe sat.\n\n“{said}”", "poe", "lee")
    assert units[0].given is (people[given] if given else None)
    assert units[0].vocatives == ((people[called],) if called else ())


def _scene(calls: list[Entity | None], speakers: list[Entity | None], at: int) -> Scene:
    turns = []
    for number, (called, speaker) in enumerate(zip(calls, speakers, strict=True)):
        unit = Unit(number, 10 * number, 10 * number + 5, 10 * number, number, number, True, False)
        unit.vocatives = () if called is None else (called,)
        unit.speaker = speaker
        turns.append(Turn([unit], number, number))
    return Scene(turns, at)


def test_who_was_called_waits_until_they_speak() -> None:
    """Ann and Ben are called; Ben has answered, Ann hasn't."""
    ann, ben, kit = Entity(), Entity(), Entity()
    scene = _scene([ann, ben, None, None], [kit, kit, ben, None], 3)
    company = read_company(words_of("It rained."), scene, scene.turns[3].units[0])
    waiting: dict[str, float] = {}
    company.add(waiting, ann)
    assert waiting == {"called:before": math.log(2), "vocative-3": 1.0, "waiting": 1.0}
    answered: dict[str, float] = {}
    company.add(answered, ben)
    assert answered == {"called:before": math.log(2), "vocative-2": 1.0}


def test_who_says_my_wife_is_a_man() -> None:
    """What somebody says of their own tells their gender."""
    text = "“I told my wife so.”"
    unit = Unit(0, 0, len(text), 0, 0, 0, True, False)
    scene = Scene([Turn([unit], 0, 0)], 0)
    man, woman = Entity(), Entity()
    man.votes.add("m", 4)
    woman.votes.add("f", 4)
    company = read_company(words_of(text), scene, unit)
    rows: list[dict[str, float]] = [{}, {}]
    for row, one in zip(rows, (man, woman), strict=True):
        company.add(row, one)
    assert rows[0]["self:gender"] == pytest.approx(math.log(9))
    assert rows[1]["self:gender"] == pytest.approx(-math.log(9))


def test_a_chapter_ends_a_scene() -> None:
    """Headings and lines of stars part turns; a short paragraph that is a sentence doesn't."""
    text = "“A.”\n\nIV\n\n“B.”\n\nIt rained.\n\n“C.”\n\n* * *\n\n“D.”\n\n2. The Ferry\n\n“E.”"
    words = words_of(text)
    index = NameIndex.of(words, (), {})
    turns = group_turns(build_units(index, (), quoted(text, [None] * 5)))
    part_turns(text, turns)
    assert [turn.part for turn in turns] == [0, 1, 1, 2, 3]
    assert Scene(turns, 1).turn(-1) is None
    assert Scene(turns, 1).turn(1) is turns[2]


def test_what_is_quoted_in_words_belongs_to_them() -> None:
    """Marks inside a quotation have it as their parent, though no detector said so."""
    outer = Attribution((Span(0, 40),), QuoteKind.DIRECT)
    inner = Attribution((Span(10, 20),), QuoteKind.DIRECT)
    apart = Attribution((Span(50, 60),), QuoteKind.DIRECT)
    assert [a.parent for a in with_parents([outer, inner, apart])] == [None, 0, None]


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda p: Span(p[0], p[0] + p[1])),
        max_size=8,
    )
)
def test_parents_hold_their_children(spans: list[Span]) -> None:
    """Whoever gets a parent lies inside it and is smaller; a new parent is never a child of its."""
    found = with_parents([Attribution((span,), QuoteKind.DIRECT) for span in sorted(spans)])
    for one in found:
        if one.parent is not None:
            own, around = one.content[0], found[one.parent].content[0]
            assert around.start <= own.start
            assert own.end <= around.end
            assert own.end - own.start < around.end - around.start


def _told_by_i(call: str) -> tuple[str, list[str | None]]:
    said = [
        "Is it late?”",
        f"Come, {call},” said Ann.",
        "It rains.”",
        "I am sorry,” I said.",
        "Is it?”",
    ]
    scene = "I knocked.\n\n" + "".join(f"“{words}\n\n" for words in said)
    return scene * 3, [None, "Ann", None, "I", None] * 3


@pytest.mark.parametrize(("call", "narrator"), [("Abel", "Abel"), ("Ann", "I")])
def test_who_is_called_around_i_narrates(call: str, narrator: str) -> None:
    """A name that others call near "I said", and that nobody else bears, is the narrator's."""
    text, sources = _told_by_i(call)
    assert names(text, sources)[3] == narrator
