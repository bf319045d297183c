"""Counts, names and short texts for the display."""

from hypothesis import given
from hypothesis import strategies as st

from quotecraft.display.clean import excerpt, shorten
from quotecraft.display.summary import overview
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId
from tests.display.sample import article
from tests.strategies import documents, texts


def _labels(*speakers: tuple[str, tuple[str, ...]]) -> list[str]:
    people = [Speaker(SpeakerId(f"s{n}"), name, aliases=a) for n, (name, a) in enumerate(speakers)]
    return [voice.label for voice in overview(Document("d", "", speakers=people)).voices]


def test_words_are_counted_by_speaker() -> None:
    """Speakers come by their words, most first, and the unknown last."""
    voices = overview(article()).voices
    counted = [(voice.name, voice.quotes, voice.words) for voice in voices]
    assert counted[0] == ("Ana Ruiz", 3, 56)
    assert counted[4] == ("Tom Achterberg", 3, 19)
    assert counted[-1] == ("unknown speaker", 1, 7)


def test_words_with_apostrophes_and_hyphens_are_one() -> None:
    """An apostrophe or a hyphen inside a word doesn't part it; a dash does."""
    text = "“Don't—it’s a forty-tonne lorry!”"
    quote = Quote(QuoteId("q"), QuoteKind.DIRECT, [Span(0, len(text))])
    view = overview(Document("d", text, quotes=[quote]))
    assert (view.words, view.quoted, view.voices[0].words) == (5, 5, 5)


def test_nested_words_count_once_in_the_whole() -> None:
    """Words quoted within a quotation count for both speakers, but once among the quoted words."""
    quotes = [
        Quote(QuoteId("q1"), QuoteKind.DIRECT, [Span(0, 7)]),
        Quote(QuoteId("q2"), QuoteKind.DIRECT, [Span(2, 5)], parent=QuoteId("q1")),
    ]
    view = overview(Document("d", "a b c d e", quotes=quotes))
    assert view.voices[0].words == 6
    assert (view.words, view.quoted) == (5, 4)


@given(documents())
def test_shares_sum_to_one(document: Document) -> None:
    """The speakers' shares sum to one, or to none where nobody says a word."""
    view = overview(document)
    total = sum(voice.share for voice in view.voices)
    assert abs(total - (1.0 if any(v.words for v in view.voices) else 0.0)) < 1e-9
    assert len(document.quotes) == sum(voice.quotes for voice in view.voices)
    assert view.quoted <= view.words


def test_surname_is_the_label() -> None:
    """A speaker is labelled with the shortest alias that ends the name."""
    assert _labels(("Ana Maria Ruiz", ("Ana", "Maria Ruiz", "Ruiz", "she"))) == ["Ruiz"]


def test_shared_surname_is_no_label() -> None:
    """An alias that two speakers share labels neither."""
    labels = _labels(("Ana Ruiz", ("Ruiz",)), ("Leo Ruiz", ("Ruiz",)))
    assert labels == ["Ana Ruiz", "Leo Ruiz"]


def test_other_names_are_no_label() -> None:
    """An alias with words that the name lacks doesn't label a speaker."""
    assert _labels(("Ana Ruiz", ("the engineer", "Doctor Ruiz"))) == ["Ana Ruiz"]


def test_article_may_begin_a_label() -> None:
    """A leading "the" doesn't keep a part of a name from being the label."""
    assert _labels(("Harbour Authority", ("the authority",))) == ["the authority"]


def test_nameless_speaker_has_a_name() -> None:
    """A speaker whose name is blank is shown as unnamed."""
    assert _labels((" \n", ())) == ["unnamed speaker"]


@given(texts(), st.integers(2, 40))
def test_shorten_keeps_the_limit(text: str, limit: int) -> None:
    """A shortened text is one line, no longer than asked, and ends in "…" only when cut."""
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == " ".join(short.split())
    flat = " ".join(text.split())
    assert flat.startswith(short) or flat.startswith(short[:-1])


@given(texts(), st.lists(st.integers(0, 60), max_size=8), st.integers(2, 40))
def test_excerpt_keeps_the_limit(text: str, cuts: list[int], limit: int) -> None:
    """An excerpt of any spans is no longer than asked."""
    edges = sorted({cut for cut in cuts if cut <= len(text)})
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    assert len(excerpt(text, spans, limit)) <= limit


def test_excerpt_joins_pieces() -> None:
    """The pieces of a quotation are joined by an ellipsis."""
    assert excerpt("“A,” she said. “B.”", [Span(0, 4), Span(15, 19)], 40) == "“A,” … “B.”"
