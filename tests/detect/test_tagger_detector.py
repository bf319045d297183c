"""The detector around the network."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.decoding import DecodingSettings, FoundRelation
from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.tagger import (
    Calibration,
    OnnxNetwork,
    TaggerConfig,
    TaggerDetector,
)
from quotecraft.errors import WeightsError
from quotecraft.model import QuoteKind, Span, Stance
from quotecraft.text.pairing import pair_marks
from tests.detect.tagger_sample import ENCODER, SaidNetwork

CONFIG = TaggerConfig("test-tagger", DecodingSettings(), Calibration(), SaidNetwork().biases)
DETECTOR = TaggerDetector(SaidNetwork(), ENCODER, CONFIG)


def find(text: str) -> list[Attribution]:
    """Run the detector with the made-up network."""
    return DETECTOR.detect(text, (), pair_marks(text))


def test_spans_are_slices_of_the_text() -> None:
    """Cue, source and content are found at their places in the text."""
    text = "Well, Zoë said the plan."
    (found,) = find(text)
    pieces = (found.source, found.cue, found.content)
    assert [part[0].of(text) for part in pieces] == ["Zoë", "said", "the plan"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("she said the plan", QuoteKind.INDIRECT),
        ("she said “plan”", QuoteKind.DIRECT),
        ("she said a “plan”", QuoteKind.MIXED),
    ],
)
def test_marks_decide_the_kind(text: str, kind: QuoteKind) -> None:
    """A content is direct when all of it stands inside marks, mixed when some does."""
    network = SaidNetwork(reach=4)
    config = TaggerConfig("t", DecodingSettings(), Calibration(), network.biases)
    detector = TaggerDetector(network, ENCODER, config)
    assert [kind] == [a.kind for a in detector.detect(text, (), pair_marks(text))]


def test_the_cue_tells_lemma_and_evidence() -> None:
    """The lexicon gives the cue's base form; the evidence names the cue."""
    (found,) = find("she said the plan")
    assert (found.cue_lemma, found.evidence) == ("say", ("tagger", "cue:said"))


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("it is true. She said the plan", Stance.NEUTRAL),
        ("nobody has ever not said the plan", Stance.NEGATED),
        ("she would have said the plan", Stance.HYPOTHETICAL),
    ],
)
def test_auxiliaries_shift_the_stance(text: str, stance: Stance) -> None:
    """What was not said, or might be said, is marked as such."""
    network = SaidNetwork(sources=False)
    config = TaggerConfig("t", DecodingSettings(), Calibration(), network.biases)
    detector = TaggerDetector(network, ENCODER, config)
    assert [a.stance for a in detector.detect(text, (), pair_marks(text))] == [stance]


def test_all_windows_of_a_long_text_are_read() -> None:
    """Every cue of a text of many windows is found, in text order."""
    text = "the mayor she said the plan. " * 200
    found = find(text)
    assert len(found) == 200
    starts = [a.content[0].start for a in found]
    assert sorted(starts) == starts


def test_threads_share_a_detector() -> None:
    """Calls from several threads give what one call gives."""
    text = "she said the plan. " * 50
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(find, [text] * 8))
    assert [find(text)] * 8 == results


@given(st.text(st.sampled_from(list("“”\"'said \n.\x00\ud800😀a")), max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    """Spans lie inside the text whatever it holds."""
    for found in find(text):
        for span in (*found.content, *found.cue, *found.source):
            assert 0 <= span.start < span.end <= len(text)


def test_calibration_maps_margins_to_probabilities() -> None:
    """A larger margin never lowers a confidence under positive weights, and it stays in [0, 1]."""
    calibration = Calibration(content=(1.0, 0.5, 0.3, -0.2, -1.0), source=(2.0, 0.1, 0.0))
    relations = [FoundRelation(0, (0,), (1,), (2,), x, x, x) for x in np.linspace(-99, 99, 9)]
    values = [calibration.content_confidence(relation) for relation in relations]
    assert sorted(values) == values
    assert 0.0 <= min(values) <= max(values) <= 1.0


def test_configurations_survive_writing(tmp_path: Path) -> None:
    """What is written is read back."""
    path = tmp_path / "tagger.json"
    path.write_text(json.dumps(CONFIG.to_record()))
    again = TaggerConfig.from_json(path)
    assert (CONFIG.name, CONFIG.settings, CONFIG.calibration) == (
        again.name,
        again.settings,
        again.calibration,
    )
    assert np.allclose(CONFIG.biases.distance, again.biases.distance)


@pytest.mark.parametrize("content", ["", "[]", '{"format": 99}', '{"format": 1}'])
def test_damaged_configurations_are_refused(content: str, tmp_path: Path) -> None:
    """A configuration of another version or without its parts ends in an error that says so."""
    path = tmp_path / "tagger.json"
    path.write_text(content)
    with pytest.raises(WeightsError, match="reinstall"):
        TaggerConfig.from_json(path)


def test_damaged_networks_are_refused(tmp_path: Path) -> None:
    """A file that is no network ends in an error that names it."""
    path = tmp_path / "tagger.onnx"
    path.write_bytes(b"nothing")
    with pytest.raises(WeightsError, match=r"tagger\.onnx"):
        OnnxNetwork(path, SaidNetwork().biases)


def test_contents_are_read_again_on_their_own() -> None:
    """An attribution inside a stretch is found, with its place in the whole text."""
    text = "Well “she said the plan” and on."
    ((found,),) = DETECTOR.detect_inside(text, [Span(6, 23)])
    pieces = (found.source, found.cue, found.content)
    assert [part[0].of(text) for part in pieces] == ["she", "said", "the plan"]
