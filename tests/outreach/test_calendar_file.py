"""The calendar file, read back field by field by a reader that forgives nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from outreach.calendar_file import Publisher, calendar_file
from outreach.training import Day, Training, TrainingSession

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 24, 2, 3, 4, tzinfo=UTC)
OFFICE = Publisher(office="Kecamatan Alak", host="alak.example", timezone=WITA)
DAYS = (Day(date(2026, 12, 2), time(8), time(12)), Day(date(2026, 12, 1), time(8), time(15, 30)))
T = Training(
    key="1", title="Pelayanan, prima; bagi \\ semua", form="bimtek", jp=Decimal(16), description="Baris satu\nbaris dua"
)
S = TrainingSession(key="7", training="1", days=DAYS, place="Aula Kantor Camat Alak", instructor="Ibu A", revision=3)


def read(content: bytes) -> list[tuple[str, str]]:
    """Names and values of a file; asserts all that RFC 5545 asks of its lines."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert not [line for line in lines if b"\n" in line or b"\r" in line or len(line) > 75]
    assert [octets.decode() for octets in lines]  # no character is broken in two
    found = []
    for line in re.sub(rb"\r\n[ \t]", b"", content).decode().split("\r\n")[:-1]:
        name, colon, value = line.partition(":")
        assert colon
        assert re.fullmatch(r"[A-Z-]+", name)
        found.append((name, value))
    return found


def text(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def events(content: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    lines = read(content)
    assert lines[:5] == [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Suara Alak//Pelatihan//ID"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ]
    assert lines[-1] == ("END", "VCALENDAR")
    for name, value in lines[5:-1]:
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
        elif (name, value) != ("END", "VEVENT"):
            assert name not in found[-1]
            found[-1][name] = value
    return found


def test_every_field() -> None:
    first, second = events(calendar_file(T, S, OFFICE, now=NOW))
    assert {**first, "SUMMARY": text(first["SUMMARY"]), "DESCRIPTION": text(first["DESCRIPTION"])} == {
        "UID": "7-1@alak.example",
        "SEQUENCE": "3",
        "DTSTAMP": "20261124T020304Z",
        "LAST-MODIFIED": "20261124T020304Z",
        "DTSTART": "20261201T000000Z",
        "DTEND": "20261201T073000Z",
        "SUMMARY": "Pelayanan, prima; bagi \\ semua (1/2)",
        "LOCATION": "Aula Kantor Camat Alak",
        "DESCRIPTION": "Baris satu\nbaris dua\nIbu A\nKecamatan Alak",
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
    }
    assert (second["UID"], second["DTSTART"]) == ("7-2@alak.example", "20261202T000000Z")


def test_a_session_that_is_moved_keeps_its_uids() -> None:
    later = replace(S, days=tuple(replace(day, date=date(2027, 1, day.date.day + 10)) for day in DAYS), revision=4)
    before, after = events(calendar_file(T, S, OFFICE, now=NOW)), events(calendar_file(T, later, OFFICE, now=NOW))
    assert [one["UID"] for one in before] == [one["UID"] for one in after]
    assert [one["SEQUENCE"] for one in after] == ["4", "4"]


def test_what_is_cancelled_says_so() -> None:
    gone = events(calendar_file(T, replace(S, cancelled=True), OFFICE, now=NOW))
    assert [one["STATUS"] for one in gone] == ["CANCELLED", "CANCELLED"]
    shorter = events(calendar_file(T, replace(S, days=DAYS[1:]), OFFICE, now=NOW, dropped=DAYS[:1]))
    assert [(one["UID"], one["STATUS"]) for one in shorter] == [
        ("7-1@alak.example", "CONFIRMED"),
        ("7-2@alak.example", "CANCELLED"),
    ]


def test_a_link() -> None:
    afar = replace(S, place="", link="https://rapat.example/a?b=c")
    first = events(calendar_file(T, afar, OFFICE, now=NOW))[0]
    assert (text(first["LOCATION"]), first["URL"]) == (afar.link, afar.link)
    assert "URL" not in events(calendar_file(T, replace(afar, link="https://a\r\nX:1"), OFFICE, now=NOW))[0]


@given(st.text(max_size=200))
def test_any_title_comes_back(title: str) -> None:
    first = events(calendar_file(replace(T, title=title), replace(S, days=DAYS[:1]), OFFICE, now=NOW))[0]
    plain = title.replace("\r\n", "\n").replace("\r", "\n")
    assert text(first["SUMMARY"]) == re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029]", " ", plain)


def test_the_library_that_calendars_use_reads_every_field() -> None:
    """icalendar 7, which forgives little: each field of each day, as Google and Outlook take it."""
    calendar = Calendar.from_ical(calendar_file(T, replace(S, link="https://rapat.example/a"), OFFICE, now=NOW))
    assert {name: str(calendar[name]) for name in ("VERSION", "PRODID", "CALSCALE", "METHOD")} == {
        "VERSION": "2.0", "PRODID": "-//Suara Alak//Pelatihan//ID", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH",
    }  # fmt: skip
    first, second = calendar.walk("VEVENT")
    for number, (event, day) in enumerate(((first, DAYS[1]), (second, DAYS[0])), start=1):
        assert event["UID"] == f"7-{number}@alak.example"
        assert event["SEQUENCE"] == 3
        assert event.decoded("DTSTART") == day.begins(WITA)
        assert event.decoded("DTEND") == day.finishes(WITA)
        assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == NOW
        assert event["SUMMARY"] == f"Pelayanan, prima; bagi \\ semua ({number}/2)"
        assert event["LOCATION"] == "Aula Kantor Camat Alak"
        assert event["DESCRIPTION"] == "Baris satu\nbaris dua\nIbu A\nKecamatan Alak"
        assert event["URL"] == "https://rapat.example/a"
        assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "OPAQUE")
        assert event.errors == []
