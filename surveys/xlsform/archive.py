"""Whether a file may be opened as a workbook at all: judged by its archive, before anything in it is understood.

Rule of the file: a part of the archive may be called as it likes, so every part is looked at. The limits are far above
what a form needs and far below what would fill the memory: a cell becomes some hundred bytes, a style some thousand.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from surveys.findings import Findings
from surveys.xlsform.sheets import Unopenable, too_large

MOST_UNPACKED = 30_000_000
MOST_PARTS = 2_000
MOST_TAGS = 100_000
MOST_CELL_TAGS = 1_500_000
"""Of a part with cells or with their texts."""

_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00|\x00<\x00!", re.IGNORECASE)
_CELLS = re.compile(rb"<(?:\w{1,20}:)?(?:worksheet|sst)[\s>]")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def inspect(content: bytes, findings: Findings) -> None:
    """Raises Unopenable for what is no workbook, or one that nobody should open."""
    _ = findings.say
    if content.startswith(_OLD):
        raise Unopenable(
            "old-excel",
            _("This is an old Excel file (.xls) or one with a password."),
            _('Open it in Excel and save it as "Excel Workbook (.xlsx)" without a password.'),
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _no_workbook(findings) from None
    with archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise too_large(findings)
        names = {part.filename for part in parts}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Unopenable(
                "macros",
                _("This workbook contains macros."),
                _('Save it as "Excel Workbook (.xlsx)", which has none, and upload it again.'),
            )
        if not any(name.startswith("xl/") for name in names):
            raise _no_workbook(findings)
        for part in parts:
            _inspect_part(_content(archive, part, findings), findings)


def damaged(findings: Findings) -> Unopenable:
    """What is said of a workbook with a part that is not what it should be."""
    _ = findings.say
    return Unopenable(
        "damaged",
        _("This Excel workbook is damaged."),
        _("Open it in Excel, save it under a new name and upload that."),
    )


def _no_workbook(findings: Findings) -> Unopenable:
    _ = findings.say
    return Unopenable(
        "no-workbook",
        _("This file is no Excel workbook."),
        _('Save the form as "Excel Workbook (.xlsx)" and upload it again.'),
    )


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, findings: Findings) -> bytes:
    """No more than the part says it is long: zipfile reads no further."""
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise damaged(findings) from error


def _inspect_part(xml: bytes, findings: Findings) -> None:
    _ = findings.say
    if _ENTITY.search(xml):
        raise Unopenable(
            "entities",
            _("This workbook refers to things outside itself and is not opened."),
            _("Copy its sheets into a new workbook and upload that."),
        )
    most = MOST_CELL_TAGS if _CELLS.search(xml[:4096]) else MOST_TAGS
    if xml.count(b"<") > most:
        raise too_large(findings)
