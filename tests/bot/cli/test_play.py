"""``suara survey play`` as an author uses it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from surveys.xlsform import read, write_xlsx

FORM = """
| survey | type | name | label::Bahasa Indonesia (id) | label::English (en) | required |
| | text | nama | Siapa nama Bapak/Ibu? | What is your name? | yes |
| | date | lahir | Kapan Bapak/Ibu lahir? | When were you born? | |
| settings | form_title | form_id | default_language |
| | Uji | uji | Bahasa Indonesia (id) |
"""
CSV = (
    '"survey"\n"","type","name","label","required"\n"","text","nama","Siapa nama Bapak/Ibu?","yes"\n'
    '"settings"\n"","form_title","form_id"\n"","Uji","uji"\n'
)
STEPS = '{"send": "Maria"}\n\n{"wait": "P2D"}\n{"send": "17 agustus 1990"}\n{"press": "Kirim"}\n'

Called = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Called:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUARA_LOCALE__LANGUAGE", "en")
    (tmp_path / "uji.md").write_text(FORM, encoding="utf-8")
    (tmp_path / "steps.jsonl").write_text(STEPS, encoding="utf-8")

    def call(*words: str) -> tuple[int, list[str], str]:
        with pytest.raises(SystemExit) as ended:
            main(["survey", "play", *words])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out.splitlines(), said.err

    return call


def test_every_step_is_a_line_of_json(called: Called) -> None:
    code, lines, complaints = called("uji.md", "--steps", "steps.jsonl", "--json", "--now", "2026-11-24T09:00")
    assert (code, complaints) == (0, "")
    told = [json.loads(line) for line in lines]
    assert [one["question"] for one in told[:-1]] == ["nama", "lahir", "lahir", "@review", "@done"]
    assert told[0] == {"question": "nama", "prompt": "Siapa nama Bapak/Ibu?", "buttons": []}
    assert told[-1] == {"state": "done", "answers": {"nama": "Maria", "lahir": "1990-08-17"}}


def test_without_json_it_is_read_like_a_conversation(called: Called, tmp_path: Path) -> None:
    (tmp_path / "en.jsonl").write_text(STEPS.replace("Kirim", "Send"), encoding="utf-8")
    code, lines, complaints = called("uji.md", "--steps", "en.jsonl", "--now", "2026-11-24T09:00", "--language", "en")
    assert (code, complaints) == (0, "")
    assert lines[:3] == ["< What is your name?", "> Maria", "< When were you born?   [Skip] [Back]"]
    assert lines[-3:] == ["done", "  nama = Maria", "  lahir = 1990-08-17"]


def test_steps_come_from_standard_input_too(called: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"send": "Maria"}\n'))
    code, lines, _complaints = called("uji.md", "--steps", "-", "--json")
    assert code == 0
    assert json.loads(lines[-1]) == {"state": "asking", "answers": {"nama": "Maria"}}


def test_workbooks_and_csv_are_played(called: Called, tmp_path: Path) -> None:
    survey, _warnings = read(FORM.encode(), file_type=".md", name_hint="uji")
    (tmp_path / "uji.xlsx").write_bytes(write_xlsx(survey))
    (tmp_path / "uji.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "one.jsonl").write_text('{"send": "Maria"}\n', encoding="utf-8")
    for form in ("uji.xlsx", "uji.csv"):
        code, lines, complaints = called(form, "--steps", "one.jsonl", "--json")
        assert (code, complaints) == (0, "")
        assert json.loads(lines[-1])["answers"] == {"nama": "Maria"}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("uji.md", "--steps", "none.jsonl"), "There is no file none.jsonl."),
        (("uji.md", "--steps", "bad.jsonl"), "bad.jsonl:2: There is no button “Kirim” now, nor any other."),
        (("uji.md", "--steps", "worse.jsonl"), "worse.jsonl:1: This is not JSON"),
        (("uji.md", "--steps", "steps.jsonl", "--now", "now"), "“now” is no time. Write it as 2026-11-24T09:00."),
        (("none.md", "--steps", "steps.jsonl"), "There is no file none.md."),
        (("broken.md", "--steps", "steps.jsonl"), "survey:2: "),
    ],
)
def test_what_is_wrong_is_one_line(called: Called, tmp_path: Path, words: tuple[str, ...], complaint: str) -> None:
    (tmp_path / "bad.jsonl").write_text('# first\n{"press": "Kirim"}\n', encoding="utf-8")
    (tmp_path / "worse.jsonl").write_text("send Maria\n", encoding="utf-8")
    (tmp_path / "broken.md").write_text("| survey | type | name | label |\n| | txet | a | A? |\n", encoding="utf-8")
    code, _lines, complaints = called(*words)
    assert code == 1
    assert complaints.startswith(complaint)
    assert complaints.count("\n") == 1
