"""``suara telegram``: what is to be said to Telegram once, and again after a change of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli import at, run
from bot.wording import later

if TYPE_CHECKING:
    from bot.config import Config

app = typer.Typer(help=later("The bot on Telegram."), no_args_is_help=True)


@app.callback()
def area() -> None:
    """Keeps ``setup`` a word of its own."""


@app.command("setup", help=later("Set the bot's commands, descriptions and webhook; may be repeated at any time."))
def setup(context: typer.Context) -> None:
    """Everything is taken from the settings."""
    from bot.wording import languages
    from handlers.errors import Conflict

    terminal = at(context)
    _ = terminal.gettext
    config = terminal.config
    if not config.telegram.token.get_secret_value():
        raise Conflict(_("There is no token yet. Ask @BotFather for one and write it to telegram.token."))
    username = run(_set_up(config))
    terminal.say(
        _("@{name}: commands and descriptions are set in {languages}.").format(
            name=username, languages=", ".join(sorted(languages()))
        )
    )
    if config.telegram.mode == "webhook":
        terminal.say(_("Telegram sends what people write to {address}.").format(address=config.webhook_url))
    else:
        terminal.say(_("This program fetches what people write; no webhook is set."))


async def _set_up(config: Config) -> str:
    from bot.app import office_of, telegram_of
    from bot.channels.telegram import face
    from bot.wording import catalogue, languages

    channel = telegram_of(config)
    if channel is None:
        raise ValueError("there is no token")
    try:
        await channel.open()
        await channel.set_up(
            {language: face(catalogue(language).gettext, office=office_of(config)) for language in languages()},
            default=config.locale.language,
            webhook_url=config.webhook_url if config.telegram.mode == "webhook" else "",
            max_connections=config.telegram.max_connections,
        )
        return channel.username
    finally:
        await channel.close()
