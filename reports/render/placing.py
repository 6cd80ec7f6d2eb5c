"""A file that is whole or not there: it grows in a hidden folder beside its place and is moved there at the end.

Rule of the file: whatever goes wrong, what stood at the place before still stands there, and nothing half is left.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.base import ReportError

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no text file and no workbook holds."""
_LINE = re.compile(r"\r\n?")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


@contextmanager
def growing(path: Path, say: Callable[[str], str]) -> Iterator[Path]:
    """A private folder on the disk of ``path``; it is gone afterwards. Raises ReportError where the disk refuses."""
    _ = say
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        hidden = f".{path.name[:40]}-"
        with tempfile.TemporaryDirectory(prefix=hidden, dir=path.parent, ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ReportError(_("{file} cannot be written: {why}.").format(file=path, why=why)) from error


def cleaned(text: str) -> str:
    """``text`` without what a file cannot hold; lines end in a line feed."""
    if text.isascii() and text.isprintable():
        return text
    return _UNWANTED.sub("", _LINE.sub("\n", text) if "\r" in text else text)


def computes(text: str) -> bool:
    """Whether a spreadsheet may take ``text`` for a formula: =, +, - or @ come first, or a tab or line end."""
    return _FORMULA.match(text) is not None
