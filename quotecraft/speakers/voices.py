"""How people in one document speak: whose words, as far as the text tells, a quotation is like.

A naive Bayes comparison of words: each speaker's quotations that a name or "I" attributes, against
all quotations of the document. Dialect, forms of address and favourite topics show in it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from attrs import define, field

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import Words

__all__ = ["Voices"]

_PRIOR = 300.0  # words of the whole dialogue that each voice starts from
_LEAST = 30  # words of somebody without which no voice is known
_MOST = 120  # words of a quotation that are looked at
_LIMIT = 3.0


@define(eq=False)
class Voices:
    """The words of a document's speakers.

    Attributes:
        words: The words of the document.
        counts: By entity, how often they say each word.
        totals: By entity, how many words they say.
        all: How often each word is said.
        total: How many words are said.
        owners: For quotations learned from, by ``id``, the entity.
    """

    words: Words
    counts: dict[int, Counter[str]] = field(factory=dict)
    totals: Counter[int] = field(factory=Counter)
    all: Counter[str] = field(factory=Counter)
    total: int = 0
    owners: dict[int, int] = field(factory=dict)

    def hear(self, unit: Unit, speaker: Entity | None) -> None:
        """Learn from a quotation.

        Args:
            unit: The quotation.
            speaker: Who surely speaks it, if anybody.
        """
        said = self._said(unit)
        self.all.update(said)
        self.total += len(said)
        if speaker is not None:
            key = id(speaker)
            self.counts.setdefault(key, Counter()).update(said)
            self.totals[key] += len(said)
            self.owners[id(unit)] = key

    def _said(self, unit: Unit) -> list[str]:
        inside = self.words.within_offsets(unit.start, unit.end)
        return [
            self.words.lower[n]
            for n in inside[: 4 * _MOST]
            if self.words.quoted_at(self.words.starts[n])
        ][:_MOST]

    def compare(self, unit: Unit, entities: Sequence[Entity]) -> list[float | None]:
        """Return how much a quotation is like each one's words, ``None`` for the unheard.

        Args:
            unit: The quotation.
            entities: Its candidates.
        """
        said = Counter(self._said(unit))
        size = said.total()
        owner = self.owners.get(id(unit))
        scores: list[float | None] = []
        for entity in entities:
            key = id(entity)
            own = size if owner == key else 0
            total = self.totals[key] - own
            if total < _LEAST or not size:
                scores.append(None)
                continue
            counts = self.counts[key]
            gain = 0.0
            for word, times in said.items():
                share = (self.all[word] + 0.5) / (self.total + 1)
                count = counts[word] - (times if own else 0)
                gain += times * math.log((count + _PRIOR * share) / (total + _PRIOR) / share)
            scores.append(max(-_LIMIT, min(_LIMIT, gain / math.sqrt(size))))
        return scores

    def features(self, unit: Unit, entities: Sequence[Entity]) -> list[dict[str, float]]:
        """Return the features of each candidate.

        Args:
            unit: The quotation.
            entities: Its candidates.
        """
        scores = self.compare(unit, entities)
        heard = [score for score in scores if score is not None]
        made: list[dict[str, float]] = []
        for place, (entity, score) in enumerate(zip(entities, scores, strict=True)):
            if score is None:
                made.append({"voice:unknown": 1.0} if heard else {})
                continue
            others = [s for n, s in enumerate(scores) if s is not None and n != place]
            row = {"voice": score, "voice:size": math.log1p(self.totals[id(entity)]) / 10}
            if others:
                row["voice:over"] = max(-_LIMIT, min(_LIMIT, score - max(others)))
                row["voice:mean"] = score - sum(others) / len(others)
            made.append(row)
        return made
