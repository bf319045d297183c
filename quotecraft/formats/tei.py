"""TEI P5 (https://tei-c.org/guidelines/p5/): the text with its quotations marked up in place.

The content of a quotation is ``<said who="#…" toWhom="#…" aloud="…" direct="…">``, its source
mention ``<rs type="source">`` (``<seg>`` where another quotation's ``<said>`` stands inside it,
which ``<rs>`` may not hold) and its cue ``<seg type="cue">``; both point to their quotation with
``@corresp``. Speakers are in ``<listPerson>`` and ``<listOrg>``. ``direct`` is true, false, or
unknown for mixed; ``aloud`` is true for speech and false for thought; the same and the stance stand
in ``@ana`` as categories of a ``<taxonomy>``.

XML nests, quotations may overlap, and paragraphs interrupt them: what is in several pieces is
chained with ``@next`` and ``@prev``. A piece that only continues the stretch before it (the break
is the mark-up's) says so with ``ana="#same-span"``.

The text is all the character data of ``<text>``, in order: no more and no less, so it reads back
exactly. Paragraphs keep the blank lines that end them. Characters that XML 1.0 can't hold (NUL and
other controls, lone surrogates) are ``<g>`` elements described in ``<charDecl>``. What TEI has no
place for stands in ``<xenoData>`` as JSON. One document is a ``<TEI>``, several are a
``<teiCorpus>``.

Reading takes spans, speakers, addressees, kinds, levels and stances from the mark-up, so that edits
count, and also reads TEI of other software that uses ``<said>``. A document type declaration is
refused, and with it every entity.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotecraft.formats._io import Target
from quotecraft.formats._tei_reading import read
from quotecraft.formats._tei_writing import Rendered, corpus_head, render
from quotecraft.formats._writer import FileWriter
from quotecraft.model import Document

__all__ = ["Writer", "read", "write"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Writer(FileWriter):
    """Writes TEI to a path or a stream; the first document waits for whether a second comes."""

    def _head(self) -> bytes:
        self._first: Rendered | None = None
        return _DECLARATION.encode()

    def _encode(self, document: Document) -> bytes:
        number = self._file.marks + 1
        rendered = render(document, number)
        if number == 1:
            self._first = rendered
            return b""
        markup = rendered.xml(alone=False)
        if number == 2 and self._first is not None:
            markup = corpus_head() + self._first.xml(alone=False) + markup
        return markup.encode("utf-8")

    def _foot(self) -> bytes:
        if self._file.marks == 1 and self._first is not None:
            return self._first.xml(alone=True).encode("utf-8")
        return ("" if self._file.marks else corpus_head()).encode() + b"</teiCorpus>\n"


def write(documents: Iterable[Document], target: Target) -> int:
    """Write documents as one XML file; a path gets all of them or stays as it was.

    Args:
        documents: The documents.
        target: A path, an open stream (binary or text), or ``"-"`` for standard output.

    Returns:
        The number of documents written.

    Raises:
        FormatError: If metadata hold something that JSON can't, or the output can't be written.
    """
    with Writer(target) as writer:
        for document in documents:
            writer.write(document)
    return writer.count
