"""Roles and kinds that the words around a name prove."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.model import Span
from quotecraft.speakers.name_kinds import decide_kinds
from quotecraft.speakers.name_spelling import spelling_features
from quotecraft.speakers.names import find_names
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.role_texts import is_role_noun, role_of
from quotecraft.speakers.roles import find_roles
from quotecraft.speakers.words import Words
from tests.speakers.sample import sentences


def _roles(text: str, name: str = "Ana Ruiz") -> list[str]:
    words = Words(text, sentences(text), ())
    mention = next(m for m in find_names(words) if " ".join(m.core) == name)
    return [role.text for role in find_roles(words, mention)]


def _kinds(text: str) -> dict[str, NameKind]:
    words = Words(text, sentences(text), ())
    mentions = find_names(words, (Span(0, 1),))
    kinds = decide_kinds(words, mentions)
    return {" ".join(mention.core): kinds[mention.key] for mention in mentions}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Ana Ruiz, professor of politics and history at Arvelo University, said it failed.",
            "professor of politics and history at Arvelo University",
        ),
        (
            "Ana Ruiz, a lawyer representing shareholders, said it.",
            "lawyer representing shareholders",
        ),
        ("Ana Ruiz, a teacher based in Arvelo, said it.", "teacher based in Arvelo"),
        ("Ana Ruiz, the firm's director told the court.", "firm's director"),
        (
            "Ana Ruiz, a professor at Arvelo and a former ambassador, said it.",
            "professor at Arvelo and a former ambassador",
        ),
        ("The bill was signed by US President Ana Ruiz.", "US President"),
        ("A request of the Arvelian president, Ana Ruiz, was heard.", "Arvelian president"),
        ("They met on 22 July 2022 Mayor Ana Ruiz.", "Mayor"),
        ("The town's first independent mayor, Ana Ruiz, was cheered.", "independent mayor"),
        ("They trust a local teacher, Ana Ruiz, with the key.", "local teacher"),
        ("They saw the party's state chairman, Ana Ruiz, leave.", "party's state chairman"),
        ("They praised former mayor and singer, Ana Ruiz, at length.", "former mayor and singer"),
        ("It hurt Arvelo's recently elected President, Ana Ruiz, most.", "elected President"),
        ("Ana Ruiz, a lawyer leading the talks, said it.", "lawyer leading the talks"),
        ("Ana Ruiz, officer-in-charge of the port, said it.", "officer-in-charge of the port"),
        ("A law limits Arvelo's president Ana Ruiz.", "Arvelo's president"),
        ("It was found by analyst Maj Gen (retd) Ana Ruiz.", "analyst Maj Gen (retd)"),
        ("It was told by First Nation Chief Ana Ruiz.", "First Nation Chief"),
        (
            "It was told by University of Arvelo astronomer Ana Ruiz.",
            "University of Arvelo astronomer",
        ),
    ],
)
def test_a_role_is_whole_and_no_more(text: str, role: str) -> None:
    """What stands around a name is taken with its phrases, and without verbs, years and others."""
    assert role in _roles(text)


@pytest.mark.parametrize(
    "text",
    [
        "During the vote count, Ana Ruiz went home.",
        "A month after the auction of The Sick Child, Ana Ruiz wrote.",
        "She hung her head in shame, Ana Ruiz wrote.",
        "His sister, Ana Ruiz, left.",
    ],
)
def test_what_only_looks_like_a_role_is_none(text: str) -> None:
    """Events, parts of the body and relatives before a name say nothing of who somebody is."""
    assert not [role for role in _roles(text) if role.lower() != "sister"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The vote was lost, the group Safe Home said.", "Safe Home", NameKind.ORGANIZATION),
        ("It was read by chairperson Derrick Lumora.", "Derrick Lumora", NameKind.PERSON),
        ("Its founder and CEO, Petar Novan Lume, wrote.", "Petar Novan Lume", NameKind.PERSON),
        ("His wife, Bridget, died.", "Bridget", NameKind.PERSON),
        ("Dr Rabit told it. The nurse asked Dr Rabit again.", "Rabit", NameKind.PERSON),
        ("In the port, the ferry Marisol Lume burned.", "Marisol Lume", NameKind.OTHER),
        ("On Friday, Google Cloud opened there.", "Google Cloud", NameKind.ORGANIZATION),
    ],
)
def test_words_before_a_name_prove_its_kind(text: str, name: str, kind: NameKind) -> None:
    """An office, a relative or a sort of body before a name outweighs how it is spelled."""
    assert _kinds(text)[name] is kind


def test_a_surname_is_a_person_even_if_it_is_a_word() -> None:
    """Who is named in full before is meant by the last word alone."""
    text = "Chief Daisy Moon of Arvelo wrote. Moon told reporters that she would come."
    assert _kinds(text)["Moon"] is NameKind.PERSON


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("He met Spanish NGO Open Frontiers there.", "Open Frontiers"),
        ("It was told by H D Kumarasena again.", "H D Kumarasena"),
        ("It was told by M.K.Kumarasena again.", "M.K.Kumarasena"),
        ("It was told by Officer Sohel Sultan Zulkar Nain.", "Sohel Sultan Zulkar Nain"),
        ("It was told by Vice-Chairman Sohel Ranam.", "Sohel Ranam"),
        ("The owner Roman Novan paid.", "Roman Novan"),
        ("The crown went to President Sun Myung Lee.", "Sun Myung Lee"),
        ("They asked eNCA again.", "eNCA"),
    ],
)
def test_a_name_is_whole_without_what_stands_before_it(text: str, core: str) -> None:
    """Initials and given names like titles belong to a name; sorts of bodies and ranks don't."""
    words = Words(text, sentences(text), ())
    found = [text[words.starts[m.last - len(m.core) + 1] : m.span.end] for m in find_names(words)]
    assert core in found


@given(st.lists(st.text(alphabet="abcdefgh-é", min_size=1, max_size=30), min_size=1, max_size=4))
def test_spelling_is_pieces_of_the_first_and_last_word(key: list[str]) -> None:
    """Every feature names a piece of three or four letters of a word at either end of the name."""
    ends = [f"^{key[0]}$", f"^{key[-1]}$"]
    for name, weight in spelling_features(tuple(key)).items():
        place, _, piece = name.partition(":")
        assert place in ("first", "last", "only")
        assert len(piece) in (3, 4)
        assert any(piece.rstrip("$") in end for end in ends)
        assert 0 < weight <= 1


@pytest.mark.parametrize("noun", ["ex-member", "vice-chancellor", "co-founder"])
def test_a_prefix_keeps_a_role_a_role(noun: str) -> None:
    """Former and joint holders hold roles, too."""
    assert is_role_noun(noun)


def test_an_age_is_no_part_of_a_role() -> None:
    """What somebody is doesn't begin with how old they are."""
    role = role_of("a 57-year-old former economy minister")
    assert role is not None
    assert role.text == "former economy minister"
