"""Certificates: for whom attended a training that is over and gave feedback on it; asked for in the chat.

Rules of the file: the name is the roster's, and the person says first that it is right. One certificate a person and
session: asked for again, the same one is sent, with its number. The paper is made by the ticker
(``bot.certificates``), so that nobody waits for it here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from handlers import evaluating
from handlers.auditing import record
from handlers.desk import Desk, Heard, language_of
from handlers.errors import Conflict, NotFound
from handlers.permissions import Actor, require
from handlers.visit import Visit
from outreach.certificate_number import numbered
from outreach.learning_hours import earned
from outreach.wording import days_in_words, short
from storage import attendance, certificates, enrolments, roster, trainings
from storage.certificates import Certificate
from storage.enrolments import person_of
from storage.trainings import Offered
from storage.unit_of_work import UnitOfWork
from surveys.messages import Button, Outgoing
from surveys.speaking import day as day_in_words
from surveys.speaking import shorten
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

WHICH, NAME = "certificate_which", "certificate_name"
"""Of which training; whether the name is right: the dialogs."""
DIALOGS = frozenset({WHICH, NAME})
KIND = "certificate"
"""Kind of the due row by which one is made and sent."""
MOST = 8
_BUTTON = 20


async def ask(visit: Visit, desk: Desk) -> bool:
    """SERTIFIKAT; whether something is asked now. Raises StorageError."""
    _ = desk.say(visit)
    if not desk.house.certificate_number:
        visit.say(Outgoing(text=_("Certificates are not issued here yet. Please ask the office."), keyboard="keep"))
        return False
    if visit.new or await roster.facts(desk.unit.transaction, visit.respondent_id) is None:
        words = _("A certificate bears the name on the list of employees. Type /verify with your NIP first.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        return False
    found = await _attended(visit, desk)
    if not found:
        words = _("There is no training yet that is over and at which you were noted as present.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        return False
    if len(found) == 1:
        return await _for(visit, found[0], desk)
    _ask_which(visit, found, desk)
    return True


async def _attended(visit: Visit, desk: Desk) -> list[Offered]:
    """What they attended and is settled, the newest first."""
    unit = desk.unit
    mine = await enrolments.of_person(unit.transaction, unit.vault, visit.respondent_id)
    keys = [one.session for one in mine if one.state == "attended"]
    found = list((await trainings.sessions_by_key(unit.transaction, keys)).values())
    return sorted(found, key=lambda one: one.session.last.date, reverse=True)[:MOST]


def _ask_which(visit: Visit, found: Sequence[Offered], desk: Desk) -> None:
    _ = desk.say(visit)
    lines = [
        f"{number} {short(one.training.title, 60)}, {days_in_words(one.session.days, _)}"
        for number, one in enumerate(found, start=1)
    ]
    rows = tuple((Button(label),) for label in _labels(found))
    visit.say(Outgoing(text="\n".join([_("Of which training?"), *lines]), rows=rows))
    visit.ask_between(WHICH, sessions=json.dumps([one.session.key for one in found]))


def _labels(found: Sequence[Offered]) -> list[str]:
    return [shorten(f"{number} {one.training.title}", _BUTTON) for number, one in enumerate(found, start=1)]


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    if visit.dialog["doing"] == WHICH:
        _ask_which(visit, await _attended(visit, desk), desk)
    else:
        await _ask_name(visit, visit.dialog["session"], desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to either. Raises StorageError."""
    return await (_which(visit, text, desk) if visit.dialog["doing"] == WHICH else _named(visit, text, desk))


async def _which(visit: Visit, text: str, desk: Desk) -> Heard:
    keys: list[str] = json.loads(visit.dialog["sessions"])
    there = await trainings.sessions_by_key(desk.unit.transaction, keys)
    found = [there[key] for key in keys if key in there]
    labels = [normal(label) for label in _labels(found)]
    plain = normal(text)
    place = labels.index(plain) if plain in labels else int(plain) - 1 if plain.isdecimal() and len(plain) < 3 else -1
    if not 0 <= place < len(found):
        _ask_which(visit, found, desk)
        return "yes"
    asked = await _for(visit, found[place], desk)
    if asked and visit.dialog.get("doing") == WHICH:  # a survey stands now
        visit.settle()
    return "yes" if asked else "closed"


