"""What was answered to one survey: a row a response, a sheet a repeat, and the codebook that explains both.

All versions stand side by side. Rule of the file: it reads in pieces by key, inside one transaction that sees one
moment, so that a million answers need no more memory than a thousand. Personal answers are shown to nobody who did not
ask for them; nothing of an anonymous response tells the time of day, and its rows come in the order of random ids.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo

import orjson
from sqlalchemy import ColumnElement, and_, func, or_, select, text

from reports._responses_codebook import codebook_of
from reports._responses_columns import Wording
from reports._responses_layout import Shape, layout_of
from reports._responses_reading import Naming, Piece, Reading
from reports.base import Batch, ReportError, Sheet
from storage.database import Transaction
from storage.tables import response, survey
from storage.vault import Vault
from surveys import notation
from surveys.survey import Survey

_STATES = ("complete", "open", "stopped", "expired")
"""What was withdrawn is shown to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be exported, and how."""

    survey: str
    language: str = ""
    """Of labels; "" is ``spoken`` where the survey has it, else the survey's first."""
    spoken: str = ""
    labels: bool = False
    """Labels instead of names, in headings and in cells."""
    since: date | None = None
    """Responses sent on this day of the office or later; unfinished ones by the day they were begun."""
    unfinished: bool = False
    test: bool = False
    raw: bool = False
    """With a column for what was said beside what was understood."""
    identities: bool = False
    """Employee numbers, phones and names in full."""
    media_folder: str = "media"
    """What the paths of files begin with."""
    readable: bool = False
    """Files are copied elsewhere and named by what they answer; without it they are named as they are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export, ready to be read."""

    survey: Survey
    """The newest version."""
    sheets: tuple[Sheet, ...]
    total: int
    """Responses."""
    explanation: tuple[Batch, ...]
    """The rows of the codebook."""
    pieces: Callable[[], AsyncIterator[Piece]]
    """Reads them, once, while the transaction is open. Raises StorageError."""


async def export(
    transaction: Transaction, vault: Vault, wish: Wish, *, zone: tzinfo, say: Callable[[str], str] = str
) -> Export:
    """Everything about the responses to ``wish.survey`` as ``transaction`` sees them.

    ``zone``: the office's. ``say`` translates our own words. Raises ReportError, SurveyError, StorageError.
    """
    await _hold_still(transaction)
    rows = await transaction.all(
        select(survey.c.id, survey.c.version, survey.c.notation)
        .where(survey.c.name == wish.survey)
        .order_by(survey.c.version)
    )
    versions = [replace(notation.load(orjson.loads(row.notation)), version=row.version) for row in rows]
    if not versions:
        raise ReportError(await _unknown(transaction, wish, say))
    numbers = {row.id: row.version for row in rows}
    language = _language(versions, wish, say)
    wanted = and_(response.c.survey_id.in_(list(numbers)), _wanted(wish, zone))
    about = await transaction.first(select(response.c.id).where(wanted, response.c.occasion != "").limit(1))
    shape = Shape(
        wording=Wording(labels=wish.labels, language=language, say=say),
        zone=zone,
        unfinished=wish.unfinished,
        test=wish.test,
        raw=wish.raw,
        masked=not wish.identities,
        occasions=about is not None,
    )
    layout = layout_of(versions, shape)
    sheets, explanation = codebook_of(versions, layout, shape, first=len(layout.sheets))
    total = await transaction.first(select(func.count()).select_from(response).where(wanted))
    _ = say
    reading = Reading(
        transaction,
        vault,
        layout,
        numbers=numbers,
        wanted=wanted,
        identities=wish.identities,
        naming=Naming(wish.media_folder.rstrip("/"), wish.readable, _("[file not kept]")),
    )
    return Export(
        survey=versions[-1],
        sheets=(*layout.sheets, *sheets),
        total=total[0] if total is not None else 0,
        explanation=tuple(explanation),
        pieces=reading.pieces,
    )


async def _hold_still(transaction: Transaction) -> None:
    """See one moment for as long as it takes. SQLite does by itself."""
    if not transaction.sqlite:
        await transaction.run(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        await transaction.run(text("SET LOCAL idle_in_transaction_session_timeout = '10min'"))


async def _unknown(transaction: Transaction, wish: Wish, say: Callable[[str], str]) -> str:
    _ = say
    names = [row[0] for row in await transaction.all(select(survey.c.name).distinct().order_by(survey.c.name))]
    if not names:
        return _("No survey is published yet. Publish one with: suara survey publish FILE")
    return _("There is no survey “{name}”. There are: {names}.").format(name=wish.survey, names=", ".join(names))


def _language(versions: Sequence[Survey], wish: Wish, say: Callable[[str], str]) -> str:
    _ = say
    known = tuple(dict.fromkeys(code for found in reversed(versions) for code in found.languages))
    if wish.language and wish.language not in known:
        words = _("“{name}” does not speak “{language}”. It speaks: {languages}.")
        raise ReportError(words.format(name=wish.survey, language=wish.language, languages=", ".join(known)))
    return wish.language or (wish.spoken if wish.spoken in known else known[0])


def _wanted(wish: Wish, zone: tzinfo) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [response.c.state.in_(_STATES if wish.unfinished else _STATES[:1])]
    if not wish.test:
        conditions.append(response.c.test.is_(False))
    if wish.since is not None:
        midnight = datetime.combine(wish.since, time(), zone).astimezone(UTC)
        conditions.append(
            or_(
                response.c.completed_at >= midnight,
                and_(response.c.completed_at.is_(None), response.c.completed_on >= wish.since),
                and_(
                    response.c.completed_at.is_(None),
                    response.c.completed_on.is_(None),
                    response.c.started_at >= midnight,
                ),
            )
        )
    return and_(*conditions)
