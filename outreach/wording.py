"""Days, hours and places as reminders write them: "Selasa–Rabu, 1–2 Desember 2026, pukul 08.00–15.30 WITA".

Rule of the file: whatever a title or a place holds, the text stays within its length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, tzinfo

from outreach.training import Day, Say, TrainingSession
from surveys.speaking import day as day_in_words


def short(text: str, most: int) -> str:
    """At most ``most`` characters on one line, cut between words where it can be."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    cut = plain[: most - 1]
    words = cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut
    return words.rstrip(" ,;:.–-") + "…"


def within(most: int, build: Callable[[int], str]) -> str:
    """What ``build`` makes of the longest titles and places that keep it within ``most`` characters."""
    for room in (80, 64, 48, 40, 32, 24):
        text = build(room)
        if len(text) <= most:
            return text
    return text[: most - 1].rstrip() + "…"


def days_in_words(days: Sequence[Day], say: Say) -> str:
    """From the first day to the last: "Selasa, 1 Desember 2026", "Selasa–Rabu, 1–2 Desember 2026"."""
    first, last = min(day.date for day in days), max(day.date for day in days)
    if first == last:
        return day_in_words(first, say)
    (weekday, number, month, year), (to_weekday, to_number, to_month, to_year) = _parts(first, say), _parts(last, say)
    if (first.year, first.month) == (last.year, last.month):
        return f"{weekday}–{to_weekday}, {number}–{to_number} {to_month} {to_year}"
    if first.year == last.year:
        return f"{weekday}–{to_weekday}, {number} {month} – {to_number} {to_month} {to_year}"
    return f"{weekday}–{to_weekday}, {number} {month} {year} – {to_number} {to_month} {to_year}"


def hours_in_words(days: Sequence[Day], timezone: tzinfo, say: Say) -> str:
    """ "pukul 08.00–15.30 WITA"; where the days differ, when the first begins: "mulai pukul 08.00 WITA"."""
    _ = say
    zone = f"{days[0].begins(timezone):%Z}"
    starts = f"{days[0].starts:%H.%M}"
    if len({(day.starts, day.ends) for day in days}) == 1:
        return _("at {starts}–{ends} {zone}").format(starts=starts, ends=f"{days[0].ends:%H.%M}", zone=zone)
    return _("from {starts} {zone} on").format(starts=starts, zone=zone)


def hour_in_words(day: Day, timezone: tzinfo, say: Say) -> str:
    """ "pukul 08.00 WITA"."""
    _ = say
    begins = day.begins(timezone)
    return _("at {hour}").format(hour=f"{begins:%H.%M %Z}")


def where(session: TrainingSession, say: Say, most: int = 80) -> str:
    """ "di Aula Kantor Camat Alak", or the link; "" where neither is known yet."""
    _ = say
    if session.place.strip():
        return _("in {place}").format(place=short(session.place, most))
    return _("online ({link})").format(link=session.link) if 0 < len(session.link) <= most else _("online")


def relative_day(day: date, today: date, say: Say) -> str:
    """The date with "today" or "tomorrow" before it where it is that."""
    _ = say
    words = day_in_words(day, say)
    match (day - today).days:
        case 0:
            return _("Today, {day}").format(day=words)
        case 1:
            return _("Tomorrow, {day}").format(day=words)
        case _other:
            return words


def greeting(moment: datetime, say: Say) -> str:
    """By the hour of ``moment``, in the office's zone: 4–10, 10–15, 15–18, else the evening."""
    _ = say
    if 4 <= moment.hour < 10:
        return _("Good morning to you.")
    if 10 <= moment.hour < 15:
        return _("Good day to you.")
    if 15 <= moment.hour < 18:
        return _("Good afternoon to you.")
    return _("Good evening to you.")


def month_in_words(day: date, say: Say) -> str:
    """ "Desember 2026"."""
    _weekday, _number, month, year = _parts(day, say)
    return f"{month} {year}"


def weekdays_in_words(say: Say) -> tuple[str, ...]:
    """ "Senin" … "Minggu"."""
    monday = date(2026, 11, 23)
    return tuple(_parts(monday + timedelta(days=number), say)[0] for number in range(7))


def _parts(day: date, say: Say) -> tuple[str, str, str, str]:
    """Weekday, number, month, year."""
    weekday, _comma, rest = day_in_words(day, say).partition(", ")
    number, month, year = rest.split(" ")
    return weekday, number, month, year
