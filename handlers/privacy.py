"""A person's rights over their data, in the chat: see, take a copy, correct, delete.

Each is carried out at once or within 3 x 24 hours (UU 27/2022), and logged with the time until which it is due. Rules
of the file: deleting takes two taps; what stays, and why, is said before.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date

from handlers import beginning, consenting, seating, taking_part
from handlers.consenting import ASPIRATION, BROADCAST, REMINDER, SURVEY
from handlers.desk import Desk, Heard, kind_names, language_of
from handlers.reading_back import entry_lines, read_back
from handlers.visit import PublishedSurvey, Visit
from outreach import enrolment
from outreach import tasks as task_rules
from outreach.learning_hours import shown_jp
from outreach.wording import days_in_words
from storage import deliveries, dossier, erasing, privacy, roster
from storage.dossier import Dossier
from storage.reminders import unask
from surveys.engine import load_session
from surveys.messages import Button, Outgoing
from surveys.speaking import beside, day
from surveys.survey import in_language
from surveys.text.normal import normal
from surveys.text.redaction import redact
from surveys.text.vocabulary import POLITE
from surveys.text.yes_no import yes_no

COPY = "privacy_copy"
"""Kind of due row: a copy is to be made and sent."""
DIALOGS = frozenset(("privacy", "privacy_delete", "privacy_correct"))
LONGEST_NOTE = 1000
MOST_SHOWN = 3500
"""Characters of one message."""


# ---- DATA -------------------------------------------------------------------------------------------


async def overview(visit: Visit, desk: Desk) -> None:
    """What we hold, in short, and what can be done with it."""
    _ = desk.say(visit)
    held = await desk.unit.held(visit.respondent_id)
    await _log(visit, desk, "access")
    kinds = kind_names(_)
    stands = await privacy.standing(desk.unit.transaction, visit.respondent_id)
    news = stands.get(BROADCAST)
    wanted = not visit.opted_out and news is not None and news.action == "given"
    listed = await roster.facts(desk.unit.transaction, visit.respondent_id) is not None
    lines = [
        _("This is what we hold about you:"),
        "· " + _("this chat's address, encrypted"),
        "· " + _("you write as: {kind}").format(kind=kinds.get(visit.kind, _("not said yet"))),
        *(["· " + _("your entry in the list of employees, encrypted")] if listed else []),
        "· " + _("surveys of which we keep your answers: {number}").format(number=held.responses),
        "· " + _("surveys still open: {number}").format(number=len([c for c in visit.conversations if not c.over])),
        "· " + _("aspirations with a number: {number}").format(number=held.tickets),
        *(["· " + _("trainings: {number}").format(number=held.enrolments)] if held.enrolments else []),
        "· " + _("agreements recorded: {number}").format(number=held.consents),
        "· " + (_("announcements: yes") if wanted else _("announcements: no")),
        _("Anonymous answers are kept without any link to you, so we cannot show them here."),
        _("Please choose. A request is done within 3 x 24 hours at most."),
    ]
    visit.say(Outgoing(text="\n".join(lines), rows=_actions(visit, desk)))
    visit.ask_between("privacy")


def _actions(visit: Visit, desk: Desk) -> tuple[tuple[Button, ...], ...]:
    _ = desk.say(visit)
    return (
        (Button(_("Show it")), Button(_("Send a copy"))),
        (Button(_("Correct")), Button(_("Delete everything"))),
        (Button(_("Read it all")), Button(_("Close"))),
    )


async def ask_again(visit: Visit, desk: Desk) -> None:
    """The question that stands, once more."""
    match visit.dialog.get("doing"):
        case "privacy_delete":
            ask_delete(visit, desk)
        case "privacy_correct":
            _ask_what(visit, desk)
        case _:
            _ = desk.say(visit)
            visit.say(Outgoing(text=_("What would you like to do with your data?"), rows=_actions(visit, desk)))


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to what is asked here."""
    match visit.dialog["doing"]:
        case "privacy_delete":
            return await _delete_answered(visit, text, desk)
        case "privacy_correct":
            return await _correction_told(visit, text, desk)
        case _:
            return await _chosen(visit, text, desk)


async def _chosen(visit: Visit, text: str, desk: Desk) -> Heard:
    _ = desk.say(visit)
    typed = normal(text)
    if typed in {normal(_("Show it")), "lihat", "1"}:
        await show(visit, desk)
    elif typed in {normal(_("Send a copy")), "salinan", "2"}:
        await copy(visit, desk)
        return "closed"
    elif typed in {normal(_("Correct")), "ralat", "3"}:
        await correct(visit, desk)
    elif typed in {normal(_("Delete everything")), "4"} or _says_delete(typed):
        ask_delete(visit, desk)
    elif typed in {normal(_("Read it all")), "baca lengkap", "baca", "5"}:
        purpose = SURVEY if visit.kind == "asn" else ASPIRATION
        consenting.say_full(visit, desk, purpose, rows=_actions(visit, desk))
    elif typed in {normal(_("Close")), "tutup", "6"} or yes_no(text) is False:
        visit.say(Outgoing(text=_("All right.")))
        return "closed"
    else:
        return "no"
    return "yes"


