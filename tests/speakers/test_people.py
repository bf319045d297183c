"""Forms of persons' names that stand for one person, and that don't."""

import pytest

import quotecraft
from tests.speakers.sample import names

PIPE = quotecraft.load()


def test_a_given_name_alone_tells_the_gender_of_the_full_one() -> None:
    """Of a couple, "Mrs. Wills" is whom "she" means where her given name stands alone."""
    text = (
        "“Come in,” Mr. Wills said.\n\n“Sit down,” Mrs. Wills said.\n\n"
        "Ida took off her hat. Ida washed her hands.\n\n“I was born Ida Wills,” Ida Wills said."
    )
    spoken = names(text, ["Mr. Wills", "Mrs. Wills", "Ida Wills"])
    assert (spoken[1], spoken[2]) == ("Ida Wills", "Ida Wills")
    assert spoken[0] != "Ida Wills"


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("Zelphie", "Zelphine", True),
        ("Orsy", "Orsino", True),
        ("Orssy", "Orsino", True),
        ("Zelphie", "Zelda", False),
        ("Oly", "Olympe", False),
        ("Orsino", "Orsinette", False),
    ],
)
def test_familiar_given_names_stand_for_the_full_one(short: str, full: str, same: bool) -> None:
    """A name on -ie or -y is short for one that begins as it does, by three letters or more."""
    text = f"“It is over,” {full} Quandt said.\n\n“We lost,” {short} Quandt said."
    spoken = names(text, [f"{full} Quandt", f"{short} Quandt"])
    assert (len(set(spoken)) == 1) is same


@pytest.mark.parametrize("short", ["Bill", "Art"])
def test_a_given_name_that_is_a_noun_is_a_person_where_it_speaks(short: str) -> None:
    """What “Bill said” has a person for its source, and no bill."""
    text = f"“It is late,” {short} said. He yawned.\n\n“Late for what?” Ellen asked."
    document = PIPE(text)
    assert [str(speaker.kind) for speaker in document.speakers] == ["person", "person"]
