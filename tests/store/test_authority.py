"""Authority files say who is who; what can't be used in them is named with its line."""

from pathlib import Path

import pytest

from quotecraft import Store
from quotecraft.errors import FormatError, InputError
from quotecraft.store import Authority, link_people, read_authority
from tests.store.test_people import HE, MINISTER, SHE, groups, told

FILE = """\
name,aliases,id,gender,party,=cmd
Ana Ruiz,Ruiz|Ana María Ruiz,Q1,f,Green,<b>x</b>
"Ben Okri","Benjamin Okri",Q2,m,Blue,"=1+1"
Nobody Here,,Q3,,,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An authority file."""
    path = tmp_path / "people.csv"
    path.write_text(FILE, encoding="utf-8-sig")
    return path


def problems(path: Path, text: str) -> list[str]:
    """Return the problems of a file with this text, from its line number on."""
    path.write_text(text, encoding="utf-8")
    found = read_authority(path).problems
    assert all(str(problem).startswith(f"{path}:{problem.line}: ") for problem in found)
    return [f"{problem.line} {problem.reason}" for problem in found]


def test_rows(file: Path) -> None:
    """Every column but the aliases is kept as text; formulas and mark-up are text."""
    authority = read_authority(file)
    assert authority.columns == ("name", "id", "gender", "party", "=cmd")
    assert authority.rows[0].names == ("Ana Ruiz", "Ruiz", "Ana María Ruiz")
    assert [row.columns["=cmd"] for row in authority.rows] == ["<b>x</b>", "=1+1", ""]
    assert authority.problems == ()
    assert Authority.from_dict(authority.to_dict()) == authority


def test_it_wins(file: Path) -> None:
    """Names and aliases of one row are one person, whatever else would keep them apart."""
    made = [
        told("Ana Ruiz", roles=("striker",), **HE),
        told("Ana María Ruiz", outlet="Herald", **SHE),
        told("Ruiz", outlet="Times"),
        told("Benjamin Okri"),
    ]
    people = link_people(made, read_authority(file))
    assert [people.of(document.id, "s1").key for document in made] == ["Q1", "Q1", "Q1", "Q2"]
    person = people.persons["Q1"]
    assert person.name == "Ana Ruiz"
    assert person.authority == {
        "name": "Ana Ruiz", "id": "Q1", "gender": "f", "party": "Green", "=cmd": "<b>x</b>",
    }  # fmt: skip
    assert person.members[2].evidence == ("authority:ruiz",)


def test_others_join_its_persons(file: Path) -> None:
    """A surname that no alias names joins a row's person as it would join any other."""
    made = [told("Ben Okri", **MINISTER), told("Minister Okri"), told("Okri", outlet="Herald")]
    people = link_people(made, read_authority(file))
    assert [people.of(document.id, "s1").key for document in made] == ["Q2", "Q2", "okri"]


def test_it_keeps_namesakes_apart(tmp_path: Path) -> None:
    """A surname that two rows bear is neither's, though only one of them speaks here."""
    path = tmp_path / "a.csv"
    path.write_text("name\nAna Ruiz\nBen Ruiz\n")
    made = [told("Ana Ruiz", **MINISTER), told("Minister Ruiz")]
    assert len(groups(link_people(made))) == 1
    assert len(groups(link_people(made, read_authority(path)))) == 2


def test_rows_that_name_nobody_are_told(file: Path) -> None:
    """Rows without a speaker in the documents are named with file and line."""
    people = link_people([told("Ana Ruiz")], read_authority(file))
    assert people.unmatched == (
        f"{file}:3: 'Ben Okri' names nobody here",
        f"{file}:4: 'Nobody Here' names nobody here",
    )


def test_problems_are_told_by_line(tmp_path: Path) -> None:
    """Doubled ids, shared names, missing names and stray cells are named; other rows stay."""
    path = tmp_path / "a.csv"
    text = 'name,aliases,id\nAna Ruiz,Ruiz,1\n\n"Ben\nOkri",,1\n,x,3\nEve Ruiz,Ruiz,4\nC,,5,6\n'
    assert problems(path, text) == [
        "4 id '1' is that of line 2, too; left out",
        "6 no name; left out",
        "7 'ruiz' names line 2, too; it matches nobody",
        "8 4 cells for 3 columns; left out (quote cells with commas)",
    ]
    assert [row.names for row in read_authority(path).rows] == [
        ("Ana Ruiz", "Ruiz"),
        ("Eve Ruiz", "Ruiz"),
    ]
    ruiz = told("Ruiz")
    assert link_people([ruiz], read_authority(path)).of(ruiz.id, "s1").authority is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id,party\n1,x\n", "column 'name' is missing"),
        (b"", "column 'name' is missing"),
        (b"name,x,x\n", "two columns have one name"),
        (b"name\n\xff\xfe\n", "UTF-8"),
        (b'name\n"open', "not CSV"),
    ],
)
def test_files_that_are_none(tmp_path: Path, content: bytes, reason: str) -> None:
    """A file that can't be read as an authority file is refused by name."""
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=reason) as caught:
        read_authority(path)
    assert str(path) in str(caught.value)


def test_a_store_keeps_it(store: Store, file: Path) -> None:
    """A store's authority file is used from then on, gives columns to group by, and can go."""
    document = told("Ruiz")
    store.add(document)
    assert store.authority_columns() == ()
    store.set_authority(file)
    assert store.authority_columns() == ("name", "id", "gender", "party", "=cmd")
    assert store.people().of(document.id, "s1").authority["party"] == "Green"
    assert store.info().authority == 3
    with Store(store.path, read_only=True) as other:
        assert other.authority == read_authority(file)
    store.set_authority(None)
    assert store.people().of(document.id, "s1").authority is None


def test_a_missing_file(store: Store, tmp_path: Path) -> None:
    """A path that doesn't exist is an error, and the store keeps what it had."""
    with pytest.raises(InputError, match="missing"):
        store.set_authority(tmp_path / "missing.csv")
    assert store.authority is None
