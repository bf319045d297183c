"""Sources that the network left out: the subject, agent or possessor of the cue's clause.

The network marks a source where it is sure of every word. Where it marks none, the grammar of the
sentence often tells who speaks all the same: a subject before the cue ("A survey in May found"), an
agent after it ("was advised by two lawyers"), a possessor ("its support for"), or the subject of
the clause that a participle or a second verb hangs on ("He agreed …, adding that …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from quotecraft.detect.clause import Clause, Place
from quotecraft.detect.clauses import find_clauses
from quotecraft.detect.cues import PartOfSpeech, lookup
from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import (
    STARTERS,
    Phrase,
    is_closed,
    phrase_after,
    phrase_before,
)
from quotecraft.detect.sentenced import GRAMMAR_SURE, cue_start, in_sentences
from quotecraft.detect.sources import subject_before, subject_begins
from quotecraft.detect.told import is_empty, line_near, told_clause
from quotecraft.detect.words import Atom, closed_class, is_adverb
from quotecraft.model import Sentence, Span

__all__ = ["with_subjects"]

_PREPOSITION = 10  # characters
_BY = re.compile(r"\s+by\b")
_OBJECT = re.compile(r"\b(?:of|in|to|at|on|for|about|against|over|from|(?<=\w )with) $")
_QUOTING = frozenset(["quote", "cite", "report"])  # "she was quoted by a daily as saying"
_NAMING = re.compile(r"(?:the|an?|th(?:is|at|ese|ose)|his|her|its|their|our|my|some)\b|[^\W\d_a-z]")
_MEANS = frozenset(["phone", "telephone", "email", "e-mail", "letter", "post", "text", "mail"])
# A pronoun or possessor that begins a cue of several words.
_SWALLOWED = re.compile(
    r"\b(who|which|each|he|she|they|we|I|its|his|her|their|our|my)\s+(\w.*)",
    re.IGNORECASE | re.DOTALL,
)
# A verb before the one to whom its subject says something.
_ADDRESSED = re.compile(
    r"\b(?:asked|told|urged|thanked|congratulated|praised|commended|advised|informed|warned"
    r"|reminded|questioned|called on|ordered|instructed|requested|invited|promised|assured"
    r"|asking|telling|urging|thanking|praising) $"
)
_BEFORE_OBJECT = 16  # characters
# What somebody says by having or making it public, and the verbs before it.
_MINDED = frozenset(
    [
        *("convinced", "worried", "concerned", "determined", "aware", "confident", "hopeful"),
        *("afraid", "alarmed", "disappointed", "encouraged", "eager", "inspired", "frustrated"),
    ]
)
_HELD = frozenset(
    [
        *("plan", "plans", "agreement", "agreements", "proposal", "proposals", "consensus"),
        *("hope", "hopes", "concern", "concerns", "decision", "commitment", "support", "intention"),
        *("appreciation", "gratitude", "regret", "fear", "fears"),
        *("intentions", "promise", "pledge", "demand", "demands", "call", "desire", "doubts"),
    ]
)
_HOLDING = frozenset(
    [
        *("announced", "announces", "unveiled", "presented", "discussed", "signed", "formed"),
        *("reached", "has", "have", "had", "made", "gave", "given", "expressed", "voiced"),
        *("outlined", "issued", "submitted", "conveyed"),
    ]
)
_PLAIN = frozenset(["new", "joint", "immediate", "further", "strong", "deep", "clear", "full"])
_HELD_REACH = 4  # words
_LINKING = frozenset(["of", "and", "by", "from"])  # no source begins with one
_SPEAKING = frozenset(["saying", "adding", "stating", "claiming", "arguing", "noting"])
_ELSEWHERE = (Place.SHARED, Place.AFTER)  # where a subject is that a word before the verb isn't
_NOUN_LINKS = frozenset(["of", "about", "around", "for", "over", "against", "into"])
_AGENT_REACH = 8  # atoms of an agent before ", claiming that"


def with_subjects(
    text: str, sentences: Sequence[Sentence], found: Sequence[Attribution]
) -> list[Attribution]:
    """Give attributions that have a cue the source that the grammar tells, where it is clear.

    One without a source gets it. One with a source keeps it, but for what can't be a subject: whom
    something is said to by somebody else ("he was told by two nurses"), or the object of a
    preposition ("the queue in the courts is long and called for more judges").

    Args:
        text: The document's text.
        sentences: Its sentences, in order.
        found: Attributions of the text.
    """
    return in_sentences(
        sentences, found, cue_start, lambda sentence, item: _sourced(text, sentence, item)
    )


def _sourced(text: str, sentence: Span, item: Attribution) -> Attribution:
    """Return an attribution with the source that its sentence tells."""
    if not item.source:
        swallowed = _SWALLOWED.match(text, item.cue[0].start, item.cue[0].end)
        if swallowed is not None:
            return _parted(item, swallowed)
        source = _source(text, sentence, item)
        if source is None:
            return item
        return evolve(item, source=(source,), source_confidence=GRAMMAR_SURE)
    old = item.source[0]
    if len(item.source) == 1 and old.of(text).split()[0].lower() in _LINKING:
        return _unlinked(text, sentence, item)
    if old.start >= item.cue[-1].end:
        return _according(text, sentence, item)
    if len(item.source) > 1 or not sentence.covers(old) or old.start >= item.cue[0].start:
        return item
    if old.of(text).lower() in closed_class("possessive"):
        return item
    if _ADDRESSED.search(text, max(0, old.start - _BEFORE_OBJECT), old.start) is not None:
        return _by_asker(line_near(text, sentence, item), item)
    told = _BY.match(text, item.cue[-1].end) is not None
    if not told and _OBJECT.search(text, max(0, old.start - _PREPOSITION), old.start) is None:
        return item
    return _instead(text, line_near(text, sentence, item), item, told=told)


def _unlinked(text: str, sentence: Span, item: Attribution) -> Attribution:
    """Return an attribution whose source begins with "of", "and" or "by" with the whole phrase."""
    line, old = line_near(text, sentence, item), item.source[0]
    clause = told_clause(line, item)
    if clause is not None and clause.subject is not None:
        new = line.span(clause.subject.first, clause.subject.last)
        if new.covers(old) and _is_free(item, new):
            return evolve(item, source=(new,))
    word = old.of(text).split()[0]
    rest = old.start + len(word) + 1
    if word.lower() != "by" or rest >= old.end:
        return item
    return evolve(item, source=(Span(rest, old.end),))


def _is_free(item: Attribution, new: Span) -> bool:
    """Say whether a stretch is neither content nor cue of an attribution."""
    return not any(new.overlaps(span) for span in (*item.content, *item.cue))


def _according(text: str, sentence: Span, item: Attribution) -> Attribution:
    """Return "Ruiz said according to the law" as said by Ruiz, and so "Ruiz said that … her data".

    The cue may be the whole of "said according to"; where it is "according to" alone, its source
    must be the speaker's own ("according to its figures").
    """
    cue = " ".join(text[item.cue[0].start : item.cue[-1].end].lower().split())
    own = item.source[0].of(text).split()[0].lower() in closed_class("possessive")
    if not cue.endswith("according to") or (own and cue != "according to"):
        return item
    if not own and cue == "according to":
        return item
    line = line_near(text, sentence, item)
    for clause in find_clauses(line):
        led = clause.last + 1 + (line.low(clause.last + 1) == "that")
        at = line.atoms[led].start if led < len(line.atoms) else -1
        here = line.low(led) == "according" and item.cue[-1].covers(Span(at, at + 1))
        if here and clause.place is Place.BEFORE and clause.subject and not clause.passive:
            new = line.span(clause.subject.first, clause.subject.last)
            if _is_free(item, new) and not is_empty(line, clause.subject):
                return evolve(item, source=(new,), source_confidence=GRAMMAR_SURE)
    return item


def _by_asker(line: Line, item: Attribution) -> Attribution:
    """Return an attribution whose source is the one asked, thanked, urged: who asks says it."""
    cue = [
        low
        for low, atom in zip(line.lows, line.atoms, strict=True)
        if item.cue[0].covers(_span(atom))
    ]
    first = next((n for n, atom in enumerate(line.atoms) if atom.start >= item.source[0].start), 0)
    if not cue or (cue[0] != "to" and cue[0] not in _NOUN_LINKS and cue[-1] not in _SPEAKING):
        return item
    for clause in find_clauses(line):
        if clause.last == first - 1 and clause.subject is not None and not clause.passive:
            new = line.span(clause.subject.first, clause.subject.last)
            if is_empty(line, clause.subject) or any(
                new.overlaps(span) for span in (*item.source, *item.content, *item.cue)
            ):
                return item
            told = item.addressee or item.source[0]
            return evolve(item, source=(new,), source_confidence=GRAMMAR_SURE, addressee=told)
    return item


def _parted(item: Attribution, found: re.Match[str]) -> Attribution:
    """Return an attribution whose cue began with its source ("which said", "its support")."""
    source, cue = Span(*found.span(1)), Span(*found.span(2))
    return evolve(item, source=(source,), cue=(cue, *item.cue[1:]), source_confidence=GRAMMAR_SURE)


def _instead(text: str, line: Line, item: Attribution, *, told: bool) -> Attribution:
    """Return an attribution with another source, if what it has can't be the subject."""
    clause = told_clause(line, item)
    phrase = None
    if told:
        phrase = _told_by(text, line, item)
    elif clause is not None and clause.pos is PartOfSpeech.VERB and clause.place in _ELSEWHERE:
        phrase = clause.subject
    if phrase is None or is_empty(line, phrase):
        return item
    new = line.span(phrase.first, phrase.last)
    if any(new.overlaps(span) for span in (*item.source, *item.content, *item.cue)):
        return item
    addressed = told and clause is not None and clause.addressee is not None
    addressee = item.addressee or (item.source[0] if addressed else None)
    return evolve(item, source=(new,), source_confidence=GRAMMAR_SURE, addressee=addressee)


