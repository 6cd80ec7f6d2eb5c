"""``suara training``: what the office offers, announces, changes and calls off; every fault is one sentence."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.bot.cli.conftest import Installation
from tests.bot.cli.test_roster import MARIA, ROWS, write

PUT = ("training", "put", "prima", "--title", "Pelayanan Prima", "--form", "bimtek", "--jp", "16")
ANNOUNCE = (
    "training", "announce", "prima", "--day", "1-2 Desember 2090, 08.00-15.30", "--place", "Aula", "--capacity", "1",
)  # fmt: skip
KEY = "prima-2090-12-01"
YOHANES = ROWS[0][1]


@pytest.fixture
def office(on_each: Installation) -> Installation:
    """With a roster of two, one training and one session of it."""
    assert on_each("roster", "import", write(on_each, *ROWS), "--apply").code == 0
    assert on_each(*PUT).out == "Saved: Pelayanan Prima (prima)\n"
    announced = on_each(*ANNOUNCE)
    assert (announced.out, announced.code) == (f"{KEY}\n", 0)
    return on_each


def test_a_session_and_its_people(office: Installation) -> None:
    assert office("training", "enrol", KEY, MARIA, YOHANES).out == "1\tenrolled\n2\ton the waiting list\n"
    assert office("training", "list").out.splitlines() == [
        "Key\tDays\tPlaces taken\tWaiting\tTitle",
        f"{KEY}\tFriday–Saturday, 1–2 December 2090\t1/1\t1\tPelayanan Prima",
    ]
    assert office("training", "show", KEY).out.splitlines() == [
        "Pelayanan Prima", "Friday–Saturday, 1–2 December 2090, at 08.00–15.30 WITA, in Aula",
        "enrolled\t1", "on the waiting list\t1",
    ]  # fmt: skip
    assert office("training", "show", KEY, "--names").err.startswith("Please write why you need to know")
    assert office("training", "show", KEY, "--names", "--reason", "Menyiapkan daftar hadir").out.splitlines()[4:] == [
        "Maria Tefa\tkel_nbs\tenrolled\t", "Yohanes Lay\tkel_nbd\ton the waiting list\t",
    ]  # fmt: skip
    assert office("training", "withdraw", KEY, MARIA, "--reason", "Mutasi").out == (
        "Taken back. Moved up from the waiting list: 1\n"
    )
    assert office("training", "show", KEY, "--names", "--reason", "Menyiapkan daftar hadir").out.splitlines()[4:] == [
        "Yohanes Lay\tkel_nbd\tenrolled\t", "Maria Tefa\tkel_nbs\tcalled off\tMutasi",
    ]  # fmt: skip
    assert office("training", "nominate", KEY, MARIA).out == "1\tinvited\n"
    assert office("training", "cancel", KEY).out == f"Called off: {KEY}. Those who take part are told.\n"
    assert office("training", "list").out.splitlines()[1].endswith("Pelayanan Prima (called off)")
    assert office("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("put", "baru", "--title", "Baru"), "A new training needs --title, --form and --jp."),
        (("put", "Baru!", "--title", "Baru", "--form", "bimtek", "--jp", "4"),
         "The key “Baru!” has at most 40 small letters, digits and _, a letter first: pelayanan_prima."),
        (("put", "prima", "--jp", "banyak"), "“banyak” is no number."),
        (("put", "prima", "--form", "dansa"), "The form “dansa” is not known: choose one of the list."),
        (("put", "prima", "--unit", "kel_x"), "The unit “kel_x” is not on the list of units."),
        (("put", "prima", "--attachment", "../suara.key"),
         "The file ../suara.key is missing: put it into data/survey_media first."),
        (("archive", "nothing"), "There is no training “nothing”; see: suara training list"),
        (("announce", "nothing", "--day", "1 Desember 2090, 08.00-12.00", "--place", "Aula"),
         "There is no training “nothing”; see: suara training list"),
        (("announce", "prima", "--day", "besok", "--place", "Aula"),
         "“besok” names no day with its hours. Write it like this: 1-2 Desember 2026, 08.00-15.30"),
        (("announce", "prima", "--place", "Aula"), "The session has no days: name at least one with its hours."),
        (("announce", "prima", "--day", "1 Desember 2020, 08.00-12.00", "--place", "Aula"),
         "Tuesday, 1 December 2020, 08.00 has passed already: name a day to come."),
        (("announce", "prima", "--day", "2 Desember 2090, 12.00-14.00", "--place", "aula "),
         "Saturday, 2 December 2090, 08.00–15.30: aula is taken by Pelayanan Prima at that time."),
        (("announce", "prima", "--day", "3 Desember 2090, 12.00-14.00"), "The session has neither a place nor a link."),
        (("change", KEY, "--capacity", "-1"), "The number of places is not below 0; 0 means that there is no limit."),
        (("change", "prima-0", "--capacity", "9"), "There is no such session of a training."),
        (("enrol", KEY, "123"), "That is no employee number: it has 18 digits."),
        (("enrol", KEY, "199003032015031003"),
         "Number 1: nobody on the roster has it. Compare it, or import the newest list."),
        (("enrol", "prima-0", MARIA), "There is no such session of a training."),
        (("withdraw", KEY, MARIA), "Nobody of that name takes part in this session."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence_and_nothing_is_saved(
    suara: Installation, arguments: tuple[str, ...], sentence: str
) -> None:
    assert suara("roster", "import", write(suara, *ROWS), "--apply").code == 0
    suara(*PUT)
    suara(*ANNOUNCE)
    before = suara("training", "list").out
    said = suara("training", *arguments)
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[-1].replace(f"{suara.folder}/", "") == sentence
    assert suara("training", "list").out == before


def test_places_cannot_be_fewer_than_those_enrolled_and_nobody_goes_to_two_at_once(suara: Installation) -> None:
    suara("roster", "import", write(suara, *ROWS), "--apply")
    suara(*PUT)
    suara(*ANNOUNCE[:-1], "2")
    suara("training", "enrol", KEY, MARIA, YOHANES)
    said = suara("training", "change", KEY, "--capacity", "1")
    assert said.err.splitlines()[-1] == "2 are enrolled already: there cannot be 1 places."
    suara("training", "put", "arsip", "--title", "Arsip", "--form", "bimtek", "--jp", "4")
    suara("training", "announce", "arsip", "--day", "2 Desember 2090, 09.00-12.00", "--place", "Ruang rapat")
    said = suara("training", "nominate", "arsip-2090-12-02", MARIA)
    assert said.err.splitlines()[-1] == (
        "Number 1: goes to Pelayanan Prima at that time (Saturday, 2 December 2090). Two sessions at once cannot be."
    )
    assert suara("training", "change", KEY, "--place", "Kantor Lurah").out == (
        f"Changed: {KEY}. Those who take part are told.\n"
    )


def test_what_is_offered_no_more(suara: Installation) -> None:
    assert suara("training", "list").err.splitlines()[-1].startswith("No training yet.")
    suara("roster", "import", write(suara, *ROWS), "--apply")
    suara(*PUT)
    assert suara("training", "list").out.splitlines()[1:] == ["prima\t\t\t\tPelayanan Prima"]
    assert suara("training", "put", "prima", "--title", "Layanan Prima", "--unit", "kel_nbd").out == (
        "Saved: Layanan Prima (prima)\n"
    )
    assert suara("training", "archive", "prima").out == "No longer offered: prima\n"
    assert suara("training", "list").out == ""


def test_a_workbook_out_and_in_again(office: Installation) -> None:
    assert office("training", "export", "keluar.xlsx").out == "Written: keluar.xlsx\n"
    again = office("training", "export", "keluar.xlsx")
    assert (again.code, again.err.splitlines()[-1]) == (1, "keluar.xlsx is there already. Name another file.")
    assert office("training", "import", "keluar.xlsx").out == "Trainings: as before 1\nSessions: as before 1\n"
    book = load_workbook(office.folder / "keluar.xlsx")
    book["Pelatihan"].append(["arsip", "Arsip", "lokakarya", "8"])
    book["Angkatan"]["G2"] = "Kantor Lurah"
    book["Angkatan"].append(["arsip-1", "arsip", "2090-12-05", "08.00", "12.00", None, "Ruang rapat"])
    book.save(office.folder / "masuk.xlsx")
    told = "Trainings: new 1, as before 1\nSessions: new 1, changed 1\n"
    assert office("training", "import", "masuk.xlsx").out == told
    assert len(office("training", "list").out.splitlines()) == 2
    assert office("training", "import", "masuk.xlsx", "--apply").out == told
    assert [line.split("\t")[0] for line in office("training", "list").out.splitlines()[1:]] == [KEY, "arsip-1"]
    assert office("training", "import", "masuk.xlsx").out == "Trainings: as before 2\nSessions: as before 2\n"


def test_every_fault_of_a_workbook_is_told_and_nothing_is_saved(office: Installation) -> None:
    assert office("training", "template", "kosong.xlsx").code == 0
    book = load_workbook(office.folder / "kosong.xlsx")
    book["Pelatihan"].append(["arsip", "Arsip", "lokakarya", "8"])
    book["Pelatihan"].append(["data", "Data", "kursus", "8", None, None, "kel_x"])
    book["Angkatan"].append(["arsip-1", "arsip", "2020-12-05", "08.00", "12.00", None, "Ruang rapat"])
    book["Angkatan"].append(["lain-1", "lain", "2090-12-05", "08.00", "12.00", None, "Ruang rapat"])
    book["Angkatan"].append(["arsip-2", "arsip", "besok", "08.00", "12.00", None, "Ruang rapat"])
    book.save(office.folder / "kosong.xlsx")
    said = office("training", "import", "kosong.xlsx", "--apply")
    mend = "Mend the row, then import the workbook again."
    assert said.out.splitlines() == [
        "ERROR  Angkatan, row 4: “besok” is no date. Write it like 2026-12-01 or 01/12/2026.",
        f"ERROR  Pelatihan, row 3: The unit “kel_x” is not on the list of units. {mend}",
        "ERROR  Angkatan, row 2: Saturday, 5 December 2020, 08.00 has passed already: name a day to come. " + mend,
        f"ERROR  Angkatan, row 3: There is no training “lain”; see: suara training list {mend}",
    ]
    assert (said.code, said.err.splitlines()[-1]) == (
        1, "kosong.xlsx: 4 errors. Nothing was saved; mend them first.",
    )  # fmt: skip
    assert len(office("training", "list").out.splitlines()) == 2
