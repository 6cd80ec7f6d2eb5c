"""The chat screen of one visitor: read from the transcript, given as a page or as what changed on a page.

Rule of the file: it reads, and notes which secrets it put on a screen; nothing else is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storage.webchat_lines import Line
from surveys.survey import in_language
from web.conversation import View, view
from web.site import Chat, Site
from web.templating import rendered
from web.visitors import Visitor, ticket

LAST = 60
"""Bubbles on a page; earlier ones by a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What stands on a visitor's screen. ``revision``: 0 where nothing was said yet."""

    revision: int
    view: View
    earlier: int
    """Number of the first bubble where earlier ones exist, 0 if all are there."""


async def screen_of(visitor: Visitor, language: str, *, site: Site, chat: Chat, before: int | None = None) -> Screen:
    """The latest lines, or those before line ``before``."""
    lines = await chat.transcripts.read(visitor.id, last=LAST + 1, before=before)
    shown = lines[-LAST:]
    await _note_secrets(shown, visitor, site=site, chat=chat)
    return Screen(
        revision=max((line.revision for line in shown), default=0),
        view=view(shown, say=site.say(language), now=site.clock(), titles=titles(chat, language)),
        earlier=shown[0].number if len(lines) > LAST else 0,
    )


async def changes(visitor: Visitor, language: str, *, after: int, site: Site, chat: Chat) -> dict[str, object]:
    """What a page that shows revision ``after`` must change, as JSON values. Bubbles that are not among ``numbers`` go;
    buttons in bubbles that are not among ``pressable`` go."""
    screen = await screen_of(visitor, language, site=site, chat=chat)
    shared: dict[str, object] = {
        "site": site,
        "language": language,
        "ticket": ticket(visitor, site.key),
        "seen": screen.revision,
    }
    bubbles = screen.view.bubbles
    return {
        "revision": screen.revision,
        "numbers": [bubble.number for bubble in bubbles],
        "pressable": [bubble.number for bubble in bubbles if bubble.rows or bubble.secret],
        "bubbles": [
            {
                "number": bubble.number,
                "client": bubble.client_id,
                "html": _fragment("bubble.html", shared, bubble=bubble),
            }
            for bubble in bubbles
            if bubble.revision > after
        ],
        "keyboard": _fragment("keyboard.html", shared, rows=screen.view.keyboard),
        "placeholder": screen.view.placeholder,
        "waiting": screen.view.waiting,
        "earlier": screen.earlier,
    }


def titles(chat: Chat, language: str) -> Callable[[str], str]:
    """An open survey's name to its title; "" for any other."""
    return lambda name: in_language(chat.surveys().get(name, {}), language)


async def _note_secrets(lines: tuple[Line, ...], visitor: Visitor, *, site: Site, chat: Chat) -> None:
    fresh = [line.number for line in lines if line.secret and not line.shown]
    if fresh:
        await chat.transcripts.shown(visitor.id, fresh, now=site.clock())


def _fragment(name: str, shared: dict[str, object], **values: object) -> str:
    return rendered(name, **{**shared, **values})  # type: ignore[arg-type]
