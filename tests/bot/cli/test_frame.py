"""The frame of the command line: errors are one line, a help page loads nothing heavy, secrets stay hidden."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from bot import cli
from bot.cli import at, main
from surveys.errors import SurveyError

TOKEN = "1234567890:AAExampleExampleExampleExampleExam"

Tried = Callable[..., tuple[int, str, str]]


class Area:
    """Stands in for a file of bot/cli."""

    HELP = "Try it."

    def __init__(self, command: Callable[[typer.Context], None]) -> None:
        self.command = command


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Tried:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")

    def run(command: Callable[[typer.Context], None], *before: str) -> tuple[int, str, str]:
        monkeypatch.setattr(cli, "areas", {"try_it": Area(command)})
        with pytest.raises(SystemExit) as ended:
            main([*before, "try-it"])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, said.err

    return run


def test_done_is_0(tried: Tried) -> None:
    def greet(context: typer.Context) -> None:
        at(context).say("hello")

    assert tried(greet) == (0, "hello\n", "")


def test_an_error_of_ours_is_one_line(tried: Tried) -> None:
    def fail(_context: typer.Context) -> None:
        raise SurveyError("the survey\n has no questions: add one")

    assert tried(fail) == (1, "", "the survey has no questions: add one\n")


def test_an_error_without_words_says_what_its_kind_is(tried: Tried) -> None:
    def fail(_context: typer.Context) -> None:
        raise SurveyError

    assert tried(fail) == (1, "", "The survey cannot be used.\n")


def test_a_wrong_setting_is_one_line(tried: Tried, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[web]\nport = -1\n", encoding="utf-8")

    def tell(context: typer.Context) -> None:
        at(context).say(str(at(context).config))

    code, out, err = tried(tell, "--config", str(file))
    assert (code, out) == (1, "")
    assert err == f"{file}: web.port is -1; expected: a whole number from 0 to 65535.\n"


def test_a_settings_file_is_passed_on(tried: Tried, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[web]\nport = 81\n[locale]\nlanguage = "id"\n', encoding="utf-8")

    def tell(context: typer.Context) -> None:
        terminal = at(context)
        terminal.say(f"{terminal.config.web.port} {terminal.language} {terminal.gettext('true or false')}")

    assert tried(tell, "--config", str(file)) == (0, "81 id true atau false\n", "")


@pytest.mark.parametrize(("level", "heard"), [("debug", ["warning"]), ("info", ["warning"]), ("error", [])])
def test_a_short_command_is_interrupted_by_warnings_alone_and_never_among_its_results(
    tried: Tried, tmp_path: Path, level: str, heard: list[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'[log]\nlevel = "{level}"\nformat = "json"\n', encoding="utf-8")

    def tell(context: typer.Context) -> None:
        at(context).say(str(at(context).config.web.port))
        log = logging.getLogger("storage.migrating")
        log.info("tables made")
        log.warning("the disk is nearly full")

    code, out, err = tried(tell, "--config", str(file))
    assert (code, out) == (0, "8000\n")
    assert [json.loads(line)["level"] for line in err.splitlines()] == heard


def test_an_unexpected_error_is_shown_without_secrets(tried: Tried) -> None:
    def fail(_context: typer.Context) -> None:
        raise ValueError(f"POST https://api.telegram.org/bot{TOKEN}/getMe")

    code, out, err = tried(fail)
    lines = err.splitlines()
    assert (code, out) == (1, "")
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-2:] == [
        "ValueError: POST https://api.telegram.org/bot[hidden]/getMe",
        "This is a fault of the program. Please pass the lines above on to those who maintain it.",
    ]


def test_an_interruption_is_130(tried: Tried) -> None:
    def interrupted(_context: typer.Context) -> None:
        raise KeyboardInterrupt

    assert tried(interrupted) == (130, "", "")


def test_progress_is_plain_lines_where_there_is_no_terminal(tried: Tried) -> None:
    def work(context: typer.Context) -> None:
        at(context).say(str(sum(at(context).progress(range(30), label="Rows"))))

    code, out, err = tried(work)
    assert (code, out) == (0, "435\n")
    assert err.splitlines() == [f"Rows: {done}/30" for done in range(3, 31, 3)]


def test_progress_of_unknown_length_counts(tried: Tried) -> None:
    def work(context: typer.Context) -> None:
        at(context).say(str(sum(at(context).progress(iter(range(12)), label="Rows"))))

    code, out, err = tried(work)
    assert (code, out, err) == (0, "66\n", "Rows: 1\nRows: 10\nRows: 12\n")


def test_asynchronous_work_is_run_to_its_end() -> None:
    async def work() -> int:
        return 5

    assert cli.run(work()) == 5


def test_an_unknown_command_is_2(tried: Tried, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["nonsense"])
    assert ended.value.code == 2
    assert "There is no command “nonsense”." in capsys.readouterr().err


def test_help_speaks_the_language_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUARA_LOCALE__LANGUAGE", "id")
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "Suara Alak: survei lewat percakapan untuk kecamatan." in capsys.readouterr().out


def test_a_help_page_loads_nothing_heavy() -> None:
    script = (
        "import sys; from bot.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr.split()
    heavy = {"aiohttp", "alembic", "apscheduler", "cryptography", "pydantic", "pyxform", "openpyxl", "sqlalchemy"}
    heavy |= {"starlette", "structlog", "telegram", "httpx", "uvicorn", "uvloop", "xlsxwriter", "PIL"}
    assert sorted(heavy & set(loaded)) == []
