"""Share of voice, sources, positions: counts by hand, and what must hold for any collection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.analysis import (
    NO_VALUE,
    UNATTRIBUTED,
    collect,
    diversity,
    gender,
    positions,
    profiles,
    role_groups,
    shares,
    sources,
)
from quotecraft.analysis.columns import COLUMNS, role_head
from quotecraft.errors import InputError
from quotecraft.model import SpeakerKind
from tests.analysis.build import Said, article, collections, shuffled

PEOPLE = {
    "Ana Ruiz": {"roles": ("Health minister", "MP")},
    "Bo Lund": {"roles": ("spokesman of the city",)},
    "Acme": {"kind": SpeakerKind.ORGANIZATION},
    "the report": {"kind": SpeakerKind.DOCUMENT},
    "residents": {"kind": SpeakerKind.GROUP},
}


def _articles():
    return [
        article(
            "a",
            Said("Ana Ruiz", "one two three four"),
            Said("Ana Ruiz", "five"),
            Said("Bo Lund", "six"),
            Said(None, "seven eight"),
            Said(None, "nine"),
            outlet="Times",
            people=PEOPLE,
        ),
        article("b", Said("Ana Ruiz", "ten"), Said("Acme", "eleven"), people=PEOPLE),
    ]


def _counts(table, counted):
    return {row.value: row.count for row in table.where(counted=counted)}


def test_shares_are_counted_in_three_ways():
    """Sources once an article, unattributed ones together as one; quotations; words."""
    table = shares(_articles())
    assert _counts(table, "sources") == {"Ana Ruiz": 2, "Acme": 1, "Bo Lund": 1, UNATTRIBUTED: 1}
    assert _counts(table, "quotes") == {"Ana Ruiz": 3, "Acme": 1, "Bo Lund": 1, UNATTRIBUTED: 2}
    assert _counts(table, "words") == {"Ana Ruiz": 6, "Acme": 1, "Bo Lund": 1, UNATTRIBUTED: 3}
    ana = table.where(counted="words").rows[0]
    assert (ana.share, ana.known_share) == pytest.approx((6 / 11, 6 / 8))


def test_unattributed_come_last_and_have_no_known_share():
    """What isn't known is shown at the end of each way of counting."""
    rows = shares(_articles()).where(counted="quotes").rows
    assert [row.known for row in rows] == [True, True, True, False]
    assert rows[-1].known_share is None


def test_columns_of_articles_hold_the_unattributed_too():
    """An outlet's quotations are its own whoever spoke; articles without one are told apart."""
    assert _counts(shares(_articles(), "outlet"), "quotes") == {"Times": 5, NO_VALUE: 2}
    assert _counts(shares(_articles(), "metadata:outlet"), "quotes")["Times"] == 5


def test_sources_are_sorted_by_type():
    """Named, unnamed, institution, group, document, and those not told."""
    document = article(
        "a",
        *map(Said, ["Ana Ruiz", "a neighbour", "Acme", "the report", "residents", None]),
        people=PEOPLE,
    )
    counts = _counts(sources([document]), "sources")
    kinds = ("named", "unnamed", "institution", "document", "group", UNATTRIBUTED)
    assert counts == dict.fromkeys(kinds, 1)


@pytest.mark.parametrize(
    ("role", "head"),
    [
        ("Foreign minister", "minister"),
        ("president of the union", "president"),
        ("director-general for health, Kenya", "director-general"),
        ("", ""),
    ],
)
def test_role_heads(role, head):
    """The main noun of a role stands before its complements."""
    assert role_head(role) == head


def test_role_groups_sort_speakers_by_any_word_of_any_role():
    """A pattern may hold an asterisk, and the first group that fits wins."""
    groups = role_groups({"officials": ["spokes*", "MINISTER"], "lawmakers": ["mp"]})
    assert _counts(shares(_articles(), groups), "sources") == {
        "officials": 3,
        NO_VALUE: 1,
        UNATTRIBUTED: 1,
    }


def test_an_unknown_column_names_those_there_are():
    """A misspelt column is told with the choices."""
    with pytest.raises(InputError, match=r"no column 'outlets'.*outlet"):
        shares(_articles(), "outlets")


def test_same_names_are_told_apart_by_key():
    """Two people who are called alike keep their rows."""
    documents = [article("a", Said("a neighbour")), article("b", Said("a neighbour"))]
    rows = shares(documents).where(counted="quotes").rows
    assert [row.value for row in rows] == ["a neighbour"] * 2
    assert len({row.key for row in rows}) == 2


def test_positions_are_where_contents_begin():
    """Half-way through the text the second half begins; empty stretches are rows too."""
    document = article("a", Said("Ana Ruiz", "x" * 10), Said("Acme", "y" * 10), people=PEOPLE)
    rows = {(row.value, row.bin): row.quotes for row in positions([document], bins=4)}
    assert rows["person", 0] == 1
    assert sum(quotes for (value, _), quotes in rows.items() if value == "organization") == 1
    assert len(rows) == 8
    with pytest.raises(InputError, match="at least one"):
        positions([document], bins=0)


@given(collections(), st.sampled_from([*COLUMNS, "period:month"]))
def test_shares_of_any_column_sum_to_one(documents, by):
    """Whatever is grouped by and counted, shares sum to 1 and intervals hold them."""
    table = shares(documents, by)
    for counted in ("sources", "quotes", "words"):
        rows = table.where(counted=counted).rows
        assert not rows or sum(row.share for row in rows) == pytest.approx(1)
        assert sum(row.count for row in rows) == (rows[0].total if rows else 0)
        assert all(row.low is None or row.low <= row.share <= row.high for row in rows)


@given(collections(), st.integers(0, 99))
def test_the_order_of_documents_does_not_matter(documents, seed):
    """Another order of the same documents gives the same tables."""
    others = shuffled(documents, seed)
    for analyse in (shares, sources, diversity, gender, profiles, positions):
        assert analyse(others) == analyse(documents)


@given(collections())
def test_doubling_the_articles_leaves_shares_and_narrows_intervals(documents):
    """Each article twice, under another name: the same shares, no wider intervals."""
    again = [article_again(document) for document in documents]
    once = {(r.value, r.counted): r for r in shares(documents, "source_type")}
    for row in shares([*documents, *again], "source_type"):
        before = once[row.value, row.counted]
        assert row.share == pytest.approx(before.share)
        assert row.count == 2 * before.count
        if before.low is not None:
            assert row.high - row.low <= before.high - before.low + 1e-9


def article_again(document):
    """Return the same article under another name."""
    from attrs import evolve

    return evolve(document, id=f"{document.id}-again")


@given(collections())
def test_profiles_sum_to_the_collection(documents):
    """Every quotation and word is in exactly one profile."""
    collection = collect(documents)
    rows = profiles(collection).rows
    assert sum(row.quotes for row in rows) == len(collection.utterances)
    assert sum(row.words for row in rows) == sum(u.words for u in collection.utterances)
    assert all(row.direct + row.mixed + row.indirect == row.quotes for row in rows)
    assert not rows or sum(row.word_share for row in rows) == pytest.approx(1)
