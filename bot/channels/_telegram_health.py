"""Whether the bot is well, as Telegram sees it: its name, where its updates go, how many wait, what went wrong last.

Rule of the file: it asks and changes nothing; no answer of Telegram's is passed on but numbers, times and its own words
about the webhook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.channels._telegram_request import Request, refusal
from bot.channels.base import SendError


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What Telegram said."""

    username: str
    clock: datetime | None
    """Telegram's time when it answered, None if it did not say."""
    webhook_url: str
    """"" while updates wait to be fetched."""
    pending: int
    """Updates that wait."""
    last_error: str
    """Why the last call of the webhook failed, "" if none did."""
    last_error_at: datetime | None


async def examine(request: Request, url: str) -> Health:
    """Ask; ``url``: the address of the bot with a slash at its end. Raises SendError, ``permanent`` where the token is
    refused."""
    me = await _asked(request, f"{url}getMe")
    clock = _moment(request.date)
    hook = await _asked(request, f"{url}getWebhookInfo")
    failed_at = hook.get("last_error_date")
    return Health(
        username=str(me.get("username", "")),
        clock=clock,
        webhook_url=str(hook.get("url", "")),
        pending=int(hook.get("pending_update_count", 0)),
        last_error=str(hook.get("last_error_message", "")),
        last_error_at=datetime.fromtimestamp(failed_at, UTC) if failed_at else None,
    )


async def _asked(request: Request, url: str) -> Mapping[str, Any]:
    answer = await request.call(url, {})
    if not answer.ok:
        failure = refusal(answer)
        raise SendError(failure.words, said=failure.said, permanent=answer.status in {401, 404})
    return answer.result if isinstance(answer.result, dict) else {}


def _moment(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date)
    except ValueError:
        return None
