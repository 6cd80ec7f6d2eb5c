"""What an office offers its people to learn: a training, the dated sessions of it, and their days.

Rule of the file: values and what follows from them alone. Days are by the office's clock; learning hours (JP, 45
minutes each) are what the organiser states and are never worked out from the clock.

Source: Peraturan LAN 10/2018 (forms of competence development).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Literal

Say = Callable[[str], str]
Way = Literal["pendidikan", "klasikal", "nonklasikal"]

FORMS: Mapping[str, Way] = {
    "tugas_belajar": "pendidikan",
    "izin_belajar": "pendidikan",
    "kepemimpinan": "klasikal",
    "manajerial": "klasikal",
    "teknis": "klasikal",
    "fungsional": "klasikal",
    "sosial_kultural": "klasikal",
    "seminar": "klasikal",
    "lokakarya": "klasikal",
    "kursus": "klasikal",
    "penataran": "klasikal",
    "bimtek": "klasikal",
    "sosialisasi": "klasikal",
    "klasikal_lain": "klasikal",
    "pertukaran": "nonklasikal",
    "magang": "nonklasikal",
    "patok_banding": "nonklasikal",
    "jarak_jauh": "nonklasikal",
    "coaching": "nonklasikal",
    "mentoring": "nonklasikal",
    "detasering": "nonklasikal",
    "penugasan": "nonklasikal",
    "e_learning": "nonklasikal",
    "belajar_mandiri": "nonklasikal",
    "alam_terbuka": "nonklasikal",
    "komunitas_belajar": "nonklasikal",
    "bimbingan_kerja": "nonklasikal",
    "nonklasikal_lain": "nonklasikal",
}
"""Every form a training can have, and whether it is held in a class."""


OPEN_DAYS = 30
"""So long what is asked after the training can be answered, unless the training says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSettings:
    """What a training says about its reminders, by the name of the rule; what is left out is the rule's own."""

    off: frozenset[str] = frozenset()
    """Rules that do not serve this training."""
    offsets: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Days before or after, for rules that have them."""
    open_days: Mapping[str, int] = field(default_factory=dict)
    """Days for which what is asked after the training can be answered, and is reminded of (follow_up, supervisor)."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """A sentence the organiser adds: what to bring (h1), the skill that is asked about (follow_up)."""

    def offsets_of(self, rule: str, usual: tuple[int, ...]) -> tuple[int, ...]:
        """Each once, the largest first."""
        return tuple(sorted(set(self.offsets.get(rule, usual)), reverse=True))

    def asked(self, rule: str, step: int, last: date, timezone: tzinfo) -> tuple[datetime, datetime]:
        """From when until when what is asked ``step`` days after ``last`` can be answered."""
        opens = datetime.combine(last, time(), timezone) + timedelta(days=step)
        return opens, opens + timedelta(days=self.open_days.get(rule, OPEN_DAYS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Something to learn, apart from when. ``units`` and ``positions``: whom it is for, everybody if empty."""

    key: str
    title: str
    form: str
    """One of ``FORMS``."""
    jp: Decimal
    """Learning hours of the whole training."""
    provider: str = ""
    competences: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    positions: frozenset[str] = frozenset()
    description: str = ""
    skills: tuple[str, ...] = ()
    """What its participants are asked about 30 and 90 days later, at most three: "menjelaskan syarat layanan"."""
    reminders: ReminderSettings = field(default_factory=ReminderSettings)
    attachments: tuple[str, ...] = ()
    """Files under the data folder's ``survey_media``, by their path there: "pelatihan/materi.pdf"."""

    @property
    def to_apply(self) -> tuple[str, ...]:
        """What is asked about as applied: its skills, else the sentence for the reminder ``follow_up``."""
        said = self.skills or (self.reminders.texts.get("follow_up", ""),)
        return tuple(skill for words in said if (skill := " ".join(words.split())))

    def suits(self, unit: str, position: str) -> bool:
        """Whether it is meant for somebody of that unit and position."""
        return (not self.units or unit in self.units) and (not self.positions or position in self.positions)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a session, by the office's clock. ``jp``: its own learning hours where the organiser states them."""

    date: date
    starts: time
    ends: time
    jp: Decimal | None = None

    def begins(self, timezone: tzinfo) -> datetime:
        """Aware."""
        return datetime.combine(self.date, self.starts, timezone)

    def finishes(self, timezone: tzinfo) -> datetime:
        """Aware."""
        return datetime.combine(self.date, self.ends, timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSession:
    """A training that takes place: its days in order, where, and for how many."""

    key: str
    training: str
    days: tuple[Day, ...]
    place: str = ""
    link: str = ""
    """For those who take part from afar."""
    capacity: int = 0
    """0: as many as come."""
    instructor: str = ""
    cost: Decimal = Decimal(0)
    """Rupiah for one participant."""
    revision: int = 0
    """How often it was changed since it was announced."""
    cancelled: bool = False

    @property
    def in_order(self) -> tuple[Day, ...]:
        """Its days, the earliest first."""
        return tuple(sorted(self.days, key=lambda day: (day.date, day.starts, day.ends)))

    @property
    def first(self) -> Day:
        """Its first day."""
        return self.in_order[0]

    @property
    def last(self) -> Day:
        """Its last day."""
        return self.in_order[-1]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions that want one person at the same time: on which days of each."""

    mine: TrainingSession
    day: Day
    wanted: Day


def clashes(mine: Iterable[TrainingSession], wanted: TrainingSession) -> tuple[Clash, ...]:
    """Where ``wanted`` falls on what the person goes to already. One that follows at once is no clash."""
    return tuple(
        Clash(session, one, other)
        for session in mine
        if session.key != wanted.key and not session.cancelled and not wanted.cancelled
        for one in session.days
        for other in wanted.days
        if one.date == other.date and one.starts < other.ends and other.starts < one.ends
    )


def form_names(say: Say) -> Mapping[str, str]:
    """What the forms are called."""
    _ = say
    return {
        "tugas_belajar": _("study on assignment"),
        "izin_belajar": _("study by permission"),
        "kepemimpinan": _("leadership training"),
        "manajerial": _("managerial training"),
        "teknis": _("technical training"),
        "fungsional": _("functional training"),
        "sosial_kultural": _("sociocultural training"),
        "seminar": _("seminar or conference"),
        "lokakarya": _("workshop"),
        "kursus": _("course"),
        "penataran": _("upgrading course"),
        "bimtek": _("technical guidance"),
        "sosialisasi": _("information meeting"),
        "klasikal_lain": _("another form held in a class"),
        "pertukaran": _("exchange with a private company"),
        "magang": _("internship"),
        "patok_banding": _("benchmarking visit"),
        "jarak_jauh": _("distance training"),
        "coaching": _("coaching"),
        "mentoring": _("mentoring"),
        "detasering": _("secondment"),
        "penugasan": _("assignment to a priority programme"),
        "e_learning": _("e-learning"),
        "belajar_mandiri": _("self-study"),
        "alam_terbuka": _("outdoor team building"),
        "komunitas_belajar": _("learning community"),
        "bimbingan_kerja": _("guidance at the workplace"),
        "nonklasikal_lain": _("another form held outside a class"),
    }
