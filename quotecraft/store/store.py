"""The store itself: one SQLite file, and what can be done with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack, overload

from quotecraft.errors import InputError
from quotecraft.model import Document, Quote, documents_of
from quotecraft.store.authority import Authority, read_authority
from quotecraft.store.codec import Packed, from_sql_id, hash_text, pack, sql_id, unpack
from quotecraft.store.connection import Connections
from quotecraft.store.days import Day
from quotecraft.store.hits import Hit
from quotecraft.store.linking import link_profiles
from quotecraft.store.people import People, Person
from quotecraft.store.profiles import stored_profiles
from quotecraft.store.query import Conditions, Order, Query, document_conditions, one_or_several
from quotecraft.store.searching import count_hits, find_hits
from quotecraft.store.settings import change_count, keep_authority, kept_authority
from quotecraft.store.summary import StoreInfo, summarise
from quotecraft.store.writing import Added, delete_documents, write_batch

if TYPE_CHECKING:
    from quotecraft.formats._io import Target

__all__ = ["Store"]

_PAGE = 64  # documents read at a time while iterating


class Store:
    """Documents in one SQLite file: added once, searched, iterated, exported.

    Every document is kept whole and exactly (its interchange record, with the text). A batch is
    written in one transaction: a kill at any moment loses nothing that ``add`` has reported. Many
    processes and threads may read while one writes; a second writer waits. ``close`` it at the end.

    Args:
        path: The file; ``create`` makes it and its folders.
        create: Make the file if there is none.
        read_only: Only read; works on media that can't be written.
        timeout: Seconds to wait for another writer.

    Raises:
        StoreError: If it can't be opened, is no store, or was written by a newer quotecraft.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        create: bool = True,
        read_only: bool = False,
        timeout: float = 30.0,
    ) -> None:
        self.path = Path(path)
        self._options: dict[str, Any] = {"read_only": read_only, "timeout": timeout}
        self._connections = Connections(self.path, create=create, **self._options)
        self._linked: tuple[object, People] | None = None

    def add(
        self,
        documents: Document | Iterable[Document],
        *,
        batch: int = 100,
        skip_same_text: bool = False,
        on_commit: Callable[[Added], None] | None = None,
    ) -> Added:
        """Add documents, known by their id; adding equal ones again changes nothing.

        A document whose id is there already takes that one's place if anything in it differs. The
        same text under two ids is kept twice, as agency copy that two outlets print should be;
        ``Added.same_text`` counts these.

        Args:
            documents: One document or many; they are taken as they are needed.
            batch: Documents in a transaction.
            skip_same_text: Leave out new documents whose text is there under another id.
            on_commit: Called after each transaction with what became of its documents.

        Returns:
            What became of all of them.

        Raises:
            InputError: If it is given a path or text in place of documents.
            StoreError: If the store can't be written; earlier batches stay, this one is gone.
            FormatError: If a document's metadata hold something that JSON can't; those before it
                are kept. So they are when ``documents`` itself raises.
        """
        if batch < 1:
            raise InputError(f"batch is {batch}; give at least 1")
        given = documents_of(documents)
        total = Added()
        held: list[Packed] = []
        try:
            for document in given:
                held.append(pack(document))
                if len(held) >= batch:
                    full, held = held, []
                    total += self._commit(full, skip_same_text, on_commit)
        finally:
            total += self._commit(held, skip_same_text, on_commit)
        return total

    def _commit(
        self,
        batch: list[Packed],
        skip_same_text: bool,
        on_commit: Callable[[Added], None] | None,
    ) -> Added:
        if not batch:
            return Added()
        with self._connections.writing() as connection:
            added = write_batch(connection, batch, skip_same_text=skip_same_text)
        if on_commit is not None:
            on_commit(added)
        return added

    def delete(self, ids: str | Iterable[str]) -> int:
        """Delete documents by id, in one transaction.

        Args:
            ids: One id or several; those that are not there are passed over.

        Returns:
            The number of documents deleted.

        Raises:
            StoreError: If the store can't be written.
        """
        with self._connections.writing() as connection:
            return delete_documents(connection, [ids] if isinstance(ids, str) else ids)

    def search(
        self,
        text: str | None = None,
        *,
        speaker: str | Person | None = None,
        kind: str | Iterable[str] | None = None,
        level: str | Iterable[str] | None = None,
        stance: str | Iterable[str] | None = None,
        cue: str | Iterable[str] | None = None,
        outlet: str | Iterable[str] | None = None,
        since: Day | None = None,
        until: Day | None = None,
        min_confidence: float = 0.0,
        min_speaker_confidence: float = 0.0,
        order: Order | str | None = None,
        limit: int | None = 20,
        offset: int = 0,
    ) -> tuple[Hit, ...]:
        """Find quotations; every condition given must hold.

        Args:
            text: Words that the content must hold, in any order, and phrases in quotation marks;
                without case and accents. No other character has a meaning.
            speaker: Words of a name or alias that the document uses for the speaker, side by side;
                or a person from ``people()``, for what all documents have of them.
            kind: Direct, indirect, mixed, or several of these; ``level`` and ``stance`` likewise.
            level: Speech or thought.
            stance: Stances of the cue.
            cue: Lemma of the cue ("say"), or several.
            outlet: The outlet in the metadata, exactly, or several.
            since: First day, a date or its ISO 8601 text; ``"2024"`` is its first of January.
            until: Last day; ``"2024"`` is its last of December. Documents without an ISO 8601 date
                in their metadata lie in no period.
            min_confidence: Least probability that the quotation is one with this content.
            min_speaker_confidence: Least probability that the speaker is right.
            order: Best first (by default, if words are searched), newest or oldest first, or as
                stored.
            limit: Most hits to return; ``None`` for all.
            offset: Hits to pass over first.

        Raises:
            InputError: If a value can't be: no word in ``text``, no date, an unknown kind …
            StoreError: If the store can't be read.
        """
        conditions = Conditions(
            speaker=speaker,
            kind=kind,
            level=level,
            stance=stance,
            cue=cue,
            outlet=outlet,
            since=since,
            until=until,
            min_confidence=min_confidence,
            min_speaker_confidence=min_speaker_confidence,
        )
        query = Query.of(text, conditions)
        with self._connections.reading() as connection:
            return find_hits(connection, query, order=order, limit=limit, offset=offset)

    def count(self, text: str | None = None, **conditions: Unpack[Conditions]) -> int:
        """Return how many quotations ``search`` finds with the same conditions and no limit.

        Args:
            text: As for ``search``.
            conditions: Those of ``search``, from ``speaker`` to ``min_speaker_confidence``.

        Raises:
            InputError: As for ``search``.
            StoreError: If the store can't be read.
        """
        query = Query.of(text, conditions)
        with self._connections.reading() as connection:
            return count_hits(connection, query)

    def documents(
        self,
        *,
        outlet: str | Iterable[str] | None = None,
        since: Day | None = None,
        until: Day | None = None,
    ) -> Iterator[Document]:
        """Yield documents in the order in which they were first added, a few read at a time.

        Args:
            outlet: As for ``search``; ``since`` and ``until`` likewise.
            since: First day.
            until: Last day.
        """
        where, parameters = document_conditions(one_or_several(outlet), since, until)
        condition = " AND ".join(["key > ?", *where])
        last = 0
        while True:
            with self._connections.reading() as connection:
                page = connection.execute(
                    f"SELECT key, record FROM documents WHERE {condition} "  # noqa: S608
                    "ORDER BY key LIMIT ?",
                    [last, *parameters, _PAGE],
                ).fetchall()
            if not page:
                return
            for key, record in page:
                last = key
                yield unpack(record)

    def quotes(self) -> Iterator[tuple[Document, Quote]]:
        """Yield every quotation with its document, in the documents' order."""
        return ((document, quote) for document in self.documents() for quote in document.quotes)

    def ids(self) -> tuple[str, ...]:
        """Return the documents' ids in the order in which they were first added."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT id FROM documents ORDER BY key").fetchall()
        return tuple(from_sql_id(document_id) for (document_id,) in rows)

    @overload
    def get(self, id: str) -> Document | None: ...
    @overload
    def get(self, id: str, default: Document) -> Document: ...
    def get(self, id: str, default: Document | None = None) -> Document | None:
        """Return the document with this id, or the default."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT record FROM documents WHERE id = ?", (sql_id(id),)
            ).fetchone()
        return default if row is None else unpack(row[0])

    def has_text(self, id: str, text: str, *, model: str | None = None) -> bool:
        """Say whether a document with this id is there that was made from this text.

        Args:
            id: The document's id.
            text: The text.
            model: Ask for one that this model annotated, too (``Pipeline.name``).
        """
        condition = " AND model = ?" if model is not None else ""
        with self._connections.reading() as connection:
            row = connection.execute(
                f"SELECT 1 FROM documents WHERE id = ? AND text_hash = ?{condition}",  # noqa: S608
                [sql_id(id), hash_text(text), *([model] if model is not None else [])],
            ).fetchone()
        return row is not None

    def export(
        self,
        target: Target,
        format: str | None = None,  # noqa: A002  (what users call it)
        *,
        text: bool = True,
        outlet: str | Iterable[str] | None = None,
        since: Day | None = None,
        until: Day | None = None,
    ) -> int:
        """Write documents in any format of ``quotecraft.formats``.

        Args:
            target: A path, or an open stream or ``"-"`` for formats of one file.
            format: Name of a format; by default told by the path's ending.
            text: Keep the texts, where the format leaves the choice.
            outlet: As for ``search``; ``since`` and ``until`` likewise.
            since: First day.
            until: Last day.

        Returns:
            The number of documents written.

        Raises:
            FormatError: If the format is unknown or the target can't be written.
        """
        from quotecraft.formats import write

        documents = self.documents(outlet=outlet, since=since, until=until)
        return write(documents, target, format, text=text)

    def info(self) -> StoreInfo:
        """Return what the store holds, in figures."""
        with self._connections.reading() as connection:
            return summarise(connection, self.path)

    def people(self, authority: Authority | None = None) -> People:
        """Return who is who across the documents; kept until the store changes.

        Args:
            authority: Goes before the one that the store keeps.
        """
        with self._connections.reading() as connection:
            state = (change_count(connection), authority)
            if self._linked is not None and self._linked[0] == state:
                return self._linked[1]
            profiles = stored_profiles(connection)
        people = link_profiles(profiles, authority or self.authority)
        self._linked = (state, people)
        return people

    @property
    def authority(self) -> Authority | None:
        """The authority file that the store keeps."""
        with self._connections.reading() as connection:
            return kept_authority(connection)

    def set_authority(self, authority: Authority | str | os.PathLike[str] | None) -> None:
        """Keep an authority file's rows in the store; they tell who is who from now on.

        Args:
            authority: What ``read_authority`` gave, or a path; ``None`` to forget the old one.

        Raises:
            InputError: If the path can't be read.
            FormatError: If the file is no authority file.
        """
        if authority is not None and not isinstance(authority, Authority):
            authority = read_authority(authority)
        with self._connections.writing() as connection:
            keep_authority(connection, authority)

    def authority_columns(self) -> tuple[str, ...]:
        """Return the columns of the authority file that the store keeps: keys to group by."""
        authority = self.authority
        return authority.columns if authority else ()

    def close(self) -> None:
        """Close the file; what was added is safe already."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with self._connections.reading() as connection:
            number: int = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        return number

    def __bool__(self) -> bool:  # a store is one, documents or not
        return True

    def __iter__(self) -> Iterator[Document]:
        return self.documents()

    def __contains__(self, id: object) -> bool:
        if not isinstance(id, str):
            return False
        with self._connections.reading() as connection:
            row = connection.execute("SELECT 1 FROM documents WHERE id = ?", (sql_id(id),))
            return row.fetchone() is not None

    def __getitem__(self, id: str) -> Document:
        if (found := self.get(id)) is None:
            raise KeyError(id)
        return found

    def __reduce__(self) -> tuple[Callable[..., Store], tuple[str]]:
        return partial(Store, create=False, **self._options), (str(self.path),)

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"
