"""The pieces of HTML round an article: hover cards, legend, table of quotations."""

from __future__ import annotations

from attrs import frozen

from quotecraft.display.clean import escape, excerpt, shorten
from quotecraft.display.palette import HUES
from quotecraft.display.style import PICKS
from quotecraft.display.summary import (
    LOW_CONFIDENCE,
    MAX_NAME,
    UNKNOWN_SPEAKER,
    UNNAMED_SPEAKER,
    Overview,
    Voice,
    full_name,
    is_uncertain,
    kind_of,
)
from quotecraft.model import Document, Level, Quote, Speaker, SpeakerId, SpeakerKind, Stance
from quotecraft.model.fields import amount

__all__ = [
    "Page",
    "card",
    "classes_of",
    "hue_class",
    "key",
    "quote_figure",
    "row",
    "speaker_figure",
    "table",
    "voices",
]

MAX_LISTED = 12  # aliases, roles or evidence codes shown of one thing
MAX_ITEM = 80  # code points of each
MAX_CONTENT = 400  # code points of a quotation in the table
MAX_ALONE = 2_000  # code points of a quotation shown alone


@frozen
class Page:
    """What every part of one shown document needs.

    Attributes:
        document: The document.
        overview: Its counts.
        prefix: Start of every ``id`` in it, so that two documents on one page don't clash.
        shown: How many of its quotations are shown, counted from the first.
    """

    document: Document
    overview: Overview
    prefix: str
    shown: int

    def quote_id(self, number: int) -> str:
        """Return the ``id`` of a quotation's place in the text."""
        return f"{self.prefix}-q{number}"

    def row_id(self, number: int) -> str:
        """Return the ``id`` of a quotation's row in the table."""
        return f"{self.prefix}-r{number}"

    def link(self, number: int) -> str:
        """Return a link to a quotation's place, or plain words when it isn't shown."""
        text = f"quotation {number}"
        return f'<a href="#{self.quote_id(number)}">{text}</a>' if number <= self.shown else text


def hue_class(voice: Voice) -> str:
    """Return the classes that give a voice's colour; the unknown speaker is grey."""
    index = HUES if voice.speaker is None else min(voice.rank, HUES)
    return f"qc-hue qc-s{index}"


def classes_of(quote: Quote) -> str:
    """Return the classes that show a quotation's kind, level and doubt."""
    names = [f"qc-{quote.kind.value}"]
    if quote.level is Level.THOUGHT:
        names.append("qc-thought")
    if is_uncertain(quote):
        names.append("qc-unsure")
    return " ".join(names)


def _percent(probability: float) -> str:
    return f"{100 * probability:.0f}\N{NO-BREAK SPACE}%"


def _listed(items: tuple[str, ...]) -> list[str]:
    names = [shorten(item, MAX_ITEM) for item in items[:MAX_LISTED]]
    rest = len(items) - len(names)
    return [*(name for name in names if name), *([f"{rest:,} more"] if rest else [])]


def _describe(speaker: Speaker) -> str:
    kind = "" if speaker.kind is SpeakerKind.UNKNOWN else speaker.kind.value
    return ", ".join([kind, *_listed(speaker.roles)] if kind else _listed(speaker.roles))


def _line(label: str, value: str) -> str:
    return f'<span class="qc-line"><span>{label}</span><span>{value}</span></span>'


