"""Quotations, headlines and datelines, put around treebank sentences.

The treebanks hold little reported speech: no sentence of their training parts goes on after a
quotation that ends in a question mark (“Why?” Ruiz asked.). The reporting clauses here are
combined from word lists of our own. As in the treebanks, a sentence ends inside a quotation at its
stop, and a reporting clause belongs to the sentence that it follows or precedes.
"""

from __future__ import annotations

from random import Random
from typing import TypeAlias

from attrs import evolve

from quotecraft.training.tokenizer_typography import (
    CLOSING_TAG,
    INITIALS,
    OPENING_TAG,
    Paragraphs,
)
from quotecraft.training.tokenizer_words import pick, words
from quotecraft.training.treebank import Form, Paragraph, TreebankSentence

__all__ = ["add_news_furniture", "quote_sentences"]

Sentences: TypeAlias = list[TreebankSentence]


def quote_sentences(paragraphs: Paragraphs, rng: Random) -> Paragraphs:
    """Turn stretches of plain sentences into quotations, with and without reporting clauses."""
    rate = rng.choice((0.1, 0.4, 0.8))
    out: list[Paragraph] = []
    for paragraph in paragraphs:
        sentences = list(paragraph)
        place = 0
        while place < len(sentences):
            length = rng.choice((1, 1, 1, 2, 2, 3))
            stretch = sentences[place : place + length]
            if rng.random() < rate and all(_is_plain(s) for s in stretch):
                quoted = _quoted(stretch, rng)
                sentences[place : place + length] = quoted
                place += len(quoted)
            else:
                place += 1
        out.append(tuple(sentences))
    return tuple(out)


def add_news_furniture(paragraphs: Paragraphs, rng: Random) -> Paragraphs:
    """Add a headline, a byline and a dateline to some documents, and speakers' names to speeches.

    None of them ends in a stop; the first two stand in paragraphs of their own.
    """
    out = list(paragraphs)
    if out and rng.random() < 0.3 and _is_plain(out[0][0]):
        out[0] = ((*_dateline(rng), *out[0][0]), *out[0][1:])
    if rng.random() < 0.15:
        out.insert(0, (tuple(_words(f"By {_name(rng)}")),))
    if rng.random() < 0.3 and (headline := _headline(paragraphs, rng)):
        out.insert(0, (headline,))
    if rng.random() < 0.05:
        out = [_transcribed(paragraph, rng) for paragraph in out]
    return tuple(out)


# How often sentences are quoted in each way: bare, unclosed, introduced, interrupted, followed,
# reported.
_SHARES = (12, 6, 10, 8, 18, 46)


def _is_plain(sentence: TreebankSentence) -> bool:
    return (
        len(sentence) > 2
        and sentence[-1].text in (".", "?", "!")
        and sentence[0].text[0].isupper()
        and not any(form.tag in (OPENING_TAG, CLOSING_TAG) for form in sentence)
    )


def _quoted(stretch: Sentences, rng: Random) -> Sentences:
    if rng.random() < 0.12:
        stretch = [tuple(_words(pick(rng, "short")))]
    make = rng.choices((_bare, _unclosed, _introduced, _interrupted, _followed, _reported), _SHARES)
    return make[0](stretch, rng)


def _bare(stretch: Sentences, rng: Random) -> Sentences:
    return _close(_open(stretch), rng)


def _unclosed(stretch: Sentences, rng: Random) -> Sentences:
    """Quote sentences that go on in the next paragraph, or whose closing mark is missing."""
    return _open(stretch)


def _followed(stretch: Sentences, rng: Random) -> Sentences:
    """Let a sentence follow that begins like a reporting clause and is none."""
    ended = [*stretch[:-1], (*stretch[-1][:-1], evolve(stretch[-1][-1], text=rng.choice("..?!")))]
    subject, _ = _subject(rng)
    beat = _words(_capitalized(f"{subject} {pick(rng, 'beats')}."))
    return [*_close(_open(ended), rng), tuple(beat)]


def _reported(stretch: Sentences, rng: Random) -> Sentences:
    opened = _open(stretch)
    if len(stretch) > 1 and rng.random() < 0.3:  # the clause stands after the first sentence
        first = _attributed(opened[0], _clause(rng), rng)
        return [first, *_close(_open(stretch[1:]), rng)]
    return [*opened[:-1], _attributed(opened[-1], _clause(rng), rng)]


def _open(stretch: Sentences) -> Sentences:
    return [(Form('"', OPENING_TAG, space=False), *stretch[0]), *stretch[1:]]


def _close(stretch: Sentences, rng: Random) -> Sentences:
    last = stretch[-1]
    mark = Form('"', CLOSING_TAG, last[-1].space)
    stop = evolve(last[-1], space=False)
    if rng.random() < 0.08:  # British: the stop after the mark
        return [*stretch[:-1], (*_glued(last[:-1]), evolve(mark, space=False), last[-1])]
    return [*stretch[:-1], (*last[:-1], stop, mark)]


def _glued(forms: TreebankSentence) -> TreebankSentence:
    return (*forms[:-1], evolve(forms[-1], space=False))


