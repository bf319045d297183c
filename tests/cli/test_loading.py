"""The options that choose a pipeline, in every command that reads texts."""

import click
import pytest
from attrs import evolve
from click.testing import CliRunner

from quotecraft.cli._loading import Loading, model_options
from quotecraft.cli.batch import batch
from quotecraft.cli.extract import extract
from quotecraft.cli.report import report
from quotecraft.cli.show import show
from quotecraft.cli.speakers import speakers
from quotecraft.cli.store import add
from quotecraft.errors import InputError, WeightsError
from quotecraft.scale import BatchOptions

DEFAULT = Loading("en", None, 0.0, False, None)
READING = [batch, extract, report, show, speakers, add]


def taken(*arguments: str) -> Loading:
    """Return what a command with these options gets."""
    got = []

    @click.command()
    @click.option("--other", default=1)
    @model_options
    def command(other: int, loading: Loading) -> None:
        got.append((other, loading))

    result = CliRunner().invoke(command, [*arguments, "--other", "7"])
    assert result.exit_code == 0, result.output
    ((other, loading),) = got
    assert other == 7
    return loading


def test_without_options_the_shipped_model_reads_as_load_does():
    """The defaults of the command line are those of BatchOptions, and so of load."""
    defaults = BatchOptions()
    assert taken() == DEFAULT
    assert {name: getattr(defaults, name) for name in DEFAULT.options()} == DEFAULT.options()


def test_each_option_reaches_the_command():
    """All five options arrive under their names, beside the command's own."""
    given = taken(
        *("--model", "other", "--stanza", "default", "--min-confidence", "0.4", "--nested"),
        *("--coreference", "stanza"),
    )
    assert given == Loading("other", "default", 0.4, True, "stanza")


@pytest.mark.parametrize("command", READING, ids=lambda command: command.name)
def test_commands_that_read_texts_take_the_same_options(command):
    """Every such command has the five options, with one wording."""
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
