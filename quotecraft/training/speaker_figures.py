"""What a cross-validation of speakers on novels counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container

from attrs import define, field, frozen

from quotecraft.training.speaker_trust import Answer

__all__ = ["Figures", "Judgement"]


@frozen
class Judgement:
    """One quotation found whose gold speaker is known.

    Attributes:
        novel: Where it stands.
        type: Its gold type.
        pattern: What found its speaker.
        answer: How sure that link is before a document's check, and whether it's right.
    """

    novel: str
    type: str
    pattern: str
    answer: Answer


@define
class Figures:
    """What a cross-validation counts.

    Attributes:
        judged: The quotations found.
        missed: By novel and type, quotations that weren't found.
        answers: For each quotation found its confidence and whether it's right.
    """

    judged: list[Judgement] = field(factory=list)
    missed: Counter[tuple[str, str]] = field(factory=Counter)
    answers: list[tuple[float, bool]] = field(factory=list)

    def only(self, novels: Container[str]) -> Figures:
        """Return the figures of some novels.

        Args:
            novels: Their ids.
        """
        pairs = zip(self.judged, self.answers, strict=True)
        kept = [(one, answer) for one, answer in pairs if one.novel in novels]
        missed = {key: count for key, count in self.missed.items() if key[0] in novels}
        return Figures([one for one, _ in kept], Counter(missed), [answer for _, answer in kept])

    def counts(self, of: Callable[[Judgement], str]) -> Counter[tuple[str, bool]]:
        """Return how often what shares something is right, and wrong.

        Args:
            of: Gives what is shared: the type, the pattern or the novel.
        """
        return Counter((of(one), one.answer.right) for one in self.judged)
