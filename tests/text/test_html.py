"""HTML pages to articles."""

import builtins
from types import SimpleNamespace
from typing import Any

import pytest

from quotecraft.errors import InputError, MissingExtraError
from quotecraft.text import extract_article

pytest.importorskip("trafilatura", reason="the html extra is not installed")

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="{charset}"><title>Rain on Mill Street | The Bend</title>
<meta property="og:site_name" content="The Bend"><meta name="author" content="Rosa Hale">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<link rel="canonical" href="https://example.org/rain"></head>
<body><nav><a href="/">Home</a> <a href="/a">All news</a></nav>
<article><h1>Rain on Mill Street</h1>
<p>“It has rained for nine days,” said Zoë Orme, the miller, who has measured it every morning.</p>
<p>Nobody in the village could remember a wetter March, and the river is still rising slowly.</p>
</article><footer>All rights reserved</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_article_and_metadata_are_taken_out(charset: str) -> None:
    """The paragraphs come without menus, and the page's own data as metadata."""
    text, metadata = extract_article(PAGE.format(charset=charset).encode(charset))
    paragraphs = text.split("\n\n")
    assert paragraphs[-2].startswith("“It has rained for nine days,” said Zoë Orme")
    assert paragraphs[-1].startswith("Nobody in the village")
    assert "All news" not in text
    expected = {
        "title": "Rain on Mill Street",
        "date": "2021-03-04",
        "author": "Rosa Hale",
        "outlet": "The Bend",
        "url": "https://example.org/rain",
        "language": "en-GB",
    }
    assert expected == metadata


def test_wrong_charset_in_the_page_is_not_believed() -> None:
    """If the bytes don't keep to what the page declares, they are told by themselves."""
    page = PAGE.format(charset="ascii").encode("utf-8")
    assert "said Zoë Orme" in extract_article(page)[0]
    page = PAGE.format(charset="no-such-charset").encode("utf-8")
    assert "said Zoë Orme" in extract_article(page)[0]


def test_declared_encoding_in_a_string_is_no_obstacle() -> None:
    """A page given as ``str`` may begin with an XML declaration."""
    page = '<?xml version="1.0" encoding="iso-8859-1"?>' + PAGE.format(charset="utf-8")
    assert "said Zoë Orme" in extract_article(page)[0]


@pytest.mark.parametrize("page", ["", "<html></html>", "\0", "<<<>>>", b"\xff\xff"])
def test_page_without_an_article_is_refused(page: str | bytes) -> None:
    """A page that holds no article raises an error that names it."""
    with pytest.raises(InputError, match=r"^a\.html holds no article"):
        extract_article(page, source="a.html")


def test_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trafilatura the error holds the pip command."""
    real = builtins.__import__

    def fake(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("trafilatura"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", fake)
    with pytest.raises(MissingExtraError, match=r"quotecraft\[html\]"):
        extract_article("<html></html>")


def test_an_article_of_blanks_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of which nothing but white space can be taken is refused."""
    blank = SimpleNamespace(text=" \n\u00a0\n")
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: blank)
    with pytest.raises(InputError, match=r"page\.html holds no article"):
        extract_article("<p> </p>", source="page.html")
