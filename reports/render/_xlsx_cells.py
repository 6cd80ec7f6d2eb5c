"""One row of a workbook as it stands in the file (ECMA-376 part 1, 18.3.1.73 row and 18.3.1.4 c).

Rule of the file: quick, since it runs for every cell, and strict: a text is a text, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from reports.base import Cell, Row
from reports.render.placing import cleaned, computes

LONGEST_CELL = 32_767
"""Excel's own limit; letters are counted in UTF-16."""
_ZERO = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)
"""Excel's calendar before this day has one that never was."""
_DAY_SECONDS = 86_400
_MARKUP = re.compile("[&<>]")
_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")
"""Excel reads ``_x0041_`` as an A."""

Look = tuple[str, str]
"""The format of a column's texts, and that of those which Excel would compute, as attributes of a cell."""


class Cells:
    """Rows as text, with the formats of one workbook."""

    def __init__(self, book: Any, say: Callable[[str], str]) -> None:
        from xlsxwriter.utility import xl_col_to_name

        def look(**properties: Any) -> str:
            # The library tells this number nowhere else; asking gives the format its place in the file.
            return f' s="{book.add_format(properties)._get_xf_index()}"'  # noqa: SLF001

        heading = {"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"}
        wrapped = {"text_wrap": True, "valign": "top"}
        quoted = {"quote_prefix": True}  # it stays a text when somebody edits the cell
        self.plain: Look = ("", look(**quoted))
        self.wrapped: Look = (look(**wrapped), look(**wrapped, **quoted))
        self.heading: Look = (look(**heading), look(**heading, **quoted))
        self._day = look(num_format="yyyy-mm-dd")
        self._hour = look(num_format="hh:mm")
        self._moment = look(num_format="yyyy-mm-dd hh:mm:ss")
        self._say = say
        self._letters_of = xl_col_to_name
        self._letters: list[str] = []

    def row(self, number: int, cells: Row, looks: Sequence[Look]) -> str:
        """Row ``number``, counted from 1."""
        while len(self._letters) < len(cells):
            self._letters.append(self._letters_of(len(self._letters)))
        parts = [f'<row r="{number}">']
        for letters, cell, look in zip(self._letters, cells, looks, strict=False):
            if cell is None:
                continue
            kind = type(cell)
            if kind is int or kind is float:
                parts.append(f'<c r="{letters}{number}"><v>{cell}</v></c>')
            elif kind is str:
                parts.append(self._text(f"{letters}{number}", cell, look))  # type: ignore[arg-type]
            else:
                parts.append(self._time(f"{letters}{number}", cell, look))
        parts.append("</row>")
        return "".join(parts)

    def _text(self, place: str, text: str, look: Look) -> str:
        words = cleaned(text)
        if not words:
            return ""
        if len(words) * 2 > LONGEST_CELL:
            words = cut(words, self._say)
        shown = look[1] if computes(words) else look[0]
        if _MARKUP.search(words):
            words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if "_x" in words:
            words = _ESCAPED.sub("_x005F_", words)
        space = ' xml:space="preserve"' if words[0].isspace() or words[-1].isspace() else ""
        return f'<c r="{place}"{shown} t="inlineStr"><is><t{space}>{words}</t></is></c>'

    def _time(self, place: str, cell: Cell, look: Look) -> str:
        match cell:
            case datetime() if cell.date() >= _FIRST_DAY:
                days = cell.toordinal() - _ZERO + _seconds(cell) / _DAY_SECONDS
                return f'<c r="{place}"{self._moment}><v>{days:.16G}</v></c>'
            case datetime():
                return self._text(place, cell.isoformat(" ", "seconds"), look)
            case date() if cell >= _FIRST_DAY:
                return f'<c r="{place}"{self._day}><v>{cell.toordinal() - _ZERO}</v></c>'
            case time():
                return f'<c r="{place}"{self._hour}><v>{_seconds(cell) / _DAY_SECONDS:.16G}</v></c>'
            case _:
                return self._text(place, str(cell), look)


def _seconds(at: datetime | time) -> float:
    return at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6


def cut(text: str, say: Callable[[str], str]) -> str:
    """What fits into a cell, and that it was more."""
    _ = say
    units = text.encode("utf-16-le")
    if len(units) // 2 <= LONGEST_CELL:
        return text
    note = _(" … [cut: {count} characters in all]").format(count=len(text))
    room = LONGEST_CELL - len(note.encode("utf-16-le")) // 2
    return units[: room * 2].decode("utf-16-le", errors="ignore") + note
