"""An article of our own, laid where the labels by offsets look for those of the newswire."""

from pathlib import Path

import quotecraft

__all__ = ["lay_article"]


def lay_article(data: Path, name: str, text: str) -> list[list[int]]:
    """Write an article into a folder of corpora; return start and end of each quotation in it."""
    place = data / "worldwide" / "original_articles"
    place.mkdir(parents=True)
    (place / name).write_text(text, encoding="utf-8")
    quotes = quotecraft.load()(text).quotes
    return [[quote.content[0].start, quote.content[-1].end] for quote in quotes]
