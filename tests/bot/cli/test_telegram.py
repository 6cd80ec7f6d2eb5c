"""``suara telegram setup`` against a Bot API server."""

from __future__ import annotations

import asyncio

import pytest

from surveys.text.commands import spoken_command
from tests.bot.cli.conftest import Installation
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.faults import Kind
from tests.fake_telegram.people import Person

DONE = """\
@SuaraAlakBot: commands and descriptions are set in en, id.
This program fetches what people write; no webhook is set.
"""
HOOK = {
    "SUARA_TELEGRAM__MODE": "webhook",
    "SUARA_TELEGRAM__WEBHOOK_SECRET": "rahasia_kantor",
    "SUARA_WEB__PUBLIC_URL": "https://suara.example.go.id",
}


def settings(telegram: FakeTelegram) -> dict[str, str]:
    return {"SUARA_TELEGRAM__TOKEN": telegram.token, "SUARA_TELEGRAM__BASE_URL": telegram.base_url}


async def test_commands_and_descriptions_in_both_languages(suara: Installation) -> None:
    async with FakeTelegram() as telegram:
        done = await asyncio.to_thread(suara, "telegram", "setup", **settings(telegram))
        assert done == (0, DONE, "")
        words = {
            language: [command["command"] for command in commands]  # type: ignore[attr-defined]
            for (_scope, language), commands in telegram.commands.items()
        }
        assert sorted(words) == ["", "en", "id"]
        assert words[""] == words["en"]  # the office's language, here English, for everybody else
        assert words["en"] != words["id"]
        for commands in words.values():
            assert [word for word in commands if spoken_command(f"/{word}") is None] == []
        assert sorted({language for _kind, language in telegram.texts}) == ["", "en", "id"]
        assert telegram.webhook is None


async def test_a_webhook_is_set_and_deleted_again(suara: Installation) -> None:
    async with FakeTelegram() as telegram:
        done = await asyncio.to_thread(suara, "telegram", "setup", **settings(telegram), **HOOK)
        assert (done.code, done.out.splitlines()[1]) == (
            0, "Telegram sends what people write to https://suara.example.go.id/hooks/telegram."
        )  # fmt: skip
        assert telegram.webhook is not None
        assert (telegram.webhook.url, telegram.webhook.secret) == (
            "https://suara.example.go.id/hooks/telegram", "rahasia_kantor"
        )  # fmt: skip
        assert await asyncio.to_thread(suara, "telegram", "setup", **settings(telegram)) == (0, DONE, "")
        assert telegram.webhook is None


async def test_what_waits_is_not_thrown_away(suara: Installation) -> None:
    async with FakeTelegram() as telegram:
        person: Person = telegram.person(7)
        person.send("Selamat pagi")
        assert (await asyncio.to_thread(suara, "telegram", "setup", **settings(telegram))).code == 0
        assert len(telegram.updates) == 1


def test_without_a_token(suara: Installation) -> None:
    refused = suara("telegram", "setup")
    assert (refused.code, refused.out, refused.err) == (
        1, "", "There is no token yet. Ask @BotFather for one and write it to telegram.token.\n"
    )  # fmt: skip


@pytest.mark.parametrize("token", ["123456789:AAAnotherAnotherAnotherAnotherAnotherA"])
async def test_a_refused_token_is_not_shown(suara: Installation, token: str) -> None:
    async with FakeTelegram() as telegram:
        refused = await asyncio.to_thread(
            suara, "telegram", "setup", **{**settings(telegram), "SUARA_TELEGRAM__TOKEN": token}
        )
        assert (refused.code, refused.out, len(refused.err.splitlines())) == (1, "", 1)
        assert token not in refused.err


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("error", "Telegram menjawab dengan galat: Internal Server Error\n"),
        ("flood", "Telegram meminta jeda.\n"),
        ("reset_after", "Sambungan ke Telegram terputus sebelum dijawab.\n"),
    ],
)
async def test_what_went_wrong_is_said_in_the_offices_language(suara: Installation, fault: Kind, said: str) -> None:
    async with FakeTelegram() as telegram:
        telegram.faults.add(fault, method="getMe")
        refused = await asyncio.to_thread(suara, "telegram", "setup", **settings(telegram), SUARA_LOCALE__LANGUAGE="id")
    assert (refused.code, refused.out, refused.err) == (1, "", said)
