"""Verb cues: verb group, passive, subject before or after, addressee, circumstances."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.detect.clause import Clause, Place
from quotecraft.detect.cues import CueForm, Form, Frame, shifted_stance
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import DASHES, Phrase, is_plain_verb, phrase_after
from quotecraft.detect.sources import subject_before
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = ["is_noun_here", "verb_clause"]

_AUX = closed_class("auxiliary")
_BE = closed_class("be")
_PREPOSITIONS = closed_class("preposition")
_EMPTY_SUBJECTS = ("it", "there")
_PLURALS = frozenset(["to", "people", "men", "women", "children", "police", "percent", "%", "'s"])
_ADDRESSED = frozenset(["tell", "ask", "inform", "assure", "remind", "warn", "advise", "question"])
_CIRCUMSTANCE_STARTS = _PREPOSITIONS - {"to", "like", "than", "as", "until", "till", "off", "out"}
_NOT_INVERTED = closed_class("object") - closed_class("pronoun")
_FOCUS = frozenset(["not", "so", "here", "there", "only", "just", "even"])  # may open content
_REFLEXIVES = frozenset(["himself", "herself", "themselves", "itself", "myself", "aloud"])
_BEFORE_BASE = _AUX | _PLURALS | closed_class("pronoun") | closed_class("relative")
_BEFORE_BASE |= closed_class("conjunction")
_AFTER_INVERTED = frozenset([",", ".", ";", "", *DASHES, "in", "on", "at", "during", "as", "of"])
_AFTER_INVERTED |= {"to", "who", "whose", "after", "before", "when", "while", "last", "this"}
_AFTER_INVERTED |= closed_class("time")
_INVERTING = frozenset([",", *DASHES, ".", "!", "?", "…", "...", "so", "thus"])


# ---------------------------------------------------------------- verb or noun


def is_noun_here(line: Line, at: int, found: Sequence[CueForm]) -> bool:
    """Say whether a word that can be a verb stands where a noun must.

    Args:
        line: The sentence.
        at: Index of the word.
        found: All readings of the word.
    """
    kinds = {kind for form in found for kind in form.forms}
    if at == 0:
        return line.atoms[at].cap and Form.ING not in kinds
    if Form.PAST in kinds and Form.BASE not in kinds:
        return False
    back = at - 1
    while back > 0 and is_adverb(line.lows[back]) and line.lows[back] not in closed_class("adverb"):
        back -= 1
    before = line.lows[back]
    if before in closed_class("possessive") | closed_class("determiner") | {"'s"}:
        return _is_determined(before, kinds)
    if Form.ING in kinds:
        return False
    return _is_bare_noun(line, at, back, kinds)


def _is_determined(before: str, kinds: set[Form]) -> bool:
    """Say whether a word after a possessive or determiner is a noun."""
    if before == "'s":
        return Form.ING not in kinds
    if before == "her" and not kinds & {Form.SINGULAR, Form.PLURAL}:
        return False  # an object: "those who know her say"
    if before in closed_class("possessive"):
        return True
    return before not in closed_class("pronoun") or before in ("this", "that", "what", "which")


def _is_bare_noun(line: Line, at: int, back: int, kinds: set[Form]) -> bool:
    """Say whether a word without a determiner is a noun: the object of a verb or preposition."""
    before = line.lows[back]
    noun = bool(kinds & {Form.SINGULAR, Form.PLURAL})
    object_of = before.endswith(("ing", "ed")) and not line.atoms[back].cap and Form.THIRD in kinds
    if before[0].isdigit() or object_of or (noun and is_plain_verb(before)):
        return Form.PAST not in kinds
    if before in _PREPOSITIONS:
        return before != "to"
    if line.atoms[at].cap and line.atoms[at - 1].cap and at + 1 < len(line.atoms):
        return line.atoms[at + 1].cap and noun
    if Form.BASE in kinds and Form.PAST not in kinds and line.atoms[back].word:
        return not _takes_base(line, back, noun)
    return False


def _takes_base(line: Line, before: int, noun: bool) -> bool:
    """Say whether a verb in its base form can follow a word such as a plural, pronoun or "to"."""
    low = line.lows[before]
    if low.endswith("s") or low in _BEFORE_BASE or is_adverb(low):
        return True
    joined = "and" in line.lows[max(0, before - 4) : before]
    titled = before + 2 < len(line.atoms) and line.atoms[before + 2].cap  # "Former judge Ruiz"
    return line.atoms[before].cap and (not (noun or titled) or joined)


# ---------------------------------------------------------------- verb group


def verb_clause(line: Line, at: int, form: CueForm) -> Clause | None:
    """Return the clause of a verb cue; ``None`` where its form can't be finite or a participle.

    Args:
        line: The sentence.
        at: Index of the verb.
        form: The lexicon's reading of it.
    """
    group = _group_start(line, at)
    aux = line.lows[group:at]
    infinitive = line.low(group - 1) == "to"
    be = any(low in _BE for low in aux)
    if form.forms == {Form.PARTICIPLE} and not any(low in _AUX for low in aux):
        return None
    if Form.BASE in form.forms and Form.PAST not in form.forms and be and not infinitive:
        return None
    clause = Clause(
        line,
        form,
        at,
        at + len(form.words) - 1,
        group,
        passive=be and Form.PARTICIPLE in form.forms and Form.BASE not in form.forms,
        infinitive=infinitive,
        stance=shifted_stance(form.cue.stance, aux),
    )
    _find_subject(line, clause, bool(aux))
    _find_end(line, clause)
    return clause


def _group_start(line: Line, at: int) -> int:
    """Return the first atom of the verb group that ends at a verb."""
    start = at
    while start > 0:
        low = line.lows[start - 1]
        auxiliary = low in _AUX and (low != "'s" or _is_contraction(line, start - 1))
        adverb = is_adverb(low) and not (line.atoms[start - 1].cap and start > 1)
        if not auxiliary and not adverb:
            break
        start -= 1
    opens = start == 0 and start < at and line.atoms[0].cap
    if opens and is_adverb(line.lows[0]) and line.lows[0] not in ("not", "never"):
        start += 1  # a sentence adverb, not part of the group
    return start


def _is_contraction(line: Line, at: int) -> bool:
    """Say whether "'s" stands for "is" or "has": after a pronoun, or before a participle."""
    return at > 0 and (
        line.lows[at - 1] in closed_class("pronoun") | closed_class("relative")
        or line.low(at + 1) == "been"
    )


# ---------------------------------------------------------------- subject


def _find_subject(line: Line, clause: Clause, has_aux: bool) -> None:
    """Set the clause's subject, its place and where the clause begins."""
    if clause.infinitive:
        clause.place = Place.SHARED
    elif clause.before in ("who", "which", "whom") or (
        clause.before == "that" and clause.group > 1
    ):
        at = clause.group - 1
        clause.subject, clause.place, clause.begin = Phrase(at, at, at), Place.RELATIVE, at
        _make_passive(line, clause)
    elif has_aux or not _inverts(line, clause):
        _find_subject_before(line, clause, has_aux)


