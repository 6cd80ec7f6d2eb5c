"""The district's list of where else to turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bundled import folder
from bot.referrals import read
from bot.wording import catalogue
from handlers.referrals import Referral
from surveys.errors import SurveyError

HEAD = "words,text::Bahasa Indonesia (id),text::English (en),sumber\n"


def file(home: Path, content: str | bytes) -> Path:
    (home / "rujukan.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return home


def test_a_list(tmp_path: Path) -> None:
    file(tmp_path, HEAD + 'pungli*|suap,"Ke LAPOR, ya.",To LAPOR.,S\n\n,,,\nmaling,110,,M\n')
    assert read(tmp_path) == (
        Referral(("pungli*", "suap"), {"id": "Ke LAPOR, ya.", "en": "To LAPOR."}),
        Referral(("maling",), {"id": "110"}),
    )


def test_as_excel_saves_it(tmp_path: Path) -> None:
    file(tmp_path, b"\xef\xbb\xbf" + b"words;text::Bahasa Indonesia (id)\r\npungli;Ke LAPOR\r\n")
    assert read(tmp_path) == (Referral(("pungli",), {"id": "Ke LAPOR"}),)


def test_a_district_without_one_refers_nobody(tmp_path: Path) -> None:
    assert read(tmp_path) == ()


COLUMN = "memerlukan kolom “words” dan kolom seperti “text::Bahasa Indonesia (id)” pada baris pertamanya."
TOGETHER = "kata dan teksnya harus ada bersama. Isi keduanya atau kosongkan keduanya."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("kata,teks\npungli,x\n", f" {COLUMN}"),
        ("words,label\npungli,x\n", f" {COLUMN}"),
        (HEAD + "pungli,,,\n", f", baris 2: {TOGETHER}"),
        (HEAD + "pungli,x,,\n,y,,\n", f", baris 3: {TOGETHER}"),
        (HEAD.encode() + b"\xff,x,,\n", " tidak ditulis dalam UTF-8. Simpan sebagai “CSV UTF-8”."),
        (b"", f" {COLUMN}"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(SurveyError) as refused:
        read(file(tmp_path, content), say=catalogue("id").gettext)
    assert str(refused.value) == f"{tmp_path / 'rujukan.csv'}{says}"


def test_alak_names_lapor_the_police_and_the_emergency_number_in_both_languages() -> None:
    found = read(folder("catalog") / "alak")
    assert [sorted(entry.text) for entry in found] == [["en", "id"]] * 3
    for number, entry in zip(("112", "110", "1708"), found, strict=True):
        assert all(number in text for text in entry.text.values())
    assert max(len(text) for entry in found for text in entry.text.values()) <= 260
