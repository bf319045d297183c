"""Names, descriptions and narration in stories: who is whom, who comes in, how people speak."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import pytest
from attrs import evolve

from quotecraft.model import MentionKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.epithets import epithets, families, married, meetings
from quotecraft.speakers.focus import Seen, antecedents
from quotecraft.speakers.grouping import group_names
from quotecraft.speakers.mending import mend_sources
from quotecraft.speakers.mentions import read_source
from quotecraft.speakers.name_index import NameIndex
from quotecraft.speakers.name_kinds import decide_kinds
from quotecraft.speakers.names import find_names
from quotecraft.speakers.narrator import find_narrator
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit, build_units, group_turns
from quotecraft.speakers.voices import Voices
from tests.speakers.sample import names, quoted, span, words_of


def _index(text: str) -> NameIndex:
    words = words_of(text)
    mentions = find_names(words)
    kinds = decide_kinds(words, mentions)
    return NameIndex.of(words, mentions, kinds)


def test_a_title_that_nobody_bears_is_a_name() -> None:
    """Who is only ever called "the General" goes by that."""
    index = _index("They saw the General. " + "It was late, and the General slept. " * 6)
    assert epithets(index.words, index.mentions, index.kinds) == [("general",)]


def test_a_title_that_somebody_bears_is_no_name() -> None:
    """The title points to Admiral Lee, who is named as often."""
    text = "Admiral Lee came. Admiral Lee sat. " + "It was late, and the Admiral slept. " * 6
    index = _index(text)
    assert epithets(index.words, index.mentions, index.kinds) == []


def test_families_speak_with_no_voice() -> None:
    """The Bakers are nobody where Mr. Baker is somebody; the Alps aren't his."""
    text = "Mr. Baker came. They called on the Bakers. Then the Bakers saw the Alps."
    index = _index(text)
    kinds = {**index.kinds, ("baker",): NameKind.PERSON}
    assert families(index.words, index.mentions, kinds) == [("bakers",)]


def test_who_answers_whom_are_two() -> None:
    """Named speakers of neighbouring paragraphs, and whom one calls by name, are two people."""
    text = "“Come, Mrs. Hale,” said Lucy.\n\n“I will,” said Mrs. Hale.\n\nIt rained."
    index = _index(text)
    found = meetings(index, quoted(text, ["Lucy", "Mrs. Hale"]))
    pairs = {tuple(index.mentions[place].core[-1] for place in pair) for pair in found}
    assert pairs == {("Lucy", "Hale")}


def _people(text: str, sources: Sequence[str | None] = ()) -> list[set[str]]:
    """Return the forms of name, titles included, of each person of a story."""
    words = words_of(text)
    mentions = find_names(words)
    kinds = dict.fromkeys(decide_kinds(words, mentions), NameKind.PERSON)
    index = NameIndex.of(words, mentions, kinds)
    strangers = meetings(index, quoted(text, sources))
    entities, _ = group_names(words, mentions, kinds, strangers)
    married(entities)
    return [set(entity.titled) for entity in entities]


def test_a_mother_and_a_daughter_stay_apart() -> None:
    """Who talks to Lucy Hale isn't Lucy Hale; without the talk she might be."""
    told = "Lucy Hale sat down. Mrs. Hale sat, too. "
    talk = "“Come,” said Mrs. Hale.\n\n“No,” said Lucy Hale.\n\n“Why?” said Mrs. Hale."
    assert _people(told) == [{"Lucy Hale", "Mrs. Hale"}]
    sources = ["Mrs. Hale", "Lucy Hale", "Mrs. Hale"]
    assert _people(f"{told}\n\n{talk}", sources) == [{"Lucy Hale"}, {"Mrs. Hale"}]


def test_a_wife_keeps_her_title() -> None:
    """Who is only named by her husband's name is not called as he is."""
    text = "Mr. Henry Hale was out. Mrs. Henry Hale was in. Mrs. Hale slept."
    words = words_of(text)
    mentions = find_names(words)
    kinds = dict.fromkeys(decide_kinds(words, mentions), NameKind.PERSON)
    entities, _ = group_names(words, mentions, kinds)
    married(entities)
    assert [set(entity.names) for entity in entities] == [
        {"Henry Hale"},
        {"Mrs. Henry Hale", "Mrs. Hale"},
    ]


def test_ranks_part_a_family() -> None:
    """General Hale isn't Captain Ben Hale, each named with his rank again and again."""
    text = "Captain Ben Hale came in. " + "It was late. General Hale sat. Captain Hale ate. " * 4
    assert _people(text) == [{"Captain Ben Hale", "Captain Hale"}, {"General Hale"}]


