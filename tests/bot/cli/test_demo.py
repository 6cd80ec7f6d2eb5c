"""``suara demo``: in a folder of its own, filled once, and served; the office's own data and bot stay out of it."""

from __future__ import annotations

import asyncio
import re
import sqlite3

from tests.bot.cli.conftest import Installation
from tests.fake_telegram import FakeTelegram

FEW = ("--people", "8", "--only-fill")


def people(office: Installation) -> int:
    connection = sqlite3.connect(office.folder / "data-demo" / "suara.sqlite3")
    try:
        return int(connection.execute("SELECT count(*) FROM respondent").fetchone()[0])
    finally:
        connection.close()


def test_filled_once_and_anew_when_asked(suara: Installation) -> None:
    folder = suara.folder / "data-demo"
    done = suara("demo", *FEW)
    assert (done.code, done.out) == (0, "")
    assert re.fullmatch(
        r"8 invented people: \d+ surveys answered, \d+ aspirations with a number\.", done.err.splitlines()[-2]
    )
    assert done.err.splitlines()[-1] == f"Everything in {folder} is invented."
    assert people(suara) == 8
    again = suara("demo", "--people", "9", "--only-fill")
    assert (again.code, again.err) == (0, f"Everything in {folder} is invented.\n")
    assert people(suara) == 8
    assert suara("demo", "--people", "9", "--only-fill", "--again").code == 0
    assert people(suara) == 9
    assert not suara.data.exists()


def test_interrupted_it_begins_anew(suara: Installation) -> None:
    assert suara("demo", *FEW).code == 0
    connection = sqlite3.connect(suara.folder / "data-demo" / "suara.sqlite3")
    connection.execute("DELETE FROM setting WHERE key = 'demo'")
    connection.commit()
    connection.close()
    assert suara("demo", *FEW).code == 0
    assert people(suara) == 8


def test_a_folder_of_other_data_is_not_touched(suara: Installation) -> None:
    folder = suara.folder / "data-demo"
    folder.mkdir()
    (folder / "penting.txt").write_text("penting", encoding="utf-8")
    for more in ((), ("--again",)):
        refused = suara("demo", *FEW, *more)
        assert (refused.code, refused.err) == (1, f"{folder} holds other data; nothing was touched.\n")
    assert sorted(path.name for path in folder.iterdir()) == ["penting.txt", "suara.lock"]


async def test_the_offices_own_bot_and_database_stay_out_of_it(on_each: Installation) -> None:
    office = on_each
    async with FakeTelegram() as telegram:
        (office.folder / "config.toml").write_text(
            f'[telegram]\ntoken = "{telegram.token}"\nbase_url = "{telegram.base_url}"\n'
            'mode = "webhook"\nwebhook_secret = "rahasia"\n[web]\npublic_url = "https://suara.example.go.id"\n',
            encoding="utf-8",
        )
        done = await asyncio.to_thread(office, "demo", *FEW)
        assert done.code == 0, done.err
        assert telegram.recorded == []
    assert people(office) == 8
    assert not office.data.exists()


def test_served_like_any_other(suara: Installation) -> None:
    assert suara("demo", *FEW).code == 0
    with suara.serving("demo") as serving:
        assert serving.get("/readyz") == (200, "ready\n")
        assert "chat" in serving.get("/")[1]
    assert serving.process.returncode == 0