def _told_by(text: str, line: Line, item: Attribution) -> Phrase | None:
    """Return the agent of a passive cue ("was struck down by", "a creed professed by")."""
    inside = [n for n, atom in enumerate(line.atoms) if item.cue[-1].covers(_span(atom))]
    if not inside:
        return None
    verb, by = inside[-1], inside[-1] + 1
    group = verb
    while group > 0 and (group == verb or _opens_group(line, group)):
        group -= 1
    passive = any(low in closed_class("be") for low in line.lows[group:verb])
    beside = item.source[-1].end + 1 == item.cue[0].start == line.atoms[verb].start
    passive = passive or (beside and _NAMING.match(text, line.atoms[by + 1].start) is not None)
    quoting = any(form.cue.lemma in _QUOTING for form in lookup(line.lows, verb))
    if not passive or quoting or not _is_participle(line.lows[verb]):
        return None
    phrase = phrase_after(line, by + 1)
    timed = phrase is None or line.lows[phrase.last] in closed_class("time") | _MEANS
    return None if timed else phrase


def _is_participle(low: str) -> bool:
    return low.endswith(("ed", "en", "wn")) or low in ("told", "found", "held", "put", "said")


def _source(text: str, sentence: Span, item: Attribution) -> Span | None:
    """Return the source that the sentence around a cue tells, apart from its content and cue."""
    line = line_near(text, sentence, item)
    phrase = (
        _behind(line, item) or _listed(line, item) or _unlisted(line, item) or _holder(line, item)
    )
    if phrase is None or is_empty(line, phrase):
        return None
    if line.low(phrase.first - 1) == "like":  # "people like Ruiz"
        first = phrase_before(line, phrase.first - 2, 0)
        phrase = phrase if first is None else Phrase(first, phrase.last, first)
    span = line.span(phrase.first, phrase.last)
    taken = any(span.overlaps(other) for other in (*item.content, *item.cue))
    return None if taken else span


