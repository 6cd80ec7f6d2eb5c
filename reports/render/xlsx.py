"""A workbook: a frozen line of headings, dates and numbers that are such, and no text that is ever computed.

Rule of the file: every text goes in as text, marked so that it stays text when somebody edits the cell. Rows are
written as they come and not kept; a sheet that is full goes on in another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reports.base import Batch, ReportError, Row, Sheet
from reports.render._xlsx_cells import Cells
from reports.render.placing import growing

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""Excel's own limits (its page "Excel specifications and limits")."""
_LONGEST_TITLE = 31


@contextmanager
def writing(
    path: Path,
    sheets: Sequence[Sheet],
    *,
    written: list[Path],
    say: Callable[[str], str] = str,
    most_rows: int = MOST_ROWS,
) -> Iterator[Workbook]:
    """Write a workbook to ``path``. Raises ReportError."""
    import xlsxwriter

    _ = say
    widest = max(len(sheet.columns) for sheet in sheets)
    if widest > MOST_COLUMNS:
        words = _("This has {count} columns, and Excel takes {most}. Write it as csv.")
        raise ReportError(words.format(count=widest, most=MOST_COLUMNS))
    with growing(path, say) as folder:
        draft = folder / "book.xlsx"
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "use_zip64": True,
        }
        book = Workbook(xlsxwriter.Workbook(str(draft), options), sheets, say, most_rows)
        try:
            yield book
            book.close()
        finally:
            book.let_go()
        draft.replace(path)
        written.append(path)


class Workbook:
    """A workbook being written."""

    def __init__(self, book: Any, sheets: Sequence[Sheet], say: Callable[[str], str], most_rows: int) -> None:
        self._book = book
        self.cells = Cells(book, say)
        self.most_rows = most_rows
        self._titles = {sheet.name.casefold() for sheet in sheets}
        self._sheets = [_Growing(self, sheet) for sheet in sheets]

    def write(self, batch: Batch) -> None:
        """Add rows."""
        self._sheets[batch.sheet].add(batch.rows)

    def add_page(self, title: str) -> Any:
        """A new page."""
        return self._book.add_worksheet(title)

    def next_title(self, title: str, number: int) -> str:
        """What the ``number``-th page of a sheet is called."""
        ending = f" ({number})"
        while (name := title[: _LONGEST_TITLE - len(ending)] + ending).casefold() in self._titles:
            ending = f"{ending[:-1]}_)"
        self._titles.add(name.casefold())
        return name

    def close(self) -> None:
        """Put the file together. Raises OSError."""
        from xlsxwriter.exceptions import XlsxFileError

        for sheet in self._sheets:
            sheet.finish()
        try:
            self._book.close()
        except XlsxFileError as error:
            raise OSError(getattr(error.__context__, "errno", None), str(error)) from error

    def let_go(self) -> None:
        """Close what is still open."""
        for page in self._book.worksheets():
            page.row_data_fh.close()


class _Growing:
    """One sheet, and the page of it that is being written.

    Its rows go as they are into the file in which the library keeps those it has written; the library's own way to
    write a cell takes three times as long as everything else together.
    """

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self._book = book
        self._sheet = sheet
        cells = book.cells
        self._looks = [cells.wrapped if column.wrap else cells.plain for column in sheet.columns]
        self._pages = 0
        self._begin(sheet.name)

    def _begin(self, title: str) -> None:
        self._pages += 1
        self._page = page = self._book.add_page(title)
        page.freeze_panes(1, 0)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for number, column in enumerate(self._sheet.columns):
            page.set_column(number, number, column.width)
        self._rows = 0
        headings = [column.heading for column in self._sheet.columns]
        self._write([self._book.cells.row(1, headings, [self._book.cells.heading] * len(headings))])

    def add(self, rows: Sequence[Row]) -> None:
        """Below those before."""
        lines: list[str] = []
        for row in rows:
            if self._rows + len(lines) == self._book.most_rows:
                self._write(lines)
                lines = []
                self.finish()
                self._begin(self._book.next_title(self._sheet.name, self._pages + 1))
            lines.append(self._book.cells.row(self._rows + len(lines) + 1, row, self._looks))
        self._write(lines)

    def _write(self, lines: list[str]) -> None:
        self._page.row_data_fh.write("".join(lines))
        self._rows += len(lines)

    def finish(self) -> None:
        """No more rows on this page."""
        page = self._page
        page.autofilter(0, 0, self._rows - 1, len(self._sheet.columns) - 1)
        page.dim_rowmin, page.dim_colmin = 0, 0
        page.dim_rowmax, page.dim_colmax = self._rows - 1, len(self._sheet.columns) - 1
