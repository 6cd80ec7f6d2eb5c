"""Letting stand what stands already: the button that keeps an answer, and what a form proposes."""

from __future__ import annotations

import pytest

from bot.wording import catalogue
from tests.surveys.engine.talking import Talk

say = catalogue("id").gettext

STATUS = """
| survey |
| | type | name | label | required | default |
| | select_one status | status | Status kepegawaian? | yes | kontrak |
| | text | usul | Usul? | yes | |
| | text | akhir | Lagi? | yes | |

| choices |
| | list_name | name | label |
| | status | tetap | Tetap |
| | status | kontrak | Kontrak |
"""


def test_a_choice_that_is_called_like_the_button_that_keeps_is_chosen() -> None:
    talk = Talk(STATUS, gettext=say)
    assert talk.buttons == ["Tetap", "Kontrak"]
    assert talk.say("Tetap").value("status") == "tetap"
    talk = Talk(STATUS, gettext=say).say("Kontrak").say("kembali")
    assert talk.buttons == ["Tetap", "Kontrak"]
    assert talk.say("tetap").value("status") == "tetap"


@pytest.mark.parametrize("typed", ["Tetap", "tetap", " TETAP. "])
def test_the_word_on_the_button_keeps_the_answer_in_any_spelling(typed: str) -> None:
    talk = Talk(STATUS, gettext=say).say("Kontrak").say("Loket kedua").say("kembali")
    assert talk.buttons == ["Tetap", "Kembali"]
    assert (talk.say(typed).value("usul"), talk.at) == ("Loket kedua", "akhir")


def test_where_nothing_stands_the_word_is_an_answer() -> None:
    assert Talk(STATUS, gettext=say).say("Kontrak").say("tetap").value("usul") == "tetap"


@pytest.mark.parametrize("typed", ["Tidak ada yang cocok", "tidak ada yang cocok."])
def test_the_word_that_refuses_every_reading_does_so_in_any_spelling(typed: str) -> None:
    talk = Talk("| survey |\n| | type | name | label |\n| | decimal | berat | Berat? |", gettext=say).say("1.500")
    assert talk.buttons == ["1500", "1,5", "Tidak ada yang cocok"]
    assert (talk.say(typed).at, talk.session.doing) == ("berat", "asking")
