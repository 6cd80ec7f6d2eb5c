"""What is asked about a training, under which name it is kept, and when it can be begun."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from outreach.calendar import Settings, calendar_of
from outreach.evaluations import (
    Evaluation,
    Kind,
    drawn_form,
    read_payload,
    round_at,
    skills_of,
    steps_of,
    window,
    without_subject,
)
from outreach.reminders import plan
from outreach.reminding import Attending, Supervised
from outreach.training import Day, ReminderSettings, Training, TrainingSession

WITA = ZoneInfo("Asia/Makassar")
KEY = "pelayanan_prima-2026-12-01"
TRAINING = Training(key="pelayanan_prima", title="Pelayanan Prima", form="bimtek", jp=Decimal(16))
SESSION = TrainingSession(
    key=KEY,
    training=TRAINING.key,
    days=(Day(date(2026, 12, 2), time(8), time(15, 30)), Day(date(2026, 12, 1), time(8), time(15, 30))),
)


@pytest.mark.parametrize(
    ("one", "survey", "occasion", "payload"),
    [
        (Evaluation(kind="feedback", session=KEY), "l1_reaksi", KEY, f"s-l1-{KEY}"),
        (Evaluation(kind="test", session=KEY, round="post"), "l2_pelayanan_prima", f"{KEY}/post", f"s-l2-{KEY}"),
        (Evaluation(kind="follow_up", session=KEY, step=90), "l3_peserta", f"{KEY}/90", f"s-l3-90-{KEY}"),
        (
            Evaluation(kind="supervisor", session=KEY, step=30, about="4711"),
            "l3_atasan", f"{KEY}/30/4711", f"s-l3a-30-4711-{KEY}",
        ),
        (
            Evaluation(kind="supervisor", session=KEY, step=30, about="employee:17"),
            "l3_atasan", f"{KEY}/30/employee:17", f"s-l3a-30-employee_17-{KEY}",
        ),
    ],
)  # fmt: skip
def test_survey_occasion_and_link(one: Evaluation, survey: str, occasion: str, payload: str) -> None:
    assert (one.survey(TRAINING), one.occasion, one.payload) == (survey, occasion, payload)
    read = read_payload(payload)
    assert read is not None
    assert (read.kind, read.session, read.step, read.about) == (one.kind, one.session, one.step, one.about)


@pytest.mark.parametrize(
    "payload", ["", "s-", "s-l1", "s-l1-", "l1-x", "s-l4-x", "s-l3-x", "s-l3-x-y", "s-l3-0-y", "s-l3a-30-y", "s-l3-²-y"]
)
def test_what_is_no_link_of_ours(payload: str) -> None:
    assert read_payload(payload) is None


def test_a_link_that_would_be_too_long_is_none() -> None:
    assert Evaluation(kind="feedback", session="x" * 59).payload == "s-l1-" + "x" * 59
    assert Evaluation(kind="feedback", session="x" * 60).payload == ""


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WITA)


@pytest.mark.parametrize(
    ("one", "opens", "closes"),
    [
        (Evaluation(kind="feedback", session=KEY), at(2, 8), None),
        (Evaluation(kind="test", session=KEY, round="pre"), at(30, month=11), at(1, 8)),
        (Evaluation(kind="test", session=KEY, round="post"), at(2, 15, 30), at(5)),
        (Evaluation(kind="follow_up", session=KEY, step=30), at(1, month=1, year=2027), at(31, month=1, year=2027)),
        (
            Evaluation(kind="supervisor", session=KEY, step=90, about="1"),
            at(2, month=3, year=2027), at(1, month=4, year=2027),
        ),
    ],
)  # fmt: skip
def test_when_it_can_be_begun(one: Evaluation, opens: datetime, closes: datetime | None) -> None:
    assert window(one, TRAINING, SESSION, WITA) == (opens, closes)


def test_rounds_that_the_training_does_not_ask() -> None:
    assert window(Evaluation(kind="follow_up", session=KEY, step=31), TRAINING, SESSION, WITA) is None
    own = Training(
        key="a", title="A", form="bimtek", jp=Decimal(4), reminders=ReminderSettings(offsets={"follow_up": (60,)})
    )
    assert (steps_of("follow_up", own), steps_of("supervisor", own)) == ((60,), (90, 30))
    assert window(Evaluation(kind="follow_up", session=KEY, step=60), own, SESSION, WITA) is not None


@pytest.mark.parametrize("days", [{}, {"follow_up": 45, "supervisor": 7}])
def test_a_reminder_serves_as_long_as_what_it_leads_to_is_open(days: dict[str, int]) -> None:
    """Both end at the same moment, whatever the training says."""
    settings = ReminderSettings(open_days=days)
    own = replace(TRAINING, reminders=settings)
    calendar = calendar_of((), Settings(timezone=WITA))
    attending = Attending(training=own, session=SESSION, person="1")
    supervised = Supervised(training=own, session=SESSION, person="2", about="1")
    rows = [row for one in (attending, supervised) for row in plan(one, settings, calendar)]
    asked = [row for row in rows if row.kind in {"follow_up", "supervisor"}]
    assert len(asked) == 4
    for row in asked:
        ids = row.payload
        kind: Kind = "supervisor" if row.kind == "supervisor" else "follow_up"
        one = Evaluation(kind=kind, session=KEY, step=ids.step, about=ids.about)
        when = window(one, own, SESSION, WITA)
        assert when is not None
        opens, closes = when
        assert closes is not None
        assert (closes - opens).days == days.get(row.kind, 30)
        assert row.expires_at == closes
        assert opens <= row.due_at < closes


@pytest.mark.parametrize(("moment", "which"), [(at(1, 7, 59), "pre"), (at(1, 8), "post"), (at(2, 16), "post")])
def test_which_test_is_meant(moment: datetime, which: str) -> None:
    assert round_at(SESSION, moment, WITA) == which


def test_forms_are_drawn_evenly_and_stay() -> None:
    drawn = Counter(drawn_form(("A", "B"), str(person), KEY) for person in range(1000))
    assert set(drawn) == {"A", "B"}
    assert min(drawn.values()) > 440
    assert {drawn_form(("A", "B"), "7", KEY) for _time in range(9)} == {drawn_form(("A", "B"), "7", KEY)}


def test_the_skills_asked_about() -> None:
    spoken = ReminderSettings(texts={"follow_up": "cara menjelaskan  syarat"})
    plain = Training(key="a", title="A", form="bimtek", jp=Decimal(4), reminders=spoken)
    assert plain.to_apply == ("cara menjelaskan syarat",)
    several = Training(key="a", title="A", form="bimtek", jp=Decimal(4), skills=("a", " b  c"), reminders=spoken)
    assert several.to_apply == ("a", "b c")
    assert TRAINING.to_apply == ()
    many = Training(key="a", title="A", form="bimtek", jp=Decimal(4), skills=("a", "b", "c", "d"))
    assert skills_of(many) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("occasion", "shown"), [("", ""), (KEY, KEY), (f"{KEY}/30", f"{KEY}/30"), (f"{KEY}/30/4711", f"{KEY}/30")]
)
def test_an_occasion_without_the_person_it_names(occasion: str, shown: str) -> None:
    assert without_subject(occasion) == shown
