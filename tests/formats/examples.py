"""A document of our own that uses everything the model has."""

from quotecraft.model import Confidence, Document, Mention, Quote, Span, Speaker

TEXT = (
    "Ana Ruiz, the health minister, said the clinics would reopen.\r\n"
    "\r\n"
    "“We are ready,” she told the council. “We have been\r\n"
    "\r\n"
    "ready for weeks.” The union said Ruiz had promised “nothing at all”.\n"
)


def span(words: str, text: str = TEXT) -> Span:
    """Return the place of the first occurrence of some words."""
    start = text.index(words)
    return Span(start, start + len(words))


def document(**changes: object) -> Document:
    """Return the example, some of its attributes replaced."""
    quotes = [
        Quote(
            "q1",
            "indirect",
            [span("the clinics would reopen")],
            cue=[span("said")],
            cue_lemma="say",
            source=[span("Ana Ruiz, the health minister,")],
            speaker="s1",
            confidence=Confidence(0.97, 0.95, 0.91),
            evidence=["cue:said"],
        ),
        Quote(
            "q2",
            "direct",
            [span("“We are ready,”"), span("“We have been\r\n\r\nready for weeks.”")],
            cue=[span("told")],
            cue_lemma="tell",
            source=[span("she")],
            speaker="s1",
            addressee="s2",
            evidence=["cue:told", "pronoun:she→s1"],
        ),
        Quote(
            "q3",
            "mixed",
            [span("Ruiz had promised “nothing at all”")],
            cue=[Span(TEXT.rindex("said"), TEXT.rindex("said") + 4)],
            cue_lemma="say",
            stance="neutral",
            source=[span("The union")],
            speaker="s3",
        ),
        Quote(
            "q4",
            "mixed",
            [span("“nothing at all”")],
            cue=[span("promised")],
            cue_lemma="promise",
            stance="promising",
            source=[Span(span("Ruiz had").start, span("Ruiz had").start + 4)],
            speaker="s1",
            parent="q3",
            level="thought",
            extra={"checked": True},
        ),
    ]
    speakers = [
        Speaker(
            "s1",
            "Ana Ruiz",
            "person",
            aliases=["Ruiz"],
            roles=["health minister"],
            pronouns=["she"],
            mentions=[Mention(span("Ana Ruiz"), "name"), Mention(span("she"), "pronoun")],
        ),
        Speaker("s2", "the council", "group", mentions=[Mention(span("the council"), "name")]),
        Speaker("s3", "The union", "organization"),
    ]
    values: dict[str, object] = {
        "id": "clinics.txt",
        "text": TEXT,
        "metadata": {"title": "Clinics to reopen", "date": "2024-03-05", "outlet": "The Example"},
        "quotes": quotes,
        "speakers": speakers,
        "model": "test-1",
    }
    return Document(**{**values, **changes})
