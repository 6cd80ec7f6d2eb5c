"""Somebody checks in to a day of a training: by the QR code in the room, or by typing the digits that stand below it.

Rules of the file: ``outreach.attendance`` decides what a code is worth; tries are counted for the address and the hour.
Where several people share the phone, it is asked who came. Whoever did not prove to be an employee may check in all the
same; their hours count once they do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from handlers import reminding, seating
from handlers.checked_in import Judged, words_of
from handlers.desk import Desk, Heard, current
from handlers.visit import Visit
from outreach.attendance import COUNTED, CheckIn, Verdict, check_in, open_day
from storage import attendance, enrolments, joining, proving, trainings
from storage.attendance import CheckedIn
from storage.enrolments import person_of
from storage.joining import Profile
from storage.proving import Tried
from storage.trainings import Offered
from surveys import engine
from surveys.events import Answered
from surveys.messages import Button, Outgoing
from surveys.text.normal import normal

PREFIX = "h-"
"""How a link that checks in begins: "h-123456-pelayanan_prima-2026-12-01"."""
WHO = "attend_who"
DIALOGS = frozenset({WHO})
ANSWER_WITHIN = timedelta(minutes=15)
"""So long a code that was right waits for the answer to who came."""
_LINK = re.compile(r"(\d{6})(?:-([A-Za-z0-9_-]+))?")
_LONGEST_LINK = 64  # https://core.telegram.org/bots/features#deep-linking
DIGITS = re.compile(r"\s*(?:\d[\s-]?){6}\s*")
_LEFT_AT_WILL = frozenset({"", "menu", "kind", "language", "offer"})
"""Where nothing is asked to which six digits would be an answer."""
_BEST: Sequence[Verdict] = ("enrolled", "late", "already", "walk_in", "wrong", "cancelled", "out_of_hours")


def payload(code: str, session: str) -> str:
    """What stands in the link that the QR code holds; the session is left out where it does not fit."""
    whole = f"{code}-{session}"
    fits = _LINK.fullmatch(whole) and len(PREFIX + whole) <= _LONGEST_LINK
    return PREFIX + (whole if fits else code)


async def linked(visit: Visit, rest: str, desk: Desk) -> None:
    """The QR code was scanned; ``rest`` is what its link says after PREFIX. Raises StorageError."""
    found = _LINK.fullmatch(rest)
    await typed(visit, found[1] if found else "", desk, session=(found[2] or "") if found else "")


async def typed(visit: Visit, code: str, desk: Desk, *, session: str = "") -> None:
    """HADIR and the digits. Raises StorageError."""
    _ = desk.say(visit)
    if not code.strip():
        words = _("Please type HADIR and the six digits that are shown in the room, such as HADIR 123456.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        return
    around = await _around(session, desk)
    open_ = any(_open(one, desk.moment.now, desk) for one in around)
    tried = await _tried(visit, desk) if open_ else Tried()
    if tried.again_at is not None:
        at = tried.again_at.astimezone(desk.house.timezone)
        words = _("There were several tries. Please try again after {time}, or tell the instructor: they can note you.")
        visit.say(Outgoing(text=words.format(time=f"{at:%H.%M}"), keyboard="keep"))
        return
    judged = await _judged(visit.respondent_id, code, around, desk, named=session)
    if open_:
        await _count(visit, judged, tried, desk)
    await _take(visit, code, session, judged, desk)


async def digits(visit: Visit, text: str, desk: Desk) -> bool:
    """Six digits and nothing else, while people check in somewhere. False where they are meant for what stands: an
    open question that can take them gets them, any other only where they are wrong. Raises StorageError."""
    if not DIGITS.fullmatch(text):
        return False
    around = [one for one in await _around("", desk) if _open(one, desk.moment.now, desk)]
    if not around:
        return False
    free = current(visit) is None and visit.dialog.get("doing", "") in _LEFT_AT_WILL
    if free:
        await typed(visit, text, desk)
        return True
    tried = await _tried(visit, desk)
    if tried.again_at is not None:
        return False
    judged = await _judged(visit.respondent_id, text, around, desk)
    await _count(visit, judged, tried, desk)
    if judged.check.verdict == "wrong":
        return False
    if _is_an_answer(visit, desk):
        _ = desk.say(visit)
        words = _("We took this as your answer. To be noted as present, type HADIR {code}.")
        visit.say(Outgoing(text=words.format(code="".join(filter(str.isdecimal, text))), keyboard="keep"))
        return False
    await _take(visit, text, "", judged, desk)
    return True


def _is_an_answer(visit: Visit, desk: Desk) -> bool:
    """Whether the question that stands in a survey takes this message."""
    conversation = current(visit)
    if conversation is None or visit.dialog.get("doing", "") not in _LEFT_AT_WILL:
        return False
    step = engine.resume(
        conversation.survey.playbook,
        conversation.session,
        desk.incoming.reply,
        now=desk.moment.now,
        rng=desk.moment.rng,
        say=desk.say(visit),
        message_id=desk.incoming.message_id,
    )
    return any(isinstance(event, Answered) for event in step.events)


# ---- what it is worth -------------------------------------------------------------------------------


async def _around(session: str, desk: Desk) -> list[Offered]:
    """The session that was named, else those that are held about now."""
    return await desk.unit.once(f"sessions {session}", lambda: _read_around(session, desk))


async def _read_around(session: str, desk: Desk) -> list[Offered]:
    transaction = desk.unit.transaction
    if session:
        found = await trainings.session_of(transaction, session)
        return [found] if found is not None else []
    today = desk.moment.now.date()
    near = timedelta(days=1)  # the day before: what ends at midnight is open beyond it
    return await trainings.sessions(transaction, since=today - near, until=today + near)


def _open(one: Offered, now: datetime, desk: Desk) -> bool:
    return not one.session.cancelled and open_day(one.session, now, desk.house.timezone) is not None


async def _tried(visit: Visit, desk: Desk) -> Tried:
    return await proving.tried(desk.unit.transaction, _counter(visit, desk), desk.unit.now)


async def _count(visit: Visit, judged: Judged, tried: Tried, desk: Desk) -> None:
    """A code that is right ends the counting, any other counts."""
    unit, counters = desk.unit, [_counter(visit, desk)]
    if judged.check.verdict not in COUNTED | {"already"}:
        await proving.try_again_at(unit.transaction, counters, unit.now)
    elif tried.times:
        await proving.forgive(unit.transaction, counters)


def _counter(visit: Visit, desk: Desk) -> bytes:
    return desk.unit.vault.lookup("guess", f"attendance {visit.address.channel} {visit.address.external_id}")


async def _judged(
    respondent_id: int, code: str, around: Sequence[Offered], desk: Desk, *, named: str = "", at: datetime | None = None
) -> Judged:
    """The best that the code is worth to them. A session that was not named, is not open and is not theirs is nothing
    to speak of. ``at``: when it was typed, now without it."""
    unit = desk.unit
    states = {one.session: one.state for one in await enrolments.of_person(unit.transaction, unit.vault, respondent_id)}
    there = await attendance.days_of(unit.transaction, [one.session.key for one in around], person_of(respondent_id))
    found = []
    for one in around:
        key = one.session.key
        check = check_in(
            one.session,
            code,
            secret=await _secret(key, desk),
            state=states.get(key),
            recorded=there.get(key, ()),
            now=at or desk.moment.now,
            timezone=desk.house.timezone,
        )
        if named or key in states or check.verdict not in {"cancelled", "out_of_hours"}:
            found.append(Judged(check, one))
    return min(found, key=lambda one: _BEST.index(one.check.verdict), default=Judged(CheckIn("out_of_hours")))


async def _secret(session: str, desk: Desk) -> bytes:
    unit = desk.unit
    read = partial(trainings.secret_of, unit.transaction, unit.vault, session)
    found = await unit.once(f"secret {session}", read)
    return found or b""


async def _take(visit: Visit, code: str, session: str, judged: Judged, desk: Desk) -> None:
    """Record it, or say why not; where several share the phone, ask first who came."""
    unit = desk.unit
    if judged.check.verdict in COUNTED | {"already"}:
        people = [] if visit.new else await joining.profiles(unit.transaction, unit.vault, visit.address_id)
        if len(people) > 1:
            _ask_who(visit, desk, people)
            at = desk.moment.now.isoformat()
            visit.ask_between(WHO, code=code, session=session, at=at)
            return
    if visit.new and judged.check.verdict in COUNTED:
        await seating.rise(visit, desk)  # their row must be there before it is named
    await _record(visit.respondent_id, judged, desk)
    visit.say(Outgoing(text=await words_of(visit, visit.respondent_id, judged, desk), keyboard="keep"))


async def _record(respondent_id: int, judged: Judged, desk: Desk) -> None:
    check, unit = judged.check, desk.unit
    if check.verdict not in COUNTED or judged.offered is None or check.day is None:
        return
    key = judged.offered.session.key
    one = CheckedIn(person=person_of(respondent_id), day=check.day, at=unit.now, how="code", late=check.late)
    await attendance.check_in(unit.transaction, key, one)
    reminding.plan_session_at_the_end(unit, key)


# ---- who came ---------------------------------------------------------------------------------------


def _ask_who(visit: Visit, desk: Desk, people: Sequence[Profile]) -> None:
    _ = desk.say(visit)
    rows = [(Button(one.label),) for one in people]
    visit.say(Outgoing(text=_("Who came?"), rows=(*rows, (Button(_("Somebody else")),))))


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    _ask_who(visit, desk, await joining.profiles(desk.unit.transaction, desk.unit.vault, visit.address_id))


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to that: they came, and are noted as of when the code was scanned. Raises StorageError."""
    _ = desk.say(visit)
    unit = desk.unit
    people = await joining.profiles(unit.transaction, unit.vault, visit.address_id)
    if normal(text) in {normal(_("Somebody else")), "orang lain", "yang lain", "lain"}:
        words = _("Type /profile and choose “Somebody else”; after that scan or type the code once more.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        return "closed"
    chosen = next((one for one in people if normal(one.label) == normal(text)), None)
    if chosen is None and text.strip().isdecimal() and 1 <= int(text[:3]) <= len(people):
        chosen = people[int(text[:3]) - 1]
    if chosen is None:
        _ask_who(visit, desk, people)
        return "yes"
    code, session = visit.dialog.get("code", ""), visit.dialog.get("session", "")
    at = datetime.fromisoformat(visit.dialog["at"])
    around = await _around(session, desk)
    judged = Judged(CheckIn("wrong"))
    if desk.moment.now - at <= ANSWER_WITHIN:
        judged = await _judged(chosen.respondent_id, code, around, desk, named=session, at=at)
    await _record(chosen.respondent_id, judged, desk)
    words = await words_of(visit, chosen.respondent_id, judged, desk)
    visit.say(Outgoing(text=f"{chosen.label}: {words}", keyboard="keep"))
    return "closed"
