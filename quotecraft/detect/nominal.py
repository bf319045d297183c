"""Cue clauses built on nouns and adjectives: "her promise to", "is confident that"."""

from __future__ import annotations

from quotecraft.detect.clause import Clause, Place
from quotecraft.detect.cues import CueForm, shifted_stance
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import Phrase, phrase_after, phrase_before
from quotecraft.detect.sources import subject_before
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = ["CONTENT_PREPOSITIONS", "COPULAS", "adjective_clause", "noun_clause"]

CONTENT_PREPOSITIONS = frozenset(
    ["of", "about", "on", "for", "against", "over", "in", "toward", "towards", "with", "at"]
)
COPULAS = frozenset(["was", "is", "were", "came"])  # “…” was his reply
_LINKING = closed_class("be") | {"seem", "seems", "seemed", "remain", "remains", "remained"}
_LINKING |= {"appear", "appears", "appeared", "feel", "feels", "felt", "become", "became"}
_LIGHT_VERBS = frozenset(
    [
        *("make", "makes", "made", "making", "issue", "issues", "issued", "issuing", "release"),
        *("released", "give", "gives", "gave", "giving", "have", "has", "had", "express"),
        *("expressed", "voice", "voiced", "offer", "offered", "raise", "raised", "send", "sent"),
        *("repeat", "repeated", "deliver", "delivered", "post", "posted", "share", "shared"),
        *("hold", "holds", "held", "take", "took", "publish", "published", "write", "wrote"),
    ]
)
_ADJECTIVE_LINKS = ("that", "to", "of", "about", "whether", "with", "by", "over", "at")
_HOLDER_REACH = 4  # atoms between a possessor or light verb and its noun


def noun_clause(line: Line, at: int, form: CueForm) -> Clause | None:
    """Return the clause of a noun cue, if what stands around it can be its content.

    Args:
        line: The sentence.
        at: Index of the noun's first word.
        form: The lexicon's reading of it.
    """
    clause = Clause(line, form, at, at + len(form.words) - 1)
    clause.subject = _possessor(line, at)
    if clause.subject is not None:
        clause.place = Place.POSSESSOR
    if _follows_quotation(line, clause):
        return clause
    if clause.follows in ("by", "from"):
        agent = phrase_after(line, clause.end + 2)
        if agent is not None:
            clause.subject, clause.place, clause.end = agent, Place.BY, agent.last
    if clause.follows in ("is", "was") and clause.subject is not None:
        clause.end += 1
    introduces = clause.follows in ("that", "to", ":", QUOTED, "whether") or (
        clause.follows == "," and line.low(clause.end + 2) == QUOTED
    )
    if clause.follows not in CONTENT_PREPOSITIONS and not introduces:
        return None
    if clause.subject is None:
        _take_light_verb(line, clause)
    elif clause.place is Place.POSSESSOR:
        clause.group, clause.begin = clause.subject.last + 1, clause.subject.clause
    return clause


def _follows_quotation(line: Line, clause: Clause) -> bool:
    """Say whether the noun names a quotation before it ("“…” was his reply"); begin there."""
    subject = clause.subject
    opening = _article(line, clause.first) if subject is None else subject.clause
    if line.low(opening - 1) not in COPULAS or not line.has_quotation(0, opening - 2):
        return False
    clause.begin = opening - 1
    return True


def _article(line: Line, at: int) -> int:
    """Return the determiner before a noun and its adjectives, or the noun itself."""
    for k in range(at - 1, max(-1, at - 1 - _HOLDER_REACH), -1):
        if line.lows[k] in closed_class("determiner"):
            return k
        if not line.atoms[k].word:
            break
    return at


def _possessor(line: Line, at: int) -> Phrase | None:
    """Return the possessor before a noun: "her", "the mayor's"."""
    for holder in range(at - 1, max(-1, at - 1 - _HOLDER_REACH), -1):
        low = line.lows[holder]
        if low in closed_class("possessive"):
            return Phrase(holder, holder, holder)
        if low == "'s" and holder > 0:
            start = phrase_before(line, holder - 1, 0)
            return None if start is None else Phrase(start, holder - 1, start)
        if not line.atoms[holder].word or low in closed_class("preposition"):
            break
    return None


def _take_light_verb(line: Line, clause: Clause) -> None:
    """Take the subject of a verb like "issued" before "a statement that"."""
    lowest = max(-1, clause.first - 1 - _HOLDER_REACH)
    for verb in range(clause.first - 1, lowest, -1):
        if line.lows[verb] in _LIGHT_VERBS:
            clause.subject = subject_before(line, _before_verb(line, verb))
            clause.place = Place.SHARED if clause.subject is None else Place.BEFORE
            clause.group = verb
            clause.begin = verb if clause.subject is None else clause.subject.clause
            return
        if not line.atoms[verb].word:
            return


def _before_verb(line: Line, verb: int) -> int:
    """Return the atom before a verb's auxiliaries and adverbs."""
    at = verb - 1
    while at >= 0 and (line.lows[at] in closed_class("auxiliary") or is_adverb(line.lows[at])):
        at -= 1
    return at


def adjective_clause(line: Line, at: int, form: CueForm) -> Clause | None:
    """Return the clause of an adjective cue after a copula: "is confident that".

    Args:
        line: The sentence.
        at: Index of the adjective.
        form: The lexicon's reading of it.
    """
    if line.low(at + 1) not in _ADJECTIVE_LINKS:
        return None
    group = _before_verb(line, at) + 1
    words = line.lows[group:at]
    if not any(word in _LINKING for word in words):
        return None
    clause = Clause(line, form, at, at, group, stance=shifted_stance(form.cue.stance, words))
    subject = subject_before(line, group - 1)
    if subject is not None and line.lows[subject.first] not in ("it", "there"):
        clause.subject, clause.place, clause.begin = subject, Place.BEFORE, subject.clause
    return clause
