"""What coreference by another source does to speakers, in news and in stories."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from attrs import evolve, frozen
from hypothesis import given

import quotecraft
from quotecraft.detect.interfaces import Attribution
from quotecraft.model import Document, Sentence, Span
from quotecraft.parse.interfaces import Chain
from quotecraft.speakers.resolver import RuleResolver
from tests.strategies import texts

PIPE = quotecraft.load()


@frozen
class Told:
    """A source of coreference that says what a test tells it.

    Attributes:
        mentions: For each chain its mentions: words, and which occurrence of them from 0.
        reliability: How often it is right.
    """

    mentions: Sequence[Sequence[tuple[str, int]]] = ()
    reliability: float = 0.8
    name: str = "told"

    def chains(self, text: str, sentences: Sequence[Sentence]) -> tuple[Chain, ...]:
        """Return the chains."""
        found = []
        for mentions in self.mentions:
            spans = [self._place(text, words, number) for words, number in mentions]
            found.append(Chain(tuple(sorted(spans)), spans[0]))
        return tuple(found)

    def _place(self, text: str, words: str, number: int) -> Span:
        places = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
        return Span(*places[number].span())


def _read(text: str, *mentions: Sequence[tuple[str, int]], reliability: float = 0.8) -> Document:
    resolver = PIPE.resolver
    assert isinstance(resolver, RuleResolver)
    told = Told(mentions, reliability)
    return evolve(PIPE, resolver=resolver.using(told))(text)


def _names(document: Document) -> list[str | None]:
    return [quote.speaker_name for quote in document.quotes]


@given(texts())
def test_without_chains_nothing_changes(text: str) -> None:
    """A source that finds no chain changes no quotation, speaker or confidence."""
    assert evolve(_read(text), model="") == evolve(PIPE(text), model="")


def test_the_source_is_named_in_the_model() -> None:
    """Document.model tells which source of coreference was asked, and is as before without."""
    names = RuleResolver().name, RuleResolver(coreference=Told()).name
    assert names[1] == f"{names[0]}+told"


AUDIT = (
    "Ana Ruiz met Eva Lund in the town hall on Monday. The talks lasted for two hours.\n\n"
    "She said that the bridge would be closed in May."
)
_EVA = (("Eva Lund", 0), ("She", 0))
_ANA = (("Ana Ruiz", 0), ("She", 0))


def test_news_a_pronoun_goes_where_chain_and_ranking_agree() -> None:
    """Who our ranking names is surer when a chain says so, too, and the evidence tells why."""
    (alone,) = PIPE(AUDIT).quotes
    mine = _ANA if alone.speaker_name == "Ana Ruiz" else _EVA
    document = _read(AUDIT, mine)
    (quote,) = document.quotes
    assert quote.speaker_name == alone.speaker_name == mine[0][0]
    assert quote.confidence.speaker > alone.confidence.speaker
    assert f"coref:She={mine[0][0]}→{quote.speaker}" in quote.evidence


def test_news_a_sure_chain_decides_and_a_weak_one_only_casts_doubt() -> None:
    """Where they disagree the surer one decides, and the result is less sure than either."""
    (alone,) = PIPE(AUDIT).quotes
    other = _EVA if alone.speaker_name == "Ana Ruiz" else _ANA
    (sure,) = _read(AUDIT, other, reliability=0.99).quotes
    (weak,) = _read(AUDIT, other, reliability=0.3).quotes
    assert sure.speaker_name == other[0][0]
    assert sure.confidence.speaker < 0.99
    assert weak.speaker_name in (alone.speaker_name, None)
    assert weak.confidence.speaker < alone.confidence.speaker
    assert any(code.startswith("coref-against:She=") for code in weak.evidence)


def test_news_a_chain_decides_where_nobody_was_named() -> None:
    """A description that only knowledge of the world joins to its name gets the name."""
    text = (
        "Kilmore Foods closed its plant in Derry on Friday. Hundreds lost their jobs.\n\n"
        "“We had no choice,” the sausage maker said in a letter."
    )
    before, after = PIPE(text), _read(text, (("Kilmore Foods", 0), ("the sausage maker", 0)))
    assert ("the sausage maker", "Kilmore Foods") == (_names(before)[0], _names(after)[0])
    assert after.quotes[0].confidence.speaker == pytest.approx(0.8)


STORY = (
    "Tom Hale put the lamp on the table. Nora Byrne sat by the fire and would not look at him.\n\n"
    "“I waited for an hour.”\n\n“The train was late.”\n\n“My coat is soaked.”\n\n"
    "“Then hang it up,” said Tom Hale."
)


def test_fiction_who_says_i_is_whom_the_chain_names() -> None:
    """A quotation without a source is theirs whose chain holds its "I"."""
    chain = (("Nora Byrne", 0), ("I", 0), ("My", 0))
    document = _read(STORY, chain, reliability=0.95)
    names = _names(document)
    assert ["Nora Byrne", "Nora Byrne", "Tom Hale"] == [names[0], names[2], names[3]]
    assert f"coref:I=Nora Byrne→{document.quotes[0].speaker}" in document.quotes[0].evidence


def test_fiction_the_i_of_a_named_speaker_tells_whom_a_chain_means() -> None:
    """A chain that holds no name but an "I" of somebody named is about them."""
    text = STORY.replace("Then hang it up", "Then hang up mine")
    document = _read(text, (("I", 0), ("My", 0), ("mine", 0)), reliability=0.95)
    names = _names(document)
    assert ["Tom Hale"] * 3 == [names[0], names[2], names[3]]


def test_the_unnamed_of_one_chain_are_one_speaker() -> None:
    """Descriptions and pronouns that a chain joins are one speaker, though nobody names them."""
    text = (
        "A boy in a green coat stood at the counter. An old man came down the stairs.\n\n"
        "“Is there a room?” the boy asked.\n\n“For one night?” the old man asked.\n\n"
        "The wind shook the windows. “For a week,” he said."
    )
    boy = (("A boy in a green coat", 0), ("the boy", 0), ("he", 0))
    man = (("An old man", 0), ("the old man", 0), ("he", 0))
    for chain, same, other in ((boy, 0, 1), (man, 1, 0)):
        speakers = [q.speaker for q in _read(text, chain, reliability=0.99).quotes]
        assert speakers[2] is not None
        assert (speakers[2] == speakers[same], speakers[2] == speakers[other]) == (True, False)


def test_names_of_one_chain_are_one_person() -> None:
    """A first name and a surname that never meet are one person's where a chain joins them."""
    text = (
        "“Come in,” said Tom. The rain had stopped.\n\n“Thank you,” said Nora. She sat down.\n\n"
        "“It is late,” said Mr. Hale. The clock struck."
    )
    document = _read(text, (("Tom", 0), ("Mr. Hale", 0)))
    first, second, third = (quote.speaker for quote in document.quotes)
    assert (first == third, first == second) == (True, False)


