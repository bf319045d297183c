"""Finding every cue clause of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.detect.clause import Clause, Place
from quotecraft.detect.cues import Cue, CueForm, Form, Frame, PartOfSpeech, lookup
from quotecraft.detect.narration import Line
from quotecraft.detect.nominal import adjective_clause, noun_clause
from quotecraft.detect.phrases import Phrase, phrase_after, phrase_before
from quotecraft.detect.sources import first_subject
from quotecraft.detect.verbs import is_noun_here, verb_clause
from quotecraft.detect.words import QUOTED
from quotecraft.model import Level, Stance

__all__ = ["find_clauses", "shared_subject"]

_JOINING = (",", "and", "but", "or", "while", "before", "after")
_HEADLINE_SHARE = 0.6  # of the words of a headline, those that begin with a capital letter
_LABEL_REACH = 9  # atoms of a label such as "Health minister Ana Ruiz"
_DIRECT_ONLY = frozenset({Frame.DIRECT})
_COLON = CueForm(
    Cue(
        ":",
        PartOfSpeech.PHRASE,
        Level.SPEECH,
        Stance.NEUTRAL,
        frozenset({Frame.DIRECT, Frame.THAT}),
    ),
    (":",),
    frozenset({Form.FIXED}),
)


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
    if line.lows[at] == ":":
        return _colon_clause(line, at)
    found = lookup(line.lows, at) if line.atoms[at].word else ()
    readings: dict[PartOfSpeech, CueForm] = {}
    for form in found:
        readings.setdefault(form.cue.pos, form)
    if PartOfSpeech.PHRASE in readings:
        return _phrase_clause(line, at, readings[PartOfSpeech.PHRASE])
    named = at > 0 and line.atoms[at].cap and not _is_headline(line)
    if PartOfSpeech.VERB in readings and not named and not is_noun_here(line, at, found):
        return verb_clause(line, at, readings[PartOfSpeech.VERB])
    if PartOfSpeech.NOUN in readings:
        return noun_clause(line, at, readings[PartOfSpeech.NOUN])
    if PartOfSpeech.ADJECTIVE in readings:
        return adjective_clause(line, at, readings[PartOfSpeech.ADJECTIVE])
    return None if found else _unlisted_clause(line, at)


def _is_headline(line: Line) -> bool:
    """Say whether most words of a sentence are capitalised."""
    words = [atom for atom in line.atoms if atom.word]
    return sum(atom.cap for atom in words) > _HEADLINE_SHARE * len(words)


def _unlisted_clause(line: Line, at: int) -> Clause | None:
    """Return the clause of a verb that the lexicon lacks but that tags a quotation.

    Only a past form right after the quotation, before or after its subject, is taken for one
    ("“Enough!” vociferated the colonel").
    """
    low = line.lows[at]
    if not low.endswith("ed") or line.atoms[at].cap or not line.has_quotation(0, at):
        return None
    form = CueForm(
        Cue(_past_lemma(low), PartOfSpeech.VERB, Level.SPEECH, Stance.NEUTRAL, _DIRECT_ONLY),
        (low,),
        frozenset({Form.PAST, Form.PARTICIPLE}),
    )
    clause = verb_clause(line, at, form)
    if clause is None or clause.place not in (Place.BEFORE, Place.AFTER) or clause.passive:
        return None
    comma = line.low(clause.begin - 1) == ","
    return clause if line.low(clause.begin - 1 - comma) == QUOTED else None


def _past_lemma(low: str) -> str:
    """Return a likely base form of a regular past form."""
    stem = low[:-2]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
        return stem[:-1]
    return low[:-1] if stem.endswith(("at", "c", "s", "v", "iz", "ul", "ur")) else stem


def _colon_clause(line: Line, at: int) -> Clause | None:
    """Return the clause of a colon after a name that opens the sentence ("Ruiz: No tax rise")."""
    if not 0 < at <= _LABEL_REACH or at + 1 >= len(line.atoms) or not line.atoms[0].cap:
        return None
    if phrase_before(line, at - 1, 0) != 0:
        return None
    return Clause(line, _COLON, at, at, subject=Phrase(0, at - 1, 0), place=Place.BEFORE, begin=0)


def _phrase_clause(line: Line, at: int, form: CueForm) -> Clause | None:
    """Return the clause of a fixed phrase: "according to X", "reportedly"."""
    clause = Clause(line, form, at, at + len(form.words) - 1)
    if form.words[-1] in ("to", "of", "per"):
        subject = phrase_after(line, clause.last + 1, closed=at < 2)
        if subject is None:
            return None
        subject = _with_year(line, subject)
        clause.subject, clause.place, clause.end = subject, Place.AFTER, subject.last
    return clause


def _with_year(line: Line, phrase: Phrase) -> Phrase:
    """Extend a phrase that ends in a date over its year ("a letter of May 5, 2022,")."""
    year = line.low(phrase.last + 2)
    dated = line.low(phrase.last + 1) == "," and len(year) == 4 and year.isdigit()
    if not dated or not line.lows[phrase.last].isdigit():
        return phrase
    return Phrase(phrase.first, phrase.last + 2, phrase.clause)


def _share_subjects(line: Line, clauses: Sequence[Clause]) -> None:
    """Give coordinated and participial verbs the subject of the clause they belong to."""
    for index, clause in enumerate(clauses):
        if clause.place is Place.SHARED:
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
        return next((c.subject for c in later if c.subject and c.place is Place.BEFORE), None)
    if owners and _follows_owner(line, clause):
        return owners[-1].subject
    nearest = first_subject(line, clause.group)
    if owners and (nearest is None or nearest.first <= owners[-1].last):
        return owners[-1].subject
    return nearest or _nearest_pronoun(line, clause.group)


def _nearest_pronoun(line: Line, before: int) -> Phrase | None:
    for at in range(before - 1, -1, -1):
        if line.lows[at] in ("he", "she", "they", "we", "i"):
            return Phrase(at, at, at)
    return None


def _follows_owner(line: Line, clause: Clause) -> bool:
    """Say whether a clause is coordinated with or hangs on an earlier one, at a comma or "and"."""
    return not clause.infinitive and clause.before in _JOINING


def _owns_subject(clause: Clause) -> bool:
    return (
        clause.subject is not None
        and clause.pos is PartOfSpeech.VERB
        and clause.place in (Place.BEFORE, Place.AFTER, Place.RELATIVE)
    )
