"""What the reminders of a training are called, for those who set them.

Rule of the file: words only; the rules themselves are files of ``outreach.reminders``.
"""

from __future__ import annotations

from collections.abc import Mapping

from outreach.training import Say

WORDED = ("h1", "follow_up")
"""Rules that say a sentence of the training's own."""


def rule_names(say: Say) -> Mapping[str, str]:
    """Rule to its name: those that serve a training, in the order in which they come."""
    _ = say
    return {
        "h7": _("A week before: will you come?"),
        "h1": _("The day before"),
        "h0": _("On the morning of the day"),
        "attendance_missed": _("Not checked in on a day of several"),
        "feedback": _("Feedback on the last day"),
        "task_due": _("The task is due"),
        "follow_up": _("Application: to the participant"),
        "supervisor": _("Application: to the superior"),
        "mentoring_check_in": _("Meeting of a mentoring pair"),
    }


def counted_from(say: Say) -> Mapping[str, str]:
    """What the days of a rule are counted from, for rules that have days."""
    _ = say
    return {
        "h7": _("days before"),
        "h1": _("days before"),
        "task_due": _("days before"),
        "follow_up": _("days after"),
        "supervisor": _("days after"),
    }
