"""``suara doctor``: each thing that can be wrong is named, with what to do; and nothing is changed by looking."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import clock
from bot.backups import back_up
from storage.database import open_database
from storage.vault import Vault
from tests.bot.cli.conftest import Installation, Said
from tests.fake_telegram import Clock, FakeTelegram

NO_TELEGRAM = "✓ Telegram is not set up (telegram.token is empty)."
FIRST = "✓ The first nightly backup is made at 02:00, or when the program runs after that."
NOT_RUNNING = ["! The program is not running.", "  → suara serve"]
NO_SURVEY = ["! No survey is open.", "  → suara survey publish FILE"]


def lines(said: Said) -> list[str]:
    """What it said, without how much room the disk has."""
    return [line for line in said.out.splitlines() if not line.startswith("✓ Free on the disk: ")]


def database_of(office: Installation) -> str:
    return office.url or f"sqlite:///{office.data / 'suara.sqlite3'}"


def execute(office: Installation, *statements: str) -> None:
    async def work() -> None:
        database = open_database(database_of(office))
        async with database.write() as transaction:
            for statement in statements:
                await transaction.run(text(statement))
        await database.close()

    asyncio.run(work())


def about_database(office: Installation, said: Said) -> tuple[str, str]:
    """The two lines about the database; the first holds the server's version."""
    kind = "PostgreSQL" if office.url else "SQLite"
    first, second = (line for line in lines(said) if line.startswith(("✓ Database: ", "✓ Tables: ")))
    assert first.startswith(f"✓ Database: {kind} ")
    assert first.endswith(", sound.")
    return first, second


def test_a_new_installation(on_each: Installation) -> None:
    office = on_each
    assert office("migrate").code == 0
    said = office("doctor")
    assert (said.code, said.err) == (0, "")
    assert lines(said) == [
        "✓ Trial mode: there is no config.toml, so the settings are those of a first try.",
        f"✓ Data folder: {office.data}",
        *about_database(office, said),
        f"✓ Key file: {office.data / 'suara.key'}",
        *NOT_RUNNING,
        *NO_SURVEY,
        "✓ Messages to be sent: 0.",
        "✓ No new incidents.",
        FIRST,
        NO_TELEGRAM,
        "To be minded: 2. Wrong: 0.",
    ]


def test_before_anything(suara: Installation) -> None:
    """Looking makes nothing."""
    said = suara("doctor")
    assert (said.code, lines(said)[1:]) == (
        0,
        [
            f"! There is no data folder {suara.data} yet.",
            "  → suara serve",
            f"! There is no database {suara.data / 'suara.sqlite3'} yet.",
            "  → suara serve",
            NO_TELEGRAM,
            "To be minded: 2. Wrong: 0.",
        ],
    )
    assert list(suara.folder.iterdir()) == []


def test_while_it_serves(on_each: Installation) -> None:
    office = on_each
    with office.serving() as serving:
        port = serving.address.rpartition(":")[2]
        said = office("doctor", SUARA_WEB__PORT=port)
        assert said.code == 0, said.out
        assert lines(said) == [
            "✓ Trial mode: there is no config.toml, so the settings are those of a first try.",
            f"✓ Data folder: {office.data}",
            *about_database(office, said),
            f"✓ Key file: {office.data / 'suara.key'}",
            "✓ The program is running (1 processes)."
            if office.url
            else f"✓ The program is running (process {serving.process.pid}).",
            "✓ Open surveys: 7.",
            "✓ Messages to be sent: 0.",
            "✓ No new incidents.",
            FIRST,
            *([] if office.url else [f"✓ The pages answer at {serving.address}."]),
            NO_TELEGRAM,
            "All is well.",
        ]
        assert serving.get("/readyz") == (200, "ready\n")


def test_a_wrong_setting(suara: Installation) -> None:
    said = suara("doctor", SUARA_WEB__PORT="eighty")
    assert said == (1, '✗ SUARA_WEB__PORT is "eighty"; expected: a whole number from 0 to 65535.\n', "")


