"""What the narration around a turn, and a description, tell of each candidate of a story."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import define, field

from quotecraft.speakers.candidates import Candidates, Scene
from quotecraft.speakers.context import Narration, Sighting
from quotecraft.speakers.described import add_description
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.focus import Referring
from quotecraft.speakers.links import Observer
from quotecraft.speakers.mentions import NameIndex, SourceMention, read_source
from quotecraft.speakers.name_kinds import decide_kinds
from quotecraft.speakers.names import find_names
from quotecraft.speakers.passages import Passages
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.units import Unit
from tests.speakers.sample import quoted, sentences, span, words_of

_TEXT = """“Are you going?” said Ann.

“I may,” said Ben.

“You will!”

Cora came in and sat by Ann.

“Who are you?”

Ben laughed. Ann did not.

“You know me!” said Cora.
"""
_SOURCES = ["Ann", "Ben", None, None, "Cora"]


@define
class _Watcher(Observer):
    seen: dict[int, dict[str, dict[str, float]]] = field(factory=dict)

    def ranked(self, situation: str, unit: Unit, evidence: Sequence[Evidence]) -> None:
        self.seen[unit.number] = {
            next(iter(item.entity.names), ""): item.features for item in evidence
        }


def _watched() -> dict[int, dict[str, dict[str, float]]]:
    watcher = _Watcher()
    found = quoted(_TEXT, _SOURCES)
    RuleResolver().link(_TEXT, sentences(_TEXT), found, watcher)
    return watcher.seen


def test_only_who_comes_in_since_the_last_turn_is_told_by_it() -> None:
    """Cora enters as a subject, Ann is an object beside her, and Ben isn't named there."""
    told = _watched()[3]
    assert told["Cora"]["since:subject:first"] == told["Cora"]["since:first"] == 1.0
    assert told["Ann"]["since:last"] == 1.0
    assert "since:subject" not in told["Ann"]
    assert "since" not in told["Ben"]


def test_who_acts_behind_a_turn_is_told_by_it() -> None:
    """Ben laughs at what is said: he is the first subject behind it, and Ann comes later."""
    told = _watched()[3]
    assert told["Ben"]["next:first"] == told["Ben"]["next:subject"] == 1.0
    assert told["Ann"]["next"] == 1.0
    assert "next:subject" not in told["Ann"]


def test_a_search_leaves_the_shares_of_its_histories() -> None:
    """Whoever speaks in more of the histories has the higher share; all together have one."""
    told = _watched()[2]
    shares = {name: features.get("search", 0.0) for name, features in told.items()}
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-3)
    top = [name for name, features in told.items() if "search:top" in features]
    assert top == [max(shares, key=lambda name: shares[name])]


def test_a_pronoun_after_the_last_subject_is_the_latest() -> None:
    """A pronoun behind "Ann sat" tells more than one before it; gender counts as log-odds."""
    ann, ben = Entity(), Entity()
    ann.votes.add("f", 9)
    ben.votes.add("m", 9)
    sightings = [Sighting(10, ann, True, False)]
    early, late = Referring(5, "f", ann), Referring(12, "f", ann)
    for pronoun, latest in ((early, False), (late, True)):
        passages = Passages(sightings, [pronoun], (), (), [pronoun], 20)
        one: dict[str, float] = {}
        two: dict[str, float] = {}
        passages.add(one, ann)
        passages.add(two, ben)
        assert one["pro:since"] == 1.0
        assert ("pro:since:latest" in one) == latest
        assert one["since:gender"] == pytest.approx(-two["since:gender"])
        assert one["since:gender"] > 0
        assert "pro:since" not in two


def test_absence_counts_in_long_narration_only() -> None:
    """Who isn't named in a long passage before a turn is absent; in a short one nobody is."""
    for words, absent in ((200, True), (10, False)):
        features: dict[str, float] = {}
        Passages((), (), (), (), (), words).add(features, Entity())
        assert ("absent" in features) == absent


def _described(text: str, source: str) -> tuple[SourceMention, Narration, list[Entity]]:
    words = words_of(text)
    mentions = find_names(words)
    index = NameIndex.of(words, mentions, decide_kinds(words, mentions))
    owners: dict[str, Entity] = {}
    for name in index.mentions:
        entity = owners.setdefault(" ".join(name.core), Entity())
        entity.names[" ".join(name.core)] += 1
        entity.titled[" ".join((*name.title, *name.core))] += 1
        entity.votes.add("m" if name.core[0] == "Ben" else "f", 5)
    people = [owners[" ".join(name.core)] for name in index.mentions]
    mention = read_source(index, span(text, source))
    assert mention is not None
    return mention, Narration.of(index, people, (), None), list(owners.values())


def _told(text: str, source: str) -> list[dict[str, float]]:
    """Return the features that a description adds to each person named, and to nobody named."""
    mention, narration, people = _described(text, source)
    unnamed = Entity()
    evidence = [Evidence(entity, {}) for entity in (*people, unnamed)]
    anchor = narration.words.at(mention.span.start)
    candidates = Candidates(people, narration.before(anchor, 200), [], anchor)
    add_description(evidence, mention, narration, Scene((), 0), candidates, (unnamed, None))
    return [item.features for item in evidence]


def test_her_mother_is_of_her_family_and_not_herself() -> None:
    """The owner is Lucy Hale; Dora Hale has her surname, and Ben Lee has nothing of it."""
    lucy, dora, ben, unnamed = _told(
        "Lucy Hale saw Dora Hale and Ben Lee. She sat. Then her mother said no.", "her mother"
    )
    assert lucy["owner"] == 1.0
    assert "owner" not in dora
    assert dora["kin:surname"] == 1.0
    assert "kin:surname" not in ben
    assert unnamed["unnamed:kin"] == 1.0


def test_a_description_may_be_a_title() -> None:
    """The captain may be Captain Lee, whose title it is, rather than anybody else."""
    ben, ann, _ = _told("Captain Ben Lee met Ann Hale. Then the captain said no.", "the captain")
    assert ben["title"] == 1.0
    assert "title" not in ann
