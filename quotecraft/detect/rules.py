"""The rule-based detector: cues, clauses, quotation marks, blocks and turns, without a parser."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from quotecraft.detect.boilerplate import boilerplate_spans
from quotecraft.detect.datelines import dateline_spans
from quotecraft.detect.drafts import Draft, Link, Scene
from quotecraft.detect.genre import is_dialogue
from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.interview import find_interview
from quotecraft.detect.likelihood import rule_weights
from quotecraft.detect.narration import Piece, narrate, pieces_of
from quotecraft.detect.quoted import Assembler
from quotecraft.detect.turns import Turn, find_turns
from quotecraft.model import QuoteKind, Sentence, Span
from quotecraft.text.pairing import Quotation
from quotecraft.text.paragraphs import paragraphs

__all__ = ["Reading", "RuleDetector", "open_scene"]


_NO_LINK = Link(None, None)


@frozen
class Reading:
    """What the rules make of a text.

    Attributes:
        attributions: Those found, sorted by the start of their first content span.
        dialogue: Whether the text is a conversation, as fiction is; see ``genre.is_dialogue``.
        boilerplate: What the publication says for itself, datelines included, in order.
    """

    attributions: tuple[Attribution, ...]
    dialogue: bool
    boilerplate: tuple[Span, ...]


class RuleDetector:
    """Finds attributions by rules whose weights were fitted on PolNeAR train and PDNC.

    Args:
        threshold: Least probability of a reading that is kept; that of the weights if not given.
        weights: Fitted weights; those that ship with the package if not given.
    """

    def __init__(
        self, threshold: float | None = None, weights: Mapping[str, Any] | None = None
    ) -> None:
        self._weights = rule_weights() if weights is None else weights
        self._threshold = self._weights["threshold"] if threshold is None else threshold

    @property
    def name(self) -> str:
        """Name and version, recorded in ``Document.model``."""
        return f"rules-{self._weights['version']}"

    def __repr__(self) -> str:
        return f"RuleDetector({self.name!r})"

    def detect(
        self,
        text: str,
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
    ) -> list[Attribution]:
        """Return the attributions of a text, sorted by the start of their first content span.

        Args:
            text: The document's text.
            sentences: Not used: sentences are split anew, because the rules take each stretch
                between quotation marks as one word.
            quotations: Its paired quotation marks, as ``text.pairing.pair_marks`` found them.
        """
        return list(self.read(text, quotations).attributions)

    def read(self, text: str, quotations: Sequence[Quotation]) -> Reading:
        """Return the attributions of a text, and what sort of text the rules take it for.

        Args:
            text: The document's text.
            quotations: Its paired quotation marks.
        """
        scene = open_scene(text, quotations, self._weights["dialogue"])
        turns = _turns(text, scene)
        breaks = scene.breaks
        skip = frozenset(number for turn in turns for number in turn.paragraphs)
        drafts = [self._turn(turn) for turn in turns]
        assembler = Assembler(scene, self._weights, self._threshold, skip)
        scene = assembler.scene  # whose sentences the assembler lets go of as it reads
        drafts += assembler.run()
        for region, children in _regions(scene, turns):
            inner = evolve(scene, lines=narrate(text, region, children, breaks), dialogue=False)
            found = Assembler(inner, self._weights, self._threshold).run()
            drafts += [draft for draft in found if draft.quoted and draft.linked]
        return Reading(tuple(_attributions(drafts)), scene.dialogue, tuple(scene.boilerplate))

    def _turn(self, turn: Turn) -> Draft:
        priors = self._weights["priors"]
        code = "transcript" if turn.source else "interview"
        return Draft(
            list(turn.content),
            [code],
            priors.get(code, 0.5),
            priors.get(f"{code}:source", 0.5),
            line=0,
            paragraph=0,
            link=Link(turn.cue, turn.source),
        )


def open_scene(text: str, quotations: Sequence[Quotation], dialogue: Mapping[str, float]) -> Scene:
    """Return a whole document as a scene: its narration, with outermost quotations as atoms.

    What the publication says for itself is no narration; see ``boilerplate`` and ``datelines``.

    Args:
        text: The document's text.
        quotations: Its paired quotation marks.
        dialogue: Weights that tell conversation from news; see ``genre.is_dialogue``.
    """
    blocks = paragraphs(text)
    pieces = pieces_of(text, quotations)
    outer = [(number, piece) for number, piece in enumerate(pieces) if piece.parent is None]
    breaks = [block.start for block in blocks[1:]]
    unsaid = sorted({*boilerplate_spans(text, blocks), *dateline_spans(text, blocks)})
    lines = narrate(text, Span(0, len(text)), outer, breaks, unsaid) if blocks else []
    return Scene(text, lines, pieces, blocks, is_dialogue(lines, pieces, dialogue), unsaid)


def _turns(text: str, scene: Scene) -> list[Turn]:
    """Return the turns of a transcript, or the questions and answers of an interview."""
    turns = find_turns(text, scene.paragraphs)
    if turns:
        return [t for t in turns if t.source is None or not scene.omits(t.source)]
    told = [span for span in scene.paragraphs if not scene.omits(span)]
    numbers = {span: number for number, span in enumerate(scene.paragraphs)}
    found = find_interview(text, told)
    return [evolve(turn, paragraph=numbers[turn.content[0]]) for turn in found]


Region = tuple[Span, list[tuple[int, Piece]]]
"""A stretch to read on its own, with the numbered pieces to take as atoms."""


def _regions(scene: Scene, turns: Sequence[Turn]) -> Iterator[Region]:
    """Yield the inside of every quotation and turn that holds quotations, with those."""
    inside: dict[int | None, list[tuple[int, Piece]]] = {}
    for number, piece in enumerate(scene.pieces):
        inside.setdefault(piece.parent, []).append((number, piece))
    for piece in scene.pieces:
        children = inside.get(piece.quotation)
        if children is not None and not scene.omits(piece.span):
            start = scene.text.index(piece.text, piece.span.start)
            region = Span(start, start + len(piece.text))
            yield from _held(region, children)
    for turn in turns:
        for span in turn.content:
            yield from _held(span, inside.get(None, []))


def _held(region: Span, pieces: Sequence[tuple[int, Piece]]) -> Iterator[Region]:
    first = bisect_left(pieces, region.start, key=lambda item: item[1].span.start)
    last = bisect_left(pieces, region.end, key=lambda item: item[1].span.start)
    held = [item for item in pieces[first:last] if region.covers(item[1].span)]
    if held:
        yield region, held


def _attributions(drafts: list[Draft]) -> list[Attribution]:
    for draft in drafts:
        draft.spans.sort()
    drafts.sort(key=lambda draft: (draft.spans[0].start, -draft.spans[-1].end))
    parents = _parents([draft.spans for draft in drafts])
    drafts.reverse()  # each is let go of as soon as it is read
    return [_attribution(drafts.pop(), parent) for parent in parents]


def _parents(contents: Sequence[Sequence[Span]]) -> list[int | None]:
    """Return, for each content, the index of the innermost other that holds all of it."""
    flat = sorted(
        ((span.start, -span.end, number) for number, spans in enumerate(contents) for span in spans)
    )
    around: list[tuple[int, int]] = []
    order: dict[int, list[int]] = {}
    for start, negative_end, number in flat:
        while around and around[-1][0] <= start:
            around.pop()
        holding = [other for end, other in around if end >= -negative_end and other != number]
        if number in order:
            order[number] = [other for other in order[number] if other in holding]
        else:
            order[number] = holding
        around.append((-negative_end, number))
    return [order[number][-1] if order.get(number) else None for number in range(len(contents))]


def _attribution(draft: Draft, parent: int | None) -> Attribution:
    link = draft.link or _NO_LINK
    cue, source = _apart(link.cue, draft.spans), _apart(link.source, draft.spans)
    source = tuple(span for span in source if not any(span.overlaps(other) for other in cue))
    return Attribution(
        content=tuple(draft.spans),
        kind=_kind(draft),
        cue=cue,
        cue_lemma=link.lemma if cue else None,
        stance=link.stance,
        source=source,
        addressee=link.addressee,
        parent=parent,
        level=link.level,
        content_confidence=round(draft.content_score, 3),
        source_confidence=round(draft.source_score, 3),
        evidence=tuple(draft.evidence),
    )


def _apart(span: Span | None, content: Sequence[Span]) -> tuple[Span, ...]:
    """Return a cue or source as a tuple, empty when it is inside the content."""
    if span is None or any(span.overlaps(other) for other in content):
        return ()
    return (span,)


def _kind(draft: Draft) -> QuoteKind:
    if not draft.quoted:
        return QuoteKind.INDIRECT
    return QuoteKind.MIXED if draft.plain else QuoteKind.DIRECT
