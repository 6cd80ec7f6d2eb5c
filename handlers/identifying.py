"""An employee proves who they are: the number, then a phone that the roster has for them or a code from their unit.

Rules of the file: whatever number is typed, the same is said until the second proof; a number is never said back; five
tries, counted for the conversation and for the number, then one waits. Whoever does not prove it may answer all the
same and is counted apart. A phone number is known to colleagues, a code to the person alone: by it the employee is
taken off whoever had proven it before, and neither sees what the other answered; only /move joins two conversations.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime

from handlers import beginning, choosing, knowing, links, reminding, seating, taking_part
from handlers.auditing import record
from handlers.desk import Desk, Heard, current
from handlers.permissions import Actor
from handlers.visit import Visit
from storage import attendance, joining, learning_hours, proving, roster
from storage.roster import Claimed
from surveys.messages import Button, Outgoing
from surveys.text.employee_number import LENGTH, read_employee_number
from surveys.text.normal import normal
from surveys.text.phone import read_phone
from surveys.text.yes_no import yes_no

NUMBER, PROOF = "employee_number", "employee_proof"
"""The two questions, as dialogs."""
DIALOGS = frozenset({NUMBER, PROOF})
_CODE = re.compile(r"\D{0,12}(\d{4})[\s-]?(\d{4})\D{0,12}")
_LATER = frozenset({"nanti", "nanti saja", "lewati", "lewat", "batal", "tidak", "later", "not now", "skip", "cancel"})


async def offered(visit: Visit, desk: Desk, then: str) -> bool:
    """Ask for the number after consent, where there is a roster and they are not known yet. False where not.

    ``then``: the survey that begins afterwards, "" for the menu. Raises StorageError.
    """
    transaction = desk.unit.transaction
    if not await roster.anybody(transaction):
        return False
    if not visit.new and await roster.facts(transaction, visit.respondent_id) is not None:
        return False
    ask_number(visit, desk, then)
    return True


def ask_number(visit: Visit, desk: Desk, then: str = "") -> None:
    """Which number?"""
    _ = desk.say(visit)
    text = _(
        "Please type your NIP or NI PPPK (18 digits). It is only used to find you in the list of employees and is "
        "stored encrypted."
    )
    visit.say(Outgoing(text=text, rows=((Button(_("Without a number")),),)))
    visit.ask_between(NUMBER, then=then)


def _ask_proof(visit: Visit, desk: Desk) -> None:
    _ = desk.say(visit)
    text = _(
        "Thank you. Now please type the mobile number that the office has for you, or the code that your unit's admin "
        "gave you."
    )
    visit.say(Outgoing(text=text, rows=((Button(_("Without a number")),),)))


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    if visit.dialog.get("doing") == PROOF:
        _ask_proof(visit, desk)
    else:
        ask_number(visit, desk, visit.dialog.get("then", ""))


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to either. Raises StorageError."""
    if visit.dialog["doing"] == PROOF:
        return await proof_given(visit, text, desk)
    return await number_given(visit, text, desk)


