"""Sources in news that say nothing themselves: to whom, or of whom, something is said.

Who stands before a passive cue ("Ruiz was told", "officials accused of") or before a cue that
leaves open who says it ("reportedly") isn't the one who says, thinks or wants it. In PolNeAR train
(Newell et al. 2018), 379 cues with "be" and a participle have no source, 137 one behind them, and
141 one before them, nearly all of the latter with a participle for what somebody has in mind
("were worried"), the lexicon here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecraft.detect.cues import lookup
from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Span
from quotecraft.speakers.lexicon import word_set

__all__ = ["is_unsaid"]

_BE = word_set("is are was were been being be am stands stood")
# What somebody in whose mind something is can be: PolNeAR train, and others of the kind.
_MINDED = word_set(
    "agitated aimed alarmed aligned amazed amused angered annoyed appalled ashamed assured "
    "astonished astounded attracted baffled bemused bewildered bothered committed compelled "
    "concerned confused content convinced dedicated delighted depressed determined devastated "
    "devoted disappointed disgusted dismayed dissatisfied distressed disturbed divided "
    "disheartened disillusioned embarrassed embittered encouraged engaged enraged enthused "
    "excited exasperated fascinated fatigued focused frightened frustrated furious gratified "
    "gripped guided "
    "heartbroken heartened horrified humbled impressed inclined incensed infuriated inspired "
    "interested intrigued irked irritated keen minded mistaken moved mystified obliged obsessed "
    "offended open opposed outraged outspoken overwhelmed perplexed persuaded perturbed pleased "
    "poised prepared puzzled reassured relieved resigned resolved saddened satisfied scared shaken "
    "shocked sickened startled stunned surprised taken tempted terrified thrilled tired torn "
    "touched troubled unconcerned unconvinced undecided undeterred unfazed unified unimpressed "
    "united unsatisfied upset vindicated worried wounded"
)
_STATES = word_set("even often then when own women men children")  # no participles
_PARTICIPLES = word_set(
    "told said found held put seen set made heard read thought left kept sent brought taught "
    "forecast"
)
_PARTICIPLE = re.compile(r"\w+(?:ed|[^aeiou]en|ken|own)")
# "was quoted as saying", "have been left wondering", "were forced to admit"
_SAYING = re.compile(
    r"\b(?:\w{2,}ing|said as|having said|to say|wrapped up|left (?:in|with)"
    r"|(?:forced|rushed|moved|driven|made|led) to)\b"
)
_APART = re.compile(r"[,;:.!?–—()]")
_ADVERBS = word_set(
    "also often never not once already now even still too so very more most first later both all "
    "then as just quite well long again thus yet always sometimes"
)
_WORD = re.compile(r"[\w]+(?:['’-]\w+)*")
_BEFORE = 60  # characters
_BEHIND = 12
_BY_SOMEBODY = ("accused", "suspected", "convicted")
_NEAR = 3  # words; "the bishops …, accused of": by the sentence's subject, perhaps
_TOLD = 120  # characters of a source and the cue behind it
# A participle right behind a noun, without the object that it has as a verb.
_BARE = re.compile(
    r"(?:also |often |widely )?(?:(?:accused|suspected|convicted) of"
    r"|(?:believed|thought|said|alleged|rumou?red|understood|feared|known|considered)"
    r" to (?:be|have)|forecast to"
    r"|(?:known|regarded|seen|identified) as(?! (?:many|much|few|well)))\b"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|what|whose|,)\s*$")
# Cues without anybody: in PolNeAR train 14 of 14 "reportedly" alone, 160 of 166 "seems" and such.
_HEARSAY = re.compile(r"(?:\w+ )?(?:reportedly|allegedly|supposedly|purportedly)")
_SEEMING = re.compile(
    r"(?:it )?(?:(?:do|does|did|has|have|had|may|might|would|could|can|will|also|now|not|often|just"
    r"|even|still|already|sometimes)(?:n['’]t)? )*(?:seem|appear)(?:s|ed)?"
    r"(?: to| to be| like| as if| that)?"
)
_NOUNS = (
    r"(?:calls?|questions?|(?:counter-)?criticisms?|speculations?|rumou?rs?|fears?|concerns?"
    r"|allegations?|accusations?|doubts?|controversy|suspicions?|backlash|outrage|anger"
    r"|complaints?|condemnation|debates?)"
)
# Whoever causes words doesn't say them.
_CAUSED = re.compile(
    r"\b(?:spark|prompt|trigger|provok|draw|attract|fuel|unleash|fac)(?:s|e|es|ed|ing)? "
    rf"(?:[\w-]+ ){{0,3}}(?:(?:and|or) )?{_NOUNS}\b"
)
_HAPPENING = r"(?:came|comes?|goes|went|abounds?|aris\w+|arose|emerg\w+|surfac\w+|swirl\w*|spread)"
_HAPPENS = re.compile(
    rf"(?:the |many |popular |old )*(?:{_NOUNS}|news|saying|story)(?: \w+)? {_HAPPENING}\b"
)
_SPOTTED = re.compile(
    r"\b(?:reported|recorded|registered|detected|observed|discovered)"
    r"(?: \w+)?(?: in| on| at| from| across)$"
)
_WRITTEN = re.compile(r"finding|contain|publish|print|outlin|mention|wr[io]te|describ|argu|read")
# To whom something is shown, or where it is done.
_SHOWN = re.compile(
    r"\b(?:is|are|was|were|been|being|be)(?: \w+)? (?:(?:revealed|disclosed|presented|shown|sent"
    r"|delivered|submitted|handed|given|announced|explained|offered|reported) to"
    r"|(?:implemented|introduced|launched|held|taught|carried out) in)$"
)
_PRESS = re.compile(
    r"\b(?:[Mm]edia|[Pp]ress|[Nn]ewspapers?|[Mm]agazines?|[Jj]ournals?|[Ss]tud(?:y|ies)|[Rr]eports?"
    r"|[Ss]urveys?|[Vv]ideos?|[Bb]ooks?|[Pp]apers?|[Ll]etters?|[Ss]tatements?|[Pp]osts?|[Tt]witter"
    r"|[Ff]acebook|News|Times|Herald|Guardian|Daily|Telegraph|Tribune|Gazette|Star|Mail|Lancet"
    r"|Nature|Science)\b"
)
# Of 18,360 sources of PolNeAR train 9 begin so, but for "at least": where, and not who.
_PLACE = re.compile(r"(?:[Ii]n|[Aa]cross|[Oo]n|[Dd]uring|[Uu]nder|[Tt]hroughout) (?!favou?r)\w")
_OBJECTION = re.compile(r"\b(?:(?:counter-)?criticism|condemnation|mockery) of(?: the| an?)?$")

# In stories: what happens to somebody, who is not the one to say it.
_BEEN = (
    r"(?:(?:has|have|had) been|(?:is|are|was|were)(?: being)?|(?:will|would|can|may|might) be"
    r"|(?:may|might|could|must) have been|been|being) "
    r"(?:(?:also|often|never|not|once|already|repeatedly|now|even|still|widely) )?"
)
_SUFFERED = re.compile(
    rf"{_BEEN}(?:accused|denied|charged|told|asked|urged|warned|informed|blamed|threatened"
    r"|criticized|criticised|banned|ordered|considered|described|regarded|deemed|proclaimed"
    r"|notified|alerted|suspected|named|singled)\b"
)
# "It was announced": nobody's saying, for all the sentence tells.
_IMPERSONAL = re.compile(
    rf"{_BEEN}(?:announced|reported|revealed|claimed|said|alleged|believed|decided|expected"
    r"|understood|rumoured|rumored|confirmed|agreed|hoped|feared|suggested|thought)\b"
)


def is_unsaid(text: str, attribution: Attribution, *, factual: bool) -> bool:
    """Say whether what stands as a source doesn't say it: "Ruiz has been accused of it".

    Args:
        text: The document's text.
        attribution: What the detector found.
        factual: Whether the text is news or the like; of stories only the clearest passives count.
    """
    if not attribution.source or not attribution.cue or attribution.kind is QuoteKind.DIRECT:
        return False
    source, cue = attribution.source, attribution.cue
    if not factual:
        return _suffers(text, source[-1], cue[0])
    words = " ".join(text[cue[0].start : cue[-1].end].lower().split())
    if _HEARSAY.fullmatch(words) or _SEEMING.fullmatch(words):
        return True
    if _PLACE.match(source[0].of(text)) is not None and _WRITTEN.search(words) is None:
        return True
    if source[0].start >= cue[-1].end:
        return _is_behind(text, source[0])
    if source[-1].end > cue[0].start:
        return False
    led = " ".join(text[max(source[-1].end, cue[0].start - _BEFORE) : cue[-1].end].lower().split())
    told = " ".join(text[source[0].start : cue[-1].end][:_TOLD].lower().split())
    caused = _CAUSED.search(led) or _HAPPENS.match(told) or _HAPPENS.match(words)
    if caused or _is_deed(words):
        return True
    return _is_bare(text, source[-1], cue) or _is_passive(text, source[-1], cue)


def _suffers(text: str, source: Span, cue: Span) -> bool:
    if source.end > cue.start:
        return False
    verb = text[source.end : cue.end].lstrip()
    impersonal = source.of(text).lower() == "it" and _IMPERSONAL.match(verb)
    return bool(impersonal or _SUFFERED.match(verb))


def _is_deed(cue: str) -> bool:
    """Say whether a cue tells of what somebody is alleged to do, and not to say."""
    words = cue.split()
    behind = words[words.index("allegedly") + 1 :] if "allegedly" in words else []
    return bool(behind) and not lookup(behind)


def _is_behind(text: str, source: Span) -> bool:
    """Say whether what stands behind a cue is a place, an addressee, or whom criticism is of."""
    before = " ".join(text[max(0, source.start - _BEFORE) : source.start].lower().split())
    if _SHOWN.search(before) is not None:
        return True
    if _SPOTTED.search(before) is not None:
        return _PRESS.search(source.of(text)) is None
    return _OBJECTION.search(before) is not None


def _is_bare(text: str, source: Span, cue: Sequence[Span]) -> bool:
    """Say whether a cue is a participle behind what it says something of ("accused of")."""
    words = text[cue[0].start : cue[-1].end].lower()
    led = " ".join([*words.split(), *text[cue[-1].end : cue[-1].end + _BEHIND].lower().split()])
    between = text[source.end : cue[0].start].strip().lower()
    if between.endswith(("have", "has", "had")):
        return False
    beside = not between
    relative = _RELATIVE.search(text, max(0, source.start - _BEFORE), source.start)
    far = text.count(" ", source.end, cue[0].start) > _NEAR and led.startswith(_BY_SOMEBODY)
    return not (beside and relative) and not far and _BARE.match(led) is not None


def _is_passive(text: str, source: Span, cue: Sequence[Span]) -> bool:
    """Say whether a cue is a passive whose subject stands before it."""
    start = max(source.end, cue[0].start - _BEFORE)
    words = list(_WORD.finditer(text, start, cue[-1].end))
    lows = [word.group().lower() for word in words]
    for place, low in enumerate(lows):
        if words[place].start() < cue[0].start or not _is_participle(low):
            continue
        be = place - 1
        while be >= 0 and _is_adverb(lows[be]):
            be -= 1
        if be < 0 or lows[be] not in _BE or (be > 0 and lows[be - 1] == "it"):
            return False  # "In the mayor's report, it was explained"
        between = text[words[be].end() : words[place].start()]
        minded = low in _MINDED or _SAYING.search(text, words[place].start(), cue[-1].end)
        return not minded and not _APART.search(between)
    return False


def _is_participle(low: str) -> bool:
    return low in _PARTICIPLES or (_PARTICIPLE.fullmatch(low) is not None and low not in _STATES)


def _is_adverb(low: str) -> bool:
    return low.endswith("ly") or low in _ADVERBS
