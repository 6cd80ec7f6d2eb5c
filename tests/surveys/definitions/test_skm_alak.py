"""The satisfaction survey: a short profile, nine elements by their keys, four official answers each, never a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from surveys.survey import Survey

Begin = Callable[..., Any]

ELEMENTS = {
    "persyaratan": "Tidak sesuai · Kurang sesuai · Sesuai · Sangat sesuai",
    "prosedur": "Tidak mudah · Kurang mudah · Mudah · Sangat mudah",
    "waktu": "Tidak cepat · Kurang cepat · Cepat · Sangat cepat",
    "biaya": "Sangat mahal · Cukup mahal · Murah · Gratis",
    "produk": "Tidak sesuai · Kurang sesuai · Sesuai · Sangat sesuai",
    "kompetensi": "Tidak kompeten · Kurang kompeten · Kompeten · Sangat kompeten",
    "perilaku": "Tidak sopan dan ramah · Kurang sopan dan ramah · Sopan dan ramah · Sangat sopan dan ramah",
    "sarpras": "Buruk · Cukup · Baik · Sangat baik",
    "pengaduan": ("Tidak ada · Ada tetapi tidak berfungsi · Berfungsi kurang maksimal · Dikelola dengan baik"),
}
"""PermenPANRB 14/2017, questionnaire form; worth 1 to 4 from left to right."""
PROFILE = ["jenis_kelamin", "usia", "pendidikan", "pekerjaan", "layanan", "unit"]


def test_the_elements_have_their_official_answers(bundled_surveys: Mapping[str, Survey]) -> None:
    survey = bundled_surveys["skm_alak"]
    assert {
        name: " · ".join(choice.label["id"] for choice in survey.question(name).choices) for name in ELEMENTS
    } == ELEMENTS
    assert {tuple(choice.name for choice in survey.question(name).choices) for name in ELEMENTS} == {
        ("1", "2", "3", "4")
    }


def test_the_profile_comes_first_then_the_elements(begin: Begin) -> None:
    interview = begin("skm_alak").finish()
    assert interview.asked == [*PROFILE, *ELEMENTS]
    assert interview.session.anonymous is True


def test_an_element_that_was_not_met_may_be_left_out(begin: Begin) -> None:
    interview = begin("skm_alak").until("pengaduan")
    interview.say("LEWATI")
    assert interview.session.doing == "reviewing"
    assert "pengaduan" not in interview.values()
