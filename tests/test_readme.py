"""The README's examples are executed, so that they can't drift."""

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def _commands() -> list[tuple[str, str]]:
    """Console examples: each ``$ quotecraft …`` line with the output printed under it."""
    found = []
    for block in _blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def test_readme_has_examples() -> None:
    """The README shows Python and commands at all."""
    assert _blocks("python")
    assert _commands()


def test_python_examples_give_what_they_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python examples, run one after another, print what the README says."""
    monkeypatch.chdir(ROOT)
    session = "\n".join(_blocks("python"))
    test = doctest.DocTestParser().get_doctest(session, {}, "README", "README.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize(("command", "output"), _commands())
def test_command_example_gives_what_it_prints(command: str, output: str, tmp_path: Path) -> None:
    """Each command example runs and prints what the README says; "..." stands for anything."""
    arguments = shlex.split(command)
    assert arguments[0] == "quotecraft"
    arguments = [a.replace("/tmp/", f"{tmp_path}/") for a in arguments[1:]]
    run = subprocess.run(
        [sys.executable, "-m", "quotecraft", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.OutputChecker().check_output(output, run.stdout, flags), run.stdout
