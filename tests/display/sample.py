"""An invented article with every sort of quotation, annotated by hand."""

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

TEXT = """\
PORT ELLERY — The swing bridge over the Ellery will stay shut to lorries until spring, the Port \
Ellery Harbour Authority said on Tuesday, after divers found cracks in two of its piers.

“Nobody is in danger today,” said Ana Ruiz, the authority's chief engineer. “But I would not send \
a forty-tonne lorry across it, and I will not ask anyone else to.”

Ruiz told reporters that the cracks had “probably been there for years” and that the last full \
survey, in 2011, had missed them.

Hauliers were furious. Dorte Lindqvist, who runs eleven trucks from a yard on the north bank, \
claimed the closure would cost her firm 4,000 crowns a day.

“The mayor stood in my yard and told me, ‘You will have your bridge by June,’ and I believed \
him,” she said. “I don't any more.”

Mayor Tom Achterberg denied making any such promise. He hopes the repairs can begin before the \
first frost.

In a letter to residents, the town council wrote:

We know how many of you cross the river every day. A free ferry will run from Monday, at twenty \
minutes past each hour, for as long as the bridge is closed.

Not everyone was reassured. “Twenty past? My shift starts on the hour,” muttered a woman at the \
bus stop.

“Then they will have to start earlier,” came a voice from the queue.

According to a report seen by the Ellery Courier, the authority was warned about the piers \
three times between 2014 and 2019.

Asked whether she had read those warnings, Ruiz said nobody would be happier than she to see the \
report published in full.
"""

ANA, AUTHORITY, DORTE = SpeakerId("s1"), SpeakerId("s2"), SpeakerId("s3")
MAYOR, COUNCIL, WOMAN, REPORT = SpeakerId("s4"), SpeakerId("s5"), SpeakerId("s6"), SpeakerId("s7")


def find(words: str, after: str = "") -> Span:
    """Return the span of the first ``words`` at or after the first ``after``."""
    start = TEXT.index(words, TEXT.index(after))
    return Span(start, start + len(words))


def _mention(words: str, kind: MentionKind, after: str = "") -> Mention:
    return Mention(find(words, after), kind)


def _speakers() -> list[Speaker]:
    name, pronoun, description = MentionKind.NAME, MentionKind.PRONOUN, MentionKind.DESCRIPTION
    return [
        Speaker(
            ANA,
            "Ana Ruiz",
            SpeakerKind.PERSON,
            aliases=("Ruiz",),
            roles=("the authority's chief engineer",),
            pronouns=("she",),
            mentions=(
                _mention("Ana Ruiz", name),
                _mention("Ruiz", name, "Ruiz told"),
                _mention("she", pronoun, "Asked whether"),
                _mention("Ruiz", name, "warnings, Ruiz"),
            ),
        ),
        Speaker(
            AUTHORITY,
            "Port Ellery Harbour Authority",
            SpeakerKind.ORGANIZATION,
            aliases=("the authority",),
            mentions=(_mention("Port Ellery Harbour Authority", name),),
        ),
        Speaker(
            DORTE,
            "Dorte Lindqvist",
            SpeakerKind.PERSON,
            roles=("runs eleven trucks from a yard on the north bank",),
            pronouns=("she",),
            mentions=(
                _mention("Dorte Lindqvist", name),
                _mention("she", pronoun, "him,” she"),
            ),
        ),
        Speaker(
            MAYOR,
            "Tom Achterberg",
            SpeakerKind.PERSON,
            aliases=("the mayor", "Achterberg"),
            roles=("mayor",),
            pronouns=("he",),
            mentions=(
                _mention("The mayor", description),
                _mention("Tom Achterberg", name),
                _mention("He", pronoun, "He hopes"),
            ),
        ),
        Speaker(
            COUNCIL,
            "the town council",
            SpeakerKind.GROUP,
            mentions=(_mention("the town council", description),),
        ),
        Speaker(
            WOMAN,
            "a woman at the bus stop",
            SpeakerKind.PERSON,
            mentions=(_mention("a woman at the bus stop", description),),
        ),
        Speaker(
            REPORT,
            "a report seen by the Ellery Courier",
            SpeakerKind.DOCUMENT,
            mentions=(_mention("a report seen by the Ellery Courier", description),),
        ),
    ]


