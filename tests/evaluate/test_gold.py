"""The registry of gold corpora, and speakers on given quotations."""

from pathlib import Path

import pytest
from attrs import evolve, frozen

from quotecraft.detect.interfaces import Attribution
from quotecraft.errors import InputError
from quotecraft.evaluate import (
    GOLD_FORMATS,
    METRIC_VARIANTS,
    metrics_for,
    outermost,
    read_gold,
    score,
    split_spans,
)
from quotecraft.evaluate.given import GoldContents
from quotecraft.formats.jsonl import write_jsonl
from quotecraft.model import Document, QuoteKind
from tests.evaluate.build import document, quote, spans
from tests.formats.test_citron import READY as CITRON
from tests.formats.test_citron import write as write_citron
from tests.formats.test_gum import HEAD, RAIN
from tests.formats.test_gum import write as write_gum
from tests.formats.test_litbank import LINES, excerpt
from tests.formats.test_pdnc import ANSWER, ASK, novel
from tests.formats.test_polnear import READY, split

TEXT = "“We are ready,” Ana Ruiz said. “Truly.” Lee Orme warned that it rained. “No.”"


def gold() -> Document:
    """Return an interrupted quotation and one that no cue introduces."""
    return document(
        TEXT,
        quote(TEXT, "a", "“We are ready,”", "“Truly.”", speaker="Ana Ruiz"),
        quote(TEXT, "b", "“No.”", speaker="Lee Orme"),
    )


def test_every_format_reads_its_files(tmp_path: Path) -> None:
    """Each registered format gives documents with quotes."""
    write_jsonl([gold()], tmp_path / "gold.jsonl")
    folders = {name: tmp_path / name for name in ("polnear", "pdnc", "litbank")}
    for folder in folders.values():
        folder.mkdir()
    (folders["polnear"] / "dev").mkdir()
    split(folders["polnear"] / "dev", *READY)
    novel(folders["pdnc"], ASK, ANSWER)
    excerpt(folders["litbank"], *LINES)
    write_gum(tmp_path, HEAD, *RAIN, name="gum.conllu")
    write_citron(tmp_path / "citron.json", CITRON)
    read = {
        "polnear": read_gold(folders["polnear"], "polnear", split="dev"),
        "pdnc": read_gold(folders["pdnc"], "pdnc"),
        "litbank": read_gold(folders["litbank"], "litbank"),
        "jsonl": read_gold(tmp_path / "gold.jsonl", "jsonl"),
        "gum": read_gold(tmp_path / "gum.conllu", "gum"),
        "citron": read_gold(tmp_path / "citron.json", "citron"),
    }
    counts = {name: [len(d.quotes) for d in documents] for name, documents in read.items()}
    assert counts == {
        "polnear": [1],
        "pdnc": [2],
        "litbank": [2],
        "jsonl": [2],
        "gum": [1],
        "citron": [1],
    }


def test_brat_folders_are_gold_too(tmp_path: Path) -> None:
    """The files of PolNeAR's kind are brat files."""
    root = split(tmp_path, *READY)
    text = (root / "text" / "news_2020_x.txt").read_bytes()
    (root / "attributions" / "news_2020_x_ab12.txt").write_bytes(text)
    (read,) = read_gold(root / "attributions", "brat")
    assert [q.text for q in read.quotes] == ["“We are ready,”"]


@pytest.mark.parametrize(
    ("format_", "options", "message"),
    [
        ("xml", {}, "no gold format 'xml'; choose from polnear, pdnc"),
        ("litbank", {"split": "dev"}, "'litbank' has no splits"),
        ("pdnc", {"annotator": "a"}, "'pdnc' has no annotators"),
    ],
)
def test_what_a_format_does_not_have_is_an_error(
    tmp_path: Path, format_: str, options: dict[str, str], message: str
) -> None:
    """Nothing that was asked for is passed over."""
    with pytest.raises(InputError, match=message):
        read_gold(tmp_path, format_, **options)


def test_each_format_has_the_metrics_it_is_gold_for() -> None:
    """Relations for PolNeAR, named speakers for PDNC, clusters for LitBank."""
    names = {format_: {m.name for m in metrics_for(format_)} for format_ in GOLD_FORMATS}
    assert "speaker.end_to_end" not in names["polnear"] | names["litbank"]
    assert "relation" not in names["pdnc"] | names["litbank"]
    assert "speaker.b3" in names["litbank"]
    assert {"relation", "speaker.end_to_end", "speaker.b3"} <= names["jsonl"]
    with pytest.raises(InputError, match="no gold format 'xml'"):
        metrics_for("xml")


