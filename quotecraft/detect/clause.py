"""The cue clause: a cue with its verb group, its subject and its addressee."""

from __future__ import annotations

from enum import StrEnum

from attrs import Factory, define

from quotecraft.detect.cues import CueForm, Form, Frame, PartOfSpeech
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import Phrase
from quotecraft.model import Stance

__all__ = ["Clause", "Place"]


class Place(StrEnum):
    """Where the source of a clause stands.

    ``BEFORE`` and ``AFTER`` the verb, ``BY`` (after "by" or "from"), ``RELATIVE`` ("who said"),
    ``SHARED`` (it is that of another verb), ``POSSESSOR`` ("her claim") or ``NONE``.
    """

    BEFORE = "before"
    AFTER = "after"
    BY = "by"
    RELATIVE = "relative"
    SHARED = "shared"
    POSSESSOR = "possessor"
    NONE = "none"


@define(weakref_slot=False)
class Clause:
    """A cue and what stands around it in its sentence; all places are indices of atoms.

    Attributes:
        line: The sentence.
        form: The lexicon's reading of the cue.
        first: The cue's first atom.
        last: Its last atom.
        group: First atom of its verb group, auxiliaries and adverbs included.
        subject: The source, if the sentence names it.
        place: Where the subject stands.
        passive: Whether the verb group is passive.
        infinitive: Whether "to" precedes the verb.
        stance: Commitment, with negation and modality taken in.
        begin: First atom of the clause.
        end: Its last atom before any content: cue, addressee and circumstances.
        addressee: Whom it is said to, if told.
        patient: The grammatical subject of a passive, which is part of what is reported.
    """

    line: Line
    form: CueForm
    first: int
    last: int
    group: int = Factory(lambda clause: clause.first, takes_self=True)
    subject: Phrase | None = None
    place: Place = Place.NONE
    passive: bool = False
    infinitive: bool = False
    stance: Stance = Factory(lambda clause: clause.form.cue.stance, takes_self=True)
    begin: int = Factory(lambda clause: clause.group, takes_self=True)
    end: int = Factory(lambda clause: clause.last, takes_self=True)
    addressee: Phrase | None = None
    patient: Phrase | None = None

    @property
    def direct(self) -> bool:
        """Whether the cue can introduce words in quotation marks."""
        return bool(self.form.cue.frames & {Frame.DIRECT, Frame.THAT})

    @property
    def participle(self) -> bool:
        """Whether it is a participle without an auxiliary ("saying")."""
        return self.form.forms == {Form.ING} and self.group == self.first

    @property
    def pos(self) -> PartOfSpeech:
        """Part of speech of the cue."""
        return self.form.cue.pos

    @property
    def before(self) -> str:
        """The lower-case word before the verb group, "" at the start of the sentence."""
        return self.line.low(self.group - 1)

    @property
    def follows(self) -> str:
        """The lower-case word after the clause, "" at the end of the sentence."""
        return self.line.low(self.end + 1)
