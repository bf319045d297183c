"""How our pipeline does on the examples and tests that other quotation tools publish.

Run it with ``python -m benchmarks.peer_cases [--data PATH] [--verbose]``. Each case is a text with
the quotations its project expects. The rules below were fixed before our output was looked at.

**Spans** of a case are right when our set of content pieces equals the gold set:

- A piece is the set of alphanumeric characters of one content span, so marks and edge punctuation
  count for nothing. How pieces are grouped into quotations does not count: projects differ on
  whether an interrupted quotation is one or two. Pieces are cut at line breaks on both sides:
  projects differ on whether a quotation over several paragraphs is one span or one a paragraph.
- ``direct_only`` and ``spans_only`` cases ask for quotations in marks. Of ours, indirect ones don't
  count against us there; of a mixed one the parts inside marks are compared. In all other cases
  every quotation of ours counts.
- A gold quotation with ``nested_in`` is optional. In ``spans_only`` cases only the top level is
  judged: a quotation of ours inside another counts neither way.
- Text listed under ``unclosed``, which one tool gives in a list of its own, is optional. A ``note``
  that calls the first half optional allows pieces before the first gold quotation.
- ``options`` are settings of the tool the case comes from (such as a maximum length). We have no
  such options; cases that expect their effect stay in, and we may get them wrong.
- Where no quotation is expected, giving none is right.

**Speakers** of a case are judged when some gold quotation has a speaker, nested ones included.
They are right when every such quotation was found, whole, and each of its pieces has the right
speaker; an optional one that we leave out is passed over, unless no other has a speaker. A speaker
is right when their name or an alias equals the gold name, or one contains the other as whole words,
without case, titles and articles. A gold name that joins people ("Ann and Bob") must be there
whole. Where gold is a pronoun, our source mention may be that pronoun instead, whether or not we
resolved it.

A text that we fail to read counts as wrong. German and Spanish cases are left out: the shipped
model is English.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from quotecraft.errors import FormatError, InputError
from quotecraft.evaluate.names import untitled_name
from quotecraft.evaluate.units import Axis, Unit, overlap, size
from quotecraft.model import Document, Quote, Span
from quotecraft.text.pairing import pair_marks

__all__ = ["CaseResult", "judge", "main", "read_cases", "summary", "table"]

Case = dict[str, Any]
LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "you"})


@frozen
class CaseResult:
    """The verdict on one case.

    Attributes:
        case: Its name.
        project: The project it comes from.
        spans: Whether the content pieces are right.
        speakers: Whether the speakers are right, ``None`` when the case has none.
        missing: Texts of gold pieces that we don't have.
        extra: Texts of our pieces that gold does not have.
        wrong: "expected → ours" for each wrong speaker.
        raised: The error that reading the text ended in, if it did.
        spans_only: Whether the case asks for nothing but spans.
    """

    case: str
    project: str
    spans: bool
    speakers: bool | None
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    raised: str | None = None
    spans_only: bool = False


def read_cases(path: Path, lang: str = "en") -> Iterator[Case]:
    """Read the cases of one language.

    Raises:
        InputError: If the file can't be read.
        FormatError: If a line is not a case.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); give --data PATH") from error
    for number, line in enumerate(lines, 1):
        try:
            case: Case = json.loads(line)
            fits = isinstance(case["text"], str) and isinstance(case["quotes"], list)
            chosen = case["lang"] == lang and bool(case["doc"]) and bool(case["project"])
        except (ValueError, KeyError, TypeError) as error:
            raise FormatError(f"no case: {error!r}", source=str(path), line=number) from error
        if not fits:
            raise FormatError("text or quotes missing", source=str(path), line=number)
        if chosen:
            yield case


def judge(case: Case, document: Document) -> CaseResult:
    """Compare our reading of a case's text with what its project expects."""
    axis = Axis(case["text"])
    required, optional = _gold_pieces(case, axis)
    ours = _our_pieces(case, document, axis)
    given = {piece for pieces in ours.values() for piece in pieces}
    missing = required - given
    extra = {p for p in given - required - optional if not _allowed(case, p, required)}
    verdict, wrong = _judge_speakers(case, document, ours, axis)
    return CaseResult(
        case["doc"],
        case["project"],
        not missing and not extra,
        verdict,
        tuple(_show(axis, piece) for piece in sorted(missing)),
        tuple(_show(axis, piece) for piece in sorted(extra)),
        wrong,
        spans_only=bool(case.get("spans_only")),
    )


