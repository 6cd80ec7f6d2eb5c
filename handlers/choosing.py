"""Which survey, and how one that was put aside goes on.

Rule of the file: only what is open to the visitor is shown.
"""

from __future__ import annotations

from handlers import beginning, conversing, snoozing
from handlers.desk import Desk, current, language_of
from handlers.knowing import TRAINING
from handlers.visit import Conversation, PublishedSurvey, Visit
from surveys.messages import Button, Outgoing, Text
from surveys.speaking import day, shorten
from surveys.survey import in_language
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

BUTTON = 20
"""Longest label of a button, in characters."""
LEAST = 4
"""Letters of a title by which it is known."""


def open_surveys(visit: Visit, desk: Desk) -> tuple[PublishedSurvey, ...]:
    """What the visitor may begin now."""
    now = desk.moment.now
    found = []
    for survey in desk.house.surveys.newest().values():
        chat = survey.playbook.survey.chat
        if survey.closed or chat.occasion or chat.audience not in {"all", visit.kind}:
            continue
        if (chat.opens is not None and now < chat.opens) or (chat.closes is not None and now >= chat.closes):
            continue
        found.append(survey)
    return tuple(sorted(found, key=lambda survey: survey.playbook.survey.name))


def show_menu(visit: Visit, desk: Desk, first: str = "") -> None:
    """What is open to the visitor, to choose from; civil servants are told where trainings are."""
    _ = desk.say(visit)
    trainings = _("Type TRAININGS to see what you can learn.") if visit.kind == "asn" else ""
    surveys = open_surveys(visit, desk)
    if not surveys:
        nothing = _("Nothing is open at the moment. We will be glad if you look in again.")
        visit.say(Outgoing(text="\n".join(line for line in (first, nothing, trainings) if line)))
        visit.settle()
        return
    titles = [in_language(survey.playbook.title, language_of(visit, desk)) for survey in surveys]
    lines = [
        first,
        _("What would you like to do?"),
        *(f"{number} {title}" for number, title in enumerate(titles, start=1)),
        trainings,
    ]
    rows = tuple((Button(label),) for label in _labels(titles))
    visit.say(Outgoing(text="\n".join(line for line in lines if line), rows=rows, placeholder=f"1–{len(titles)}"))
    visit.ask("menu", surveys=" ".join(survey.playbook.survey.name for survey in surveys))


def _labels(titles: list[str]) -> list[str]:
    """What stands on the buttons: the titles in short, with their numbers where two would read alike."""
    short = [shorten(title, BUTTON) for title in titles]
    if len({label.casefold() for label in short}) == len(short):
        return short
    return [shorten(f"{number} {title}", BUTTON) for number, title in enumerate(titles, start=1)]


async def menu_chosen(visit: Visit, text: str, desk: Desk) -> bool:
    """Begin what was chosen from the menu; False if ``text`` names nothing of it and may be for somebody else."""
    names = visit.dialog.get("surveys", "").split()
    newest = desk.house.surveys.newest()
    chosen = _named(text, names, visit, desk)
    if chosen in newest:
        visit.settle()
        await beginning.begin(visit, newest[chosen], desk)
        return True
    if current(visit) is None and normal(text).isdigit():
        _ = desk.say(visit)
        show_menu(visit, desk, first=_("Please choose a number from 1 to {last}.").format(last=len(names)))
        return True
    visit.settle()
    return False


def _named(text: str, names: list[str], visit: Visit, desk: Desk) -> str:
    """The survey that ``text`` names: its number, its button, its title, or the beginning of just one title."""
    typed = normal(text)
    if typed.isdigit():
        return names[int(typed) - 1] if len(typed) < 3 and 1 <= int(typed) <= len(names) else ""
    newest = desk.house.surveys.newest()
    titles = [
        in_language(newest[name].playbook.title, language_of(visit, desk)) if name in newest else name for name in names
    ]
    for name, title, label in zip(names, titles, _labels(titles), strict=True):
        if typed in {normal(title), normal(label), normal(name)}:
            return name
    begun = [name for name, title in zip(names, titles, strict=True) if normal(title).startswith(typed)]
    return begun[0] if len(begun) == 1 and len(typed) >= LEAST else ""


def title_of(visit: Visit, conversation: Conversation, desk: Desk) -> str:
    """The title of the survey in the visitor's language, with the training it is about."""
    title = in_language(conversation.survey.playbook.title, language_of(visit, desk))
    training = conversation.session.facts.get(TRAINING)
    return f"{title}: {training}" if training else title


def ask_to_go_on(visit: Visit, conversation: Conversation, desk: Desk, *, first: str = "") -> None:
    """Something was sent while a survey is put aside: shall it go on?"""
    _ = desk.say(visit)
    waits = _("“{title}” is still waiting. Would you like to go on?").format(title=title_of(visit, conversation, desk))
    visit.say(
        Outgoing(
            text=f"{first}\n{waits}" if first else waits, rows=((Button(_("Go on")), Button(_("Menu"))),), tag="aside"
        )
    )


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
    if yes_no(reply.text) is False:
        show_menu(visit, desk)
        return True
    if typed in {normal(_("Remind me tomorrow")), "ingatkan besok"}:
        when = snoozing.tomorrow(visit, conversation, desk)
        text = _("All right, we will write to you on {date}.").format(date=day(when, _)) if when else None
        visit.say(Outgoing(text=text or _("It will be closed by then. You can go on until it is.")))
        return True
    return False
