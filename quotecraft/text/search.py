"""The cheapest reading of a text's quotation marks, found by beam search.

A reading is a stack of open quotations and the actions that led to it. Each mark either opens a
quotation, closes one, replaces one whose closing mark is missing, or is no quotation mark at all;
each costs what ``marks`` says of its place, plus what the costs below say of the stack.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attrs import define, field, frozen

from quotecraft.model import Span
from quotecraft.text.marks import RUNS, Family, Mark, scan_marks

__all__ = ["Opened", "read_marks"]

_WIDTH = 6  # readings kept
_MARGIN = 6.0  # dearer than the cheapest reading by more than this: given up
_REACH = 4  # open quotations that one mark can end, and that can go on in the next paragraph

_UNCLOSED = {
    Family.DOUBLE: 3.5,
    Family.SINGLE: 3.5,
    Family.GUILLEMET: 3.5,
    Family.SINGLE_GUILLEMET: 3.5,
}
_REPLACED = 3.0  # its closing mark is missing, and the next quotation opens
_REOPENED = {Family.DOUBLE: 0.3, Family.SINGLE: 1.0}  # at the start of the next paragraph
_CARRIED = 3.0  # into the next paragraph, with no mark at its start (verse, letters)
_CARRIED_IN_SENTENCE = 0.3  # the same, where the paragraphs cut a sentence in two
_SAME_INSIDE = 2.0  # "a "b" c": the same straight marks inside themselves
_SAME_INSIDE_DIRECTED = 1.0  # “a “b” c”
_NEUTRAL = frozenset("\"'＂＇")
_EMPTY = 3.0  # nothing between the marks
_LEFT_OVER = 0.5  # an apostrophe (the horses') before the marks of a run
_MIXED = 0.5  # “ closed by "
_CROSSED = 4.0  # “ closed by ’
# Pairs of two different characters that cost nothing; where the second closes against its
# direction, what ``marks`` charged for that is given back.
_CUSTOM = {
    ("“", "”"): 0.0,
    ("„", "”"): 0.0,
    ("„", "“"): -1.5,
    ("‟", "”"): 0.0,
    ("`", "'"): 0.0,
    ("‘", "’"): 0.0,
    ("‛", "’"): 0.0,
    ("‚", "’"): 0.0,
    ("‚", "‘"): -1.5,
    ("`", "´"): 0.0,
    ("«", "»"): 0.0,
    ("»", "«"): -1.5,
    ("‹", "›"): 0.0,
    ("›", "‹"): -1.5,
}


@frozen
class Opened:
    """One quotation of the cheapest reading.

    Attributes:
        family: Its marks.
        spans: One a paragraph, marks included.
        closed: Whether its closing mark was found.
    """

    family: Family
    spans: tuple[Span, ...]
    closed: bool


class _Node(NamedTuple):
    """An open quotation, on top of those it stands inside."""

    below: _Node | None
    family: Family
    char: str
    start: int
    inner: int  # where its content begins
    shape: int  # equal for stacks that the rest of the text can't tell apart


class _Action(NamedTuple):
    previous: _Action | None
    verb: str
    node: _Node
    at: int


class _Reading(NamedTuple):
    cost: float
    top: _Node | None
    actions: _Action | None


_Kept = dict[int, _Reading]  # the cheapest reading of each shape


def read_marks(text: str, blocks: Sequence[Span]) -> list[Opened]:
    """Return the quotations of a text, in the order in which they open.

    Args:
        text: The text.
        blocks: Its paragraphs, in order.
    """
    search = _Search()
    before = ""
    for block in blocks:
        in_sentence = (before.isalpha() or before in (",", ";")) and text[block.start].islower()
        search.paragraph(block, list(scan_marks(text, block.start, block.end)), in_sentence)
        before = text[block.end - 1]
    return _replay(text, search.cheapest().actions)


@define
class _Search:
    readings: list[_Reading] = field(factory=lambda: [_Reading(0.0, None, None)])
    shapes: dict[tuple[int, str], int] = field(factory=dict)

    def cheapest(self) -> _Reading:
        """Return the cheapest reading in which every quotation has ended."""
        return min((r for r in self.readings if r.top is None), key=lambda r: r.cost)

    def paragraph(self, block: Span, marks: list[Mark], in_sentence: bool) -> None:
        """Read the marks of a paragraph, which may go on with a sentence of the one before."""
        before = self.cheapest()
        if before.cost <= self.readings[0].cost:
            plain = self._read_plainly(before, marks)
            if plain is not None:
                self.readings = [plain]
                return
        waiting: list[_Kept] = [{}, {}, {}]
        for reading in self.readings:
            if reading.top is None:
                _keep(waiting[0], *reading)
            else:
                self._resume(waiting, reading, block, marks, in_sentence)
        readings = _best(waiting[0])
        for number, mark in enumerate(marks, 1):
            kept = waiting[number] if number < len(waiting) else {}
            limit = readings[0].cost + min(mark.neither, mark.opening + _SAME_INSIDE) + _MARGIN
            for reading in readings:
                self._read(kept, reading, mark, limit)
            readings = _best(kept)
        ended: _Kept = {}
        for reading in readings:
            _end(ended, reading, block.end)
        self.readings = _best(ended)

    def _read_plainly(self, reading: _Reading, marks: list[Mark]) -> _Reading | None:
        """Read marks of which each has one use that costs nothing; ``None`` if that can't be done.

        No other reading can be cheaper, so nothing is searched.
        """
        cost, top, actions = reading
        for mark in marks:
            same = top is not None and top.family is mark.family
            if mark.size > 1 and mark.char in RUNS:
                return None
            if same and top is not None and mark.closing == 0 < mark.opening:
                if _mismatch(top, mark):
                    return None
                actions = _Action(actions, "close", top, mark.start + mark.size)
                top = top.below
            elif not same and mark.opening == 0 < mark.closing:
                top = self._node(top, mark)
                actions = _Action(actions, "open", top, mark.start)
            elif mark.neither:
                return None
        return _Reading(cost, None, actions) if top is None else None

    def _node(self, below: _Node | None, mark: Mark) -> _Node:
        key = (below.shape if below is not None else 0, mark.char * mark.size)
        shape = self.shapes.setdefault(key, len(self.shapes) + 1)
        return _Node(below, mark.family, mark.char, mark.start, mark.start + mark.size, shape)

    def _read(self, kept: _Kept, reading: _Reading, mark: Mark, limit: float) -> None:
        """Add to ``kept`` what this reading can become at this mark, if not dearer than a limit."""
        cost, top, actions = reading
        start, size, _, family, _, closing, neither = mark
        if cost + neither <= limit:
            _keep(kept, cost + neither, top, actions)
        if size <= 2:
            self._open(kept, reading, mark, limit)
        if size > 1 and mark.char in RUNS:
            _close_by_run(kept, reading, mark)
            return
        if top is not None and top.family is not family:
            total = cost + closing + _CROSSED
            if total <= limit:
                _keep(kept, total, top.below, _Action(actions, "close", top, start + size))
        for _ in range(_REACH):
            if top is None or cost > limit:
                return
            if top.family is family:
                total = cost + closing + _mismatch(top, mark)
                if total <= limit:
                    _keep(kept, total, top.below, _Action(actions, "close", top, start + size))
                dropped = _Action(actions, "drop", top, start)
                self._open(kept, _Reading(cost + _REPLACED, top.below, dropped), mark, limit)
                return
            actions = _Action(actions, "drop", top, start)
            cost += _UNCLOSED[top.family]
            top = top.below

    def _open(self, kept: _Kept, reading: _Reading, mark: Mark, limit: float) -> None:
        cost, top, actions = reading
        cost += mark.opening
        if top is not None and top.family is mark.family:
            directed = mark.char not in _NEUTRAL and top.char not in _NEUTRAL
            cost += _SAME_INSIDE_DIRECTED if directed else _SAME_INSIDE
        if cost <= limit:
            node = self._node(top, mark)
            _keep(kept, cost, node, _Action(actions, "open", node, mark.start))

    def _resume(
        self,
        waiting: list[_Kept],
        reading: _Reading,
        block: Span,
        marks: list[Mark],
        in_sentence: bool,
    ) -> None:
        """Go on in the next paragraph, with no mark, or with one or two that open it again.

        What goes on is added to ``waiting``, under the number of marks that it uses up.
        """
        stack = _stack(reading.top)
        if in_sentence or stack[0].family is not Family.SINGLE:
            actions = reading.actions
            for node in stack:
                actions = _Action(actions, "resume", node, block.start)
            carried = _CARRIED_IN_SENTENCE if in_sentence else _CARRIED
            _keep(waiting[0], reading.cost + carried, reading.top, actions)
        used, cost, actions, place = 0, reading.cost, reading.actions, block.start
        for node, mark in zip(stack[:2], marks[:2], strict=False):
            if mark.start != place or mark.family is not node.family or mark.opening >= _REPLACED:
                break
            cost += _REOPENED.get(node.family, _CARRIED) + mark.opening
            actions = _Action(actions, "resume", node, mark.start)
            used, place = used + 1, mark.start + mark.size
        if used:
            cost += sum(_UNCLOSED[node.family] for node in stack[used:])
            _keep(waiting[used], cost, stack[used - 1], actions)


def _keep(kept: _Kept, cost: float, top: _Node | None, actions: _Action | None) -> None:
    shape = top.shape if top is not None else 0
    other = kept.get(shape)
    if other is None or cost < other.cost:
        kept[shape] = _Reading(cost, top, actions)


def _best(kept: _Kept) -> list[_Reading]:
    """Return the cheapest readings, in order; the one with nothing open is always among them."""
    ordered = sorted(kept.values(), key=_cost)
    limit = ordered[0].cost + _MARGIN
    best = [reading for reading in ordered[:_WIDTH] if reading.cost <= limit]
    if 0 in kept and not any(reading.top is None for reading in best):
        best.append(kept[0])
    return best


def _cost(reading: _Reading) -> float:
    return reading.cost


def _end(kept: _Kept, reading: _Reading, end: int) -> None:
    """Add the readings of a paragraph's end: all quotations ended, or the outer ones paused."""
    stack = _stack(reading.top)
    cost, actions = reading.cost, reading.actions
    for depth in range(len(stack), 0, -1):
        if depth == _REACH or (depth == len(stack) and depth < _REACH):
            paused = actions
            for node in stack[:depth]:
                paused = _Action(paused, "pause", node, end)
            _keep(kept, cost, stack[depth - 1], paused)
        cost += _UNCLOSED[stack[depth - 1].family]
        actions = _Action(actions, "drop", stack[depth - 1], end)
    _keep(kept, cost, None, actions)


