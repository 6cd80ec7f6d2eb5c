"""At most one reminder a day for each person, and nothing lost; and what becomes of what was held up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from outreach.calendar import MORNING, calendar_of
from outreach.catching_up import catch_up
from outreach.merging import MOST, Merge, merge
from outreach.reminders import plan
from outreach.reminding import Assigned, Attending, Facts, Invited, Payload, Planned, Subject
from outreach.training import Day, ReminderSettings, Training, TrainingSession

WITA = ZoneInfo("Asia/Makassar")
OPEN = calendar_of([])
ID = wording.catalogue("id").gettext
NOW = datetime(2026, 11, 30, 9, tzinfo=WITA)

TRAINING = Training(key="1", title="Pelayanan Prima", form="bimtek", jp=Decimal(16))
SESSION = TrainingSession(
    key="7", training="1", days=(Day(date(2026, 12, 1), time(8), time(15, 30)),), place="Aula Kantor Camat Alak"
)


def attending(person: str) -> Attending:
    return Attending(training=TRAINING, session=SESSION, person=person)


def due(subject: Subject, kind: str, now: datetime = NOW) -> Facts:
    row = next(row for row in plan(subject, ReminderSettings(), OPEN) if row.kind == kind)
    return Facts(row=row, subject=subject, now=now, calendar=OPEN, afresh=row)


def task(number: int, person: str = "1", days: int = 1) -> Facts:
    subject = Assigned(
        training=TRAINING,
        task=str(number),
        title=f"Tugas {number}",
        person=person,
        due=NOW + timedelta(days=days, hours=5),
    )
    row = plan(subject, ReminderSettings(offsets={"task_due": (days,)}), OPEN)[0]
    return Facts(row=row, subject=subject, now=NOW, calendar=OPEN, afresh=row)


def survey(days: int = 3) -> Facts:
    subject = Invited(survey="s", title="Survei A", person="1", closes_at=NOW + timedelta(days=days, hours=5))
    return due(subject, "survey_closing")


def merged(wanted: Iterable[Facts], *already: str) -> Merge:
    return merge(wanted, reminded_today=already, calendar=OPEN, say=lambda person: ID)


def test_one_alone_is_said_in_its_own_words() -> None:
    found = merged([due(attending("1"), "h1")])
    assert [one.outgoing.text for one in found.messages] == [
        (
            "🔔 Besok, Selasa, 1 Desember 2026, pukul 08.00 WITA: pelatihan Pelayanan Prima di Aula Kantor Camat "
            "Alak.\nBila tombol tidak menanggapi, ketik PENGINGAT."
        )
    ]


def test_several_are_one_message_the_most_urgent_first() -> None:
    found = merged([survey(), task(9), due(attending("1"), "h1"), task(8, person="2")])
    assert [(one.person, len(one.rows)) for one in found.messages] == [("1", 3), ("2", 1)]
    first = found.messages[0].outgoing
    assert first.text == (
        "🔔 Ada 3 hal hari ini:\n"
        "1. Besok, Selasa, 1 Desember 2026, pukul 08.00 WITA: pelatihan Pelayanan Prima di Aula Kantor Camat Alak.\n"
        "2. Tugas “Tugas 9” paling lambat Selasa, 1 Desember 2026.\n"
        "3. Survei A dapat diisi sampai Kamis, 3 Desember 2026, pukul 14.00 WITA.\n"
        "Bila tombol tidak menanggapi, ketik PENGINGAT."
    )
    assert [[button.label for button in row] for row in first.rows] == [
        ["1 Hadir", "1 Tidak dapat hadir"],
        ["2 Kirim tugas", "2 Lihat rubrik"],
        ["3 Mulai", "3 Nanti sore"],
    ]
    assert len({button.data for row in first.rows for button in row}) == 6


def test_who_was_reminded_today_is_not_reminded_again() -> None:
    found = merged([survey(), due(attending("1"), "h1")], "1")
    assert found.messages == ()
    assert [(row.kind, row.due_at) for row in found.put_off] == [("survey_closing", NOW + timedelta(days=1))]
    assert [(one.row.kind, one.reason) for one in found.skipped] == [("h1", "two_a_day")]


def test_what_somebody_asked_for_comes_although_they_were_reminded_that_day() -> None:
    asked = survey()
    asked = replace(asked, row=replace(asked.row, payload=replace(asked.row.payload, snoozed=True)))
    found = merged([asked, due(attending("1"), "h1")], "1")
    assert [[row.kind for row in one.rows] for one in found.messages] == [["survey_closing"]]
    assert [(one.row.kind, one.reason) for one in found.skipped] == [("h1", "two_a_day")]


def test_the_morning_itself_stands_beside_the_others() -> None:
    found = merged([due(attending("1"), "h0"), survey()], "1")
    assert [one.rows[0].kind for one in found.messages] == ["h0"]
    assert [row.kind for row in found.put_off] == ["survey_closing"]


def test_what_cannot_wait_comes_before_what_is_urgent() -> None:
    waits = [task(number, days=3) for number in range(MOST)]
    found = merged([*waits, survey(), due(attending("1"), "h1")])
    assert found.messages[0].rows[0].kind == "h1"
    assert (len(found.messages[0].rows), len(found.put_off), found.skipped) == (MOST, 2, ())


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(1, 9)), max_size=25),
    st.sets(st.integers(0, 3)),
)
def test_merging_loses_nothing(found: list[tuple[int, int, int]], already: set[int]) -> None:
    wanted = [task(number, person=str(person), days=days) for person, number, days in found]
    result = merged(wanted, *(str(person) for person in already))
    sent = [row.key for one in result.messages for row in one.rows]
    out = [*sent, *(row.key for row in result.put_off), *(one.row.key for one in result.skipped)]
    assert sorted(out) == sorted({one.row.key for one in wanted})
    people = [one.person for one in result.messages]
    assert len(people) == len(set(people))
    assert set(people).isdisjoint(str(person) for person in already)
    for one in result.messages:
        assert len(one.outgoing.text) <= 650
        assert {row.payload.person for row in one.rows} == {one.person}
    assert all(row.due_at > NOW and OPEN.may_send(row.due_at, "asn") for row in result.put_off)


# ---- after the program was down ---------------------------------------------------------------------


def row(key: str, due_at: datetime, hours: int, window: str = "asn") -> Planned:
    return Planned(
        key=key,
        kind="h7",
        due_at=due_at.astimezone(UTC),
        expires_at=(due_at + timedelta(hours=hours)).astimezone(UTC),
        payload=Payload(rule="h7", person="1", window=window),
    )


def test_what_is_useful_is_sent_once_and_what_is_past_is_skipped() -> None:
    nine = datetime(2026, 12, 1, 9, tzinfo=WITA)
    rows = [
        row("useful", nine, 48),
        row("past", nine - timedelta(days=3), 24),
        row("to come", nine + timedelta(days=1), 24),
        row("past by the time the office opens", nine, 12),
        row("useful", nine - timedelta(days=1), 48),
    ]
    noon = catch_up(rows, now=nine + timedelta(hours=3), calendar=OPEN)
    assert [one.key for one in noon.now] == ["past by the time the office opens", "useful"]
    assert [one.key for one in noon.later] == ["to come"]
    assert [(one.row.key, one.reason) for one in noon.skipped] == [("past", "past")]
    assert [one.key for one in noon.late(nine + timedelta(hours=3))] == [one.key for one in noon.now]
    night = catch_up(rows, now=nine + timedelta(hours=13), calendar=OPEN)
    assert night.now == ()
    assert [(one.key, one.due_at) for one in night.later] == [
        ("useful", nine + timedelta(hours=23)),
        ("to come", nine + timedelta(days=1)),
    ]
    assert [one.row.key for one in night.skipped] == ["past", "past by the time the office opens"]


def test_the_morning_is_past_at_seven() -> None:
    morning = datetime(2026, 12, 1, 6, 30, tzinfo=WITA)
    h0 = replace(row("h0", morning, 1, MORNING), expires_at=morning + timedelta(minutes=30))
    assert catch_up([h0], now=morning + timedelta(minutes=29), calendar=OPEN).now == (h0,)
    assert [one.reason for one in catch_up([h0], now=morning + timedelta(minutes=30), calendar=OPEN).skipped] == [
        "past"
    ]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(-100, 100), st.integers(1, 100)), max_size=20),
    st.integers(0, 24 * 14),
)
def test_every_row_comes_out_exactly_once(found: list[tuple[int, int, int]], hours: int) -> None:
    now = NOW + timedelta(hours=hours)
    rows = [row(str(key), now + timedelta(hours=start), length) for key, start, length in found]
    result = catch_up(rows, now=now, calendar=OPEN)
    out = [*(one.key for one in (*result.now, *result.later)), *(one.row.key for one in result.skipped)]
    assert sorted(out) == sorted({one.key for one in rows})
    assert all(one.due_at <= now < one.expires_at and OPEN.may_send(now, "asn") for one in result.now)
    assert all(now < one.due_at < one.expires_at and OPEN.may_send(one.due_at, "asn") for one in result.later)
