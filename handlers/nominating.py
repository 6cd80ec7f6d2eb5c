"""A superior proposes their own people for a session; each of them is asked and decides.

Rule of the file: who somebody's people are is what the roster says, looked up again when it is carried out.
"""

from __future__ import annotations

import re

from handlers import taking_part
from handlers.desk import Desk, Heard
from handlers.errors import HandlerError
from handlers.visit import Visit
from storage import enrolments, supervising
from storage.supervising import Named
from surveys.messages import Button, Outgoing
from surveys.text.normal import normal
from surveys.text.yes_no import yes_no

PEOPLE = "learn_people"
"""Whom? The dialog."""
DIALOGS = frozenset({PEOPLE})
MOST = 40
"""People in one list."""


def _person(one: Named) -> str:
    if one.respondent_id is not None:
        return enrolments.person_of(one.respondent_id)
    return enrolments.employee_called(one.employee_id)


async def _people(visit: Visit, desk: Desk) -> list[Named]:
    unit = desk.unit
    return (await supervising.people_of(unit.transaction, unit.vault, visit.respondent_id))[:MOST]


async def ask(visit: Visit, key: str, desk: Desk) -> None:
    """Whom do you propose? Raises StorageError."""
    _ = desk.say(visit)
    unit = desk.unit
    all_of_it = await enrolments.of_session(unit.transaction, unit.vault, key)
    there = {one.person for one in all_of_it if one.state != "cancelled"}
    lines = [
        f"{number} {one.name}" + (" ✓" if _person(one) in there else "")
        for number, one in enumerate(await _people(visit, desk), start=1)
    ]
    text = _("Whom do you propose? Type the numbers, such as 1 3. They are asked and decide themselves.")
    visit.say(Outgoing(text="\n".join([text, *lines]), rows=((Button(_("No need")),),), placeholder="1 3"))
    visit.ask_between(PEOPLE, key=key)


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more. Raises StorageError."""
    await ask(visit, visit.dialog["key"], desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to that. Raises StorageError."""
    _ = desk.say(visit)
    if normal(text) == normal(_("No need")) or yes_no(text) is False:
        visit.say(Outgoing(text=_("All right.")))
        return "closed"
    if not re.fullmatch(r"[\d\s,.;&+dan]{1,200}", text.strip().lower()) or not re.search(r"\d", text):
        return "no"
    people = await _people(visit, desk)
    numbers = sorted({int(one) for one in re.findall(r"\d{1,3}", text)})
    if any(not 1 <= number <= len(people) for number in numbers):
        words = _("Please type numbers from 1 to {last}.").format(last=len(people))
        visit.say(Outgoing(text=words, keyboard="keep"))
        return "yes"
    chosen = [people[number - 1] for number in numbers]
    asked: list[Named] = []
    there: list[Named] = []
    for one in chosen:
        try:
            place = await taking_part.invite(
                desk.unit, visit.dialog["key"], _person(one), timezone=desk.house.timezone, by="supervisor", say=_
            )
        except HandlerError as refused:
            visit.say(Outgoing(text=str(refused), keyboard="keep"))
            return "closed"
        (asked if place.changed else there).append(one)
    told = (
        (_("✅ Proposed, and asked now: {names}"), [one for one in asked if one.respondent_id is not None]),
        (_("✅ Proposed, and asked once they confirm here who they are: {names}"),
         [one for one in asked if one.respondent_id is None]),
        (_("Take part or were asked already: {names}"), there),
    )  # fmt: skip
    lines = [words.format(names=", ".join(one.name for one in some)) for words, some in told if some]
    visit.say(Outgoing(text="\n".join(lines)))
    return "closed"