def _stack(top: _Node | None) -> list[_Node]:
    """Return the open quotations, outermost first."""
    stack = []
    while top is not None:
        stack.append(top)
        top = top.below
    return stack[::-1]


def _mismatch(node: _Node, mark: Mark) -> float:
    """Return what it costs that these two characters enclose one quotation."""
    cost = 0.0 if node.char == mark.char else _CUSTOM.get((node.char, mark.char), _MIXED)
    return cost + (_EMPTY if mark.start == node.inner else 0.0)


def _close_by_run(kept: _Kept, reading: _Reading, mark: Mark) -> None:
    """Let a run of apostrophes close several quotations.

    Each closes a single or, two by two, a double quotation; in a second reading singles that are
    open inside a double were never closed.
    """
    for singles_close in (True, False):
        cost, top, actions = reading
        cost += mark.closing
        place, left, dropped = mark.start, mark.size, 0
        while top is not None and left:
            if top.family is Family.DOUBLE and left > 1:
                cost += 0.0 if top.char in "'`‘‚" else _MIXED
                place, left = place + 2, left - 2
                actions = _Action(actions, "close", top, place)
            elif top.family is Family.SINGLE and singles_close:
                place, left = place + 1, left - 1
                actions = _Action(actions, "close", top, place)
            elif top.family is Family.SINGLE and left > 1 and dropped < _REACH:
                cost, dropped = cost + _UNCLOSED[top.family], dropped + 1
                actions = _Action(actions, "drop", top, mark.start)
            else:
                break
            top = top.below
        if left < mark.size:
            _keep(kept, cost + _LEFT_OVER * left, top, actions)


def _replay(text: str, actions: _Action | None) -> list[Opened]:
    order: list[_Action] = []
    while actions is not None:
        order.append(actions)
        actions = actions.previous
    begun: dict[int, int] = {}
    nodes: dict[int, _Node] = {}
    spans: dict[int, list[Span]] = {}
    closed: set[int] = set()
    last_at = last_end = -1
    for _, verb, node, at in reversed(order):
        key = node.start
        if verb in ("open", "resume"):
            begun[key] = at
            nodes[key] = node
            spans.setdefault(key, [])
            continue
        start = begun.pop(key)
        if verb == "close":
            closed.add(key)
        elif at != last_at:  # ends without a mark: leave out white space
            last_at = last_end = at
            while text[last_end - 1].isspace():
                last_end -= 1
        end = at if verb == "close" else last_end
        if start < end:  # not where it was carried over and ends at once
            spans[key].append(Span(start, end))
    return [Opened(nodes[key].family, tuple(spans[key]), key in closed) for key in sorted(spans)]
