"""Optimal pairing."""

import builtins
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import MissingExtraError
from quotecraft.evaluate.pairing import pair
from quotecraft.evaluate.units import jaccard
from tests.evaluate.reference import best_total


def test_greedy_matching_would_lose_a_pair() -> None:
    """A gold set gives up its best partner when another has no other one."""
    gold, predicted = [((0, 10),), ((2, 10),)], [((1, 10),), ((0, 6),)]
    # Greedy takes 9/10 and is left with 4/10, which is no pair; this way it is 6/10 and 8/9.
    assert pair(gold, predicted) == [(0, 1), (1, 0)]


def test_the_order_of_the_lists_does_not_matter() -> None:
    """Two gold sets and one prediction: the better one gets it, first or last."""
    near, exact = ((0, 10),), ((5, 20),)
    assert pair([near, exact], [((5, 20),)]) == [(1, 0)]
    assert pair([exact, near], [((5, 20),)]) == [(0, 0)]


def test_less_than_half_is_no_pair() -> None:
    """Sets that share less than half of their union stay apart; exactly half is a pair."""
    assert pair([((0, 10),)], [((6, 10),)]) == []
    assert pair([((0, 10),)], [((5, 10),)]) == [(0, 0)]


def test_equal_contents_are_told_apart_by_their_sources() -> None:
    """Two attributions of one content are paired so that their sources fit."""
    content = ((0, 10),)
    ann, bob = ((20, 23),), ((30, 33),)
    ties = [([ann, bob], [bob, ann])]
    assert pair([content, content], [content, content], ties=ties) == [(0, 1), (1, 0)]
    assert pair([content, content], [content, content], ties=[([ann, bob], [ann, bob])]) == [
        (0, 0),
        (1, 1),
    ]


def test_a_tie_breaker_never_outweighs_the_content() -> None:
    """The better content wins although the other has the right source."""
    gold, predicted = [((0, 100),)], [((0, 99),), ((0, 100),)]
    assert pair(gold, predicted, ties=[([((200, 210),)], [((200, 210),), ()])]) == [(0, 1)]


def test_nothing_pairs_with_nothing() -> None:
    """Empty sides, and empty sets, give no pairs."""
    assert [] == pair([], [((0, 3),)]) == pair([((0, 3),)], []) == pair([()], [()])


def test_a_novel_of_three_thousand_quotations_is_paired_whole() -> None:
    """Every one of 3,000 separate quotations finds its partner."""
    units = [((40 * n, 40 * n + 30),) for n in range(3000)]
    shifted = [((40 * n + 5, 40 * n + 30),) for n in range(3000)]
    assert [(n, n) for n in range(3000)] == pair(units, shifted)


def test_without_scipy_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message holds the pip command that installs SciPy."""
    real: Callable[..., Any] = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("scipy"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError, match=r"pip install 'quotecraft\[evaluate\]'"):
        pair([], [])


units = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda p: ((p[0], p[0] + p[1]),)),
    max_size=4,
)


@given(units, units, st.sampled_from([0.01, 0.3, 0.5, 1.0]))
def test_no_pairing_has_a_larger_total(gold: list[Any], predicted: list[Any], least: float) -> None:
    """The total Jaccard index is that of the best of all pairings, and none is used twice."""
    pairs = pair(gold, predicted, least=least)
    assert len(pairs) == len({i for i, _ in pairs}) == len({j for _, j in pairs})
    as_sets = [[frozenset(range(*u[0])) for u in side] for side in (gold, predicted)]
    total = sum(jaccard(gold[i], predicted[j]) for i, j in pairs)
    assert best_total(*as_sets, least) == pytest.approx(total)
