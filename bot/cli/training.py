"""``suara training …``: trainings, their sessions, and the tasks after them."""

from __future__ import annotations

import typer

from bot.cli import _training_task
from bot.wording import later

app = typer.Typer(help=later("Trainings, from announcing them to their evidence."), no_args_is_help=True)
app.add_typer(_training_task.app, name="task")
