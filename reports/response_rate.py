"""Response rate by unit: how many of those on the roster took part in a survey, and who has not yet.

Rules of the file: that somebody took part is all it knows, for anonymous surveys and others alike: no time, no answer.
What was answered about a training is not counted: not everybody was asked. Whoever is not on the roster, or did not
prove who they are, is counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from insights.response_rate import LEAST, UnitRate, disclosed, total
from reports.base import Cell, Column, ReportError, Row, Sheet
from storage.database import Transaction
from storage.tables import participation, respondent, survey
from storage.tables_roster import employee, org_unit
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody on the roster who has not taken part. ``number``: its last four digits."""

    name: str
    number: str
    unit: str
    verified: bool
    """Whether they proved who they are at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRate:
    """Units by label, all of them together, and those who took part without being known (None: not shown)."""

    survey: str
    units: tuple[UnitRate, ...]
    whole: UnitRate
    unconfirmed: int | None
    absent: tuple[Absent, ...] = ()


async def response_rate(
    transaction: Transaction,
    vault: Vault,
    name: str,
    *,
    units: Collection[str] = (),
    names: bool = False,
    say: Callable[[str], str] = str,
) -> ResponseRate:
    """Read it. ``units``: these alone, all without. ``names``: the reader may see names, so every count is shown and
    those who have not taken part are listed. Raises ReportError, StorageError."""
    _ = say
    if await transaction.first(select(survey.c.id).where(survey.c.name == name)) is None:
        raise ReportError(_("There is no published survey “{name}”.").format(name=name))
    took_part = and_(
        participation.c.respondent_id == employee.c.respondent_id,
        participation.c.survey_name == name,
        participation.c.occasion == "",
    )
    statement = (
        select(
            org_unit.c.key,
            org_unit.c.label,
            func.count(employee.c.id).label("employees"),
            func.count(participation.c.respondent_id).label("took_part"),
        )
        .select_from(employee.join(org_unit, org_unit.c.key == employee.c.unit).outerjoin(participation, took_part))
        .where(employee.c.left_on.is_(None))
        .group_by(org_unit.c.key, org_unit.c.label)
        .order_by(org_unit.c.label, org_unit.c.key)
    )
    everything = tuple(
        UnitRate(key=row.key, label=row.label, employees=row.employees, took_part=row.took_part)
        for row in await transaction.all(statement)
    )
    rates = tuple(one for one in everything if not units or one.key in units)
    if not rates:
        words = _("There is nobody on the roster. Import it first: in the dashboard, or with suara roster import.")
        raise ReportError(words)
    unconfirmed = await _unconfirmed(transaction, name) if not units else None
    if names:
        absent = await _absent(transaction, vault, units, took_part)
        return ResponseRate(survey=name, units=rates, whole=total(rates), unconfirmed=unconfirmed, absent=absent)
    shown, whole = disclosed(everything, of=units)
    small = unconfirmed is not None and unconfirmed < LEAST
    return ResponseRate(survey=name, units=shown, whole=whole, unconfirmed=None if small else unconfirmed)


def sheet(found: ResponseRate, *, say: Callable[[str], str] = str) -> tuple[Sheet, list[Row]]:
    """The figures as a table, without names: the units, then all of them together."""
    _ = say
    columns = (
        Column(heading=_("Unit"), width=44),
        Column(heading=_("Employees")),
        Column(heading=_("Took part")),
        Column(heading=_("Rate (%)")),
    )
    rows: list[Row] = [_row(one, one.label, _) for one in found.units]
    rows.append(_row(found.whole, _("Total"), _))
    if found.unconfirmed is not None:
        rows.append([_("Not confirmed"), None, found.unconfirmed, None])
    return Sheet(found.survey, columns), rows


def _row(one: UnitRate, label: str, say: Callable[[str], str]) -> list[Cell]:
    hidden = say("not shown")
    share = hidden if one.share is None else round(100 * one.share, 1)
    return [label, one.employees, hidden if one.took_part is None else one.took_part, share]


async def _unconfirmed(transaction: Transaction, name: str) -> int:
    """Civil servants by their own word who took part and are nobody on the roster."""
    known = select(employee.c.respondent_id).where(employee.c.respondent_id.is_not(None), employee.c.left_on.is_(None))
    row = await transaction.first(
        select(func.count())
        .select_from(participation.join(respondent, respondent.c.id == participation.c.respondent_id))
        .where(
            participation.c.survey_name == name,
            participation.c.occasion == "",
            respondent.c.kind == "asn",
            participation.c.respondent_id.not_in(known),
        )
    )
    return 0 if row is None else int(row[0])


async def _absent(transaction: Transaction, vault: Vault, units: Collection[str], took_part: Any) -> tuple[Absent, ...]:
    statement = (
        select(employee.c.id, employee.c.name, employee.c.number, org_unit.c.label, employee.c.respondent_id)
        .select_from(employee.join(org_unit, org_unit.c.key == employee.c.unit).outerjoin(participation, took_part))
        .where(employee.c.left_on.is_(None), participation.c.respondent_id.is_(None))
    )
    if units:
        statement = statement.where(employee.c.unit.in_(sorted(units)))
    found = [
        Absent(
            vault.unseal(b"employee/name/%d" % row.id, row.name).decode(),
            vault.unseal(b"employee/number/%d" % row.id, row.number).decode()[-4:],
            row.label,
            row.respondent_id is not None,
        )
        for row in await transaction.all(statement)
    ]
    return tuple(sorted(found, key=lambda one: (one.unit, one.name, one.number)))