async def number_given(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to that. Raises StorageError."""
    _ = desk.say(visit)
    if _put_off(text, _("Without a number")):
        return await _later(visit, desk)
    found = read_employee_number(text, today=desk.moment.now.date())
    if len(found.meaning.values) != 1:
        if found.digits == 0:
            words = _("That holds no employee number: it has 18 digits. Please type it, or “Without a number”.")
        elif found.fault in {"length", "several"}:
            words = _(
                "The number we received has {digits} digits; a NIP has {length}. Please check it, or type HELP."
            ).format(digits=found.digits, length=LENGTH)
        else:
            words = _("That number is not built like a NIP or NI PPPK. Please check it once more, or type HELP.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        return "yes"
    visit.ask_between(PROOF, then=visit.dialog.get("then", ""), number=found.meaning.values[0])
    _ask_proof(visit, desk)
    return "yes"


async def proof_given(visit: Visit, text: str, desk: Desk) -> Heard:
    """The second answer. Raises StorageError."""
    _ = desk.say(visit)
    number = visit.dialog["number"]
    if _put_off(text, _("Without a number")):
        return await _later(visit, desk)
    unit = desk.unit
    counted = [
        unit.vault.lookup("guess", f"address {visit.address.channel} {visit.address.external_id}"),
        roster.number_lookup(number, unit.vault),
    ]
    wait = await proving.try_again_at(unit.transaction, counted, unit.now)
    if wait is not None:
        return await _refused(visit, desk, _too_often(visit, desk, wait))
    claimed = await roster.claimed(unit.transaction, unit.vault, number)
    by_code = claimed is not None and await _code_fits(claimed, text, desk)
    if claimed is None or not (by_code or _phone_fits(claimed, text, desk)):
        visit.ask_between(NUMBER, then=visit.dialog.get("then", ""))
        words = _(
            "Number and proof do not belong together in the list of employees. Please type your NIP once more, or ask "
            "your unit's admin for a code. You may also answer without."
        )
        visit.say(Outgoing(text=words, rows=((Button(_("Without a number")),),)))
        return "yes"
    await proving.forgive(unit.transaction, counted)
    if claimed.respondent_id is not None and claimed.respondent_id != visit.respondent_id and not by_code:
        words = _(
            "You are known already from another conversation. Type /move there, or ask your unit's admin for a code."
        )
        return await _refused(visit, desk, words)
    return await _proven(visit, claimed, desk)


def _put_off(text: str, label: str) -> bool:
    return normal(text) in {normal(label), *_LATER} or yes_no(text) is False


async def _code_fits(claimed: Claimed, text: str, desk: Desk) -> bool:
    typed = _CODE.fullmatch(text)
    if typed is None:
        return False
    unit = desk.unit
    return await proving.code_fits(unit.transaction, claimed.id, typed[1] + typed[2], unit.vault, unit.now)


def _phone_fits(claimed: Claimed, text: str, desk: Desk) -> bool:
    typed = read_phone(text).values
    known = claimed.phone_lookup or b""
    return any(
        hmac.compare_digest(known, lookup) for phone in typed for lookup in desk.unit.vault.lookups(roster.PHONE, phone)
    )


def _too_often(visit: Visit, desk: Desk, wait: datetime) -> str:
    _ = desk.say(visit)
    at = wait.astimezone(desk.house.timezone)
    return _("There were several tries. Please try again after {time}, or ask your unit's admin for a code.").format(
        time=f"{at:%H.%M}"
    )


async def _refused(visit: Visit, desk: Desk, words: str) -> Heard:
    visit.say(Outgoing(text=words, keyboard="keep"))
    return await _go_on(visit, desk)


async def _later(visit: Visit, desk: Desk) -> Heard:
    _ = desk.say(visit)
    visit.say(
        Outgoing(
            text=_("All right. Type /verify whenever you like; until then your answers are counted as not confirmed.")
        )
    )
    return await _go_on(visit, desk)


async def _go_on(visit: Visit, desk: Desk) -> Heard:
    """What was to come next: the survey the link named, what stood before, or the menu."""
    then = visit.dialog.get("then", "")
    survey = desk.house.surveys.newest().get(then)
    if survey is None and not links.leads(then) and (visit.dialog.get("before") or current(visit) is not None):
        return "closed"
    visit.settle()
    if survey is not None:
        await beginning.begin(visit, survey, desk)
    elif not await links.follow(visit, then, desk):
        choosing.show_menu(visit, desk)
    return "yes"


async def _proven(visit: Visit, claimed: Claimed, desk: Desk) -> Heard:
    unit = desk.unit
    _ = desk.say(visit)
    visit.kind, visit.changed = "asn", True
    then = visit.dialog.get("then", "")
    await seating.rise(visit, desk)  # their row must be there before it is named
    before = claimed.respondent_id if claimed.respondent_id != visit.respondent_id else None
    if claimed.respondent_id != visit.respondent_id and (
        await roster.facts(unit.transaction, visit.respondent_id) is not None
    ):
        return await _refused(
            visit, desk, _("This conversation belongs to another employee. Please ask your unit's admin.")
        )
    if before is not None:
        await _take_off(before, visit, desk)
    await roster.link(unit.transaction, claimed.id, visit.respondent_id)
    await taking_part.known_now(unit, claimed.id, visit.respondent_id, timezone=desk.house.timezone)
    await attendance.proved(unit.transaction, claimed.id, visit.respondent_id)
    await learning_hours.proved(unit.transaction, claimed.id, visit.respondent_id)
    await reminding.plan_person(unit, visit.respondent_id)
    facts = await roster.facts(unit.transaction, visit.respondent_id)
    knowing.told(visit, knowing.as_facts(facts))
    label = {one.key: one.label for one in await roster.units(unit.transaction)}.get(claimed.unit, claimed.unit)
    visit.say(Outgoing(text=_("✅ Thank you. You are confirmed as an employee of {unit}.").format(unit=label)))
    if before is not None:
        words = _(
            "Another conversation was confirmed as you before; it no longer is. If it is yours as well, type /move "
            "there to join both; if not, please tell your unit's admin."
        )
        visit.say(Outgoing(text=words, keyboard="keep"))
    visit.dialog = {**visit.dialog, "then": then}
    return await _go_on(visit, desk)


async def _take_off(before: int, visit: Visit, desk: Desk) -> None:
    """Whoever was taken for this employee is no longer. Raises StorageError."""
    seating.alone(desk)
    unit = desk.unit
    await joining.person(unit.transaction, before)
    await roster.unlink(unit.transaction, before)
    await knowing.untold(before, desk)
    _audit_afterwards(
        visit, desk, "respondents.unlink", whom=before, reason=f"roster: respondent:{visit.respondent_id}"
    )


async def become_one(visit: Visit, into: int, desk: Desk, *, reason: str) -> None:
    """The visitor, who has risen, is ``into`` from now on. Raises StorageError."""
    seating.alone(desk)
    unit, gone = desk.unit, visit.respondent_id
    once = {name for name, one in desk.house.surveys.newest().items() if one.playbook.survey.chat.once}
    await joining.merge(unit.transaction, unit.vault, gone=gone, into=into, once=once, now=unit.now)
    sessions = await taking_part.sessions_to_come(unit, into)
    await taking_part.freed(unit, sessions, timezone=desk.house.timezone)
    await reminding.plan_person(unit, into)
    await seating.sit(visit, into, desk)
    _audit_afterwards(
        visit, desk, "respondents.merge", whom=into, before={"gone": gone}, reason=f"{reason}: respondent:{gone}"
    )


def _audit_afterwards(visit: Visit, desk: Desk, act: str, *, whom: int, reason: str, before: object = None) -> None:
    """What the visitor did to ``whom``, written down with the rest."""
    unit = desk.unit
    actor = Actor(name=f"respondent:{visit.respondent_id}", role="viewer", origin=visit.address.channel)

    async def written() -> None:
        await record(
            unit.transaction,
            unit.vault,
            actor,
            act,
            now=unit.now,
            whom=f"respondent:{whom}",
            before=before,
            reason=reason,
        )

    unit.afterwards(written)
