"""Hypothesis strategies for valid documents, odd texts included."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from quotecraft.model import (
    Confidence,
    Document,
    Level,
    Mention,
    MentionKind,
    Quote,
    QuoteId,
    QuoteKind,
    Span,
    Speaker,
    SpeakerId,
    SpeakerKind,
    Stance,
)

# A busy machine must not fail a test: no test of ours is about time.
settings.register_profile(
    "quotecraft", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quotecraft")

ODD_PIECES = [
    "“",
    "”",
    "''",
    "``",
    '"',
    "’",
    "«",
    "\n",
    "\r\n",
    "\n\n",
    "\r",
    "\t",
    "\x00",
    "\x0b",
    "\x1f",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udc00",
    "\ud83d\ude00",  # two surrogates, not the one character they spell in UTF-16
    "😀",
    "👩‍👩‍👧",
    "e\u0301",
    "שלום",
    "\u202e",
    "]]>",
    "<p>&amp;",
    "=1+1",
    " ",
    "said",
    "Ana Ruiz",
    "-->",
]

KNOWN_FIELDS = {  # names that unknown fields can't have
    "schema", "sha256", "id", "text", "metadata", "sentences", "quotes", "speakers", "model",
    "kind", "content", "cue", "cue_lemma", "stance", "source", "speaker", "addressee", "parent",
    "level", "confidence", "evidence", "name", "aliases", "roles", "pronouns", "mentions",
    "members", "span", "surrogate_pairs",
}  # fmt: skip


ROLES = ["content", "cue", "source", None]
CHANCES = [0.0, 1.0, 0.5, 1 / 3, 0.97, 5e-324]

_odd = st.sampled_from(ODD_PIECES)
_words = _odd | st.text(st.characters(), max_size=6)
_texts = st.lists(_odd | st.text(st.characters(), max_size=8), max_size=14).map("".join)
_scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _words
)
_keys = st.text("abcxyz_é", min_size=1, max_size=5).filter(lambda key: key not in KNOWN_FIELDS)
_json = _scalars | st.lists(_scalars, max_size=2) | st.dictionaries(_keys, _scalars, max_size=2)
_unknown = st.dictionaries(_keys, _json, max_size=2)
_some_unknown = st.just({}) | _unknown
_few_words = st.lists(_words, max_size=2)


def texts() -> st.SearchStrategy[str]:
    """Texts of any characters at all, rich in what breaks parsers."""
    return _texts


def words() -> st.SearchStrategy[str]:
    """Short strings of any characters, for names, lemmas and codes."""
    return _words


def unknown_fields() -> st.SearchStrategy[dict[str, Any]]:
    """Fields of an interchange record that no version knows yet, with values JSON keeps exactly."""
    return _unknown


def _ids(draw: Callable[..., Any], prefix: str, most: int) -> list[str]:
    plain = [f"{prefix}{number}" for number in range(1, draw(st.integers(0, most)) + 1)]
    odd = draw(_words)
    return [odd, *plain[1:]] if plain and odd not in plain else plain


def _speaker(draw: Callable[..., Any], speaker_id: str, size: int, others: list[str]) -> Speaker:
    cuts = draw(st.lists(st.integers(0, size), max_size=6))
    spans = sorted(
        Span(*sorted(p)) for p in zip(cuts[::2], cuts[1::2], strict=False) if len({*p}) == 2
    )
    return Speaker(
        id=SpeakerId(speaker_id),
        name=draw(_words),
        kind=draw(st.sampled_from(SpeakerKind)),
        aliases=draw(_few_words),
        roles=draw(_few_words),
        pronouns=draw(_few_words),
        mentions=[Mention(span, draw(st.sampled_from(MentionKind))) for span in spans],
        members=draw(st.lists(st.sampled_from(others), unique=True)) if others else (),
        extra=draw(_some_unknown),
    )


def _parts(draw: Callable[..., Any], size: int) -> dict[str, list[Span]]:
    """Content, cue and source spans that don't overlap; at least one is content."""
    cuts = sorted(draw(st.lists(st.integers(0, size), min_size=2, max_size=8, unique=True)))
    parts: dict[str, list[Span]] = {"content": [], "cue": [], "source": []}
    for number, (start, end) in enumerate(pairwise(cuts)):
        role = draw(st.sampled_from(ROLES)) if number else "content"
        if role is not None:
            parts[role].append(Span(start, end))
    return parts


def _quote(
    draw: Callable[..., Any],
    quote_id: str,
    parts: dict[str, list[Span]],
    parents: list[str],
    speakers: list[str],
) -> Quote:
    anyone = st.sampled_from([None, *speakers])
    chance = st.sampled_from(CHANCES)
    return Quote(
        id=QuoteId(quote_id),
        kind=draw(st.sampled_from(QuoteKind)),
        **parts,
        cue_lemma=draw(st.none() | _words),
        stance=draw(st.sampled_from(Stance)),
        speaker=draw(anyone),
        addressee=draw(anyone),
        parent=draw(st.sampled_from([None, *parents])),
        level=draw(st.sampled_from(Level)),
        confidence=Confidence(draw(chance), draw(chance), draw(chance)),
        evidence=draw(_few_words),
        extra=draw(_some_unknown),
    )


@st.composite
def documents(draw: Callable[..., Any]) -> Document:
    """Valid documents: odd texts, overlapping quotes, unknown fields, odd ids."""
    text = draw(_texts)
    speaker_ids = _ids(draw, "s", 2)
    quote_ids = _ids(draw, "q", 3) if text else []
    parts = [_parts(draw, len(text)) for _ in quote_ids]
    parts.sort(key=lambda part: part["content"][0].start)
    return Document(
        id=draw(_words),
        text=text,
        metadata=draw(_some_unknown),
        quotes=[
            _quote(draw, quote_id, part, quote_ids[:number], speaker_ids)
            for number, (quote_id, part) in enumerate(zip(quote_ids, parts, strict=True))
        ],
        speakers=[
            _speaker(draw, one, len(text), [other for other in speaker_ids if other != one])
            for one in speaker_ids
        ],
        model=draw(st.none() | _words),
        extra=draw(_some_unknown),
    )
