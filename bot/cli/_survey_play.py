"""``suara survey play``: a form is run from scripted steps, without a database.

Rule of the file: it reads files and prints; what happens stands in ``bot.playing``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import at
from bot.wording import catalogue, later

if TYPE_CHECKING:
    from bot.playing import Shown
    from surveys.survey import Survey

HELP = later("Run a form (.md, .xlsx, .csv) from scripted steps, one JSON object a line.")


def play(
    context: typer.Context,
    form: Annotated[str, typer.Argument(help=later("The form: a file, or the name of a survey that came along."))],
    steps: Annotated[Path, typer.Option("--steps", help=later("The steps; - reads them from standard input."))],
    as_json: Annotated[bool, typer.Option("--json", help=later("Print one JSON object a line."))] = False,
    now: Annotated[
        str, typer.Option("--now", help=later("When the conversation begins, such as 2026-11-24T09:00."))
    ] = "",
    language: Annotated[
        str, typer.Option("--language", help=later("What the person speaks (without it: the form's own language)."))
    ] = "",
) -> None:
    """Print what stands after each step, and at the end every answer."""
    from bot.playing import Play, StepError, steps_of
    from surveys.engine import compile_survey

    terminal = at(context)
    zone = terminal.config.timezone
    survey = survey_in(form, zone, terminal.config.locale.catalog, terminal.gettext)
    game = Play(
        playbook=compile_survey(survey),
        now=_moment(now, zone, terminal.gettext),
        say=lambda code: catalogue(code).gettext,
        language=language or survey.languages[0],
        explain=terminal.gettext,
    )
    screen = _as_json if as_json else _as_story
    for line in screen(game.start(), None):
        terminal.say(line)
    with _lines(steps, terminal.gettext) as lines:
        for number, step in steps_of(lines, str(steps), terminal.gettext):
            try:
                shown = game.play(step)
            except StepError as error:
                raise StepError(f"{steps}:{number}: {error}") from None
            for line in screen(shown, step):
                terminal.say(line)
    result = game.result()
    if as_json:
        terminal.say(json.dumps(result, ensure_ascii=False))
        return
    terminal.say("")
    terminal.say(str(result["state"]))
    answers = result["answers"]
    for name, value in answers.items() if isinstance(answers, dict) else ():
        terminal.say(f"  {name} = {value}")


def survey_in(form: str, zone: tzinfo, district: str, say: Callable[[str], str]) -> Survey:
    """The survey in a form: a file, or the name of one that comes with the program. Raises SurveyError."""
    from bot.forms import examined, found
    from surveys.errors import DefinitionError

    survey, problems = examined(found(form, say), district=district, zone=zone, say=say)
    if survey is None or any(problem.level == "error" for problem in problems):
        raise DefinitionError(problems)
    return survey


def _moment(text: str, zone: tzinfo, say: Callable[[str], str]) -> datetime:
    from surveys.errors import SurveyError

    if not text:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _ = say
        words = _("“{text}” is no time. Write it as 2026-11-24T09:00.")
        raise SurveyError(words.format(text=text)) from None
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


@contextmanager
def _lines(steps: Path, say: Callable[[str], str]) -> Iterator[Iterable[str]]:
    from surveys.errors import SurveyError

    _ = say
    if str(steps) == "-":
        yield sys.stdin
        return
    if not steps.is_file():
        raise SurveyError(_("There is no file {file}.").format(file=steps))
    with steps.open(encoding="utf-8-sig") as file:
        yield file


def _as_json(shown: Shown, _step: object) -> Iterator[str]:
    yield json.dumps(shown.as_json(), ensure_ascii=False)


def _as_story(shown: Shown, step: object) -> Iterator[str]:
    """The same as people read it."""
    from bot.talk import lines_of

    if isinstance(step, dict):
        yield "> " + next((str(step[word]) for word in ("send", "press") if word in step), json.dumps(step))
    yield from lines_of(shown.prompt or shown.question, shown.buttons)
