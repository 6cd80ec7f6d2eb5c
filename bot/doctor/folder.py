"""The doctor looks at the settings and at the data folder: rights, room, keys, backups."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot import backups as copies
from bot.doctor.finding import Finding, Patient
from reports.render import pdf
from storage.archive import Archive
from storage.errors import Damaged, Sealed
from storage.vault import Vault, fingerprints

SCARCE, GONE = 1_000_000_000, 100_000_000
"""Bytes left on the disk: mind that; nothing works any more."""
OLD = timedelta(days=2)
"""A backup older than this is to be minded."""


def settings(patient: Patient) -> Iterator[Finding]:
    """Where the settings come from, and what is missing among them."""
    _, config = patient.say, patient.config
    if config.file is None:
        yield Finding("well", _("Trial mode: there is no config.toml, so the settings are those of a first try."))
    else:
        yield Finding("well", _("Settings: {file}").format(file=config.file))
        written = config.file.read_text(encoding="utf-8-sig")
        if any(secret in written for secret in config.secrets()) and _open_to_others(config.file):
            yield Finding(
                "mind",
                _("{file} holds secrets and others on this machine can read it.").format(file=config.file),
                f"chmod 600 {config.file}",
            )
    if config.telegram.token.get_secret_value() and not config.admin.telegram_ids:
        yield Finding(
            "mind",
            _("Nobody is told when something is wrong."),
            _("Write the Telegram numbers of those who look after the program to admin.telegram_ids."),
        )
    if config.file is not None and not config.privacy.contact:
        yield Finding(
            "mind",
            _("The notices name nobody who answers for personal data."),
            _("Write who that is (PPDP) to privacy.contact."),
        )
    private = config.web.host in {"127.0.0.1", "::1", "localhost"} or config.public_url.startswith("https://")
    if config.web.enabled and not private:
        yield Finding(
            "mind",
            _("The web chat is open to the network without https: what people write can be read on the way."),
            _("Put a web server with https before it (docs/operasi.md) and name its address in web.public_url."),
        )
    yield from _certificates(patient)


def _certificates(patient: Patient) -> Iterator[Finding]:
    """Whether they can be made, and their codes opened."""
    _, config = patient.say, patient.config
    if not config.training.certificates:
        return
    if not pdf.possible():
        yield Finding(
            "wrong",
            _("Certificates are asked for (training.certificates), and what makes them is not installed."),
            _("Run make run once more: it installs it."),
        )
    if not config.web.public_url:
        yield Finding(
            "mind",
            _("The codes on certificates lead to this machine alone."),
            _("Write the address at which others reach it to web.public_url."),
        )


def files(patient: Patient) -> Iterator[Finding]:
    """The data folder, who may read it, and how much room there is."""
    _, folder = patient.say, patient.config.folder
    if not folder.is_dir():
        yield Finding("mind", _("There is no data folder {folder} yet.").format(folder=folder), "suara serve")
        return
    if not os.access(folder, os.W_OK):
        yield Finding(
            "wrong",
            _("The data folder {folder} cannot be written by this account.").format(folder=folder),
            _("Give this command as the account that runs the program, or correct the rights of the folder."),
        )
    elif _open_to_others(folder):
        yield Finding(
            "mind",
            _("Others on this machine can look into the data folder {folder}.").format(folder=folder),
            f"chmod 700 {folder}",
        )
    else:
        yield Finding("well", _("Data folder: {folder}").format(folder=folder))
    strangers = sorted(path.name for path in folder.iterdir() if path.stat().st_uid != folder.stat().st_uid)
    if strangers:
        yield Finding(
            "wrong",
            _("In the data folder these belong to another account: {names}.").format(names=", ".join(strangers)),
            f"chown -R --reference={folder} {folder}",
        )
    free = shutil.disk_usage(folder).free
    said = _("Free on the disk: {size} GB.").format(size=f"{free / 1e9:.1f}")
    if free < SCARCE:
        remedy = _("Make room; without it messages are not taken (nothing is lost meanwhile).")
        yield Finding("wrong" if free < GONE else "mind", said, remedy)
    else:
        yield Finding("well", said)


def keys(patient: Patient) -> Iterator[Finding]:
    """The key file, and whether it belongs to the database."""
    _, path = patient.say, patient.config.key_file
    filled = patient.health is not None and bool(patient.health.revision)
    if not path.exists():
        if filled:
            yield Finding(
                "wrong",
                _("The key file {file} is missing, and the data cannot be read without it.").format(file=path),
                _("suara keys import FILE, or put the copy that was kept in its place."),
            )
        return
    try:
        found = fingerprints(Vault.from_json(path.read_text(encoding="utf-8")))
    except (Sealed, OSError, UnicodeDecodeError):
        yield Finding(
            "wrong", _("The key file {file} cannot be read.").format(file=path), _("suara keys import FILE --force")
        )
        return
    if patient.health is not None and patient.health.keys not in {"", *found}:
        yield Finding(
            "wrong",
            _("The key file {file} belongs to other data.").format(file=path),
            _("Put the one that belongs to these data in its place (suara keys import FILE --force)."),
        )
    elif _open_to_others(path):
        yield Finding(
            "wrong",
            _("Others on this machine can read the key file {file}.").format(file=path),
            f"chmod 600 {path}",
        )
    else:
        yield Finding("well", _("Key file: {file}").format(file=path))


def backups(patient: Patient) -> Iterator[Finding]:
    """The nightly copies: is there one, how old, is it whole?"""
    _, config = patient.say, patient.config
    if not config.backup.keep:
        yield Finding(
            "mind",
            _("No nightly backups are made (backup.keep is 0)."),
            _("Make them another way: suara backup FILE"),
        )
        return
    kept = copies.nightly(config.backups)
    if not kept:
        if patient.health is not None and patient.health.revision:
            first = _("The first nightly backup is made at {hour}:00, or when the program runs after that.")
            yield Finding("well", first.format(hour=f"{config.backup.hour:02d}"))
        return
    newest = kept[-1]
    try:
        with Archive(newest) as archive:
            age = patient.now - archive.manifest.made_at
            made_at = archive.manifest.made_at.astimezone(config.timezone)
    except (Damaged, OSError):
        yield Finding(
            "wrong",
            _("The newest backup {file} is damaged.").format(file=newest),
            _("Make one now (suara backup FILE) and look whether the disk is well."),
        )
        return
    said = _("Newest backup: {file}, {moment}, whole.").format(file=newest, moment=f"{made_at:%Y-%m-%d %H:%M}")
    if age > OLD:
        remedy = _("Look into the log why no newer one was made, and make one now: suara backup FILE")
        yield Finding("mind", said, remedy)
    else:
        yield Finding("well", said)


def _open_to_others(path: Path) -> bool:
    """Whether accounts other than the owner's may do anything with it; Windows keeps rights elsewhere."""
    return sys.platform != "win32" and bool(path.stat().st_mode & 0o077)
