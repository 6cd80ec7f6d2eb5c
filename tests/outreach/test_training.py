"""Trainings and their sessions: what hinders them, who clashes, what they are worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from outreach.calendar import calendar_of
from outreach.learning_hours import earned, earned_by_year, progress, progress_line
from outreach.mentoring import Pair, check_in_dates, check_pair
from outreach.training import FORMS, Day, ReminderSettings, Training, TrainingSession, clashes, form_names
from outreach.training_checks import check_session, check_training, clash_sentence

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 24, 10, tzinfo=WITA)
ID = wording.catalogue("id").gettext
T = Training(key="1", title="Pelayanan Prima", form="bimtek", jp=Decimal(16))
TUESDAY = Day(date(2026, 12, 1), time(8), time(15, 30))
WEDNESDAY = Day(date(2026, 12, 2), time(8), time(15, 30))
S = TrainingSession(key="7", training="1", days=(TUESDAY, WEDNESDAY), place="Aula Kantor Camat Alak", capacity=30)


def test_every_form_has_a_name() -> None:
    assert form_names(ID).keys() == FORMS.keys()


def test_whom_a_training_suits() -> None:
    narrow = replace(T, units=frozenset({"kel_nbd"}), positions=frozenset({"pelaksana"}))
    assert T.suits("kel_nbs", "")
    assert [narrow.suits(*one) for one in (("kel_nbd", "pelaksana"), ("kel_nbd", "pengawas"), ("x", "pelaksana"))] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "  "}, "Pelatihan ini belum punya judul."),
        ({"title": "x" * 81}, "Judulnya 81 huruf; paling banyak 80."),
        ({"form": "dansa"}, "Bentuk “dansa” belum dikenal: pilih salah satu dari daftar."),
        ({"jp": Decimal(0)}, "Jam pelajaran (JP) lebih dari 0."),
        ({"jp": Decimal("NaN")}, "Jam pelajaran (JP) lebih dari 0."),
        ({"jp": Decimal(2001)}, "Jam pelajaran (JP) paling banyak 2000."),
        ({"units": frozenset({"kel_x"})}, "Unit kerja “kel_x” belum ada dalam daftar unit."),
        ({"positions": frozenset({"raja"})}, "Jabatan “raja” belum ada dalam daftar jabatan."),
        (
            {"attachments": ("../a.pdf",)},
            "“../a.pdf” belum dapat dilampirkan: berkas .pdf, .jpg, atau .png di survey_media, namanya tanpa spasi.",
        ),
        ({"attachments": ("a.pdf",) * 6}, "Paling banyak 5 berkas dapat dilampirkan."),
        ({"reminders": ReminderSettings(offsets={"h7": (-1,)})}, "Pengingat “h7” memakai hari dari 0 sampai 366."),
        (
            {"reminders": ReminderSettings(texts={"h1": "x" * 121})},
            "Kalimat untuk pengingat “h1” 121 huruf; paling banyak 120.",
        ),
    ],
)
def test_what_hinders_a_training(change: dict[str, object], sentence: str) -> None:
    changed = replace(T, **change)  # type: ignore[arg-type]
    assert check_training(changed, units=("kel_nbd",), positions=("pelaksana",), say=ID) == (sentence,)
    assert check_training(T, units=(), positions=(), say=ID) == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"days": ()}, "Angkatan ini belum punya hari: sebut paling sedikit satu hari beserta jamnya."),
        (
            {"days": (replace(TUESDAY, ends=time(7)),)},
            "Selasa, 1 Desember 2026: selesai pukul 07.00, padahal mulai pukul 08.00.",
        ),
        (
            {"days": (replace(TUESDAY, date=date(2026, 11, 24)),)},
            "Selasa, 24 November 2026, pukul 08.00 sudah lewat: sebut hari yang akan datang.",
        ),
        (
            {"days": (TUESDAY, replace(TUESDAY, starts=time(15)))},
            "Selasa, 1 Desember 2026: dua bagian angkatan ini bertumpuk waktunya.",
        ),
        ({"days": (replace(TUESDAY, jp=Decimal(0)),)}, "Jam pelajaran (JP) satu hari lebih dari 0."),
        ({"capacity": -1}, "Jumlah tempat tidak kurang dari 0; 0 berarti tanpa batas."),
        ({"capacity": 11}, "Sudah 12 orang terdaftar: tempatnya tidak bisa hanya 11."),
        ({"place": ""}, "Angkatan ini belum punya tempat atau tautan."),
        ({"place": "x" * 81}, "Nama tempatnya 81 huruf; paling banyak 80."),
        ({"link": "javascript:alert(1)"}, "Tautan diawali https://."),
        ({"cost": Decimal(-1)}, "Biaya tidak kurang dari 0."),
    ],
)
def test_what_hinders_a_session(change: dict[str, object], sentence: str) -> None:
    changed = replace(S, **change)  # type: ignore[arg-type]
    assert check_session(changed, now=NOW, timezone=WITA, taken=12, say=ID) == (sentence,)
    assert check_session(S, now=NOW, timezone=WITA, taken=12, say=ID) == ()


def test_one_person_in_two_sessions_at_once() -> None:
    other = replace(S, key="8", days=(replace(WEDNESDAY, starts=time(15)),))
    next_to_it = replace(S, key="9", days=(replace(WEDNESDAY, starts=time(15, 30), ends=time(17)),))
    assert [(one.day, one.wanted) for one in clashes([S], other)] == [(WEDNESDAY, other.days[0])]
    assert clashes([S], next_to_it) == ()
    assert clashes([S], S) == ()
    assert clashes([replace(S, cancelled=True)], other) == ()
    assert (
        clash_sentence([S], other, {"1": "Pelayanan Prima"}, ID)
        == "Rabu, 2 Desember 2026, pukul 08.00–15.30: Bapak/Ibu mengikuti Pelayanan Prima pada waktu itu."
    )
    assert clash_sentence([S], next_to_it, {}, ID) == ""


def test_learning_hours_by_days() -> None:
    three = replace(S, days=(TUESDAY, WEDNESDAY, replace(WEDNESDAY, date=date(2026, 12, 3))))
    dates = [day.date for day in three.days]
    assert [earned(T, three, dates[:number]) for number in range(4)] == [
        Decimal(0),
        Decimal("5.33"),
        Decimal("10.67"),
        Decimal(16),
    ]
    stated = replace(S, days=(replace(TUESDAY, jp=Decimal(10)), replace(WEDNESDAY, jp=Decimal(6))))
    assert earned(T, stated, [TUESDAY.date]) == 10
    assert earned(T, S, [date(2026, 11, 1)]) == 0
    newyear = replace(S, days=(replace(TUESDAY, date=date(2026, 12, 31)), replace(TUESDAY, date=date(2027, 1, 2))))
    assert earned_by_year(T, newyear, [day.date for day in newyear.days]) == {2026: 8, 2027: 8}


@given(
    st.decimals(min_value=1, max_value=400, places=2),
    st.integers(1, 12),
)
def test_every_day_gives_exactly_all_learning_hours(jp: Decimal, number: int) -> None:
    days = tuple(replace(TUESDAY, date=date(2026, 12, 1 + day)) for day in range(number))
    session = replace(S, days=days)
    parts = [earned(replace(T, jp=jp), session, [day.date]) for day in days]
    assert sum(parts) == jp
    assert min(parts) >= 0


@pytest.mark.parametrize(
    ("jp", "employment", "sentence"),
    [
        ("12.5", "PNS", "Tahun 2026 Bapak/Ibu memiliki 12,5 dari 20 jam pelajaran (JP), kurang 7,5."),
        ("20", "PNS", "Tahun 2026 Bapak/Ibu memiliki 20 jam pelajaran (JP): sasaran 20 sudah tercapai."),
        ("30", "PPPK", "Tahun 2026 Bapak/Ibu memiliki 30 jam pelajaran (JP)."),
    ],
)
def test_progress_against_the_target(jp: str, employment: str, sentence: str) -> None:
    assert progress_line(2026, progress(Decimal(jp), employment), ID) == sentence


def test_percent_is_100_only_once_it_is_reached() -> None:
    assert [progress(Decimal(jp), "PNS").percent for jp in ("0", "19.99", "20", "25")] == [0, 99, 100, 125]
    assert progress(Decimal(5), "PPPK").percent is None


def test_meetings_of_a_pair() -> None:
    days = check_in_dates(date(2026, 12, 11), every_days=14, times=3, calendar=calendar_of([]))
    assert days == (date(2026, 12, 11), date(2026, 12, 24), date(2027, 1, 8))
    pair = Pair(key="3", training="1", mentor="10", mentee="11", check_ins=days)
    assert check_pair(pair, today=date(2026, 12, 1), known=True, say=ID) == ()
    assert check_pair(replace(pair, mentee="10"), today=date(2026, 12, 12), known=False, say=ID) == (
        "Mentor dan yang didampingi orang yang sama: sebut dua orang.",
        "Mentor atau yang didampingi belum ada dalam daftar pegawai.",
        "Pertemuan pertama sudah lewat: sebut hari mulai hari ini.",
    )
