"""Who speaks to and about whom, as a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import atan2, degrees, hypot, sqrt
from typing import Any

from attrs import frozen

from quotecraft.analysis import Edge, Network
from quotecraft.errors import MissingExtraError
from quotecraft.plots.theme import LIGHT, SIZE, WIDTH, altair, finish, note, text_width

__all__ = ["speaker_network"]

_SEED = 12345
_COLOURS = {"quotes": LIGHT.blue, "addresses": LIGHT.green, "mentions": LIGHT.vermilion}
_WIDE, _HIGH = 150, 78  # room of one speaker, in pixels, name included
_STEP = 5  # pixels between the places of a line that names keep away from
_LANE = 7  # pixels between ties of the same two speakers
_SIDE, _MARGIN = 44, 24  # room at the edges of a box


@frozen
class _Node:
    key: str
    name: str
    x: float
    y: float
    radius: float


def speaker_network(
    table: Network, *, top: int = 20, width: int = WIDTH, title: str | None = None
) -> Any:  # noqa: ANN401  (an Altair chart)
    """Draw the speakers with the most ties, and the ties among them.

    Places are those of a spring layout (Fruchterman and Reingold 1991): whoever has ties stands
    near by; distances mean no more than that. A tie runs from the speaker to the arrowhead.

    Args:
        table: What ``analysis.network`` gives.
        top: How many speakers at most.
        width: Width in pixels.
        title: Title; the table's unless given, none if empty.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    alt = altair()
    edges = _strongest(table, top)
    nodes, height = _placed(edges, width - 12)
    at = {node.key: node for node in nodes}
    ties = _ties(edges, at)
    labels = _labels(nodes, ties, width, height)
    flat = {"scale": None, "axis": None}
    relations = list(dict.fromkeys(tie["relation"] for tie in ties))
    colour = alt.Color(
        "relation:N",
        scale=alt.Scale(domain=relations, range=[_COLOURS[name] for name in relations]),
        legend=alt.Legend(symbolType="stroke", symbolStrokeWidth=3) if len(relations) > 1 else None,
    )
    lines = (
        alt.Chart(alt.Data(values=ties))
        .mark_rule(opacity=0.55)
        .encode(
            x=alt.X("x1:Q", **flat),
            y=alt.Y("y1:Q", **flat),
            x2="x2:Q",
            y2="y2:Q",
            color=colour,
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        )
    )
    heads = (
        alt.Chart(alt.Data(values=ties))
        .mark_point(filled=True, shape="triangle-up", opacity=0.9)
        .encode(
            x=alt.X("xh:Q", **flat),
            y=alt.Y("yh:Q", **flat),
            angle=alt.Angle("angle:Q", scale=None),
            color=colour,
            size=alt.Size("head:Q", scale=None),
        )
    )
    dots = (
        alt.Chart(alt.Data(values=[{"x": n.x, "y": n.y, "size": 4 * n.radius**2} for n in nodes]))
        .mark_circle(color=LIGHT.ink, opacity=1, stroke=LIGHT.page, strokeWidth=1.5)
        .encode(x=alt.X("x:Q", **flat), y=alt.Y("y:Q", **flat), size=alt.Size("size:Q", scale=None))
    )
    names = (
        alt.Chart(alt.Data(values=labels))
        .mark_text(
            align="left", baseline="middle", color=LIGHT.ink, stroke=LIGHT.page, strokeWidth=3
        )
        .encode(x=alt.X("x:Q", **flat), y=alt.Y("y:Q", **flat), text="name:N")
    )
    over = names.mark_text(align="left", baseline="middle", color=LIGHT.ink)
    chart = alt.layer(lines, heads, dots, names, over).properties(width=width - 12, height=height)
    what = f"The {len(nodes)} speakers with the most ties ({note(table.articles, 'article')})"
    return finish(chart, table.title if title is None else title, what, width)


def _strongest(table: Network, top: int) -> list[Edge]:
    """Return the strongest ties, and all others among the same speakers."""
    kept: set[str] = set()
    for edge in sorted(table, key=lambda e: (-e.count, e.source_key, e.target_key)):
        ends = {edge.source_key, edge.target_key}
        if len(ends) == 2 and len(kept | ends) <= top:
            kept |= ends
    return [
        edge
        for edge in table
        if {edge.source_key, edge.target_key} <= kept and edge.source_key != edge.target_key
    ]


