"""Verb cues: verb group, passive, subject before or after, addressee, circumstances."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.detect.clause import Clause
from quotecraft.detect.cues import CueForm, Form, Frame, shifted_stance
from quotecraft.detect.narration import Line
from quotecraft.detect.sources import Phrase, phrase_after, subject_before
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = ["is_noun_here", "verb_clause"]

_AUX = closed_class("auxiliary")
_BE = closed_class("be")
_DASHES = ("-", "--", "—", "–")
_EMPTY_SUBJECTS = ("it", "there")
_ADDRESSED = frozenset(["tell", "ask", "inform", "assure", "remind", "warn", "advise", "question"])
_PREPOSITIONS = closed_class("preposition")
_CIRCUMSTANCE_STARTS = _PREPOSITIONS - {"to", "like", "than", "as", "until", "till", "off", "out"}
_NOT_INVERTED = closed_class("object") - closed_class("pronoun")


def is_noun_here(line: Line, at: int, found: Sequence[CueForm]) -> bool:
    """Say whether a word that can be a verb stands where a noun must."""
    if at == 0:
        return line.atoms[at].cap and not any(Form.ING in form.forms for form in found)
    back = at - 1
    while back > 0 and is_adverb(line.lows[back]) and line.lows[back] not in closed_class("adverb"):
        back -= 1
    before = line.lows[back]
    kinds = {kind for form in found for kind in form.forms}
    if kinds & {Form.PAST} and not kinds & {Form.BASE}:
        return False
    if before in closed_class("possessive") or before == "'s":
        return not kinds & {Form.ING} or before in closed_class("possessive")
    if before in closed_class("determiner"):
        return before not in closed_class("pronoun") or before in ("this", "that", "what", "which")
    if kinds & {Form.ING}:
        return False
    noun = bool(kinds & {Form.SINGULAR, Form.PLURAL})
    if before in _PREPOSITIONS:
        return before != "to"
    if line.atoms[at].cap and line.atoms[at - 1].cap and at + 1 < len(line.atoms):
        return line.atoms[at + 1].cap and noun
    if noun and Form.BASE in kinds and before[-1:] != "s" and line.atoms[at - 1].word:
        return not (
            before in _AUX or before in closed_class("pronoun") or is_adverb(before)
        ) and before not in ("to", "and", "or", "who", "that", "which", "people", "men", "women")
    return False


def _group_start(line: Line, at: int) -> int:
    """Return the first atom of the verb group that ends at a verb."""
    start = at
    while start > 0:
        low = line.lows[start - 1]
        if low == "'s" and not _is_contraction(line, start - 1):
            break
        if low in _AUX or is_adverb(low):
            if line.atoms[start - 1].cap and start - 1 > 0 and low not in _AUX:
                break
            start -= 1
            continue
        break
    while start < at and is_adverb(line.lows[start]) and line.lows[start] not in ("not", "never"):
        if start == 0 and line.atoms[start].cap:
            start += 1  # a sentence adverb, not part of the group
        else:
            break
    return start


def _is_contraction(line: Line, at: int) -> bool:
    """Say whether "'s" stands for "is" or "has": after a pronoun, or before a participle."""
    return at > 0 and (
        line.lows[at - 1] in closed_class("pronoun") | closed_class("relative")
        or line.lows[at + 1 : at + 2] == ["been"]
    )


def verb_clause(line: Line, at: int, form: CueForm) -> Clause | None:
    last = at + len(form.words) - 1
    group = _group_start(line, at)
    aux = line.lows[group:at]
    infinitive = group > 0 and line.lows[group - 1] == "to"
    be = [low for low in aux if low in _BE]
    passive = bool(be) and Form.PARTICIPLE in form.forms and Form.BASE not in form.forms
    if form.forms == {Form.PARTICIPLE} and not any(low in _AUX for low in aux):
        return None
    if Form.BASE in form.forms and be and not infinitive and Form.PAST not in form.forms:
        return None
    stance = shifted_stance(form.cue.stance, aux)
    clause = Clause(
        line, form, at, last, group, None, "none", passive, infinitive, stance, group, last
    )
    _find_subject(line, clause, bool(aux))
    _find_end(line, clause)
    return clause


def _find_subject(line: Line, clause: Clause, has_aux: bool) -> None:
    group = clause.group
    before = line.lows[group - 1] if group else ""
    if clause.infinitive:
        clause.place = "shared"
        return
    if before in ("who", "which", "whom") or (before == "that" and group > 1):
        clause.subject = Phrase(group - 1, group - 1, group - 1)
        clause.place, clause.begin = "relative", group - 1
        if clause.passive:
            _find_agent(line, clause)
        return
    if not has_aux and _can_invert(line, clause):
        phrase = phrase_after(line, clause.last + 1)
        if phrase is not None and line.lows[phrase.first] not in _NOT_INVERTED:
            clause.subject, clause.place, clause.end = phrase, "after", phrase.last
            return
    if clause.participle and (not group or before in (",", "and", "or", "but", *_DASHES)):
        clause.place = "shared"
        return
    if clause.participle and before in _PREPOSITIONS | closed_class("subordinator"):
        clause.place, clause.begin = "shared", group - 1
        return
    subject = subject_before(line, group - 1)
    if clause.participle and subject is not None and not _heads_participle(line, subject):
        clause.place = "shared"
        return
    if subject is not None:
        clause.begin = subject.clause
        clause.subject, clause.place = subject, "before"
        if clause.passive:
            _find_agent(line, clause)
        elif line.lows[subject.first] in _EMPTY_SUBJECTS and subject.first == subject.last:
            clause.subject, clause.place = (None, "none") if has_aux else (subject, "before")
        return
    bare = before in ("", ",", ";", ":") and clause.form.forms != {Form.ING}
    clause.place = "none" if bare else "shared"
    if before in ("and", "or", "but", "then"):
        clause.begin = group - 1


def _heads_participle(line: Line, subject: Phrase) -> bool:
    """Say whether a phrase before a participle is its subject, not the object of another verb."""
    if subject.first == 0:
        return True
    before = line.lows[subject.first - 1]
    return before in ("with", "of", "by", ",", "and") or not line.atoms[subject.first - 1].word


def _find_agent(line: Line, clause: Clause) -> None:
    """Make the agent of a passive its subject; the grammatical subject is no source."""
    patient = clause.subject
    clause.subject, clause.place = None, "none"
    if patient is not None and line.lows[patient.first] not in _EMPTY_SUBJECTS:
        if clause.form.cue.lemma in _ADDRESSED:
            clause.addressee = patient
        else:
            clause.patient = patient
    at = clause.last + 1
    if at < len(line.atoms) and line.lows[at] == "by":
        agent = phrase_after(line, at + 1)
        if agent is not None:
            clause.subject, clause.place, clause.end = agent, "by", agent.last


def _can_invert(line: Line, clause: Clause) -> bool:
    """Say whether the subject may follow the verb: after a quotation or a comma, verb finite."""
    if not clause.form.forms & {Form.PAST, Form.THIRD, Form.BASE} or not clause.direct:
        return False
    at = clause.group
    if at == 0:
        return not line.atoms[0].cap
    before = line.lows[at - 1]
    if before == QUOTED:
        return True
    if before in (",", "-", "--", "—", "–", ".", "!", "?", "…", "...") or before in ("so", "thus"):
        return (at > 1 and line.lows[at - 2] == QUOTED) or not _is_subject_comma(line, at - 1)
    return False


def _is_subject_comma(line: Line, comma: int) -> bool:
    return subject_before(line, comma) is not None


def _find_end(line: Line, clause: Clause) -> None:
    """Move the clause's end over the addressee and circumstances that follow the cue."""
    at = clause.end + 1
    size = len(line.atoms)
    addressed = clause.passive
    while at < size:
        low = line.lows[at]
        if low in ("that", "whether", QUOTED) or low in (",", ":"):
            break
        if (
            is_adverb(low) and low not in ("not", "so", "here", "there", "only", "just", "even")
        ) or low in ("himself", "herself", "themselves", "itself", "myself", "aloud"):
            step = at
        elif low == "to" and Frame.TO not in clause.form.cue.frames and not addressed:
            step = _addressee(line, clause, at + 1)
            addressed = True
        elif Frame.ADDR in clause.form.cue.frames and not addressed and clause.place != "after":
            step = _addressee(line, clause, at)
            addressed = True
        else:
            step = _circumstance(line, at)
        if step < at:
            break
        clause.end = step
        at = step + 1


