"""The clause of a cue, its sentence read word by word, and whether the clause's subject speaks."""

from __future__ import annotations

from bisect import bisect_left

from quotecraft.detect.clause import Clause, Place
from quotecraft.detect.clauses import find_clauses
from quotecraft.detect.cues import Form, PartOfSpeech
from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import Phrase
from quotecraft.detect.words import QUOTED, Atom, closed_class, words_of
from quotecraft.model import Span

__all__ = ["is_empty", "line_near", "told_clause"]

_BEFORE = 500  # characters of a sentence that are read before a cue
_BEHIND = 250  # and behind it
_WORDS_BEFORE = 125  # words and marks that are read before it, so that rows of marks cost no more
_WORDS_BEHIND = 65  # and behind it
_OPENING = '"“‘«'
_EMPTY = frozenset(["it", "there", "this", "that", "what"])  # subjects of nobody, as a rule
_SEEMING = frozenset(["seem", "appear", "mean", "call"])
_RELATIVE = closed_class("relative")
_NO_SUBJECT = closed_class("preposition") - {
    "after",
    "before",
    "until",
    "till",
    "as",
    "than",
    "like",
}
_CONTROL = frozenset(  # words before "to" whose subject is that of the verb after it
    [
        *("how", "able", "going", "have", "has", "had", "want", "wants", "wanted", "try", "tries"),
        *("tried", "seem", "seems", "seemed", "appear", "appears", "appeared", "continue"),
        *("continues", "continued", "began", "begins", "refused", "refuses", "declined", "went"),
    ]
)
_HINGES = closed_class("preposition") | closed_class("subordinator") | closed_class("conjunction")


def line_near(text: str, sentence: Span, item: Attribution) -> Line:
    """Return the sentence near a cue, with the stretches of quoted content as single atoms.

    Args:
        text: The document's text.
        sentence: The sentence.
        item: An attribution with a cue.
    """
    start = max(sentence.start, item.cue[0].start - _BEFORE)
    end = min(sentence.end, item.cue[-1].end + _BEHIND)
    atoms: list[Atom] = []
    for span in item.content:
        if start <= span.start and span.end <= end and text[span.start] in _OPENING:
            atoms += [*words_of(text, start, span.start)]
            atoms.append(Atom(span.start, span.end, QUOTED, True, False, 0))
            start = span.end
    atoms += words_of(text, start, end)
    first = bisect_left(atoms, item.cue[0].start, key=lambda atom: atom.start)
    last = bisect_left(atoms, item.cue[-1].end, key=lambda atom: atom.start)
    atoms = atoms[max(0, first - _WORDS_BEFORE) : last + _WORDS_BEHIND]
    return Line(atoms, [atom.low for atom in atoms])


def is_empty(line: Line, phrase: Phrase) -> bool:
    """Say whether a subject is nobody's name as a rule ("it", "there").

    Args:
        line: The sentence.
        phrase: The subject.
    """
    return phrase.first == phrase.last and line.lows[phrase.first] in _EMPTY


def told_clause(line: Line, item: Attribution) -> Clause | None:
    """Return the clause of a cue whose subject speaks.

    Args:
        line: The sentence.
        item: The attribution.
    """
    for clause in find_clauses(line):
        at = line.span(clause.first, clause.last)
        cued = any(at.overlaps(span) for span in item.cue)
        if cued and clause.subject is not None and _is_told(line, clause):
            return clause
    return None


def _is_told(line: Line, clause: Clause) -> bool:
    """Say whether the subject found for a clause is who speaks."""
    if clause.pos is not PartOfSpeech.VERB:
        return clause.place in (Place.POSSESSOR, Place.BY)
    if clause.place is Place.BY:
        return True
    forms, before = clause.form.forms, clause.before
    if clause.participle and clause.place is Place.SHARED and not _hangs(clause):
        return False  # "a winner stating that": whose?
    if clause.passive or clause.form.cue.lemma in _SEEMING:
        return False
    if Form.PARTICIPLE in forms and before in closed_class("subordinator") - _RELATIVE:
        return False  # "when asked about"
    if clause.infinitive:
        return Form.BASE in forms and line.low(clause.group - 2) in _CONTROL
    if clause.place is not Place.BEFORE or clause.subject is None:
        return True
    return line.low(clause.subject.first - 1) not in _NO_SUBJECT  # "amid incorrect claims that"


def _hangs(clause: Clause) -> bool:
    """Say whether a participle opens a sentence or follows a mark, "and", "while" or "in"."""
    marked = clause.group == 0 or not clause.line.atoms[clause.group - 1].word
    return marked or clause.before in _HINGES
