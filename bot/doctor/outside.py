"""The doctor tries the ways in and out: the web page of the running program, and Telegram.

Rule of the file: the token is never printed, whatever fails.
"""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from bot.channels.base import SendError
from bot.channels.telegram import Health
from bot.doctor.finding import Finding, Patient

PATIENCE = 5.0
"""Seconds for an answer of our own pages."""
SKEW = timedelta(seconds=60)
"""So far may this machine's clock be from Telegram's."""
RECENT = timedelta(hours=1)
"""A failure of the webhook longer ago is over."""


async def web(patient: Patient) -> AsyncIterator[Finding]:
    """Is the running program ready?"""
    _, config = patient.say, patient.config
    if patient.running is None or not config.web.enabled or not config.web.port:
        return
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(config.web.host, config.web.host)  # noqa: S104 -- its own address
    address = f"http://{host}:{config.web.port}"
    try:
        status, said = await asyncio.to_thread(_read, f"{address}/readyz")
    except OSError:
        yield Finding(
            "wrong",
            _("The program runs, but its pages do not answer at {address}.").format(address=address),
            _("Look whether another program has the port (web.port), then restart this one."),
        )
        return
    if status == 200:
        yield Finding("well", _("The pages answer at {address}.").format(address=address))
    else:
        yield Finding(
            "wrong",
            _("Messages are not taken at the moment: {reason}").format(reason=_(said.strip())),
            _("Nothing is lost; it goes on by itself once the cause is gone."),
        )


def _read(address: str) -> tuple[int, str]:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read(1000).decode(errors="replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(1000).decode(errors="replace")


async def telegram(patient: Patient) -> AsyncIterator[Finding]:
    """The token, the clock, and the way updates take."""
    from bot.app import telegram_of

    _ = patient.say
    channel = telegram_of(patient.config)
    if channel is None:
        yield Finding("well", _("Telegram is not set up (telegram.token is empty)."))
        return
    try:
        health = await channel.health()
    except SendError as error:
        if error.permanent:
            said = _("Telegram refuses the token.")
            yield Finding("wrong", said, _("Copy it once more from @BotFather to telegram.token."))
        else:
            said = _("Telegram cannot be reached.")
            yield Finding("wrong", said, _("Look whether this machine reaches the network, and its proxy."))
        return
    finally:
        await channel.close()
    yield Finding("well", _("Telegram: @{name}, the token is good.").format(name=health.username))
    for finding in (*_clock(patient, health), *_way(patient, health)):
        yield finding


def _clock(patient: Patient, health: Health) -> Iterator[Finding]:
    _ = patient.say
    if health.clock is None:
        return
    skew = patient.now - health.clock
    seconds = round(skew.total_seconds())
    if abs(skew) > SKEW:
        said = _("This machine's clock is {seconds} seconds off.").format(seconds=f"{seconds:+d}")
        yield Finding("mind", said, _("Let it set itself: timedatectl set-ntp true"))
    else:
        yield Finding("well", _("The clock is right."))


def _way(patient: Patient, health: Health) -> Iterator[Finding]:
    _, config = patient.say, patient.config
    remedy = "suara telegram setup"
    wanted = config.webhook_url if config.telegram.mode == "webhook" else ""
    if health.webhook_url != wanted:
        if not wanted:
            said = _("Telegram sends updates to a webhook, so that they cannot be fetched (telegram.mode is polling).")
        elif not health.webhook_url:
            said = _("Telegram knows no webhook yet (telegram.mode is webhook).")
        else:
            said = _("Telegram sends updates to another address than {address}.").format(address=wanted)
        yield Finding("wrong", said, remedy)
    elif wanted:
        yield Finding("well", _("Telegram sends updates to {address}.").format(address=wanted))
    else:
        yield Finding("well", _("Updates are fetched (polling)."))
    if wanted and health.last_error_at is not None and patient.now - health.last_error_at < RECENT:
        at = health.last_error_at.astimezone(config.timezone)
        yield Finding(
            "mind",
            _("The webhook failed last at {moment}: {reason}").format(moment=f"{at:%H:%M}", reason=health.last_error),
            _("Look whether the address can be reached from outside and its certificate is good."),
        )
    said = _("Updates waiting at Telegram: {number}.").format(number=health.pending)
    yield Finding("mind" if health.pending > 100 else "well", said, "suara serve" if health.pending > 100 else "")
