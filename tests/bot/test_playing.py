"""Surveys played from scripted steps."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playing import Play, StepError, parse_duration, steps_of
from bot.wording import catalogue
from surveys.engine import compile_survey
from surveys.xlsform import read

WITA = ZoneInfo("Asia/Makassar")
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=WITA)

FORM = b"""
| survey | type | name | label::Bahasa Indonesia (id) | label::English (en) | required |
| | text | nama | Siapa nama Bapak/Ibu? | What is your name? | yes |
| | select_multiple layanan | layanan | Layanan apa? | Which services? | yes |
| | select_one jalan or_other | jalan | Lewat jalan mana? | Which road? | |
| | begin_repeat | anak | Anak | Child | |
| | integer | umur | Umur anak? | Age of the child? | |
| | end_repeat | | | | |
| | image | foto | Foto jalan? | Photo of the road? | |
| | geopoint | tempat | Di mana? | Where? | |
| choices | list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| | layanan | ktp | KTP | Identity card |
| | layanan | surat | Surat keterangan | Letter |
| | jalan | timur | Jalan Timur | East Road |
| | jalan | barat | Jalan Barat | West Road |
| | jalan | other | Lainnya | Another |
| settings | form_title | form_id | default_language |
| | Uji | uji | Bahasa Indonesia (id) |
"""


def game(form: bytes = FORM, *, language: str = "id", now: datetime = NINE) -> Play:
    survey, _warnings = read(form, file_type=".md", name_hint="uji")
    return Play(playbook=compile_survey(survey), now=now, say=lambda code: catalogue(code).gettext, language=language)


def played(play: Play, *steps: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """(question, buttons) after each step."""
    return [(shown.question, shown.buttons) for shown in (play.start(), *(play.play(step) for step in steps))]


def test_a_whole_form_from_the_first_question_to_the_end() -> None:
    play = game()
    assert [question for question, _buttons in played(
        play,
        {"send": "Maria"},
        {"press": "KTP"},
        {"press": "Surat keterangan"},
        {"press": "KTP"},
        {"press": "Selesai"},
        {"press": "Lainnya"},
        {"send": "Jalan Pelabuhan"},
        {"send": "7"},
        {"press": "Ya"},
        {"send": "9 tahun"},
        {"press": "Tidak"},
        {"photo": True},
        {"location": [-10.1718, 123.5832]},
        {"press": "Kirim"},
    )] == [
        "nama",
        "layanan",
        "layanan",
        "layanan",
        "layanan",
        "jalan",
        "jalan",
        "anak[1]/umur",
        "@repeat:anak",
        "anak[2]/umur",
        "@repeat:anak",
        "foto",
        "tempat",
        "@review",
        "@done",
    ]  # fmt: skip
    result = play.result()
    assert result["state"] == "done"
    answers = result["answers"]
    assert isinstance(answers, dict)
    photo = answers.pop("foto")
    assert len(photo) > 8
    assert answers == {
        "nama": "Maria",
        "layanan": "surat",
        "jalan": "other",
        "jalan_other": "Jalan Pelabuhan",
        "anak[1]/umur": "7",
        "anak[2]/umur": "9",
        "tempat": "-10.1718 123.5832 0 0",
    }


def test_what_is_shown_is_what_people_read() -> None:
    play = game()
    first = play.start()
    assert (first.question, first.prompt) == ("nama", "Pertanyaan 1 dari 6\nSiapa nama Bapak/Ibu?")
    assert first.as_json() == {"question": "nama", "prompt": first.prompt, "buttons": []}
    assert game(language="en").start().prompt == "Question 1 of 6\nWhat is your name?"
    assert game(language="fr").start().prompt == first.prompt


def test_a_reply_that_is_none_keeps_the_question() -> None:
    play = game()
    play.start()
    before = play.play({"send": "Maria"})
    after = play.play({"sticker": True})
    assert (after.question, after.buttons) == (before.question, before.buttons)
    assert after.prompt != before.prompt
    assert after.prompt.endswith(before.prompt)


def test_waiting_moves_the_clock_and_keeps_the_place() -> None:
    play = game()
    play.start()
    before = play.play({"send": "Maria"})
    assert play.play({"wait": "P2D"}) == before
    assert play.now == NINE + timedelta(days=2)
    assert play.play({"press": "KTP"}).question == "layanan"


def test_a_session_ends_when_its_time_is_over() -> None:
    play = game()
    play.start()
    play.play({"send": "Maria"})
    ended = play.play({"wait": "P15D"})
    assert (ended.question, ended.buttons) == ("@done", ())
    assert ended.prompt != ""
    assert play.result() == {"state": "expired", "answers": {"nama": "Maria"}}


def test_the_dice_are_the_same_in_every_play() -> None:
    form = FORM.replace(b"| Uji | uji |", b"| Uji | acak |")
    assert played(game(form)) == played(game(form))
    assert game().rng.random() == random.Random(0).random()


def test_a_button_of_a_long_choice_is_pressed_by_its_label() -> None:
    long = FORM.replace(b"Jalan Timur", b"Jalan Timur yang panjang dari pelabuhan sampai ke pasar lama")
    play = game(long)
    play.start()
    for step in ({"send": "Maria"}, {"press": "KTP"}, {"press": "Selesai"}):
        shown = play.play(step)
    assert "1" in shown.buttons
    play.play({"press": "jalan timur yang panjang dari pelabuhan sampai ke pasar lama"})
    answers = play.result()["answers"]
    assert isinstance(answers, dict)
    assert answers["jalan"] == "timur"


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"press": "Tidak ada"}, "There is no button “Tidak ada” now, nor any other."),
        (
            {"shout": "x"},
            '{"shout": "x"} is no step. Write one of send, press, photo, voice, video, file, sticker, location or wait',
        ),
        ({"wait": "2 days"}, "“2 days” is no duration. Write P2D for two days, PT3H for three hours."),
        ({"send": 7}, '{"send": 7} is no step.'),
        ({"location": ["a", "b"]}, '{"location": ["a", "b"]} is no step.'),
        ({"photo": False}, '{"photo": false} is no step.'),
    ],
)
def test_a_step_that_cannot_be_played_is_told(step: dict[str, Any], words: str) -> None:
    play = game()
    play.start()
    with pytest.raises(StepError) as raised:
        play.play(step)
    assert str(raised.value).startswith(words)


def test_the_buttons_that_are_there_are_named() -> None:
    play = game()
    play.start()
    play.play({"send": "Maria"})
    with pytest.raises(StepError, match="“KTP”, “Surat keterangan”, “Kembali”"):
        play.play({"press": "Bansos"})


def test_lines_are_read_and_what_is_no_step_names_its_line() -> None:
    lines = ['{"send": "a"}\n', "\n", "# a note\n", '{"press": "b"}']
    assert list(steps_of(lines, "s.jsonl")) == [(1, {"send": "a"}), (4, {"press": "b"})]
    with pytest.raises(StepError, match=r"s\.jsonl:2: This is not JSON"):
        list(steps_of(['{"send": "a"}', "send a"], "s.jsonl"))
    with pytest.raises(StepError, match=r"s\.jsonl:1: A step is an object"):
        list(steps_of(["7"], "s.jsonl"))


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P2D", timedelta(days=2)),
        ("P1W", timedelta(weeks=1)),
        ("PT3H", timedelta(hours=3)),
        ("P1DT2H3M4S", timedelta(days=1, hours=2, minutes=3, seconds=4)),
    ],
)
def test_durations(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", ["", "P", "PT", "2D", "P2", "P-1D", "P1Y", "P1.5D", "PT1H2D", "P²D"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(StepError):
        parse_duration(text)
