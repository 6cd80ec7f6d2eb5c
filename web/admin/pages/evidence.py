"""Evidence sheets: of one session the chain from the need to what it changed, on the page and as files.

Rule of the file: figures are shown as ``handlers.evidencing`` gives them. Every count is asked for by a form alone,
with a reason, since that is written down; files hold no more than the page.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

import anyio
from starlette.responses import Response

from handlers.evidencing import sheet
from handlers.permissions import require
from insights.figures import Figure
from outreach.training_words import hours_number
from outreach.wording import days_in_words
from reports import _evidence_document as document
from reports import _evidence_words as words
from reports.base import Batch
from reports.evidence import Sheet
from reports.render import xlsx
from storage import trainings
from web.admin.call import Action, Call, View, later, refusing
from web.admin.pages._projector import key_of, known
from web.problems import SaidWhy

TITLE = later("Evidence sheets")
PLACE = 30
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BEFORE = timedelta(days=2 * 365)
"""Sessions that ended so long ago are on the list yet."""


async def choose(call: Call) -> Response:
    """The sessions that have begun, the latest first."""
    today = call.site.clock().astimezone(call.site.timezone).date()
    with refusing(call):
        require(call.actor, "evidence.see")
    async with call.house.database.read() as transaction:
        found = await trainings.sessions(transaction, since=today - _BEFORE, until=today + timedelta(days=1))
    rows = [
        (one.session.key, one.training.title, days_in_words(one.session.days, call.say))
        for one in reversed(found)
        if not one.session.cancelled
    ]
    return call.page("evidences.html", rows=rows)


async def show(call: Call) -> Response:
    """One sheet, without what would tell of few people."""
    return await _shown(call, key_of(call))


async def name(call: Call) -> Response:
    """The same with every count; that it was asked for, and why, is written down."""
    return await _shown(call, known(call, call.text("session")), reason=call.text("reason"))


async def workbook(call: Call) -> Response:
    """The sheet as a workbook."""
    found = await _read(call, key_of(call))
    content = await anyio.to_thread.run_sync(partial(_workbook, found, call))
    return _file(content, WORKBOOK, f"bukti-{found.offered.session.key}.xlsx")


async def data(call: Call) -> Response:
    """The sheet for other programs."""
    found, site = await _read(call, key_of(call)), call.site
    content = document.as_json(found, office=site.office, now=site.clock(), timezone=site.timezone)
    return _file(content, "application/json", f"bukti-{found.offered.session.key}.json")


def _file(content: bytes, kind: str, called: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{called}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def _workbook(found: Sheet, call: Call) -> bytes:
    site = call.site
    made = document.tables(found, office=site.office, now=site.clock(), timezone=site.timezone, say=call.say)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.xlsx"
        with xlsx.writing(path, [table for table, _rows in made], written=[], say=call.say) as book:
            for number, (_table, rows) in enumerate(made):
                book.write(Batch(number, rows))
        return path.read_bytes()


async def _shown(call: Call, key: str, *, reason: str | None = None) -> Response:
    _ = call.say
    found = await _read(call, key, reason)
    session, names = found.offered.session, words.section_names(_)
    index = found.evidence.index[-1]
    return call.page(
        "evidence.html",
        one=found.offered,
        when=days_in_words(session.days, _),
        jp=hours_number(found.offered.training.jp),
        competences=[found.called.get(one, one) for one in found.offered.training.competences],
        task=found.task,
        more_tasks=len(found.others),
        named=found.names,
        index=words.shown(index, _) or _("not shown"),
        index_shown=index.shown,
        lacking=[names[part] for part in found.evidence.missing],
        sections=[
            (title, [_row(figure, found, call) for figure in getattr(found.evidence, section)])
            for section, title in names.items()
        ],
    )


def _row(figure: Figure, found: Sheet, call: Call) -> tuple[str, str, int | None, str, str]:
    _ = call.say
    return (
        words.name(figure.key, _, found.called),
        words.shown(figure, _),
        figure.n,
        words.formula(figure, _),
        words.why(figure, _),
    )


async def _read(call: Call, key: str, reason: str | None = None) -> Sheet:
    house, named = call.house, reason is not None
    with refusing(call):
        async with house.database.write() if named else house.database.read() as transaction:
            if await trainings.session_of(transaction, key) is None:
                raise SaidWhy(404, call.say("There is no such session of a training."))
            return await sheet(
                transaction,
                house.vault,
                call.actor,
                key,
                now=call.site.clock(),
                names=named,
                reason=reason,
                language=call.language,
                say=call.say,
            )


VIEWS = (
    View("", "evidence.see", choose),
    View("/{session}", "evidence.see", show),
    View("/{session}/bukti.xlsx", "evidence.see", workbook),
    View("/{session}/bukti.json", "evidence.see", data),
)
ACTIONS = (Action("/names", "evidence.name", name),)
