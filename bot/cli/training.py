"""``suara training …``: trainings."""

from __future__ import annotations

import typer

from bot.cli import _training_attendance
from bot.wording import later

app = typer.Typer(
    help=later("Trainings: the catalogue, sessions, who takes part, and all of it as a workbook."),
    no_args_is_help=True,
)
_training_attendance.into(app)
