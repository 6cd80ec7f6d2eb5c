"""How the Telegram library's own documentation does it: a ConversationHandler, and answers committed before the reply.

A webhook as in its example ``customwebhookbot`` (Starlette and uvicorn, updates put on the application's queue), states
and callbacks as in ``conversationbot``, answers by SQLAlchemy's async ORM on aiosqlite with synchronous=FULL: an answer
is durable before the person is told, where they are in the survey is not. Nothing is tuned.
``python -m benchmarks.idiom PORT FILE TOKEN ORIGIN``.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import uvicorn
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from benchmarks.bare import MULTIPLE, SINGLE
from benchmarks.form import DONE, THANKS, TICK, TURNS

Context = ContextTypes.DEFAULT_TYPE


class Base(DeclarativeBase):
    """The tables."""


class Said(Base):
    """One answer of one person."""

    __tablename__ = "said"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(index=True)
    question: Mapped[int]
    words: Mapped[str]


async def keep(context: Context, person: int, question: int, words: str) -> None:
    """Durable when this returns."""
    session: AsyncSession
    async with context.bot_data["sessions"]() as session:
        session.add(Said(person=person, question=question, words=words))
        await session.commit()


def keyboard(sees: str) -> Any:
    labels = SINGLE.get(sees)
    return ReplyKeyboardRemove() if labels is None else ReplyKeyboardMarkup([[label] for label in labels])


def inline(sees: str, ticked: list[str]) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(TICK + label if label in ticked else label, callback_data=label)]
        for label in MULTIPLE[sees]
    ]
    return InlineKeyboardMarkup([*rows, [InlineKeyboardButton(DONE, callback_data=DONE)]])


async def ask(update: Update, context: Context, turn: int) -> int:
    assert update.effective_chat is not None
    if turn == len(TURNS):
        await context.bot.send_message(update.effective_chat.id, THANKS, reply_markup=ReplyKeyboardRemove())
        return ConversationHandler.END
    asked = TURNS[turn]
    assert context.user_data is not None
    context.user_data["ticked"] = []
    markup = inline(asked.sees, []) if asked.ticks >= 0 else keyboard(asked.sees)
    await context.bot.send_message(update.effective_chat.id, f"{asked.sees} …?", reply_markup=markup)
    return turn


async def start(update: Update, context: Context) -> int:
    return await ask(update, context, 0)


def typed(turn: int) -> Any:
    async def callback(update: Update, context: Context) -> int:
        assert update.message is not None
        assert update.effective_user is not None
        await keep(context, update.effective_user.id, turn, update.message.text or "")
        return await ask(update, context, turn + 1)

    return callback


def pressed(turn: int) -> Any:
    async def callback(update: Update, context: Context) -> int:
        query = update.callback_query
        assert query is not None
        assert context.user_data is not None
        await query.answer()
        if query.data == DONE:
            await keep(context, query.from_user.id, turn, " ".join(context.user_data["ticked"]))
            await query.edit_message_reply_markup()
            return await ask(update, context, turn + 3)
        context.user_data["ticked"].append(query.data)
        await query.edit_message_reply_markup(inline(TURNS[turn].sees, context.user_data["ticked"]))
        return turn

    return callback


def conversation() -> ConversationHandler[Context]:
    """One state a question; the toggles of one question stay in it."""
    text = filters.TEXT & ~filters.COMMAND
    states: dict[object, list[Any]] = {}
    for turn, asked in enumerate(TURNS):
        if asked.ticks == 0:
            states[turn] = [CallbackQueryHandler(pressed(turn))]
        elif asked.ticks < 0:
            states[turn] = [MessageHandler(text, typed(turn))]
    return ConversationHandler(entry_points=[CommandHandler("start", start)], states=states, fallbacks=[])


def _durable(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


async def main(port: int, file: str, token: str, origin: str) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}")
    event.listen(engine.sync_engine, "connect", _durable)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    application = Application.builder().token(token).base_url(f"{origin}/bot").updater(None).build()
    application.bot_data["sessions"] = async_sessionmaker(engine, expire_on_commit=False)
    application.add_handler(conversation())

    async def hook(request: Request) -> Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    site = Starlette(routes=[Route("/", hook, methods=["POST"]), Route("/", lambda _request: Response())])
    server = uvicorn.Server(uvicorn.Config(site, port=port, log_level="warning", access_log=False))
    async with application:
        await application.start()
        await server.serve()
        await application.stop()
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]))
