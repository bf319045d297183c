"""The cue lexicon: words that signal an attribution, with their level, stance and grammar.

The list (``cues.tsv``) was written for quotecraft from general knowledge of English and checked
against counts over PolNeAR train (Newell et al. 2018) and over the referring expressions of the
Project Dialogism Novel Corpus (Vishnubhotla et al. 2022). Regular inflections are generated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

from attrs import frozen

from quotecraft.model import Level, Stance

__all__ = [
    "Cue",
    "CueForm",
    "CueReading",
    "Form",
    "Frame",
    "PartOfSpeech",
    "lookup",
    "read_cue",
    "shifted_stance",
]


class PartOfSpeech(StrEnum):
    """What sort of word a cue is; ``PHRASE`` is fixed ("according to")."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    PHRASE = "phrase"


class Frame(StrEnum):
    """What a cue can introduce.

    ``DIRECT``: words in quotation marks; ``THAT``: a clause, with or without "that"; ``WH``: an
    interrogative clause; ``TO``: an infinitive; ``NP``: a noun phrase; ``OF`` and ``FOR``: a noun
    phrase after that preposition; ``AS``: a description after "as"; ``ADDR``: the addressee comes
    first, as a bare object ("told reporters").
    """

    DIRECT = "direct"
    THAT = "that"
    WH = "wh"
    TO = "to"
    NP = "np"
    OF = "of"
    FOR = "for"
    AS = "as"
    ADDR = "addr"


class Form(StrEnum):
    """An inflected form."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"
    SINGULAR = "singular"
    PLURAL = "plural"
    FIXED = "fixed"


@frozen
class Cue:
    """One entry of the lexicon.

    Attributes:
        lemma: Base form, particle included ("point out").
        pos: Part of speech.
        level: Speech or thought.
        stance: What the cue tells of the speaker's commitment.
        frames: What it can introduce.
    """

    lemma: str
    pos: PartOfSpeech
    level: Level
    stance: Stance
    frames: frozenset[Frame]


@frozen
class CueForm:
    """An inflected form of a cue.

    Attributes:
        cue: The entry.
        words: The form, one lower-case string a word.
        forms: Which forms this is; "said" is both past and participle.
    """

    cue: Cue
    words: tuple[str, ...]
    forms: frozenset[Form]


@frozen
class CueReading:
    """What a cue found in a text means.

    Attributes:
        lemma: Base form of its main word, particle included.
        level: Speech or thought.
        stance: Commitment; ``NEGATED`` or ``HYPOTHETICAL`` where the words around the verb say so.
    """

    lemma: str
    level: Level
    stance: Stance


_VOWELS = "aeiou"
_SIBILANT = re.compile(r"(?:[sxz]|ch|sh)$")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
NEGATIONS = frozenset(
    [
        "not",
        "never",
        "n't",
        "cannot",
        "nor",
        "neither",
        "don't",
        "didn't",
        "doesn't",
        "won't",
        "wouldn't",
        "hasn't",
        "haven't",
        "hadn't",
        "isn't",
        "wasn't",
        "weren't",
        "aren't",
        "can't",
        "couldn't",
        "shouldn't",
        "without",
    ]
)
HYPOTHETICALS = frozenset(
    ["would", "could", "might", "may", "should", "'d", "if", "must", "can", "will", "'ll", "shall"]
)


def _stem(verb: str, ending: str, doubled: bool) -> str:
    """Return the verb's stem before ``ed`` or ``ing``."""
    if doubled:
        return verb + verb[-1]
    if verb.endswith("ic"):
        return verb + "k"
    if ending == "ing" and verb.endswith("ie"):
        return verb[:-2] + "y"
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "oe", "ye"))):
        return verb[:-1]
    if ending == "ed" and verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "i"
    return verb


def _third(word: str) -> str:
    """Return the third person of a verb, which is also the plural of a noun."""
    if _SIBILANT.search(word):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "es" if word in ("go", "echo", "veto", "forgo") else word + "s"