def _attributed(
    sentence: TreebankSentence, clause: TreebankSentence, rng: Random
) -> TreebankSentence:
    """Close a quotation at the end of a sentence and let a reporting clause follow."""
    stop = sentence[-1]
    if stop.text == ".":
        text = rng.choice((",",) * 4 + ("?",) * 5 + ("!",) * 3 + ("...", "—"))
        stop = Form(text, "," if text == "," else ":", space=False)
    mark = Form('"', CLOSING_TAG)
    return (*_glued(sentence[:-1]), evolve(stop, space=False), mark, *clause)


def _introduced(stretch: Sentences, rng: Random) -> Sentences:
    clause = _clause(rng, first=True)[:-1]
    lead = (*_glued(clause), Form(rng.choice((",", ",", ":")), ","))
    opened = _close(_open(stretch), rng)
    return [(*lead, *opened[0]), *opened[1:]]


def _interrupted(stretch: Sentences, rng: Random) -> Sentences:
    """Put a reporting clause where a comma stands inside the first sentence."""
    first = stretch[0]
    commas = [n for n, form in enumerate(first[1:-2], 1) if form.text == "," and form.space]
    if not commas:
        return _close(_open(stretch), rng)
    cut = rng.choice(commas)
    head = (*first[:cut], Form(",", ",", space=False), Form('"', CLOSING_TAG))
    clause = _glued(_clause(rng)[:-1])
    tail = (Form(",", ","), Form('"', OPENING_TAG, space=False), *first[cut + 1 :])
    opening = Form('"', OPENING_TAG, space=False)
    return _close([(opening, *head, *clause, *tail), *stretch[1:]], rng)


def _clause(rng: Random, first: bool = False) -> TreebankSentence:
    """Return a reporting clause with its stop, such as "she said quietly." or "said Ana Ruiz.".

    Args:
        rng: Source of chance.
        first: Whether it stands before the quotation, so that its subject comes first.
    """
    subject, pronoun = _subject(rng)
    cue = pick(rng, "cues")
    inverted = not pronoun and not first and " " not in cue and rng.random() < 0.3
    clause = f"{cue} {subject}" if inverted else f"{subject} {cue}"
    if first:
        clause = _capitalized(clause)
    return tuple(_words(clause + pick(rng, "tails") + "."))


def _subject(rng: Random) -> tuple[str, bool]:
    """Choose who speaks or acts, and say whether it is a pronoun."""
    kind = rng.random()
    if kind < 0.25:
        return pick(rng, "pronouns"), True
    if kind < 0.45:
        return pick(rng, "described"), False
    if kind < 0.6:
        return pick(rng, "titled") + " " + pick(rng, "family"), False
    if kind < 0.65:
        initials = " ".join(f"{letter}." for letter in rng.sample(INITIALS, 2))
        return f"{initials} {pick(rng, 'family')}", False
    return rng.choice((pick(rng, "given"), pick(rng, "family"), _name(rng))), False


def _capitalized(words: str) -> str:
    return words[0].upper() + words[1:]


def _name(rng: Random) -> str:
    return pick(rng, "given") + " " + pick(rng, "family")


def _words(text: str) -> list[Form]:
    """Split text of our own into forms: at blanks, and before a comma, stop, ``?`` or ``!``."""
    forms: list[Form] = []
    for word in text.split():
        initial = word.endswith(".") and word[:-1].isupper()
        abbreviation = initial or word in words("titled") or word in ("U.S.", "p.m.")
        if word[-1] in ",.?!" and len(word) > 1 and not abbreviation:
            forms += [Form(word[:-1], "NN", space=False), Form(word[-1], word[-1])]
        else:
            forms.append(Form(word, "NN"))
    return forms


def _dateline(rng: Random) -> TreebankSentence:
    forms = _words(pick(rng, "cities"))
    agency = rng.choice((*words("agencies"), "", "", ""))
    if rng.random() < 0.2:
        forms = [*_glued(tuple(forms)), Form(",", ","), Form("March", "NNP"), Form("3", "CD")]
    if agency:
        forms += [Form("(", "-LRB-", space=False), Form(agency, "NNP", space=False)]
        forms.append(Form(")", "-RRB-"))
    return (*forms, Form(rng.choice(("—", "-", "--", "–")), ":"))


def _headline(paragraphs: Paragraphs, rng: Random) -> TreebankSentence | None:
    plain = [s for p in paragraphs for s in p if _is_plain(s) and len(s) < 14]
    if not plain:
        return None
    sentence = rng.choice(plain)[:-1]
    style = rng.choice((str.title, str.upper, str))
    kept = (evolve(f, text=style(f.text)) if "'" not in f.text else f for f in sentence)
    return tuple(kept)


def _transcribed(paragraph: Paragraph, rng: Random) -> Paragraph:
    """Put the speaker's name before a paragraph, as in "RUIZ: We are ready."."""
    if not _is_plain(paragraph[0]):
        return paragraph
    name = Form(pick(rng, "family").upper(), "NNP", space=False)
    return ((name, Form(":", ":"), *paragraph[0]), *paragraph[1:])
