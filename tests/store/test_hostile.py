"""Nothing that comes from outside is run: not as SQL, not as search syntax."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given

from quotecraft import Store
from quotecraft.errors import InputError, StoreError
from tests.store.sample import article
from tests.strategies import texts

ATTACKS = [
    "'; DROP TABLE documents; --",
    '" OR 1=1 --',
    '"; DELETE FROM quotes; --',
    "x') OR ('1'='1",
    "words : *",
    "{words} : x",
    "^x",
    "x*",
    "NEAR(x y, 10)",
    "x AND",
    "NOT x",
    "x OR y",
    "-words:x",
    '""""',
    '"x" + "y"',
    "\x00x",
    "(((((",
    "%x%_",
    "rank:x",
    "\ud800",
]


@pytest.fixture
def filled(store: Store) -> Store:
    """A store in which every answer but nothing is wrong."""
    store.add([article("a", [("Ana Ruiz", "“Peace,”")]), article("b", [("Ben", "“Bread,”")])])
    return store


def answer(store: Store, **options: str) -> object:
    """Return what a search finds, or that it was refused for holding no word."""
    try:
        return store.search(**options)
    except InputError as error:
        return "no word" if "no word" in str(error) else error


@pytest.mark.parametrize("attack", ATTACKS)
def test_search_strings_are_words_only(filled: Store, attack: str) -> None:
    """Neither as text nor as any other condition does syntax find more, or harm the store."""
    for option in ("text", "speaker", "outlet", "cue"):
        assert answer(filled, **{option: attack}) in ((), "no word")
    for option in ("kind", "level", "stance", "since", "until", "order"):
        with pytest.raises(InputError):
            filled.search(**{option: attack})
    assert (filled.ids(), filled.count(), filled.count("peace")) == (("a", "b"), 2, 1)


@given(text=texts(), name=texts())
def test_any_search_string_is_answered(shared: tuple[Store, Store], text: str, name: str) -> None:
    """No string at all breaks a search: it is answered, or refused for holding no word."""
    store = shared[0]
    store.add(article("a", [("Ana Ruiz", "“Peace,”")]))
    for options in ({"text": text}, {"speaker": name}):
        assert answer(store, **options, outlet=text, cue=name) in ((), "no word")


@pytest.mark.parametrize("attack", ATTACKS)
def test_documents_are_data_only(store: Store, attack: str) -> None:
    """Ids, names, metadata and lemmas that look like SQL are kept as they are."""
    hostile = article(
        attack,
        [(attack, attack)],
        metadata={"outlet": attack, "date": attack, attack.replace("\ud800", ""): attack},
        cue_lemma=attack,
    )
    store.add(hostile)
    assert (store[attack], list(store), store.ids()) == (hostile, [hostile], (attack,))
    assert [hit.document for hit in store.search(outlet=attack, cue=attack)] == [attack]
    assert (store.delete(attack), len(store)) == (1, 0)


def test_a_store_with_foreign_code_is_not_run(path: Path) -> None:
    """A file from outside whose schema calls functions with side effects is refused by SQLite."""
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE settings")
        connection.execute(
            "CREATE VIEW settings AS SELECT 'changes' AS name, fts3_tokenizer('x') AS value"
        )
    connection.close()
    with (
        Store(path, read_only=True) as store,
        pytest.raises(StoreError, match=r"unsafe|no such function"),
    ):
        store.people()
