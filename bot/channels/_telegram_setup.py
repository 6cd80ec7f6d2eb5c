"""Tells Telegram who the bot is: its commands and descriptions in every language, and where updates go.

Rule of the file: it may be run as often as one likes; it changes the bot's face and the webhook, never a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from telegram import Bot, BotCommand
from telegram.constants import BotCommandLimit, BotDescriptionLimit

from bot.channels._telegram_reading import ALLOWED_UPDATES

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")  # https://core.telegram.org/bots/api#botcommand


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What people see of the bot before they write, in one language."""

    commands: Sequence[tuple[str, str]]
    """(word without "/", what it does), in the order of the menu."""
    description: str
    """In the empty chat, above [Start]; at most 512 characters."""
    about: str
    """On the bot's profile and where it is shared; at most 120 characters."""


def face(say: Callable[[str], str], *, office: str) -> Face:
    """The face in the language of ``say``; ``office`` is the name people know it by. A command word that a
    translation wrote in a way Telegram refuses stays English: both are understood everywhere."""
    _ = say
    commands = (
        ("start", _("/start"), _("Begin, or see what can be done here")),
        ("help", _("/help"), _("What can be answered, and how")),
        ("skip", _("/skip"), _("Leave this question out")),
        ("back", _("/back"), _("To the question before")),
        ("later", _("/later"), _("Save and go on another day")),
        ("resume", _("/resume"), _("Go on where you stopped")),
        ("stop", _("/stop"), _("Pause, or end all messages")),
        ("status", _("/status"), _("What became of an aspiration")),
        ("data", _("/data"), _("What is kept about you, and how to delete it")),
        ("language", _("/language"), _("Bahasa Indonesia or English")),
    )
    return Face(
        commands=tuple((_word(translated, english), does) for english, translated, does in commands),
        description=_(
            "The automatic service (a bot) of {office}. Here you can answer surveys and hand in wishes and complaints. "
            "Press Start. Please do not send your NIK."
        ).format(office=office),
        about=_("Surveys and aspirations of {office}").format(office=office),
    )


def _word(translated: str, english: str) -> str:
    word = translated.removeprefix("/")
    return word if _COMMAND.fullmatch(word) else english


async def set_up(bot: Bot, faces: Mapping[str, Face], *, default: str) -> None:
    """Set commands and descriptions; ``faces``: language code to what is shown, ``default``: which of them people
    of any other language see. Raises telegram.error.TelegramError."""
    for language, shown in faces.items():
        for code in (None, language) if language == default else (language,):
            await bot.set_my_commands(
                [BotCommand(word, does[: BotCommandLimit.MAX_DESCRIPTION]) for word, does in shown.commands],
                language_code=code,
            )
            await bot.set_my_description(
                shown.description[: BotDescriptionLimit.MAX_DESCRIPTION_LENGTH], language_code=code
            )
            await bot.set_my_short_description(
                shown.about[: BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH], language_code=code
            )


async def route(bot: Bot, webhook_url: str, *, secret: str, max_connections: int) -> None:
    """Where updates go from now on: to ``webhook_url``, or nowhere ("") until they are fetched. Those that wait
    already are kept. Raises telegram.error.TelegramError."""
    if webhook_url:
        await bot.set_webhook(
            webhook_url,
            secret_token=secret,
            max_connections=max_connections,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
    else:
        await bot.delete_webhook(drop_pending_updates=False)