# ---------------------------------------------------------------- cues of the lexicon


def _listed(line: Line, item: Attribution) -> Phrase | None:
    clause = told_clause(line, item)
    return None if clause is None else _agent(line, clause) or clause.subject


def _behind(line: Line, item: Attribution) -> Phrase | None:
    """Return the subject behind the content of "Noting that …, Ruiz", "Worried that …, Ruiz"."""
    first = next((n for n, atom in enumerate(line.atoms) if atom.start >= item.cue[0].start), 0)
    low = line.low(first)
    if first > 1 or not line.atoms[first].cap or not (low.endswith("ing") or low in _MINDED):
        return None
    ends = [n for n, atom in enumerate(line.atoms) if atom.start >= item.content[-1].end]
    at = next((n for n in ends if line.atoms[n].word), None)
    return None if at is None or not subject_begins(line, at) else phrase_after(line, at)


def _holder(line: Line, item: Attribution) -> Phrase | None:
    """Return the subject of the verb whose object a cue is ("the two signed an [agreement]")."""
    first = next((n for n, atom in enumerate(line.atoms) if atom.start >= item.cue[0].start), 0)
    inside = [n for n, atom in enumerate(line.atoms) if item.cue[0].covers(_span(atom))]
    if not any(line.lows[n] in _HELD for n in inside[:_HELD_REACH]):
        return None
    at = first - 1
    while at > max(0, first - _HELD_REACH) and line.lows[at] in STARTERS | _PLAIN:
        at -= 1
    if at < 1 or line.lows[at] not in _HOLDING or not line.atoms[at].word:
        return None
    last = at - 1
    while last > 0 and _opens_group(line, last):
        last -= 1
    if any(low in closed_class("be") | {"to"} for low in line.lows[last + 1 : at]):
        return None
    return subject_before(line, last)