async def show(visit: Visit, desk: Desk) -> None:
    """All of it, readable, in as many messages as it takes; then the choice again."""
    _ = desk.say(visit)
    held = await dossier.read(desk.unit.transaction, desk.unit.vault, visit.respondent_id)
    blocks = [] if held is None else [block async for block in _blocks(visit, desk, held)]
    if not blocks:
        blocks = [_("We hold nothing but the address of this chat.")]
    message = ""
    for block in blocks:
        if message and len(message) + len(block) > MOST_SHOWN:
            visit.say(Outgoing(text=message, keyboard="keep"))
            message = ""
        message = f"{message}\n\n{block}" if message else block
    visit.say(Outgoing(text=message, rows=_actions(visit, desk)))
    visit.ask_between("privacy")


async def _blocks(visit: Visit, desk: Desk, held: Dossier) -> AsyncIterator[str]:
    _ = desk.say(visit)
    language = language_of(visit, desk)
    surveys = desk.house.surveys
    wanted = {one.survey_id for one in held.responses} | {one.survey_id for one, _state in held.sessions}
    await surveys.ensure(desk.unit.transaction, wanted)
    for response in held.responses:
        playbook = surveys.by_id(response.survey_id).playbook
        moment = response.completed_at or response.started_at
        when = day(moment.astimezone(desk.house.timezone), _) if moment else ""
        head = " · ".join(part for part in (in_language(playbook.title, language), when, response.ticket) if part)
        marks = [_("(not sent)")] if response.state != "complete" else []
        marks += [_("(confidential)")] if response.confidential else []
        lines = [beside(label, shown) for label, shown in read_back(playbook, response.answers, language, _)]
        yield "\n".join([" ".join([head, *marks]), *lines])
    for one, state in held.sessions:
        if one.response_id is not None:
            continue  # its answers stand with the response
        playbook = surveys.by_id(one.survey_id).playbook
        answers = load_session(state).answers
        lines = [beside(label, shown) for label, shown in read_back(playbook, answers, language, _)]
        yield "\n".join([f"{in_language(playbook.title, language)} {_('(not sent)')}", *lines])
    names = task_rules.state_names(_)
    for task in held.tasks:
        words = [given.words for given in task.submissions if given.words]
        remarks = [_("Remark: {words}").format(words=one.remark) for one in task.remarks if one.remark]
        yield "\n".join([f"{task.task.title}: {names[task.assignment.state]}", *words, *remarks])
    for ticket in held.tickets:
        steps = [
            f"{when.astimezone(desk.house.timezone):%Y-%m-%d}: {state} {note}" for when, state, note in ticket.history
        ]
        yield "\n".join([_("Aspiration {number}").format(number=ticket.number), *steps])
    if held.enrolments:
        states = enrolment.state_names(_)
        lines = [
            beside(
                f"{one.training.title}, {days_in_words(one.session.days, _)}",
                " · ".join(word for word in (states[one.enrolment.state], one.enrolment.reason) if word),
            )
            for one in held.enrolments
        ]
        yield "\n".join([_("Trainings:"), *lines])
    if held.attendance:
        lines = [beside(one.session, day(one.came.day, _)) for one in held.attendance]
        yield "\n".join([_("Present at:"), *lines])
    if held.learning_hours or held.certificates:
        lines = [f"{one.year}: {shown_jp(one.jp, _)} JP ({one.session or one.evidence})" for one in held.learning_hours]
        lines += [_("Certificate {number}").format(number=one.number) for one in held.certificates]
        yield "\n".join([_("Learning hours (JP):"), *lines])
    if held.consents:
        lines = [
            f"{one.at.astimezone(desk.house.timezone):%Y-%m-%d}: {purpose_named(one.purpose, _)}, "
            f"{action_named(one.action, _)} ({_('version')} {one.version})"
            for one in held.consents
        ]
        yield "\n".join([_("Agreements:"), *lines])
    about = [(_("Address ({channel})").format(channel=channel), number) for channel, number in held.addresses]
    about += [(_("Name where several share a phone"), name) for name in held.names]
    about += entry_lines(held.employee, _) if held.employee is not None else []
    if about:
        yield "\n".join([_("About you:"), *(beside(label, value) for label, value in about)])


