"""Tells Telegram who the bot is: its commands and descriptions in every language, and where updates go.

Rule of the file: it may be run as often as one likes; it changes the bot's face and the webhook, never a message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram import Bot, BotCommand
from telegram.constants import BotCommandLimit, BotDescriptionLimit

from bot.channels._telegram_reading import ALLOWED_UPDATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What people see of the bot before they write, in one language."""

    commands: Sequence[tuple[str, str]]
    """(word without "/", what it does), in the order of the menu."""
    description: str
    """In the empty chat, above [Start]; at most 512 characters."""
    about: str
    """On the bot's profile and where it is shared; at most 120 characters."""


async def set_up(
    bot: Bot,
    faces: Mapping[str, Face],
    *,
    default: str,
    webhook_url: str = "",
    secret: str = "",
    max_connections: int = 100,
) -> None:
    """Set commands and descriptions; ``faces``: language code to what is shown, ``default``: which of them people
    of any other language see. With ``webhook_url`` updates go there from now on, without they wait to be fetched;
    those that wait already are kept. Raises telegram.error.TelegramError."""
    for language, face in faces.items():
        for code in ("", language) if language == default else (language,):
            await _show(bot, face, code)
    if webhook_url:
        await bot.set_webhook(
            webhook_url,
            secret_token=secret or None,
            max_connections=max_connections,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
    else:
        await bot.delete_webhook(drop_pending_updates=False)


async def _show(bot: Bot, face: Face, code: str) -> None:
    commands = [BotCommand(word, shown[: BotCommandLimit.MAX_DESCRIPTION]) for word, shown in face.commands]
    await bot.set_my_commands(commands, language_code=code or None)
    await bot.set_my_description(
        face.description[: BotDescriptionLimit.MAX_DESCRIPTION_LENGTH], language_code=code or None
    )
    await bot.set_my_short_description(
        face.about[: BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH], language_code=code or None
    )
