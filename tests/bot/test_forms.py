"""Forms are found on this machine with the lists beside them, and never with anything further away."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.forms import Lists, bundled, examined, found
from surveys.errors import SurveyError

FORM = "| survey | type | name | label |\n| | select_one_from_file {} | a | A? |"
ZONE = ZoneInfo("Asia/Makassar")


def problems(path: Path, list_name: str) -> list[str]:
    path.write_text(FORM.format(list_name), encoding="utf-8")
    return [problem.what for problem in examined(path, district="alak", zone=ZONE)[1]]


def test_a_list_beside_the_form_is_read(tmp_path: Path) -> None:
    (tmp_path / "kota.csv").write_text("name,label\nkpg,Kupang\n", encoding="utf-8")
    path = tmp_path / "form.md"
    assert problems(path, "kota.csv") == []
    survey, _problems = examined(path, district="alak", zone=ZONE)
    assert survey is not None
    assert (survey.name, [choice.name for choice in survey.question("a").choices]) == ("form", ["kpg"])


def test_a_list_of_the_district_is_read_unless_there_is_one_beside_the_form(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    assert problems(path, "kelurahan.csv") == []
    (tmp_path / "kelurahan.csv").write_text("name,label\nx,Kelurahan X\n", encoding="utf-8")
    survey, _problems = examined(path, district="alak", zone=ZONE)
    assert survey is not None
    assert [choice.name for choice in survey.question("a").choices] == ["x"]


@pytest.mark.parametrize("name", ["../rahasia.csv", "/etc/rahasia.csv", ".rahasia.csv", "sub/rahasia.csv"])
def test_no_list_is_read_from_elsewhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "forms"
    (folder / "sub").mkdir(parents=True)
    for place in (tmp_path, folder / "sub"):
        (place / "rahasia.csv").write_text("name,label\nx,X\n", encoding="utf-8")
    (folder / ".rahasia.csv").write_text("name,label\nx,X\n", encoding="utf-8")
    assert problems(folder / "form.md", name) == [f'The file "{name}" was not found.']
    assert name not in Lists(folder, "alak")


def test_a_list_of_many_megabytes_is_not_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "besar.csv").write_bytes(b"name,label\n" + b"x" * 10_000_000)
    assert problems(tmp_path / "form.md", "besar.csv") == ["This file is too large for a form."]


def test_the_lists_can_be_counted(tmp_path: Path) -> None:
    (tmp_path / "kota.csv").write_bytes(b"name,label\n")
    lists = Lists(tmp_path, "alak")
    assert len(lists) == len(list(lists)) == len(Lists(tmp_path / "nowhere", "alak")) + 1


def test_the_surveys_that_came_along_are_found_by_name() -> None:
    assert sorted(bundled()) == [
        "aspirasi",
        "l1_reaksi",
        "l2_pelayanan_prima",
        "l3_atasan",
        "l3_peserta",
        "skm_alak",
        "tna_asn",
    ]
    assert found("tna_asn") == bundled()["tna_asn"]


def test_a_form_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match=r"There is no file nope\. Surveys that come with the program: aspirasi, "):
        found("nope")
    with pytest.raises(SurveyError, match="is no form: its name should end in"):
        found(str(Path(__file__)))


def test_a_file_that_may_not_be_read_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    assert [problem.what for problem in examined(tmp_path / "gone.md", district="alak", zone=ZONE)[1]] == [
        "The file cannot be read: No such file or directory."
    ]
