"""Who a GUM text tells of, and where."""

from pathlib import Path

import pytest

from quotecraft.errors import FormatError
from quotecraft.formats.gum_entities import read_entities

_ROWS = (
    ("Ana", "Entity=(1-person-new-cf1-1-coref"),
    ("Ruiz", "Entity=1)"),
    ("met", "_"),
    ("her", "Entity=(2-person-new-cf2-2-coref(1-person-giv:act-cf1-1-ana)"),
    ("father", "Entity=2)"),
)


def _file(folder: Path, rows: tuple[tuple[str, str], ...]) -> Path:
    lines = ["# newdoc id = GUM_news_test"]
    for number, (word, misc) in enumerate(rows, 1):
        lines.append("\t".join((str(number), word, *("_" for _ in range(7)), misc)))
    path = folder / "gum.conllu"
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


def test_mentions_have_their_places_and_entities(tmp_path: Path) -> None:
    """Nested mentions come with the longer first, a pronoun with its antecedent's number."""
    (text,) = read_entities(_file(tmp_path, _ROWS))
    found = [(m.span.of(text.text), m.entity, m.type) for m in text.mentions]
    assert found == [
        ("Ana Ruiz", "1", "person"),
        ("her father", "2", "person"),
        ("her", "1", "person"),
    ]


def test_an_end_without_a_beginning_is_told(tmp_path: Path) -> None:
    """The error names the entity."""
    path = _file(tmp_path, (("Ruiz", "Entity=7)"),))
    with pytest.raises(FormatError, match="entity 7"):
        list(read_entities(path))
