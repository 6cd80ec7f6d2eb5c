"""Surveys: which are published, and a form from Excel that is looked at, published, or told what is wrong with it.

Rule of the file: nothing is published that was not shown before; between the two the file waits under a random name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from starlette.responses import Response

from handlers import administering, publishing
from handlers.errors import Conflict
from reports.versions import published
from storage.errors import Duplicate
from surveys.errors import SurveyError
from surveys.papers import without_key
from surveys.survey import Survey, in_language
from surveys.xlsform import write_xlsx
from web import uploads
from web.admin.call import Action, Call, View, later, refusing
from web.admin.counting import shown
from web.admin.faults import told
from web.problems import SaidWhy

TITLE = later("Surveys")
PLACE = 30

KINDS = (".xlsx", ".md", ".csv")
_NAME = re.compile(r"[^\w-]+")
SAID = {
    "published": later("The survey is published: people can answer it from now on."),
    "closed": later("The survey is closed. Those who are in the middle may finish."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One survey of the list."""

    name: str
    title: str
    version: int
    closed: bool
    complete: str
    answering: str
    day: str


async def show(call: Call) -> Response:
    """The newest version of each."""
    rows = await _rows(call)
    said = SAID.get(call.asked("said"), "")
    return call.page("surveys.html", rows=rows, notice=call.say(said) if said else "")


async def one(call: Call) -> Response:
    """One survey, to be closed."""
    row = next((row for row in await _rows(call) if row.name == call.request.path_params["name"]), None)
    if row is None:
        raise SaidWhy(404, call.say("There is no such thing."))
    return call.page("survey.html", row=row)


async def download(call: Call) -> Response:
    """The newest version as a workbook."""
    async with call.house.database.read() as transaction:
        found = await published(transaction, call.request.path_params["name"])
    if not found:
        raise SaidWhy(404, call.say("There is no such thing."))
    survey = found[-1].survey if call.may("tests.see") else without_key(found[-1].survey)
    headers = {"Content-Disposition": f'attachment; filename="{survey.name}.xlsx"', "Cache-Control": "no-store"}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(write_xlsx(survey, say=call.say), media_type=kind, headers=headers)


async def check(call: Call) -> Response:
    """Look at a form: what is wrong with it, or what publishing would do."""
    _ = call.say
    file = call.file("form")
    suffix = PurePath(file.filename or "").suffix.lower() if file is not None else ""
    if file is None or suffix not in KINDS:
        words = _("Please choose a form: a file whose name ends in .xlsx, .md or .csv.")
        return call.page("surveys.html", status=422, rows=await _rows(call), notice=words)
    content = await file.read()
    name = _NAME.sub("_", PurePath(file.filename or "").stem)[:60]
    survey, problems = call.house.forms(content, suffix, name, _)
    errors = [one for one in problems if one.level == "error"]
    if survey is None or errors:
        return call.page("problems.html", status=422, file=file.filename, problems=told(problems, call), kept=None)
    await file.seek(0)
    reference, _size = await uploads.keep(file, call.house.uploads)
    planned = await _planned(call, survey)
    return call.page(
        "problems.html",
        file=file.filename,
        problems=told(problems, call),
        kept=(reference, suffix, name),
        planned=publishing.told(planned, say=_, language=call.language),
        nothing=planned.unchanged and not planned.closed,
    )


async def publish(call: Call) -> Response:
    """What was looked at is published."""
    _ = call.say
    house = call.house
    try:
        content = b"".join([piece async for piece in uploads.pieces(call.text("reference"), house.uploads)])
    except FileNotFoundError:
        raise SaidWhy(409, _("The form was looked at too long ago. Please choose the file again.")) from None
    suffix = call.text("kind")
    if suffix not in KINDS:
        raise SaidWhy(409, _("The form was looked at too long ago. Please choose the file again."))
    survey, problems = house.forms(content, suffix, _NAME.sub("_", call.text("name"))[:60], _)
    if survey is None or any(one.level == "error" for one in problems):
        raise SaidWhy(409, _("The form was looked at too long ago. Please choose the file again."))
    planned = await _planned(call, survey)
    try:
        with refusing(call):
            async with house.database.write() as transaction:
                await administering.publish(
                    transaction,
                    house.vault,
                    call.actor,
                    planned,
                    source=(content, suffix),
                    now=call.site.clock(),
                    say=_,
                )
    except Duplicate:
        words = _("Somebody else published this survey just now. Look at the changes and publish again.")
        raise SaidWhy(409, words) from None
    await uploads.drop(call.text("reference"), house.uploads)
    return call.to("surveys?said=published")


async def close(call: Call) -> Response:
    """Nobody can begin it any more."""
    name, house = call.text("name"), call.house
    with refusing(call):
        async with house.database.write() as transaction:
            if not name or not await published(transaction, name):
                raise Conflict(call.say("There is no such thing."))
            await administering.close(transaction, house.vault, call.actor, name, now=call.site.clock())
    return call.to("surveys?said=closed")


async def _planned(call: Call, survey: Survey) -> publishing.Plan:
    try:
        async with call.house.database.read() as transaction:
            return await publishing.plan(transaction, survey)
    except SurveyError as error:
        raise SaidWhy(409, call.say(str(error))) from None


async def _rows(call: Call) -> list[Row]:
    async with call.house.database.read() as transaction:
        versions = await published(transaction)
    complete: dict[str, int] = {}
    answering: dict[str, int] = {}
    for version in versions:
        name = version.survey.name
        complete[name] = complete.get(name, 0) + version.complete
        answering[name] = answering.get(name, 0) + version.answering
    newest = {version.survey.name: version for version in versions}
    return [
        Row(
            name=name,
            title=in_language(version.survey.title, call.language) or name,
            version=version.survey.version,
            closed=version.closed,
            complete=shown(complete[name], call),
            answering=shown(answering[name], call),
            day=f"{version.published_at.astimezone(call.site.timezone):%Y-%m-%d}",
        )
        for name, version in newest.items()
    ]


VIEWS = (
    View("", "surveys.see", show),
    View("/{name}", "surveys.close", one),
    View("/{name}/form.xlsx", "surveys.see", download),
)
ACTIONS = (
    Action("/check", "surveys.publish", check),
    Action("/publish", "surveys.publish", publish),
    Action("/close", "surveys.close", close),
)
