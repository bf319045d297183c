"""The options that say how texts are read, in every command that reads texts."""

import click
import pytest
from attrs import evolve
from click.testing import CliRunner

from quotecraft import Store
from quotecraft.cli import main
from quotecraft.cli._reading import Reading, reading_options
from quotecraft.cli.batch import batch
from quotecraft.cli.extract import extract
from quotecraft.cli.report import report
from quotecraft.cli.show import show
from quotecraft.cli.speakers import speakers
from quotecraft.cli.store import add
from quotecraft.errors import InputError, WeightsError
from quotecraft.scale import BatchOptions

DEFAULT = Reading("text", "id", "en", None, 0.0, False, None)
READING = [batch, extract, report, show, speakers, add]


def taken(*arguments: str) -> Reading:
    """Return what a command with these options gets."""
    got = []

    @click.command()
    @click.option("--other", default=1)
    @reading_options
    def command(other: int, reading: Reading) -> None:
        got.append((other, reading))

    result = CliRunner().invoke(command, [*arguments, "--other", "7"])
    assert result.exit_code == 0, result.output
    ((other, reading),) = got
    assert other == 7
    return reading


def test_without_options_the_shipped_model_reads_as_load_does():
    """The defaults of the command line are those of BatchOptions, and so of load."""
    defaults = BatchOptions()
    assert taken() == DEFAULT
    assert {name: getattr(defaults, name) for name in DEFAULT.options()} == DEFAULT.options()


def test_each_option_reaches_the_command(monkeypatch):
    """All options arrive under their names, beside the command's own."""
    monkeypatch.setattr("quotecraft.cli._reading.model_names", lambda: ("en", "other"))
    given = taken(
        *("--model", "other", "--stanza", "default", "--min-confidence", "0.4", "--nested"),
        *("--coreference", "stanza", "--text-column", "body", "--id-column", "url"),
    )
    assert given == Reading("body", "url", "other", "default", 0.4, True, "stanza")


@pytest.mark.parametrize("command", READING, ids=lambda command: command.name)
def test_commands_that_read_texts_take_the_same_options(command):
    """Every such command has all of these options, with one wording."""
    told = {p.name: p.get_help_record(click.Context(command)) for p in command.params}
    expected = {p.name: p.get_help_record(click.Context(extract)) for p in extract.params}
    names = DEFAULT.options()
    assert {name: told.get(name) for name in names} == {name: expected[name] for name in names}


def test_the_pipeline_is_the_one_that_was_asked_for():
    """The pipeline leaves out what lies below the least confidence, and looks inside quotations."""
    text = "“He told me, ‘It is over,’ and left,” Ana Ruiz said.\n"
    inside = evolve(DEFAULT, nested=True).pipeline()(text)
    assert [quote.parent for quote in inside.quotes] == [None, "q1"]
    assert len(DEFAULT.pipeline()(text).quotes) == 1
    sure = evolve(DEFAULT, min_confidence=1.0).pipeline()
    assert sure.min_confidence == 1.0


@pytest.mark.parametrize(
    ("option", "error"),
    [({"model": "xx"}, WeightsError), ({"coreference": "guess"}, InputError)],
)
def test_what_does_not_exist_is_named(option, error):
    """A model or source of coreference that there isn't is an error that names it."""
    with pytest.raises(error, match=next(iter(option.values()))):
        evolve(DEFAULT, **option).pipeline()


@pytest.mark.parametrize("command", ["extract", "report", "show", "speakers"])
def test_texts_may_stand_in_any_column(command, tmp_path):
    """Tables with other names of columns are read by every command, not by extract alone."""
    path = tmp_path / "articles.csv"
    path.write_text('url,body\na.html,"“We will build it,” Ana Ruiz said."\n', encoding="utf-8")
    chosen = ["--text-column", "body", "--id-column", "url"]
    result = CliRunner().invoke(main, [command, str(path), *chosen])
    assert result.exit_code == 0, result.stderr
    assert "Ana Ruiz" in result.stdout
    assert CliRunner().invoke(main, [command, str(path)]).exit_code == 1


def test_a_store_takes_texts_from_any_column(tmp_path):
    """So does ``store add``; the ids are those of the column."""
    path = tmp_path / "articles.csv"
    path.write_text('url,body\na.html,"“We will build it,” Ana Ruiz said."\n', encoding="utf-8")
    chosen = ["--text-column", "body", "--id-column", "url"]
    result = CliRunner().invoke(main, ["store", "add", str(tmp_path / "n.db"), str(path), *chosen])
    assert result.stdout == "1 added, 0 unchanged, 0 replaced\n"
    with Store(tmp_path / "n.db") as kept:
        assert list(kept.ids()) == ["a.html"]