def _inverts(line: Line, clause: Clause) -> bool:
    """Take the subject after the verb, if it stands there; say whether it does."""
    if not _can_invert(line, clause):
        return False
    phrase = phrase_after(line, clause.last + 1)
    if phrase is None:
        return False
    if phrase.first == phrase.last and line.lows[phrase.first] in _NOT_INVERTED:
        return False  # "him" can't be a subject
    clause.subject, clause.place, clause.end = phrase, Place.AFTER, phrase.last
    return True


def _can_invert(line: Line, clause: Clause) -> bool:
    """Say whether the subject may follow the verb: after a quotation or a comma, verb finite."""
    if not clause.form.forms & {Form.PAST, Form.THIRD, Form.BASE} or not clause.direct:
        return False
    at = clause.group
    if at == 0:
        return not line.atoms[0].cap
    if clause.before == QUOTED:
        return True
    if clause.before not in _INVERTING:
        return False
    if line.low(at - 2) == QUOTED:
        return True
    phrase = phrase_after(line, clause.last + 1)
    if phrase is None or line.low(phrase.last + 1) not in _AFTER_INVERTED:
        return False
    named = line.atoms[phrase.first].cap and Frame.ADDR not in clause.form.cue.frames
    closed = line.low(phrase.last + 1) in (",", ".", ";", "")
    return (named and closed) or subject_before(line, at - 1) is None


