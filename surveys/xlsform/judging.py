"""pyxform's judgement: the same rows, as ODK and KoboToolbox would take them.

Rule of the file: pyxform sees the author's headings and cells, without what is ours alone (``chat_*``, files).
It stops at its first error, so its verdict is added to our own findings, and left out where they say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from surveys.findings import Findings, Say
from surveys.xlsform.choices import Lists
from surveys.xlsform.columns import Column
from surveys.xlsform.languages import heading_of
from surveys.xlsform.parameters import is_ours, parsed, written
from surveys.xlsform.sheets import Row, Sheet, Workbook, shortened
from surveys.xlsform.texts import seen
from surveys.xlsform.type_words import type_word

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]")
_SHEET = re.compile(r"On the '(\w+)' sheet")

Cells = dict[str, str]


def judge(
    workbook: Workbook,
    columns: Mapping[str, Mapping[str, Column]],
    lists: Lists,
    name: str,
    findings: Findings,
) -> None:
    """Add what pyxform has against the form to ``findings``. ``columns``: by sheet, the headings that are read."""
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import DefinitionData

    survey, survey_heading = _survey_rows(workbook.sheets["survey"], columns["survey"])
    choices, choices_heading = _choices_rows(workbook.sheets.get("choices"), columns["choices"], lists)
    settings = _settings_row(workbook.sheets.get("settings"), columns["settings"], name)
    definition = DefinitionData(
        survey=survey,
        survey_header=[dict.fromkeys(survey_heading)],
        choices=choices,
        choices_header=[dict.fromkeys(choices_heading)],
        settings=[settings],
        settings_header=[dict.fromkeys(settings)],
        sheet_names=["survey", "choices", "settings"],
    )
    try:
        parsed = workbook_to_json(definition, fallback_form_name=name, warnings=[])
        create_survey_element_from_dict(parsed).to_xml(validate=False, warnings=[])
    except PyXFormError as error:
        _report(str(error), workbook.sheets["survey"], findings)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        # pyxform trips over forms that our own pass has already refused; alone, such a stumble must not pass for a yes.
        if not findings.errors:
            _report(f"{type(error).__name__}: {error}", workbook.sheets["survey"], findings)


def _report(message: str, survey: Sheet, findings: Findings) -> None:
    _ = findings.say
    row = int(found[1]) if (found := _ROW.search(message)) else _row_with(message, survey)
    sheet = found[1] if (found := _SHEET.search(message)) else "survey"
    if any(p.level == "error" and (not row or (p.sheet, p.row) == (sheet, row)) for p in findings.problems):
        return
    if "more than once" in message and any(p.code == "name-twice" for p in findings.problems):
        return
    what, remedy = _in_our_words(message, findings.say)
    findings.error("pyxform", sheet, row, what, remedy)


def _row_with(message: str, survey: Sheet) -> int:
    """The first row that has the parameter of which ``message`` complains without saying where; 0 if none."""
    found = re.search(r"Invalid value for ([\w-]+)\.|Parameter (\S+) must", message)
    key = next((group for group in found.groups() if group), "") if found else ""
    rows = (row.number for row in survey.rows if any(key in parsed(cell)[0] for cell in row.cells.values()))
    return next(rows, 0) if key else 0


def _in_our_words(message: str, say: Say) -> tuple[str, str]:
    """What pyxform says, in the author's language where we know the sentence."""
    _ = say
    plain = shortened(_ROW.sub("", message), 300)
    for pattern, what, remedy in (
        (
            r"Could not find the name '(.+?)'|no survey element named '(.+?)'",
            _('"{name}" is used here, but no question is called so.'),
            _("Correct the name between ${{ and }}, or add the question."),
        ),
        (
            r"The name '(.+?)' appears more than once|multiple survey elements named '(.+?)'",
            _('"{name}" is used here, but several rows are called so.'),
            _("Give each question, group and repeat a name of its own in the whole form."),
        ),
        (
            r"Reference variables must start with()",
            _("A ${{…}} in this row is not complete."),
            _("Write ${{name}} with the name of one question between the braces."),
        ),
        (
            r"invalid parameter key\(s\): '(.+?)'",
            _('The parameter "{name}" is not known for this type.'),
            _("Correct or delete it."),
        ),
        (
            r"Parameter (\S+) must|Invalid value for ([\w-]+)\.|'([\w-]+)' parameter must|parameter '([\w-]+)' must",
            _('The value of the parameter "{name}" is none that the standard allows.'),
            _("Correct the value, or delete the parameter: it changes nothing in a chat."),
        ),
        (
            r"The name '(.+?)' is reserved",
            _('"{name}" cannot be a name: the standard keeps it for itself.'),
            _("Choose another name."),
        ),
        (
            r"survey element named '(.+?)' has no label or hint",
            _('The question "{name}" has no label.'),
            _("Fill in the label that people see."),
        ),
        (
            r"Unknown question type '(.+?)'",
            _('The type "{name}" is not known.'),
            _("Use one of the types in the manual."),
        ),
    ):
        found = re.search(pattern, message)
        if found:
            name = next((group for group in found.groups() if group), "")
            return what.format(name=name), remedy.format()
    return (
        _("The XLSForm standard does not allow this: {message}").format(message=plain),
        _("Correct the row; the standard is described at xlsform.org."),
    )


