"""``suara training …``: the catalogue of trainings, sessions announced and changed, people named, workbooks.

Rule of the file: the frame; each area of commands stands in a file beside it.
"""

from __future__ import annotations

import typer

from bot.cli import (
    _training_attendance,
    _training_book,
    _training_catalogue,
    _training_pairs,
    _training_people,
    _training_reminders,
    _training_task,
)
from bot.wording import later

app = typer.Typer(
    help=later("Trainings: the catalogue, sessions, who takes part, and all of it as a workbook."),
    no_args_is_help=True,
)
for _area in (_training_catalogue, _training_people, _training_book):
    app.add_typer(_area.app)
_training_attendance.into(app)
app.command("reminders", help=_training_reminders.HELP)(_training_reminders.command)
app.add_typer(_training_pairs.app, name="pairs")
app.add_typer(_training_task.app, name="task")
