"""``suara training …``: reminders, and pairs of mentoring.

Rule of the file: it gathers; each command has a file of its own beside this one.
"""

from __future__ import annotations

import typer

from bot.cli import _training_pairs, _training_reminders
from bot.wording import later

app = typer.Typer(help=later("Trainings: their reminders, and pairs of mentoring."), no_args_is_help=True)
app.command("reminders", help=_training_reminders.HELP)(_training_reminders.command)
app.add_typer(_training_pairs.app, name="pairs")
