"""Small articles made by hand: who says what, in which outlet, when."""

from collections.abc import Mapping, Sequence

from quotecraft import Store
from quotecraft.model import Document, Mention, Quote, Span, Speaker


def emptied(store: Store) -> Store:
    """Return a store from which everything was deleted."""
    store.delete(store.ids())
    return store


def speaker(name: str, **told: object) -> dict[str, object]:
    """Return what an article tells of a speaker who is mentioned by name."""
    return {"name": name, "kind": "person", "mention": "name", **told}


def article(
    document_id: str,
    said: Sequence[tuple[Mapping[str, object] | str | None, str]],
    *,
    metadata: Mapping[str, object] | None = None,
    **quote_fields: object,
) -> Document:
    """Return an article of sentences like "“…,” Ana Ruiz said."; each with its quotation.

    Args:
        document_id: Its id.
        said: Who says what; a speaker is a name, what ``speaker`` gave, or ``None``.
        metadata: Its metadata.
        quote_fields: Fields that all its quotations have.
    """
    text = ""
    quotes = []
    speakers: dict[str, dict[str, object]] = {}
    for number, (who, words) in enumerate(said, 1):
        told = speaker(who) if isinstance(who, str) else who
        content = Span(len(text), len(text) + len(words))
        text += words
        fields: dict[str, object] = {"kind": "direct", "cue_lemma": "say", **quote_fields}
        if told is not None:
            name = str(told["name"])
            start = len(text) + 1
            text += f" {name}"
            source = Span(start, start + len(name))
            one = speakers.setdefault(name, {"id": f"s{len(speakers) + 1}", "places": [], **told})
            one["places"].append(source)  # type: ignore[attr-defined]
            fields |= {"source": (source,), "speaker": one["id"]}
        start = len(text) + 1
        text += " said.\n"
        fields["cue"] = (Span(start, start + 4),)
        quotes.append(Quote(id=f"q{number}", content=(content,), **fields))  # type: ignore[arg-type]
    return Document(
        id=document_id,
        text=text,
        metadata=metadata or {},
        quotes=quotes,
        speakers=[_speaker(**told) for told in speakers.values()],
        model="by-hand",
    )


def _speaker(places: Sequence[Span], mention: str, **told: object) -> Speaker:
    mentions = [Mention(place, mention) for place in places]  # type: ignore[arg-type]
    return Speaker(mentions=mentions, **told)  # type: ignore[arg-type]
