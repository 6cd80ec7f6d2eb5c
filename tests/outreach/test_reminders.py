"""Every reminder rule: when it is due, when it is no longer wanted, and what it says.

The rules: outreach.reminders.attendance_missed, outreach.reminders.feedback, outreach.reminders.follow_up,
outreach.reminders.h0, outreach.reminders.h1, outreach.reminders.h7, outreach.reminders.mentoring_check_in,
outreach.reminders.supervisor, outreach.reminders.survey_closing, outreach.reminders.task_due,
outreach.reminders.unfinished_survey.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import bundled, catalog, wording
from outreach.calendar import MORNING, calendar_of
from outreach.holidays import read_holidays
from outreach.mentoring import Pair
from outreach.merging import message_of
from outreach.reminders import RULES, afresh, plan, replan, rule
from outreach.reminding import (
    Assigned,
    Attending,
    Facts,
    Invited,
    Meeting,
    Planned,
    Reason,
    Subject,
    Supervised,
    Unfinished,
    dump,
    load,
    reason_names,
    snoozed,
)
from outreach.training import Day, ReminderSettings, Training, TrainingSession
from surveys.messages import Outgoing
from surveys.text.commands import command_word

WITA = ZoneInfo("Asia/Makassar")
ALAK = calendar_of(read_holidays(catalog.files(bundled.folder("catalog") / "alak")["holidays.csv"], str).holidays)
ID = wording.catalogue("id").gettext
USUAL = ReminderSettings()
ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "reminders"
PERSON = "1234567890123456789"

T = Training(
    key="1",
    title="Pelayanan Prima",
    form="bimtek",
    jp=Decimal(16),
    reminders=ReminderSettings(
        texts={
            "h1": "Mohon membawa alat tulis dan satu contoh berkas layanan (tanpa data warga).",
            "follow_up": "cara menjelaskan syarat layanan",
        }
    ),
)
S = TrainingSession(
    key="7",
    training="1",
    days=(Day(date(2026, 12, 1), time(8), time(15, 30)), Day(date(2026, 12, 2), time(8), time(15, 30))),
    place="Aula Kantor Camat Alak",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


SUBJECTS: dict[str, Subject] = {
    "attending": Attending(training=T, session=S, person=PERSON),
    "supervised": Supervised(training=T, session=S, person="20", about=PERSON),
    "unfinished": Unfinished(
        survey="tna_asn",
        title="Survei Kebutuhan Pelatihan",
        person=PERSON,
        conversation="55",
        touched_at=at("2026-11-26T20:00"),
        closes_at=at("2026-12-08T16:00"),
    ),
    "invited": Invited(
        survey="tna_asn", title="Survei Kebutuhan Pelatihan", person=PERSON, closes_at=at("2026-12-08T16:00")
    ),
    "assigned": Assigned(
        training=T, task="9", title="Teks syarat satu layanan", person=PERSON, due=at("2026-12-16T16:00")
    ),
    "meeting": Meeting(
        training=T,
        pair=Pair(
            key="3", training="1", mentor="20", mentee=PERSON, check_ins=(date(2026, 12, 11), date(2026, 12, 24))
        ),
        person=PERSON,
    ),
}
ROWS = {row.key: (row, subject) for subject in SUBJECTS.values() for row in plan(subject, USUAL, ALAK)}


def facts(key: str, now: str = "", **more: object) -> Facts:
    row, subject = ROWS[key]
    known = {
        "row": row,
        "subject": subject,
        "now": at(now) if now else row.due_at,
        "calendar": ALAK,
        "afresh": row,
        "attended": frozenset({date(2026, 12, 3)}),  # a day the session no longer has
        "minutes": 2,
        "questions": 13,
        "name": "Ibu Maria T.",
        "answered_questions": 12,
    }
    return Facts(**{**known, **more})  # type: ignore[arg-type]


def shown(outgoing: Outgoing) -> str:
    return "\n".join([outgoing.text, *("".join(f"[{button.label}]" for button in row) for row in outgoing.rows)]) + "\n"


def test_every_row_of_every_rule() -> None:
    """The whole plan of one of each subject."""
    found = [
        f"{row.key} {row.due_at.astimezone(WITA):%a %d.%m.%y %H.%M} – {row.expires_at.astimezone(WITA):%d.%m.%y %H.%M}"
        for row, _subject in ROWS.values()
    ]
    assert sorted(found) == [
        f"reminder:attendance_missed:7:{PERSON}:0 Wed 02.12.26 08.00 – 05.12.26 08.00",
        f"reminder:attendance_missed:7:{PERSON}:1 Thu 03.12.26 08.00 – 06.12.26 08.00",
        f"reminder:feedback:7:{PERSON}:0 Wed 02.12.26 15.30 – 09.12.26 15.30",
        f"reminder:follow_up:7:{PERSON}:0 Mon 04.01.27 08.00 – 31.01.27 00.00",
        f"reminder:follow_up:7:{PERSON}:1 Tue 02.03.27 09.00 – 01.04.27 00.00",
        f"reminder:h0:7:{PERSON}:0 Tue 01.12.26 06.30 – 01.12.26 07.00",
        f"reminder:h1:7:{PERSON}:0 Mon 30.11.26 09.00 – 01.12.26 06.30",
        f"reminder:h7:7:{PERSON}:0 Tue 24.11.26 09.00 – 30.11.26 09.00",
        f"reminder:mentoring_check_in:3:{PERSON}:0 Fri 11.12.26 09.00 – 18.12.26 09.00",
        f"reminder:mentoring_check_in:3:{PERSON}:1 Wed 23.12.26 09.00 – 30.12.26 09.00",
        f"reminder:supervisor:7:20:{PERSON}:0 Mon 04.01.27 08.00 – 31.01.27 00.00",
        f"reminder:supervisor:7:20:{PERSON}:1 Tue 02.03.27 09.00 – 01.04.27 00.00",
        f"reminder:survey_closing:tna_asn:{PERSON}:0 Fri 04.12.26 09.00 – 08.12.26 16.00",
        f"reminder:task_due:9:{PERSON}:0 Fri 11.12.26 09.00 – 15.12.26 09.00",
        f"reminder:task_due:9:{PERSON}:1 Tue 15.12.26 09.00 – 16.12.26 16.00",
        f"reminder:unfinished_survey:55:{PERSON}:0 Fri 27.11.26 09.00 – 04.12.26 09.00",
    ]


def test_every_rule_has_a_row_here() -> None:
    assert {row.kind for row, _subject in ROWS.values()} == set(RULES)
    assert len({rule(name).URGENCY for name in RULES}) == len(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_what_is_said(name: str) -> None:
    """Golden: the message, its buttons, and the line it becomes among others."""
    key = next(key for key, (row, _subject) in ROWS.items() if row.kind == name)
    found = facts(key)
    said = shown(rule(name).message(found, ID)) + "---\n" + rule(name).line(found, ID) + "\n"
    assert said == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_text_is_left_over() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_is_in_the_docs(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "pelatihan.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", sorted(ROWS))
@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, ""),
        ({"left": True}, "left"),
        ({"blocked": True}, "blocked"),
        ({"opted_out": True}, "opted_out"),
        ({"cancelled": True}, "cancelled"),
        ({"afresh": None}, "cancelled"),
        ({"answered": True}, "answered"),
    ],
)
def test_what_holds_for_every_rule(key: str, more: dict[str, object], reason: Reason) -> None:
    row = ROWS[key][0]
    assert rule(row.kind).still_wanted(facts(key, "", **more)) == reason


@pytest.mark.parametrize("key", sorted(ROWS))
def test_past_moved_sent_and_told(key: str) -> None:
    row = ROWS[key][0]
    wanted = rule(row.kind).still_wanted
    assert wanted(facts(key, now=row.expires_at.astimezone(WITA).isoformat()[:16])) == "past"
    later = replace(row, due_at=row.due_at + timedelta(days=5), expires_at=row.expires_at + timedelta(days=5))
    assert wanted(facts(key, afresh=later)) == "moved"
    assert wanted(facts(key, sent_for=row.due_at)) == "sent"
    assert wanted(facts(key, sent_for=row.due_at - timedelta(days=30))) == ""
    assert wanted(facts(key, told_at=row.due_at)) == "told"
    assert wanted(facts(key, told_at=row.due_at - timedelta(minutes=1))) == ""


def test_reasons_of_single_rules() -> None:
    h7 = f"reminder:h7:7:{PERSON}:0"
    me = SUBJECTS["attending"]
    assert isinstance(me, Attending)
    assert rule("h7").still_wanted(facts(h7, subject=replace(me, confirmed=True))) == "answered"
    for name in ("h7", "h1", "h0"):
        key = f"reminder:{name}:7:{PERSON}:0"
        assert rule(name).still_wanted(facts(key, subject=replace(me, state="waiting"))) == "waiting"
    assert rule("feedback").still_wanted(facts(f"reminder:feedback:7:{PERSON}:0", attended=frozenset())) == (
        "not_attended"
    )
    missed = f"reminder:attendance_missed:7:{PERSON}:0"
    assert rule("attendance_missed").still_wanted(facts(missed, attended=frozenset({date(2026, 12, 1)}))) == "answered"
    closing = f"reminder:survey_closing:tna_asn:{PERSON}:0"
    assert rule("survey_closing").still_wanted(facts(closing, no_announcements=True)) == "opted_out"
    # Who unsubscribed from announcements is still reminded of what they enrolled for.
    assert rule("h7").still_wanted(facts(h7, no_announcements=True)) == ""


def test_every_reason_has_a_name() -> None:
    assert set(reason_names(ID)) == set(get_args(Reason)) - {""}


def test_the_day_is_named_as_it_is() -> None:
    """ "Besok" is said only where it is true: on Friday for a session on Monday it is not."""
    monday = replace(S, days=(Day(date(2026, 12, 7), time(8), time(12)),))
    subject = Attending(training=replace(T, reminders=USUAL), session=monday, person=PERSON, confirmed=True)
    row = next(row for row in plan(subject, USUAL, ALAK) if row.kind == "h1")
    known = facts(f"reminder:h1:7:{PERSON}:0", row=row, afresh=row, subject=subject)
    assert row.due_at == at("2026-12-04T09:00")
    assert shown(rule("h1").message(replace(known, now=row.due_at), ID)) == (
        "🔔 Senin, 7 Desember 2026, pukul 08.00 WITA: pelatihan Pelayanan Prima di Aula Kantor Camat Alak.\n"
    )


def test_a_button_for_later_says_what_it_does() -> None:
    key = f"reminder:feedback:7:{PERSON}:0"
    morning, evening = facts(key, "2026-12-03T09:00"), facts(key)
    labels = [rule("feedback").message(one, ID).rows[0][1].label for one in (morning, evening)]
    assert labels == ["Nanti sore", "Ingatkan nanti"]
    assert [snoozed(one.row, one.now, ALAK) for one in (morning, evening)] == [
        replace(one.row, due_at=at(due), payload=replace(one.row.payload, snoozed=True))
        for one, due in ((morning, "2026-12-03T15:30"), (evening, "2026-12-03T09:00"))
    ]
    assert snoozed(morning.row, at("2026-12-08T15:31"), ALAK) is not None
    assert snoozed(morning.row, at("2026-12-09T15:00"), ALAK) is None


def test_a_session_that_is_moved_moves_its_rows() -> None:
    before = SUBJECTS["attending"]
    assert isinstance(before, Attending)
    week = timedelta(days=7)
    days = tuple(replace(day, date=day.date + week) for day in S.days)
    after = replace(before, session=replace(S, days=days, revision=1))
    old, new = plan(before, USUAL, ALAK), plan(after, USUAL, ALAK)
    assert [row.key for row in old] == [row.key for row in new]
    assert {key: row and row.due_at for key, row in replan(old, new).items()} == {row.key: row.due_at for row in new}
    assert replan(old, plan(before, USUAL, ALAK)) == {}
    assert replan(old, plan(replace(before, state="cancelled"), USUAL, ALAK)) == dict.fromkeys(
        sorted(row.key for row in old)
    )
    shorter = replace(before, session=replace(S, days=S.days[:1]))
    assert replan(old, plan(shorter, USUAL, ALAK))[f"reminder:attendance_missed:7:{PERSON}:1"] is None


def test_a_training_sets_its_own_days_and_leaves_rules_out() -> None:
    own = ReminderSettings(off=frozenset({"h0", "follow_up"}), offsets={"h7": (14, 3, 14)})
    found = [(row.kind, row.payload.step, row.expires_at) for row in plan(SUBJECTS["attending"], own, ALAK)]
    assert ("h7", 14, at("2026-11-27T09:00")) in found
    assert ("h7", 3, at("2026-11-30T09:00")) in found
    assert ("h1", 1, at("2026-12-01T08:00")) in found
    assert {kind for kind, _step, _until in found}.isdisjoint({"h0", "follow_up"})
    row = ROWS[f"reminder:h0:7:{PERSON}:0"][0]
    assert afresh(row, SUBJECTS["attending"], own, ALAK) is None
    assert afresh(row, SUBJECTS["attending"], USUAL, ALAK) == row


def test_two_that_fall_on_the_same_morning_are_one() -> None:
    """After the long holidays H-7 and H-1 would both be due on the last working day before them."""
    session = replace(S, days=(Day(date(2026, 3, 25), time(8), time(12)),))
    rows = plan(Attending(training=T, session=session, person=PERSON), USUAL, ALAK)
    assert [row.kind for row in rows if row.kind in {"h7", "h1"}] == ["h1"]


@pytest.mark.parametrize("key", sorted(ROWS))
def test_a_row_is_written_and_read(key: str) -> None:
    row = ROWS[key][0]
    assert load(row.key, row.kind, row.due_at, dump(row)) == row
    assert date(2026, 12, 1).isoformat() not in row.key


@pytest.mark.parametrize("payload", ["", "[]", "{}", "null", '{"until":"x","rule":"h7","person":"1","window":"asn"}'])
def test_a_row_that_is_none_of_ours(payload: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        load("k", "h7", at("2026-12-01T08:00"), payload)


@pytest.mark.parametrize("key", sorted(ROWS))
def test_buttons_fit_every_channel(key: str) -> None:
    found = facts(key)
    buttons = [button for row in rule(found.row.kind).message(found, ID).rows for button in row]
    assert len(buttons) <= 3
    assert [button for button in buttons if len(button.label) > 20 or len(button.data.encode()) > 64] == []


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(st.sampled_from(sorted(ROWS)), WORDS, WORDS, WORDS, WORDS)
def test_whatever_is_in_it_a_reminder_is_short(key: str, title: str, place: str, extra: str, name: str) -> None:
    row, subject = ROWS[key]
    training = replace(T, title=title, reminders=ReminderSettings(texts={"h1": extra, "follow_up": extra}))
    if isinstance(subject, Attending | Supervised):
        subject = replace(subject, training=training, session=replace(S, place=place))
    elif isinstance(subject, Assigned | Meeting):
        subject = replace(subject, training=training)
    if isinstance(subject, Unfinished | Invited | Assigned):
        subject = replace(subject, title=title)
    found = facts(key, subject=subject, name=name)
    assert len(rule(row.kind).message(found, ID).text) <= 300
    line = rule(row.kind).line(found, ID)
    assert len(line) <= 110
    assert "\n" not in line


@given(st.dates(date(2026, 1, 1), date(2028, 12, 1)), st.integers(0, 23 * 60), st.sampled_from(["asn", "warga"]))
def test_what_is_planned_lies_in_the_window_of_its_kind(day: date, minute: int, kind: str) -> None:
    starts = time(minute // 60, minute % 60)
    session = replace(S, days=(Day(day, starts, time(23, 30)),))
    moment = datetime.combine(day, starts, WITA)
    subjects: list[Subject] = [
        Attending(training=T, session=session, person=PERSON, kind=kind),
        Supervised(training=T, session=session, person="20", about=PERSON, kind=kind),
        Unfinished(survey="s", title="S", person=PERSON, conversation="5", touched_at=moment, kind=kind),
        Invited(survey="s", title="S", person=PERSON, closes_at=moment, kind=kind),
        Assigned(training=T, task="9", title="S", person=PERSON, due=moment, kind=kind),
        Meeting(
            training=T,
            pair=Pair(key="3", training="1", mentor="20", mentee=PERSON, check_ins=(day,)),
            person="20",
            kind=kind,
        ),
    ]
    for subject in subjects:
        rows = plan(subject, USUAL, ALAK)
        assert rows == plan(subject, USUAL, ALAK)
        assert len({row.key for row in rows}) == len(rows)
        for row in rows:
            assert row.payload.window == (MORNING if row.kind == "h0" else kind)
            assert ALAK.may_send(row.due_at, row.payload.window)
            assert row.due_at < row.expires_at
            assert row.due_at.tzinfo is UTC


def test_once_names_a_key_and_its_time() -> None:
    row: Planned = ROWS[f"reminder:h0:7:{PERSON}:0"][0]
    assert row.once == f"reminder:h0:7:{PERSON}:0@20261130T2230Z"


@pytest.mark.parametrize("key", ROWS)
def test_whatever_one_is_told_to_type_leads_somewhere(key: str) -> None:
    """The word in the text is one that the bot hears; each message with buttons says one."""
    known = facts(key)
    message = message_of([known], ID)
    told = re.findall(
        r"(?i:ketik) ([A-Z]{2,}(?: [A-Z]{2,})*)", f"{message.text} {rule(known.row.kind).line(known, ID)}"
    )
    assert bool(told) == bool(message.rows)
    assert [word for word in told if command_word(word) is None] == []
