"""Reading LitBank's coreference beside its quotations."""

from pathlib import Path

import pytest

from quotecraft.errors import FormatError, InputError
from quotecraft.formats.litbank import read_litbank
from quotecraft.model import MentionKind, Span, SpeakerKind

TEXT = "Mr. Lee met her aunt .\n“ Well ? ” said he in London .\n“ No . ”\n"
QUOTES = (
    "QUOTE\tQ1\t1\t0\t1\t3\t“ Well ? ”",
    "ATTRIB\tQ1\tMr__Lee-0",
    "QUOTE\tQ2\t2\t0\t2\t3\t“ No . ”",
    "ATTRIB\tQ2\ta_voice-9",
)
MENTIONS = (
    "T1\tPROP_PER 0 7\tMr. Lee",
    "T2\tMr__Lee-0 0 7\tMr. Lee",
    "T3\tNOM_PER 12 20\ther aunt",
    "T4\taunt-1 12 20\ther aunt",
    "T5\tPRON_PER 39 41\the",
    "T6\tMr__Lee-0 39 41\the",
    "T7\tPROP_GPE 45 51\tLondon",
    "T8\tLondon-2 45 51\tLondon",
    "T9\tNOM_PER 12 15\ther",
    "R1\tcop Arg1:T1 Arg2:T9",
)


def corpus(folder: Path, *mentions: str) -> Path:
    """Write a corpus of one excerpt."""
    for layer, lines in (("quotations/tsv", QUOTES), ("coref/brat", mentions)):
        place = folder / layer
        place.mkdir(parents=True)
        (place / "1_book_brat.txt").write_text(TEXT, encoding="utf-8")
        (place / "1_book_brat.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_entities_have_kinds_and_mentions_under_the_labels_of_speakers(tmp_path: Path) -> None:
    """By first mention; who is never mentioned comes last; no relation makes a mention."""
    (document,) = read_litbank(corpus(tmp_path, *MENTIONS), entities=True)
    assert [(s.id, s.name, s.kind) for s in document.speakers] == [
        ("Mr__Lee-0", "Mr  Lee", SpeakerKind.PERSON),
        ("aunt-1", "aunt", SpeakerKind.PERSON),
        ("London-2", "London", SpeakerKind.UNKNOWN),
        ("a_voice-9", "a voice", SpeakerKind.UNKNOWN),
    ]
    lee = document.speaker(document.quotes[0])
    assert lee is not None
    assert lee.aliases == ("Mr. Lee",)
    assert [(m.span, m.kind) for m in lee.mentions] == [
        (Span(0, 7), MentionKind.NAME),
        (Span(39, 41), MentionKind.PRONOUN),
    ]
    assert document.speakers[1].mentions[0].kind is MentionKind.DESCRIPTION
    assert document.speakers[2].extra["entity_type"] == "GPE"


def test_without_being_asked_for_entities_stay_unread(tmp_path: Path) -> None:
    """A damaged coreference layer harms nobody who wants quotations."""
    (document,) = read_litbank(corpus(tmp_path, "T1\tdamaged"))
    assert [(s.id, s.mentions) for s in document.speakers] == [("Mr__Lee-0", ()), ("a_voice-9", ())]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1\tLee-0 0 7\tMr. Lea", r"1_book_brat\.ann:1: the text at 0 is not 'Mr. Lea'"),
        ("T1\tLee-0 7 7\t", r"1_book_brat\.ann:1: the text at 7 is not ''"),
        ("T1\tLee-0 0 3;4 7\tMr. Lee", "expected a label, two offsets and a text"),
        ("T1\tLee-0 0 7", "expected a label, two offsets and a text"),
        ("T1\tLee-0 0 7\tMr. Lee", "mention 'Mr. Lee' at 0 has no form and type"),
    ],
)
def test_a_damaged_mention_is_an_error_with_its_place(
    tmp_path: Path, line: str, reason: str
) -> None:
    """File, line and fault stand in the message."""
    with pytest.raises(FormatError, match=reason):
        list(read_litbank(corpus(tmp_path, line), entities=True))


def test_a_missing_layer_is_named(tmp_path: Path) -> None:
    """The message says which folder is wanted."""
    folder = corpus(tmp_path, *MENTIONS) / "quotations" / "tsv"
    with pytest.raises(InputError, match="give the folder that holds coref"):
        read_litbank(folder, entities=True)