def test_secrets_that_others_can_read(suara: Installation) -> None:
    file = suara.folder / "config.toml"
    file.write_text('[telegram]\nwebhook_secret = "rahasia_kantor"\n', encoding="utf-8")
    file.chmod(0o644)
    said = suara("doctor")
    assert lines(said)[:3] == [
        f"✓ Settings: {file}",
        f"! {file} holds secrets and others on this machine can read it.",
        f"  → chmod 600 {file}",
    ]
    assert "rahasia_kantor" not in said.out + said.err
    file.chmod(0o600)
    assert lines(suara("doctor"))[:4] == [
        f"✓ Settings: {file}",
        "! The notices name nobody who answers for personal data.",
        "  → Write who that is (PPDP) to privacy.contact.",
        f"! There is no data folder {suara.data} yet.",
    ]


def test_open_to_the_network(suara: Installation) -> None:
    words = "! The web chat is open to the network without https: what people write can be read on the way."
    assert words in lines(suara("doctor", SUARA_WEB__HOST="0.0.0.0"))
    assert words not in lines(
        suara("doctor", SUARA_WEB__HOST="0.0.0.0", SUARA_WEB__PUBLIC_URL="https://suara.example.go.id")
    )


def test_rights(suara: Installation) -> None:
    assert suara("migrate").code == 0
    key = suara.data / "suara.key"
    key.chmod(0o640)
    suara.data.chmod(0o755)
    said = suara("doctor")
    assert said.code == 1
    assert [line for line in lines(said) if line.startswith(("✗", "! Others", "  → chmod"))] == [
        f"! Others on this machine can look into the data folder {suara.data}.",
        f"  → chmod 700 {suara.data}",
        f"✗ Others on this machine can read the key file {key}.",
        f"  → chmod 600 {key}",
    ]


