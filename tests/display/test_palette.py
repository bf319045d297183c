"""The speakers' colours."""

import pytest

from quotecraft.display.palette import DARK, HUES, LIGHT, Ground, contrast, tones


def test_contrast_of_black_and_white() -> None:
    """Contrast runs from 1 to 21, as WCAG defines it."""
    assert pytest.approx(21.0) == contrast("#000000", "#ffffff")
    assert pytest.approx(1.0) == contrast("#777777", "#777777")


def test_contrast_of_known_grey() -> None:
    """#767676 is the lightest grey with 4.5 on white, as WCAG's literature has it."""
    assert pytest.approx(4.54, abs=0.01) == contrast("#ffffff", "#767676")


@pytest.mark.parametrize("ground", [LIGHT, DARK])
@pytest.mark.parametrize("index", range(HUES + 1))
def test_every_colour_is_legible(ground: Ground, index: int) -> None:
    """Words meet WCAG's 4.5 (text on tint: 7), underlines its 3 for graphics, in both themes."""
    tone = tones(index, ground)
    assert contrast(ground.text, tone.tint) >= 7
    assert contrast(tone.ink, tone.tint) >= 4.5
    assert contrast(tone.ink, ground.page) >= 4.5
    assert contrast(tone.line, ground.page) >= 3
    assert contrast(tone.line, tone.tint) >= 3


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_hues_differ(ground: Ground) -> None:
    """No two speakers with a hue of their own have the same underline."""
    assert len({tones(index, ground).line for index in range(HUES)}) == HUES


def test_further_speakers_are_grey() -> None:
    """From the last hue on, every speaker is the same grey."""
    grey = tones(HUES, LIGHT)
    assert grey == tones(HUES + 7, LIGHT)
    assert grey.line[1:3] == grey.line[3:5] == grey.line[5:7]
