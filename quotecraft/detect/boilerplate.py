"""What the publication says for itself: appeals, cross-references, captions, notes, credits.

An article from the web carries sentences that nobody in it says: "If you value our work, please
donate", "Also read: …", "Photo: Agency", "Correction: …". They are told by what they are made of
(a label at the front, a credit at the end, an imperative beside "you", "our" and a word of
publishing or money) and by where they stand. What stands between quotation marks is never looked
at, nor is a turn of dialogue or of a transcript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from attrs import frozen

from quotecraft.detect.words import closed_class
from quotecraft.model import Span

__all__ = ["boilerplate_spans"]

_LONGEST = 1200  # characters of a paragraph that can be boilerplate
_LONGEST_CAPTION = 400
_LONGEST_INSERT = 220  # an appeal between two paragraphs of the article
_LONGEST_TITLE = 160  # of the headline that follows "Also read:"
_HEAD = 3  # paragraphs at the front in which an appeal may stand
_TAIL = 8  # paragraphs at the end, or …
_TAIL_SHARE = 0.2  # … the share of them, in which it may
_LEAST_SIGNS = 3


class _Kind(Enum):
    """What a paragraph is for; after ``TITLES`` come headlines, after ``HEADING`` a note."""

    NOTE = auto()
    HEADING = auto()
    TITLES = auto()
    CREDIT = auto()
    APPEAL = auto()


@frozen
class _Found:
    """Boilerplate in one paragraph: which, and from where on."""

    kind: _Kind
    start: int


_FLAGS = re.IGNORECASE | re.VERBOSE

_FRONT = r"""[^\w"“„«‘'`]{0,3}"""  # brackets, bullets and the like, but no quotation mark
_REFERENCE = re.compile(
    rf"""{_FRONT}(?:
      (?:also\ read|read\ (?:also|more|next|the\ full\ (?:story|article))|see\ also
        |more\ on\ th(?:is|e)\ (?:story|topic)|related\ (?:articles?|stor(?:y|ies)|news|links?
        |coverage|topics?|posts?|reading|content)|continue\ reading|keep\ reading|further\ reading
        |you\ (?:may|might)\ also\ like|most\ (?:read|popular)|in\ case\ you\ missed\ it
        |story\ continues|advertis(?:e|)ment|sponsored\ content)
        (?P<free>\W{{0,4}}$|\s*[:|>–—-]\s*|\s{{2,}}|\s+here\b|\ below\b)
      |(?:related|read|watch|listen|recommended|must\ read|now\ read|more)\s?(?:here|now)?
        \s?:(?P<bound>\s*)
    )""",
    _FLAGS,
)
_NOTE = re.compile(
    rf"""{_FRONT}(?:
      (?:(?:editor|publisher|author|moderator|reader|writer)(?:['’]s|s['’]?)?\ note
        |corrections?(?:\ and\ clarifications?|\ appended)?|clarification|disclaimer
        |disclosure)
        \s*(?:[:.–—-]|$)
      |(?:an|in\ an)\ earlier\ version\ of\ (?:this|the)\ (?:article|story|report|piece|post|column)
      |(?:this|the)\ (?:article|story|(?<=this\ )report|piece|post|column|essay)
        \ (?:(?:was|is|has|been|originally|first|also|previously)\ )+
        (?:updated|corrected|amended|edited|published|written|compiled|translated|republished
          |reproduced|reprinted|adapted|produced|appeared|generated|syndicated|made\ possible)
      |(?:this\ (?:article|story|piece|post)\ )?(?:originally\ )?(?:appeared|published)
        \ (?:on|in|by)\b
      |(?:the\ )?(?:views|opinions)(?:\ and\ (?:views|opinions))?\ expressed
        \ (?:here|in|by|above|are)\b
      |republish(?:ed)?\ (?:our|this|with|under|from)
      |(?:copyright|©)\s*(?:©|\(c\)|\d{{4}}|by\b)|(?:\([^)]*\)\s*)?all\ rights\ reserved
      |(?:additional\ )?reporting\ by\b|additional\ (?:writing|editing|research)\ by\b
      |(?:writing|editing|translat(?:ed|ion))\ by\ [^,.]{{1,60}}[.)]*$
      |with\ (?:additional\ )?(?:reporting|files|inputs?|material)\ (?:by|from)\b
      |comments\ (?:are|have\ been)\ closed
    )""",
    _FLAGS,
)
_AGENCIES = "|".join(sorted(re.escape(name) for name in closed_class("agency")))
_CREDIT = re.compile(
    rf"""(?:
      (?:^|[\s.\[(|])(?:file\ |handout\ )?(?:photo|photograph|image|picture|pic|credit|graphic
        |illustration|cartoon|video|screenshot)s?(?:\ credits?)?\s?
        (?::|\ by:?|\ courtesy(?:\ of|:)?|\ ©)\s*[^\n]{{1,60}}
      |^\[?(?:file\ )?(?:photo|image|picture|video)s?\]?[^\n]{{0,8}}
      |^\[(?:photo|image|video|embed)\][^\n]*
      |(?:\bvia|/|©|\|)\s?(?:getty(?:\ images)?|shutterstock|{_AGENCIES})(?:\ (?:photo|images?))?
      |\((?:file|file\ photo|pictured|archive|{_AGENCIES})\)
    )[\s.)\]]*$""",
    _FLAGS,
)
_AGENCY_ALONE = re.compile(rf"\((?:{_AGENCIES})\)[\s.]*$", re.IGNORECASE)

_ACTIONS = (
    r"subscribe|donate|support|sign[ -]?up|follow|join|click|tap|download|become|consider|help"
    r"|share|contact|e-?mail|register|log[ -]?in|get|enter|give|make|chip\ in|pledge|contribute"
    r"|visit|check\ out|stay|send|tell|let|write|read|unlock|enjoy|listen|watch|scan|call|pass"
)
_IMPERATIVE = re.compile(
    rf"(?:\A|[.!?:…]\s+)(?:so\ |just\ )?(?:{_ACTIONS})\b|\bplease\s+(?:\w+ly\s+)?(?:{_ACTIONS})\b"
    rf"|\byou\ can\ (?:also\ )?(?:support|help|donate|subscribe|follow|sign\ up|reach|contact)\b"
    rf"|,\s+(?:sign\ up|click\ here|subscribe|download)\b",
    _FLAGS,
)
_DEMAND = re.compile(
    r"\W{0,3}(?:please\ )?(?:subscribe|sign\ up|donate|click\ here|download|follow\ us|log\ in)\b",
    _FLAGS,
)
_CONDITION = re.compile(
    r"\bif\ you\b[^.!?\n]{1,120}?[,;]?\s(?:please|consider|you\ can\ (?:support|help|donate))\b",
    _FLAGS,
)
_READER = re.compile(r"\b(?:you|your|yours|yourself|readers?)\b", re.IGNORECASE)
_PUBLISHER = re.compile(r"\b(?:our|us|we|ours)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"\b(?:I|I['’]\w+|my|me)\b")
_PUBLISHING = re.compile(
    r"""\b(?:newsletters?|inbox|subscri(?:be|bers?|ptions?)|journalism|reporting|donat(?:e|ions?)
      |donors?|memberships?|patreon|paypal|paywall|tax-deductible|crowdfunding
      |e-?mail\ (?:address|alerts?|updates?)|(?:mobile|our)\ app|app\ store|google\ play
      |telegram|whatsapp|facebook|twitter|instagram|youtube|podcasts?|the\ comments
      |(?:comment|comments)\ (?:section|below)|free\ trial|unlimited\ access
      |(?:latest|breaking|daily|top)\ (?:news|updates|stories|headlines)
      |independent\ (?:news|media|press|newsroom)|(?:stories|articles|reporting|content)\ like
      |this\ (?:story|article|website|site|page|newsletter|report)
      |(?:our|your)\ (?:work|readers|coverage|website|reporters|newsroom|channel|stories|site|page
        |supporters|support|team\ of|contribution|gift|help))\b""",
    _FLAGS,
)
_MASKED = re.compile(
    r"""https?://\S+|pic\.\w+\.\w+/\S+|@\w+
      |[“„"«][^”"»]*(?:[”"»]|\Z)|``.*?(?:''|\Z)
      |(?<!\w)[‘'](?=\w)[^‘\n]*?[’'](?!\w)""",
    re.DOTALL | re.VERBOSE,
)
_SPOKEN = re.compile(r"[“„\"«‘'`—–―-]|[A-Z][\w.'’ -]{0,40}:\s")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-Z\[(])")
_OPENING, _CLOSING = re.compile("[“„«]"), re.compile("[”»]")


def boilerplate_spans(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Return what the publication says for itself, in order, at most one span a paragraph.

    Found are appeals and sign-ups in the second person, pointers to other articles, photo captions
    and credits, corrections, editor's notes and notices of rights. An appeal at the end of an
    ordinary paragraph is found from its first sentence on; anything else takes whole paragraphs.

    Args:
        text: The document's text.
        paragraphs: Its paragraphs, as ``quotecraft.text.paragraphs`` found them.

    Returns:
        Spans in code points, half-open, each inside one paragraph. Speech in quotation marks,
        turns that begin with a dash or "NAME:", and paragraphs of more than 1,200 characters are
        never among them, but for marks inside a note, caption or cross-reference.
    """
    found = list(_classified(text, paragraphs))
    _take_titles(text, paragraphs, found)
    _take_neighbours(text, paragraphs, found)
    return tuple(
        Span(item.start, block.end)
        for item, block in zip(found, paragraphs, strict=True)
        if item is not None
    )


def _classified(text: str, paragraphs: Sequence[Span]) -> Iterator[_Found | None]:
    size = len(paragraphs)
    tail = min(size - _TAIL, size - int(_TAIL_SHARE * size))
    inside = False
    for number, block in enumerate(paragraphs):
        kind = start = None
        if len(block) <= _LONGEST:
            words = block.of(text)
            kind = _label(words) or _caption(words, last=number + 2 >= size)
            start = 0
            if kind is None and size > 1 and not inside:
                outer = number < _HEAD or number >= tail
                start = _appeal_start(words) if outer or len(words) <= _LONGEST_INSERT else None
                kind = None if start is None else _Kind.APPEAL
        found = None if kind is None or start is None else _Found(kind, block.start + start)
        yield found
        inside = found is None and _left_open(text, block, inside)


def _left_open(text: str, block: Span, inside: bool) -> bool:
    """Say whether a quotation with directed marks goes on after a paragraph."""
    opened = sum(1 for _ in _OPENING.finditer(text, block.start, block.end))
    closed = sum(1 for _ in _CLOSING.finditer(text, block.start, block.end))
    return opened > closed or (inside and not closed)


def _label(words: str) -> _Kind | None:
    """Return what the words at the front of a paragraph say that it is."""
    note = _NOTE.match(words)
    if note is not None:
        alone = note.end() == len(words) and words[-1] == ":"  # not "Correction appended."
        return _Kind.HEADING if alone else _Kind.NOTE
    match = _REFERENCE.match(words)
    if match is None:
        return None
    rest = words[match.end() :].strip(" \t\n:|>–—-")
    if not rest:
        return _Kind.TITLES
    headline = len(rest) <= _LONGEST_TITLE and rest[-1] not in ".!"
    return _Kind.NOTE if headline or match.group("bound") is None else None


def _caption(words: str, *, last: bool) -> _Kind | None:
    """Return ``CREDIT`` for a short paragraph that ends in a photo credit.

    An agency in parentheses also signs the end of an article, so it counts only before that.
    """
    if len(words) > _LONGEST_CAPTION or _CREDIT.search(words) is None:
        return None
    signed = _AGENCY_ALONE.search(words) is not None
    return None if signed and (last or _MASKED.search(words) is not None) else _Kind.CREDIT


def _appeal_start(words: str) -> int | None:
    """Return where an appeal to the reader begins in a paragraph, ``None`` when it holds none."""
    if _SPOKEN.match(words):
        return None
    plain = _MASKED.sub(lambda match: " " * len(match.group()), words)
    if _signs(plain) < _LEAST_SIGNS:
        return None
    begins = 0
    for sentence in _SENTENCE.split(plain):
        begins = plain.index(sentence, begins)
        if any(sign.search(sentence) for sign in (_IMPERATIVE, _CONDITION, _READER)):
            return begins + len(sentence) - len(sentence.lstrip())
    return None


def _signs(plain: str) -> int:
    """Return how many signs of an appeal a paragraph shows, 0 without the one that it needs."""
    condition = _CONDITION.search(plain) is not None
    if not condition and _IMPERATIVE.search(plain) is None:
        return 0
    nouns = {match.group().lower() for match in _PUBLISHING.finditer(plain)}
    reader = _READER.search(plain) is not None
    publisher = _PUBLISHER.search(plain) is not None
    if not nouns and not condition:
        return 0
    author = _AUTHOR.search(plain) is not None
    demand = _DEMAND.match(plain) is not None
    return 1 + demand + condition + reader + publisher + min(len(nouns), 2) - author


def _take_titles(text: str, paragraphs: Sequence[Span], found: list[_Found | None]) -> None:
    """Take the headlines after "ALSO READ:" and the paragraph after "CORRECTION:"."""
    listed = False
    for number, block in enumerate(paragraphs):
        item = found[number]
        if item is not None:
            listed = item.kind is _Kind.TITLES
            continue
        before = found[number - 1] if number else None
        noted = before is not None and before.kind is _Kind.HEADING and len(block) <= _LONGEST
        words = block.of(text) if len(block) <= _LONGEST_TITLE else ""
        listed = listed and bool(words) and words[-1] not in '.!?:,;”"'
        if listed or noted:
            found[number] = _Found(_Kind.NOTE, block.start)


def _take_neighbours(text: str, paragraphs: Sequence[Span], found: list[_Found | None]) -> None:
    """Take what stands beside an appeal and speaks of "you" and "our" without marks."""
    size = len(paragraphs)
    for order in (range(size), range(size - 1, -1, -1)):
        beside = False
        for number in order:
            item, block = found[number], paragraphs[number]
            if item is None and beside and _speaks_to_reader(text, block):
                item = found[number] = _Found(_Kind.APPEAL, block.start)
            whole = item is not None and item.start == block.start
            beside = whole and item is not None and item.kind is _Kind.APPEAL


def _speaks_to_reader(text: str, block: Span) -> bool:
    if len(block) > _LONGEST:
        return False
    words = block.of(text)
    return (
        _READER.search(words) is not None
        and _PUBLISHER.search(words) is not None
        and _AUTHOR.search(words) is None
        and _MASKED.search(words) is None
        and _SPOKEN.match(words) is None
    )
