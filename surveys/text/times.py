"""A time of day as people give it: "09.00", "jam 3 sore", "setengah 8 pagi", "9 lewat 10", "pukul 9 malam".

Rule of the file: "setengah 8" is half past seven; "09.00" and "15.30" are certain, an hour without morning or evening
is asked back (offices are open by day: "jam 9" is offered as 09.00, "jam 3" as both). There is no 24.00.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from surveys.text.meaning import NOTHING, Meaning, certain, perhaps
from surveys.text.normal import LONGEST, cleaned
from surveys.text.numerals import numeral_at, pieces
from surveys.text.vocabulary import HEDGES, INTRODUCING, POLITE, listed

_PARTS = {
    "pagi": "pagi", "pg": "pagi", "pgi": "pagi", "morning": "pagi", "siang": "siang", "siank": "siang", "noon": "siang",
    "afternoon": "siang", "sore": "sore", "sor": "sore", "petang": "sore", "malam": "malam", "mlm": "malam",
    "malem": "malam", "mlam": "malam", "night": "malam", "evening": "malam", "subuh": "subuh", "dini": "dini",
    "am": "am", "pm": "pm",
}  # fmt: skip
_HOURS: dict[str, tuple[dict[int, int], dict[int, int]]] = {
    "pagi": ({hour: hour for hour in range(1, 12)}, {0: 0, 12: 0}),
    "siang": ({1: 13, 2: 14, 3: 15, 10: 10, 11: 11, 12: 12, 13: 13, 14: 14, 15: 15, 16: 16}, {4: 16, 9: 9}),
    "sore": ({3: 15, 4: 16, 5: 17, 6: 18, **{hour: hour for hour in range(14, 20)}}, {2: 14, 7: 19}),
    "malam": (
        {7: 19, 8: 20, 9: 21, 10: 22, 11: 23, 12: 0, 0: 0, **{hour: hour for hour in range(18, 24)}},
        {6: 18, 1: 1, 2: 2, 3: 3, 4: 4},
    ),
    "subuh": ({hour: hour for hour in range(3, 7)}, {}),
    "dini": ({hour: hour for hour in range(5)}, {12: 0}),
    "am": ({**{hour: hour for hour in range(12)}, 12: 0}, {}),
    "pm": ({**{hour: hour + 12 for hour in range(1, 12)}, **{hour: hour for hour in range(12, 24)}}, {}),
}
"""Hours said in each part of the day and the hour of the day they are: those that are certain, those that are not."""
_TIME = re.compile(
    r"(?P<half>setengah|stengah|half past|half)\s+(?P<halved>\d{1,2})(?!\d)"
    r"|(?<![\d.,:/-])(?P<hour>\d{1,2})"
    r"(?:\s?[.:,;]\s?(?P<minute>\d{2})(?:\s?[.:]\s?(?P<second>\d{2}))?(?!\d)"
    r"|\s+(?P<way>lewat|lebih|liwat|kurang|past|kurng)\s+(?P<about>\d{1,2}|seperempat|setengah)(?:\s*(?:menit|mnt|minutes?))?(?!\d)"
    r"|\s+(?P<spaced>\d{2})(?!\d)|)(?![\d])"
    r"|(?<![\d.,:/-])(?P<compact>\d{4})(?!\d)"
)
_PREFIX = frozenset({"jam", "pukul", "pkl", "jm", "pk", "at", "pkul"})
_ZONES = {"wita": 0, "wib": 1, "wit": -1}
_CONTRADICTING = listed(
    "tidak bukan jangan belum sampai sampe hingga antara sebelum sesudah setelah sejak before after until atau s sd or"
)
_NAMED = {"tengah malam": "00:00", "midnight": "00:00", "tengah hari": "12:00", "noon": "12:00"}
_WORD = re.compile(r"\d+|[^\W\d_]+|[^\s\w]")


@dataclass(frozen=True, slots=True)
class Clock:
    """Times of day that were meant, the likeliest first, as (hour, minute)."""

    times: tuple[tuple[int, int], ...]
    sure: bool
    rest: str = ""
    """The text without the time."""
    named: bool = False
    """It could be nothing but a time: "jam" stood before it, or minutes, or a part of the day."""


def read_time(text: str, *, now: datetime) -> Meaning:
    """The time in ``text`` as HH:MM."""
    if len(text) > LONGEST:
        return NOTHING
    typed = _figures(cleaned(text))
    words = _WORD.findall(typed)
    said = " ".join(word for word in words if word not in POLITE or word in _PARTS)
    if said in {"sekarang", "skrg", "skrang", "skarang", "now", "jam sekarang", "saat ini"}:
        return certain(f"{now:%H:%M}")
    if said in _NAMED:
        return perhaps(_NAMED[said])
    clock = clock_in(typed)
    if clock is None or not clock.times:
        return NOTHING
    loose = _WORD.findall(clock.rest)
    if any(word in _CONTRADICTING or word.isdigit() or word in {"-", "/"} for word in loose):
        return NOTHING
    known = all(
        word in POLITE or word in INTRODUCING or word in _PREFIX or word in _ZONES or not word.isalnum()
        for word in loose
    )
    values = [_written(*time) for time in clock.times]
    zone = next((word for word in loose if _ZONES.get(word)), "")
    if zone and len(values) == 1:
        hour, minute = clock.times[0]
        return perhaps(_written((hour + _ZONES[zone]) % 24, minute), values[0])
    sure = clock.sure and known and "?" not in typed and not any(word in HEDGES for word in loose)
    return certain(values[0]) if sure and len(values) == 1 else perhaps(*values)


def _written(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}"


def _figures(typed: str) -> str:
    """Numbers in words become figures: "sembilan lewat sepuluh" is "9 lewat 10"; "setengah" stays."""
    typed = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", typed).replace("dini hari", "dini")
    raw = [piece for word in typed.split(" ") for piece in (pieces(word) if word.isalpha() else [word])]
    out: list[str] = []
    place = 0
    while place < len(raw):
        word = raw[place]
        numeral = (
            numeral_at(raw, place, whole=True)
            if word.isalpha() and word not in {"setengah", "stengah", "half", "seperempat"}
            else None
        )
        if (
            numeral is not None
            and len(numeral.values) == 1
            and numeral.values[0] == int(numeral.values[0])
            and numeral.values[0] < 60
        ):
            out.append(str(int(numeral.values[0])))
            place = numeral.end
        else:
            out.append(word)
            place += 1
    return " ".join(out)


def clock_in(typed: str) -> Clock | None:
    """The first time in ``typed`` (plain form, figures). None if there is none; no times if it is none that exists."""
    found = _TIME.search(typed)
    if found is None:
        return None
    before, after = typed[: found.start()].rstrip(), typed[found.end() :].lstrip()
    prefixed = before.split(" ")[-1].lstrip("(") in _PREFIX if before else False
    part = ""
    words = [word for word in after.split(" ", 2) if word]
    skip = 1 if words[:1] == ["di"] and len(words) > 1 else 0
    if len(words) > skip and words[skip].strip(".,!)") in _PARTS:
        part = _PARTS[words[skip].strip(".,!)")]
        after = " ".join(words[skip + 1 :])
    elif (glued := re.match(r"(am|pm|pg|mlm)\b", after)) is not None:
        part, after = _PARTS[glued[1]], after[glued.end() :].lstrip()
    elif (
        earlier := re.search(r"\b(pagi|siang|sore|malam|mlm|subuh|petang|dini)\s+(?:jam|pukul|pkl|jm)$", before)
    ) is not None:
        part = _PARTS[earlier[1]]
        before = before[: earlier.start()] + before[earlier.end(1) :]
    hour, minute = _hour_and_minute(found)
    named = (
        prefixed or bool(part) or found["minute"] is not None or found["half"] is not None or found["way"] is not None
    )
    rest = " ".join(f"{before} {after}".split())
    if hour is None or minute >= 60:
        return Clock((), sure=False, rest=rest, named=named)
    shown = found["hour"] or found["compact"] or ""
    digital = found["minute"] is not None or found["compact"] is not None or found["spaced"] is not None
    loose = (
        found["spaced"] is not None
        or (found["compact"] is not None and not shown.startswith("0") and not prefixed)
        or (found["minute"] is not None and "," in found[0])
    )
    times, sure = _placed(hour, minute, part, shown=shown, digital=digital, prefixed=prefixed)
    return Clock(times, sure=sure and not loose, rest=rest, named=named)


def _hour_and_minute(found: re.Match[str]) -> tuple[int | None, int]:
    if found["half"] is not None:
        halved = int(found["halved"])
        if not 1 <= halved <= 12:
            return None, 0
        return (halved, 30) if "past" in found["half"] else ((halved - 1) or 12, 30)
    if found["compact"] is not None:
        return int(found["compact"][:2]), int(found["compact"][2:])
    hour = int(found["hour"])
    if found["way"] is not None:
        about = (
            {"seperempat": 15, "setengah": 30}.get(found["about"]) or int(found["about"])
            if not found["about"].isdigit()
            else int(found["about"])
        )
        if found["way"] in {"kurang", "kurng"}:
            return ((hour - 1) if hour > 1 else 12 if hour == 1 else None), 60 - about if 0 < about < 60 else 60
        return hour, about
    if found["second"] is not None and int(found["second"]) >= 60:
        return None, 0
    return hour, int(found["minute"] or found["spaced"] or 0)


def _placed(
    hour: int, minute: int, part: str, *, shown: str, digital: bool, prefixed: bool
) -> tuple[tuple[tuple[int, int], ...], bool]:
    """The hour of the day that ``hour`` in this part of the day is, and whether that is certain."""
    if hour > 23:
        return (), False
    if part:
        placed = _in_part(hour, part)
        return ((), False) if placed is None else (((placed[0], minute),), placed[1])
    if hour > 12 or (hour == 0 and digital):
        return ((hour, minute),), digital or prefixed
    if hour == 0:
        return ((0, minute),), False
    if digital and (shown.startswith("0") or hour >= 7):
        return ((hour, minute),), True
    if hour >= 7 or (hour == 6 and minute >= 30 and not digital):
        return ((hour, minute),), False
    return ((hour, minute), (hour + 12, minute)), False


def _in_part(hour: int, part: str) -> tuple[int, bool] | None:
    """Hour of the day and whether it is certain; None if there is no such hour in that part of the day."""
    certain_hours, loose_hours = _HOURS[part]
    if hour in certain_hours:
        return certain_hours[hour], True
    return (loose_hours[hour], False) if hour in loose_hours else None


def minutes_ago(typed: str, now: datetime) -> datetime | None:
    """So many hours or minutes from now: "2 jam lalu", "30 menit yang lalu", "sejam lagi"."""
    found = re.search(
        r"\b(?:(\d{1,3})\s*|se)(jam|menit|hours?|minutes?)\s+(?:yang\s+)?(lalu|lewat|ago|lagi|later)\b", typed
    )
    if found is None:
        return None
    number = int(found[1] or 1) * (-1 if found[3] in {"lalu", "lewat", "ago"} else 1)
    return now + (timedelta(hours=number) if found[2].startswith(("jam", "hour")) else timedelta(minutes=number))
