"""Arrow in, Arrow out: the function that Ray Data's and Spark's workers call.

A batch has a column of texts, a column of ids, and others, which become metadata. What comes out
has the columns of the Parquet format (``quotecraft.formats.parquet``), one quotation a row, and a
column ``error``: a text that can't be read is a row with its id and the reason.

On Spark (4.0 or newer; quotecraft has to be installed where the workers run)::

    from pyspark.sql.pandas.types import from_arrow_schema
    from quotecraft.scale.arrow import attribute_batches, output_schema

    articles = spark.read.parquet("articles/")  # columns "id" and "text"
    schema = from_arrow_schema(output_schema())
    quotes = articles.mapInArrow(attribute_batches, schema)

Other options, and other names of the columns: ``functools.partial(attribute_batches,
options=BatchOptions(text_column="body"))``. On Ray: ``quotecraft.scale.ray``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeAlias

from quotecraft.errors import MissingExtraError
from quotecraft.formats import parquet
from quotecraft.parallel import Apart
from quotecraft.scale.options import BatchOptions
from quotecraft.text.inputs import Columns, FailedInput, InputText
from quotecraft.text.tables import texts_of_batch

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Attributor", "attribute_batches", "output_schema"]


def _pyarrow() -> Any:  # noqa: ANN401  (a module)
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("Arrow", "parquet") from error
    return pa


def output_schema() -> pa.Schema:
    """Return the columns that come out.

    Raises:
        MissingExtraError: If pyarrow is not installed.
    """
    pa = _pyarrow()
    return parquet.arrow_schema().append(pa.field("error", pa.string()))


Row: TypeAlias = "dict[str, Any]"


class Attributor:
    """Reads the texts of Arrow tables; one per worker, which holds the model.

    Args:
        options: Model, options and names of the columns; ``BatchOptions()`` if not given.
        apart: Whether the model is in a process of its own, so that a text that kills what reads
            it is a row with the reason.

    Raises:
        WeightsError: If the model does not exist, or a file of it is missing or damaged.
    """

    def __init__(self, options: BatchOptions | None = None, *, apart: bool = False) -> None:
        options = options or BatchOptions()
        self._columns = Columns(options.text_column, options.id_column)
        make = partial(_make_reader, options)
        self._apart: Apart[InputText, list[Row]] | None = Apart(make) if apart else None
        self._read = None if apart else make()

    def __call__(self, table: pa.Table) -> pa.Table:
        """Return the quotations of a table of texts.

        Raises:
            FormatError: If a column is missing.
        """
        pa = _pyarrow()
        texts = (item for b in table.to_batches() for item in texts_of_batch(b, self._columns))
        rows = [row for text in texts for row in self._rows(text)]
        return pa.Table.from_pylist(rows, schema=output_schema())

    def _rows(self, item: InputText | FailedInput) -> list[Row]:
        if isinstance(item, FailedInput):
            return [_failed(item.id, item.error)]
        if self._read is not None:
            return self._read(item)
        assert self._apart is not None
        (outcome,) = self._apart([item])
        return outcome.result if outcome.error is None else [_failed(item.id, outcome.error)]


def _make_reader(options: BatchOptions) -> Callable[[InputText], list[Row]]:
    """Load the model and return what gives the rows of a text."""
    pipe = options.load()

    def read(item: InputText) -> list[Row]:
        try:
            return list(parquet.document_rows(pipe.read(item), text=options.text))
        except Exception as error:
            return [_failed(item.id, error)]

    return read


def _failed(name: str, error: Exception | None) -> Row:
    return {"document": name, "error": str(error) or type(error).__name__}


@lru_cache(maxsize=1)
def _attributor(options: BatchOptions) -> Attributor:
    """Return this process's own, made when it is first needed."""
    return Attributor(options)


def attribute_batches(
    batches: Iterable[pa.RecordBatch], options: BatchOptions | None = None
) -> Iterator[pa.RecordBatch]:
    """Read the texts of Arrow batches, as ``DataFrame.mapInArrow`` of Spark wants it.

    Args:
        batches: Batches with a column of texts and one of ids.
        options: Model, options and names of the columns; ``BatchOptions()`` if not given.

    Yields:
        Batches with the columns of ``output_schema``.

    Raises:
        FormatError: If a column is missing.
        WeightsError: If the model does not exist, or a file of it is missing or damaged.
    """
    pa = _pyarrow()
    read = _attributor(options or BatchOptions())
    for batch in batches:
        yield from read(pa.Table.from_batches([batch])).to_batches()
