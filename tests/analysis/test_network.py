"""Who quotes, addresses and mentions whom."""

import pytest

from quotecraft.analysis import network
from quotecraft.errors import MissingExtraError
from tests.analysis.build import Said, article


def _articles():
    return [
        article(
            "a",
            Said("Ana Ruiz", "He told me Bo Lund is right", to="Cy Marsh", about=("Bo Lund",)),
            Said("Bo Lund", "is right", "", inside=0),
            Said("Ana Ruiz", "Ana Ruiz is tired of Bo Lund", about=("Bo Lund",)),
            Said(None, "Bo Lund again", to="Ana Ruiz", about=("Bo Lund",)),
        )
    ]


def _edges(table):
    return {(e.source, e.relation.value, e.target): e.count for e in table}


def test_ties_are_counted_by_quotation():
    """Quoting, addressing and mentioning by hand; nobody unknown and nobody themselves."""
    assert _edges(network(_articles())) == {
        ("Ana Ruiz", "quotes", "Bo Lund"): 1,
        ("Ana Ruiz", "addresses", "Cy Marsh"): 1,
        ("Ana Ruiz", "mentions", "Bo Lund"): 2,
    }


def test_one_relation_and_a_least_count():
    """Relations can be chosen by name, rare ties left out."""
    assert len(network(_articles(), "addresses")) == 1
    assert len(network(_articles(), ["addresses", "mentions"])) == 2
    assert [edge.relation.value for edge in network(_articles(), min_count=2)] == ["mentions"]


def test_the_graph_has_names_and_weights():
    """Networkx gets keys as nodes, names and counts as attributes."""
    networkx = pytest.importorskip("networkx")
    graph = network(_articles()).to_networkx()
    assert isinstance(graph, networkx.MultiDiGraph)
    assert sorted(name for _, name in graph.nodes(data="name")) == [
        "Ana Ruiz",
        "Bo Lund",
        "Cy Marsh",
    ]
    edge = graph["person/ana ruiz"]["person/bo lund"]["mentions"]
    assert (edge["count"], edge["weight"], edge["articles"]) == (2, 2, 1)


def test_graphs_need_their_extra(monkeypatch):
    """Without networkx the error names the extra."""
    monkeypatch.setitem(__import__("sys").modules, "networkx", None)
    with pytest.raises(MissingExtraError, match=r"quotecraft\[analysis\]"):
        network(_articles()).to_networkx()
