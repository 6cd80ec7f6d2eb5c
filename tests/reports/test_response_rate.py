"""Response rate by unit: who is on the roster, who took part, who is counted apart, and what is not shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select

from handlers.errors import NotAllowed
from handlers.permissions import Actor
from handlers.rates import rates
from insights.response_rate import UnitRate
from outreach.roster import Changes, Entry, Unit
from reports.base import ReportError
from reports.response_rate import Absent, response_rate
from storage import roster
from storage.tables import participation, respondent
from storage.tables_admin import audit
from storage.tables_roster import employee
from tests.reports.office import Office

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
FORM = """
| survey |
| | type | name | label |
| | text | isi | Isi? |
| settings |
| | form_title | form_id | default_language | chat_anonymous |
| | Suara | suara | Bahasa Indonesia (id) | always |
"""


def number(place: int) -> str:
    return f"19860926201505{1 + place % 2}{place + 1:03}"


async def fill(office: Office, *units: tuple[str, int, int]) -> None:
    """(unit, employees, how many of them took part)"""
    await office.publish(FORM)
    entries: list[Entry] = []
    took_part: list[bool] = []
    for unit, employees, some in units:
        for place in range(employees):
            entry = Entry(number=number(len(entries)), name=f"Pegawai {chr(65 + len(entries))}", kind="PNS", unit=unit)
            entries.append(entry)
            took_part.append(place < some)
    async with office.database.write() as transaction:
        await roster.keep_units(transaction, [Unit(unit, f"Unit {unit}", "opd") for unit, _all, _some in units])
        await roster.save(transaction, office.vault, Changes(new=tuple(entries)), [], today=date(2026, 11, 24))
        ids = {row.lookup: row.id for row in await transaction.all(select(employee))}
        for person, (entry, took) in enumerate(zip(entries, took_part, strict=True), start=1000):
            if took:
                row = {"id": person, "kind": "asn", "language": "id", "created_on": date(2026, 1, 1)}
                await transaction.run(insert(respondent), [row])
                await transaction.run(insert(participation), [{"respondent_id": person, "survey_name": "suara"}])
                await roster.link(transaction, ids[roster.number_lookup(entry.number, office.vault)], person)


async def test_counts_below_five_are_not_shown_without_names(office: Office) -> None:
    await fill(office, ("a", 12, 6), ("b", 14, 7), ("c", 6, 2))
    async with office.database.read() as transaction:
        found = await response_rate(transaction, office.vault, "suara")
    assert found.units == (
        UnitRate(key="a", label="Unit a", employees=12, took_part=None),  # hides what c would be
        UnitRate(key="b", label="Unit b", employees=14, took_part=7),
        UnitRate(key="c", label="Unit c", employees=6, took_part=None),
    )
    assert found.whole.took_part == 15
    assert found.absent == ()
    assert found.unconfirmed is None


async def test_who_may_see_names_sees_every_count_and_who_has_not(office: Office) -> None:
    await fill(office, ("a", 2, 1), ("c", 1, 0))
    async with office.database.write() as transaction:
        for person, kind in ((1, "asn"), (2, "warga")):
            row = {"id": person, "kind": kind, "language": "id", "created_on": date(2026, 1, 1)}
            await transaction.run(insert(respondent), [row])
            await transaction.run(insert(participation), [{"respondent_id": person, "survey_name": "suara"}])
    async with office.database.read() as transaction:
        found = await response_rate(transaction, office.vault, "suara", names=True)
        one = await response_rate(transaction, office.vault, "suara", names=True, units=["c"])
    assert [rate.took_part for rate in found.units] == [1, 0]
    assert found.unconfirmed == 1  # a civil servant by their own word
    assert found.absent == (
        Absent("Pegawai B", number(1)[-4:], "Unit a", False), Absent("Pegawai C", number(2)[-4:], "Unit c", False),
    )  # fmt: skip
    assert [rate.key for rate in one.units] == ["c"]
    assert one.absent == found.absent[1:]


async def test_an_unknown_survey_and_an_empty_roster(office: Office) -> None:
    async with office.database.read() as transaction:
        with pytest.raises(ReportError, match="no published survey"):
            await response_rate(transaction, office.vault, "suara")
    await office.publish(FORM)
    async with office.database.read() as transaction:
        with pytest.raises(ReportError, match="nobody on the roster"):
            await response_rate(transaction, office.vault, "suara")


async def test_who_is_bound_to_a_unit_sees_that_one_and_looking_at_names_is_written_down(office: Office) -> None:
    await fill(office, ("a", 12, 6), ("b", 14, 7))
    lurah = Actor(name="admin:1", role="admin", units=frozenset({"a"}))
    viewer = Actor(name="admin:2", role="viewer", units=frozenset({"a"}))
    async with office.database.write() as transaction:
        seen = await rates(transaction, office.vault, viewer, "suara", now=NOW)
        assert [(rate.key, rate.took_part) for rate in seen.units] == [("a", 6)]
        with pytest.raises(NotAllowed):
            await rates(transaction, office.vault, viewer, "suara", now=NOW, unit="b")
        with pytest.raises(NotAllowed):
            await rates(transaction, office.vault, viewer, "suara", now=NOW, reason="Mengingatkan")
        named = await rates(transaction, office.vault, lurah, "suara", now=NOW, reason="Mengingatkan")
        assert len(named.absent) == 6
        rows = await transaction.all(select(audit))
        assert [(row.actor, row.act, row.whom) for row in rows] == [("admin:1", "rates.name", "survey:suara")]


async def test_what_was_answered_about_a_training_is_not_counted(office: Office) -> None:
    await fill(office, ("nbd", 6, 0))
    async with office.database.write() as transaction:
        for person in range(2000, 2006):
            row = {"id": person, "kind": "asn", "language": "id", "created_on": date(2026, 1, 1)}
            await transaction.run(insert(respondent), [row])
            took = {"respondent_id": person, "survey_name": "suara", "occasion": "pelayanan_prima-2026-12-01"}
            await transaction.run(insert(participation), [took])
        found = await response_rate(transaction, office.vault, "suara", names=True)
    assert (found.whole.took_part, found.unconfirmed) == (0, 0)
