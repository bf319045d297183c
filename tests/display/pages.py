"""Reads a page back: its elements, its ids and the text that a reader sees."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "hr", "img", "link"}


class PageReader(HTMLParser):
    """Collects what a page holds, and complains when its tags don't match.

    Attributes:
        elements: Each element's name and attributes, in order.
        article: The text inside ``article``, without labels and cards.
        rows: The text of each row of the table of quotations.
        problems: Tags that don't match.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.article: list[str] = []
        self.rows: list[str] = []
        self.problems: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        self.problems += [f"<{tag}> is never closed" for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        if tag not in VOID:
            self._open.append((tag, values.get("class") or ""))
        if "qc-row" in (values.get("class") or "").split():
            self.rows.append("")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.problems.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        classes = {name for _, names in self._open for name in names.split()}
        if "qc-text" in classes and not classes & {"qc-tag", "qc-card"}:
            self.article.append(data)
        if "qc-row" in classes:
            self.rows[-1] += data

    def attributes(self, name: str) -> list[str]:
        """Return every value of one attribute."""
        return [values[name] or "" for _, values in self.elements if name in values]

    def tags(self) -> Counter[str]:
        """Return how often each element occurs."""
        return Counter(tag for tag, _ in self.elements)

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        """Return the attributes of each element that has a class."""
        return [v for _, v in self.elements if name in (v.get("class") or "").split()]
