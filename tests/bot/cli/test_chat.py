"""``suara chat`` as somebody at a keyboard uses it: a process of its own, lines in, lines out."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stories.story import Said, Turn, read

ROOT = Path(__file__).resolve().parents[3]
FORM = """
| survey | type | name | label | required |
| | text | nama | Siapa nama Bapak/Ibu? | yes |
| | select_multiple buah | buah | Buah apa? | |
| choices | list_name | name | label |
| | buah | pisang | Pisang |
| | buah | mangga | Mangga |
| settings | form_title | form_id |
| | Uji | uji |
"""


def chat(folder: Path, *arguments: str, typed: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run it in ``folder`` with these lines typed."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SUARA_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *before, "chat", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**environ, "SUARA_LOCALE__LANGUAGE": "id", "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        timeout=100,
        check=False,
    )


def test_a_form_is_answered_and_the_conversation_kept_as_a_story(tmp_path: Path) -> None:
    (tmp_path / "uji.md").write_text(FORM, encoding="utf-8")
    typed = "Maria\nPisang\n[Mangga]\n[Tidak ada]\nSelesai\nKirim\n"
    done = chat(tmp_path, "--survey", "uji.md", "--save", "uji.story", typed=typed)
    assert done.returncode == 0, done.stderr
    assert "Tombol itu saat ini tidak ada." in done.stderr
    assert (tmp_path / "uji.story").read_text(encoding="utf-8") == done.stdout
    turns = read(tmp_path / "uji.story").turns
    assert [turn.done for turn in turns if isinstance(turn, Turn)] == [
        "/start uji",
        "Maria",
        "[Pisang]",
        "[Mangga]",
        "[Selesai]",
        "Kirim",
    ]
    assert turns[0].said == [Said("Siapa nama Bapak/Ibu?")]
    assert turns[-1].said == [Said("✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima.")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["uji.md", "uji.story"]


def test_without_a_survey_it_greets(tmp_path: Path) -> None:
    done = chat(tmp_path, typed="")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("> /start\n< Selamat ")
    assert done.stdout.endswith("[ASN] [Warga] [Organisasi] [Bantuan]\n")


def test_a_survey_that_does_not_exist_is_named(tmp_path: Path) -> None:
    done = chat(tmp_path, "--survey", "tidak_ada", typed="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == (
        "Survei tidak_ada tidak ada. Yang ada: aspirasi, l1_reaksi, l2_pelayanan_prima, l3_atasan, l3_peserta, "
        "skm_alak, tna_asn."
    )


def test_a_story_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.story").write_text("> mine\n", encoding="utf-8")
    done = chat(tmp_path, "--save", "a.story", typed="")
    assert done.returncode == 1
    assert (tmp_path / "a.story").read_text(encoding="utf-8") == "> mine\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Settings of an office whose database lies beside them."""
    path = tmp_path / "config.toml"
    path.write_text('[locale]\nlanguage = "id"\n[data]\nfolder = "data"\n', encoding="utf-8")
    return path


def test_with_settings_it_talks_in_the_offices_own_database(office: Path) -> None:
    for _ in range(2):  # numbers of updates never come twice
        done = chat(office.parent, typed="Warga\n", before=("--config", str(office)))
        assert done.returncode == 0, done.stderr
    with sqlite3.connect(office.parent / "data" / "suara.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM address WHERE channel = 'console'").fetchone() == (1,)
        assert database.execute("SELECT count(*) FROM inbound WHERE channel = 'console'").fetchone() == (4,)
    database.close()
    (office.parent / "uji.md").write_text(FORM, encoding="utf-8")
    refused = chat(office.parent, "--survey", "uji.md", typed="", before=("--config", str(office)))
    assert refused.returncode == 1
    assert "hanya survei yang sudah diterbitkan" in refused.stderr
