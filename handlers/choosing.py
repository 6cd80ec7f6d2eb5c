"""Which survey, and how one that was put aside goes on.

Rule of the file: only what is open to the visitor is shown.
"""

from __future__ import annotations

from datetime import timedelta

from handlers import conversing
from handlers.desk import Desk, language_of
from handlers.visit import Conversation, PublishedSurvey, Visit
from surveys.messages import Button, Outgoing, Text
from surveys.speaking import day, shorten
from surveys.survey import in_language
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

BUTTON = 20
"""Longest label of a button, in characters."""
REMINDER_HOUR = 9


def open_surveys(visit: Visit, desk: Desk) -> tuple[PublishedSurvey, ...]:
    """What the visitor may begin now."""
    now = desk.moment.now
    found = []
    for survey in desk.house.surveys.newest().values():
        chat = survey.playbook.survey.chat
        if survey.closed or chat.audience not in {"all", visit.kind}:
            continue
        if (chat.opens is not None and now < chat.opens) or (chat.closes is not None and now >= chat.closes):
            continue
        found.append(survey)
    return tuple(sorted(found, key=lambda survey: survey.playbook.survey.name))


def show_menu(visit: Visit, desk: Desk, first: str = "") -> None:
    """What is open to the visitor, to choose from."""
    _ = desk.say(visit)
    surveys = open_surveys(visit, desk)
    if not surveys:
        visit.say(Outgoing(text=first or _("Nothing is open at the moment. We will be glad if you look in again.")))
        visit.settle()
        return
    titles = [in_language(survey.playbook.title, language_of(visit, desk)) for survey in surveys]
    lines = [
        first,
        _("What would you like to do?"),
        *(f"{number} {title}" for number, title in enumerate(titles, start=1)),
    ]
    rows = tuple((Button(shorten(title, BUTTON)),) for title in titles)
    visit.say(Outgoing(text="\n".join(line for line in lines if line), rows=rows, placeholder=f"1–{len(titles)}"))
    visit.ask("menu", surveys=" ".join(survey.playbook.survey.name for survey in surveys))


async def menu_chosen(visit: Visit, text: str, desk: Desk) -> bool:
    """Begin what was chosen from the menu; False if ``text`` names nothing of it."""
    names = visit.dialog.get("surveys", "").split()
    newest = desk.house.surveys.newest()
    typed = normal(text)
    chosen = names[int(typed) - 1] if typed.isdigit() and len(typed) < 3 and 1 <= int(typed) <= len(names) else ""
    for name in names if not chosen else ():
        survey = newest.get(name)
        title = in_language(survey.playbook.title, language_of(visit, desk)) if survey else name
        if typed in {normal(title), normal(shorten(title, BUTTON)), normal(name)}:
            chosen = name
    visit.settle()
    if chosen in newest:
        await conversing.begin(visit, newest[chosen], desk)
        return True
    return False


async def answered_aside(visit: Visit, conversation: Conversation, desk: Desk) -> bool:
    """The buttons under "put aside": go on, remind me tomorrow, stop all messages. False if it is none of them."""
    reply = desk.incoming.reply
    if not isinstance(reply, Text):
        return False
    _ = desk.say(visit)
    typed = normal(reply.text)
    if typed in {normal(_("Go on")), "lanjut", "lanjutkan", "terus", "lanju"} or yes_no(reply.text) is True:
        await conversing.take_up(visit, conversation, desk)
        return True
    if typed in {normal(_("Remind me tomorrow")), "ingatkan besok"}:
        due = (desk.moment.now + timedelta(days=1)).replace(hour=REMINDER_HOUR, minute=0, second=0, microsecond=0)
        desk.unit.plan(f"session:{conversation.id}:tomorrow", "session_reminder", due, str(conversation.id))
        visit.say(Outgoing(text=_("All right, we will write to you on {date}.").format(date=day(due, _))))
        return True
    return False