def _find_subject_before(line: Line, clause: Clause, has_aux: bool) -> None:
    before = clause.before
    if clause.participle:
        if before in ("", ",", "and", "or", "but", *DASHES):
            clause.place = Place.SHARED
            return
        if before in _PREPOSITIONS | closed_class("subordinator"):
            clause.place, clause.begin = Place.SHARED, clause.group - 1
            return
    subject = subject_before(line, clause.group - 1)
    if subject is None or (clause.participle and not _heads_participle(line, subject)):
        bare = before in ("", ",", ";", ":") and clause.form.forms != {Form.ING}
        clause.place = Place.NONE if bare else Place.SHARED
        if before in ("and", "or", "but", "then"):
            clause.begin = clause.group - 1
        return
    clause.subject, clause.place, clause.begin = subject, Place.BEFORE, subject.clause
    empty = line.lows[subject.first] in _EMPTY_SUBJECTS and subject.first == subject.last
    if clause.passive:
        _make_passive(line, clause)
    elif empty and has_aux:
        clause.subject, clause.place = None, Place.NONE


def _heads_participle(line: Line, subject: Phrase) -> bool:
    """Say whether a phrase before a participle is its subject, not the object of another verb."""
    if subject.first == 0:
        return True
    before = line.lows[subject.first - 1]
    return before in ("with", "of", "by", ",", "and") or not line.atoms[subject.first - 1].word


def _make_passive(line: Line, clause: Clause) -> None:
    """Make the agent of a passive its subject; the grammatical subject is no source."""
    if not clause.passive:
        return
    patient = clause.subject
    clause.subject, clause.place = None, Place.NONE
    if patient is not None and line.lows[patient.first] not in _EMPTY_SUBJECTS:
        if clause.form.cue.lemma in _ADDRESSED:
            clause.addressee = patient
        else:
            clause.patient = patient
    if line.low(clause.last + 1) == "by":
        agent = phrase_after(line, clause.last + 2)
        if agent is not None:
            clause.subject, clause.place, clause.end = agent, Place.BY, agent.last


# ---------------------------------------------------------------- addressee and circumstances


def _find_end(line: Line, clause: Clause) -> None:
    """Move the clause's end over the addressee and circumstances that follow the cue."""
    frames = clause.form.cue.frames
    addressed = clause.passive
    while clause.follows not in ("", "that", "whether", QUOTED, ",", ":"):
        at, low = clause.end + 1, clause.follows
        if (is_adverb(low) and low not in _FOCUS) or low in _REFLEXIVES:
            step = at
        elif low == "to" and Frame.TO not in frames and not addressed:
            step, addressed = _addressee(line, clause, at + 1), True
        elif Frame.ADDR in frames and not addressed and clause.place is not Place.AFTER:
            step, addressed = _addressee(line, clause, at), True
        else:
            step = _circumstance(line, at)
        if step < at:
            break
        clause.end = step


def _addressee(line: Line, clause: Clause, at: int) -> int:
    """Take the addressee at an atom; return its last atom, -1 if there is none."""
    phrase = phrase_after(line, at, subject=False)
    if phrase is None or not _can_be_addressed(line, phrase):
        return -1
    clause.addressee = phrase
    return phrase.last


def _can_be_addressed(line: Line, phrase: Phrase) -> bool:
    """Say whether a phrase looks like people: a pronoun, a name, "the …" or a plural."""
    low, last = line.lows[phrase.first], line.lows[phrase.last]
    return (
        line.atoms[phrase.first].cap
        or low in closed_class("object")
        or low in closed_class("determiner")
        or low in closed_class("possessive")
        or last.endswith("s")
        or last in _PLURALS
    )


def _circumstance(line: Line, at: int) -> int:
    """Return the last atom of a time or place phrase that a content or comma follows, else -1."""
    low = line.lows[at]
    if "'s" in (line.low(at + 1), line.low(at + 2)):
        return -1
    if low in closed_class("time"):
        return at
    if low in closed_class("timepart") and line.low(at + 1) in closed_class("time"):
        return at + 1
    if low not in _CIRCUMSTANCE_STARTS:
        return -1
    phrase = phrase_after(line, at + 1, subject=False)
    if phrase is None and line.low(at + 1) not in closed_class("time"):
        return -1
    last = at + 1 if phrase is None else phrase.last
    while line.low(last + 1) in closed_class("time"):
        last += 1
    after = line.low(last + 1)
    ends = after in ("", "that", ",", ":", ".", QUOTED, "whether", *DASHES)
    return (
        last
        if ends or (after in _CIRCUMSTANCE_STARTS and _circumstance(line, last + 1) >= 0)
        else -1
    )
