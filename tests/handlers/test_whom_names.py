"""The audit says in words whom an act was about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.wording import catalogue
from handlers.whom_names import kinds, whom_named

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"admin:3": "Bu Maria"}


@pytest.mark.parametrize(
    ("whom", "words"),
    [
        ("", ""),
        ("admin:3", "Bu Maria"),
        ("admin:4", "pengelola 4"),
        ("survey:aspirasi", "survei aspirasi"),
        ("survey:aspirasi:kel_alak", "survei aspirasi · kel_alak"),
        ("ticket:ALK-26-0417-Q", "aspirasi ALK-26-0417-Q"),
        ("respondents", "semua responden"),
        ("respondents:warga:12", "responden (Warga · 12)"),
        ("respondents:unknown:2", "responden (belum disebutkan · 2)"),
        ("session:prima-1", "angkatan pelatihan prima-1"),
        ("odd:1", "odd:1"),
    ],
)
def test_codes_become_words(whom: str, words: str) -> None:
    assert whom_named(whom, catalogue("id").gettext, NAMES) == words


def test_every_kind_that_the_code_writes_down_has_its_words() -> None:
    written = set()
    for path in (ROOT / "handlers").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        written |= set(re.findall(r'whom=f?"(\w+)(?::|")', code)) | set(re.findall(r'whom = f"(\w+):', code))
        if "_record(" in code:
            written |= set(re.findall(r'_record\([^)]*?f"(\w+):\{', code, re.DOTALL))
    assert {"survey", "session", "training", "ticket"} <= written
    assert written - set(kinds(str)) == set()