def _agent(line: Line, clause: Clause) -> Phrase | None:
    """Return the agent of a passive that ends right before ", claiming that"."""
    if not clause.participle or clause.before != ",":
        return None
    last = clause.group - 2
    for at in range(last, max(-1, last - _AGENT_REACH), -1):
        if line.lows[at] == "by" and at > 0 and line.lows[at - 1].endswith(("ed", "to", "en")):
            start = phrase_before(line, last, at + 1)
            return Phrase(at + 1, last, at + 1) if start == at + 1 else None
    return None


# ---------------------------------------------------------------- other cues


def _unlisted(line: Line, item: Attribution) -> Phrase | None:
    """Return the subject right before a finite verb that the lexicon lacks."""
    inside = [n for n, atom in enumerate(line.atoms) if item.cue[0].covers(_span(atom))]
    verbs = [n for n in inside if line.atoms[n].word]
    if not verbs or any(line.lows[n] in closed_class("be") for n in verbs):
        return None
    at = verbs[0]
    while at < verbs[-1] and _opens_group(line, at):
        at += 1
    if lookup(line.lows, at) or line.atoms[at].cap or line.low(at + 1) in _NOUN_LINKS:
        return None
    if is_closed(line.lows[at]) or line.lows[at] in STARTERS:
        return None
    last = at - 1
    while last > 0 and _opens_group(line, last):
        last -= 1
    if not line.lows[at].endswith(("ed", "s")) and not _is_plural(line, last):
        return None
    if line.low(last) in ("who", "which"):
        return Phrase(last, last, last)
    return subject_before(line, last) if last >= 0 else None


def _is_plural(line: Line, at: int) -> bool:
    low = line.low(at)
    return low in ("i", "you", "we", "they") or (
        low.endswith("s") and not low.endswith(("ss", "'s"))
    )


def _opens_group(line: Line, at: int) -> bool:
    return line.lows[at] in closed_class("auxiliary") or is_adverb(line.lows[at])


def _span(atom: Atom) -> Span:
    return Span(atom.start, atom.end)