def _bdi(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


def _evidence(page: Page, code: str) -> str:
    """Put one evidence code into words: ``pronoun:She→s3`` as "pronoun: She → Ana Ruiz"."""
    label, colon, rest = shorten(code, MAX_ITEM).partition(":")
    before, arrow, target = rest.rpartition("→")
    voice = page.overview.by_id.get(SpeakerId(target)) if arrow else None
    if voice:
        rest = f"{before} → {voice.name}"
    words = label.replace("-", " ") + (f": {rest}" if colon else "")
    return f'<span class="qc-code">{_bdi(words)}</span>'


def _sure(quote: Quote) -> str:
    sure = quote.confidence
    rates = [("content", sure.content, True), ("source", sure.source, bool(quote.source))]
    rates.append(("speaker", sure.speaker, quote.speaker is not None))
    return "".join(
        f'<span class="qc-sure{" qc-doubt" if rate < LOW_CONFIDENCE else ""}">'
        f"{name} {_percent(rate)}</span>"
        for name, rate, applies in rates
        if applies
    )


def _cue(page: Page, quote: Quote) -> str:
    if not quote.cue:
        return "none"
    cue = _bdi(f"“{excerpt(page.document.text, quote.cue, MAX_ITEM)}”")
    lemma = shorten(quote.cue_lemma or "", MAX_ITEM)
    return f"{cue} (<bdi>{escape(lemma)}</bdi>)" if lemma else cue


def card(page: Page, quote: Quote, number: int, element_id: str | None) -> str:
    """Return the details that hovering over a quotation, or focusing it, shows."""
    voice = page.overview.voice(quote)
    about = _describe(voice.speaker) if voice.speaker else "the text or the model doesn't tell"
    lines = [_line("Kind", kind_of(quote)), _line("Cue", _cue(page, quote))]
    if quote.stance is not Stance.NEUTRAL:
        lines.append(_line("Stance", quote.stance.value))
    if quote.source:
        source = excerpt(page.document.text, quote.source, MAX_ITEM)
        lines.append(_line("Source", _bdi(f"“{source}”")))
    if quote.addressee is not None:
        lines.append(_line("Said to", _bdi(page.overview.by_id[quote.addressee].name)))
    if quote.parent is not None:
        lines.append(_line("Inside", page.link(page.overview.numbers[quote.parent])))
    lines.append(_line("Confidence", _sure(quote)))
    if quote.evidence:
        codes = [_evidence(page, code) for code in quote.evidence[:MAX_LISTED]]
        lines.append(_line("Evidence", "".join(codes)))
    identity = f' id="{element_id}"' if element_id else ""
    return (
        f'<span class="qc-card"{identity} role="note" dir="ltr" hidden>'
        f'<bdi class="qc-who">{escape(voice.name)}</bdi>'
        f'<span class="qc-what">{escape(about)}</span>{"".join(lines)}'
        f'<span class="qc-go"><a href="#{page.row_id(number)}">Quotation {number} in the table'
        "</a></span></span>"
    )


def key() -> str:
    """Return the explanation of underlines and other signs."""

    def sample(classes: str, text: str) -> str:
        return f'<li><span class="{classes}">{text}</span></li>'

    quote = "qc-q qc-hue qc-s0"
    return (
        '<ul class="qc-key" aria-label="Key">'
        + sample(f"{quote} qc-direct", "direct")
        + sample(f"{quote} qc-mixed", "mixed")
        + sample(f"{quote} qc-indirect", "indirect")
        + sample(f"{quote} qc-direct qc-thought", "thought")
        + sample("qc-source qc-hue qc-s0", "source")
        + sample("qc-cue qc-hue qc-s0", "cue")
        + sample(f"{quote} qc-direct qc-unsure", "uncertain")
        + sample("qc-join qc-hue qc-s0", "joins two parts")
        + "</ul>"
    )


def _voice(page: Page, voice: Voice) -> str:
    hue = hue_class(voice)
    speaker = voice.speaker
    sort = speaker.kind.value if speaker and speaker.kind is not SpeakerKind.UNKNOWN else ""
    roles = "; ".join(_listed(speaker.roles)) if speaker else ""
    aliases = ", ".join(_listed(speaker.aliases)) if speaker else ""
    counts = f"{amount(voice.quotes, 'quotation')}, {amount(voice.words, 'word')}"
    if voice.quotes == 0:
        counts = "spoken to or named, not quoted"
    elif voice.first <= page.shown:
        counts = f'<a href="#{page.quote_id(voice.first)}">{counts}</a>'
    more = [_bdi(roles) if roles else "", counts, f"also {_bdi(aliases)}" if aliases else ""]
    lines = "".join(f'<span class="qc-more">{line}</span>' for line in more if line)
    name = f'<bdi class="qc-name">{escape(voice.name)}</bdi>'
    pick = f'<input class="qc-pick qc-p{voice.rank}" type="radio" name="{page.prefix}-pick">'
    bar = f'<span class="qc-bar"><span style="width:{100 * voice.share:.1f}%"></span></span>'
    head = f'{name}<span class="qc-sort">{sort}</span>'
    if voice.speaker is not None and voice.rank < PICKS:
        head = f"<label>{pick}{head}</label>"
    return f'<li class="qc-voice {hue}">{head}{bar}{lines}</li>'


def voices(page: Page) -> str:
    """Return the legend: every speaker with colour, roles, counts and aliases."""
    items = [_voice(page, voice) for voice in page.overview.voices]
    if not items:
        return ""
    every = (
        f'<label class="qc-all"><input class="qc-pick" type="radio" name="{page.prefix}-pick" '
        "checked>All speakers</label>"
    )
    shown, rest = items[:PICKS], items[PICKS:]
    folded = (
        f'<details class="qc-more-voices"><summary>{amount(len(rest), "more speaker")}</summary>'
        f'<ul class="qc-voices">{"".join(rest)}</ul></details>'
        if rest
        else ""
    )
    return (
        f'<p class="qc-label">Speakers by words</p>{every}'
        f'<ul class="qc-voices">{"".join(shown)}</ul>{folded}'
    )


def row(page: Page, quote: Quote, number: int) -> str:
    """Return one quotation's row in the table."""
    voice = page.overview.voice(quote)
    text = page.document.text
    source = excerpt(text, quote.source, MAX_ITEM)
    as_source = f'<bdi class="qc-small">as “{escape(source)}”</bdi>' if source else ""
    if quote.parent is not None:
        as_source += (
            f'<span class="qc-small">inside {page.link(page.overview.numbers[quote.parent])}</span>'
        )
    stance = "" if quote.stance is Stance.NEUTRAL else f" ({quote.stance.value})"
    cue = excerpt(text, quote.cue, MAX_ITEM)
    how = f'<span class="qc-small"><bdi>“{escape(cue)}”</bdi>{stance}</span>' if cue else ""
    inner = " qc-inner" if quote.parent is not None else ""
    sure = quote.confidence
    who_rate = "" if quote.speaker is None else f"<span>speaker {_percent(sure.speaker)}</span>"
    unsure = '<b class="qc-doubt">uncertain</b>' if is_uncertain(quote) else ""
    return (
        f'<tr class="qc-row {hue_class(voice)}{inner}" id="{page.row_id(number)}">'
        f'<th class="qc-number" scope="row"><a href="#{page.quote_id(number)}" '
        f'title="Go to quotation {number} in the text">{number}</a></th>'
        f'<td class="qc-speaker"><bdi class="qc-name">{escape(voice.name)}</bdi>{as_source}</td>'
        f'<td class="qc-how"><span class="qc-kind {classes_of(quote)}">{kind_of(quote)}</span>{how}'
        f'</td><td class="qc-words" dir="auto">'
        f"{escape(excerpt(text, quote.content, MAX_CONTENT))}</td>"
        f'<td class="qc-rate">{who_rate}<span>content {_percent(sure.content)}</span>{unsure}'
        "</td></tr>\n"
    )


def table(page: Page) -> str:
    """Return the table of all quotations shown, in text order."""
    quotes = page.document.quotes[: page.shown]
    if not quotes:
        return ""
    rows = "".join(row(page, quote, number) for number, quote in enumerate(quotes, 1))
    heads = "".join(
        f'<th scope="col">{head}</th>'
        for head in ("No.", "Speaker", "How", "Quotation", "Confidence")
    )
    return (
        '<section class="qc-said"><p class="qc-label">Who said what</p><table class="qc-table">'
        f'<thead><tr class="qc-heads">{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>'
        "</section>"
    )


def speaker_figure(speaker: Speaker) -> str:
    """Return what a notebook shows for a speaker alone."""
    about = _describe(speaker) or "kind unknown"
    details = (
        ("", f"{about}; {amount(len(speaker.mentions), 'mention')}"),
        ("Also called: ", ", ".join(_listed(speaker.aliases))),
        ("Pronouns: ", ", ".join(_listed(speaker.pronouns))),
    )
    lines = "".join(
        f'<p class="qc-what">{label}{_bdi(value)}</p>' for label, value in details if value
    )
    name = escape(full_name(speaker))
    return (
        f'<figure class="qc-figure qc-hue qc-s0"><bdi class="qc-name">{name}</bdi>{lines}</figure>'
    )


def quote_figure(quote: Quote) -> str:
    """Return what a notebook shows for a quote alone.

    Raises:
        InvalidModelError: If the quote belongs to no document.
    """
    name = quote.speaker_name
    shown = UNKNOWN_SPEAKER if name is None else shorten(name, MAX_NAME) or UNNAMED_SPEAKER
    cue = f", {_bdi(f'“{shorten(quote.cue_text, MAX_ITEM)}”')}" if quote.cue else ""
    doubt = ", uncertain" if is_uncertain(quote) else ""
    rates = f"content {_percent(quote.confidence.content)}"
    if name is not None:
        rates += f", speaker {_percent(quote.confidence.speaker)}"
    hue = HUES if name is None else 0
    return (
        f'<figure class="qc-figure qc-hue qc-s{hue}"><blockquote class="qc-says" dir="auto">'
        f"{escape(shorten(quote.text, MAX_ALONE))}</blockquote>"
        f'<figcaption class="qc-by"><bdi class="qc-name">{escape(shown)}</bdi>'
        f'<p class="qc-what">{kind_of(quote)}{cue}; {rates}{doubt}</p></figcaption></figure>'
    )
