"""Examples for the kinds of names, from entity labels of news and fiction.

News: English Worldwide Newswire (Shan et al. 2023), every second article; the others stay for
measuring. Fiction: proper names of the LitBank coreference layer (Bamman et al. 2020), likewise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from quotecraft.detect.interfaces import Detector
from quotecraft.model import Document, Span
from quotecraft.parse.interfaces import Tokenizer
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.linear import LinearModel
from quotecraft.speakers.name_kinds import GIVEN, KINDS, Key, kind_features, part_features
from quotecraft.speakers.names import find_names
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.resolver import quoted_spans
from quotecraft.speakers.speaking import speaking_names
from quotecraft.speakers.words import Words
from quotecraft.text.pairing import pair_marks
from quotecraft.training.speaker_fit import Example, fit_classes

__all__ = [
    "Label",
    "Named",
    "fit_names",
    "news_labels",
    "read_named",
    "read_people",
    "score_names",
]

_LEAST = 5  # names that a feature is learned from; cross-validated on the half learned from
_PENALTY = 2.0  # of the weights; likewise
_AHEAD = 400  # characters searched for the next labelled token
_NEWS = {
    "Person": NameKind.PERSON,
    "Organization": NameKind.ORGANIZATION,
    "Location": NameKind.PLACE,
    "Facility": NameKind.PLACE,
    "NORP": NameKind.NORP,
}
_FICTION = {
    "PER": NameKind.PERSON,
    "ORG": NameKind.ORGANIZATION,
    "GPE": NameKind.PLACE,
    "LOC": NameKind.PLACE,
    "FAC": NameKind.PLACE,
}

Label = tuple[int, int, NameKind]


@frozen
class Named:
    """The names of one document with their gold kinds.

    Attributes:
        features: The evidence on each name.
        labels: How often each name has each kind; names that nothing is known of have none.
        fiction: Whether it is a novel or story.
    """

    features: Mapping[Key, Mapping[str, float]]
    labels: Mapping[Key, Mapping[NameKind, int]]
    fiction: bool = False


def read_named(data: Path, part: int, tokenizer: Tokenizer, detector: Detector) -> Iterator[Named]:
    """Read every second labelled document of both corpora.

    Args:
        data: Folder with ``worldwide`` and ``litbank``.
        part: 0 for the half that is learned from, 1 for the other.
        tokenizer: Finds sentences.
        detector: Finds attributions, whose sources tell who speaks.
    """
    for path in sorted((data / "worldwide" / "processed_annotated").glob("*.tsv"))[part::2]:
        article = data / "worldwide" / "original_articles" / path.name.removesuffix(".tsv")
        text = article.read_bytes().decode("utf-8", errors="replace")
        yield _named(text, news_labels(path, text), tokenizer, detector)
    for path in sorted((data / "litbank" / "coref" / "brat").glob("*.ann"))[part::2]:
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        named = _named(text, _fiction_labels(path), tokenizer, detector)
        yield evolve(named, fiction=True)


def read_people(
    documents: Iterable[Document], tokenizer: Tokenizer, detector: Detector
) -> Iterator[Named]:
    """Read novels and stories whose characters are listed: their names are people's.

    Args:
        documents: The novels, with their speakers.
        tokenizer: Finds sentences.
        detector: Finds attributions, whose sources tell who speaks.
    """
    for document in documents:
        people = {_core(form) for one in document.speakers for form in (one.name, *one.aliases)}
        named = _named(document.text, (), tokenizer, detector)
        labels = {
            key: {NameKind.PERSON: sum(counts.values())}
            for key, counts in named.labels.items()
            if key in people
        }
        yield Named(named.features, labels, fiction=True)


def _core(form: str) -> Key:
    """Return a character's name in lower case, without article and titles; empty for none."""
    lex = lexicon()
    words = form.replace(".", " ").split()
    titles = lex.social_titles | lex.male_titles | lex.female_titles | lex.titles | {"the"}
    while words and words[0].lower() in titles:
        words = words[1:]
    return tuple(word.lower() for word in words) if words and words[0][0].isupper() else ()


def news_labels(path: Path, text: str) -> list[Label]:
    """Return the labels of a token-a-line file, aligned with the article.

    Args:
        path: The file.
        text: The article's text.
    """
    labels: list[Label] = []
    place = 0
    inside: str | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        token, _, tag = line.partition("\t")
        start = text.find(token, place, place + _AHEAD) if tag else -1
        if start < 0 or tag == "O":
            place = place if start < 0 else start + len(token)
            inside = None
            continue
        place = start + len(token)
        position, _, name = tag.partition("-")
        kind = _NEWS.get(name, NameKind.OTHER)
        if position == "I" and inside == name:
            labels[-1] = (labels[-1][0], place, kind)
        else:
            labels.append((start, place, kind))
        inside = name
    return labels


