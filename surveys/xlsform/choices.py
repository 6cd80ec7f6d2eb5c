"""The choices sheet, and lists that are kept in .csv files beside the form: choices by list.

Rule of the file: a list from a file becomes an ordinary list called like the file; nothing after this needs the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.findings import Findings
from surveys.survey import Choice, Texts
from surveys.xlsform.columns import Column, columns_of
from surveys.xlsform.comma import decoded, delimiter_of
from surveys.xlsform.languages import code_of
from surveys.xlsform.sheets import MOST_BYTES, Row, Sheet, Unopenable, cleaned, sheet_of, shortened, too_large
from surveys.xlsform.texts import Languages, media_of, texts_of, without_invisible

MOST_CHOICES = 10_000
"""More than this no person finds anything in; also a limit of memory."""


@dataclass(slots=True)
class Lists:
    """The choices lists of a form, those from files included as they are asked for."""

    by_name: dict[str, tuple[Choice, ...]]
    files: Mapping[str, bytes]
    languages: Languages
    findings: Findings
    filed: list[str] = field(default_factory=list)
    """Those that came from files, in the order they were asked for."""

    def named(self, name: str, row: int) -> tuple[Choice, ...]:
        """The list that a question in ``row`` names; reports it if there is none."""
        _ = self.findings.say
        found = self.by_name.get(name)
        if found is None:
            self.findings.error(
                "list-missing",
                "survey",
                row,
                _('There is no choices list "{name}".').format(name=name),
                _("Add its rows to the choices sheet, or correct the name in the type column."),
            )
            return ()
        return found

    def from_file(self, file_name: str, row: int, value: str = "", label: str = "") -> tuple[str, tuple[Choice, ...]]:
        """The list in a .csv file that a question in ``row`` names: its list name, and its choices.

        ``value`` and ``label``: the file's columns for name and label, where they are called otherwise.
        """
        _ = self.findings.say
        stem, dot, ending = file_name.rpartition(".")
        if not dot or ending.lower() != "csv":
            self.findings.error(
                "file-kind",
                "survey",
                row,
                _('Choices cannot be read from "{file}".').format(file=file_name),
                _("Save the list as a .csv file with the columns name and label."),
            )
            return stem or file_name, ()
        if stem in self.by_name and stem not in self.filed:
            self.findings.error(
                "file-and-list",
                "survey",
                row,
                _('There is a file "{file}" and a list "{name}" on the choices sheet.').format(
                    file=file_name, name=stem
                ),
                _("Rename one of them, or write select_one {name} to use the list.").format(name=stem),
            )
        elif stem not in self.by_name:
            if file_name not in self.files:
                self.findings.error(
                    "file-missing",
                    "survey",
                    row,
                    _('The file "{file}" was not found.').format(file=file_name),
                    _("Put it beside the form, or correct its name in the type column."),
                )
                return stem, ()
            self._take(stem, file_name, value, label)
        return stem, self.by_name[stem]

    def available(self, name: str) -> bool:
        """Whether ``pulldata`` can look into this list; one that is only a file is read now."""
        if name not in self.by_name and f"{name}.csv" in self.files:
            self._take(name, f"{name}.csv", "", "")
        return name in self.by_name

    def _take(self, stem: str, file_name: str, value: str, label: str) -> None:
        self.filed.append(stem)
        self.by_name[stem] = ()
        try:
            content = self.files[file_name]
            if len(content) > MOST_BYTES:
                raise too_large(self.findings, file_name)
            sheet = table_of(content, file_name, self.findings)
        except Unopenable as unopenable:
            self.findings.add(unopenable.problem)
            return
        columns = _columns_of_file(sheet, value, label, self.findings)
        labels = {column.language or self.languages.default for column in columns.values() if column.name == "label"}
        if not labels & set(self.languages.ordered):  # else a list in more languages than the form would widen it
            self.languages.note(columns.values())
        choices = (_choice(row, columns, sheet.name, self.languages, self.findings) for row in sheet.rows)
        self.by_name[stem] = tuple(choice for choice in choices if choice is not None)
        _check_list(stem, file_name, self.by_name[stem], self.findings)


def table_of(content: bytes, file_name: str, findings: Findings) -> Sheet:
    """A .csv file with a heading row as a sheet called like the file. Raises Unopenable."""
    _ = findings.say
    text = decoded(content, file_name, findings)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        return sheet_of(file_name, enumerate(reader, start=1), findings)
    except csv.Error:
        raise Unopenable(
            "csv",
            _("This .csv file cannot be read as a table."),
            _('In Excel, save it again as "CSV UTF-8".'),
            sheet=file_name,
        ) from None


def lists_of(
    sheet: Sheet | None,
    columns: Mapping[str, Column],
    files: Mapping[str, bytes],
    languages: Languages,
    findings: Findings,
) -> Lists:
    """Every list of the choices sheet, in the order of its rows."""
    by_name: dict[str, list[Choice]] = {}
    if sheet is not None and sheet.rows:
        _check_columns(columns, findings)
        for row in sheet.rows:
            name = _list_name(row, columns, findings)
            choice = _choice(row, columns, "choices", languages, findings)
            if name and choice is not None:
                by_name.setdefault(name, []).append(choice)
    finished = {name: tuple(choices) for name, choices in by_name.items()}
    for name, choices in finished.items():
        _check_list(name, "choices", choices, findings)
    return Lists(dict(finished), files, languages, findings)


def _check_columns(columns: Mapping[str, Column], findings: Findings) -> None:
    _ = findings.say
    present = {column.name for column in columns.values()}
    for needed in ("list_name", "name", "label"):
        if needed not in present:
            findings.error(
                "column-missing",
                "choices",
                1,
                _('The choices sheet has no column "{column}".').format(column=needed),
                _("Add it to the heading."),
            )


def _columns_of_file(sheet: Sheet, value: str, label: str, findings: Findings) -> dict[str, Column]:
    columns = columns_of(sheet, findings, kind="choices")
    for wanted, chosen in (("name", value), ("label", label)):
        if chosen:
            for heading, column in list(columns.items()):
                plain, _mark, language = heading.partition("::")
                if plain.lower() == chosen.lower():
                    columns[heading] = Column(wanted, code_of(language) or language)
                elif column.name == wanted:
                    columns[heading] = Column("")
    _ = findings.say
    for needed, heading in {"name": value or "name", "label": label or "label"}.items():
        if needed not in {column.name for column in columns.values()}:
            findings.error(
                "column-missing",
                sheet.name,
                1,
                _('The file "{file}" has no column "{column}".').format(file=sheet.name, column=heading),
                _("Add it to the heading."),
            )
    return columns


def _list_name(row: Row, columns: Mapping[str, Column], findings: Findings) -> str:
    _ = findings.say
    name = next((cell for heading, cell in row.cells.items() if _is(columns, heading, "list_name")), "")
    name = without_invisible(name, "choices", row.number, findings)
    if not name and any(_is(columns, heading, wanted) for heading in row.cells for wanted in ("name", "label")):
        findings.error(
            "choice-without-list",
            "choices",
            row.number,
            _("This choice belongs to no list."),
            _("Fill in the column list_name, or delete the row."),
        )
    return name


def _choice(
    row: Row, columns: Mapping[str, Column], sheet: str, languages: Languages, findings: Findings
) -> Choice | None:
    _ = findings.say
    name = without_invisible(
        next((cell for heading, cell in row.cells.items() if _is(columns, heading, "name")), ""),
        sheet,
        row.number,
        findings,
    )
    label: Texts = texts_of("label", row, columns, languages)
    if not name:
        if label:
            findings.error(
                "choice-without-name",
                sheet,
                row.number,
                _('The choice "{label}" has no name.').format(label=shortened(next(iter(label.values())))),
                _("Fill in the column name: a short word without spaces."),
            )
        return None
    if not label:
        findings.error(
            "choice-without-label",
            sheet,
            row.number,
            _('The choice "{name}" has no label.').format(name=name),
            _("Fill in the label that people see."),
        )
    aliases = next((cell for heading, cell in row.cells.items() if _is(columns, heading, "chat_aliases")), "")
    known = {"list_name", "name", "label", "chat_aliases", "media::image", "media::audio", "media::video"}
    return Choice(
        name=name,
        label=label,
        aliases=tuple(alias for alias in (cleaned(part) for part in aliases.split("|")) if alias),
        media=media_of(row, columns, languages),
        filters={
            heading: cell
            for heading, cell in row.cells.items()
            if columns.get(heading) and columns[heading].name not in known | {""}
        },
        row=row.number,
    )


def _is(columns: Mapping[str, Column], heading: str, wanted: str) -> bool:
    column = columns.get(heading)
    return column is not None and column.name == wanted


def _check_list(name: str, sheet: str, choices: tuple[Choice, ...], findings: Findings) -> None:
    _ = findings.say
    if len(choices) > MOST_CHOICES:
        findings.error(
            "list-too-long",
            sheet,
            choices[MOST_CHOICES].row,
            _('The list "{name}" has {number} choices.').format(name=name, number=len(choices)),
            _("Use at most {most}: split the list and ask in two steps.").format(most=MOST_CHOICES),
        )
    seen: dict[str, int] = {}
    for choice in choices:
        if choice.name in seen:
            findings.error(
                "choice-twice",
                sheet,
                choice.row,
                _('The list "{list}" has the choice "{name}" twice (also in row {row}).').format(
                    list=name, name=choice.name, row=seen[choice.name]
                ),
                _("Give each choice of a list a name of its own."),
            )
        seen.setdefault(choice.name, choice.row)
