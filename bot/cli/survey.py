"""``suara survey …``: forms are checked, tried, published, turned into workbooks.

Rule of the file: it prints; what is found stands in ``bot.forms`` and ``surveys``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at
from bot.cli._survey_play import HELP as PLAY_HELP
from bot.cli._survey_play import play
from bot.cli._survey_publish import CLOSE_HELP, LIST_HELP, PUBLISH_HELP, Yes, close, list_, publish_form, published_form
from bot.wording import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.terminal import Terminal
    from surveys.errors import Problem
    from surveys.survey import Survey

app = typer.Typer(help=later("Check, try, publish and export surveys."), no_args_is_help=True)
app.command("play", help=PLAY_HELP)(play)
app.command("list", help=LIST_HELP)(list_)
app.command("close", help=CLOSE_HELP)(close)


Form = Annotated[str, typer.Argument(help=later("The form: a file, or the name of a survey that came along."))]
Known = Annotated[
    str, typer.Argument(help=later("The name of a published survey, or of one that came along, or a form: a file."))
]
Target = Annotated[Path | None, typer.Argument(help=later("The workbook; without it, the form's name and .xlsx."))]


@app.command("check", help=later("Tell everything that is wrong with a form (.md, .xlsx, .csv), at once."))
def check(context: typer.Context, form: Form) -> None:
    """Ends with 1 if the form cannot be published, with 0 if it can, warnings or not."""
    from surveys.engine import compile_survey

    terminal = at(context)
    _ = terminal.gettext
    survey, warnings = _understood(terminal, form)
    number = sum(1 for item in compile_survey(survey).items() if item.asks)
    words = _("{file}: {number} questions, no errors, {warnings} warnings. It can be published.")
    terminal.say(words.format(file=form, number=number, warnings=warnings))


@app.command("publish", help=PUBLISH_HELP)
def publish(context: typer.Context, form: Form, yes: Yes = False) -> None:
    """Ends with 1 if the form cannot be published, or if it was not wished."""
    from bot.forms import found

    terminal = at(context)
    survey, _warnings = _understood(terminal, form)
    publish_form(terminal, survey, found(form, terminal.gettext), yes=yes)


@app.command("export", help=later("Write a survey as an Excel workbook that can be edited and published again."))
def export(context: typer.Context, form: Known, target: Target = None) -> None:
    """The newest published version, if there is one. An existing workbook is not overwritten."""
    from surveys.errors import SurveyError
    from surveys.xlsform import write_xlsx

    terminal = at(context)
    _ = terminal.gettext
    if target is None and Path(form).suffix.lower() == ".xlsx" and not Path(form).is_file():
        form, target = Path(form).stem, Path(form)  # suara survey export aspirasi.xlsx
    survey = None if Path(form).is_file() else published_form(terminal, form)
    survey = survey or _understood(terminal, form)[0]
    target = target or Path(f"{Path(form).stem}.xlsx")
    try:
        with target.open("xb") as file:
            file.write(write_xlsx(survey, say=terminal.gettext))
    except FileExistsError:
        raise SurveyError(_("{file} is there already. Name another file.").format(file=target)) from None
    except OSError as error:
        raise SurveyError(_("{file} cannot be written: {why}.").format(file=target, why=error.strerror)) from None
    terminal.say(_("Written: {file}").format(file=target))


def _understood(terminal: Terminal, form: str) -> tuple[Survey, int]:
    """The survey in a form, and how many warnings there are. Prints the problems; ends with 1 if some are errors."""
    from bot.forms import examined, found

    _ = terminal.gettext
    config = terminal.config
    path = found(form, _)
    survey, problems = examined(path, district=config.locale.catalog, zone=config.timezone, say=_)
    for problem in problems:
        terminal.say(line_of(problem, _))
    errors = sum(problem.level == "error" for problem in problems)
    if survey is None or errors:
        words = _("{file}: {errors} errors, {warnings} warnings. It can be published when the errors are mended.")
        terminal.complain(words.format(file=form, errors=errors, warnings=len(problems) - errors))
        raise typer.Exit(1)
    return survey, len(problems)


def line_of(problem: Problem, say: Callable[[str], str] = str) -> str:
    """A problem in one line: how bad, where, what, remedy."""
    _ = say
    level = _("ERROR") if problem.level == "error" else _("Warning")
    place = problem.sheet or _("file")
    if problem.row:
        place = _("{sheet}, row {row}").format(sheet=place, row=problem.row)
    return f"{level}  {place}: {problem.what} {problem.remedy}".rstrip()
