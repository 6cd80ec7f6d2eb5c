"""The web chat: a page that works without JavaScript, where a visitor reads and answers.

Rule of the file: what is sent is first written into the transcript, then handed in; both know a repetition by its id,
so that a form sent twice is one message. The reply is read from the transcript like everything else.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from web import sending, uploads
from web.forms import SignedForm, number_of, signed_form, text_of
from web.listening import Ear
from web.origin import network_of
from web.problems import wants_json
from web.screen import changes, screen_of, titles
from web.site import Chat, Site
from web.templating import language_of, page
from web.visitors import Visitor, remember, ticket, update_id, visitor_of

_OPENS = re.compile(r"move_[0-9A-Za-z]{8}|[a-z]-[0-9A-Za-z_-]{1,62}")
"""What a link may say when the conversation is opened: a code that moves it here, or what a training's QR code says."""
_SURVEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_QUIET = 0.15
"""Seconds without a further message after which a reply counts as whole."""


def routes(site: Site) -> Sequence[BaseRoute]:
    """``/chat``, to read and to send."""
    chat = site.chat
    if chat is None:
        return ()
    desk = _Page(site, chat)
    return (
        Route("/chat", desk.read, methods=["GET"]),
        Route("/chat", desk.send, methods=["POST"]),
        Route("/chat/noted", desk.noted, methods=["POST"]),
    )


class _Page:
    def __init__(self, site: Site, chat: Chat) -> None:
        self._site = site
        self._chat = chat

    async def read(self, request: Request) -> Response:
        visitor = visitor_of(request, self._site.key)
        return await self._shown(request, visitor)

    async def send(self, request: Request) -> Response:
        async with signed_form(request, self._site, files=sending.MOST_FILES) as form:
            return await self._taken(request, form)

    async def _taken(self, request: Request, form: SignedForm) -> Response:
        site, chat, visitor = self._site, self._chat, form.visitor
        _ = site.say(language_of(request, site))
        seconds = await self._too_fast(request, visitor)
        if seconds:
            raise HTTPException(429, headers={"Retry-After": str(int(seconds) + 1)})
        try:
            messages = await sending.messages_of(form.fields, form.nonce, folder=chat.uploads, say=_)
        except sending.Refused as refused:
            if wants_json(request):
                return JSONResponse({"error": str(refused)}, status_code=422)
            return await self._shown(
                request, visitor, notice=str(refused), draft=text_of(form.fields, "text"), status=422
            )
        client = sending.client_id(form.fields)
        seen = number_of(text_of(form.fields, "seen"))
        with chat.listeners.hear(visitor.id) as ear:
            base = await chat.transcripts.revision(visitor.id)
            for message in messages:
                base = await self._hand_in(request, visitor, message, client or form.nonce, base, seen=seen)
            if text_of(form.fields, "live") == "1":
                return JSONResponse({"changes": None})
            await self._reply(ear, visitor, base)
        if wants_json(request):
            language = language_of(request, site)
            return JSONResponse({"changes": await changes(visitor, language, after=seen, site=site, chat=chat)})
        response: Response = RedirectResponse("/chat#baru", status_code=303)
        remember(response, visitor, key=site.key, secure=site.secure)
        return response

    async def noted(self, request: Request) -> Response:
        async with signed_form(request, self._site) as form:
            visitor, seen = form.visitor, number_of(text_of(form.fields, "seen"))
        await self._chat.transcripts.noted(visitor.id, seen=seen, now=self._site.clock())
        self._chat.listeners.call(visitor.id)
        if wants_json(request):
            return JSONResponse({"changes": None})
        return RedirectResponse("/chat#baru", status_code=303)

    async def _hand_in(
        self, request: Request, visitor: Visitor, message: sending.Message, client: str, base: int, *, seen: int
    ) -> int:
        """The revision after which a reply counts as one to this message."""
        site, chat = self._site, self._chat
        update = update_id(visitor, client, message.content, site.key)
        now = site.clock()
        line = base
        if message.said is not None:
            line = await chat.transcripts.heard(visitor.id, update, message.said, client_id=client, seen=seen, now=now)
            chat.listeners.call(visitor.id)
        await chat.desk.hand_in(
            {
                "visitor": visitor.id,
                "update": update,
                "message": str(line) if message.said is not None else "",
                "language": language_of(request, site),
                "sent_at": now.isoformat(),
                **message.update,
            }
        )
        return line

    async def _reply(self, ear: Ear, visitor: Visitor, base: int) -> None:
        """Wait until something is said in return, and until it is said whole; not for ever."""
        chat = self._chat
        loop = asyncio.get_running_loop()
        end = loop.time() + chat.reply_seconds
        while await chat.transcripts.revision(visitor.id) <= base and loop.time() < end:
            await ear.wait(max(0.0, end - loop.time()))
        while loop.time() < end and await ear.wait(_QUIET):
            pass

    async def _too_fast(self, request: Request, visitor: Visitor) -> float:
        rates = self._chat.rates
        if await self._chat.transcripts.revision(visitor.id) == 0:
            seconds = rates.visitors.take(network_of(request))
            if seconds:
                return seconds
        return rates.messages.take(visitor.id)

    async def _shown(
        self, request: Request, visitor: Visitor, *, notice: str = "", draft: str = "", status: int = 200
    ) -> Response:
        site, chat = self._site, self._chat
        language = language_of(request, site)
        past = number_of(request.query_params.get("before")) or None
        screen = await screen_of(visitor, language, site=site, chat=chat, before=past)
        survey, title, unknown = self._wanted(request, language)
        _ = site.say(language)
        response = page(
            request,
            "chat.html",
            site=site,
            status=status,
            screen=screen,
            view=screen.view,
            seen=screen.revision,
            ticket=ticket(visitor, site.key),
            mark=update_id(visitor, "", "mark", site.key)[:8],
            past=past is not None,
            notice=notice or (_("This survey does not exist or is closed.") if unknown else ""),
            draft=draft,
            opens=survey or self._opens(request),
            survey_title=title,
            longest=sending.LONGEST_TEXT,
            largest=uploads.LARGEST,
        )
        remember(response, visitor, key=site.key, secure=site.secure)
        return response

    def _opens(self, request: Request) -> str:
        """What the address says is to be opened here."""
        payload = request.query_params.get("start", "")
        return payload if _OPENS.fullmatch(payload) else ""

    def _wanted(self, request: Request, language: str) -> tuple[str, str, bool]:
        """(name, title, whether it was asked for in vain) of the survey in the address."""
        name = request.query_params.get("survey", "")
        if not name:
            return "", "", False
        title = titles(self._chat, language)(name) if _SURVEY.fullmatch(name) else ""
        return (name, title, False) if title else ("", "", True)
