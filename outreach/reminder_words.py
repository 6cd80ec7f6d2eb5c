"""What reminders, their subjects and their buttons are called, as the office reads them."""

from __future__ import annotations

from collections.abc import Mapping

from outreach.training import Say


def rule_names(say: Say) -> Mapping[str, str]:
    """By the name of the rule, or of what else people are told (``handlers.firing.News``)."""
    _ = say
    return {
        "attendance_missed": _("attendance that is not recorded"),
        "feedback": _("feedback after the training"),
        "follow_up": _("follow-up, to the participant"),
        "h0": _("on the morning itself (H-0)"),
        "h1": _("a day before (H-1)"),
        "h7": _("a week before (H-7)"),
        "mentoring_check_in": _("meeting of a mentoring pair"),
        "supervisor": _("follow-up, to the supervisor"),
        "survey_closing": _("a survey that closes"),
        "task_due": _("a task that is due"),
        "unfinished_survey": _("an unfinished survey"),
        "task_news": _("news of a task"),
        "task_overdue": _("tasks that are overdue"),
        "task_waiting": _("tasks to assess"),
        "training_news": _("news of a place or a session"),
    }


def subject_named(subject: str, say: Say) -> str:
    """What it is about: "session pelayanan_prima-2026-12-01"."""
    _ = say
    kind, _colon, key = subject.partition(":")
    names = {
        "session": _("session"),
        "pair": _("pair"),
        "survey": _("survey"),
        "conversation": _("a survey put aside"),
        "assignment": _("a participant's task"),
        "judge": _("an assessor"),
        "task": _("task"),
    }
    shown = key if kind in {"session", "pair", "survey", "task"} else ""
    return " ".join(part for part in (names.get(kind, kind), shown) if part)


def button_names(say: Say) -> Mapping[str, str]:
    """By the act of the button."""
    _ = say
    return {
        "come": _("I will come"),
        "stay_away": _("I cannot come"),
        "give_up": _("Free the place"),
        "was_there": _("I was there"),
        "was_absent": _("I was not there"),
        "start": _("Start"),
        "later": _("Remind me later"),
        "tomorrow": _("Remind me tomorrow"),
        "stop": _("Stop"),
        "not_mine": _("Not on my staff"),
        "met": _("We have met"),
        "hand_in": _("Hand in the task"),
        "rubric": _("See the rubric"),
    }
