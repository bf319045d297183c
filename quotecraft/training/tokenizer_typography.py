"""The typography of real news and fiction, put into treebank text that lacks it.

UD English-EWT writes straight quotation marks, straight apostrophes and spaced hyphens, and has few
abbreviations. Each function rewrites the paragraphs of one document, choosing at random from a
generator that the caller seeds, so that the same seed gives the same text.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import TypeAlias

from attrs import evolve, frozen

from quotecraft.training.tokenizer_words import months, pick
from quotecraft.training.treebank import Form, Paragraph, TreebankSentence

__all__ = ["CURLED", "Style", "abbreviate", "exclaim", "lose_blanks", "restyle"]

Paragraphs: TypeAlias = tuple[Paragraph, ...]

INITIALS = "ABCDEFGHJKLMNOPRSTVW"
NAME_TAGS = ("NNP", "NNPS")
DASHES = ("--", "---", "—", "–", "―")
OPENING_TAG, CLOSING_TAG = "``", "''"


def abbreviate(paragraphs: Paragraphs, rng: Random) -> Paragraphs:
    """Add abbreviations whose stop ends no sentence, and some whose stop does.

    Titles and initials go before names, company and family suffixes behind them; months are
    shortened before a number; a few sentences come to end in "the U.S." or the like.
    """
    rate = rng.choice((0.0, 0.04, 0.08))
    return _each(paragraphs, lambda sentence: _abbreviated(sentence, rng, rate))


def _abbreviated(sentence: TreebankSentence, rng: Random, rate: float) -> TreebankSentence:
    out: list[Form] = []
    padded = (Form(""), *sentence, Form(""))
    for number, form in enumerate(sentence, 1):
        before, after = padded[number - 1], padded[number + 1]
        if form.tag in NAME_TAGS and form.text[0].isupper() and rng.random() < rate:
            if before.tag not in NAME_TAGS:
                out += _before_name(rng)
            elif before.space:
                out.append(Form(f"{rng.choice(INITIALS)}.", "NNP"))
        if form.text in months() and after.tag == "CD" and rng.random() < 10 * rate:
            out.append(evolve(form, text=months()[form.text]))
        elif form.text.lower() in ("am", "pm") and before.tag == "CD" and rng.random() < 10 * rate:
            out.append(evolve(form, text=f"{form.text[0]}.m."))
        elif form.tag == "CD" and before.tag.startswith("NN") and rng.random() < rate:
            out += [Form("No.", "NN"), form]
        elif form.tag in NAME_TAGS and form.space and after.tag not in NAME_TAGS:
            suffix = [Form(pick(rng, "suffixes"), "NNP")] if rng.random() < rate / 3 else []
            out += [form, *suffix]
        else:
            out.append(form)
    noun_last = len(out) > 4 and out[-1].text == "." and out[-2].tag.startswith("NN")
    if noun_last and rng.random() < rate / 2:
        out[-2:] = [evolve(out[-2], space=True), *_last_words(rng, out[-1].space)]
    return tuple(out)


def _before_name(rng: Random) -> list[Form]:
    kind = rng.random()
    if kind < 0.55:
        return [Form(pick(rng, "titles"), "NNP")]
    if kind < 0.75:
        return [Form(pick(rng, "places"), "NNP")]
    initials = rng.sample(INITIALS, rng.choice((1, 1, 2)))
    if len(initials) == 2 and rng.random() < 0.3:
        return [Form(f"{initials[0]}.{initials[1]}.", "NNP")]
    return [Form(f"{letter}.", "NNP") for letter in initials]


def _last_words(rng: Random, space: bool) -> list[Form]:
    chosen = pick(rng, "last_words").split()
    following = [*chosen[1:], ""]
    forms = [Form(w, "NNP", after != ",") for w, after in zip(chosen, following, strict=True)]
    return [*forms[:-1], evolve(forms[-1], space=space)]


def lose_blanks(paragraphs: Paragraphs, rng: Random) -> Paragraphs:
    """Lose the blank between some sentences, as careless editing and page scraping do."""
    rate = rng.choice((0.0, 0.0, 0.05))

    def glued(sentence: TreebankSentence) -> TreebankSentence:
        if len(sentence) > 1 and sentence[-1].text[-1] in ".!?”’\"'" and rng.random() < rate:
            return (*sentence[:-1], evolve(sentence[-1], space=False))
        return sentence

    return _each(paragraphs, glued)


def exclaim(paragraphs: Paragraphs, rng: Random) -> Paragraphs:
    """Put a ``!`` or ``?`` for some commas, as old fiction does inside a sentence.

    A small letter after it ("Ah! there she is.") tells that the sentence goes on.
    """
    rate = rng.choice((0.0, 0.0, 0.05))

    def exclaimed(sentence: TreebankSentence) -> TreebankSentence:
        out = list(sentence)
        for number, (form, after) in enumerate(pairwise(sentence)):
            if form.text == "," and form.space and after.text[0].islower() and rng.random() < rate:
                out[number] = evolve(form, text=rng.choice("!!?"))
        return tuple(out)

    return _each(paragraphs, exclaimed)


@frozen
class Style:
    """How a publication writes its marks.

    Attributes:
        opening: Opening quotation mark.
        closing: Closing quotation mark.
        inner_opening: Opening mark of a quotation inside a quotation.
        inner_closing: Closing mark of one.
        apostrophe: Apostrophe.
        dash: Dash between parts of a sentence.
        dash_spaced: Whether blanks stand around it.
        ellipsis: Dots of an ellipsis; ``None`` leaves them as they are.
        comma_to_dash: Probability that a comma becomes a dash.
    """

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str
    apostrophe: str
    dash: str
    dash_spaced: bool
    ellipsis: str | None
    comma_to_dash: float = 0.0


_MARKS = (  # outer and inner marks, apostrophe
    ('"', '"', "'", "'", "'"),
    ("“", "”", "‘", "’", "’"),
    ("“", "”", "‘", "’", "’"),
    ("“", "”", "‘", "’", "’"),
    ("‘", "’", "“", "”", "’"),
    ("'", "'", '"', '"', "'"),
    ("``", "''", "`", "'", "'"),
    ("“", "”", "'", "'", "'"),
    ("«", "»", "“", "”", "’"),
)
_DASH_STYLES = (("—", False), ("—", False), ("—", True), ("–", True), ("--", True), ("--", False))


CURLED = Style("“", "”", "‘", "’", "’", "—", dash_spaced=True, ellipsis=None)


def restyle(paragraphs: Paragraphs, rng: Random, style: Style | None = None) -> Paragraphs:
    """Write all marks of a document the way one publication would.

    Quotation marks (straight, curled, British, wire, guillemets), apostrophes, dashes (em, en or
    double hyphen, glued or spaced) and ellipses.

    Args:
        paragraphs: The document.
        rng: Source of chance.
        style: The style; drawn when not given.
    """
    if style is None:
        ellipsis = rng.choice(("...", "…"))
        style = Style(*rng.choice(_MARKS), *rng.choice(_DASH_STYLES), ellipsis, 0.02)
    chosen = style
    return _each(paragraphs, lambda sentence: _restyled(sentence, chosen, rng))


def _restyled(sentence: TreebankSentence, style: Style, rng: Random) -> TreebankSentence:
    out: list[Form] = []
    for number, form in enumerate(sentence):
        after = sentence[number + 1] if number + 1 < len(sentence) else None
        if _is_dash(form, out) and not _is_range(out, after):
            loose = after is None or (style.dash_spaced and after.tag != CLOSING_TAG)
            out[-1:] = [evolve(left, space=loose) for left in out[-1:]]
            out.append(Form(style.dash, form.tag, loose))
        elif form.text == "," and after and form.space and rng.random() < style.comma_to_dash:
            out[-1:] = [evolve(left, space=style.dash_spaced) for left in out[-1:]]
            out.append(Form(style.dash, ":", style.dash_spaced))
        else:
            out.append(evolve(form, text=_remarked(form, style)))
    return tuple(out)


def _is_range(before: list[Form], after: Form | None) -> bool:
    """Say whether a dash joins two numbers ("1947–1950")."""
    return (
        bool(before)
        and after is not None
        and before[-1].text[-1].isdigit()
        and (after.text[0].isdigit())
    )


def _is_dash(form: Form, before: list[Form]) -> bool:
    spaced = form.space and bool(before) and before[-1].space
    return form.text in DASHES or (form.text == "-" and spaced)


def _remarked(form: Form, style: Style) -> str:
    text = form.text
    if text in ('"', "``", "''", "“", "”") and form.tag in (OPENING_TAG, CLOSING_TAG):
        return style.opening if form.tag == OPENING_TAG else style.closing
    if text in ("'", "`", "‘", "’") and form.tag in (OPENING_TAG, CLOSING_TAG):
        return style.inner_opening if form.tag == OPENING_TAG else style.inner_closing
    if text in ("...", "…"):
        return style.ellipsis or text
    if "://" in text:
        return text
    return text.replace("’", "'").replace("'", style.apostrophe)


def _each(
    paragraphs: Paragraphs, change: Callable[[TreebankSentence], TreebankSentence]
) -> Paragraphs:
    return tuple(tuple(change(sentence) for sentence in paragraph) for paragraph in paragraphs)
