"""Forms on this machine: a file, the lists beside it, the surveys that came with the program.

Rule of the file: it finds and reads files; what stands in them is understood by ``surveys.xlsform``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import cast

import surveys.definitions
from bot import catalog
from bot.bundled import folder
from surveys.errors import Problem, SurveyError
from surveys.survey import Survey
from surveys.xlsform import FileType, examine

Say = Callable[[str], str]

_LIST = re.compile(r"[^\W_][\w. -]{0,99}\.csv", re.IGNORECASE)
"""The name of a file in the same folder, and never a way to another one."""


class Lists(Mapping[str, bytes]):
    """The .csv files a form may name: those beside it, then those of the district. Read when they are asked for."""

    def __init__(self, beside: Path, district: str) -> None:
        self._beside = beside
        self._district = catalog.files(folder("catalog") / district)

    def __getitem__(self, name: str) -> bytes:
        path = self._beside / name
        if _LIST.fullmatch(name) and path.is_file():
            return path.read_bytes()
        return self._district[name]

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        return name in self._district or (bool(_LIST.fullmatch(name)) and (self._beside / name).is_file())

    def __iter__(self) -> Iterator[str]:
        beside = {path.name for path in self._beside.glob("*.csv") if _LIST.fullmatch(path.name)}
        return iter(sorted(beside | set(self._district)))

    def __len__(self) -> int:
        return sum(1 for _name in self)


def bundled() -> Mapping[str, Path]:
    """The surveys that come with the program, by name."""
    homes = [Path(home) for home in surveys.definitions.__path__]
    return {path.stem: path for home in homes for path in sorted(home.glob("*.md"))}


def found(form: str, say: Say = str) -> Path:
    """The file of a form: its path, or the name of a survey that comes with the program. Raises SurveyError."""
    _ = say
    path = bundled().get(form, Path(form))
    if not path.is_file():
        names = ", ".join(bundled())
        raise SurveyError(
            _("There is no file {file}. Surveys that come with the program: {names}.").format(file=form, names=names)
        )
    if path.suffix.lower() not in {".md", ".xlsx", ".csv"}:
        raise SurveyError(_("{file} is no form: its name should end in .md, .xlsx or .csv.").format(file=form))
    return path


def examined(path: Path, *, district: str, zone: tzinfo, say: Say = str) -> tuple[Survey | None, tuple[Problem, ...]]:
    """The survey in a file as far as it can be understood, and everything that is wrong with it."""
    return examine(
        path,
        file_type=cast("FileType", path.suffix.lower()),
        name_hint=path.stem,
        files=Lists(path.parent, district),
        say=say,
        zone=zone,
    )
