"""From evidence to a choice with a probability.

Two kinds of link are decided here. Where the text names the speaker, a pattern (a name met in full,
a short form, a role …) has a fixed probability: the share of PDNC quotations on which it was right.
Where it doesn't, a linear model ranks the candidates, and in conversations, once every turn has a
speaker, a small network ranks them again; the softmax is corrected by the share right at that
level. All figures lie in the model's component "speakers", made by ``quotecraft train speakers``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from attrs import field, frozen

from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.fitted import read_fitted
from quotecraft.speakers.linear import Features, LinearModel, load_models, softmax
from quotecraft.speakers.network import Network, load_networks
from quotecraft.speakers.trust import Check, Trust

__all__ = [
    "Choice",
    "Decider",
    "LinearDecider",
    "codes_of",
    "load_decider",
    "load_news_decider",
    "scores_of",
]

_UNKNOWN_PATTERN = 0.5


@frozen
class Choice:
    """The chosen candidate.

    Attributes:
        place: Its place among the candidates.
        probability: Probability in [0, 1] that it is right.
        reasons: Names of the features that spoke most for it, strongest first.
    """

    place: int
    probability: float
    reasons: tuple[str, ...] = ()


class Decider(Protocol):
    """Chooses among candidates; a trained scorer can take the place of the linear one."""

    def choose(self, situation: str, evidence: Sequence[Evidence]) -> Choice | None:
        """Return the best candidate, ``None`` when there is none.

        Args:
            situation: ``"pronoun"``, ``"description"`` or ``"implicit"``.
            evidence: The evidence on each candidate.
        """
        ...

    def pattern(self, name: str) -> float:
        """Return the probability that a link made by a named pattern is right."""
        ...

    def network(self, situation: str) -> Network | None:
        """Return the network that ranks in a situation; without one there's no search."""
        ...

    def trusted(self, situation: str, probability: float, check: Check) -> float:
        """Return the probability of a choice, corrected by what a document's check shows."""
        ...

    def sureness(self, features: Features) -> float | None:
        """Return the probability of a finished link, ``None`` where no model tells it."""
        ...


@frozen
class LinearDecider:
    """The fitted decider.

    Attributes:
        models: One ranking model a situation.
        networks: Networks that rank in place of the models, by situation.
        levels: For each situation, softmax levels and the share right at each.
        patterns: Probability of each pattern.
        trust: How probabilities follow what a search finds about itself in a document.
    """

    models: Mapping[str, LinearModel]
    networks: Mapping[str, Network] = field(factory=dict)
    levels: Mapping[str, Sequence[tuple[float, float]]] = field(factory=dict)
    patterns: Mapping[str, float] = field(factory=dict)
    trust: Trust = field(factory=Trust)

    def choose(self, situation: str, evidence: Sequence[Evidence]) -> Choice | None:
        """Return the best candidate, ``None`` when there is none; see ``Decider``."""
        scorer, situation = self.scorer(situation)
        if scorer is None or not evidence:
            return None
        candidates = [item.features for item in evidence]
        shares = softmax(scores_of(scorer, candidates))
        place = max(range(len(shares)), key=lambda number: (shares[number], -number))
        probability = _corrected(self.levels.get(situation, ()), shares[place])
        if isinstance(scorer, Network):
            gains = scorer.gains(candidates, place)
        else:
            gains = _gains(scorer, candidates, place)
        return Choice(place, probability, _reasons(gains))

    def scorer(self, situation: str) -> tuple[Network | LinearModel | None, str]:
        """Return what ranks in a situation, and the situation that it was fitted on.

        Args:
            situation: Such as ``"implicit"``, or ``"implicit:again"`` once all turns are known;
                without weights of its own the latter is ranked as the former.
        """
        if situation in self.networks:
            return self.networks[situation], situation
        if situation not in self.models:
            situation = situation.partition(":")[0]
        return self.models.get(situation), situation

    def network(self, situation: str) -> Network | None:
        """Return the network that ranks in a situation; without one there's no search."""
        return self.networks.get(situation)

    def pattern(self, name: str) -> float:
        """Return the probability that a link made by a named pattern is right."""
        return self.patterns.get(name, _UNKNOWN_PATTERN)

    def trusted(self, situation: str, probability: float, check: Check) -> float:
        """Return the probability of a choice, corrected by what a document's check shows."""
        return self.trust.corrected(situation, probability, check)

    def sureness(self, features: Features) -> float | None:
        """Return the probability of a finished link, ``None`` where no model tells it."""
        model = self.models.get("sure")
        if model is None:
            return None
        return 1 / (1 + math.exp(-model.score(features)))


