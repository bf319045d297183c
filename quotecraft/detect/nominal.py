"""Cue clauses built on nouns and adjectives: "her promise to", "is confident that"."""

from __future__ import annotations

from quotecraft.detect.clause import Clause
from quotecraft.detect.cues import CueForm, shifted_stance
from quotecraft.detect.narration import Line
from quotecraft.detect.sources import Phrase, phrase_after, phrase_before, subject_before
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = ["CONTENT_PREPOSITIONS", "adjective_clause", "noun_clause"]

CONTENT_PREPOSITIONS = frozenset(
    ["of", "about", "on", "for", "against", "over", "in", "toward", "towards", "with", "at"]
)
_COPULAS = closed_class("be") | {"seem", "seems", "seemed", "remain", "remains", "remained"}
_COPULAS |= {"appear", "appears", "appeared", "feel", "feels", "felt", "become", "became"}
_LIGHT_VERBS = frozenset(
    [
        *("make", "makes", "made", "making", "issue", "issues", "issued", "issuing", "release"),
        *("released", "give", "gives", "gave", "giving", "have", "has", "had", "express"),
        *("expressed", "voice", "voiced", "offer", "offered", "raise", "raised", "send", "sent"),
        *("repeat", "repeated", "deliver", "delivered", "post", "posted", "share", "shared"),
        *("hold", "holds", "held", "take", "took", "publish", "published", "write", "wrote"),
    ]
)
_HOLDER_REACH = 4  # atoms between a possessor or light verb and its noun


def noun_clause(line: Line, at: int, form: CueForm) -> Clause | None:
    """Return the clause of a noun cue, if what follows can be its content."""
    last = at + len(form.words) - 1
    after = line.lows[last + 1] if last + 1 < len(line.lows) else ""
    end = last
    subject, place = _possessor(line, at)
    if after in ("by", "from"):
        agent = phrase_after(line, last + 2)
        if agent is not None:
            subject, place, end = agent, "by", agent.last
            after = line.lows[end + 1] if end + 1 < len(line.lows) else ""
    if after in ("is", "was") and subject is not None:
        end += 1
        after = line.lows[end + 1] if end + 1 < len(line.lows) else ""
    if after not in CONTENT_PREPOSITIONS and after not in ("that", "to", ":", QUOTED, "whether"):
        return None
    group = subject.last + 1 if place == "possessor" and subject is not None else at
    if subject is None:
        verb = _light_verb(line, at)
        if verb is not None:
            group = verb
            subject = subject_before(line, _before_verb(line, verb))
            place = "before" if subject is not None else "shared"
    begin = subject.clause if subject is not None and place != "by" else group
    return Clause(
        line, form, at, last, group, subject, place, False, False, form.cue.stance, begin, end
    )


def _possessor(line: Line, at: int) -> tuple[Phrase | None, str]:
    """Return the possessor before a noun: "her", "the mayor's"."""
    for holder in range(at - 1, max(-1, at - 1 - _HOLDER_REACH), -1):
        low = line.lows[holder]
        if low in closed_class("possessive"):
            return Phrase(holder, holder, holder), "possessor"
        if low == "'s" and holder > 0:
            start = phrase_before(line, holder - 1, 0)
            if start is not None:
                return Phrase(start, holder - 1, start), "possessor"
            return None, "none"
        if not line.atoms[holder].word or low in closed_class("preposition"):
            return None, "none"
    return None, "none"


def _light_verb(line: Line, at: int) -> int | None:
    for verb in range(at - 1, max(-1, at - 1 - _HOLDER_REACH), -1):
        if line.lows[verb] in _LIGHT_VERBS:
            return verb
        if not line.atoms[verb].word:
            return None
    return None


def _before_verb(line: Line, verb: int) -> int:
    """Return the atom before a verb's auxiliaries and adverbs."""
    at = verb - 1
    while at >= 0 and (line.lows[at] in closed_class("auxiliary") or is_adverb(line.lows[at])):
        at -= 1
    return at


def adjective_clause(line: Line, at: int, form: CueForm) -> Clause | None:
    """Return the clause of an adjective cue after a copula: "is confident that"."""
    after = line.lows[at + 1] if at + 1 < len(line.lows) else ""
    if after not in ("that", "to", "of", "about", "whether", "with", "by", "over", "at"):
        return None
    group = at
    while group > 0 and (
        is_adverb(line.lows[group - 1]) or line.lows[group - 1] in closed_class("auxiliary")
    ):
        group -= 1
    words = line.lows[group:at]
    if not any(word in _COPULAS for word in words):
        return None
    subject = subject_before(line, group - 1)
    if subject is not None and line.lows[subject.first] in ("it", "there"):
        subject = None
    return Clause(
        line,
        form,
        at,
        at,
        group,
        subject,
        "before" if subject is not None else "none",
        False,
        False,
        shifted_stance(form.cue.stance, words),
        subject.clause if subject is not None else group,
        at,
    )
