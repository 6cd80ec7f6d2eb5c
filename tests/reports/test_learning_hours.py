"""JP of a year by unit: who reached the target, the average, and what is not shown to whom."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handlers.errors import NotAllowed
from handlers.hours import by_unit
from handlers.permissions import TERMINAL, Actor
from outreach.learning_hours import TARGETS
from outreach.roster import Changes, Entry, Unit
from reports.base import ReportError
from reports.learning_hours import LearningHours, learning_hours_of, sheets
from storage import learning_hours, rolls, roster
from tests.reports.office import Office
from tests.reports.test_response_rate import NOW, number


async def fill(office: Office, *units: tuple[str, int, int]) -> None:
    """(unit, employees, how many of them have 20 JP; the others have 5)"""
    entries = [
        (Entry(number=number(10 * place + n), name=f"Pegawai {unit} {n}", kind="PNS", unit=unit), n < reached)
        for place, (unit, employees, reached) in enumerate(units)
        for n in range(employees)
    ]
    async with office.database.write() as transaction:
        await roster.keep_units(transaction, [Unit(unit, unit.title(), "") for unit, _n, _m in units])
        changes = Changes(new=tuple(entry for entry, _reached in entries))
        await roster.save(transaction, office.vault, changes, [], today=NOW.date())
        people = await rolls.by_number(transaction, office.vault, [entry.number for entry, _reached in entries])
        for entry, reached in entries:
            jp = Decimal(20 if reached else 5)
            await learning_hours.note(transaction, people[entry.number], 2026, jp, "uji")


async def found(office: Office, *, names: bool = False, units: frozenset[str] = frozenset()) -> LearningHours:
    async with office.database.read() as transaction:
        return await learning_hours_of(
            transaction, office.vault, 2026, targets=TARGETS, names=names, units=units, say=str
        )


async def test_small_numbers_are_not_shown(office: Office) -> None:
    await fill(office, ("a", 10, 5), ("b", 9, 9), ("c", 3, 1))
    shown = await found(office)
    assert [(one.label, one.employees, one.reached, one.mean) for one in (*shown.units, shown.whole)] == [
        ("A", 10, None, Decimal("12.50")),  # five and five, but with B and C it would tell of fewer
        ("B", 9, None, None),
        ("C", 3, None, None),
        ("", 22, 15, Decimal("15.23")),
    ]
    assert shown.people == ()


async def test_whoever_may_see_names_sees_all_of_it(office: Office) -> None:
    await fill(office, ("a", 2, 1), ("c", 1, 0))
    shown = await found(office, names=True)
    assert [(one.label, one.reached, one.mean) for one in (*shown.units, shown.whole)] == [
        ("A", 1, Decimal("12.50")), ("C", 0, Decimal("5.00")), ("", 1, Decimal("10.00")),
    ]  # fmt: skip
    assert [(one.name, one.number, one.jp, one.target) for one in shown.people] == [
        ("Pegawai a 0", "1001", Decimal(20), Decimal(20)),
        ("Pegawai a 1", "2002", Decimal(5), Decimal(20)),
        ("Pegawai c 0", "1011", Decimal(5), Decimal(20)),
    ]
    assert sheets(shown)[1][1][0] == ["Pegawai a 0", "••••1001", "A", "PNS", 20.0, 20.0]


async def test_one_small_unit_alone_hides_the_whole(office: Office) -> None:
    await fill(office, ("c", 3, 1))
    shown = await found(office)
    assert (shown.whole.reached, shown.whole.mean) == (None, None)
    assert sheets(shown)[0][1] == [["C", 3, 3, "not shown", "not shown"], ["Total", 3, 3, "not shown", "not shown"]]


async def test_nobody_is_on_the_roster(office: Office) -> None:
    with pytest.raises(ReportError):
        await found(office)


async def test_who_may_see_what(office: Office) -> None:
    await fill(office, ("a", 10, 5), ("b", 9, 9))

    async def asked(actor: Actor, *, unit: str = "", names: bool = False) -> LearningHours:
        async with office.database.write() as transaction:
            return await by_unit(
                transaction,
                office.vault,
                actor,
                2026,
                targets=TARGETS,
                now=NOW,
                unit=unit,
                reason="Menyusun rencana pelatihan" if names else None,
            )

    bound = Actor(name="admin:1", role="admin", units=frozenset({"a"}))
    assert [one.key for one in (await asked(bound)).units] == ["a"]
    with pytest.raises(NotAllowed):
        await asked(bound, unit="b")
    with pytest.raises(NotAllowed):
        await asked(Actor(name="admin:2", role="evaluator"), names=True)
    assert len((await asked(TERMINAL, names=True)).people) == 19