def test_names_that_contradict_are_never_joined() -> None:
    """Full names, or names of one sentence, stay two people's, and so does one not in the other."""
    text = (
        "“Come in,” said Tom Hale. “Thank you,” said Nora Byrne. Mr. Orme and Lee came, too.\n\n"
        "“Hello,” said Lee. “Hello,” said Mr. Orme.\n\n“Good night,” said Abel."
    )
    chains = (("Tom Hale", 0), ("Nora Byrne", 0), ("Abel", 0)), (("Lee", 0), ("Mr. Orme", 0))
    assert 5 == len({quote.speaker for quote in _read(text, *chains).quotes})


def test_a_shared_surname_goes_where_its_chain_says() -> None:
    """Of two people with one surname, the chain tells which of them a short form means."""
    text = (
        "Ana Ruiz founded the firm. Ben Ruiz runs it today, and nothing has changed.\n\n"
        "“Nothing will,” Ruiz said."
    )
    for name in ("Ana Ruiz", "Ben Ruiz"):
        assert [name] == _names(_read(text, ((name, 0), ("Ruiz", 2))))


def test_a_narrator_gets_the_name_of_their_chain() -> None:
    """Who says "I" in the narration is called by the name that the same chain holds."""
    text = (
        "I opened the door and looked out. The yard was empty, and I was cold.\n\n"
        "“Who is there?” I asked.\n\n“Only the wind, Abel,” my sister said. I believed her.\n\n"
        "“Good night, then,” I said."
    )
    told = [("I", n) for n in range(5)]
    document = _read(text, (*told, ("Abel", 0)))
    assert ["Abel", "Abel"] == [_names(document)[0], _names(document)[2]]


def test_a_paper_or_a_body_is_no_person() -> None:
    """What a chain says is left alone where the kinds of source and speaker contradict."""
    for source in ("The report", "The ministry", "It"):
        text = f"Ana Ruiz closed the bridge in May. {source} says that it was safe."
        document = _read(text, (("Ana Ruiz", 0), (source, 0)), reliability=0.95)
        assert _names(document) == _names(PIPE(text)) != ["Ana Ruiz"]


def test_several_people_are_never_one() -> None:
    """A source that stands for several, or nobody in particular, is not whom a chain names."""
    for source in ("Critics", "Residents", "People"):
        text = f"Ana Ruiz closed the bridge. {source} say that it was safe."
        document = _read(text, (("Ana Ruiz", 0), (source, 0)))
        assert _names(document) == _names(PIPE(text))


def test_a_chain_of_places_elsewhere_is_no_matter() -> None:
    """Mentions outside the attributions, and words that name nobody, are read without harm."""
    text = "“Yes,” Ana Ruiz said. It was, of course, cold."
    attributions: list[Attribution] = []
    told = Told([[(",", 0), (".", 0)], [("It", 0), ("cold", 0)]])
    assert () == RuleResolver(coreference=told).resolve(text, (), attributions).links
    assert ["Ana Ruiz"] == _names(_read(text, [("cold", 0), ("It", 0)]))


def test_a_name_beside_the_words_is_never_overruled() -> None:
    """Who says "I" makes a named speaker more or less sure, and nobody else the speaker."""
    text = "Ana Ruiz came in with Eva Lund. “I am late,” Ana Ruiz said."
    (alone,) = PIPE(text).quotes
    (same,) = _read(text, (("Ana Ruiz", 1), ("I", 0)), reliability=0.6).quotes
    (other,) = _read(text, (("Eva Lund", 0), ("I", 0)), reliability=0.6).quotes
    assert [alone.speaker_name] * 2 == [same.speaker_name, other.speaker_name] == ["Ana Ruiz"] * 2
    assert other.confidence.speaker < alone.confidence.speaker < same.confidence.speaker
    assert "coref-against:I=Eva Lund" in other.evidence
