"""The doctor asks the database: reachable, sound, up to date, and how the work in it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.doctor.finding import Finding, Patient
from storage import health as asking
from storage.database import Database, file_of, open_database
from storage.errors import StorageError
from storage.health import Health
from storage.migrating import knows, newest

LATE = timedelta(minutes=10)
"""A message that waits longer is to be minded."""
LONG_LOG = 500_000_000
"""Bytes of SQLite's log that should long have gone into the file."""
QUIET = timedelta(seconds=15)
"""A process on a server that was silent for longer is not counted as running."""


async def ask(patient: Patient) -> tuple[Health | None, list[Finding]]:
    """What the database says, and what is to be said about the database itself."""
    _, url = patient.say, patient.config.database_url
    file = file_of(url)
    if file is not None and not file.exists():
        return None, [Finding("mind", _("There is no database {file} yet.").format(file=file), "suara serve")]
    database = open_database(url)
    try:
        return await _ask(database, patient)
    except StorageError as error:
        remedy = (
            _("Restore the newest backup (suara restore FILE --force); the damaged file is kept.")
            if file is not None
            else _("Look whether the server runs and database.url is right.")
        )
        said = _("The database cannot be read: {reason}").format(reason=_(str(error)))
        return None, [Finding("wrong", said, remedy)]
    finally:
        await database.close()


async def _ask(database: Database, patient: Patient) -> tuple[Health, list[Finding]]:
    _ = patient.say
    async with database.read() as transaction:
        health = await asking.examine(transaction)
        faults = await asking.faults(transaction)
    findings = []
    if faults:
        findings.append(
            Finding(
                "wrong",
                _("The database is damaged: {faults}").format(faults="; ".join(faults[:3])),
                _("Stop the program and restore the newest backup: suara restore FILE --force"),
            )
        )
    else:
        findings.append(Finding("well", _("Database: {server}, sound.").format(server=health.server)))
    if database.sqlite:
        findings += _journal(patient, health)
    if health.revision == newest():
        findings.append(Finding("well", _("Tables: revision {revision}.").format(revision=health.revision)))
    elif knows(health.revision) or not health.revision:
        said = _("The tables are older than this version of the program.")
        findings.append(Finding("mind", said, _("suara migrate; the start of the program does it too.")))
    else:
        said = _("The tables are those of a newer version of the program.")
        findings.append(Finding("wrong", said, _("Install that version again, or restore a backup of this one.")))
    return health, findings


def _journal(patient: Patient, health: Health) -> Iterator[Finding]:
    _, file = patient.say, file_of(patient.config.database_url)
    if health.journal != "wal":
        yield Finding(
            "mind",
            _("The database does not keep a write-ahead log ({mode}).").format(mode=health.journal),
            _("It has to lie on a disk of this machine, not on a network drive."),
        )
    log = file.with_name(file.name + "-wal") if file is not None else None
    if log is not None and log.exists() and log.stat().st_size > LONG_LOG:
        size = f"{log.stat().st_size / 1e9:.1f}"
        yield Finding(
            "mind",
            _("The database's log has grown to {size} GB.").format(size=size),
            _("Restart the program; it is written into the database then."),
        )


def work(patient: Patient) -> Iterator[Finding]:
    """Who serves, what there is to answer, what waits, what went wrong."""
    _, health = patient.say, patient.health
    if health is None:
        return
    yield _running(patient, health)
    if not health.open_surveys:
        yield Finding("mind", _("No survey is open."), _("suara survey publish FILE"))
    else:
        yield Finding("well", _("Open surveys: {number}.").format(number=health.open_surveys))
    waiting = health.waiting
    said = _("Messages to be sent: {number}.").format(number=waiting.queued + waiting.leased)
    if waiting.oldest is not None and patient.now - waiting.oldest > LATE:
        minutes = int((patient.now - waiting.oldest).total_seconds() // 60)
        said += " " + _("The oldest has waited for {minutes} minutes.").format(minutes=minutes)
        yield Finding("mind", said, _("Look whether the program runs and Telegram can be reached."))
    else:
        yield Finding("well", said)
    if health.unseen:
        yield Finding("mind", _("{number} new incidents.").format(number=health.unseen), "suara incidents")
    else:
        yield Finding("well", _("No new incidents."))


def _running(patient: Patient, health: Health) -> Finding:
    _ = patient.say
    if file_of(patient.config.database_url) is not None:
        if patient.running is None:
            return Finding("mind", _("The program is not running."), "suara serve")
        return Finding("well", _("The program is running (process {number}).").format(number=patient.running or "?"))
    if health.last_beat is None or patient.now - health.last_beat > QUIET:
        return Finding("mind", _("The program is not running."), "suara serve")
    return Finding("well", _("The program is running ({number} processes).").format(number=health.processes))