def scores_of(scorer: Network | LinearModel, candidates: Sequence[Features]) -> list[float]:
    """Return the score of each candidate.

    Args:
        scorer: What scores.
        candidates: Their features.
    """
    if isinstance(scorer, Network):
        return scorer.scores(candidates)
    return [scorer.score(features) for features in candidates]


def _corrected(levels: Sequence[tuple[float, float]], share: float) -> float:
    """Return the share right at a softmax level, by straight lines between the measured levels."""
    if not levels:
        return share
    place = bisect_right(levels, share, key=lambda level: level[0])
    if place == 0:
        return levels[0][1]
    if place == len(levels):
        return levels[-1][1]
    (low, right_low), (high, right_high) = levels[place - 1], levels[place]
    part = (share - low) / (high - low) if high > low else 0.0
    return right_low + part * (right_high - right_low)


def _gains(model: LinearModel, candidates: Sequence[Features], place: int) -> dict[str, float]:
    """Return how much each feature sets one candidate apart from the mean of the others."""
    rest = [features for number, features in enumerate(candidates) if number != place]
    gains: dict[str, float] = {}
    for name, value in candidates[place].items():
        mean = sum(other.get(name, 0.0) for other in rest) / len(rest) if rest else 0.0
        row = model.weights.get(name)
        if row is not None:
            gains[name] = row[0] * (value - mean)
    return gains


def _reasons(gains: Mapping[str, float]) -> tuple[str, ...]:
    """Return the features that spoke for the winner, strongest first."""
    ordered = sorted(gains.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, gain in ordered if gain > 0.2)


# What a feature says in a public evidence code, by the beginning of its name.
_CODES = (
    ("alternation", "alternation"),
    ("turn-1", "same-speaker"),
    ("turn", "alternation"),
    ("vocative", "vocative"),
    ("called", "vocative"),
    ("addressee", "addressee"),
    ("before:", "continuation"),
    ("behind:", "continuation"),
    ("news:last", "continuation"),
    ("beat:gender", "gender"),
    ("lead:gender", "gender"),
    ("gender", "gender"),
    ("agreeing", "gender"),
    ("beat", "action-beat"),
    ("after", "action-beat"),
    ("lead", "lead-in"),
    ("open", "continuation"),
    ("named", "alternation"),
    ("part", "frequency"),
    ("said", "frequency"),
    ("narrator", "narrator"),
    ("described-before", "described-before"),
    ("unnamed", "unnamed"),
    ("rank", "recency"),
    ("distance", "recency"),
    ("sentence", "recency"),
    ("count", "frequency"),
    ("prominence", "frequency"),
    ("spoken", "frequency"),
    ("subject", "subject"),
)
_MOST_CODES = 3


def codes_of(reasons: Sequence[str]) -> list[str]:
    """Return evidence codes for the features that decided, strongest first.

    Args:
        reasons: Names of features, as ``Choice.reasons`` gives them.
    """
    codes: dict[str, None] = {}
    for reason in reasons:
        code = next((code for start, code in _CODES if reason.startswith(start)), None)
        if code is not None:
            codes.setdefault(code)
    return list(codes)[:_MOST_CODES]


@cache
def load_news_decider() -> LinearDecider:
    """Return the decider that ships with quotecraft for news and other factual prose."""
    base = load_decider()
    table = read_fitted("speakers_news")
    return LinearDecider(
        models={**base.models, **load_models("speakers_news")},
        levels={**base.levels, **_levels(table)},
        patterns={**base.patterns, **table["patterns"]},
    )


def _levels(table: Mapping[str, Any]) -> dict[str, list[tuple[float, float]]]:
    return {
        situation: [(float(level), float(share)) for level, share in pairs]
        for situation, pairs in table["levels"].items()
    }


@cache
def load_decider() -> LinearDecider:
    """Return the decider that ships with quotecraft; it is fitted on novels."""
    table = read_fitted("speakers")
    return LinearDecider(
        models=load_models("speakers"),
        networks=load_networks(),
        levels=_levels(table),
        patterns={name: float(share) for name, share in table["patterns"].items()},
        trust=Trust(**table["trust"]) if "trust" in table else Trust(),
    )
