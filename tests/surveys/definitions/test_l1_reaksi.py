"""Feedback after a training: thirteen items, grouped as the sub-scales they are counted in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from surveys.survey import Section, Survey

Begin = Callable[..., Any]

SCALES = {
    "materi": ["materi_kebutuhan", "tujuan_jelas", "materi_dipahami", "contoh_dekat"],
    "pengajar": ["pengajar_menguasai", "pengajar_bertanya"],
    "metode": ["metode_aktif", "waktu_cukup"],
    "sarana": ["sarana_memadai", "jaringan_mendukung"],
    "keyakinan": ["yakin_menerapkan"],
    "kesan": ["nps", "perbaikan"],
}


def test_the_sub_scales_are_the_sections(bundled_surveys: Mapping[str, Survey]) -> None:
    survey = bundled_surveys["l1_reaksi"]
    sections = [item for item in survey.items if isinstance(item, Section)]
    assert {section.name: [item.name for item in section.items] for section in sections} == SCALES


def test_thirteen_items_are_asked(begin: Begin) -> None:
    interview = begin("l1_reaksi")
    assert interview.session.total == 13
    assert interview.finish().asked == [name for names in SCALES.values() for name in names]


@pytest.mark.parametrize(("said", "value"), [("5", "5"), ("Tidak setuju", "2"), ("ss", "5"), ("1", "1")])
def test_a_statement_is_answered_by_number_or_words(said: str, value: str, begin: Begin) -> None:
    interview = begin("l1_reaksi")
    interview.say(said)
    assert interview.values()["materi_kebutuhan"] == value


@pytest.mark.parametrize("said", ["0", "10"])
def test_the_recommendation_goes_from_0_to_10(said: str, begin: Begin) -> None:
    interview = begin("l1_reaksi").until("nps")
    interview.say(said)
    assert interview.values()["nps"] == said


@pytest.mark.parametrize("said", ["11", "-1", "7,5"])
def test_a_recommendation_beyond_the_scale_is_sent_back(said: str, begin: Begin) -> None:
    interview = begin("l1_reaksi").until("nps")
    interview.say(said)
    assert len(interview.rejections) == 1
    assert interview.session.at.name == "nps"
