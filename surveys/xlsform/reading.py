"""From a file to a Survey, with everything that is wrong with it at once.

Rule of the file: our own pass over the rows builds the Survey and names every problem with its row; pyxform judges the
same sheets, so that what is published here also opens in KoboToolbox and ODK.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from surveys.check import check, in_order
from surveys.errors import DefinitionError, Problem
from surveys.findings import Findings, Say
from surveys.survey import Choice, Question, Section, Survey
from surveys.xlsform.choices import Lists, lists_of
from surveys.xlsform.columns import IN_LANGUAGES, Column, columns_of
from surveys.xlsform.comma import decoded, read_csv
from surveys.xlsform.excel import FOREIGN_SHEETS, read_xlsx
from surveys.xlsform.judging import judge
from surveys.xlsform.markdown import read_markdown
from surveys.xlsform.rows import items_of
from surveys.xlsform.settings import default_language_of, settings_of
from surveys.xlsform.sheets import MOST_BYTES, SHEETS, Sheet, Unopenable, Workbook, too_large
from surveys.xlsform.texts import Languages

FileType = Literal[".xlsx", ".csv", ".md"]
ALAK = ZoneInfo("Asia/Makassar")


def read(
    source: bytes | Path,
    *,
    file_type: FileType,
    name_hint: str = "",
    files: Mapping[str, bytes] | None = None,
    say: Say = str,
    zone: tzinfo = ALAK,
) -> tuple[Survey, tuple[Problem, ...]]:
    """The survey in an XLSForm, and the warnings about it.

    ``files``: .csv files by name, for ``select_one_from_file`` and ``pulldata``. ``name_hint``: the form_id where the
    settings name none. ``zone``: where chat_opens and chat_closes are local. Raises DefinitionError with all problems.
    """
    survey, problems = examine(source, file_type=file_type, name_hint=name_hint, files=files, say=say, zone=zone)
    if survey is None or any(problem.level == "error" for problem in problems):
        raise DefinitionError(problems)
    return survey, problems


def examine(
    source: bytes | Path,
    *,
    file_type: FileType,
    name_hint: str = "",
    files: Mapping[str, bytes] | None = None,
    say: Say = str,
    zone: tzinfo = ALAK,
) -> tuple[Survey | None, tuple[Problem, ...]]:
    """Like ``read``, but gives the problems instead of raising them, and the survey as far as it was understood."""
    findings = Findings(say)
    try:
        content = _content(source, findings)
        workbook = _OPENERS[file_type](content, findings)
        survey = _survey(workbook, name_hint, files or {}, zone, findings)
    except Unopenable as unopenable:
        return None, in_order([unopenable.problem, *findings.problems])
    return survey, in_order(findings.problems)


def _content(source: bytes | Path, findings: Findings) -> bytes:
    _ = findings.say
    try:
        size = source.stat().st_size if isinstance(source, Path) else len(source)
        if size > MOST_BYTES:
            raise too_large(findings)
        content = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise Unopenable(
            "unreadable",
            _("The file cannot be read: {why}.").format(why=error.strerror),
            _("Check that it is there and that you may read it."),
        ) from None
    if not content.strip():
        raise Unopenable(
            "empty", _("This file is empty."), _("Save the form again and check that it holds the sheet survey.")
        )
    return content


def _markdown(content: bytes, findings: Findings) -> Workbook:
    return read_markdown(decoded(content, "", findings), findings)


_OPENERS: Mapping[str, Callable[[bytes, Findings], Workbook]] = {
    ".xlsx": read_xlsx,
    ".csv": read_csv,
    ".md": _markdown,
}


def _survey(workbook: Workbook, name_hint: str, files: Mapping[str, bytes], zone: tzinfo, findings: Findings) -> Survey:
    sheet = _survey_sheet(workbook, findings)
    _report_sheets(workbook, findings)
    languages = Languages(default_language_of(workbook.sheets.get("settings"), findings))
    columns = {name: columns_of(found, findings) for name, found in workbook.sheets.items() if name in SHEETS}
    for name in SHEETS:
        languages.note(columns.setdefault(name, {}).values())
    languages.default = languages.default or _usual_language(columns["survey"], languages)
    lists = lists_of(workbook.sheets.get("choices"), columns["choices"], files, languages, findings)
    settings = settings_of(
        workbook.sheets.get("settings"),
        columns["settings"],
        languages,
        name_hint=name_hint,
        zone=zone,
        findings=findings,
    )
    items = items_of(sheet, columns["survey"], lists, findings, is_expression=_is_expression())
    survey = Survey(
        name=settings.name,
        title=settings.title,
        items=items,
        languages=languages.ordered,
        form_version=settings.form_version,
        version=settings.version,
        chat=settings.chat,
    )
    survey = replace(survey, tables=_tables(survey, lists), languages=languages.ordered)
    for problem in check(survey, files={stem: f"{stem}.csv" for stem in lists.filed}, say=findings.say):
        if not _told(problem, survey, findings):
            findings.add(problem)
    judge(workbook, columns, lists, settings.name, findings)
    return survey


def _told(problem: Problem, survey: Survey, findings: Findings) -> bool:
    """Whether a problem only follows from one that was told: a list that is missing is also empty."""
    causes = {"list-empty": ("list-", "file-"), "repeat-asks-nothing": ("section-empty",)}.get(problem.code, ())
    if any(known.row == problem.row and known.code.startswith(causes) for known in findings.problems):
        return True
    files = {f"{question.list_name}.csv" for question in survey.questions() if question.row == problem.row}
    return problem.code == "list-empty" and any(known.sheet in files for known in findings.problems)


def _usual_language(columns: Mapping[str, Column], languages: Languages) -> str:
    """The default language of a form that names none: Indonesian, unless every label says that it is in another."""
    plain = any(column.name in IN_LANGUAGES and not column.language for column in columns.values())
    return "id" if plain or "id" in languages.found or not languages.found else languages.found[0]


def _survey_sheet(workbook: Workbook, findings: Findings) -> Sheet:
    _ = findings.say
    sheet = workbook.sheets.get("survey")
    if sheet is None:
        raise Unopenable(
            "sheet-missing",
            _("There is no sheet called survey."),
            _("Call the sheet with the questions survey, the one with the choices choices."),
        )
    if not sheet.rows:
        raise Unopenable(
            "sheet-empty",
            _("The sheet survey has no questions."),
            _("Write the headings type, name and label into its first row and one question into each row below."),
            sheet="survey",
        )
    plain = {"_".join(heading.lower().split()) for heading in sheet.headings}
    if "type" not in plain and "command" not in plain:
        raise Unopenable(
            "column-missing",
            _("The sheet survey has no column type."),
            _("Write the headings type, name and label into its first row."),
            sheet="survey",
            row=1,
        )
    return sheet


def _report_sheets(workbook: Workbook, findings: Findings) -> None:
    """Sheets that are refused, and misspelt ones."""
    _ = findings.say
    for name in workbook.names:
        low = name.lower()
        if low in FOREIGN_SHEETS and workbook.sheets.get(low) and workbook.sheets[low].rows:
            findings.error(
                "sheet-refused",
                name,
                0,
                _('The sheet "{sheet}" cannot be used in a chat.').format(sheet=name),
                _("Put lists into the choices sheet or into .csv files, and delete the sheet."),
            )
        near = difflib.get_close_matches(low, SHEETS, n=1, cutoff=0.8)
        if near and low not in SHEETS and near[0] not in workbook.sheets:
            findings.error(
                "sheet-misspelt",
                name,
                0,
                _('The sheet "{sheet}" is not known.').format(sheet=name),
                _('Did you mean "{name}"?').format(name=near[0]),
            )


_LOOKED_UP = re.compile(r"pulldata\(\s*(?:'([^']*)'|\"([^\"]*)\")")


def _tables(survey: Survey, lists: Lists) -> dict[str, tuple[Choice, ...]]:
    """The lists that no question asks from. Files that only ``pulldata`` names are read for it."""
    for source in sorted({name for text in _expressions(survey.items) for name in _looked_up(text)}):
        lists.available(source)
    asked = {question.list_name for question in survey.questions()}
    return {name: choices for name, choices in lists.by_name.items() if name not in asked}


def _looked_up(expression: str) -> set[str]:
    return {single or double for single, double in _LOOKED_UP.findall(expression)}


def _expressions(items: Iterable[Question | Section]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Section):
            yield from (item.relevant, item.repeat_count)
            yield from _expressions(item.items)
        else:
            yield from (
                item.relevant,
                item.constraint,
                item.required,
                item.calculation,
                item.choice_filter,
                item.default,
            )


def _is_expression() -> Callable[[str, str], bool]:
    from pyxform.utils import default_is_dynamic

    return default_is_dynamic  # type: ignore[no-any-return]
