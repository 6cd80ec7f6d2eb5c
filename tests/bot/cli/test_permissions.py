"""Every command asks the table: without its act it does nothing, whoever sits at the terminal."""

from __future__ import annotations

import pytest
from typer.main import get_command

from bot import cli
from handlers import permissions
from handlers.errors import NotAllowed
from tests.bot.cli.conftest import Installation
from tests.test_docs import commands

ACTS = {
    "admin invite --role viewer": "admins.invite",
    "admin list": "admins.see",
    "admin revoke 1": "admins.revoke",
    "audit list": "audit.see",
    "audit verify": "audit.see",
    "backup copy.zip": "data.back_up",
    "incidents": "incidents.see",
    "incidents --clear": "incidents.clear",
    "keys export keys.json": "keys.export",
    "keys import keys.json": "keys.import",
    "keys rotate": "keys.rotate",
    "privacy breach --since 2026-11-20": "leaks.see",
    "privacy breach --since 2026-11-20 --identities --reason Laptop_loket_dicuri": "identities.open",
    "privacy done 1": "requests.settle",
    "privacy due": "requests.see",
    "privacy retention": "retention.run",
    "privacy retention --dry-run": "retention.run",
    "privacy show 1": "requests.see",
    "report response-rate aspirasi": "rates.see",
    "report response-rate aspirasi --who --reason Mengingatkan_lewat_RT": "rates.name",
    "responses export aspirasi": "responses.export",
    "responses export aspirasi --identities --reason Menyurati_pengirim": "responses.export_identities",
    "restore copy.zip": "data.restore",
    "roster code 198609262015052001": "roster.code",
    "roster import list.csv": "roster.import",
    "roster import list.csv --apply": "roster.import",
    "roster import list.csv --names --reason Mencocokkan_dengan_SK": "roster.name",
    "report evidence prima-1": "evidence.see",
    "report evidence prima-1 --who": "evidence.name",
    "report learning-hours": "learning_hours.see",
    "report learning-hours --who --reason Menyusun_rencana": "learning_hours.name",
    "survey close aspirasi --yes": "surveys.close",
    "survey publish l1_reaksi --yes": "surveys.publish",
    "training announce prima --day 2099-12-01,08.00-15.30 --place Aula": "trainings.change",
    "training archive prima": "trainings.change",
    "training cancel prima-1 --reason Ruang_dipakai": "trainings.change",
    "training certificates list prima-1": "trainings.see",
    "training certificates revoke 001/SERT-ALAK/XII/2026": "certificates.revoke",
    "training change prima-1 --place Aula": "trainings.change",
    "training code prima-1": "attendance.show",
    "training enrol prima-1 198609262015052001": "trainings.enrol",
    "training export trainings.xlsx": "trainings.see",
    "training hours note 8 --evidence Sertifikat --employee 198609262015052001": "learning_hours.note",
    "training import book.xlsx": "trainings.change",
    "training list": "trainings.see",
    "training nominate prima-1 198609262015052001": "trainings.enrol",
    "training pairs end pair": "trainings.enrol",
    "training pairs list": "trainings.enrol",
    "training pairs put prima --mentor 1 --mentee 2 --from 2099-12-01": "trainings.enrol",
    "training pairs show pair": "trainings.enrol",
    "training put prima --title Prima --form bimtek --jp 8": "trainings.change",
    "training reminders": "reminders.see",
    "training show prima-1": "trainings.see",
    "training task assign prima-1-1": "tasks.assign",
    "training task list": "trainings.see",
    "training task put prima-1 --title Teks --instruction Susun": "tasks.assign",
    "training task results prima-1-1": "evidence.see",
    "training withdraw prima-1 198609262015052001": "trainings.enrol",
}
"""What is typed, and the act it needs."""
FOR_ALL = {
    "chat": "answers a survey, as anybody may",
    "demo": "an office of its own, made up",
    "doctor": "looks over the installation, not over people",
    "migrate": "what serve does by itself",
    "roster template": "an empty list",
    "serve": "the program itself",
    "service": "the program itself",
    "survey check": "reads a file",
    "survey export": "a form, which everybody may see",
    "survey list": "what everybody may see",
    "survey play": "keeps nothing",
    "training template": "an empty workbook",
    "telegram setup": "tells Telegram what is in the settings",
    "version": "a number",
}


def test_every_command_is_in_one_of_the_two_lists() -> None:
    names = {name.removeprefix("suara ") for name, _command in commands(get_command(cli.program()))}
    asking = {name for name in names if any(f"{typed} ".startswith(f"{name} ") for typed in ACTS)}
    open_to_all = {name for name in names if name in FOR_ALL or name.split()[0] in FOR_ALL}
    assert (names - asking - open_to_all, asking & open_to_all) == (set(), set())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """With a published survey and a list to import."""
    folder = tmp_path_factory.mktemp("office")
    office = Installation(folder, "")
    assert office("survey", "publish", "aspirasi", "--yes").code == 0
    (folder / "list.csv").write_text("Nama;NIP;Status;Unit\nMaria Tefa;198609262015052001;PNS;NBD\n")
    assert office("training", "template", "book.xlsx").code == 0
    for name in ("copy.zip", "keys.json"):
        (folder / f"{name}").unlink(missing_ok=True)
    return office


@pytest.mark.parametrize(("typed", "act"), ACTS.items(), ids=ACTS)
def test_without_its_act_a_command_does_nothing(
    office: Installation, monkeypatch: pytest.MonkeyPatch, typed: str, act: str
) -> None:
    left = {name: allowed for name, allowed in permissions.ACTS.items() if name != act}
    monkeypatch.setattr(permissions, "ACTS", left)
    before = {path for path in office.folder.rglob("*") if path.suffix not in {"", ".sqlite3-wal", ".sqlite3-shm"}}
    said = office(*typed.split())
    assert (said.code, said.err.splitlines()[-1]) == (1, NotAllowed.__doc__)
    assert {path for path in office.folder.rglob("*") if path.suffix in {".zip", ".json", ".xlsx"}} <= before
