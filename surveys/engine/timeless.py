"""What of an anonymous session may be kept: its answers without the hour they were given.

Rule of the file: the record of an anonymous response has a date alone. When a session began and ended, and whatever a
form computed from the clock or the dice, would tell one person from another.
"""

from __future__ import annotations

import re
from dataclasses import replace

from surveys.engine.playbook import Playbook
from surveys.session import Answer, Place, Session

_DATE = re.compile(r"\d{4}(-\d\d-\d\d)?")
"""A year or a date."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d.*")


def timeless(playbook: Playbook, session: Session) -> tuple[tuple[Place, Answer], ...]:
    """The answers, moments cut to their date, and nothing that names the message it came in.

    Other values computed from the clock or the dice are left out.
    """
    kept = []
    for place, answer in session.answers.items():
        item = playbook.item(place.name)
        value = answer.value
        if item.silent:
            moment = _MOMENT.fullmatch(value)
            value = moment[1] if moment else value
            volatile = item.calculation is not None and item.calculation.volatile
            if volatile and not _DATE.fullmatch(value):
                continue
        kept.append((place, replace(answer, value=value, message_id="")))
    return tuple(kept)