@pytest.mark.parametrize("variant", METRIC_VARIANTS)
@pytest.mark.parametrize("format_", GOLD_FORMATS)
def test_a_variant_is_given_or_refused_with_a_reason(format_: str, variant: str) -> None:
    """Names are unique; what a format can't be gold for is told, with what it can."""
    lacking = {
        "attribution": {"pdnc", "litbank"},
        "pareti": {"pdnc", "litbank"},
        "gender-gap-tracker": {"pdnc", "litbank"},
        "speakers": {"polnear", "gum", "litbank"},
        "pdnc": {"polnear", "gum", "litbank"},
        "litbank": {"polnear", "gum"},
    }
    if format_ in lacking.get(variant, ()):
        with pytest.raises(InputError, match=f"metrics '{variant}' need .*its own: .*agreement$"):
            metrics_for(format_, variant=variant)
        return
    names = [metric.name for metric in metrics_for(format_, variant=variant)]
    assert len(set(names)) == len(names) > 0


def test_variants_for_published_figures() -> None:
    """Pareti's and the Gender Gap Tracker's rules for PolNeAR, PDNC's accuracies, LitBank's B³."""
    chosen = {
        "pareti": ("polnear", "pareti.soft.indirect"),
        "gender-gap-tracker": ("polnear", "lenient.gender_gap_tracker_0.8"),
        "pdnc": ("pdnc", "speaker.end_to_end.macro.anaphoric"),
        "litbank": ("litbank", "speaker.b3"),
        "agreement": ("jsonl", "agreement.level"),
        "speakers": ("jsonl", "speaker.at_coverage_80"),
        "attribution": ("gum", "relation"),
    }
    assert {"default", *chosen} == set(METRIC_VARIANTS)
    for variant, (format_, name) in chosen.items():
        assert name in {m.name for m in metrics_for(format_, variant=variant)}
    with pytest.raises(InputError, match="no metrics 'muc'; choose from default, attribution"):
        metrics_for("jsonl", variant="muc")
    with pytest.raises(InputError, match=r"'pareti' need contents of every kind, which .* 'pdnc'"):
        metrics_for("pdnc", variant="pareti")


def test_per_span_every_piece_is_a_quotation() -> None:
    """Pieces keep the links of the whole, and a half that was found counts."""
    half = document(TEXT, quote(TEXT, "x", "“Truly.”", speaker="Ana Ruiz"))
    (pieces,) = split_spans([gold()])
    assert [(q.id, q.text, q.speaker) for q in pieces.quotes] == [
        ("a.1", "“We are ready,”", "Ana Ruiz"),
        ("a.2", "“Truly.”", "Ana Ruiz"),
        ("b.1", "“No.”", "Lee Orme"),
    ]
    metrics = metrics_for("pdnc")
    whole = score([gold()], [half], metrics=metrics)["speaker.end_to_end"]
    spanwise = score(split_spans([gold()]), split_spans([half]), metrics=metrics)
    assert whole.values["accuracy"] == 0
    assert spanwise["speaker.end_to_end"].values["accuracy"] == pytest.approx(1 / 3)


@frozen
class FixedDetector:
    """A detector that always finds the same."""

    found: tuple[Attribution, ...]
    name: str = "fixed-1"

    def detect(self, *_: object) -> list[Attribution]:
        """Return what it was given."""
        return list(self.found)


def test_given_contents_keep_cue_and_source_of_the_match() -> None:
    """Gold contents come out, with the links of what was found; a missed one has none."""
    (cue,), (source,) = spans(TEXT, "said"), spans(TEXT, "Ana Ruiz")
    near = Attribution(
        content=spans(TEXT, "“We are ready,”", "Truly"), kind=QuoteKind.MIXED, cue=(cue,),
        source=(source,), parent=1,
    )  # fmt: skip
    extra = Attribution(content=spans(TEXT, "that it rained"), kind=QuoteKind.INDIRECT)
    detector = GoldContents(FixedDetector((near, extra)), gold())
    first, second = detector.detect(TEXT, (), ())
    assert detector.name == "fixed-1+gold-contents"
    assert first == evolve(near, content=gold().quotes[0].content, kind=first.kind, parent=None)
    assert second == Attribution(content=gold().quotes[1].content, kind=gold().quotes[1].kind)


def test_a_cue_inside_the_given_content_is_dropped() -> None:
    """Links never overlap the content they belong to."""
    (cue,) = spans(TEXT, "Truly")
    near = Attribution(content=spans(TEXT, "“We are ready,”"), kind=QuoteKind.DIRECT, cue=(cue,))
    first, _ = GoldContents(FixedDetector((near,)), gold()).detect(TEXT, (), ())
    assert first.cue == ()


def test_outermost_leaves_out_what_stands_inside() -> None:
    """Quotes with a parent go; the others stay as they are."""
    text = "“She said no,” Lee said."
    outer = quote(text, "a", "“She said no,”", cue="Lee", speaker="Lee")
    inner = quote(text, "b", "no", parent="a")
    (kept,) = outermost([document(text, outer, inner)])
    assert kept.quotes == (outer,)
