"""What the Bot API says no with: a status code and its own words.

Rule of the file: the words are those of the public server (tdlib/telegram-bot-api, Client.cpp, and tdlib/td).
"""

from __future__ import annotations


class Refusal(Exception):
    """The call is answered with ``ok: false``."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        answer: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


class Reset(Exception):
    """The connection ends here, without an answer."""


def bad_request(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


def too_many(seconds: float) -> Refusal:
    whole = max(1, round(seconds))
    return Refusal(429, f"Too Many Requests: retry after {whole}", retry_after=whole)


BLOCKED = "Forbidden: bot was blocked by the user"
DEACTIVATED = "Forbidden: user is deactivated"
KICKED = "Forbidden: bot was kicked from the group chat"
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