def _result(case: Case, pipe: Callable[..., Document]) -> CaseResult:
    try:
        document = pipe(case["text"], id=case["doc"])
    except Exception as error:  # a crash is a wrong answer, whatever it is
        spoken = any(quote.get("speaker") for quote in case["quotes"])
        verdict = False if spoken else None
        return CaseResult(
            case["doc"],
            case["project"],
            spans=False,
            speakers=verdict,
            raised=repr(error),
            spans_only=bool(case.get("spans_only")),
        )
    return judge(case, document)


def _gold_pieces(case: Case, axis: Axis) -> tuple[set[Unit], set[Unit]]:
    required: set[Unit] = set()
    optional: set[Unit] = set()
    for quote in case["quotes"]:
        (optional if quote.get("nested_in") else required).update(_gold_content(quote, axis))
    for unclosed in case.get("unclosed", ()):
        start = axis.text.index(unclosed)
        optional.update(_pieces(axis, [Span(start, start + len(unclosed))]))
    return required, optional


def _gold_content(quote: dict[str, Any], axis: Axis) -> set[Unit]:
    return _pieces(axis, [Span(start, end) for start, end in quote["content"]])


def _pieces(axis: Axis, spans: Iterable[Span]) -> set[Unit]:
    """Return the sets of the spans, cut at line breaks; none for lines without a letter."""
    units = set()
    for span in spans:
        for line in LINE.finditer(axis.text, span.start, span.end):
            if any(c.isalnum() for c in line[0]):
                units.add(axis.unit([Span(*line.span())]))
    return units


def _our_pieces(case: Case, document: Document, axis: Axis) -> dict[str, set[Unit]]:
    """Return the pieces of our quotations that count in a case, by quotation id."""
    quotes = list(document.quotes)
    if case.get("spans_only"):
        quotes = _top_level(quotes, axis)
    if not (case.get("spans_only") or case.get("direct_only")):
        return {quote.id: _pieces(axis, quote.content) for quote in quotes}
    marked = [span for quotation in pair_marks(axis.text) for span in quotation.spans]
    return {quote.id: _pieces(axis, _inside(quote.content, marked)) for quote in quotes}


def _top_level(quotes: Sequence[Quote], axis: Axis) -> list[Quote]:
    units = [axis.unit(quote.content) for quote in quotes]

    def nested(unit: Unit) -> bool:
        return any(unit != other and overlap(unit, other) == size(unit) for other in units)

    pairs = zip(quotes, units, strict=True)
    return [quote for quote, unit in pairs if quote.parent is None and not nested(unit)]


def _inside(content: Sequence[Span], marked: Sequence[Span]) -> list[Span]:
    """Return a span that stands in marks as it is, of any other the parts that do."""
    parts: list[Span] = []
    for span in content:
        if any(quotation.covers(span) for quotation in marked):
            parts.append(span)
            continue
        shared = [
            Span(max(span.start, m.start), min(span.end, m.end)) for m in marked if m.overlaps(span)
        ]
        parts += [s for s in shared if not any(o != s and o.covers(s) for o in shared)]
    return parts


def _allowed(case: Case, piece: Unit, required: set[Unit]) -> bool:
    first_half = "first half is optional" in case.get("note", "")
    return first_half and all(piece < other for other in required)


def _judge_speakers(
    case: Case, document: Document, ours: dict[str, set[Unit]], axis: Axis
) -> tuple[bool | None, tuple[str, ...]]:
    spoken = [quote for quote in case["quotes"] if quote.get("speaker")]
    if not spoken:
        return None, ()
    must = [quote for quote in spoken if not quote.get("nested_in")] or spoken
    wrong: list[str] = []
    for quote in spoken:
        pieces = _gold_content(quote, axis)
        said = [q for q in document.quotes if pieces & ours.get(q.id, set())]
        found = {piece for q in said for piece in ours[q.id]}
        if not pieces <= found:
            if quote in must:
                wrong.append(f"{quote['speaker']} → quotation not found")
            continue
        for one in said:
            if not _same_speaker(quote["speaker"], one, document):
                name = one.speaker_name or f"nobody (source {one.source_text!r})"
                wrong.append(f"{quote['speaker']} → {name}")
    return not wrong, tuple(wrong)