def test_files_of_another_account(suara: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert suara("migrate").code == 0
    real = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = list(real(self, follow_symlinks=follow_symlinks))
        if self.name == "suara.sqlite3":
            found[4] += 1
        return os.stat_result(found)

    monkeypatch.setattr(Path, "stat", stat)
    said = suara("doctor")
    assert said.code == 1
    assert [line for line in lines(said) if line.startswith(("✗", "  → chown"))] == [
        "✗ In the data folder these belong to another account: suara.sqlite3.",
        f"  → chown -R --reference={suara.data} {suara.data}",
    ]


def test_keys(suara: Installation) -> None:
    assert suara("migrate").code == 0
    key = suara.data / "suara.key"
    content = key.read_text(encoding="utf-8")
    key.unlink()
    assert _wrong(suara) == [f"✗ The key file {key} is missing, and the data cannot be read without it."]
    key.write_text(content[:30], encoding="utf-8")
    assert _wrong(suara) == [f"✗ The key file {key} cannot be read."]
    Vault.new().write(key)
    assert _wrong(suara) == [f"✗ The key file {key} belongs to other data."]
    key.write_text(content, encoding="utf-8")
    assert _wrong(suara) == []


def _wrong(office: Installation) -> list[str]:
    said = office("doctor")
    found = [line for line in lines(said) if line.startswith("✗")]
    assert said.code == bool(found)
    return found


def test_a_damaged_database(suara: Installation) -> None:
    assert suara("migrate").code == 0
    file = suara.data / "suara.sqlite3"
    content = bytearray(file.read_bytes())
    for place in range(4096, len(content), 4096):
        content[place : place + 100] = b"\xff" * 100
    file.write_bytes(content)
    (found,) = _wrong(suara)
    assert found.startswith(("✗ The database is damaged: ", "✗ The database cannot be read: "))
    assert file.read_bytes() == content


def test_a_file_that_is_no_database(suara: Installation) -> None:
    assert suara("migrate").code == 0
    (suara.data / "suara.sqlite3").write_bytes(b"something else" * 1000)
    assert _wrong(suara) == ["✗ The database cannot be read: DatabaseError: file is not a database"]


def test_a_server_that_is_not_there(suara: Installation) -> None:
    said = suara("doctor", SUARA_DATABASE__URL="postgresql://suara:rahasia@127.0.0.1:9/suara")
    assert said.code == 1
    assert "  → Look whether the server runs and database.url is right." in lines(said)
    assert "rahasia" not in said.out + said.err


def test_tables_of_another_version(on_each: Installation) -> None:
    office = on_each
    assert office("migrate").code == 0
    execute(office, "UPDATE alembic_version SET version_num = '9999'")
    assert _wrong(office) == ["✗ The tables are those of a newer version of the program."]
    execute(office, "DELETE FROM alembic_version")
    assert _wrong(office) == []
    assert "! The tables are older than this version of the program." in lines(office("doctor"))


def test_messages_that_wait(on_each: Installation) -> None:
    office = on_each
    assert office("migrate").code == 0
    since = (clock() - timedelta(minutes=90)).isoformat(timespec="microseconds")
    execute(
        office,
        "INSERT INTO address (id, channel, lookup, external) VALUES (1, 'telegram', '1234567890123456', '')",
        f"INSERT INTO delivery (id, address_id, priority, state, created_at) VALUES (1, 1, 0, 'queued', '{since}')",
    )
    assert "! Messages to be sent: 1. The oldest has waited for 90 minutes." in lines(office("doctor"))


def test_backups(suara: Installation) -> None:
    assert suara("migrate").code == 0

    def make(days: int) -> Path:
        made_at = clock() - timedelta(days=days)
        target = suara.data / "backups" / f"suara-{made_at:%Y-%m-%d}.zip"

        async def work() -> None:
            database = open_database(database_of(suara))
            await back_up(database, data=suara.data, target=target, now=made_at)
            await database.close()

        asyncio.run(work())
        return target

    old = make(5)
    (line,) = [line for line in lines(suara("doctor")) if "Newest backup" in line]
    assert line.startswith(f"! Newest backup: {old}, ")
    new = make(1)
    (line,) = [line for line in lines(suara("doctor")) if "Newest backup" in line]
    assert line.startswith(f"✓ Newest backup: {new}, ")
    assert line.endswith(", whole.")
    with new.open("r+b") as file:
        file.seek(100)
        file.write(b"?")
    assert _wrong(suara) == [f"✗ The newest backup {new} is damaged."]
    assert "! No nightly backups are made (backup.keep is 0)." in lines(suara("doctor", SUARA_BACKUP__KEEP="0"))


def settings(telegram: FakeTelegram, **more: str) -> dict[str, str]:
    return {"SUARA_TELEGRAM__TOKEN": telegram.token, "SUARA_TELEGRAM__BASE_URL": telegram.base_url} | more


HOOK = {
    "SUARA_TELEGRAM__MODE": "webhook",
    "SUARA_TELEGRAM__WEBHOOK_SECRET": "rahasia_kantor",
}


async def telegram_lines(office: Installation, **more: str) -> list[str]:
    """What it says from the first line about Telegram on."""
    said = await asyncio.to_thread(office, "doctor", **more)
    assert more.get("SUARA_TELEGRAM__TOKEN", "-") not in said.out + said.err
    found = lines(said)
    assert said.code == any(line.startswith("✗") for line in found)
    start = next(number for number, line in enumerate(found) if "Telegram" in line and "admin" not in line)
    return found[start:-1]


async def test_telegram_is_well(suara: Installation) -> None:
    async with FakeTelegram() as telegram:
        telegram.person(7).send("Selamat pagi")
        assert await telegram_lines(suara, **settings(telegram), SUARA_ADMIN__TELEGRAM_IDS="42") == [
            "✓ Telegram: @SuaraAlakBot, the token is good.",
            "✓ The clock is right.",
            "✓ Updates are fetched (polling).",
            "✓ Updates waiting at Telegram: 1.",
        ]
        assert len(telegram.updates) == 1
        assert [call.method for call in telegram.recorded] == ["getme", "getwebhookinfo"]


async def test_nobody_to_tell(suara: Installation) -> None:
    async with FakeTelegram() as telegram:
        said = await asyncio.to_thread(suara, "doctor", **settings(telegram))
        assert "! Nobody is told when something is wrong." in lines(said)


@pytest.mark.parametrize(("seconds", "shown"), [(90, "-90"), (-3600, "+3600")])
async def test_a_clock_that_is_off(suara: Installation, seconds: int, shown: str) -> None:
    theirs = Clock()
    theirs.advance(seconds)
    async with FakeTelegram(clock=theirs) as telegram:
        found = await telegram_lines(suara, **settings(telegram), SUARA_ADMIN__TELEGRAM_IDS="42")
        assert found[1:3] in (
            [
                f"! This machine's clock is {int(shown) + late:+d} seconds off.",
                "  → Let it set itself: timedatectl set-ntp true",
            ]
            for late in (0, 1)  # its time is told in whole seconds
        )


async def test_the_webhook(suara: Installation) -> None:
    async with FakeTelegram(webhook_pause=0.01) as telegram:
        own = f"{telegram.origin}/hooks/telegram"  # answers 404 as any other address of it
        hook = settings(telegram, **HOOK, SUARA_TELEGRAM__WEBHOOK_URL=own, SUARA_ADMIN__TELEGRAM_IDS="42")
        assert (await telegram_lines(suara, **hook))[2:4] == [
            "✗ Telegram knows no webhook yet (telegram.mode is webhook).",
            "  → suara telegram setup",
        ]
        assert (await asyncio.to_thread(suara, "telegram", "setup", **hook)).code == 0
        assert (await telegram_lines(suara, **hook))[2:] == [
            f"✓ Telegram sends updates to {own}.",
            "✓ Updates waiting at Telegram: 0.",
        ]
        other = {**hook, "SUARA_TELEGRAM__WEBHOOK_URL": "https://suara.example.go.id/hooks/telegram"}
        assert (await telegram_lines(suara, **other))[2:4] == [
            "✗ Telegram sends updates to another address than https://suara.example.go.id/hooks/telegram.",
            "  → suara telegram setup",
        ]
        assert (await telegram_lines(suara, **settings(telegram), SUARA_ADMIN__TELEGRAM_IDS="42"))[2:4] == [
            "✗ Telegram sends updates to a webhook, so that they cannot be fetched (telegram.mode is polling).",
            "  → suara telegram setup",
        ]
        telegram.person(7).send("Selamat pagi")
        assert telegram.webhook is not None
        await telegram.until(lambda: bool(telegram.webhook and telegram.webhook.last_error), 5, "the webhook to fail")
        found = await telegram_lines(suara, **hook)
        assert found[3].startswith("! The webhook failed last at ")
        assert found[3].endswith(": Wrong response from the webhook: 404 Not Found") or found[3].endswith(": 404")
        assert found[5] == "✓ Updates waiting at Telegram: 1."


async def test_a_refused_token(suara: Installation) -> None:
    async with FakeTelegram() as telegram:
        refused = settings(telegram, SUARA_TELEGRAM__TOKEN="123456789:AAAnotherAnotherAnotherAnotherAnotherA")
        assert await telegram_lines(suara, **refused, SUARA_ADMIN__TELEGRAM_IDS="42") == [
            "✗ Telegram refuses the token.",
            "  → Copy it once more from @BotFather to telegram.token.",
        ]


async def test_telegram_out_of_reach(suara: Installation) -> None:
    more = {
        "SUARA_TELEGRAM__TOKEN": "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFakeFk",
        "SUARA_TELEGRAM__BASE_URL": "http://127.0.0.1:9/bot",
        "SUARA_ADMIN__TELEGRAM_IDS": "42",
    }
    assert await telegram_lines(suara, **more) == [
        "✗ Telegram cannot be reached.",
        "  → Look whether this machine reaches the network, and its proxy.",
    ]


def test_certificates_that_cannot_be_made_or_opened(on_each: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    office = on_each
    assert office("migrate").code == 0
    asked = {"SUARA_TRAINING__CERTIFICATES": "true"}
    here = ["! The codes on certificates lead to this machine alone.",
            "  → Write the address at which others reach it to web.public_url."]  # fmt: skip
    assert lines(office("doctor", **asked))[1:3] == here
    monkeypatch.setattr("bot.doctor.folder.pdf.possible", lambda: False)
    said = office("doctor", **asked, SUARA_WEB__PUBLIC_URL="https://alak.test")
    assert lines(said)[1:3] == [
        "✗ Certificates are asked for (training.certificates), and what makes them is not installed.",
        "  → Run make run once more: it installs it.",
    ]
    assert said.code == 1