def test_a_knight_goes_by_his_given_name() -> None:
    """Sir Walter Hale isn't his heir, William Walter Hale."""
    text = "Sir Walter Hale sat. William Walter Hale came in. Sir Walter rose."
    assert _people(text) == [{"Sir Walter Hale", "Sir Walter"}, {"William Walter Hale"}]


def test_the_eldest_sister_has_the_surname() -> None:
    """Where there are "the Miss Hales", "Miss Hale" isn't Lucy Hale, but another."""
    text = "Lucy Hale came in. The Miss Hales were there. Miss Hale sat."
    assert {"Miss Hale"} in _people(text)
    assert {"Lucy Hale", "Miss Hale"} in _people(text.replace("The Miss Hales", "They"))


def test_a_rare_full_name_that_comes_late_is_another() -> None:
    """Who has been "Mary" all along isn't the Mary King that somebody mentions at the end."""
    text = "Mary sat. It was late. " * 12 + "Mary King was ill."
    assert _people(text) == [{"Mary"}, {"Mary King"}]
    assert _people("Mary King was ill. " + "Mary sat. It was late. " * 12) == [
        {"Mary King", "Mary"}
    ]


def test_a_shared_given_name_goes_to_who_is_called_by_it() -> None:
    """John is the boy, always named so, not the man who is mostly called Baker."""
    text = (
        "John Baker came. Baker sat. Baker ate. John Andrew ran in. John Andrew laughed. "
        "Baker rose. John slept."
    )
    assert _people(text) == [{"John Baker", "Baker"}, {"John Andrew", "John"}]


def test_pronouns_follow_the_subject_in_focus() -> None:
    """It goes on with the last man who was a subject, not with one who was merely named."""
    ann, ben, cy = Entity(NameKind.PERSON), Entity(NameKind.PERSON), Entity(NameKind.PERSON)
    ann.votes.add("f", 5)
    ben.votes.add("m", 5)
    cy.votes.add("m", 5)
    people = [Seen(0, ben, True), Seen(4, cy, False), Seen(8, ann, True), Seen(20, cy, True)]
    found = antecedents(people, [(6, "m"), (10, "f"), (12, "m"), (22, "m"), (300, "f")])
    assert [one.entity for one in found] == [ben, ann, ben, cy, None]


_VOICES = "“Aye, aye, lads,” said Ann. “I dare say it is so,” said Ben. “Aye,” he said."


def _heard(text: str) -> tuple[Voices, list[Unit], list[Entity]]:
    words = words_of(text)
    units = build_units(_index(text), (), quoted(text, ["Ann", "Ben", None]))
    people = [Entity(NameKind.PERSON), Entity(NameKind.PERSON)]
    voices = Voices(words)
    for unit, speaker in zip(units, [*people, None], strict=True):
        voices.hear(unit, speaker)
    return voices, units, people


def test_a_voice_is_a_comparison_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The score is naive Bayes over the words, against all that is said."""
    monkeypatch.setattr("quotecraft.speakers.voices._LEAST", 1)
    voices, units, people = _heard(_VOICES)
    said = Counter(["aye", "aye", "lads", "i", "dare", "say", "it", "is", "so", "aye"])
    share = (said["aye"] + 0.5) / (said.total() + 1)
    expected = [
        math.log((count + 300 * share) / (size + 300) / share) for count, size in ((2, 3), (0, 6))
    ]
    assert voices.compare(units[2], people) == pytest.approx(expected)


def test_nobody_is_known_by_the_words_in_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quotation that a voice was learned from counts for nothing when it's compared itself."""
    monkeypatch.setattr("quotecraft.speakers.voices._LEAST", 1)
    voices, units, people = _heard(_VOICES)
    own, other = voices.compare(units[0], people)
    assert own is None  # she says nothing else
    assert other is not None
    assert other < 0


@pytest.mark.parametrize(
    ("text", "source", "told"),
    [
        ("“No,” Mr. Baker more than once said.", "Mr. Baker more", "Mr. Baker"),
        ("“No,” said Ann Baker’s voice.", "Ann Baker’s voice", "Ann Baker"),
        ("“No,” said his lips.", "his lips", "his"),
        ("“No,” she said after a moment.", "a moment", None),
        ("“No,” it said.", "it", None),
        ("“No,” said the old woman.", "the old woman", "the old woman"),
        ("“No,” said Ann Baker’s mother.", "Ann Baker’s mother", "Ann Baker’s mother"),
    ],
)
def test_sources_are_mended(text: str, source: str, told: str | None) -> None:
    """Words too many, parts of the body and what is nobody are told from people."""
    words = words_of(text)
    mentions = find_names(words, (span(text, source),))
    index = NameIndex.of(words, mentions, decide_kinds(words, mentions))
    kinds = dict.fromkeys(index.kinds, NameKind.PERSON)
    index = NameIndex.of(words, mentions, kinds)
    read = read_source(index, span(text, source))
    unit = Unit(0, 0, 5, span(text, source).start, 0, 0, True, False, source=read)
    mend_sources(index, [unit])
    assert (None if unit.source is None else unit.source.text) == told
    if told == "his" and unit.source is not None:
        assert unit.source.kind is MentionKind.PRONOUN
    if told is None:
        assert unit.anchor == unit.start


