"""``suara roster``: a look first, then it is saved; a template; codes."""

from __future__ import annotations

import re

import xlsxwriter
from openpyxl import load_workbook

from tests.bot.cli.conftest import Installation

MARIA = "198609262015052001"
ROWS = [["Yohanes Lay", "197003051995031002", "PNS", "NBD"], ["Maria Tefa", MARIA, "PNS", "Nunbaun Sabu"]]


def write(office: Installation, *rows: list[str]) -> str:
    path = office.folder / "daftar.csv"
    path.write_text("".join(";".join(row) + "\n" for row in [["Nama", "NIP", "Status", "Unit"], *rows]))
    return str(path)


def test_a_look_then_saved(on_each: Installation) -> None:
    office = on_each
    file = write(office, *ROWS)
    refused = office("roster", "import", file, "--names")
    assert (refused.code, "Yohanes" in refused.out, "kept in the audit" in refused.err) == (1, False, True)
    looked = office("roster", "import", file, "--names", "--reason", "Mencocokkan dengan SK")
    assert looked.code == 0
    assert looked.out.splitlines() == [
        "New: 2", "Changed: 0", "Gone: 0", "Back again: 0", "As before: 0",
        "+ Yohanes Lay  ••••••••••••••1002  kel_nbd", "+ Maria Tefa  ••••••••••••••2001  kel_nbs",
    ]  # fmt: skip
    assert looked.err.splitlines()[-1] == f"This was a look only. Save it with: suara roster import {file} --apply"
    assert office("roster", "import", file, "--apply").out.splitlines()[-1] == "Saved: 2 employees are on the roster."
    assert office("roster", "import", file).err.splitlines()[-1] == "Nothing to save."
    last = office("audit", "list").out.splitlines()[0].split("  ")
    assert (last[3], last[-1]) == ("roster.name", "Mencocokkan dengan SK")
    file = write(office, ROWS[0])
    assert "Gone: 0" in office("roster", "import", file, "--part").out
    assert office("roster", "import", file).out.splitlines()[:3] == ["New: 0", "Changed: 0", "Gone: 1"]


def test_a_bad_row_is_told_and_nothing_is_saved(on_each: Installation) -> None:
    office = on_each
    file = write(office, ROWS[0], ["Maria Tefa", "1.98609E+17", "PNS", "NBD"])
    said = office("roster", "import", file, "--apply")
    assert said.code == 1
    assert said.out == (
        "ERROR  file, row 3: “NIP/NI PPPK” was shortened by Excel (as in 1.98609E+17); its last digits are lost. "
        "Format the column as text, then type the number again from the decree.\n"
    )
    assert said.err.splitlines()[-1] == f"{file}: 1 errors, 0 warnings. Nothing was saved; mend the errors first."
    assert "New: 1" in office("roster", "import", write(office, ROWS[0])).out


def test_the_template(on_each: Installation) -> None:
    office = on_each
    assert office("roster", "template").out == "Written: daftar-pegawai.xlsx\n"
    assert load_workbook(office.folder / "daftar-pegawai.xlsx").sheetnames == ["Pegawai", "Unit", "Petunjuk"]
    again = office("roster", "template")
    assert (again.code, again.err) == (1, "daftar-pegawai.xlsx is there already. Name another file.\n")


def test_a_code_for_an_employee(on_each: Installation) -> None:
    office = on_each
    office("roster", "import", write(office, *ROWS), "--apply")
    said = office("roster", "code", MARIA)
    assert re.fullmatch(r"\d{4}-\d{4}\n", said.out)
    assert MARIA not in said.out + said.err
    assert office("roster", "code", "198801012015011001").code == 1
    assert office("roster", "code", "123").err == "That is no employee number: it has 18 digits.\n"


def test_ten_thousand_employees(on_each: Installation) -> None:
    office = on_each
    path = office.folder / "besar.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Pegawai")
        sheet.write_row(0, 0, ["Nama", "NIP/NI PPPK", "Status", "Unit", "Golongan", "Nomor HP"])
        for place in range(10_000):
            born = f"{1970 + place % 30}{1 + place // 30 % 12:02}{1 + place // 360 % 28:02}"
            number = f"{born}{min(int(born[:4]) + 25, 2024)}01{1 + place % 2}{1 + place // 10_080:03}"
            sheet.write_row(
                place + 1, 0, ["Pegawai Buatan", number, "PNS", "NBD", "III/c", f"0812{place * 7919 % 10**8:08}"]
            )
    said = office("roster", "import", str(path), "--apply")
    assert said.out.splitlines() == [
        "New: 10000", "Changed: 0", "Gone: 0", "Back again: 0", "As before: 0",
        "Saved: 10000 employees are on the roster.",
    ]  # fmt: skip