def _placed(edges: list[Edge], width: int) -> tuple[list[_Node], int]:
    """Return the speakers with their places, and the height that they take.

    Whoever is tied, by however many steps, gets a box of their own; the boxes stand in rows.
    """
    try:
        import networkx
    except ImportError as error:
        raise MissingExtraError("Drawing networks", "plots") from error
    graph = networkx.Graph()
    names: dict[str, str] = {}
    weights: dict[str, int] = {}
    for edge in edges:
        names[edge.source_key], names[edge.target_key] = edge.source, edge.target
        for key in (edge.source_key, edge.target_key):
            weights[key] = weights.get(key, 0) + edge.count
        graph.add_edge(edge.source_key, edge.target_key)
    most = max(weights.values(), default=1)
    nodes: list[_Node] = []
    left, upper, lower = 0.0, 0.0, 0.0
    for group in sorted(networkx.connected_components(graph), key=lambda g: (-len(g), min(g))):
        wide, high = min(width, _WIDE * sqrt(len(group))), _HIGH * sqrt(len(group))
        if left + wide > width:
            left, upper = 0.0, lower
        part = graph.subgraph(sorted(group))
        places = networkx.spring_layout(part, seed=_SEED, k=2 / sqrt(len(group)), iterations=200)
        xs, ys = ([float(places[key][axis]) for key in part] for axis in (0, 1))
        for key, x, y in zip(part, xs, ys, strict=True):
            at_x = left + _SIDE + _scaled(x, xs, wide - 2 * _SIDE)
            at_y = upper + _MARGIN + _scaled(y, ys, high - 2 * _MARGIN)
            nodes.append(_Node(key, names[key], at_x, at_y, 3 + 5 * sqrt(weights[key] / most)))
        left, lower = left + wide, max(lower, upper + high)
    return nodes, round(lower)


def _scaled(value: float, values: list[float], size: float) -> float:
    low, high = min(values), max(values)
    return size / 2 if high == low else (value - low) / (high - low) * size


def _ties(edges: list[Edge], at: Mapping[str, _Node]) -> list[dict[str, Any]]:
    """Return lines and arrowheads; those between the same two speakers run side by side."""
    lanes: dict[frozenset[str], list[Edge]] = {}
    for edge in edges:
        lanes.setdefault(frozenset((edge.source_key, edge.target_key)), []).append(edge)
    return [
        _tie(edge, at, (number - (len(lane) - 1) / 2) * _LANE)
        for lane in lanes.values()
        for number, edge in enumerate(lane)
    ]


def _tie(edge: Edge, at: Mapping[str, _Node], aside: float) -> dict[str, Any]:
    start, end = at[edge.source_key], at[edge.target_key]
    length = hypot(end.x - start.x, end.y - start.y) or 1.0
    along = (end.x - start.x) / length, (end.y - start.y) / length
    if edge.source_key > edge.target_key:
        aside = -aside  # so that both directions count their lanes from the same side
    shift = -along[1] * aside, along[0] * aside
    back = min(end.radius + 5, length / 2)
    width = min(5.0, 0.8 + 0.7 * sqrt(edge.count))
    x, y = end.x + shift[0] - along[0] * back, end.y + shift[1] - along[1] * back
    return {
        "x1": start.x + shift[0],
        "y1": start.y + shift[1],
        "x2": x,
        "y2": y,
        "xh": x,
        "yh": y,
        "angle": degrees(atan2(along[1], along[0])) + 90,
        "width": width,
        "head": 30 + 14 * width,
        "relation": edge.relation.value,
    }


def _labels(
    nodes: list[_Node], ties: list[dict[str, Any]], width: int, height: int
) -> list[dict[str, Any]]:
    """Return names with places where they cover no dot, tie or other name, if there are such."""
    lines = [box for tie in ties for box in _along(tie)]
    dots = [(n.x - n.radius, n.y - n.radius, n.x + n.radius, n.y + n.radius) for n in nodes]
    taken: list[tuple[float, float, float, float]] = []
    labels = []
    for node in sorted(nodes, key=lambda n: -n.radius):
        name = node.name if len(node.name) <= 24 else node.name[:23].rstrip() + "…"
        wide, high, gap = text_width(name), SIZE + 2, node.radius + 4
        corners = [
            (node.x + gap, node.y),
            (node.x - gap - wide, node.y),
            (node.x - wide / 2, node.y - gap - high / 2),
            (node.x - wide / 2, node.y + gap + high / 2),
            (node.x + gap / 2, node.y - gap - high / 2),
            (node.x + gap / 2, node.y + gap + high / 2),
            (node.x - gap / 2 - wide, node.y - gap - high / 2),
            (node.x - gap / 2 - wide, node.y + gap + high / 2),
        ]
        boxes = [(x, y - high / 2, x + wide, y + high / 2) for x, y in corners]
        inside = [
            b for b in boxes if b[0] >= 0 and b[2] <= width - 12 and b[1] >= 0 and b[3] <= height
        ]
        best = min(inside or boxes, key=lambda b: _covered(b, [*dots, *lines, *taken]))
        taken.append(best)
        labels.append({"x": best[0], "y": (best[1] + best[3]) / 2, "name": name})
    return labels


def _along(tie: Mapping[str, Any]) -> Iterator[tuple[float, float, float, float]]:
    """Yield small boxes along a line."""
    across, down = tie["x2"] - tie["x1"], tie["y2"] - tie["y1"]
    steps = max(1, round(hypot(across, down) / _STEP))
    for step in range(steps + 1):
        x, y = tie["x1"] + across * step / steps, tie["y1"] + down * step / steps
        yield x - _STEP / 2, y - _STEP / 2, x + _STEP / 2, y + _STEP / 2


def _covered(
    box: tuple[float, float, float, float], others: list[tuple[float, float, float, float]]
) -> float:
    """Return how large a part of a box others cover, in square pixels."""
    return sum(
        max(0.0, min(box[2], o[2]) - max(box[0], o[0]))
        * max(0.0, min(box[3], o[3]) - max(box[1], o[1]))
        for o in others
    )
