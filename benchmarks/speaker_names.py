"""How names of sources in news agree with entity labels: their extent and their kind.

``python -m benchmarks.speaker_names [--data PATH] [--limit N]`` reads articles of the English
Worldwide Newswire (Shan et al. 2023) that the kinds of names were not learned from (every second
one), and looks at each quotation whose source holds exactly one labelled person, body, place or
nationality. It prints, by kind of label,

- *found*: the speaker has a name (and is no mere description);
- *same name*: the label's words are the speaker's name or an alias, titles and articles aside;
- *same kind*: a person is a person, a body or place an organization, a nationality a group.

A label inside a description ("Ruiz's lawyer", "a Google spokesman") names somebody else and is left
out, as are pronouns.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from quotecraft.evaluate.names import normal_name, untitled_name
from quotecraft.model import Document, MentionKind, Quote, Span, Speaker, SpeakerKind
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.syntax import PREPOSITIONS
from quotecraft.training.speaker_names import Label, news_labels

__all__ = ["Verdict", "judged", "main"]

_KINDS = {
    NameKind.PERSON: SpeakerKind.PERSON,
    NameKind.ORGANIZATION: SpeakerKind.ORGANIZATION,
    NameKind.PLACE: SpeakerKind.ORGANIZATION,
    NameKind.NORP: SpeakerKind.GROUP,
}


@frozen
class Verdict:
    """What holds of one source.

    Attributes:
        label: Kind of the label.
        text: The label's words.
        speaker: The speaker.
        found: Whether the speaker has a name.
        name: Whether that is the label's, or an alias is.
        kind: Whether the kinds agree.
    """

    label: NameKind
    text: str
    speaker: Speaker
    found: bool
    name: bool
    kind: bool


def judged(document: Document, labels: Sequence[Label]) -> Iterator[Verdict]:
    """Yield the verdict on each source of a document that can be judged.

    Args:
        document: A document as the pipeline gives it.
        labels: Its labels: start, end, kind.
    """
    speakers = {speaker.id: speaker for speaker in document.speakers}
    for quote in document.quotes:
        if quote.speaker is not None and quote.source:
            label = _only_label(document.text, quote, labels)
            if label is not None:
                yield _verdict(document.text, speakers[quote.speaker], label)


def _only_label(text: str, quote: Quote, labels: Sequence[Label]) -> Label | None:
    """Return the one label of a source, if it ends the source's noun phrase."""
    span = quote.source[0]
    inside = [label for label in labels if label[0] < span.end and label[1] > span.start]
    if len(inside) != 1 or inside[0][2] not in _KINDS:
        return None
    before = set(text[span.start : inside[0][0]].lower().split())
    rest = text[inside[0][1] : span.end].strip()
    return inside[0] if before.isdisjoint(PREPOSITIONS) and (not rest or rest[0] in ",(") else None


def _verdict(text: str, speaker: Speaker, label: Label) -> Verdict:
    start, end, kind = label
    words = Span(start, end).of(text)
    named = any(mention.kind is MentionKind.NAME for mention in speaker.mentions)
    forms = {f(n) for n in (speaker.name, *speaker.aliases) for f in (normal_name, untitled_name)}
    same = bool(forms & {normal_name(words), untitled_name(words)})
    return Verdict(kind, words, speaker, named, same, speaker.kind is _KINDS[kind])


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("QUOTECRAFT_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--limit", type=int, default=100, help="articles, 0 for all")
    parser.add_argument("--verbose", action="store_true", help="print what disagrees")
    given = parser.parse_args()
    from quotecraft import load
    from quotecraft.text import InputText, read_inputs

    pipe = load(nested=True)
    folder = given.data / "worldwide"
    paths = sorted((folder / "processed_annotated").glob("*.tsv"))[1::2]
    verdicts: list[Verdict] = []
    for path in paths[: given.limit or None]:
        article = folder / "original_articles" / path.name.removesuffix(".tsv")
        for item in read_inputs([article]):
            if isinstance(item, InputText):
                verdicts += judged(pipe(item.text), news_labels(path, item.text))
    _report(verdicts, verbose=given.verbose)


def _report(verdicts: Sequence[Verdict], *, verbose: bool) -> None:
    if verbose:
        for verdict in verdicts:
            if not (verdict.name and verdict.kind):
                ours = f"{verdict.speaker.name} ({verdict.speaker.kind})"
                print(f"{verdict.label}\t{verdict.text}\t{ours}")
    counts = Counter(verdict.label for verdict in verdicts)
    print(f"{'label':14}{'sources':>9}{'found':>8}{'name':>8}{'kind':>8}")
    for label in (*_KINDS, None):
        chosen = [v for v in verdicts if label in (None, v.label)]
        total = max(1, len(chosen))
        shares = (
            100 * sum(flags) / total
            for flags in zip(*((v.found, v.name, v.kind) for v in chosen), strict=True)
        )
        row = "".join(f"{share:8.1f}" for share in shares)
        print(f"{label or 'all':14}{counts[label] if label else len(chosen):9}{row}")


if __name__ == "__main__":
    main()
