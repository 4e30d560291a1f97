"""The page of commands names every command and option that there is, and none that there is not."""

import re
from pathlib import Path

import typer

from hyosan.views.commands import app

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "commands.md").read_text()
COMMANDS = typer.main.get_command(app).commands


def options():
    return {name for command in COMMANDS.values() for parameter in command.params for name in parameter.opts}


def test_every_command_and_option_is_on_the_page():
    assert set(re.findall(r"^hyosan (\w+) ", PAGE, re.MULTILINE)) == set(COMMANDS)
    written = {name for name in options() if name.startswith("-")}
    assert {name for name in written if not re.search(rf"(?<![\w-]){name}(?![\w-])", PAGE)} == set()


def test_the_page_promises_no_other_option():
    known = {*options(), "--help", "--version"}
    assert set(re.findall(r"(?<![\w-])--[a-z]+", PAGE)) <= known


def test_the_page_names_every_number_of_a_run():
    from hyosan.ensemble.execute import FIELDS

    for name in (*FIELDS, "status", "folder"):
        assert f"`{name}`" in PAGE
