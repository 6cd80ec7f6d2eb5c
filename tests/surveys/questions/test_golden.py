"""Each question type in a short conversation, in Indonesian, against a file that a person has read.

A new type brings its scenes here and its file in ``golden/``; ``GOLDEN=write`` writes the files anew, to be read before
they are kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.wording import catalogue
from surveys.messages import Location, Media, Other, Press, Reply, Text
from surveys.questions import Parsed, Read, Sent, Toggled, Unreadable, Unsure, types
from surveys.survey import Question
from tests.surveys.questions.asked import choice, dump, parse, prompt, question

GOLDEN = Path(__file__).parent / "golden"
SAY = catalogue("id").gettext

PLACES = tuple(
    choice(f"k{n}", label)
    for n, label in enumerate(["Namosain", "Nunbaun Sabu", "Nunbaun Delha", "Kelurahan Alak", "Luar Alak"])
)
SKILLS = (
    choice("ramah", "Ramah dan sopan"),
    choice("jelas", "Penjelasan jelas"),
    choice("adil", "Adil, tidak pilih kasih"),
)
STICKER = Other("sticker")

SCENES: dict[str, list[tuple[Question, str, list[Reply | str]]]] = {
    "integer": [
        (
            question("integer", constraint=". >= 0 and . <= 120"),
            "Berapa umur Bapak/Ibu?",
            ["34 thn", "kira2 20", "lahir 1990", STICKER],
        )
    ],
    "decimal": [
        (question("decimal"), "Berapa luas lahan (hektar)?", ["2,5", "setengah hektar", "1.500", "luas sekali"])
    ],
    "range": [
        (
            question("range", parameters={"start": "0", "end": "10", "step": "1"}),
            "Nilai 0–10?",
            ["9/10", "7 atau 8", "11"],
        ),
        (question("range", parameters={"start": "0", "end": "100", "step": "5"}), "Persen?", ["75", "73"]),
    ],
    "text": [
        (question("text", parameters={"chat_media": "audio image"}), "Ceritakan.", ["Antre lama.", STICKER, "/foo"]),
        (
            question("text", chat_kind="nip"),
            "NIP?",
            ["19860926 201505 1 001", "19860926201505100", "198609262015051000", "lupa"],
        ),
        (question("text", chat_kind="phone"), "Nomor HP?", ["0812 3456 7890", "812 3456 7890", "0380 823456"]),
        (question("text", chat_kind="name"), "Nama?", ["Maria Nunbaun", "12345"]),
        (question("barcode"), "Kode?", ["8991234567890"]),
    ],
    "select_one": [
        (
            question("select_one", choices=(choice("ya", "Ya"), choice("tidak", "Tidak"))),
            "Setuju?",
            ["sonde", "ok", "tidak tahu"],
        ),
        (
            question("select_one", choices=PLACES),
            "Kelurahan?",
            ["3", "nunbaun deha", "nunbaun", "bukan alak", Location(-10.1, 123.5)],
        ),
        (
            question(
                "select_one", choices=tuple(choice(str(n), f"Uraian level yang panjang nomor {n}") for n in range(1, 4))
            ),
            "Level mana?",
            ["2", "4"],
        ),
    ],
    "select_multiple": [
        (
            question("select_multiple", choices=SKILLS, constraint="count-selected(.) <= 2"),
            "Apa yang perlu ditingkatkan?",
            ["1,3", "Adil, tidak pilih kasih", "ramah", "1 dan ngantuk", Press("7:t1"), Press("7:done")],
        )
    ],
    "rank": [
        (
            question("rank", choices=SKILLS, parameters={"chat_rank": "2"}),
            "Mana yang paling mendesak?",
            ["3,1", "adil lalu ramah", "3", Press("7:t2"), Press("7:done")],
        )
    ],
    "date": [
        (question("date"), "Tanggal kegiatan?", ["besok", "17 agustus 2026", "minggu depan", "31/4/2026"]),
        (question("date"), "Tanggal lahir?", ["17/8/1990", "17 agustus"]),
        (question("date", appearance=("month-year",)), "Sejak bulan apa?", ["agustus 1990", "1990"]),
        (question("date", appearance=("year",)), "Tahun lulus?", ["1990", "dulu"]),
    ],
    "time": [(question("time"), "Pukul berapa?", ["setengah 8 pagi", "jam 3", "25:00"])],
    "date_time": [(question("dateTime"), "Kapan?", ["besok jam 9 pagi", "besok"])],
    "acknowledge": [(question("acknowledge"), "Mohon dibaca.", ["ya", "👍", "tidak"])],
    "geopoint": [(question("geopoint"), "Di mana?", [Location(-10.17, 123.58, 5.0), "-10.17, 123.58", "di kantor"])],
    "media": [
        (
            question("image"),
            "Kirim foto.",
            [Media(kind="image", reference="r"), Media(kind="image", reference="r", size=10**8), "nanti"],
        ),
        (question("audio"), "Kirim suara.", [Media(kind="audio", reference="r", seconds=120), "nanti"]),
        (question("video"), "Kirim video.", [Media(kind="video", reference="r"), STICKER]),
        (question("file"), "Kirim dokumen.", [Media(kind="file", reference="r"), "nanti"]),
    ],
}


def played(name: str) -> str:
    """All scenes of one type as text."""
    return "\n".join(_scene(*scene) for scene in SCENES[name])


def _scene(asked: Question, label: str, replies: list[Reply | str]) -> str:
    shown = prompt(asked, say=SAY, label=label)
    lines = [f"# {asked.type}", label, *shown.body.splitlines()]
    lines += [" ".join(f"[{button.label}]" for button in row) for row in shown.rows]
    lines += [f"({shown.placeholder})"] if shown.placeholder else []
    for reply in replies:
        said = (
            reply.text if isinstance(reply, Text) else reply if isinstance(reply, str) else type(reply).__name__.lower()
        )
        lines += [f"> {said}", f"< {_told(asked, parse(asked, reply, say=SAY, label=label))}"]
    return "\n".join(lines) + "\n"


def _told(asked: Question, found: Parsed) -> str:
    match found:
        case Read(value, other):
            return f"{value} = {dump(asked, value, say=SAY)}" + (f" ({other})" if other else "")
        case Unsure(values):
            return "? " + " | ".join(dump(asked, value, say=SAY) for value in values)
        case Unreadable(expected):
            return expected
        case Toggled(selection, page):
            return f"toggled {' '.join(selection)} page {page}"
        case Sent(media):
            return f"{media.kind} = {dump(asked, 'id', say=SAY)}"


def test_every_type_has_its_scenes() -> None:
    assert sorted(SCENES) == sorted(types)
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == sorted(types)


@pytest.mark.parametrize("name", sorted(types))
def test_golden(name: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(played(name), encoding="utf-8")
    assert played(name) == path.read_text(encoding="utf-8")
