"""``suara survey publish``, ``list``, ``close`` and the export of what is published, as an admin sees them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import cli
from surveys.xlsform import read
from tests.bot.cli.conftest import Installation, Said
from tests.reports.test_versions import FIRST, SECOND

DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture
def office(suara: Installation) -> Installation:
    (suara.folder / "warna.md").write_text(FIRST, encoding="utf-8")
    (suara.folder / "warna2.md").write_text(SECOND, encoding="utf-8")
    return suara


def lines(said: Said) -> tuple[int, list[str]]:
    return said.code, [re.sub(" +", " ", DAY.sub("DAY", line)) for line in said.out.splitlines()]


def test_from_the_first_version_to_the_end(office: Installation) -> None:
    assert lines(office("survey", "list")) == (
        0,
        ["No survey is published yet. Publish one with: suara survey publish FILE"],
    )
    assert lines(office("survey", "publish", "warna.md")) == (
        0,
        ["“Warna” (warna) is new.", "Who can answer: everybody.", "Published: warna, version 1."],
    )
    assert lines(office("survey", "publish", "warna.md")) == (
        0,
        ["“Warna” (warna) is as in version 1. There is nothing to publish."],
    )
    assert lines(office("survey", "publish", "warna2.md")) == (
        0,
        [
            "“Warna” (warna): version 1 is followed by version 2.",
            " warna: choices added: hijau_tua; choices gone: hijau",
            " usul: asked under another condition",
            " umur: new",
            "All answers so far can be counted together with the coming ones.",
            "Who can answer: everybody.",
            "Published: warna, version 2.",
        ],
    )
    assert lines(office("survey", "close", "warna")) == (
        0,
        ["People in the middle of “warna”: 0. They may finish.", "Closed: warna."],
    )
    assert lines(office("survey", "close", "warna")) == (0, ["“warna” is closed already."])
    assert lines(office("survey", "publish", "warna2.md")) == (
        0,
        [
            "“Warna” (warna) is as in version 2, and closed. It would be opened again.",
            "Published: warna, version 2.",
        ],
    )
    assert lines(office("survey", "list")) == (
        0,
        [
            "survey version state published sent being answered title",
            "warna 1 replaced DAY 0 0 Warna",
            "warna 2 open DAY 0 0 Warna",
        ],
    )


def test_answers_that_cannot_be_compared_are_named(office: Installation) -> None:
    office("survey", "publish", "warna.md")
    (office.folder / "warna3.md").write_text(FIRST.replace("| text | usul |", "| integer | usul |"), encoding="utf-8")
    assert lines(office("survey", "publish", "warna3.md"))[1][1:3] == [
        " usul: another type (text, now integer): not comparable",
        "Answers so far cannot be counted together with the coming ones: usul",
    ]


def test_a_form_with_errors_is_not_published(office: Installation) -> None:
    (office.folder / "rusak.md").write_text(FIRST.replace("| text |", "| txet |"), encoding="utf-8")
    said = office("survey", "publish", "rusak.md")
    assert (said.code, "txet" in said.out) == (1, True)
    assert lines(office("survey", "list"))[1][0].startswith("No survey is published yet.")


def test_a_survey_that_is_not_published_cannot_be_closed(office: Installation) -> None:
    said = office("survey", "close", "warna")
    assert said.err.splitlines()[-1] == "There is no published survey “warna”. See: suara survey list"
    assert said.code == 1


@pytest.mark.parametrize(("answer", "yes", "code", "last"), [
    ("n\n", (), 1, "Who can answer: everybody."),
    ("y\n", (), 0, "Published: warna, version 1."),
    ("", ("--yes",), 0, "Published: warna, version 1."),
])  # fmt: skip
def test_on_a_terminal_it_asks_first(
    office: Installation, monkeypatch: pytest.MonkeyPatch, answer: str, yes: tuple[str, ...], code: int, last: str
) -> None:
    class Keyboard:
        """Somebody sits at a terminal."""

        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return answer

    monkeypatch.setattr("sys.stdin", Keyboard())
    said = office("survey", "publish", "warna.md", *yes)
    found = [line for line in said.out.replace("Publish it? [y/N]: ", "").splitlines() if line]
    assert (said.code, found[-1]) == (code, last)
    assert ("Nothing was changed." in said.err) == (code == 1)


def test_what_is_published_is_exported(office: Installation) -> None:
    office("survey", "publish", "warna.md")
    office("survey", "publish", "warna2.md")
    assert lines(office("survey", "export", "warna.xlsx")) == (0, ["Written: warna.xlsx"])
    assert lines(office("survey", "export", "warna", "lain.xlsx")) == (0, ["Written: lain.xlsx"])
    for name in ("warna.xlsx", "lain.xlsx"):
        survey, _warnings = read(Path(office.folder / name), file_type=".xlsx")
        assert (survey.version, [question.name for question in survey.questions()]) == (2, ["warna", "usul", "umur"])
    assert lines(office("survey", "publish", "warna.xlsx"))[1] == [
        "“Warna” (warna) is as in version 2. There is nothing to publish."
    ]


def test_the_commands_are_known() -> None:
    assert sorted(command.name or "" for command in cli.areas["survey"].app.registered_commands) == [
        "check", "close", "export", "list", "play", "publish",
    ]  # fmt: skip
