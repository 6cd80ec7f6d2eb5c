"""TES, UMPAN BALIK, EVALUASI: what may be answered about trainings is begun, or asked for where there are several.

Rule of the file: one question, and what stood before stands again where its answer is something else.
"""

from __future__ import annotations

from handlers import conversing, evaluating
from handlers.desk import Desk, Heard
from handlers.open_evaluations import Open, open_to
from handlers.visit import Visit
from surveys.messages import Button, Outgoing
from surveys.speaking import shorten
from surveys.text.normal import normal

WHICH = "evaluate"
"""The question which of several, as a dialog."""
DIALOGS = frozenset({WHICH})
_BUTTON = 20


async def show(visit: Visit, desk: Desk) -> None:
    """Begin what is open, or ask which. Raises StorageError."""
    _ = desk.say(visit)
    found = await open_to(visit, desk)
    if not found:
        words = _("Nothing about a training is to be answered at the moment.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        await conversing.return_to_current(visit, desk)
    elif len(found) == 1:
        await evaluating.begin(visit, found[0].one, desk)
    else:
        _ask(visit, desk, found)


def _ask(visit: Visit, desk: Desk, found: list[Open]) -> None:
    _ = desk.say(visit)
    lines = [f"{number} {one.title}" for number, one in enumerate(found, start=1)]
    rows = tuple((Button(shorten(line, _BUTTON)),) for line in lines)
    visit.say(Outgoing(text="\n".join([_("Which one would you like to answer?"), *lines]), rows=rows))
    visit.ask_between(WHICH)


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more. Raises StorageError."""
    await show(visit, desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to that. Raises StorageError."""
    found = await open_to(visit, desk)
    typed = normal(text)
    chosen = next(
        (
            one
            for number, one in enumerate(found, start=1)
            if typed in {str(number), normal(one.title), normal(shorten(f"{number} {one.title}", _BUTTON))}
        ),
        None,
    )
    if chosen is None:
        return "no"
    await evaluating.begin(visit, chosen.one, desk)
    return "yes"
