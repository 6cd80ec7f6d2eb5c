"""What is not written down does not exist: every setting, command, question type, command word, report and channel."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot import cli
from bot.config import fields
from surveys.questions import known_types
from surveys.registry import Registry
from tests.test_locale import in_code

ROOT = Path(__file__).resolve().parent.parent


@cache
def docs() -> str:
    """All that is written for people."""
    paths = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def commands(command: Any, name: str = "suara") -> Iterator[tuple[str, Any]]:
    """Every command that can be given, with its full name."""
    below = getattr(command, "commands", None)
    if below is None:
        yield name, command
    else:
        for word, one in sorted(below.items()):
            yield from commands(one, f"{name} {word}")


def undocumented(words: Iterator[str]) -> list[str]:
    return [word for word in words if not re.search(rf"(?<![\w/]){re.escape(word)}(?!\w)", docs())]


def test_every_setting_is_in_the_docs() -> None:
    assert undocumented(f"`{section}.{key}`" for section, key in fields()) == []


def test_every_command_is_in_the_docs() -> None:
    assert undocumented(name for name, _command in commands(get_command(cli.program()))) == []


def test_every_option_of_a_command_is_in_the_docs() -> None:
    options = {
        option
        for _name, command in commands(get_command(cli.program()))
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    }
    assert undocumented(iter(sorted(options))) == []


def test_every_command_explains_itself_in_both_languages() -> None:
    said = {sentence for sentence in in_code() if isinstance(sentence, str)}
    wordless = [
        (name, getattr(part, "name", ""), part.help)
        for name, command in commands(get_command(cli.program()))
        for part in (command, *(parameter for parameter in command.params if parameter.name != "help"))
        if part.help not in said
    ]
    assert wordless == []


def test_every_question_type_is_in_the_docs() -> None:
    assert undocumented(f"`{word}`" for word in sorted(known_types())) == []


def test_every_command_word_is_in_the_docs() -> None:
    from surveys.text.commands import _PHRASES

    spoken = [said.partition("|")[0].upper() for said in _PHRASES.values()]
    assert undocumented(iter(spoken)) == []


@pytest.mark.parametrize("folder", ["reports", "bot.channels"])
def test_every_file_found_by_its_name_is_in_the_docs(folder: str) -> None:
    package = importlib.import_module(folder)
    names = Registry(package.__name__, but=frozenset({"base", "fitting", "render"}))
    assert undocumented(iter(names)) == []


def test_what_the_docs_tell_to_type_is_a_command() -> None:
    known = {name.removeprefix("suara ") for name, _command in commands(get_command(cli.program()))}
    groups = {name.split()[0] for name in known if " " in name}
    known |= {" ".join(name.split()[:2]) for name in known}  # of "training task put", the group
    told = set(re.findall(r"`suara ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?", docs()))
    unknown = {
        f"{first} {second}".strip()
        for first, second in told
        if (f"{first} {second}" if first in groups else first) not in known | groups
    }
    assert sorted(unknown) == []
