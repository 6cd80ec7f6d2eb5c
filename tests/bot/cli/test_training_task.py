"""``suara training task`` and ``suara report evidence``: set, given, listed, judged, and written as a file."""

from __future__ import annotations

import asyncio
import json

import openpyxl
from pydantic import SecretStr

from bot.app import open_store
from bot.config import Config, Data, DatabaseSettings
from tests.bot.cli.conftest import Installation
from tests.trainings_office import AFTER, SESSION, STAFF, attended, respondents, set_up

KEY = f"{SESSION.key}-1"
PUT = ("training", "task", "put", SESSION.key, "--title", "Teks syarat", "--due", "2099-12-16")


def filled(office: Installation, *, people: int = 3) -> None:
    async def fill() -> None:
        settings = DatabaseSettings(url=SecretStr(office.url))
        config = Config(data=Data(folder=office.data), database=settings)
        database, vault, _before = await open_store(config)
        try:
            async with database.write() as transaction:
                await set_up(transaction, vault, now=AFTER)
            known = await respondents(database, vault, entries=STAFF[:people], now=AFTER)
            async with database.write() as transaction:
                await attended(transaction, vault, known, now=AFTER)
        finally:
            await database.close()

    asyncio.run(fill())


def test_a_task_is_set_changed_given_and_listed(on_each: Installation) -> None:
    office = on_each
    filled(office)
    assert office("training", "task", "list").err.splitlines() == ["There are no tasks."]
    assert office(*PUT, "--instruction", "Susun teks.").out == f"{KEY}\n"
    assert office("training", "task", "put", KEY, "--title", "Teks syarat layanan").out == f"{KEY}\n"
    assert office("training", "task", "assign", KEY).out == (
        "Given to 3 people, 1 of them marked by two; 0 had it already.\n"
    )
    assert office("training", "task", "list", SESSION.key).out == (
        f"{KEY}\t2099-12-16\tTeks syarat layanan\tto be done: 3\n"
    )
    assert office("training", "task", "results", KEY).out.splitlines()[0] == (
        "Assessed, of those who had the task\tnot shown\t\tfewer than five people"
    )


def test_own_rubrics_and_what_is_amiss_with_them(suara: Installation) -> None:
    office = suara
    filled(office)
    put = (*PUT, "--instruction", "Susun teks.", "--criterion", "Isi|60|a|b|c|d")
    said = office(*put, "--criterion", "Waktu|30")
    assert (said.code, said.err) == (1, "The weights of the rubric sum to 90, not to 100.\n")
    said = office(*put, "--criterion", "Waktu")
    assert said.err == "“Waktu” is no criterion: write its name, a stroke (|), and its weight in percent.\n"
    said = office("training", "task", "put", SESSION.key, "--title", "T", "--due", "besok")
    assert said.err == "“besok” is no date: write it like 2026-12-16.\n"
    assert office(*put, "--criterion", "Waktu|40").code == 0
    assert office("training", "task", "assign", "tidak_ada").err == (
        "There is no task “tidak_ada”. See: suara training task list\n"
    )


def test_the_evidence_sheet(on_each: Installation) -> None:
    office = on_each
    filled(office)
    assert office("report", "evidence", "tidak_ada").err == "There is no session “tidak_ada” of a training.\n"
    said = office("report", "evidence", SESSION.key)
    assert (said.code, said.out.splitlines()[-1]) == (0, f"bukti-{SESSION.key}.xlsx")
    book = openpyxl.load_workbook(office.folder / f"bukti-{SESSION.key}.xlsx")
    assert book.sheetnames == ["About", "Evidence"]
    again = office("report", "evidence", SESSION.key)
    assert (again.code, again.err) == (1, f"bukti-{SESSION.key}.xlsx is there already. Name another file.\n")
    assert office("report", "evidence", SESSION.key, "--format", "json", "--output", "b.json", "--who").code == 0
    reach = json.loads((office.folder / "b.json").read_text(encoding="utf-8"))["reach"]
    assert [(one["value"], one["n"]) for one in reach] == [(0.2727, 11), (1.0, 3)]
    assert office("audit", "verify").code == 0
