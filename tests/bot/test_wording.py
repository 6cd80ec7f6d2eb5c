"""The catalogue loader: several files are one language, and what is missing comes out in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wording


@pytest.fixture
def two_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "id" / "parts").mkdir(parents=True)
    (tmp_path / "id" / "main.po").write_text('msgid "yes"\nmsgstr "ya"\n', encoding="utf-8")
    (tmp_path / "id" / "parts" / "a.po").write_text(
        'msgid "no"\nmsgstr "tidak – “begitu”"\n\nmsgid "empty"\nmsgstr ""\n\n'
        'msgid "{count} answer"\nmsgid_plural "{count} answers"\nmsgstr[0] "{count} jawaban"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(wording, "folder", lambda _name: tmp_path)
    wording.catalogue.cache_clear()
    wording.languages.cache_clear()
    yield
    wording.catalogue.cache_clear()
    wording.languages.cache_clear()


@pytest.mark.usefixtures("two_parts")
def test_parts_are_one_language() -> None:
    say = wording.catalogue("id").gettext
    assert wording.languages() == ("en", "id")
    assert [say(word) for word in ("yes", "no", "empty", "unknown")] == ["ya", "tidak – “begitu”", "empty", "unknown"]
    assert wording.catalogue("id").ngettext("{count} answer", "{count} answers", 2) == "{count} jawaban"


def test_english_and_unknown_languages_are_the_code_itself() -> None:
    assert [wording.catalogue(name).gettext("yes") for name in ("en", "xx")] == ["yes", "yes"]
    assert wording.catalogue("en").ngettext("one", "many", 2) == "many"


def test_a_catalogue_is_read_once() -> None:
    assert wording.catalogue("id") is wording.catalogue("id")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "id_ID.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "id"}, "id"),
        ({"LANG": "Indonesian_Indonesia.1252"}, "id"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_of_the_machine(environ: dict[str, str], expected: str) -> None:
    assert wording.machine_language(environ) == expected


def test_settings_name_the_language_before_the_machine_does(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[locale]\nlanguage = "id"\n', encoding="utf-8")
    english = {"LANG": "en_GB"}
    assert wording.settled_language(file, english) == "id"
    assert wording.settled_language(None, english | {"SUARA_CONFIG": str(file)}) == "id"
    assert wording.settled_language(file, english | {"SUARA_LOCALE__LANGUAGE": "en"}) == "en"
    file.write_text("[locale", encoding="utf-8")
    assert wording.settled_language(file, english) == "en"
    file.write_text('[locale]\nlanguage = "xx"\n', encoding="utf-8")
    assert wording.settled_language(file, {"LANG": "id_ID"}) == "id"