def _addressee(line: Line, clause: Clause, at: int) -> int:
    """Take the addressee at an atom; return its last atom, -1 if there is none."""
    phrase = phrase_after(line, at, subject=False)
    if phrase is None or at >= len(line.atoms):
        return -1
    clause.addressee = phrase
    return phrase.last


def _circumstance(line: Line, at: int) -> int:
    """Return the last atom of a time or place phrase that a content or comma follows, else -1."""
    low = line.lows[at]
    size = len(line.atoms)
    if low in closed_class("time"):
        return at
    if low in closed_class("timepart") and at + 1 < size:
        if line.lows[at + 1] in closed_class("time"):
            return at + 1
    if low not in _CIRCUMSTANCE_STARTS:
        return -1
    phrase = phrase_after(line, at + 1, subject=False)
    last = phrase.last if phrase is not None else -1
    if last < 0 and at + 1 < size and line.lows[at + 1] in closed_class("time"):
        last = at + 1
    if last < 0:
        return -1
    while last + 1 < size and line.lows[last + 1] in closed_class("time"):
        last += 1
    after = line.lows[last + 1] if last + 1 < size else ""
    if not after or after in ("that", ",", ":", ".", QUOTED, "whether") or after in _DASHES:
        return last
    return last if after in _CIRCUMSTANCE_STARTS and _circumstance(line, last + 1) >= 0 else -1