def _quotes() -> list[Quote]:
    direct, mixed, indirect = QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.INDIRECT
    council_letter = (
        "We know how many of you cross the river every day. A free ferry will run from Monday, at "
        "twenty minutes past each hour, for as long as the bridge is closed."
    )
    return [
        Quote(
            QuoteId("q1"),
            indirect,
            (
                find("The swing bridge over the Ellery will stay shut to lorries until spring"),
                find("after divers found cracks in two of its piers"),
            ),
            (find("said on Tuesday"),),
            "say",
            source=(find("the Port Ellery Harbour Authority"),),
            speaker=AUTHORITY,
            confidence=Confidence(0.88, 0.97, 0.96),
            evidence=("cue:said", "name:Port Ellery Harbour Authority"),
        ),
        Quote(
            QuoteId("q2"),
            direct,
            (
                find("“Nobody is in danger today,”"),
                find(
                    "“But I would not send a forty-tonne lorry across it, and I will not ask "
                    "anyone else to.”"
                ),
            ),
            (find("said", "today,” said"),),
            "say",
            source=(find("Ana Ruiz, the authority's chief engineer"),),
            speaker=ANA,
            confidence=Confidence(0.99, 0.99, 0.99),
            evidence=("marks:double", "cue:said", "name:Ana Ruiz"),
        ),
        Quote(
            QuoteId("q3"),
            mixed,
            (
                find(
                    "that the cracks had “probably been there for years” and that the last full "
                    "survey, in 2011, had missed them"
                ),
            ),
            (find("told", "Ruiz told"),),
            "tell",
            source=(find("Ruiz", "Ruiz told"),),
            speaker=ANA,
            confidence=Confidence(0.93, 0.98, 0.97),
            evidence=("cue:told", "alias:Ruiz→s1"),
        ),
        Quote(
            QuoteId("q4"),
            indirect,
            (find("the closure would cost her firm 4,000 crowns a day"),),
            (find("claimed"),),
            "claim",
            Stance.DOUBTING,
            (find("Dorte Lindqvist, who runs eleven trucks from a yard on the north bank"),),
            DORTE,
            confidence=Confidence(0.95, 0.9, 0.96),
            evidence=("cue:claimed", "name:Dorte Lindqvist"),
        ),
        Quote(
            QuoteId("q5"),
            direct,
            (
                find(
                    "“The mayor stood in my yard and told me, ‘You will have your bridge by "
                    "June,’ and I believed him,”"
                ),
                find("“I don't any more.”"),
            ),
            (find("said", "him,” she"),),
            "say",
            source=(find("she", "him,” she"),),
            speaker=DORTE,
            confidence=Confidence(0.99, 0.98, 0.86),
            evidence=("marks:double", "cue:said", "pronoun:she→s3"),
        ),
        Quote(
            QuoteId("q6"),
            direct,
            (find("‘You will have your bridge by June,’"),),
            (find("told", "yard and told"),),
            "tell",
            source=(find("The mayor"),),
            speaker=MAYOR,
            addressee=DORTE,
            parent=QuoteId("q5"),
            confidence=Confidence(0.97, 0.95, 0.91),
            evidence=("marks:single", "cue:told", "description:The mayor→s4"),
        ),
        Quote(
            QuoteId("q7"),
            indirect,
            (find("making any such promise"),),
            (find("denied"),),
            "deny",
            Stance.DENYING,
            (find("Mayor Tom Achterberg"),),
            MAYOR,
            confidence=Confidence(0.81, 0.97, 0.98),
            evidence=("cue:denied", "name:Tom Achterberg"),
        ),
        Quote(
            QuoteId("q8"),
            indirect,
            (find("the repairs can begin before the first frost"),),
            (find("hopes"),),
            "hope",
            source=(find("He", "He hopes"),),
            speaker=MAYOR,
            level=Level.THOUGHT,
            confidence=Confidence(0.84, 0.98, 0.93),
            evidence=("cue:hopes", "pronoun:He→s4"),
        ),
        Quote(
            QuoteId("q9"),
            direct,
            (find(council_letter),),
            (find("wrote"),),
            "write",
            source=(find("the town council"),),
            speaker=COUNCIL,
            confidence=Confidence(0.78, 0.92, 0.9),
            evidence=("block-quotation", "cue:wrote"),
        ),
        Quote(
            QuoteId("q10"),
            direct,
            (find("“Twenty past? My shift starts on the hour,”"),),
            (find("muttered"),),
            "mutter",
            source=(find("a woman at the bus stop"),),
            speaker=WOMAN,
            confidence=Confidence(0.98, 0.96, 0.94),
            evidence=("marks:double", "cue:muttered"),
        ),
        Quote(
            QuoteId("q11"),
            direct,
            (find("“Then they will have to start earlier,”"),),
            source=(find("a voice from the queue"),),
            confidence=Confidence(0.61, 0.55, 0.2),
            evidence=("marks:double", "unresolved"),
        ),
        Quote(
            QuoteId("q12"),
            indirect,
            (find("the authority was warned about the piers three times between 2014 and 2019"),),
            (find("According to"),),
            "according to",
            source=(find("a report seen by the Ellery Courier"),),
            speaker=REPORT,
            confidence=Confidence(0.96, 0.97, 0.95),
            evidence=("cue:according to",),
        ),
        Quote(
            QuoteId("q13"),
            indirect,
            (find("nobody would be happier than she to see the report published in full"),),
            (find("said", "warnings, Ruiz"),),
            "say",
            source=(find("Ruiz", "warnings, Ruiz"),),
            speaker=ANA,
            confidence=Confidence(0.9, 0.98, 0.59),
            evidence=("cue:said", "alias:Ruiz→s1"),
        ),
    ]


def article() -> Document:
    """Return the article with its thirteen quotations and seven speakers."""
    return Document(
        "bridge.txt",
        TEXT,
        {
            "title": "Cracked piers shut Ellery bridge to lorries until spring",
            "outlet": "The Ellery Courier",
            "date": "2024-10-15",
            "author": "Maren Oduya",
            "url": "https://courier.example/bridge",
            "language": "en",
        },
        quotes=_quotes(),
        speakers=_speakers(),
        model="en-news-0.1",
    )
