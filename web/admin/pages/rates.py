"""Response rate: how many of each unit took part in a survey; for a role that may, also who has not.

Rules of the file: counts are shown as ``handlers.rates`` gives them. Names are asked for by a form alone, with a
reason, since that is written down.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import anyio
from starlette.responses import Response

from handlers.rates import rates
from reports.base import Batch, ReportError, Row, Sheet
from reports.render.xlsx import writing
from reports.response_rate import ResponseRate, sheet
from reports.versions import published
from surveys.survey import Survey, in_language
from web.admin.call import Action, Call, View, later, refusing
from web.problems import SaidWhy

TITLE = later("Response rate")
PLACE = 32

MOST_NAMES = 500
"""Rows of one page. Who needs more chooses a unit."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def choose(call: Call) -> Response:
    """The surveys that employees may answer, to choose one."""
    surveys = await _surveys(call)
    return call.page("rates.html", surveys=[(name, _title(one, call)) for name, one in surveys.items()])


async def show(call: Call) -> Response:
    """One survey by unit."""
    return await _shown(call, call.request.path_params["name"])


async def name(call: Call) -> Response:
    """The same with every count, and who has not taken part; that it was asked for, and why, is written down."""
    return await _shown(call, call.text("survey"), unit=call.text("unit"), reason=call.text("reason"))


async def download(call: Call) -> Response:
    """The figures as a workbook, without names."""
    survey = await _survey(call, call.request.path_params["name"])
    try:
        found = await _read(call, survey.name)
        figures, rows = sheet(found, say=call.say)
        content = await anyio.to_thread.run_sync(partial(_workbook, figures, rows))
    except ReportError as error:
        raise SaidWhy(409, str(error)) from None
    headers = {"Content-Disposition": f'attachment; filename="tingkat-{survey.name}.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=WORKBOOK, headers=headers)


def _workbook(figures: Sheet, rows: Sequence[Row]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rate.xlsx"
        with writing(path, [figures], written=[]) as workbook:
            workbook.write(Batch(0, rows))
        return path.read_bytes()


async def _shown(call: Call, survey_name: str, *, unit: str = "", reason: str | None = None) -> Response:
    survey = await _survey(call, survey_name)
    found, trouble = None, ""
    try:
        found = await _read(call, survey.name, unit=unit, reason=reason)
    except ReportError as error:
        trouble = str(error)
    return call.page(
        "rate.html",
        status=409 if trouble else 200,
        survey=survey.name,
        title=_title(survey, call),
        anonymous=survey.chat.anonymous != "no",
        found=found,
        trouble=trouble,
        named=reason is not None,
        absent=found.absent[:MOST_NAMES] if found else (),
        more=max(len(found.absent) - MOST_NAMES, 0) if found else 0,
    )


async def _read(call: Call, survey: str, *, unit: str = "", reason: str | None = None) -> ResponseRate:
    house, now = call.house, call.site.clock()
    with refusing(call):
        async with house.database.read() if reason is None else house.database.write() as transaction:
            return await rates(
                transaction, house.vault, call.actor, survey, now=now, unit=unit, reason=reason, say=call.say
            )


async def _survey(call: Call, name: str) -> Survey:
    found = (await _surveys(call)).get(name)
    if found is None:
        raise SaidWhy(404, call.say("There is no such thing."))
    return found


async def _surveys(call: Call) -> dict[str, Survey]:
    """The newest version of each survey that employees may answer."""
    async with call.house.database.read() as transaction:
        versions = await published(transaction)
    newest = {one.survey.name: one.survey for one in versions}
    return {name: one for name, one in newest.items() if one.chat.audience in {"all", "asn"}}


def _title(survey: Survey, call: Call) -> str:
    return in_language(survey.title, call.language) or survey.name


VIEWS = (
    View("", "rates.see", choose),
    View("/{name}", "rates.see", show),
    View("/{name}/tingkat.xlsx", "rates.see", download),
)
ACTIONS = (Action("/names", "rates.name", name),)
