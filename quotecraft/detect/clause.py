"""The cue clause: a cue with its verb group, its subject and its addressee."""

from __future__ import annotations

from attrs import define

from quotecraft.detect.cues import CueForm, Form, Frame
from quotecraft.detect.narration import Line
from quotecraft.detect.sources import Phrase
from quotecraft.model import Stance

__all__ = ["Clause"]


@define(slots=True)
class Clause:
    """A cue and what stands around it in its sentence.

    Attributes:
        line: The sentence.
        form: The lexicon's reading of the cue.
        first: Index of the cue's first atom.
        last: Index of its last atom.
        group: Index of the first atom of its verb group, auxiliaries and adverbs included.
        subject: The source, if the sentence names it.
        place: Where the subject stands: ``before``, ``after``, ``by`` (passive agent), ``relative``
            ("who said"), ``shared`` (that of another verb) or ``none``.
        passive: Whether the verb group is passive.
        infinitive: Whether "to" precedes the verb.
        stance: Commitment, with negation and modality taken in.
        begin: Index of the first atom of the clause.
        end: Index of its last atom before any content: cue, addressee and circumstances.
        addressee: Whom it is said to, if told.
        patient: The grammatical subject of a passive, which is part of what is reported.
    """

    line: Line
    form: CueForm
    first: int
    last: int
    group: int
    subject: Phrase | None
    place: str
    passive: bool
    infinitive: bool
    stance: Stance
    begin: int
    end: int
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