def purpose_named(purpose: str, say: Callable[[str], str]) -> str:
    """A purpose as people read it."""
    _ = say
    names = {
        SURVEY: _("surveys of civil servants"),
        ASPIRATION: _("aspirations with contact"),
        BROADCAST: _("announcements"),
        REMINDER: _("reminders of trainings"),
    }
    return names.get(purpose, purpose)


def action_named(action: str, say: Callable[[str], str]) -> str:
    """What was said to it."""
    _ = say
    return {"given": _("agreed"), "refused": _("not agreed"), "withdrawn": _("withdrawn")}.get(action, action)


# ---- SALINAN ----------------------------------------------------------------------------------------


async def copy(visit: Visit, desk: Desk) -> None:
    """A copy is made in a moment and sent here."""
    _ = desk.say(visit)
    number = await _log(visit, desk, "copy", done=False)
    desk.unit.plan(f"{COPY}:{number}", COPY, desk.moment.now, f"{number} {visit.address_id} {language_of(visit, desk)}")
    visit.say(
        Outgoing(
            text=_("We are putting your copy together (JSON and Excel). It comes here in a moment."), keyboard="keep"
        )
    )


# ---- RALAT ------------------------------------------------------------------------------------------


async def correct(visit: Visit, desk: Desk) -> None:
    """Answers that may be changed are put up for that; anything else is noted for the office."""
    _ = desk.say(visit)
    found = await _editable(visit, desk)
    if len(found) == 1:
        await _log(visit, desk, "correct")
        await beginning.begin(visit, found[0], desk)
        return
    _ask_what(visit, desk, tuple(found))


async def _editable(visit: Visit, desk: Desk) -> list[PublishedSurvey]:
    found = []
    for name, survey in sorted(desk.house.surveys.newest().items()):
        chat, now = survey.playbook.survey.chat, desk.moment.now
        if not (chat.editable and chat.once and chat.anonymous == "no") or (chat.closes and now >= chat.closes):
            continue
        if await desk.unit.finished(visit.respondent_id, name) is not None:
            found.append(survey)
    return found


def _ask_what(visit: Visit, desk: Desk, editable: tuple[PublishedSurvey, ...] = ()) -> None:
    _ = desk.say(visit)
    titles = [in_language(one.playbook.title, language_of(visit, desk)) for one in editable]
    lines = [f"{number} {title}" for number, title in enumerate(titles, start=1)]
    lines.append(
        _("What should be corrected? Please write it in a few words; an officer corrects it within 3 x 24 hours.")
    )
    visit.say(Outgoing(text="\n".join(lines), rows=((Button(_("Cancel")),),)))
    names = " ".join(one.playbook.survey.name for one in editable)
    visit.ask_between("privacy_correct", **({"surveys": names} if names else {}))


async def _correction_told(visit: Visit, text: str, desk: Desk) -> Heard:
    _ = desk.say(visit)
    typed, names = normal(text), visit.dialog.get("surveys", "").split()
    if typed in {normal(_("Cancel")), "batal"}:
        visit.say(Outgoing(text=_("All right, nothing is changed.")))
        return "closed"
    if typed.isdigit() and 1 <= int(typed[:4]) <= len(names):
        survey = desk.house.surveys.newest().get(names[int(typed[:4]) - 1])
        if survey is not None:
            await _log(visit, desk, "correct")
            await beginning.begin(visit, survey, desk)
            return "yes"
    words, _kinds = redact(text.strip()[:LONGEST_NOTE])
    await _log(visit, desk, "correct", done=False, note=words)
    done_by = _until(visit, desk)
    visit.say(
        Outgoing(
            text=_("Thank you, your correction is noted. It is done by {date} at the latest.").format(date=done_by)
        )
    )
    return "closed"


def _until(visit: Visit, desk: Desk) -> str:
    due: date = (desk.moment.now + privacy.TIME).date()
    return day(due, desk.say(visit))


# ---- HAPUS ------------------------------------------------------------------------------------------


def ask_delete(visit: Visit, desk: Desk) -> None:
    """What goes, what stays and why; and whether it shall be so."""
    _ = desk.say(visit)
    text = _(
        "Delete everything we hold about you? Answers, aspirations with your contact, files, the address of this chat "
        "and what was said here go at once and cannot be brought back.\n"
        "What stays: proof of what you agreed to (5 years, without your name or address), the office's own list of "
        "employees, and anonymous answers, which bear no link to you. Backups made before are overwritten in turn."
    )
    if visit.kind == "asn":
        text += "\n" + _(
            "Your attendance, learning hours (JP) and certificates go as well: nobody can verify them then."
        )
    visit.say(Outgoing(text=text, rows=((Button(_("Yes, delete everything")),), (Button(_("Cancel")),))))
    visit.ask_between("privacy_delete")
    visit.moved = True


