"""What importing the package costs."""

import subprocess
import sys

HEAVY = ("torch", "stanza", "onnxruntime", "transformers", "scipy", "trafilatura", "pyarrow")


def _modules_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(run.stdout.split())


def test_import_is_light() -> None:
    """Importing quotecraft loads no heavy package."""
    assert _modules_after("import quotecraft").isdisjoint(HEAVY)


def test_help_is_light() -> None:
    """Showing the command line's help loads no heavy package."""
    statement = (
        "from click.testing import CliRunner\n"
        "from quotecraft.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0"
    )
    modules = set(_modules_after(statement + "\nprint()"))
    assert modules.isdisjoint(HEAVY)


def test_public_names_resolve() -> None:
    """Every name in __all__ can be had from the package."""
    import quotecraft

    assert [n for n in quotecraft.__all__ if getattr(quotecraft, n, None) is None] == []


def test_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name fails as it does in any module."""
    import quotecraft

    assert not hasattr(quotecraft, "lode")
