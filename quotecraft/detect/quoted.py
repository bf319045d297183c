"""From sentences to attributions: which cues, quotation marks and paragraphs go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sys import intern
from typing import Any

from attrs import evolve

from quotecraft.detect.blocks import find_block, open_clause, poser
from quotecraft.detect.clause import Clause
from quotecraft.detect.clauses import find_clauses
from quotecraft.detect.contents import reports
from quotecraft.detect.cues import Frame, PartOfSpeech
from quotecraft.detect.drafts import Draft, Link, Scene, phrase_range, phrase_span
from quotecraft.detect.genre import stands_alone
from quotecraft.detect.labels import Label, label_after, label_line
from quotecraft.detect.likelihood import (
    calibrated,
    is_title,
    piece_features,
    probability,
    report_features,
)
from quotecraft.detect.narration import Line
from quotecraft.detect.report import Report, Shape
from quotecraft.detect.selection import choose
from quotecraft.model import Level, Span

__all__ = ["Assembler"]

_DASHES = ("-", "--", "—", "–", "―")
_LEAD_REACH = 8  # words between a cue and the colon that introduces a block quotation
_FELLOWS = 6  # attributions of one sentence that are looked at for one to go on with
_QUOTED = 0.35  # least score of words in marks: they are shown anyway, with their confidence
_FICTION = 0.75  # least score of a report without marks in fiction: the weights come from news
_TERM_WORDS = 2  # a stretch this short in somebody's thoughts is a term, not a quotation
_READ = Line()  # stands for a sentence that is no longer needed
_TURN_LENGTH = 30  # characters; a shorter quotation alone in its paragraph is a turn of its own


class Assembler:
    """Reads the sentences of a scene in order and gathers its attributions.

    Args:
        scene: What to read.
        weights: From ``likelihood.rule_weights``.
        threshold: Least probability of a reading that is kept.
        skip: Numbers of paragraphs to leave out (turns of a transcript).

    Attributes:
        scene: What it reads, without its sentences.
        drafts: The attributions found so far.
        loose: Quoted stretches inside narration without a cue, with their features, for training.
    """

    def __init__(
        self,
        scene: Scene,
        weights: Mapping[str, Any],
        threshold: float,
        skip: frozenset[int] = frozenset(),
    ) -> None:
        self.scene = evolve(scene, lines=())
        self._lines = list(scene.lines)
        self.weights = weights
        self.threshold = threshold
        self.skip = set(skip)
        self.drafts: list[Draft] = []
        self.loose: list[tuple[Span, list[str]]] = []
        self._last: Draft | None = None
        self._pending: tuple[Clause | Label, Line, int] | None = None
        self._by_quotation: dict[int, Draft] = {}
        self._quoted = frozenset(
            line.paragraph
            for line in scene.lines
            if line.paragraph in skip or any(atom.piece >= 0 for atom in line.atoms)
        )

    def run(self) -> list[Draft]:
        """Return the attributions of the scene; its sentences are let go of one by one."""
        lines = self._lines
        for index, line in enumerate(lines):
            if index > 1:
                lines[index - 2] = _READ
            if line.paragraph in self.skip:
                self._last = self._pending = None
                continue
            self._read(index, line)
            ends = index + 1 == len(lines) or lines[index + 1].paragraph != line.paragraph
            if ends and line.lows[-1] in (":", *_DASHES):
                self._block(index, line)
        return [draft for draft in self.drafts if draft.spans]

    def _read(self, index: int, line: Line) -> None:
        clauses = find_clauses(line)
        found = reports(line, clauses, self.scene.pieces)
        for report in found:
            report.score = probability(
                self.weights["reports"], report_features(report, self.scene.dialogue)
            )
        kept = choose([report for report in found if report.score >= self._least(report)])
        taken = {
            k for report in kept for first, last in report.ranges for k in range(first, last + 1)
        }
        named = {k for r in kept if r.clause.subject for k in phrase_range(r.clause.subject)}
        loose = [
            k
            for k, atom in enumerate(line.atoms)
            if atom.piece >= 0 and k not in taken and k not in named
        ]
        alone = stands_alone(line)
        for report in kept:
            self._report(index, line, report)
        for at in loose:
            if alone:
                self._alone(index, line, at)
            else:
                self._within(index, line, at)
        self._expect(index, line, clauses, [report.clause for report in kept])

    def _least(self, report: Report) -> float:
        """Return the least probability at which a reading is kept."""
        if report.quoted and not report.plain:
            return _QUOTED
        return _FICTION if self.scene.dialogue and not report.quoted else self.threshold

    # ------------------------------------------------------------ a cue clause with its content

    def _report(self, index: int, line: Line, report: Report) -> None:
        clause = report.clause
        spans = [
            Span(line.atoms[first].start, line.atoms[last].end) for first, last in report.ranges
        ]
        features = report_features(report, self.scene.dialogue)
        source = probability(self.weights["sources"], features)
        draft = Draft(
            spans,
            [cue_code(clause), f"clause:{report.shape}"],
            calibrated(report.score, self.weights["calibration"]["content"]),
            calibrated(source, self.weights["calibration"]["source"]),
            index,
            line.paragraph,
            Link.of(clause),
        )
        atoms = [k for first, last in report.ranges for k in range(first, last + 1)]
        draft.quoted = any(self._is_quoted_speech(line, k, report) for k in atoms)
        draft.plain = report.plain
        self._take_earlier(draft, line, atoms)
        self._add(draft, line, atoms)

    def _take_earlier(self, draft: Draft, line: Line, atoms: Sequence[int]) -> None:
        """Give a draft the paragraphs before it of a quotation that it goes on with."""
        for number in (line.atoms[k].piece for k in atoms):
            quotation = self.scene.pieces[number].quotation if number >= 0 else -1
            earlier = self._by_quotation.get(quotation)
            if earlier is not None and earlier.link is None and earlier.spans:
                draft.spans[:0] = earlier.spans
                draft.evidence.append("continuation")
                earlier.spans.clear()

    def _is_quoted_speech(self, line: Line, at: int, report: Report) -> bool:
        """Say whether an atom of reported content is quoted: no title or term in marks."""
        number = line.atoms[at].piece
        if number < 0:
            return False
        piece = self.scene.pieces[number]
        if report.shape in (Shape.QUOTE, Shape.LEFT, Shape.BOTH) or report.ranges == [(at, at)]:
            return True
        thought = report.clause.form.cue.level is Level.THOUGHT
        return not (is_title(piece) or (thought and len(piece.text.split()) <= _TERM_WORDS))

    def _add(self, draft: Draft, line: Line, atoms: Sequence[int]) -> None:
        self.drafts.append(draft)
        self._last = draft
        for k in atoms:
            number = line.atoms[k].piece
            if number >= 0:
                self._by_quotation[self.scene.pieces[number].quotation] = draft

    # ------------------------------------------------------------ a quotation on its own

    def _alone(self, index: int, line: Line, at: int) -> None:
        piece = self.scene.pieces[line.atoms[at].piece]
        earlier = self._by_quotation.get(piece.quotation)
        if earlier is not None:
            self._join(earlier, index, line, at, "continuation")
            return
        label = label_after(line, at)
        if label is not None:
            self._labelled(index, line, at, label, line)
            return
        if self._pending is not None:
            link, where, _ = self._pending
            self._pending = None
            if isinstance(link, Label):
                self._labelled(index, line, at, link, where)
            else:
                self._introduced(index, line, at, link)
            return
        last = self._main(index)
        if last is not None and self._continues(last, index, line, at):
            code = "continuation" if last.paragraph == line.paragraph else "floating"
            self._join(last, index, line, at, code)
            return
        same = last is not None and last.paragraph == line.paragraph
        code = "same-paragraph" if same else "turn" if self.scene.dialogue else "floating"
        if code == "floating" and is_title(piece):
            return  # a heading in marks
        self._bare(index, line, at, code)

    def _main(self, index: int) -> Draft | None:
        """Return the attribution that a quotation alone in its sentence can go on with.

        Of several in the sentence before, that is the one whose content ends in quotation marks.
        """
        last = self._last
        if last is None:
            return None
        fellows = [d for d in self.drafts[-_FELLOWS:] if d.line == last.line]
        quoted = [d for d in fellows if d.quoted and not d.plain]
        return quoted[-1] if quoted and quoted[-1].cued else last

    def _continues(self, last: Draft, index: int, line: Line, at: int) -> bool:
        """Say whether a quotation alone in its sentence goes on with the last attribution."""
        if last.paragraph == line.paragraph:
            return last.line >= index - 1 and last.quoted
        if last.line == index - 1 and self._lines[last.line].lows[-1] == ":":
            return True
        piece = self.scene.pieces[line.atoms[at].piece]
        return (
            not self.scene.dialogue
            and last.paragraph == line.paragraph - 1
            and last.cued
            and last.quoted
            and len(piece.text) >= _TURN_LENGTH
        )

    def _join(self, draft: Draft, index: int, line: Line, at: int, code: str) -> None:
        atom = line.atoms[at]
        draft.spans.append(Span(atom.start, atom.end))
        draft.line, draft.paragraph = index, line.paragraph
        draft.plain = draft.plain or not draft.quoted
        draft.quoted = True
        if code not in draft.evidence:
            draft.evidence.append(code)
        self._by_quotation[self.scene.pieces[atom.piece].quotation] = draft
        self._last = draft

    def _introduced(self, index: int, line: Line, at: int, clause: Clause) -> None:
        atom = line.atoms[at]
        draft = Draft(
            [Span(atom.start, atom.end)],
            [cue_code(clause), "introduced"],
            self._prior("introduced"),
            self._prior("introduced:source"),
            index,
            line.paragraph,
            Link.of(clause),
        )
        self._add(draft, line, [at])

    def _labelled(self, index: int, line: Line, at: int, label: Label, where: Line) -> None:
        atom = line.atoms[at]
        draft = Draft(
            [Span(atom.start, atom.end)],
            [label.evidence],
            self._prior(label.evidence),
            self._prior(f"{label.evidence}:source"),
            index,
            line.paragraph,
            Link(where.span(label.cue, label.cue), phrase_span(where, label.source)),
        )
        self._add(draft, line, [at])

    def _bare(self, index: int, line: Line, at: int, code: str) -> None:
        atom = line.atoms[at]
        score = self._prior(code)
        source = self._prior(f"{code}:source")
        draft = Draft([Span(atom.start, atom.end)], [code], score, source, index, line.paragraph)
        number = self.scene.pieces[atom.piece].quotation
        self.drafts.append(draft)
        self._by_quotation[number] = draft

    def _prior(self, code: str) -> float:
        priors = self.weights["priors"]
        fiction = priors.get(f"{code}:fiction") if self.scene.dialogue else None
        return float(priors.get(code, 0.5) if fiction is None else fiction)

    # ------------------------------------------------------------ a quotation within narration

    def _within(self, index: int, line: Line, at: int) -> None:
        piece = self.scene.pieces[line.atoms[at].piece]
        earlier = self._by_quotation.get(piece.quotation)
        if earlier is not None:
            self._join(earlier, index, line, at, "continuation")
            return
        label = label_after(line, at)
        if label is not None:
            self._labelled(index, line, at, label, line)
            return
        features = [*piece_features(line, at, piece), f"dialogue={self.scene.dialogue}"]
        self.loose.append((piece.span, features))
        score = probability(self.weights["pieces"], features)
        if score >= _QUOTED or piece.parts > 1:
            self._bare(index, line, at, "unattributed")
            self.drafts[-1].content_score = score

    # ------------------------------------------------------------ what the next sentence may bring

    def _expect(
        self, index: int, line: Line, clauses: Sequence[Clause], used: Sequence[Clause]
    ) -> None:
        """Remember a clause or label that introduces what follows."""
        self._pending = None
        clause = open_clause(line, clauses, used)
        if clause is not None and self._introduces(index, line, clause, bool(used)):
            self._pending = (clause, line, index)
            return
        if any(atom.piece >= 0 for atom in line.atoms) or used:
            return
        label = label_line(line)
        if label is not None:
            self._pending = (label, line, index)

    def _introduces(self, index: int, line: Line, clause: Clause, used: bool) -> bool:
        if line.lows[-1] in (":", ",", *_DASHES):
            return True
        if used or any(atom.piece >= 0 for atom in line.atoms):
            return False
        rest = [k for k in range(clause.end + 1, len(line.lows)) if line.atoms[k].word]
        if len(rest) > 4:
            return False
        lines = self._lines
        follows = lines[index + 1] if index + 1 < len(lines) else None
        if follows is not None and follows.paragraph == line.paragraph:
            return True
        return not rest and Frame.THAT in clause.form.cue.frames

    def _block(self, index: int, line: Line) -> None:
        link = self._pending[0] if self._pending is not None else None
        clause = link if isinstance(link, Clause) and _leads_on(line, link) else poser(line)
        block = find_block(
            self.scene.text, self.scene.paragraphs, line.paragraph, clause, self._quoted
        )
        if block is None:
            return
        draft = Draft(
            list(block.spans),
            [block.evidence],
            self._prior(block.evidence),
            self._prior(f"{block.evidence}:source"),
            index,
            line.paragraph + len(block.spans),
        )
        if clause is not None:
            draft.link = Link.of(clause)
            draft.evidence.insert(0, cue_code(clause))
        else:
            source = phrase_span(line, link.source) if isinstance(link, Label) else None
            draft.link = Link(line.span(-1, -1), source)
        self.drafts.append(draft)
        self._last = draft
        self.skip.update(range(line.paragraph + 1, line.paragraph + 1 + len(block.spans)))


def _leads_on(line: Line, clause: Clause) -> bool:
    """Say whether a clause of speech stands near the end of its line."""
    rest = sum(atom.word for atom in line.atoms[clause.end + 1 :])
    return clause.form.cue.level is Level.SPEECH and rest <= _LEAD_REACH


def cue_code(clause: Clause) -> str:
    """Return the evidence code of a cue: "cue:said", "according-to"."""
    if clause.form.cue.lemma == ":":
        return "colon"
    if clause.form.cue.pos is PartOfSpeech.PHRASE:
        return intern("-".join(clause.form.words))
    return intern("cue:" + " ".join(clause.form.words))
