"""What is held about somebody, in words that they can read, block by block.

Rule of the file: for the person alone; nothing is left out but what is anonymous.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from handlers.consenting import ASPIRATION, BROADCAST, REMINDER, SURVEY
from handlers.desk import Desk, language_of
from handlers.reading_back import entry_lines, read_back
from handlers.visit import Visit
from outreach import enrolment
from outreach import tasks as task_rules
from outreach.learning_hours import shown_jp
from outreach.wording import days_in_words
from storage.dossier import Dossier
from surveys.engine import load_session
from surveys.speaking import beside, day
from surveys.survey import in_language


async def blocks(visit: Visit, desk: Desk, held: Dossier) -> AsyncIterator[str]:
    """Each survey, task, aspiration, training and agreement; then who they are."""
    _ = desk.say(visit)
    language = language_of(visit, desk)
    surveys = desk.house.surveys
    names = {one.id: one.name for one in held.files}
    wanted = {one.survey_id for one in held.responses} | {one.survey_id for one, _state in held.sessions}
    await surveys.ensure(desk.unit.transaction, wanted)
    for response in held.responses:
        playbook = surveys.by_id(response.survey_id).playbook
        moment = response.completed_at or response.started_at
        when = day(moment.astimezone(desk.house.timezone), _) if moment else ""
        head = " · ".join(part for part in (in_language(playbook.title, language), when, response.ticket) if part)
        marks = [_("(not sent)")] if response.state != "complete" else []
        marks += [_("(confidential)")] if response.confidential else []
        lines = [beside(label, shown) for label, shown in read_back(playbook, response.answers, language, _, names)]
        yield "\n".join([" ".join([head, *marks]), *lines])
    for one, state in held.sessions:
        if one.response_id is not None:
            continue  # its answers stand with the response
        playbook = surveys.by_id(one.survey_id).playbook
        answers = load_session(state).answers
        lines = [beside(label, shown) for label, shown in read_back(playbook, answers, language, _, names)]
        yield "\n".join([f"{in_language(playbook.title, language)} {_('(not sent)')}", *lines])
    states = task_rules.state_names(_)
    for task in held.tasks:
        words = [given.words for given in task.submissions if given.words]
        remarks = [_("Remark: {words}").format(words=one.remark) for one in task.remarks if one.remark]
        words += [names[one] for given in task.submissions for one in given.files if one in names]
        yield "\n".join([f"{task.task.title}: {states[task.assignment.state]}", *words, *remarks])
    for ticket in held.tickets:
        steps = [
            f"{when.astimezone(desk.house.timezone):%Y-%m-%d}: {state} {note}" for when, state, note in ticket.history
        ]
        yield "\n".join([_("Aspiration {number}").format(number=ticket.number), *steps])
    if held.enrolments:
        came = enrolment.state_names(_)
        lines = [
            beside(
                f"{one.training.title}, {days_in_words(one.session.days, _)}",
                " · ".join(word for word in (came[one.enrolment.state], one.enrolment.reason) if word),
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
