"""Aspirations with their numbers: what was said, where it stands, and what comes next.

Rule of the file: who sent it is not shown; who is told of a change is told by the bot.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import anyio
import orjson
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from handlers import moderating
from handlers.ticket_status import say_state
from storage import media
from storage import surveys as stored
from storage.aspirations import PLACE as KELURAHAN
from storage.aspirations import Said, Whole
from storage.database import Transaction
from storage.media import Kept
from storage.unit_of_work import UnitOfWork
from surveys import notation
from surveys.speaking import day as day_in_words
from surveys.survey import Choice, Question, Survey, in_language
from web.admin.call import Action, Call, View, later, refusing
from web.forms import number_of

TITLE = later("Aspirations")
PLACE = 40
AT_ONCE = 50
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
"""What a browser shows without running anything."""
SAID = {
    "told": later("Noted. The person is told by the bot."),
    "noted": later("Noted. Nobody is told: no contact is kept, or they did not want to hear of it."),
}


async def show(call: Call) -> Response:
    """The list, the newest first."""
    house = call.house
    state = call.asked("state")
    page = number_of(call.asked("page"))
    async with house.database.read() as transaction:
        unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
        with refusing(call):
            found = await moderating.listed(
                unit, call.actor, house.serves(), state=state, most=AT_ONCE + 1, skip=page * AT_ONCE
            )
        forms = await _newest(transaction, {one.survey_name for one in found})
    return call.page(
        "aspirations.html",
        rows=[
            (
                one,
                _title(forms, one.survey_name, call),
                say_state(one.state, call.say),
                day_in_words(one.opened_on, call.say),
                _place(forms.get(one.survey_name), one.kelurahan, call),
            )
            for one in found[:AT_ONCE]
        ],
        states=[(name, say_state(name, call.say)) for name in ("new", *moderating.STATES)],
        state=state,
        number=page,
        more=len(found) > AT_ONCE,
    )


async def one(call: Call) -> Response:
    """One of them, whole."""
    house = call.house
    async with house.database.read() as transaction:
        unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
        with refusing(call):
            whole = await moderating.shown(unit, call.actor, house.serves(), call.request.path_params["number"])
        newest = await _newest(transaction, {whole.aspiration.survey_name})
        forms = await stored.notations(transaction, [whole.survey_id]) if whole.survey_id else {}
        files = await media.kept(transaction, [name for said in whole.said for name in said.files])
    said = SAID.get(call.asked("said"), "")
    return call.page(
        "aspiration.html",
        notice=call.say(said) if said else "",
        one=whole.aspiration,
        state=say_state(whole.aspiration.state, call.say),
        answers=_answers(whole, forms.get(whole.survey_id), files, call),
        history=[(say_state(step.state, call.say), step.note, step.at) for step in whole.history],
        states=[(name, say_state(name, call.say)) for name in moderating.STATES],
        longest=moderating.LONGEST_NOTE,
        title=_title(newest, whole.aspiration.survey_name, call),
        opened_on=day_in_words(whole.aspiration.opened_on, call.say),
    )


async def sent(call: Call) -> Response:
    """A file that was sent with one: a picture on the page, anything else to be saved."""
    house, number, name = call.house, call.request.path_params["number"], call.request.path_params["name"]
    async with house.database.read() as transaction:
        unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
        with refusing(call):
            file = await moderating.file_of(unit, call.actor, house.serves(), number, name)
    path = None if house.media is None else house.media / file.path
    if path is None or not await anyio.Path(path).is_file():
        raise HTTPException(404)
    return FileResponse(
        path,
        media_type=file.mime if file.mime in SHOWN else "application/octet-stream",
        filename=f"{number}{path.suffix}",
        content_disposition_type="inline" if file.mime in SHOWN else "attachment",
        headers={"Cache-Control": "private, no-store"},
    )


async def _newest(transaction: Transaction, names: Collection[str]) -> dict[str, Survey]:
    """Survey name to its newest version."""
    newest = {version.name: version.id for version in await stored.listed(transaction) if version.name in names}
    forms = await stored.notations(transaction, list(newest.values()))
    return {name: notation.load(orjson.loads(forms[number])) for name, number in newest.items()}


def _title(forms: Mapping[str, Survey], name: str, call: Call) -> str:
    return in_language(forms[name].title, call.language) or name if name in forms else ""


def _place(form: Survey | None, value: str, call: Call) -> str:
    """The kelurahan as the form calls it."""
    if form is None:
        return value
    asked = next((question for question in form.questions() if question.name == KELURAHAN), None)
    return value if asked is None else _spoken(asked, _choices(form, asked), value, call)


def _choices(survey: Survey, question: Question) -> tuple[Choice, ...]:
    return question.choices or survey.tables.get(question.list_name, ())


async def change(call: Call) -> Response:
    """It stands elsewhere now."""
    house, number = call.house, call.text("number")
    with refusing(call):
        async with house.database.write() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            told = await moderating.change(
                unit,
                call.actor,
                house.serves(),
                number,
                state=call.text("state"),
                note=call.text("note"),
                say=call.say,
                speaks=call.site.say,
            )
    return call.to(f"aspirations/{number}?said={'told' if told else 'noted'}")


def _answers(
    whole: Whole, form: bytes | None, files: Mapping[str, Kept], call: Call
) -> list[tuple[str, str, list[Kept]]]:
    """(question, what was said, what was sent), in the order of the form."""
    _ = call.say
    if form is None:
        return []
    given: dict[str, list[Said]] = {}
    for one in whole.said:
        given.setdefault(one.question.partition("[")[0], []).append(one)
    rows = []
    survey = notation.load(orjson.loads(form))
    for question in survey.questions():
        all_said = given.get(question.name, [])
        for said in all_said:  # one for each repetition
            if not (said.value or said.other or said.files or said.sealed):
                continue
            label = in_language(question.label, call.language) or question.name
            repetition = said.question.partition("[")[2].rstrip("]")
            number = f" {repetition}" if repetition and len(all_said) > 1 else ""
            here = [] if said.sealed else [files[name] for name in said.files if name in files]
            rows.append((label + number, _words(survey, question, said, len(here), call), here))
    return rows


def _words(survey: Survey, question: Question, said: Said, here: int, call: Call) -> str:
    """``here``: how many of its files are here, to be seen beside it."""
    _ = call.say
    if said.sealed:
        words = _("(given; not shown here)")
    elif said.files:
        words = ""  # its value is but the number of the file
    else:
        words = _spoken(question, _choices(survey, question), said.value, call)
    missing = 0 if said.sealed else len(said.files) - here
    parts = [words, said.other, _("files not here: {number}").format(number=missing) if missing else ""]
    return " · ".join(part for part in parts if part)


def _spoken(question: Question, choices: tuple[Choice, ...], value: str, call: Call) -> str:
    labels = {choice.name: in_language(choice.label, call.language) or choice.name for choice in choices}
    if not labels:
        return value
    names = value.split() if question.type in {"select_multiple", "rank"} else [value]
    return ", ".join(labels.get(name, name) for name in names)


VIEWS = (
    View("", "aspirations.see", show),
    View("/{number}", "aspirations.see", one),
    View("/{number}/{name}", "aspirations.see", sent),
)
ACTIONS = (Action("/change", "aspirations.change", change),)
