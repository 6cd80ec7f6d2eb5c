"""What is typed wrongly gets one sentence in the language of the office, whatever stands where a number belongs."""

from __future__ import annotations

import re

import pytest

from tests.bot.cli.conftest import Installation
from tests.bot.cli.test_permissions import ACTS, FOR_ALL

ODD = ("0", "-1", "abc", "1.5", "9" * 19, "9" * 20, "9" * 400, "９", "1;2", "../1", "' OR 1=1 --", "\udc80", "")
"""Zero, below it, letters, half, over 63 bits, over 64, endless, a digit of another script, a byte that is no text …"""
LONG = {"serve", "demo", "chat", "telegram setup"}
"""These run or need the network."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    office = Installation(tmp_path_factory.mktemp("office"), "", {"SUARA_LOCALE__LANGUAGE": "id"})
    assert office("survey", "publish", "aspirasi", "--yes").code == 0
    return office


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("privacy done", "NUMBER belum diisi."),
        ("privacy done abc", "NUMBER berupa bilangan bulat mulai dari 1."),
        ("privacy show " + "9" * 20, "NUMBER berupa bilangan bulat mulai dari 1."),
        ("privacy show -7", "Tidak ada pilihan -7."),
        ("privacy due --laat", "Tidak ada pilihan --laat."),
        ("privacy retention --dry", "Tidak ada pilihan --dry. Barangkali yang dimaksud: --dry-run."),
        ("privacy breach --since", "Pilihan --since memerlukan nilai."),
        ("privacy breach", "--since belum diisi."),
        ("privacy due --help=1", "Pilihan --help tidak memakai nilai."),
        ("privacy hapus", "Tidak ada perintah “hapus”."),
        ("privacy due 1 2", "Ini tidak diperlukan: 1 2"),
        ("training reminders --days 9999", "--days berupa bilangan bulat dari 1 sampai 3660."),
        ("responses export aspirasi --format pdf", "--format salah satu dari: xlsx, csv"),
    ],
)
def test_it_is_said_in_the_language_of_the_office(office: Installation, typed: str, said: str) -> None:
    answer = office(*typed.split())
    help_for = re.match(r"suara( [a-z]+){1,2}", f"suara {typed}")
    assert help_for is not None
    words = "suara privacy" if "hapus" in typed else help_for[0]
    where = "" if said.startswith("Pilihan") else f" Bantuan: {words} --help"  # there the library names no command
    assert (answer.code, answer.out, answer.err.strip()) == (2, "", said + where)


def _odd_calls() -> list[tuple[str, ...]]:
    """Each command with each of its words after its name replaced in turn by something odd."""
    calls = []
    for typed in [*ACTS, *FOR_ALL]:
        words = typed.split()
        if any(typed.startswith(name) for name in LONG):
            continue
        for place in range(2, len(words)):
            if not words[place].startswith("--"):
                calls += [(*words[:place], odd, *words[place + 1 :]) for odd in ODD]
    return calls


@pytest.mark.parametrize("start", sorted({call[:2] for call in _odd_calls()}), ids=" ".join)
def test_no_odd_value_ends_in_a_traceback(
    office: Installation, monkeypatch: pytest.MonkeyPatch, start: tuple[str, str]
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda *_asked: "abc")
    for call in _odd_calls():
        if call[:2] == start:
            answer = office(*call)
            assert answer.code in {0, 1, 2}, call
            assert "Traceback" not in answer.err, (call, answer.err)
