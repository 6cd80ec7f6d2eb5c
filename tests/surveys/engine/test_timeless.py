"""An anonymous record has no hour."""

from __future__ import annotations

from surveys.engine.timeless import timeless
from tests.surveys.engine.talking import Talk

FORM = """
| survey |
| | type | name | label | calculation |
| | start | mulai | | |
| | today | hari | | |
| | calculate | tahun | | format-date(now(), '%Y') |
| | calculate | jam | | decimal-date-time(now()) |
| | calculate | saat | | now() |
| | calculate | dua | | 1 + 1 |
| | text | usul | Usul? | |
| | end | selesai | | |
"""


def test_moments_are_cut_to_their_date_and_the_clock_is_left_out() -> None:
    talk = Talk(FORM).say("lebih banyak bimtek", message_id="77").say("Send")
    kept = {place.name: (answer.value, answer.message_id) for place, answer in timeless(talk.playbook, talk.session)}
    assert kept == {
        "mulai": ("2026-11-24", ""),
        "hari": ("2026-11-24", ""),
        "tahun": ("2026", ""),
        "saat": ("2026-11-24", ""),
        "dua": ("2", ""),
        "usul": ("lebih banyak bimtek", ""),
        "selesai": ("2026-11-24", ""),
    }
