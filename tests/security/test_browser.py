"""A hostile corpus in a real browser: no script runs, nothing is fetched."""

import http.server
import re
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from quotecraft import load
from quotecraft.display import render_html, to_html
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")

MARK = "document.documentElement.setAttribute(`data-ran`,1)"


def payloads(port: int) -> list[str]:
    """What runs or fetches in a page that escapes badly; from OWASP's cheat sheet on XSS."""
    run, away = MARK, f"http://127.0.0.1:{port}/"
    return [
        f"<script>{run}</script>",
        f"</style><script>{run}</script>",
        f"</title></textarea></script><script>{run}</script>",
        f"<img src=x onerror={run}>",
        f'"><svg onload={run}>',
        f"' onmouseover={run} autofocus onfocus={run} x='",
        f'" style="animation-name:x" onanimationstart={run} x="',
        f"<details open ontoggle={run}>",
        f"<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
        f"<iframe src=javascript:parent.{run}>",
        f"<math><mtext><mglyph><style><img src=x onerror={run}>",
        f"<!--><script>{run}</script>",
        f"<img src={away}img>",
        f"<link rel=stylesheet href={away}css>",
        f"<meta http-equiv=refresh content='0;url={away}meta'>",
        f"</style><style>*{{background:url({away}style)}}</style>",
        f"{{{{constructor.constructor('{run}')()}}}}",
        f"&lt;script&gt;{run}&lt;/script&gt;",
        f"\u2028<script>{run}</script>\u0000<script>{run}</script>",
    ]


class Server(http.server.ThreadingHTTPServer):
    """Notes what is asked of it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def server():
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def opened(page: str, folder: Path) -> str:
    """Open a page in headless Chromium and return its elements after scripts have run."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8", errors="replace")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder / 'profile'}",
    ]
    limits = ["--virtual-time-budget=3000", "--dump-dom"]
    done = subprocess.run(
        [str(CHROMIUM), *options, *limits, path.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def ran(elements: str) -> bool:
    """Say whether a script marked the page's outermost element."""
    return "data-ran" in elements[elements.index("<html") :].split(">", 1)[0]


def hostile(port: int) -> list[Document]:
    """Documents of which every string is hostile, and one that the pipeline made of such a text."""
    found = []
    for number, payload in enumerate(payloads(port)):
        speaker = Speaker(
            SpeakerId(payload), payload, aliases=[payload], roles=[payload], pronouns=[payload]
        )
        size = len(payload)
        quote = Quote(
            QuoteId(payload),
            QuoteKind.DIRECT,
            [Span(0, size // 2)],
            [Span(size // 2, size // 2 + 2)],
            payload,
            source=[Span(size // 2 + 2, size // 2 + 4)],
            speaker=speaker.id,
            addressee=speaker.id,
            evidence=[payload, f"a:b→{payload}"],
        )
        fields = ("title", "outlet", "date", "author", "url", "language", payload)
        metadata = dict.fromkeys(fields, payload) | {"url": f"javascript:{MARK}"}
        name = f"{number}{payload}"
        found.append(Document(name, payload, metadata, (), [quote], [speaker], model=payload))
    text = "\n\n".join(f"“{p} It will rain,” said {p} Ana Ruiz." for p in payloads(port))
    return [*found, load()(text, id="read", metadata={"title": payloads(port)[0]})]


def test_the_check_sees_a_script_and_a_request(server, tmp_path) -> None:
    """A page that does run a script and fetches is seen to; else the tests below prove nothing."""
    away = f"http://127.0.0.1:{server.server_port}/control"
    page = f"<html><body><img src={away}><script>{MARK}</script></body></html>"
    assert ran(opened(page, tmp_path))
    assert "/control" in server.asked


def test_no_script_runs_in_a_page_of_a_hostile_corpus(server, tmp_path) -> None:
    """The stand-alone page runs nothing and asks nobody for anything."""
    server.asked.clear()
    documents = hostile(server.server_port)
    elements = opened(to_html(documents), tmp_path)
    assert not ran(elements)
    assert server.asked == []
    assert elements.count("qc-text") >= len(documents)
    assert re.findall(r'\s(?:href|src|action)="\s*javascript:', elements) == []


def test_no_script_runs_in_a_notebook(server, tmp_path) -> None:
    """What a notebook shows of documents, quotes and speakers runs nothing, either."""
    server.asked.clear()
    shown = []
    for document in hostile(server.server_port):
        parts = (document, *document.quotes[:1], *document.speakers[:1])
        shown += [render_html(part) for part in parts]
    elements = opened("<html><body>" + "\n".join(shown) + "</body></html>", tmp_path)
    assert not ran(elements)
    assert server.asked == []