_DELETE = frozenset({"hapus", "hapuskan", "delete"})
_ALL_OF_IT = POLITE | frozenset(
    [
        "ya",
        "iya",
        "yes",
        "hapus",
        "hapuskan",
        "delete",
        "semua",
        "semuanya",
        "data",
        "saya",
        "beta",
        "saja",
        "sekarang",
        "everything",
        "all",
        "of",
        "it",
        "my",
        "now",
    ]
)
_NOT = frozenset({"jangan", "tidak", "tak", "bukan", "batal", "batalkan", "sonde", "not", "dont", "no", "cancel"})


def _says_delete(typed: str) -> bool:
    """Whether that is all it says: a wish that something else be deleted is none."""
    said = set(typed.split())
    return bool(said & _DELETE) and said <= _ALL_OF_IT and not said & _NOT


async def _delete_answered(visit: Visit, text: str, desk: Desk) -> Heard:
    _ = desk.say(visit)
    typed = normal(text)
    if typed in {normal(_("Cancel")), "2"} or _NOT & set(typed.split()) or yes_no(text) is False:
        visit.say(Outgoing(text=_("All right, nothing was deleted.")))
        return "closed"
    if _says_delete(typed) or ((typed == "1" or yes_no(text) is True) and not desk.unseen):
        await delete(visit, desk)
    else:  # what cannot be brought back is not lost to the survey below, nor done by a yes that was meant for it
        ask_delete(visit, desk)
    return "yes"


async def delete(visit: Visit, desk: Desk) -> None:
    """Delete now: in this transaction, after everything else of it was written."""
    _ = desk.say(visit)
    unit, gone, now = desk.unit, visit.respondent_id, desk.moment.now
    visit.settle()
    visit.say(
        Outgoing(
            text=_(
                "Everything we held about you is deleted, the address of this chat included. Thank you. Type START to "
                "begin anew."
            )
        )
    )
    if visit.new:
        return
    await _log(visit, desk, "delete")
    for conversation in visit.conversations:
        conversation.over = True
    visit.respondent_id, visit.new, visit.changed = unit.new_id(), True, True
    visit.kind, visit.language, visit.opted_out = "", "", False
    desk.house.notices.settled.discard(gone)
    address_id, successor = visit.address_id, visit.respondent_id

    async def erase() -> None:
        sessions = await taking_part.sessions_to_come(unit, gone)
        await erasing.erase(unit.transaction, gone, address_id=address_id, successor=successor, now=now)
        await taking_part.freed(unit, sessions, timezone=desk.house.timezone)

    unit.afterwards(erase)


# ---- BERHENTI, MULAI --------------------------------------------------------------------------------


async def stop(visit: Visit, desk: Desk, *, reminders: bool) -> None:
    """No announcement reaches any address of theirs from now on; with ``reminders`` no reminder either."""
    unit = desk.unit
    least = deliveries.REMINDER if reminders else deliveries.BROADCAST
    await privacy.silence(
        unit.transaction, visit.respondent_id, address_id=visit.address_id, least=least, now=desk.moment.now
    )
    if not visit.new:
        await unask(unit.transaction, visit.respondent_id)
    consenting.record(visit, desk, BROADCAST, "withdrawn")
    if reminders:
        consenting.record(visit, desk, REMINDER, "withdrawn")
    await _log(visit, desk, "stop")


async def start(visit: Visit, desk: Desk) -> None:
    """Whoever stopped us wants to hear from us again. Announcements come to those alone who had agreed to them."""
    if not visit.opted_out:
        return
    _ = desk.say(visit)
    await seating.rise(visit, desk)  # what was said in the same breath counts
    said = await privacy.before_stopping(desk.unit.transaction, visit.respondent_id)
    visit.opted_out, visit.changed = False, True
    if said.get(REMINDER, ("", ""))[0] == "withdrawn":
        consenting.record(visit, desk, REMINDER, "given")
    last, before = said.get(BROADCAST, ("", ""))
    if before == "given":
        if last == "withdrawn":  # else somebody who shares the address had stopped us
            consenting.record(visit, desk, BROADCAST, "given")
        words = _("Announcements will reach you again. Type STOP at any time to end them.")
    else:
        words = _("We may write to you again. Announcements come only if you want them: type ANNOUNCEMENTS.")
    await _log(visit, desk, "start")
    visit.say(Outgoing(text=words, keyboard="keep"))


async def _log(visit: Visit, desk: Desk, kind: privacy.Kind, *, done: bool = True, note: str = "") -> int:
    return await privacy.ask(
        desk.unit.transaction,
        desk.unit.vault,
        subject=visit.respondent_id,
        kind=kind,
        channel=visit.address.channel,
        now=desk.moment.now,
        done=done,
        note=note,
    )