def _padded(rows: tuple[Row, ...], converted: list[Cells]) -> list[Cells]:
    """The rows at their own numbers, empty ones between them, as pyxform counts them."""
    sheet: list[Cells] = []
    for row, cells in zip(rows, converted, strict=True):
        sheet.extend({} for _ in range(row.number - 2 - len(sheet)))
        sheet.append(cells)
    return sheet


def _survey_rows(sheet: Sheet, columns: Mapping[str, Column]) -> tuple[list[Cells], tuple[str, ...]]:
    kept = [heading for heading, column in columns.items() if not column.name.startswith("chat_")]
    rows = [_survey_row(row, kept, columns) for row in sheet.rows]
    return _padded(sheet.rows, rows), tuple(kept)


def _survey_row(row: Row, kept: list[str], columns: Mapping[str, Column]) -> Cells:
    cells = _filled(row, kept)
    for heading, cell in list(cells.items()):
        column = columns[heading].name
        if column == "type":
            cells[heading] = _standard_type(cell)
        elif column == "parameters":
            theirs = {key: value for key, value in parsed(cell)[0].items() if not is_ours(key)}
            cells[heading] = written({key: value for key, value in theirs.items() if key not in {"value", "label"}})
        else:
            # In ODK pulldata needs a file of its own; ours looks into the form's lists.
            cells[heading] = cell.replace("pulldata(", "lookup(")
    return {heading: cell for heading, cell in cells.items() if cell}


def _filled(row: Row, kept: list[str]) -> Cells:
    return {heading: seen(row.cells[heading]) for heading in kept if seen(row.cells.get(heading, ""))}


def _standard_type(cell: str) -> str:
    word = type_word(cell)
    if word.kind in {"begin", "end"}:
        return f"{word.kind}_{word.word}"
    if word.kind != "question":
        return cell
    list_name = word.list_name.rpartition(".")[0] if word.from_file else word.list_name
    return " ".join(part for part in (word.word, list_name, "or_other" if word.or_other else "") if part)


def _choices_rows(
    sheet: Sheet | None, columns: Mapping[str, Column], lists: Lists
) -> tuple[list[Cells], tuple[str, ...]]:
    kept = [heading for heading, column in columns.items() if column.name != "chat_aliases"]
    rows: list[Cells] = []
    if sheet is not None:
        rows = _padded(sheet.rows, [_filled(row, kept) for row in sheet.rows])
    named = {columns[heading].name: heading for heading in reversed(kept) if not columns[heading].language}
    headings = dict.fromkeys(kept)
    for name in lists.filed:
        for choice in {choice.name: choice for choice in reversed(lists.by_name[name])}.values():
            cells = {named.get("list_name", "list_name"): name, named.get("name", "name"): choice.name}
            cells |= {f"label::{heading_of(code)}": text for code, text in choice.label.items()}
            headings |= dict.fromkeys(cells)
            rows.append(cells)
    return rows, tuple(headings)


def _settings_row(sheet: Sheet | None, columns: Mapping[str, Column], name: str) -> Cells:
    cells = {"form_id": name}
    if sheet is not None and sheet.rows:
        for heading, cell in sheet.rows[0].cells.items():
            column = columns.get(heading)
            if column and column.name in {"form_title", "version", "default_language"} and not column.language:
                cells[column.name] = cell
    return cells
