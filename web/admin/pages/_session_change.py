"""A session is announced, changed or called off from a form: looked at first, then done.

Rule of the file: what reaches people is shown before it is done. A look is the same work, let go, so that what would
be refused is refused there already.
"""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from handlers import training_lists, training_office
from handlers.errors import Conflict, HandlerError, NotFound
from handlers.training_lists import Seen
from outreach.training import TrainingSession
from outreach.training_days import NoDays
from outreach.training_words import changes, held
from outreach.typed import NoNumber
from outreach.wording import days_in_words
from storage import trainings
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from web.admin.call import Call, refusing
from web.admin.pages import _session_form as form
from web.admin.pages._projector import key_of, known
from web.admin.pages.trainings import known as known_training


class _Looked(Exception):
    """Everything went well, and nothing of it is kept."""


async def edit(call: Call) -> Response:
    """The form, filled; for a new session empty."""
    if "session" in call.request.path_params:
        offered = await _offered(call, key_of(call))
        return await _form(call, offered.session, form.filled(offered.session))
    training = await known_training(call, call.asked("training"))
    return await _form(call, TrainingSession(key="", training=training.key, days=()), dict.fromkeys(form.FIELDS, ""))


async def edit_again(call: Call) -> Response:
    """The form as it was typed."""
    before, values = await _meant(call)
    return await _form(call, before, values)


async def check(call: Call) -> Response:
    """What would be announced or changed, and whom it reaches."""
    _, timezone = call.say, call.site.timezone
    before, values = await _meant(call)
    try:
        wanted = form.meant(before, values, today=today_of(call), say=_)
        now = await _carried_out(call, wanted, keep=False)
    except (HandlerError, NoDays, NoNumber) as wrong:
        return await _form(call, before, values, bad=str(wrong))
    told = changes(before, now.session, timezone, _) if before.key else ()
    return call.page(
        "session_check.html",
        one=now,
        values=values,
        was=before,
        held=held(now.session, timezone, _, inside=True),
        cost=form.filled(now.session)["cost"],
        told=told,
        people=await _reached(call, before.key) if told else 0,
    )


async def save(call: Call) -> Response:
    """What was looked at is announced or changed."""
    _ = call.say
    before, values = await _meant(call)
    try:
        if before.key and call.text("revision") != str(before.revision):
            raise Conflict(_("The session was changed meanwhile. Please look at it again."))
        wanted = form.meant(before, values, today=today_of(call), say=_)
        now = await _carried_out(call, wanted, keep=True)
    except (HandlerError, NoDays, NoNumber) as wrong:
        return await _form(call, before, values, bad=str(wrong))
    return call.to(f"sessions/{now.session.key}?said={'changed' if before.key else 'announced'}")


async def _meant(call: Call) -> tuple[TrainingSession, dict[str, str]]:
    """(the session as it stands, what was typed); a session without a key is a new one."""
    values = {name: call.text(name) for name in form.FIELDS}
    if call.text("session"):
        return (await _offered(call, known(call, call.text("session")))).session, values
    training = await known_training(call, call.text("training"))
    return TrainingSession(key="", training=training.key, days=()), values


async def _carried_out(call: Call, wanted: TrainingSession, *, keep: bool) -> Offered:
    """Announce or change it. Without ``keep`` it is only tried. Raises HandlerError, StorageError."""
    house, timezone = call.house, call.site.timezone
    found: Offered | None = None
    try:
        async with house.database.write() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            if wanted.key:
                await training_office.change(unit, call.actor, wanted, timezone=timezone, say=call.say)
                found = await trainings.session_of(transaction, wanted.key)
            else:
                found = await training_office.announce(unit, call.actor, wanted, timezone=timezone, say=call.say)
            await unit.flush()
            if not keep:
                raise _Looked
    except _Looked:
        pass
    if found is None:
        raise NotFound(call.say("There is no such session of a training."))
    return found


async def _form(call: Call, session: TrainingSession, values: dict[str, str], *, bad: str = "") -> Response:
    training = await known_training(call, session.training)
    return call.page(
        "session_form.html",
        status=422 if bad else 200,
        bad=bad,
        session=session,
        training=training,
        values=values,
        when=days_in_words(session.days, call.say) if session.days else "",
    )


async def call_off_check(call: Call) -> Response:
    """Whom it reaches when the session is called off."""
    offered = await _offered(call, known(call, call.text("session")))
    return call.page(
        "session_off.html",
        one=offered,
        held=held(offered.session, call.site.timezone, call.say, inside=True),
        reason=call.text("reason"),
        people=await _reached(call, offered.session.key),
    )


async def call_off(call: Call) -> Response:
    """It does not take place."""
    house, key = call.house, known(call, call.text("session"))
    with refusing(call):
        async with house.database.write() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            await training_office.cancel(
                unit, call.actor, key, timezone=call.site.timezone, reason=call.text("reason")[:300], say=call.say
            )
            await unit.flush()
    return call.to(f"sessions/{key}?said=off")


async def _reached(call: Call, key: str) -> int:
    """How many take part, wait or are asked."""
    counts = (await seen(call, key)).counts
    return sum(counts.get(state) or 0 for state in ("invited", "enrolled", "waiting"))


async def _offered(call: Call, key: str) -> Offered:
    return (await seen(call, key)).offered


async def seen(call: Call, key: str, reason: str | None = None) -> Seen:
    house, named = call.house, reason is not None
    with refusing(call):
        async with house.database.write() if named else house.database.read() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            found = await training_lists.seen(unit, call.actor, key, names=named, reason=reason or "", say=call.say)
            await unit.flush()
            return found


def today_of(call: Call) -> date:
    return call.site.clock().astimezone(call.site.timezone).date()
