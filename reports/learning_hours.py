"""Learning hours (JP) of a year by unit: how many reached their target, and what somebody has on the average.

Rules of the file: who is on the roster counts, whether or not they ever wrote. Hours of people who did not prove to be
an employee count for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from insights.learning_hours import UnitHours, Worked, by_unit, disclosed
from reports.base import Cell, Column, ReportError, Row, Sheet
from storage.database import AnyRow, Transaction
from storage.tables_roster import employee, org_unit
from storage.tables_training import learning_hours
from storage.vault import Vault

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the roster. ``number``: its last four digits."""

    name: str
    number: str
    unit: str
    kind: str
    jp: Decimal
    target: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningHours:
    """A year by unit, all units together, and where names may be seen everybody."""

    year: int
    units: tuple[UnitHours, ...]
    whole: UnitHours
    people: tuple[Person, ...] = ()


async def learning_hours_of(
    transaction: Transaction,
    vault: Vault,
    year: int,
    *,
    targets: Mapping[str, Decimal],
    units: Collection[str] = (),
    names: bool = False,
    say: Say = str,
) -> LearningHours:
    """Read it. ``units``: these alone, all without. ``names``: the reader may see names, so that every figure is shown
    and everybody listed. Raises ReportError, StorageError."""
    _ = say
    earned = await _earned(transaction, year)
    statement = (
        select(employee, org_unit.c.label)
        .join(org_unit, org_unit.c.key == employee.c.unit)
        .where(employee.c.left_on.is_(None))
        .order_by(org_unit.c.label, org_unit.c.key, employee.c.id)
    )
    if units:
        statement = statement.where(employee.c.unit.in_(sorted(units)))
    rows = await transaction.all(statement)
    if not rows:
        words = _("There is nobody on the roster. Import it first: in the dashboard, or with suara roster import.")
        raise ReportError(words)
    jp = [_jp(row, earned) for row in rows]
    found, whole = by_unit(
        Worked(unit=row.unit, label=row.label, jp=one, target=targets.get(row.kind))
        for row, one in zip(rows, jp, strict=True)
    )
    if not names:
        found, whole = disclosed(found, whole)
        return LearningHours(year=year, units=found, whole=whole)
    people = (_person(row, one, targets, vault) for row, one in zip(rows, jp, strict=True))
    listed = tuple(sorted(people, key=lambda one: (one.unit, one.name, one.number)))
    return LearningHours(year=year, units=found, whole=whole, people=listed)


async def _earned(transaction: Transaction, year: int) -> dict[tuple[str, int], Decimal]:
    """("respondent" or "employee", its id) to the JP of the year."""
    hours = learning_hours.c
    rows = await transaction.all(
        select(hours.respondent_id, hours.employee_id, func.sum(hours.hundredths).label("sum"))
        .where(hours.year == year)
        .group_by(hours.respondent_id, hours.employee_id)
    )
    return {
        ("respondent", row.respondent_id) if row.respondent_id is not None else ("employee", row.employee_id): Decimal(
            int(row.sum)
        )
        / 100
        for row in rows
    }


def _jp(row: AnyRow, earned: Mapping[tuple[str, int], Decimal]) -> Decimal:
    nothing = Decimal(0)
    mine = earned.get(("respondent", row.respondent_id), nothing) if row.respondent_id is not None else nothing
    return mine + earned.get(("employee", row.id), nothing)


def _person(row: AnyRow, jp: Decimal, targets: Mapping[str, Decimal], vault: Vault) -> Person:
    return Person(
        name=vault.unseal(b"employee/name/%d" % row.id, row.name).decode(),
        number=vault.unseal(b"employee/number/%d" % row.id, row.number).decode()[-4:],
        unit=row.label,
        kind=row.kind,
        jp=jp,
        target=targets.get(row.kind),
    )


# ---- as a table -------------------------------------------------------------------------------------


def sheets(found: LearningHours, *, say: Say = str) -> tuple[tuple[Sheet, list[Row]], ...]:
    """The units with all of them together below, and where there are names a sheet of the people."""
    _ = say
    columns = (
        Column(heading=_("Unit"), width=44),
        Column(heading=_("Employees")),
        Column(heading=_("With a target")),
        Column(heading=_("Reached it")),
        Column(heading=_("JP on the average")),
    )
    rows: list[Row] = [_row(one, one.label, say) for one in found.units]
    rows.append(_row(found.whole, _("Total"), say))
    units = Sheet(_("JP {year}").format(year=found.year), columns), rows
    if not found.people:
        return (units,)
    named = (
        Column(heading=_("Name"), width=34),
        Column(heading=_("Employee number")),
        Column(heading=_("Unit"), width=44),
        Column(heading=_("Kind")),
        Column(heading=_("JP")),
        Column(heading=_("Target")),
    )
    people: list[Row] = [
        [one.name, f"••••{one.number}", one.unit, one.kind, float(one.jp), _target(one)] for one in found.people
    ]
    return (units, (Sheet(_("Employees"), named), people))


def _target(one: Person) -> Cell:
    return None if one.target is None else float(one.target)


def _row(one: UnitHours, label: str, say: Say) -> list[Cell]:
    hidden = say("not shown")
    return [
        label,
        one.employees,
        one.targeted,
        hidden if one.reached is None else one.reached,
        hidden if one.mean is None else float(one.mean),
    ]
