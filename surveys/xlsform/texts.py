"""Texts in several languages out of the cells of one row.

Rule of the file: a heading without a language belongs to the default language; the default language comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from surveys.findings import Findings
from surveys.survey import Texts
from surveys.xlsform.columns import Column
from surveys.xlsform.sheets import Row

MEDIA = ("image", "audio", "video")

_UNSEEN = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
"""Characters of no width: nobody sees them, and two names that look alike differ by them."""

_CURLY = str.maketrans(dict.fromkeys("‘’‚", "'") | dict.fromkeys("“”„«»", '"'))


@dataclass(slots=True)
class Languages:
    """The languages of a form: the default one, then the others in the order of their columns."""

    default: str
    found: list[str] = field(default_factory=list)

    def note(self, columns: Iterable[Column]) -> None:
        """Remember the languages these columns are in."""
        for column in columns:
            if column.language and column.language not in self.found:
                self.found.append(column.language)

    @property
    def ordered(self) -> tuple[str, ...]:
        """The default language first."""
        return (self.default, *(code for code in self.found if code != self.default))


def texts_of(name: str, row: Row, columns: Mapping[str, Column], languages: Languages) -> dict[str, str]:
    """The texts of one column in all its languages, the default language first. A column with the language wins."""
    found: dict[str, str] = {}
    for heading, cell in row.cells.items():
        column = columns.get(heading)
        if column is None or column.name != name:
            continue
        if column.language:
            found[column.language] = cell
        else:
            found.setdefault(languages.default, cell)
    return {code: found[code] for code in languages.ordered if code in found}


def media_of(row: Row, columns: Mapping[str, Column], languages: Languages) -> dict[str, Texts]:
    """Pictures and sounds of a label by kind."""
    found: dict[str, Texts] = {}
    for kind in MEDIA:
        files = texts_of(f"media::{kind}", row, columns, languages)
        if files:
            found[kind] = files
    return found


def seen(cell: str) -> str:
    """What of a cell can be seen."""
    return cell.translate(_UNSEEN).strip()


def without_invisible(cell: str, sheet: str, row: int, findings: Findings) -> str:
    """A name or an expression without characters that nobody sees; says that they were there."""
    plain = seen(cell)
    if plain != cell:
        _ = findings.say
        findings.warning(
            "invisible",
            sheet,
            row,
            _('"{text}" held characters that cannot be seen; they were taken out.').format(text=plain[:40]),
            _("Type the cell again to be rid of this message."),
        )
    return plain


def straightened(cell: str, column: str, sheet: str, row: int, findings: Findings) -> str:
    """An expression without invisible characters and with straight quotation marks; says that it was not so."""
    text = without_invisible(cell, sheet, row, findings)
    straight = text.translate(_CURLY)
    if straight != text:
        _ = findings.say
        findings.warning(
            "curly-quotes",
            sheet,
            row,
            _("The quotation marks in {column} are curly; they are read as straight ones.").format(column=column),
            _("Write ' instead of ‘ and ’."),
        )
    return straight