def _same_speaker(gold: str, quote: Quote, document: Document) -> bool:
    speaker = document.speaker(quote)
    names = [] if speaker is None else [speaker.name, *speaker.aliases]
    if gold.lower() in PRONOUNS and quote.source_text:
        names.append(quote.source_text)
    wanted = untitled_name(gold).split()
    return any(_same_name(wanted, untitled_name(name).split()) for name in names)


def _same_name(gold: list[str], ours: list[str]) -> bool:
    if not gold or not ours:
        return False
    return _contains(ours, gold) or ("and" not in gold and _contains(gold, ours))


def _contains(words: list[str], part: list[str]) -> bool:
    return any(words[n : n + len(part)] == part for n in range(len(words)))


def _show(axis: Axis, piece: Unit) -> str:
    places = [i for i, counts in enumerate(axis.counted[0]) if counts]
    return axis.text[places[piece[0][0]] : places[piece[-1][1] - 1] + 1]


def table(results: Sequence[CaseResult]) -> str:
    """Return the counts by project and in all as a text table."""
    projects = sorted({result.project for result in results})
    rows: list[tuple[str, ...]] = [
        ("project", "cases", "spans right", "with speaker", "speakers right")
    ]
    for project in [*projects, "all"]:
        chosen = [r for r in results if project in (r.project, "all")]
        spoken = [r for r in chosen if r.speakers is not None]
        right = sum(bool(r.speakers) for r in spoken)
        counts = (len(chosen), sum(r.spans for r in chosen), len(spoken), right)
        rows.append((project, *map(str, counts)))
    widths = [max(len(row[n]) for row in rows) for n in range(5)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )


def summary(results: Sequence[CaseResult]) -> str:
    """Say how many of the cases that ask for more than spans have their speakers right.

    Among them are cases where nobody speaks: they are right when their spans are, that is, when
    nothing is found.
    """
    asking = [result for result in results if not result.spans_only]
    right = sum(r.spans if r.speakers is None else r.speakers for r in asking)
    return f"speakers right, cases where nobody speaks included: {right} of {len(asking)}"


def _explain(result: CaseResult) -> Iterator[str]:
    if result.spans and result.speakers is not False:
        return
    yield f"{result.case} ({result.project})"
    if result.raised:
        yield f"    raised   {result.raised}"
    yield from (f"    missing  {text!r}" for text in result.missing)
    yield from (f"    extra    {text!r}" for text in result.extra)
    yield from (f"    speaker  {text}" for text in result.wrong)


def _default_data() -> Path:
    root = os.environ.get("QUOTECRAFT_DATA")
    folder = Path(root) if root else Path(__file__).resolve().parents[2] / "shared" / "data"
    return folder / "peer-cases" / "cases.jsonl"


def main(
    arguments: Sequence[str] | None = None, load: Callable[[str], Any] | None = None
) -> list[CaseResult]:
    """Judge every case and print the table.

    Args:
        arguments: Command-line arguments; by default those of the process.
        load: Loads the pipeline by name; by default ``quotecraft.load``.
    """
    parser = argparse.ArgumentParser(description="Run the pipeline over other tools' examples.")
    parser.add_argument("--data", type=Path, default=_default_data(), help="cases.jsonl")
    parser.add_argument("--model", default="en", help="model to load")
    parser.add_argument("--verbose", action="store_true", help="show every case that is not right")
    options = parser.parse_args(arguments)
    if load is None:
        from quotecraft import load as load_pipeline

        load = load_pipeline
    pipe = load(options.model)
    results = [_result(case, pipe) for case in read_cases(options.data)]
    if options.verbose:
        print("\n".join(line for result in results for line in _explain(result)))
    print(table(results))
    print(summary(results))
    return results


if __name__ == "__main__":
    main()