def _fiction_labels(path: Path) -> list[Label]:
    labels: list[Label] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if not fields[0].startswith("T"):
            continue
        name, start, end = fields[1].split()[:3]
        if name.startswith("PROP_"):
            kind = _FICTION.get(name.removeprefix("PROP_"), NameKind.OTHER)
            labels.append((int(start), int(end), kind))
    return sorted(labels)


def _named(text: str, labels: Sequence[Label], tokenizer: Tokenizer, detector: Detector) -> Named:
    sentences = tokenizer.tokenize(text)
    attributions = detector.detect(text, sentences, pair_marks(text))
    words = Words(text, sentences, quoted_spans(text, attributions))
    mentions = find_names(words, (span for one in attributions for span in one.source))
    speaking = speaking_names(words, mentions, attributions)
    counts: dict[Key, Counter[NameKind]] = defaultdict(Counter)
    for mention in mentions:
        core = mention.last - len(mention.core) + 1 - bool(mention.suffix)
        span = Span(words.starts[core], mention.span.end)
        counts[mention.key][_label(labels, span)] += 1
    return Named(kind_features(words, mentions, speaking), counts)


def _label(labels: Sequence[Label], span: Span) -> NameKind:
    """Return the kind of the shortest label that touches a span."""
    place = bisect_left(labels, (span.start, 0, ""))
    near = labels[max(0, place - 3) : place + 3]
    touching = [
        (end - start, kind) for start, end, kind in near if start < span.end and end > span.start
    ]
    return min(touching)[1] if touching else NameKind.OTHER


def fit_names(documents: Sequence[Named], *, story: bool = False) -> LinearModel:
    """Fit the model of kinds: longer names first, then single words with what those tell.

    Args:
        documents: What to learn from.
        story: Learn from English given names, too. In news of the whole world they would make
            everybody else less of a person.
    """
    documents = list(documents if story else map(_unlisted, documents))
    outputs = [str(kind) for kind in KINDS]
    first = fit_classes(list(_examples(documents, None)), outputs, least=_LEAST, penalty=_PENALTY)
    examples = list(_examples(documents, first))
    return fit_classes(examples, outputs, least=_LEAST, penalty=_PENALTY)


def _unlisted(document: Named) -> Named:
    """Return a document without what the list of given names tells."""
    features = {
        key: {name: value for name, value in told.items() if not name.startswith(GIVEN)}
        for key, told in document.features.items()
    }
    return evolve(document, features=features)


def _examples(documents: Iterable[Named], model: LinearModel | None) -> Iterator[Example]:
    for document in documents:
        parts = part_features(_longer(document, model)) if model is not None else {}
        for key, features in document.features.items():
            told = parts.get(key[0], {}) if len(key) == 1 else {}
            for kind, count in document.labels.get(key, {}).items():
                yield Example({**features, **told}, KINDS.index(kind), count**0.5)


def _longer(document: Named, model: LinearModel) -> dict[Key, NameKind]:
    return {
        key: _best(model, features) for key, features in document.features.items() if len(key) > 1
    }


def _best(model: LinearModel, features: Mapping[str, float]) -> NameKind:
    scores = model.scores(features)
    return KINDS[scores.index(max(scores))]


def score_names(documents: Iterable[Named], model: LinearModel) -> dict[str, float]:
    """Return F1 of each kind over the places of names found, and ``"accuracy"``.

    Args:
        documents: Documents that the model was not fitted on.
        model: The model of kinds.
    """
    right: Counter[NameKind] = Counter()
    said: Counter[NameKind] = Counter()
    gold: Counter[NameKind] = Counter()
    for document in documents:
        kinds = _longer(document, model)
        parts = part_features(kinds)
        for key, features in document.features.items():
            if len(key) == 1:
                kinds[key] = _best(model, {**features, **parts.get(key[0], {})})
            for kind, count in document.labels.get(key, {}).items():
                said[kinds[key]] += count
                gold[kind] += count
                right[kind] += count * (kind is kinds[key])
    figures = {str(kind): 2 * right[kind] / max(1, said[kind] + gold[kind]) for kind in KINDS}
    return {**figures, "accuracy": right.total() / max(1, gold.total())}
