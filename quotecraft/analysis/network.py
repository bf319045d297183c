"""Who quotes, addresses and speaks about whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any

from attrs import define, field, frozen

from quotecraft.analysis.collection import Documents, Utterance, collected
from quotecraft.analysis.table import Shown, Table
from quotecraft.analysis.voice import Voice
from quotecraft.errors import MissingExtraError

__all__ = ["Edge", "Network", "Relation", "network"]

METHOD = (
    "Quotes: the speaker of a quotation and that of one inside it. Addresses: speaker and "
    "addressee. Mentions: speaker and whoever is mentioned in the content, by place in the text; "
    "of those who speak or are spoken to in the article. Each quotation counts once for a pair."
)


class Relation(StrEnum):
    """What ties two speakers.

    ``QUOTES``: the one's words report the other's; ``ADDRESSES``: the one speaks to the other;
    ``MENTIONS``: the one speaks about the other.
    """

    QUOTES = "quotes"
    ADDRESSES = "addresses"
    MENTIONS = "mentions"


@frozen
class Edge:
    """How often one speaker is tied to another in one way.

    Attributes:
        source: Who speaks.
        relation: How they are tied.
        target: To or about whom.
        count: Number of quotations.
        articles: Number of articles.
        source_key: The speaker's key.
        target_key: The other's key.
    """

    source: str
    relation: Relation
    target: str
    count: int
    articles: int
    source_key: Annotated[str, Shown.HIDDEN]
    target_key: Annotated[str, Shown.HIDDEN]


@frozen
class Network(Table[Edge]):
    """A table of ties that becomes a graph."""

    def to_networkx(self) -> Any:  # noqa: ANN401  (networkx is untyped)
        """Return the ties as a ``networkx.MultiDiGraph``.

        Nodes are the speakers' keys with the attribute ``name``; edges have their relation as key
        and ``count``, ``weight`` (the same, as networkx calls it) and ``articles``.

        Raises:
            MissingExtraError: If networkx is not installed.
        """
        try:
            import networkx
        except ImportError as error:
            raise MissingExtraError("a networkx graph", "analysis") from error
        graph = networkx.MultiDiGraph()
        for edge in self.rows:
            graph.add_node(edge.source_key, name=edge.source)
            graph.add_node(edge.target_key, name=edge.target)
            graph.add_edge(
                edge.source_key,
                edge.target_key,
                key=edge.relation.value,
                count=edge.count,
                weight=edge.count,
                articles=edge.articles,
            )
        return graph


def network(
    documents: Documents,
    relation: Relation | str | Iterable[Relation | str] = tuple(Relation),
    *,
    min_count: int = 1,
) -> Network:
    """Say who quotes, addresses and speaks about whom.

    Quotations inside quotations are looked at, too, whatever the collection counts. Nobody is tied
    to themselves, and quotations without a known speaker tie nobody.

    Args:
        documents: The documents, or a collection of them.
        relation: Which ties; all unless given.
        min_count: Leave out ties of fewer quotations.

    Returns:
        A row for each pair and relation, most quotations first.
    """
    collection = collected(documents)
    wanted = [relation] if isinstance(relation, str) else list(relation)
    relations = set(map(Relation, wanted))
    ties: dict[tuple[str, Relation, str], _Tie] = {}
    names: dict[str, str] = {}
    for utterance in (*collection.utterances, *collection.nested):
        for source, kind, target in _ties(utterance):
            if kind not in relations or source is target:
                continue
            names[source.key], names[target.key] = source.name, target.name
            ties.setdefault((source.key, kind, target.key), _Tie()).add(utterance)
    rows = [
        Edge(
            source=names[source],
            relation=kind,
            target=names[target],
            count=tie.count,
            articles=len(tie.articles),
            source_key=source,
            target_key=target,
        )
        for (source, kind, target), tie in ties.items()
        if tie.count >= min_count
    ]
    rows.sort(key=lambda row: (-row.count, row.source, row.relation, row.target, row.source_key))
    return Network(
        "Who speaks to and about whom",
        METHOD,
        Edge,
        tuple(rows),
        len(collection.articles),
        len(collection.utterances) + len(collection.nested),
    )


@define
class _Tie:
    count: int = 0
    articles: set[int] = field(factory=set)

    def add(self, utterance: Utterance) -> None:
        self.count += 1
        self.articles.add(id(utterance.article))


def _ties(utterance: Utterance) -> Iterator[tuple[Voice, Relation, Voice]]:
    voice = utterance.voice
    if voice is None:
        return
    if utterance.inside is not None:
        yield utterance.inside, Relation.QUOTES, voice
    if utterance.addressee is not None:
        yield voice, Relation.ADDRESSES, utterance.addressee
    for other in utterance.mentioned:
        yield voice, Relation.MENTIONS, other
