"""The form of a session: what stands in its fields, and the session that they mean.

Rule of the file: what cannot be read is one sentence; whether the session is all right is judged by
``handlers.training_office``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from outreach import typed
from outreach.training import Say, TrainingSession
from outreach.training_days import day_in_figures, read_days

FIELDS = ("days", "place", "link", "capacity", "instructor", "cost")


def filled(session: TrainingSession) -> dict[str, str]:
    """What stands in the fields for it."""
    return {
        "days": day_in_figures(session.in_order),
        "place": session.place,
        "link": session.link,
        "capacity": str(session.capacity or ""),
        "instructor": session.instructor,
        "cost": f"{int(session.cost):,}".replace(",", ".") if session.cost else "",
    }


def meant(before: TrainingSession, values: Mapping[str, str], *, today: date, say: Say) -> TrainingSession:
    """``before`` as the form wants it. Raises NoDays, NoNumber."""
    cost = typed.rupiah(values["cost"], say)
    return replace(
        before,
        days=read_days(values["days"], today=today, say=say),
        place=" ".join(values["place"].split()),
        link=values["link"].strip(),
        capacity=typed.whole(values["capacity"], say),
        instructor=" ".join(values["instructor"].split()),
        cost=before.cost if cost == int(before.cost) else cost,
    )
