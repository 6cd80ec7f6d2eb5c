"""Tables as text: one file a sheet, as Excel opens them here, and nothing in them that is ever computed.

UTF-8 with the mark that Excel looks for. Fields are parted by ``;`` as in Indonesia, where the comma is the decimal
mark; with another delimiter decimals have a point. A text that a spreadsheet would take for a formula, or for a number
that it would write differently, begins with an apostrophe, and so does what would be a formula where fields are parted
at another mark; numbers stay numbers. Where there are several sheets, ``x.csv`` holds the first and the others lie
beside it as ``x-name.csv``, so that every one opens with a double click; ``x.zip`` holds all of them.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from reports.base import Batch, Cell, Row, Sheet
from reports.render.placing import cleaned, computes, growing

_PARTED = re.compile(r"([,;]\s*|(?<=\S)\s*[\t\n]\s*)(?=[=+@＝＋＠])")
"""Where a program that parts fields at another mark would begin a field, and compute it."""
_DIGITS = re.compile(r"\s*(?:0[0-9]+(?:[.,][0-9]+)?|[0-9]{16,}|[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+)\s*")
"""Figures of which Excel would change some: zeros in front, more than fifteen, "12E3"."""
_NO_FILE_NAME = re.compile(r"[^\w.-]+")


@contextmanager
def writing(
    path: Path,
    sheets: Sequence[Sheet],
    *,
    written: list[Path],
    say: Callable[[str], str] = str,
    delimiter: str = ";",
) -> Iterator[Tables]:
    """Write ``path`` and the files beside it, or one archive where it ends in .zip. Raises ReportError."""
    names = _file_names(sheets)
    with growing(path, say) as folder:
        with ExitStack() as stack:
            files = [stack.enter_context((folder / name).open("w", encoding="utf-8-sig", newline="")) for name in names]
            yield Tables(files, sheets, delimiter)
        if path.suffix.lower() == ".zip":
            draft = folder / ".zip"
            with zipfile.ZipFile(draft, "w", compression=zipfile.ZIP_DEFLATED) as archive:
                for name in names:
                    archive.write(folder / name, name)
            draft.replace(path)
            written.append(path)
            return
        for number, name in enumerate(names):
            place = path if number == 0 else path.with_name(f"{path.stem}-{name}")
            (folder / name).replace(place)
            written.append(place)


def _file_names(sheets: Sequence[Sheet]) -> list[str]:
    found: list[str] = []
    for sheet in sheets:
        plain = _NO_FILE_NAME.sub("_", sheet.name.casefold()).strip("_.") or "_"
        name, number = plain, 1
        while f"{name}.csv" in found:
            number += 1
            name = f"{plain}_{number}"
        found.append(f"{name}.csv")
    return found


class Tables:
    """Tables being written."""

    def __init__(self, files: Sequence[IO[str]], sheets: Sequence[Sheet], delimiter: str) -> None:
        self._writers = [csv.writer(file, delimiter=delimiter, lineterminator="\r\n") for file in files]
        self._comma = delimiter == ";"
        for writer, sheet in zip(self._writers, sheets, strict=True):
            writer.writerow([text(column.heading) for column in sheet.columns])

    def write(self, batch: Batch) -> None:
        """Add rows."""
        self._writers[batch.sheet].writerows([self._written(row) for row in batch.rows])

    def _written(self, row: Row) -> list[Any]:
        return [
            text(cell) if type(cell) is str else cell if cell is None or type(cell) is int else self._other(cell)
            for cell in row
        ]

    def _other(self, cell: Cell) -> str:
        if isinstance(cell, datetime):
            return cell.isoformat(" ", "seconds")
        if isinstance(cell, date):
            return cell.isoformat()
        if isinstance(cell, time):
            return cell.isoformat("minutes" if not cell.second else "seconds")
        plain = str(cell)
        if "e" in plain:
            plain = format(Decimal(plain), "f")
        return plain.replace(".", ",") if self._comma else plain


def text(words: str) -> str:
    """A text as a field holds it."""
    plain = _PARTED.sub(r"\1'", cleaned(words))
    return f"'{plain}" if computes(plain) or _DIGITS.fullmatch(plain) else plain
