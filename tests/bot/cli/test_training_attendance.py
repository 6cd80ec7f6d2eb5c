"""``suara training code``, ``hours note`` and ``certificates``; ``suara report learning-hours``."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook
from pydantic import SecretStr
from sqlalchemy import insert

from bot.app import clock, open_store
from bot.config import Config, Data, DatabaseSettings
from storage import certificates
from storage.tables import respondent
from tests import training_day as day
from tests.bot.cli.conftest import Installation

NUMBER = "001/SERT-ALAK/XII/2026"


def announce(office: Installation) -> None:
    """The session of the tests, and a certificate of it."""

    async def plant() -> None:
        url = DatabaseSettings(url=SecretStr(office.url))
        database, vault, _before = await open_store(Config(data=Data(folder=office.data), database=url))
        try:
            await day.announced(day.Store(database, vault), clock())
            async with database.write() as transaction:
                row = {"id": 17, "kind": "asn", "language": "id", "opted_out": False, "created_on": date(2026, 11, 1)}
                await transaction.run(insert(respondent), [row])
                await certificates.issue(
                    transaction, vault, number=NUMBER, respondent_id=17, session=day.KEY, name="Maria T. Lado",
                    jp=Decimal(16), on=date(2026, 12, 3),
                )  # fmt: skip
        finally:
            await database.close()

    asyncio.run(plant())


def test_the_code_in_the_terminal(on_each: Installation) -> None:
    announce(on_each)
    said = on_each("training", "code", day.KEY)
    assert (said.code, said.out.startswith("Pelayanan Prima: ")) == (0, True)  # whatever day it is: it is not on
    unknown = on_each("training", "code", "tidak_ada")
    assert (unknown.code, unknown.err) == (1, "There is no session “tidak_ada”.\n")


def test_hours_are_noted_and_told(on_each: Installation) -> None:
    office = on_each
    announce(office)
    year = str(clock().year)
    noted = office("training", "hours", "note", "10,5", "--employee", day.MARIA.number, "--evidence", "No. 12")
    assert (noted.code, noted.out) == (0, f"Noted. In {year} they have 10.5 JP.\n")
    back = office("training", "hours", "note", "--employee", day.MARIA.number, "--evidence", "keliru", "--", "-10")
    assert back.out == f"Noted. In {year} they have 0.5 JP.\n"
    refused = office("training", "hours", "note", "8", "--employee", "123", "--evidence", "No. 12")
    assert (refused.code, refused.err) == (1, "That is no employee number: it has 18 digits.\n")
    no_evidence = office("training", "hours", "note", "8", "--employee", day.MARIA.number)
    assert no_evidence.err == "Please say what shows it, such as the number of the certificate.\n"


def test_the_table_of_units(on_each: Installation) -> None:
    office = on_each
    announce(office)
    office("training", "hours", "note", "20", "--employee", day.MARIA.number, "--evidence", "No. 12")
    shown = office("report", "learning-hours")
    assert shown.out.splitlines() == [
        "Unit\tEmployees\tWith a target\tReached it\tJP on the average",
        "Kelurahan Nunbaun Delha\t2\t2\tnot shown\tnot shown",
        "Kelurahan Nunbaun Sabu\t1\t0\tnot shown\tnot shown",
        "Total\t3\t2\tnot shown\tnot shown",
    ]
    refused = office("report", "learning-hours", "--who", "--unit", "kel_nbd")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("Please write why you need to know")
    named = office("report", "learning-hours", "--who", "--unit", "kel_nbd", "--reason", "Menyusun rencana 2027")
    assert named.out.splitlines()[1:3] == ["Kelurahan Nunbaun Delha\t2\t2\t1\t10.0", "Total\t2\t2\t1\t10.0"]
    assert "Maria T. Lado\t••••2001\tKelurahan Nunbaun Delha\tPNS\t20.0\t20.0" in named.out.splitlines()
    assert named.err.splitlines()[-1] == "This names people. Show it to those alone who need it."
    assert office("report", "learning-hours", "--output", "jp.xlsx").out == "jp.xlsx\n"
    assert load_workbook(office.folder / "jp.xlsx").worksheets[0]["A2"].value == "Kelurahan Nunbaun Delha"
    assert office("report", "learning-hours", "--output", "jp.csv").code == 0
    wrong = office("report", "learning-hours", "--output", "jp.pdf")
    assert (wrong.code, wrong.err) == (1, "jp.pdf: a file of this report ends in .xlsx or .csv.\n")


def test_certificates_are_listed_and_withdrawn(on_each: Installation) -> None:
    office = on_each
    announce(office)
    listed = office("training", "certificates", "list", day.KEY)
    assert listed.out == f"{NUMBER}\t2026-12-03\tvalid\n"
    revoked = office("training", "certificates", "revoke", NUMBER, "--reason", "keliru")
    assert revoked.out == f"Withdrawn: {NUMBER}\n"
    assert office("training", "certificates", "revoke", NUMBER).err == "It is withdrawn already.\n"
    assert "withdrawn on" in office("training", "certificates", "list", day.KEY).out
