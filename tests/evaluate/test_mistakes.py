"""Mistakes, one by one."""

import json
from pathlib import Path

from attrs import evolve
from hypothesis import given

from quotecraft.evaluate import (
    Mistake,
    MistakeKind,
    Mistakes,
    attribution_metrics,
    metrics_for,
    score,
    speaker_metrics,
    write_mistakes,
)
from quotecraft.model import Document, Speaker, SpeakerId
from tests.evaluate.build import document, quote
from tests.strategies import documents

TEXT = "“We are ready,” Ana Ruiz said. Lee Orme warned that it rained. She hoped for sun."
ALL_METRICS = [*attribution_metrics(), *speaker_metrics()]


def gold() -> Document:
    """Return a document with two attributions."""
    return document(
        TEXT,
        quote(TEXT, "a", "“We are ready,”", cue="said", source="Ana Ruiz", speaker="Ana Ruiz"),
        quote(TEXT, "b", "that it rained", cue="warned", source="Lee Orme", speaker="Lee Orme"),
    )


def mistakes_of(predicted: Document, expected: Document | None = None) -> list[Mistake]:
    """Return the mistakes of a prediction."""
    mistakes = Mistakes.of(ALL_METRICS)
    score([expected or gold()], [predicted], metrics=ALL_METRICS, observe=mistakes.observe)
    return mistakes.found


def test_a_perfect_prediction_has_no_mistake() -> None:
    """Nothing is listed when everything is right."""
    assert mistakes_of(gold()) == []


def test_missed_and_extra_quotations_are_told_apart() -> None:
    """A missed one has no predicted side, an extra one no gold side; they come in text order."""
    other = document(TEXT, gold().quotes[0], quote(TEXT, "c", "for sun", cue="hoped"),
                     speakers=gold().speakers)  # fmt: skip
    missed, extra = mistakes_of(other)
    assert (missed.kinds, missed.predicted) == ((MistakeKind.MISSED,), None)
    assert (extra.kinds, extra.gold) == ((MistakeKind.EXTRA,), None)


def test_one_quotation_can_have_several_mistakes() -> None:
    """A wrong boundary, source and speaker stand in one entry, in a fixed order."""
    wrong = document(
        TEXT,
        gold().quotes[0],
        quote(TEXT, "b", "it rained", cue="warned", source="Ana Ruiz", speaker="Ana Ruiz"),
        speakers=gold().speakers,
    )
    (mistake,) = mistakes_of(wrong)
    assert mistake.kinds == (MistakeKind.BOUNDARY, MistakeKind.SOURCE, MistakeKind.SPEAKER)
    assert mistake.text == TEXT[mistake.passage.start : mistake.passage.end]


def test_an_unanswered_speaker_is_a_mistake() -> None:
    """Where gold names the speaker, none is not right."""
    silent = evolve(gold(), quotes=tuple(evolve(q, speaker=None) for q in gold().quotes))
    assert [m.kinds for m in mistakes_of(silent)] == [(MistakeKind.SPEAKER,)] * 2


def test_only_what_the_corpus_annotates_is_judged() -> None:
    """PolNeAR has no speakers; PDNC has no sources and no indirect quotations."""
    polnear, pdnc, litbank = (Mistakes.of(metrics_for(f)) for f in ("polnear", "pdnc", "litbank"))
    assert (polnear.sources, polnear.speakers, "indirect" in polnear.annotated) == (1, 0, True)
    assert (pdnc.sources, pdnc.speakers, "indirect" in pdnc.annotated) == (0, 1, False)
    assert (litbank.sources, litbank.speakers) == (False, False)


def test_speakers_are_told_by_name(tmp_path: Path) -> None:
    """A record in the file names both speakers and gives each span."""
    named = tuple(Speaker(SpeakerId(s), s.upper()) for s in ("Ana Ruiz", "Lee Orme"))
    swapped = document(TEXT, evolve(gold().quotes[0], speaker=SpeakerId("Lee Orme")),
                       gold().quotes[1], speakers=named)  # fmt: skip
    assert write_mistakes(mistakes_of(swapped), tmp_path / "errors.jsonl") == 1
    (line,) = (tmp_path / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert record["mistakes"] == ["speaker"]
    assert (record["gold"]["speaker"], record["predicted"]["speaker"]) == ("Ana Ruiz", "LEE ORME")
    assert record["gold"]["content"] == [[0, 15]]


@given(documents())
def test_a_document_agrees_with_itself_but_for_speakers_told_by_no_name(doc: Document) -> None:
    """Compared with itself nothing is missed, extra or elsewhere."""
    assert {kind for m in mistakes_of(doc, doc) for kind in m.kinds} <= {MistakeKind.SPEAKER}


@given(documents())
def test_every_gold_quotation_is_right_or_listed(one: Document) -> None:
    """Against an empty prediction all are missed, and passages are slices of the text."""
    bare = evolve(one, quotes=(), speakers=())
    found = mistakes_of(bare, one)
    assert [m.kinds for m in found] == [(MistakeKind.MISSED,)] * len(one.quotes)
    assert all(m.text == one.text[m.passage.start : m.passage.end] for m in found)
