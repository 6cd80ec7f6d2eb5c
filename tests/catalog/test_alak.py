"""The lists of Alak fit together: every key that one list names stands in the other, and every column is explained."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import bundled, catalog

FOLDER = bundled.folder("catalog") / "alak"
ID, EN = "label::Bahasa Indonesia (id)", "label::English (en)"
CHOICES = ("jabatan", "jenjang", "kelurahan", "services", "unit_kinds", "units")
Row = Mapping[str, str]


def rows(name: str) -> list[Row]:
    text = catalog.files(FOLDER)[f"{name}.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text), strict=True))


def column(name: str, heading: str) -> list[str]:
    return [row[heading] for row in rows(name)]


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_has_a_key_and_a_label_in_both_languages(name: str) -> None:
    keys = column(name, "name")
    assert [key for key in keys if not re.fullmatch(r"[a-z][a-z0-9_]*", key)] == []
    assert sorted(set(keys)) == sorted(keys)
    assert [row["name"] for row in rows(name) if not row[ID] or not row[EN]] == []
    assert [row["name"] for row in rows(name) if max(len(row[ID]), len(row[EN])) > 72] == []


@pytest.mark.parametrize("name", [*CHOICES, "holidays", "rujukan"])
def test_no_cell_is_left_over_and_every_source_is_known(name: str) -> None:
    assert [row for row in rows(name) if None in row or None in row.values()] == []
    assert set(column(name, "sumber")) <= {"S", "M", "D", ""}


def test_no_two_choices_of_a_list_answer_to_the_same_word() -> None:
    def twice(name: str, group: str = "") -> list[str]:
        words: list[tuple[str, str]] = []
        for row in rows(name):
            said = {row[ID], *row["chat_aliases"].split("|")} - {""}
            words += [(row.get(group, ""), word.casefold()) for word in said]
        return sorted({word for _, word in words if words.count((_, word)) > 1})

    assert {name: twice(name) for name in CHOICES if name != "units"} == {
        name: [] for name in CHOICES if name != "units"
    }
    assert twice("units", "kelompok") == []


def test_alak_has_its_twelve_kelurahan() -> None:
    real = [row for row in rows("kelurahan") if row["jenis"] == "kelurahan"]
    assert [row[ID] for row in real] == [
        "Namosain",
        "Nunbaun Sabu",
        "Nunbaun Delha",
        "Nunhila",
        "Fatufeto",
        "Manutapen",
        "Mantasi",
        "Kelurahan Alak",
        "Batuplat",
        "Manulai II",
        "Naioni",
        "Penkase Oeleta",
    ]
    assert [row["kode_bps"] for row in real] == [str(5371010001 + number) for number in range(12)]
    assert [row["name"] for row in rows("kelurahan") if row["jenis"] == "lainnya"] == ["luar", "rahasia"]


def test_units_belong_to_kinds_and_kelurahan_that_exist() -> None:
    kinds = column("unit_kinds", "name")
    assert sorted(set(column("units", "kelompok"))) == sorted(set(kinds) - {"lainnya"})
    offices = [row for row in rows("units") if row["kelompok"] == "lurah"]
    assert [row["kelurahan"] for row in offices] == [
        row["name"] for row in rows("kelurahan") if row["jenis"] == "kelurahan"
    ]
    assert {row["jenis"] for row in offices} == {"kelurahan"}
    assert [row["name"] for row in rows("units") if row["kelurahan"] and row["kelompok"] != "lurah"] == []


def test_every_service_is_offered() -> None:
    assert column("services", "name") == [
        "kependudukan",
        "surat_kelurahan",
        "bansos",
        "kesehatan",
        "pendidikan",
        "perizinan",
        "kebersihan",
        "air_lingkungan",
        "jalan",
        "ketertiban",
        "lainnya",
    ]


def test_the_standard_of_each_position() -> None:
    assert {row["name"]: row["standar"] for row in rows("jabatan")} == {
        "administrator": "3",
        "pengawas": "2",
        "fungsional": "",
        "pelaksana": "1",
        "lainnya": "",
    }
    assert {row["name"]: row["standar"] for row in rows("jenjang")} == {
        "keterampilan": "1",
        "ahli_pertama": "2",
        "ahli_muda": "3",
        "ahli_madya": "4",
    }


def test_holidays_are_dates_in_order_each_once() -> None:
    days = column("holidays", "date")
    assert [date.fromisoformat(day).isoformat() for day in days] == sorted(set(days))
    assert set(column("holidays", "kind")) == {"libur", "cuti_bersama"}


def test_holidays_that_can_be_computed_are_right() -> None:
    days = {row["date"]: row["name"] for row in rows("holidays")}
    for sunday in (date(2026, 4, 5), date(2027, 3, 28)):
        year = sunday.year
        expected = {
            date(year, 1, 1): "Tahun Baru Masehi",
            sunday - timedelta(days=2): "Wafat Yesus Kristus (Jumat Agung)",
            sunday: "Kebangkitan Yesus Kristus (Paskah)",
            date(year, 5, 1): "Hari Buruh Internasional",
            sunday + timedelta(days=39): "Kenaikan Yesus Kristus",
            date(year, 6, 1): "Hari Lahir Pancasila",
            date(year, 8, 17): "Hari Kemerdekaan",
            date(year, 12, 25): "Kelahiran Yesus Kristus (Natal)",
        }
        assert {day: days.get(day.isoformat()) for day in expected} == expected


def test_collective_leave_of_2026_is_on_working_days() -> None:
    leave = [date.fromisoformat(row["date"]) for row in rows("holidays") if row["kind"] == "cuti_bersama"]
    assert [day.isoformat() for day in leave] == [
        "2026-02-16",
        "2026-03-18",
        "2026-03-20",
        "2026-03-23",
        "2026-03-24",
        "2026-05-15",
        "2026-05-28",
        "2026-12-24",
    ]
    assert [day for day in leave if day.weekday() > 4] == []


def test_every_file_and_column_is_explained() -> None:
    readme = Path(FOLDER / "README.md").read_text(encoding="utf-8")
    named = {f"{name}: {heading}" for name in (*CHOICES, "holidays", "rujukan") for heading in rows(name)[0]}
    assert {entry for entry in named if f"`{entry.partition(': ')[2]}`" not in readme} == set()
    assert {name for name in catalog.files(FOLDER) if f"`{name}`" not in readme} == set()
