"""The scripts of the bench run: tiny sizes, no times asked about."""

import asyncio
import contextlib
import sqlite3
from pathlib import Path

import pytest

from benchmarks import export, office, past
from benchmarks.__main__ import QUICK, ROWS, WHOLE, main
from benchmarks.answers import Length, Pace, bare, crowd, idiom, ours
from benchmarks.form import ANSWERS, FORM, TURNS
from benchmarks.office import Office
from benchmarks.processes import Running, Telegram
from benchmarks.table import Row, show, spread
from surveys.xlsform import read

TINY = Length(warm=0.2, seconds=0.5)


def test_the_survey_has_ten_questions_and_seventeen_messages() -> None:
    survey, _warnings = read(FORM.encode(), file_type=".md")
    kinds = [question.type for question in survey.questions()]
    assert kinds == [*["select_one"] * 3, *["select_multiple"] * 2, "text", "text", "integer", "range", "date"]
    assert (len(TURNS) + 1, sum(turn.answers for turn in TURNS)) == (17, ANSWERS)


@pytest.mark.parametrize("mode", ["webhook", "polling"])
def test_people_complete_the_survey_and_every_answer_is_stored(mode: str) -> None:
    with Telegram() as telegram, office.new_office(telegram, mode) as there, there.serving() as (running, _took):
        _pace, done = crowd(telegram, running, TINY, people=3)
        told = {key: done[key] for key in ("stuck", "unanswered", "refused", "strange")}
        assert told == {"stuck": 0, "unanswered": 0, "refused": [], "strange": []}
        assert (done["completed"] >= 3, there.stored()) == (True, done["answers"])


@pytest.mark.parametrize("run", [bare, idiom, lambda length: ours("webhook", length)])
def test_those_beside_it_answer_the_same_people(run: object) -> None:
    assert callable(run)
    pace: Pace = run(TINY)
    assert pace.fake > 0


def test_people_may_come_by_and_leave_in_the_middle() -> None:
    with Telegram() as telegram, office.new_office(telegram, "webhook") as there, there.serving() as (running, _took):
        telegram.order("pass_by", first=100_001, many=5, at_once=2)
        telegram.news("passed")
        telegram.order("visit", first=5001, many=4, at_once=2, turns=4)
        assert telegram.news("done")["stuck"] == 0
        telegram.order("alone", first=6001, surveys=1)
        telegram.news("alone")
        assert telegram.news("done")["completed"] == 1
        assert running.memory() > 0
        assert running.cpu() > 0
        with contextlib.closing(sqlite3.connect(there.folder / "data" / "suara.sqlite3")) as database:
            people, standing = database.execute(
                "SELECT (SELECT count(*) FROM respondent), (SELECT count(*) FROM session)"
            ).fetchone()
    assert (people, standing) == (10, 4)


def test_an_office_with_a_past_is_exported(tmp_path: Path) -> None:
    with Telegram() as telegram:
        Office(tmp_path, telegram, "webhook")
    asyncio.run(export.fill(tmp_path, 30))
    asyncio.run(office.publish(tmp_path))
    assert [row.name for row in export.rows(tmp_path, 300)] == [
        "export of 300 answers as xlsx",
        "export of 300 answers as csv",
    ]


def test_the_table_says_what_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    show(Row("a", "1", "≥ 2", met=False, beside="b"), Row("c", spread([3.0, 1.0, 2.0])))
    assert capsys.readouterr().out == "| a | 1 | ≥ 2 | MISSED | b |\n| c | 2 (3, 1, 2) |  |  |  |\n"


def test_an_unknown_row_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "answer"])
    with pytest.raises(SystemExit):
        main()
    assert f"no row answer; there are {', '.join(ROWS)}" in capsys.readouterr().err


def test_the_quick_sizes_are_smaller_in_everything() -> None:
    for name in ("rounds", "surveys", "starts", "people", "open_sessions", "stored"):
        assert getattr(QUICK, name) < getattr(WHOLE, name)


def test_a_process_that_is_gone_used_nothing() -> None:
    import subprocess

    gone = subprocess.Popen(["true"])
    gone.wait()
    assert (Running(gone).cpu(), Running(gone).memory(), Running(gone).complaint()) == (0.0, 0.0, "")


def test_two_offices_take_turns(capsys: pytest.CaptureFixture[str]) -> None:
    past.measure(2000, 2, TINY, export=False)
    shown = capsys.readouterr().out
    assert shown.startswith("| answers/s with 2,000 stored : with 1,000 | ")
    assert shown.count("\n") == 1
