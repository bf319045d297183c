"""The rule-based detector: cues, clauses, quotation marks, blocks and turns, without a parser."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quotecraft.detect.drafts import Draft, Scene, phrase_span
from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.likelihood import rule_weights
from quotecraft.detect.narration import Line, Piece, narrate, pieces_of
from quotecraft.detect.quoted import Assembler, stands_alone
from quotecraft.detect.turns import Turn, find_turns
from quotecraft.model import Level, QuoteKind, Sentence, Span, Stance
from quotecraft.text.pairing import Quotation
from quotecraft.text.paragraphs import paragraphs as split_paragraphs

__all__ = ["RuleDetector"]

_SHORT = 80  # characters of a turn of conversation in fiction
_LEAST_SHORT = 2  # short quotations alone in their paragraphs that make a conversation


class RuleDetector:
    """Finds attributions by rules whose weights were fitted on PolNeAR train.

    Args:
        threshold: Least probability of a reading that is kept.
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
        blocks = split_paragraphs(text)
        if not blocks:
            return []
        pieces = pieces_of(text, quotations)
        turns = find_turns(text, blocks)
        drafts = [_turn_draft(turn) for turn in turns]
        drafts += self._narrated(text, blocks, pieces, turns)
        drafts += self._nested(text, blocks, pieces, turns)
        return _attributions(drafts)

    def _narrated(
        self, text: str, blocks: Sequence[Span], pieces: Sequence[Piece], turns: Sequence[Turn]
    ) -> list[Draft]:
        outer = [(number, piece) for number, piece in enumerate(pieces) if piece.parent is None]
        breaks = [block.start for block in blocks[1:]]
        lines = narrate(text, Span(0, len(text)), outer, breaks)
        skip = frozenset(bisect_right(breaks, turn.source.start) for turn in turns)
        scene = Scene(text, lines, pieces, blocks, is_dialogue(lines, pieces))
        return Assembler(scene, self._weights, self._threshold, skip).run()

    def _nested(
        self, text: str, blocks: Sequence[Span], pieces: Sequence[Piece], turns: Sequence[Turn]
    ) -> list[Draft]:
        """Return the attributions inside quotations and turns, those with quoted words only."""
        breaks = [block.start for block in blocks[1:]]
        drafts: list[Draft] = []
        for region, children in _regions(text, pieces, turns):
            lines = narrate(text, region, children, breaks)
            scene = Scene(text, lines, pieces, blocks)
            found = Assembler(scene, self._weights, self._threshold).run()
            drafts += [draft for draft in found if draft.quoted and _is_reported(draft)]
        return drafts


def _is_reported(draft: Draft) -> bool:
    return draft.clause is not None or draft.source is not None


def _regions(
    text: str, pieces: Sequence[Piece], turns: Sequence[Turn]
) -> Iterator[tuple[Span, list[tuple[int, Piece]]]]:
    """Yield the inside of every quotation and turn that holds quotations, with those."""
    inside: dict[int, list[tuple[int, Piece]]] = {}
    for number, piece in enumerate(pieces):
        if piece.parent is not None:
            inside.setdefault(piece.parent, []).append((number, piece))
    for piece in pieces:
        children = inside.get(piece.quotation)
        if children:
            start = text.find(piece.text, piece.span.start, piece.span.end)
            region = Span(start, start + len(piece.text)) if piece.text else piece.span
            held = [item for item in children if region.covers(item[1].span)]
            if held:
                yield region, held
    outer = [(number, piece) for number, piece in enumerate(pieces) if piece.parent is None]
    starts = [piece.span.start for _, piece in outer]
    for turn in turns:
        first = bisect_left(starts, turn.content.start)
        last = bisect_left(starts, turn.content.end)
        held = [item for item in outer[first:last] if turn.content.covers(item[1].span)]
        if held:
            yield turn.content, held


def is_dialogue(lines: Sequence[Line], pieces: Sequence[Piece]) -> bool:
    """Say whether paragraphs that are only a quotation are turns of a conversation.

    They are where several of them are short, or short ones follow one another, as in fiction;
    in news a quotation alone in its paragraph goes on with the one before it.
    """
    short = follow = 0
    before = -2
    for index, line in enumerate(lines):
        edge = index == 0 or lines[index - 1].paragraph != line.paragraph
        end = index + 1 == len(lines) or lines[index + 1].paragraph != line.paragraph
        if not (edge and end and stands_alone(line)):
            continue
        brief = all(len(pieces[a.piece].text) < _SHORT for a in line.atoms if a.piece >= 0)
        short += brief
        follow += brief and before == line.paragraph - 1
        before = line.paragraph
    return short >= _LEAST_SHORT or (short >= 1 and follow >= 1)


def _turn_draft(turn: Turn) -> Draft:
    return Draft([turn.content], ["turn"], 0.9, 0.95, 0, 0, cue=turn.cue, source=turn.source)


def _attributions(drafts: list[Draft]) -> list[Attribution]:
    for draft in drafts:
        draft.spans.sort()
    drafts.sort(key=lambda draft: (draft.spans[0].start, -draft.spans[-1].end))
    parents = _parents([draft.spans for draft in drafts])
    return [_attribution(draft, parent) for draft, parent in zip(drafts, parents, strict=True)]


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
    clause = draft.clause
    cue: tuple[Span, ...] = (draft.cue,) if draft.cue is not None else ()
    source: tuple[Span, ...] = (draft.source,) if draft.source is not None else ()
    addressee = None
    if clause is not None:
        line = clause.line
        cue = (Span(line.atoms[clause.first].start, line.atoms[clause.last].end),)
        if clause.subject is not None:
            source = (phrase_span(line, clause.subject),)
        if clause.addressee is not None:
            addressee = phrase_span(line, clause.addressee)
    source = tuple(s for s in source if not any(s.overlaps(o) for o in (*draft.spans, *cue)))
    cue = tuple(s for s in cue if not any(s.overlaps(o) for o in draft.spans))
    return Attribution(
        content=tuple(draft.spans),
        kind=_kind(draft),
        cue=cue,
        cue_lemma=clause.form.cue.lemma if clause is not None and cue else None,
        stance=clause.stance if clause is not None else Stance.NEUTRAL,
        source=source,
        addressee=addressee,
        parent=parent,
        level=clause.form.cue.level if clause is not None else Level.SPEECH,
        content_confidence=round(draft.content_score, 3),
        source_confidence=round(draft.source_score, 3),
        evidence=tuple(draft.evidence),
    )


def _kind(draft: Draft) -> QuoteKind:
    if not draft.quoted:
        return QuoteKind.INDIRECT
    return QuoteKind.MIXED if draft.plain else QuoteKind.DIRECT
