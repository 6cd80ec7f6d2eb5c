"""One session of a training in the chat: its page, a place in it, and taking that back.

Rules of the file: what is chosen is carried out by ``taking_part``. An online link is shown to those who have a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from handlers import learning_files, nominating, seating, taking_part
from handlers.desk import Desk, Heard
from handlers.errors import HandlerError
from handlers.learning_known import competence_names, known, refused
from handlers.taking_part import Place
from handlers.visit import Visit
from outreach import enrolment as rules
from outreach.enrolment import Enrolment
from outreach.training_checks import clash_sentence
from outreach.training_words import held, page, served
from storage import enrolments, supervising, trainings
from storage.trainings import Offered
from surveys.messages import Button, Outgoing
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

SESSION, CLASH, REASON = "learn_session", "learn_clash", "learn_reason"
"""What with it, all the same, why not: the dialogs."""
DIALOGS = frozenset({SESSION, CLASH, REASON})


async def opened(visit: Visit, key: str, desk: Desk) -> None:
    """The page of one session; also what a link ``t-KEY`` leads to. Raises StorageError."""
    _ = desk.say(visit)
    if refused(visit, desk):
        return
    offered = await trainings.session_of(desk.unit.transaction, key)
    if offered is None:
        visit.say(Outgoing(text=_("That training is no longer there. Type PELATIHAN for others."), keyboard="keep"))
        return
    who = await known(visit, desk)
    all_of_it = await enrolments.of_session(desk.unit.transaction, desk.unit.vault, key)
    mine = who.mine.get(key)
    names = competence_names(visit, desk)
    text = page(
        offered.training,
        offered.session,
        timezone=desk.house.timezone,
        free=rules.free_places(offered.session, all_of_it),
        waiting=any(one.state == "waiting" for one in all_of_it),
        needs=[names.get(one, one) for one in served(offered.training, who.gaps)],
        status=_status(offered, mine, all_of_it, desk, visit),
        inside=mine is not None and mine.state in rules.HOLDS_A_PLACE,
        say=_,
    )
    visit.say(Outgoing(text=text, rows=await _buttons(visit, offered, mine, desk)))
    visit.ask_between(SESSION, key=key)


def _status(offered: Offered, mine: Enrolment | None, all_of_it: Sequence[Enrolment], desk: Desk, visit: Visit) -> str:
    _ = desk.say(visit)
    if offered.session.cancelled:
        return _("This session does not take place.")
    match None if mine is None else mine.state:
        case "enrolled":
            return _("You are enrolled.")
        case "waiting" if mine is not None:
            place = rules.place_in_line(mine.person, all_of_it)
            return _("You are number {place} on the waiting list.").format(place=place)
        case "invited" if mine is not None and mine.by == "supervisor":
            return _("Your superior proposes you for it. Will you take part?")
        case "invited":
            return _("The office proposes you for it. Will you take part?")
        case "attended":
            return _("You took part.")
        case _:
            return ""


def _labels(desk: Desk, visit: Visit) -> Mapping[str, str]:
    """What can be done on the page of a session, by what it is called here."""
    _ = desk.say(visit)
    return {
        "enrol": _("Enrol"),
        "accept": _("Accept"),
        "decline": _("Decline"),
        "call_off": _("Call it off"),
        "calendar": _("Calendar file"),
        "attachments": _("Attachments"),
        "nominate": _("Propose my people"),
        "list": _("All trainings"),
        "close": _("Close"),
    }


async def _actions(visit: Visit, offered: Offered, mine: Enrolment | None, desk: Desk) -> list[str]:
    """Names of what the visitor can do there now."""
    now, timezone, session = desk.moment.now, desk.house.timezone, offered.session
    begun, over = session.first.begins(timezone) <= now, session.last.finishes(timezone) <= now
    state = None if mine is None else mine.state
    found: list[str] = []
    if session.cancelled or over:
        return [*found, "list", "close"]
    if state == "invited" and not begun:
        found += ["accept", "decline"]
    elif state in {None, "cancelled"} and not begun:
        found.append("enrol")
    if state in {"enrolled", "waiting"}:
        found.append("call_off")
    found.append("calendar")
    if offered.training.attachments:
        found.append("attachments")
    unit = desk.unit
    if not begun and not visit.new and await supervising.people_of(unit.transaction, unit.vault, visit.respondent_id):
        found.append("nominate")
    return [*found, "list", "close"]


async def _buttons(
    visit: Visit, offered: Offered, mine: Enrolment | None, desk: Desk
) -> tuple[tuple[Button, ...], ...]:
    labels = _labels(desk, visit)
    names = await _actions(visit, offered, mine, desk)
    return tuple(tuple(Button(labels[name]) for name in names[start : start + 2]) for start in range(0, len(names), 2))


# ---- answers ----------------------------------------------------------------------------------------


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    match visit.dialog["doing"]:
        case "learn_clash":
            await _enrol(visit, visit.dialog["key"], desk)
        case "learn_reason":
            ask_reason(visit, visit.dialog["key"], desk)
        case _:
            await opened(visit, visit.dialog["key"], desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard | Literal["list"]:
    """The answer to any of them; "list": they want to see all trainings. Raises StorageError."""
    match visit.dialog["doing"]:
        case "learn_clash":
            return await _clash_answered(visit, text, desk)
        case "learn_reason":
            return await _reason_told(visit, text, desk)
        case _:
            return await _chosen(visit, text, desk)


async def _chosen(visit: Visit, text: str, desk: Desk) -> Heard | Literal["list"]:
    _ = desk.say(visit)
    key, typed, labels = visit.dialog["key"], normal(text), _labels(desk, visit)
    named = {normal(label): name for name, label in labels.items()}
    named |= {"daftar": "enrol", "ikut": "enrol", "batal": "call_off", "batalkan": "call_off", "terima": "accept",
              "tolak": "decline", "kalender": "calendar", "ics": "calendar", "tutup": "close"}  # fmt: skip
    offered = await trainings.session_of(desk.unit.transaction, key)
    if offered is None:
        await opened(visit, key, desk)
        return "yes"
    mine = (await known(visit, desk)).mine.get(key)
    name, can = named.get(typed, ""), await _actions(visit, offered, mine, desk)
    if not name and "accept" in can and yes_no(text) is not None:
        name = "accept" if yes_no(text) else "decline"
    if name == "call_off" and "decline" in can:
        name = "decline"
    if name not in can:
        if not name:
            return "no"
        await opened(visit, key, desk)
        return "yes"
    match name:
        case "enrol" | "accept":
            return await _enrol(visit, key, desk)
        case "decline" | "call_off":
            ask_reason(visit, key, desk)
        case "calendar":
            await learning_files.calendar(visit, offered, desk)
            await opened(visit, key, desk)
        case "attachments":
            learning_files.attachments(visit, offered, desk)
            await opened(visit, key, desk)
        case "nominate":
            await nominating.ask(visit, key, desk)
        case "list":
            return "list"
        case _:
            visit.say(Outgoing(text=_("All right.")))
            return "closed"
    return "yes"


async def _enrol(visit: Visit, key: str, desk: Desk, *, whatever: bool = False) -> Heard:
    """Give them a place. ``whatever``: though they go somewhere else at that time."""
    _ = desk.say(visit)
    if visit.new:
        await seating.rise(visit, desk)
    person = enrolments.person_of(visit.respondent_id)
    if not whatever:
        wanted = await trainings.session_of(desk.unit.transaction, key)
        mine = await taking_part.going_to(desk.unit, person)
        titles = {one.training.key: one.training.title for one in mine}
        sentence = clash_sentence([one.session for one in mine], wanted.session, titles, _) if wanted else ""
        if sentence:
            rows = ((Button(_("Enrol all the same")),), (Button(_("No need")),))
            visit.say(Outgoing(text=f"{sentence} " + _("Enrol all the same?"), rows=rows))
            visit.ask_between(CLASH, key=key)
            return "yes"
    try:
        place = await taking_part.enrol(desk.unit, key, person, timezone=desk.house.timezone, say=_)
    except HandlerError as refused:
        visit.say(Outgoing(text=str(refused), keyboard="keep"))
        return "closed"
    visit.say(Outgoing(text=_placed(place, visit, desk)))
    return "closed"


def _placed(place: Place, visit: Visit, desk: Desk) -> str:
    _ = desk.say(visit)
    title = place.offered.training.title
    if place.line:
        return _(
            "{title} is full. You are number {place} on the waiting list; we write to you as soon as there is a place."
        ).format(title=title, place=place.line)
    when = held(place.offered.session, desk.house.timezone, _, inside=True)
    return _(
        "✅ You are enrolled in {title}: {when}. We will remind you. Type PELATIHAN SAYA to see it or to call it off."
    ).format(title=title, when=when)


async def _clash_answered(visit: Visit, text: str, desk: Desk) -> Heard:
    _ = desk.say(visit)
    typed = normal(text)
    if typed in {normal(_("Enrol all the same")), "tetap daftar", "tetap"} or yes_no(text) is True:
        return await _enrol(visit, visit.dialog["key"], desk, whatever=True)
    if typed == normal(_("No need")) or yes_no(text) is False:
        await opened(visit, visit.dialog["key"], desk)
        return "yes"
    return "no"


def ask_reason(visit: Visit, key: str, desk: Desk) -> None:
    """Why not?"""
    _ = desk.say(visit)
    rows = (
        (Button(_("Urgent work")), Button(_("Ill"))),
        (Button(_("Leave or permission")), Button(_("Keep my place"))),
    )
    text = _("Why can you not come? Choose or type it in a few words; the office reads it.")
    visit.say(Outgoing(text=text, rows=rows))
    visit.ask_between(REASON, key=key)


async def _reason_told(visit: Visit, text: str, desk: Desk) -> Heard:
    _ = desk.say(visit)
    key = visit.dialog["key"]
    if normal(text) in {normal(_("Keep my place")), "tidak jadi", "tetap ikut"}:
        await opened(visit, key, desk)
        return "yes"
    person = enrolments.person_of(visit.respondent_id)
    try:
        place = await taking_part.call_off(desk.unit, key, person, text, timezone=desk.house.timezone, say=_)
    except HandlerError as refused:
        visit.say(Outgoing(text=str(refused), keyboard="keep"))
        return "closed"
    words = _("All right, you are no longer enrolled in {title}. Thank you for telling us.")
    visit.say(Outgoing(text=words.format(title=place.offered.training.title)))
    return "closed"
