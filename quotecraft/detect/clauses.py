"""Finding every cue clause of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.detect.clause import Clause
from quotecraft.detect.cues import CueForm, PartOfSpeech, lookup
from quotecraft.detect.narration import Line
from quotecraft.detect.nominal import adjective_clause, noun_clause
from quotecraft.detect.sources import Phrase, first_subject, phrase_after
from quotecraft.detect.verbs import is_noun_here, verb_clause

__all__ = ["find_clauses", "shared_subject"]


def find_clauses(line: Line) -> list[Clause]:
    """Return the cue clauses of a sentence, in the order of their cues."""
    clauses: list[Clause] = []
    at = 0
    while at < len(line.atoms):
        clause = _clause_at(line, at)
        if clause is None:
            at += 1
            continue
        clauses.append(clause)
        at = clause.last + 1
    _share_subjects(line, clauses)
    return clauses


def _clause_at(line: Line, at: int) -> Clause | None:
    if not line.atoms[at].word:
        return None
    found = lookup(line.lows, at)
    if not found:
        return None
    by_pos: dict[PartOfSpeech, CueForm] = {}
    for form in found:
        by_pos.setdefault(form.cue.pos, form)
    if PartOfSpeech.PHRASE in by_pos:
        return _phrase_clause(line, at, by_pos[PartOfSpeech.PHRASE])
    if PartOfSpeech.VERB in by_pos and not is_noun_here(line, at, found):
        return verb_clause(line, at, by_pos[PartOfSpeech.VERB])
    if PartOfSpeech.NOUN in by_pos:
        return noun_clause(line, at, by_pos[PartOfSpeech.NOUN])
    if PartOfSpeech.ADJECTIVE in by_pos:
        return adjective_clause(line, at, by_pos[PartOfSpeech.ADJECTIVE])
    return None


def _phrase_clause(line: Line, at: int, form: CueForm) -> Clause | None:
    """Return the clause of a fixed phrase: "according to X", "in a statement", "reportedly"."""
    last = at + len(form.words) - 1
    subject = None
    end = last
    if form.words[-1] in ("to", "of", "per"):
        subject = phrase_after(line, last + 1, closed=at < 2)
        if subject is None:
            return None
        end = subject.last
    elif (
        form.cue.lemma != "in a statement" and len(form.words) > 1
    ) or form.cue.lemma == "in a statement":
        return None
    place = "after" if subject else "none"
    return Clause(line, form, at, last, at, subject, place, False, False, form.cue.stance, at, end)


def _share_subjects(line: Line, clauses: Sequence[Clause]) -> None:
    """Give coordinated and participial verbs the subject of the clause they belong to."""
    for index, clause in enumerate(clauses):
        if clause.place == "shared":
            clause.subject = shared_subject(line, clause, clauses[:index], clauses[index + 1 :])


def shared_subject(
    line: Line, clause: Clause, earlier: Sequence[Clause], later: Sequence[Clause]
) -> Phrase | None:
    """Return the subject that a verb without one of its own shares with another clause.

    Args:
        line: The sentence.
        clause: The clause without a subject.
        earlier: Clauses before it that may own the subject.
        later: Clauses after it.
    """
    owners = [c for c in earlier if _owns_subject(c)]
    if clause.begin == 0 and not owners:
        return next((c.subject for c in later if c.subject and c.place == "before"), None)
    if owners and _follows_owner(line, clause):
        return owners[-1].subject
    nearest = first_subject(line, clause.group)
    if owners and (nearest is None or nearest.first <= owners[-1].last):
        return owners[-1].subject
    return nearest


def _follows_owner(line: Line, clause: Clause) -> bool:
    """Say whether a clause is coordinated with or hangs on an earlier one, at a comma or "and"."""
    before = line.lows[clause.group - 1] if clause.group else ""
    return not clause.infinitive and before in (",", "and", "but", "or", "while", "before", "after")


def _owns_subject(clause: Clause) -> bool:
    return (
        clause.subject is not None
        and clause.form.cue.pos is PartOfSpeech.VERB
        and clause.place in ("before", "after", "relative")
    )