async def _for(visit: Visit, offered: Offered, desk: Desk) -> bool:
    """The certificate of this session, or what is wanting; whether something is asked now."""
    _ = desk.say(visit)
    unit, key, title = desk.unit, offered.session.key, short(offered.training.title, 80)
    mine = await certificates.of_person(unit.transaction, unit.vault, visit.respondent_id)
    given = next((one for one in mine if one.session == key), None)
    if given is not None:
        _send(visit, given, desk)
        return False
    if not await certificates.has_given_feedback(unit.transaction, visit.respondent_id, key):
        words = _("The certificate for {title} follows once you gave your feedback; it does not show your name.")
        visit.say(Outgoing(text=words.format(title=title), keyboard="keep"))
        await evaluating.start(visit, desk, rule="feedback", session=key)
    else:
        await _ask_name(visit, key, desk)
    return True


def _send(visit: Visit, given: Certificate, desk: Desk) -> None:
    _ = desk.say(visit)
    if given.revoked_on is not None:
        words = _("The certificate {number} was withdrawn on {day}. Please ask the office.").format(
            number=given.number, day=day_in_words(given.revoked_on, _)
        )
        visit.say(Outgoing(text=words, keyboard="keep"))
        return
    payload = json.dumps({"number": given.number, "to": visit.address_id, "in": language_of(visit, desk)})
    desk.unit.plan(f"{KIND}:{given.number}:{visit.address_id}", KIND, desk.unit.now, payload)
    words = _("Your certificate {number} follows in a moment.").format(number=given.number)
    visit.say(Outgoing(text=words, keyboard="keep"))


async def _ask_name(visit: Visit, session: str, desk: Desk) -> None:
    _ = desk.say(visit)
    entry = await roster.entry_of(desk.unit.transaction, desk.unit.vault, visit.respondent_id)
    name = entry.name if entry is not None else ""
    text = _("The certificate will bear this name: {name}. Is it right?").format(name=name)
    visit.say(Outgoing(text=text, rows=((Button(_("Yes")), Button(_("No"))),)))
    visit.ask_between(NAME, session=session, name=name)


async def _named(visit: Visit, text: str, desk: Desk) -> Heard:
    _ = desk.say(visit)
    right = yes_no(text)
    if right is None or (right and desk.unseen):
        await _ask_name(visit, visit.dialog["session"], desk)
        return "yes"
    if right:
        await _issue(visit, visit.dialog["session"], visit.dialog["name"], desk)
    else:
        words = _("The name is taken from the list of employees. Please have it mended there, then ask once more.")
        visit.say(Outgoing(text=words, keyboard="keep"))
    return "closed"


async def _issue(visit: Visit, session: str, name: str, desk: Desk) -> None:
    unit = desk.unit
    offered = await trainings.session_of(unit.transaction, session, lock=True)  # asked for twice, it is issued once
    mine = await certificates.of_person(unit.transaction, unit.vault, visit.respondent_id)
    given = next((one for one in mine if one.session == session), None)
    if given is None and offered is not None:
        there = await attendance.days_of(unit.transaction, [session], person_of(visit.respondent_id))
        jp = earned(offered.training, offered.session, there.get(session, ()))
        given = await _numbered(visit.respondent_id, offered, name, jp, desk) if jp else None
    if given is None:
        _ = desk.say(visit)
        words = _("There is no training yet that is over and at which you were noted as present.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        return
    _send(visit, given, desk)


async def _numbered(respondent_id: int, offered: Offered, name: str, jp: Decimal, desk: Desk) -> Certificate:
    unit, on = desk.unit, desk.moment.now.date()
    while True:  # a changed pattern may meet a number of before
        ordinal = await certificates.next_ordinal(unit.transaction, on.year)
        number = numbered(desk.house.certificate_number, ordinal, on=on, training=offered.training.key)
        if await certificates.by_number(unit.transaction, unit.vault, number) is None:
            break
    return await certificates.issue(
        unit.transaction,
        unit.vault,
        number=number,
        respondent_id=respondent_id,
        session=offered.session.key,
        name=name,
        jp=jp,
        on=on,
    )


async def revoke(
    unit: UnitOfWork, actor: Actor, number: str, *, today: date, reason: str, say: Callable[[str], str]
) -> None:
    """The office withdraws one: its page says so from now on. Raises NotAllowed, NotFound, Conflict, StorageError."""
    _ = say
    require(actor, "certificates.revoke")
    found = await certificates.by_number(unit.transaction, unit.vault, number)
    if found is None:
        raise NotFound(_("There is no certificate with the number “{number}”.").format(number=number))
    if not await certificates.revoke(unit.transaction, number, today):
        raise Conflict(_("It is withdrawn already."))
    await record(
        unit.transaction,
        unit.vault,
        actor,
        "certificates.revoke",
        now=unit.now,
        whom=f"certificate:{number}",
        reason=reason,
    )
