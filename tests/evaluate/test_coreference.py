"""What gold coreference is worth: chains of the gold's own mentions through the same interface."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.coreference import with_mistakes
from quotecraft.cli import main
from quotecraft.errors import InputError
from quotecraft.evaluate.coreference import GoldCoreference, with_gold_coreference
from quotecraft.evaluate.given import Forced, gold_resolver
from quotecraft.model import Document, Mention, MentionKind, Span, Speaker, SpeakerId
from quotecraft.parse.interfaces import Chain
from quotecraft.speakers.resolver import RuleResolver

LINES = (
    "Nora Byrne sat by the fire .",
    "The lamp was out .",
    "“ I waited for an hour . ”",
    "“ The train was late , ” said Tom Hale .",
    "The clock on the wall struck nine .",
    "“ And my coat is soaked . ”",
)
TEXT = "\n".join(LINES)
QUOTES = (
    "QUOTE\tQ1\t2\t0\t2\t7\t“ I waited for an hour . ”",
    "QUOTE\tQ2\t3\t0\t3\t6\t“ The train was late , ”",
    "QUOTE\tQ3\t5\t0\t5\t7\t“ And my coat is soaked . ”",
    "ATTRIB\tQ1\tNora_Byrne-0",
    "ATTRIB\tQ2\tTom_Hale-1",
    "ATTRIB\tQ3\tNora_Byrne-0",
)
MENTIONS = (
    ("Nora_Byrne-0", "PROP_PER", "Nora Byrne"),
    ("Nora_Byrne-0", "PRON_PER", "I"),
    ("Nora_Byrne-0", "PRON_PER", "my"),
    ("Tom_Hale-1", "PROP_PER", "Tom Hale"),
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder as LitBank's: quotations, and the layer of coreference."""
    quotations, coref = tmp_path / "quotations" / "tsv", tmp_path / "coref" / "brat"
    quotations.mkdir(parents=True)
    coref.mkdir(parents=True)
    (quotations / "1_book_brat.txt").write_text(TEXT, encoding="utf-8")
    (quotations / "1_book_brat.ann").write_text("\n".join(QUOTES), encoding="utf-8")
    rows = []
    for entity, form, words in MENTIONS:
        start = TEXT.index(f" {words} ") + 1 if words != "Nora Byrne" else 0
        place = f"{start} {start + len(words)}\t{words}"
        rows += [f"T{len(rows)}\t{entity} {place}", f"T{len(rows) + 1}\t{form} {place}"]
    (coref / "1_book_brat.ann").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def _evaluate(corpus: Path, *options: str) -> dict:
    arguments = ["eval", "--gold", str(corpus), "--gold-format", "litbank", "--model", "en"]
    result = CliRunner().invoke(main, [*arguments, "--given", "--json", *options])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_gold_chains_tell_who_says_i(corpus: Path) -> None:
    """Given quotations and coreference, both of Nora's words are hers; the gold is the same."""
    alone, told = _evaluate(corpus), _evaluate(corpus, "--coreference", "gold")
    assert told["scores"]["speaker.b3"]["f1"] == 1
    assert alone["sha256"] == told["sha256"]
    assert "/given/coreference-gold|" in told["signature"]
    assert "+gold-coreference+given|" in told["signature"]


def test_chains_are_the_mentions_of_each_speaker() -> None:
    """Each speaker with several mentions is a chain whose representative is the longest name."""
    mentions = (
        Mention(Span(0, 3), MentionKind.PRONOUN),
        Mention(Span(4, 8), MentionKind.NAME),
        Mention(Span(9, 19), MentionKind.NAME),
    )
    speakers = (
        Speaker(SpeakerId("b"), "Ben", mentions=(Mention(Span(20, 23), MentionKind.NAME),)),
        Speaker(SpeakerId("a"), "Ana", mentions=mentions),
    )
    gold = Document("doc", "x" * 30, speakers=speakers)
    expected = Chain((Span(0, 3), Span(4, 8), Span(9, 19)), Span(9, 19))
    assert GoldCoreference(gold).chains(gold.text, ()) == (expected,)


def test_gold_without_mentions_is_refused() -> None:
    """A gold document that tells no coreference is named."""
    with pytest.raises(InputError, match="'doc' holds no coreference"):
        with_gold_coreference(RuleResolver(), Document("doc", "Yes."))


def test_a_resolver_without_coreference_is_refused() -> None:
    """Resolvers of other kinds are named."""
    with pytest.raises(InputError, match="takes no coreference"):
        with_gold_coreference(Forced(RuleResolver()), Document("doc", "Yes."))


def test_a_forced_choice_keeps_the_coreference() -> None:
    """Leaving no speaker open changes nothing in where chains come from."""
    source = GoldCoreference(Document("doc", "Yes."))
    forced = gold_resolver("forced", Document("doc", "Yes."), RuleResolver(coreference=source))
    assert isinstance(forced, Forced)
    assert "gold-coreference" in forced.name


def test_coreference_needs_a_model(corpus: Path) -> None:
    """Predictions from a file have none to give it to."""
    arguments = ["--gold", str(corpus), "--gold-format", "litbank", "--pred", "x.jsonl"]
    result = CliRunner().invoke(main, ["eval", *arguments, "--coreference", "gold"])
    assert (2, True) == (result.exit_code, "--coreference needs --model" in result.output)


def test_an_unknown_source_is_one_clear_line(tmp_path: Path) -> None:
    """The command line names the sources that there are."""
    article = tmp_path / "article.txt"
    article.write_text("“Yes,” Ana Ruiz said.", encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", str(article), "--coreference", "magic"])
    assert result.exit_code != 0
    assert "give 'stanza', or 'stanza:PACKAGE'" in result.output + str(result.exception)


def test_using_leaves_the_resolver_as_it_was() -> None:
    """A copy gets the source; the original has none, and nothing else differs."""
    resolver = RuleResolver(0.7)
    other = resolver.using(GoldCoreference(Document("doc", "Yes.")))
    assert (resolver.coreference, other.threshold, other.decider) == (None, 0.7, resolver.decider)
    assert other.using(None).name == resolver.name


@given(share=st.floats(0, 1))
def test_mistakes_move_mentions_and_lose_none(share: float) -> None:
    """Every mention is kept once and names stay; the same share and seed move the same ones."""
    kinds = [MentionKind.NAME, MentionKind.PRONOUN, MentionKind.DESCRIPTION]
    speakers = tuple(
        Speaker(
            SpeakerId(name),
            name,
            mentions=tuple(Mention(Span(n, n + 1), kinds[n % 3]) for n in range(start, 60, 2)),
        )
        for start, name in ((0, "a"), (1, "b"))
    )
    gold = Document("doc", "x" * 60, speakers=speakers)
    moved = with_mistakes(gold, share)
    assert moved == with_mistakes(gold, share)
    assert sorted(m.span for s in moved.speakers for m in s.mentions) == [
        Span(n, n + 1) for n in range(60)
    ]
    for before, after in zip(gold.speakers, moved.speakers, strict=True):
        names = {m for m in before.mentions if m.kind is MentionKind.NAME}
        assert names <= set(after.mentions)
        assert share > 0 or set(before.mentions) == set(after.mentions)