def test_her_mother_is_not_herself() -> None:
    """The owner of a kinship isn't the one it names; a bearer of the family's name may be."""
    text = (
        "Mrs. Hale looked up when Lucy Hale came in. Mrs. Hale was glad. She was tired.\n\n"
        "“It rains,” said Lucy.\n\n“A little,” said her mother.\n\n“Much,” said Lucy.\n\n"
        "“Then sit,” said Mrs. Hale."
    )
    found = names(text, ["Lucy", "her mother", "Lucy", "Mrs. Hale"])
    assert found[1] != "Lucy Hale"


def test_a_narrator_may_tell_their_name() -> None:
    """Who says "My name is Abel Lee" in their own words narrates."""
    text = (
        "I knocked.\n\n“Who is it?” said Ann.\n\n“I wrote,” I said. “My name is Abel Lee.”\n\n"
        "“Well,” said Ann.\n\n“I am late,” I said."
    )
    index = _index(text)
    people = [Entity(NameKind.PERSON, first=number) for number in range(len(index.mentions))]
    sources = ["Ann", "I", None, "Ann", "I"]
    made = build_units(index, people, quoted(text, sources))
    lee = next(n for n, mention in enumerate(index.mentions) if "Lee" in mention.core)
    made[2] = evolve(made[2], source=made[1].source)  # one turn: the detector joins its pieces
    assert find_narrator(index, people, made, group_turns(made)) is people[lee]
    assert find_narrator(index, people, made[:2], group_turns(made[:2])) is not people[lee]


def test_a_narrator_may_name_themself_in_the_narration() -> None:
    """Whom the narration says they are called is who narrates."""
    text = "Call me Abel. I went to sea, and I saw Ben. “Well?” said Ben.\n\n“No,” I said."
    index = _index(text)
    people = [Entity(NameKind.PERSON, first=number) for number in range(len(index.mentions))]
    made = build_units(index, people, quoted(text, ["Ben", "I"]))
    assert index.mentions[0].core == ("Abel",)
    assert find_narrator(index, people, made, group_turns(made)) is people[0]


def test_one_letter_makes_no_narrator() -> None:
    """Where "I" is next to never said outside quotation marks, nobody narrates."""
    told = "It rained on the hills, and the men went home in the dark. " * 30
    text = f"{told}\n\n“Come,” I said.\n\n“I will,” said Ben."
    for there, wanted in ((text, True), (text.removeprefix(told), False)):
        index = _index(there)
        people = [Entity(NameKind.PERSON, first=number) for number in range(len(index.mentions))]
        made = build_units(index, people, quoted(there, ["I", "Ben"]))
        assert (find_narrator(index, people, made, group_turns(made)) is None) == wanted


def test_the_general_is_not_his_son() -> None:
    """General Hale and Mr. Hale, each named often, are two; once only, they may be one."""
    for often, people in ((4, 2), (1, 1)):
        index = _index("General Hale came. It was late. Mr. Hale sat down. He slept. " * often)
        kinds = dict.fromkeys(index.kinds, NameKind.PERSON)
        entities, _ = group_names(index.words, index.mentions, kinds)
        assert len(entities) == people


def test_who_speaks_again_and_again_is_a_person() -> None:
    """A name that looks like a firm's is a person's where it speaks in turn with a narrator."""
    text = (
        "I had seen little of Holmes lately. I rang the bell, and I was shown up.\n\n"
        "“You are well,” he said. “I think, Jack, that you are.”\n\n“Am I?” I said.\n\n"
        "“You are, Jack.”\n\n“How do you know?”\n\n“I see it,” said Holmes.\n\n"
        "“Do you?” I said.\n\n“I do,” said Holmes."
    )
    found = names(text, ["he", "he", "I", None, None, "Holmes", "I", "Holmes"])
    assert found == ["Holmes", "Holmes", "Jack", "Holmes", "Jack", "Holmes", "Jack", "Holmes"]
