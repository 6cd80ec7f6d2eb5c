"""From a file to a Survey, with everything that is wrong with it at once.

Rule of the file: our own pass over the rows builds the Survey and names every problem with its row; pyxform judges the
same sheets, so that what is published here also opens in KoboToolbox and ODK.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from surveys.errors import DefinitionError, Problem
from surveys.survey import Survey
from surveys.xlsform.choices import decoded, lists_of
from surveys.xlsform.columns import columns_of
from surveys.xlsform.markdown import read_markdown
from surveys.xlsform.questions import items_of
from surveys.xlsform.settings import default_language_of, settings_of
from surveys.xlsform.sheets import Findings, Say, Unopenable, Workbook
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
        content = source.read_bytes() if isinstance(source, Path) else source
        workbook = _opened(content, file_type, findings)
        survey = _survey(workbook, name_hint, files or {}, zone, findings)
    except Unopenable as unopenable:
        return None, (unopenable.problem, *findings.problems)
    return survey, tuple(findings.problems)


def _opened(content: bytes, file_type: FileType, findings: Findings) -> Workbook:
    return read_markdown(decoded(content, "", findings), findings)


def _survey(workbook: Workbook, name_hint: str, files: Mapping[str, bytes], zone: tzinfo, findings: Findings) -> Survey:
    _ = findings.say
    sheet = workbook.sheets.get("survey")
    if sheet is None:
        raise Unopenable(
            "sheet-missing",
            _("There is no sheet called survey."),
            _("Call the sheet with the questions survey, the one with the choices choices."),
        )
    languages = Languages(default_language_of(workbook.sheets.get("settings"), findings))
    columns = columns_of(sheet, findings)
    languages.note(columns.values())
    lists = lists_of(workbook.sheets.get("choices"), files, languages, findings)
    settings = settings_of(workbook.sheets.get("settings"), languages, name_hint, zone, findings)
    items = items_of(sheet, columns, lists, findings, is_expression=_is_expression())
    survey = Survey(
        name=settings.name,
        title=settings.title,
        items=items,
        languages=languages.ordered,
        form_version=settings.version,
        chat=settings.chat,
    )
    return survey


def _is_expression() -> Callable[[str, str], bool]:
    from pyxform.utils import default_is_dynamic

    return default_is_dynamic  # type: ignore[no-any-return]
