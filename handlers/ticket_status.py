"""How an aspiration goes, for whoever asks with its number; anonymous ones need their PIN as well.

Rule of the file: a wrong PIN and an unknown number get the same sentence, and guesses are counted: with the
conversation, which outlives a restart, and for ticket and address, which outlives the conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from handlers.desk import Desk, language_of
from handlers.pin_tries import MOST
from handlers.visit import Visit
from surveys.messages import Outgoing
from surveys.speaking import day
from surveys.survey import in_language
from surveys.text.ticket_numbers import number_in, pin_in

if TYPE_CHECKING:
    from storage.tickets import TicketStatus


async def tell(visit: Visit, asked: str, desk: Desk) -> None:
    """Say the status of the aspiration named in ``asked``, or of the visitor's own.

    Whoever gives a PIN asks about an anonymous one: that they did is kept nowhere, so the answer is shown once.
    """
    anonymous = pin_in(asked) is not None
    visit.say(Outgoing(text=await _found(visit, asked, desk), keyboard="keep", secret=anonymous))


async def _found(visit: Visit, asked: str, desk: Desk) -> str:
    _ = desk.say(visit)
    today = desk.moment.now.date().isoformat()
    number = number_in(asked)
    if not asked.strip():
        own = await desk.unit.own_tickets(visit.respondent_id)
        if own:
            return "\n".join(
                f"{named(one, visit, desk)}: {say_state(one.state, _)} ({day(since(one), _)})" for one in own
            )
        return _(
            "Please type STATUS and the number, for example STATUS ALK-26-0417-Q. For an anonymous "
            "aspiration add the PIN."
        )
    if number is None:
        return _("That number is not complete. It looks like ALK-26-0417-Q; please check it once more.")
    guesses = int(visit.dialog.get("guesses", "0")) if visit.dialog.get("guessed_on") == today else 0
    pin = pin_in(asked)
    counted = (f"{visit.address.channel}\0{visit.address.external_id}", *([number] if pin else ()))
    if guesses >= MOST or desk.house.pin_tries.spent(counted, desk.moment.now.date()):
        return _("There were too many tries today. Please try again tomorrow.")
    seal = desk.house.seal("pin", f"{number} {pin}") if pin else None
    status = await desk.unit.ticket_status(number, seal)
    for older in desk.house.older_seals("pin", f"{number} {pin}") if pin and status is None else ():
        status = status or await desk.unit.ticket_status(number, older)
    if status is None:
        visit.dialog = {**visit.dialog, "guesses": str(guesses + 1), "guessed_on": today}
        visit.changed = True
        desk.house.pin_tries.wrong(counted)
        return _(
            "We did not find that number. For an anonymous aspiration the PIN is needed as well: STATUS number PIN."
        )
    words = _("{number}: {status}, as of {date}.").format(
        number=named(status, visit, desk), status=say_state(status.state, _), date=day(since(status), _)
    )
    mine = status.anonymous or status.respondent_id == visit.respondent_id  # who has its PIN, or sent it
    note = status.history[-1].note if mine and status.history else ""
    if not note:
        return words
    return words + "\n" + _("Note of the office: {note}").format(note=note)


def named(status: TicketStatus, visit: Visit, desk: Desk) -> str:
    """Its number, and which survey it comes from: people may have sent several."""
    published = desk.house.surveys.newest().get(status.survey_name)
    title = "" if published is None else in_language(published.playbook.title, language_of(visit, desk))
    return f"{status.number} ({title})" if title else status.number


def since(status: TicketStatus) -> date:
    """The day of its last change."""
    return status.history[-1].at.date() if status.history else status.opened_on


def say_state(state: str, say: Callable[[str], str]) -> str:
    """A state as people read it."""
    _ = say
    names = {
        "new": _("RECEIVED"),
        "DIVERIFIKASI": _("CHECKED"),
        "DITERUSKAN": _("PASSED ON"),
        "DITINDAKLANJUTI": _("BEING ACTED ON"),
        "SELESAI": _("DONE"),
        "PERLU_INFO": _("MORE INFORMATION NEEDED"),
        "DIGABUNG": _("MERGED WITH ANOTHER"),
        "DIALIHKAN_LAPOR": _("PASSED TO SP4N-LAPOR"),
        "DIARSIPKAN": _("FILED"),
    }
    return names.get(state, state)
