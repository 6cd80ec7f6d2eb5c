"""Sessions of trainings: the calendar, one session with who takes part, announcing, changing, calling off.

Rule of the file: names are opened for a reason alone, since that is written down; announcing, changing and calling off
stand in ``_session_change``.
"""

from __future__ import annotations

import re
from datetime import date

from starlette.responses import Response

from handlers import training_lists, training_office
from outreach.enrolment import FOLLOWS, state_names
from outreach.training_words import held
from outreach.wording import month_in_words, weekdays_in_words
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from surveys.speaking import day as day_in_words
from surveys.text.employee_number import read_employee_number
from web.admin.call import Action, Call, View, later, refusing
from web.admin.pages import _month as month
from web.admin.pages import _session_change
from web.admin.pages import _session_form as form
from web.admin.pages._projector import key_of, known
from web.admin.pages._session_change import seen, today_of

TITLE = later("Sessions")
PLACE = 25
NEW = "_new"
SAID = {
    "announced": later("Announced. People find it with PELATIHAN; nobody was written to."),
    "changed": later("Changed. Those who take part are told what is different."),
    "off": later("Called off. Those who take part are told."),
    "placed": later("Noted. They are told in the chat."),
    "back": later("Taken back. Whoever waits longest gets the place."),
}
MOST_NUMBERS = 100


async def show(call: Call) -> Response:
    """A month of sessions."""
    _, today = call.say, today_of(call)
    first = month.first_of(call.asked("bulan"), today)
    after, before = month.moved(first, 1), month.moved(first, -1)
    with refusing(call):
        async with call.house.database.read() as transaction:
            unit = UnitOfWork(transaction, call.house.vault, now=call.site.clock())
            found = await training_lists.of_days(unit, call.actor, since=first, until=after or date.max)
    weeks = month.weeks(first, found)
    return call.page(
        "sessions.html",
        title=month_in_words(first, _),
        weekdays=weekdays_in_words(_),
        weeks=weeks,
        before=None if before is None else (f"{before:%Y-%m}", month_in_words(before, _)),
        after=None if after is None else (f"{after:%Y-%m}", month_in_words(after, _)),
        today=today,
        day_of=lambda day: day_in_words(day, _),
        hours_of=_hours,
        empty=not any(square.held for week in weeks for square in week),
    )


def _hours(one: Offered, day: date) -> str:
    """From when until when on that day."""
    return ", ".join(f"{part.starts:%H.%M}–{part.ends:%H.%M}" for part in one.session.in_order if part.date == day)


async def one(call: Call) -> Response:
    """A session, with numbers alone."""
    said = SAID.get(call.asked("said"), "")
    return await _shown(call, key_of(call), notice=call.say(said) if said else "")


async def name(call: Call) -> Response:
    """The same with who takes part; that it was asked for, and why, is written down."""
    return await _shown(call, known(call, call.text("session")), reason=call.text("reason"))


async def _shown(
    call: Call, key: str, *, reason: str | None = None, notice: str = "", bad: str = "", status: int = 200
) -> Response:
    _, timezone = call.say, call.site.timezone
    named = reason is not None
    found = await seen(call, key, reason)
    session, states = found.offered.session, state_names(_)
    return call.page(
        "session.html",
        status=status,
        notice=notice,
        bad=bad,
        one=found.offered,
        held=held(session, timezone, _, inside=True),
        days=[(day_in_words(day.date, _), f"{day.starts:%H.%M}–{day.ends:%H.%M}") for day in session.in_order],
        counts=[(states[state], found.counts[state]) for state in FOLLOWS if state in found.counts],
        named=named,
        groups=[
            (states[state], people)
            for state in FOLLOWS
            if (people := [one for one in found.people if one.enrolment.state == state])
        ],
        units=call.house.units(),
        open=not session.cancelled and session.first.begins(timezone) > call.site.clock(),
        over=session.last.finishes(timezone) <= call.site.clock(),
        cost=form.filled(session)["cost"],
    )


# ---- people -----------------------------------------------------------------------------------------


async def place(call: Call) -> Response:
    """Employees get a place, or are asked whether they come."""
    _, key = call.say, known(call, call.text("session"))
    typed = [part for part in re.split(r"[\n,;]+", call.text("numbers")) if part.strip()]
    numbers = [_number(call, part) for part in typed]
    if not numbers or not all(numbers):
        row = numbers.index("") + 1 if numbers else 1
        words = _("Number {row} is no employee number: it has 18 digits. Nothing was noted.").format(row=row)
        return await _shown(call, key, bad=words, status=422)
    if len(numbers) > MOST_NUMBERS:
        words = _("At most {most} numbers at once. Nothing was noted.").format(most=MOST_NUMBERS)
        return await _shown(call, key, bad=words, status=422)
    with refusing(call):
        async with call.house.database.write() as transaction:
            unit = UnitOfWork(transaction, call.house.vault, now=call.site.clock())
            await training_office.name_them(
                unit,
                call.actor,
                key,
                numbers,
                enrol=call.text("how") != "invite",
                timezone=call.site.timezone,
                say=_,
            )
            await unit.flush()
    return call.to(f"sessions/{key}?said=placed")


async def withdraw(call: Call) -> Response:
    """The office takes somebody's place back."""
    _, key = call.say, known(call, call.text("session"))
    number = _number(call, call.text("number"))
    if not number:
        return await _shown(call, key, bad=_("That is no employee number: it has 18 digits."), status=422)
    with refusing(call):
        async with call.house.database.write() as transaction:
            unit = UnitOfWork(transaction, call.house.vault, now=call.site.clock())
            await training_office.withdraw(
                unit, call.actor, key, number, call.text("reason"), timezone=call.site.timezone, say=_
            )
            await unit.flush()
    return call.to(f"sessions/{key}?said=back")


def _number(call: Call, typed: str) -> str:
    """ "" where it is none."""
    found = read_employee_number(typed[:200], today=today_of(call)).meaning.values
    return found[0] if len(found) == 1 else ""


VIEWS = (
    View("", "trainings.see", show),
    View(f"/{NEW}", "trainings.change", _session_change.edit),
    View("/{session}", "trainings.see", one),
    View("/{session}/ubah", "trainings.change", _session_change.edit),
)
ACTIONS = (
    Action("/edit", "trainings.change", _session_change.edit_again),
    Action("/check", "trainings.change", _session_change.check),
    Action("/save", "trainings.change", _session_change.save),
    Action("/call-off-check", "trainings.change", _session_change.call_off_check),
    Action("/call-off", "trainings.change", _session_change.call_off),
    Action("/names", "trainings.enrol", name),
    Action("/place", "trainings.enrol", place),
    Action("/withdraw", "trainings.enrol", withdraw),
)
