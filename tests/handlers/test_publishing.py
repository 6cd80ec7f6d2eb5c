"""A survey is published: what would change is known before, and what is published never changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from handlers import publishing
from handlers.errors import Conflict
from reports.versions import published
from storage.database import open_database
from storage.errors import Missing
from storage.migrating import migrate
from storage.surveys import source
from storage.vault import Vault
from surveys.errors import ExpressionError
from surveys.survey import Survey
from tests.reports.office import BEGUN, Office
from tests.reports.test_versions import FIRST, SECOND
from tests.surveys.forms import survey_of


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    opened = open_database(database_url)
    try:
        await migrate(opened)
        yield Office(opened, Vault.new())
    finally:
        await opened.close()


async def publish(office: Office, survey: Survey, content: bytes = b"") -> publishing.Plan:
    async with office.database.write() as transaction:
        planned = await publishing.plan(transaction, survey)
        await publishing.publish(transaction, planned, source=content, source_type=".md", now=BEGUN)
    return planned


async def versions(office: Office) -> list[tuple[Survey, bool]]:
    async with office.database.read() as transaction:
        return [(found.survey, found.closed) for found in await published(transaction)]


async def test_a_new_survey_is_version_1(office: Office) -> None:
    survey = replace(survey_of(FIRST), version=7)
    planned = await publish(office, survey, b"isi")
    assert (planned.before, planned.comparison, planned.unchanged) == (None, None, False)
    assert await versions(office) == [(survey_of(FIRST), False)]
    async with office.database.read() as transaction:
        assert await source(transaction, 1) == (b"isi", ".md")


async def test_what_differs_becomes_the_next_version(office: Office) -> None:
    await publish(office, survey_of(FIRST))
    planned = await publish(office, survey_of(SECOND))
    assert planned.before == survey_of(FIRST)
    assert planned.comparison is not None
    assert [one.name for one in planned.comparison.of("new")] == ["umur"]
    assert await versions(office) == [(survey_of(FIRST), False), (replace(survey_of(SECOND), version=2), False)]


async def test_what_does_not_differ_is_no_new_version(office: Office) -> None:
    await publish(office, survey_of(FIRST))
    planned = await publish(office, replace(survey_of(FIRST), version=5))
    assert (planned.unchanged, planned.survey.version) == (True, 1)
    assert await versions(office) == [(survey_of(FIRST), False)]


async def test_a_closed_survey_is_opened_by_publishing(office: Office) -> None:
    await publish(office, survey_of(FIRST))
    async with office.database.write() as transaction:
        await publishing.close(transaction, "warna")
    assert await versions(office) == [(survey_of(FIRST), True)]
    planned = await publish(office, survey_of(FIRST))
    assert (planned.unchanged, planned.closed) == (True, True)
    assert await versions(office) == [(survey_of(FIRST), False)]


async def test_somebody_who_was_quicker_is_not_overwritten(office: Office) -> None:
    await publish(office, survey_of(FIRST))
    async with office.database.read() as transaction:
        planned = await publishing.plan(transaction, survey_of(SECOND))
    await publish(office, replace(survey_of(SECOND), form_version="lain"))
    async with office.database.write() as transaction:
        with pytest.raises(Conflict, match=r"^Somebody else published this survey just now"):
            await publishing.publish(transaction, planned, source=b"", source_type=".md", now=BEGUN)
    assert [found.form_version for found, _closed in await versions(office)] == ["", "lain"]


async def test_what_cannot_be_run_is_not_published(office: Office) -> None:
    survey = survey_of(FIRST)
    broken = replace(survey, items=(replace(survey.items[0], relevant="${tidak_ada} = 1"), *survey.items[1:]))
    with pytest.raises(ExpressionError):
        await publish(office, broken)
    assert await versions(office) == []


async def test_an_unknown_survey_cannot_be_closed(office: Office) -> None:
    async with office.database.write() as transaction:
        with pytest.raises(Missing):
            await publishing.close(transaction, "warna")