def _verb_forms(verb: str, irregular: str) -> dict[str, set[Form]]:
    """Return every form of a one-word verb.

    Args:
        verb: Base form.
        irregular: ``past`` or ``past/participle``, with ``+`` at the end where the last consonant
            doubles; empty for a regular verb.
    """
    doubled = irregular.endswith("+")
    past, _, participle = irregular.rstrip("+").partition("/")
    past = past or _stem(verb, "ed", doubled) + "ed"
    forms: dict[str, set[Form]] = {}
    for word, form in (
        (verb, Form.BASE),
        (_third(verb), Form.THIRD),
        (past, Form.PAST),
        (participle or past, Form.PARTICIPLE),
        (_stem(verb, "ing", doubled) + "ing", Form.ING),
    ):
        forms.setdefault(word, set()).add(form)
    return forms


def _inflect(cue: Cue, irregular: str) -> Iterator[CueForm]:
    head, *rest = cue.lemma.split()
    if cue.pos is PartOfSpeech.VERB:
        forms = _verb_forms(head, irregular)
        for word, kinds in forms.items():
            yield CueForm(cue, (word, *rest), frozenset(kinds))
    elif cue.pos is PartOfSpeech.NOUN:
        words = cue.lemma.split()
        yield CueForm(cue, tuple(words), frozenset({Form.SINGULAR}))
        yield CueForm(cue, (*words[:-1], _third(words[-1])), frozenset({Form.PLURAL}))
    else:
        yield CueForm(cue, (head, *rest), frozenset({Form.FIXED}))


@cache
def _lexicon() -> dict[str, tuple[CueForm, ...]]:
    """Return the forms by their first word, longest first."""
    table = files("quotecraft.detect").joinpath("cues.tsv").read_text(encoding="utf-8")
    index: dict[str, list[CueForm]] = {}
    for line in table.splitlines()[1:]:
        lemma, pos, level, stance, frames, irregular = line.split("\t")
        cue = Cue(
            lemma,
            PartOfSpeech(pos),
            Level(level),
            Stance(stance),
            frozenset(Frame(frame) for frame in frames.split(",")),
        )
        for form in _inflect(cue, irregular):
            index.setdefault(form.words[0], []).append(form)
    return {
        first: tuple(sorted(found, key=lambda form: -len(form.words)))
        for first, found in index.items()
    }


def lookup(words: Sequence[str] | str, at: int = 0) -> tuple[CueForm, ...]:
    """Return the cues that begin at a word, the longest first.

    Args:
        words: A text, or its words in lower case.
        at: Index of the word to look at.
    """
    if isinstance(words, str):
        words = [word.lower() for word in _WORD.findall(words)]
    if not 0 <= at < len(words):
        return ()
    found = _lexicon().get(words[at], ())
    return tuple(
        form
        for form in found
        if len(form.words) == 1 or tuple(words[at : at + len(form.words)]) == form.words
    )


_POS_ORDER = {
    PartOfSpeech.VERB: 0,
    PartOfSpeech.PHRASE: 1,
    PartOfSpeech.NOUN: 2,
    PartOfSpeech.ADJECTIVE: 3,
}


def read_cue(text: str) -> CueReading | None:
    """Return the meaning of a cue as it stands in a text, or ``None`` if no word of it is known.

    Args:
        text: The cue with its auxiliaries, negation and adverbs ("did not immediately say").
    """
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    best: tuple[tuple[int, int, int], CueForm] | None = None
    for at in range(len(words)):
        for form in lookup(words, at):
            rank = (_POS_ORDER[form.cue.pos], -len(form.words), at)
            if best is None or rank < best[0]:
                best = (rank, form)
    if best is None:
        return None
    cue = best[1].cue
    return CueReading(cue.lemma, cue.level, shifted_stance(cue.stance, words[: best[0][2]]))


def shifted_stance(stance: Stance, before: Sequence[str]) -> Stance:
    """Return the stance of a cue in its verb group: negated, hypothetical or as it is.

    Args:
        stance: The cue's own stance.
        before: The lower-case words of its verb group that stand before it.
    """
    if any(word in NEGATIONS for word in before):
        return Stance.NEGATED
    if any(word in HYPOTHETICALS for word in before):
        return Stance.HYPOTHETICAL
    return stance
