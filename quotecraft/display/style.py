"""The style sheet: every rule under ``.qc-doc``, so that nothing leaks into a notebook.

Quotation kinds differ by line as well as by hue: direct solid, mixed dashed, indirect dotted,
thought wavy. Themes follow the page: JupyterLab, VS Code and Colab say theirs, else the system's.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from quotecraft.display.palette import DARK, HUES, LIGHT, Ground, tones

__all__ = ["PICKS", "mistakes_style", "page_style", "style_sheet", "tables_style"]

PICKS = 12
"""How many speakers the legend shows before the rest is folded away, and lets the reader pick."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")

_LIGHT_VARIABLES = (
    f"--qc-page:{LIGHT.page};--qc-text:{LIGHT.text};--qc-soft:#5a606b;--qc-rule:#dcdfe4;"
    "--qc-panel:#f6f7f9;--qc-raised:#ffffff;--qc-shadow:0 6px 24px rgba(20,24,32,.18);"
    "--qc-accent:#1f4fa3"
)
_DARK_VARIABLES = (
    f"--qc-page:{DARK.page};--qc-text:{DARK.text};--qc-soft:#a5abb6;--qc-rule:#363a43;"
    "--qc-panel:#1e2128;--qc-raised:#262a32;--qc-shadow:0 6px 24px rgba(0,0,0,.6);"
    "--qc-accent:#a8cefe"
)
_HOSTS_LIGHT = ('[data-jp-theme-light="true"]', ".vscode-light", "html[theme=light]")
_HOSTS_DARK = ('[data-jp-theme-light="false"]', ".vscode-dark", "html[theme=dark]")


def _theme(roots: tuple[str, ...], *, dark: bool) -> str:
    variables, letter = (_DARK_VARIABLES, "d") if dark else (_LIGHT_VARIABLES, "l")
    hues = ",".join(f"{root} .qc-hue" for root in roots)
    tone = ";".join(f"--qc-{name}:var(--qc-{letter}-{name})" for name in ("tint", "line", "ink"))
    scheme = "dark" if dark else "light"
    return f"{','.join(roots)}{{{variables};color-scheme:{scheme}}}{hues}{{{tone}}}"


def _hosted(hosts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{host} .qc-doc" for host in hosts)


def _themes() -> str:
    return "\n".join(
        (
            _theme((".qc-doc",), dark=False),
            f"@media (prefers-color-scheme:dark){{{_theme(('.qc-doc',), dark=True)}}}",
            _theme(_hosted(_HOSTS_LIGHT), dark=False),
            _theme(_hosted(_HOSTS_DARK), dark=True),
            f"@media print{{{_theme(('.qc-doc.qc-doc',), dark=False)}}}",
        )
    )


@cache
def _resource(name: str) -> str:
    """Return a style sheet of this package on few lines."""
    css = resources.files("quotecraft.display").joinpath(name).read_text("utf-8")
    return _SPACE.sub(" ", _COMMENT.sub("", css)).replace("} .", "}\n.").strip()


def _hue_rules(speakers: int) -> str:
    rules: list[str] = []
    for index in (*range(min(speakers, HUES)), HUES):
        declarations = [
            _tones(index, ground, letter) for ground, letter in ((LIGHT, "l"), (DARK, "d"))
        ]
        rules.append(f".qc-doc .qc-s{index}{{{''.join(declarations)}}}")
    return "\n".join(rules)


def _tones(index: int, ground: Ground, letter: str) -> str:
    tone = tones(index, ground)
    named = {"tint": tone.tint, "line": tone.line, "ink": tone.ink}
    return "".join(f"--qc-{letter}-{name}:{value};" for name, value in named.items())


def _pick_rules() -> str:
    """Let the choice of a speaker in the legend fade the others' quotations and hide their rows.

    Two rules a speaker, and only for as many as are shown unfolded: each costs the browser time on
    every mark of a novel.
    """
    rules: list[str] = []
    for index in range(PICKS):
        picked = f".qc-doc:has(.qc-p{index}:checked)"
        rules.append(
            f"{picked} .qc-text .qc-hue:not(.qc-s{index})"
            "{--qc-tint:transparent;--qc-line:transparent;--qc-ink:var(--qc-text);"
            "--qc-edge:var(--qc-rule);--qc-label:var(--qc-soft)}"
            f"{picked} .qc-row:not(.qc-s{index}){{display:none}}"
        )
    return "\n".join(rules)


def style_sheet(speakers: int) -> str:
    """Return the rules for documents of up to this many speakers, without the ``style`` element."""
    rules = (_hue_rules(speakers), _themes(), _resource("style.css"), _pick_rules())
    return "\n".join(rules)


def page_style() -> str:
    """Return the rules that only a stand-alone page needs: its margins and background."""
    return _resource("page.css")


def tables_style() -> str:
    """Return the rules that tables of figures need, themes and frame included."""
    return "\n".join((_themes(), _resource("style.css"), _resource("tables.css")))


def mistakes_style() -> str:
    """Return the rules that only the page of mistakes needs."""
    return _resource("mistakes.css")
