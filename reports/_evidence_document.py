"""The evidence sheet as files: a workbook for the office, and JSON for other programs.

Rule of the file: what a figure hides has no value in either. In the workbook labels are the reader's language; in JSON
keys, units and reasons are fixed words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from insights.figures import Figure
from outreach.wording import days_in_words
from reports._evidence_words import formula, name, number, section_names, units, why
from reports.base import Cell, Column, Row
from reports.base import Sheet as Table
from reports.evidence import Sheet

Say = Callable[[str], str]
FORMAT = "suara-evidence-1"


def tables(sheet: Sheet, *, office: str, now: datetime, timezone: tzinfo, say: Say) -> list[tuple[Table, list[Row]]]:
    """The sheets of the workbook with their rows: what it is about, and every figure."""
    _ = say
    about = Table(_("About"), (Column(heading=_("What"), width=30), Column(heading=_("Value"), width=60, wrap=True)))
    columns = (
        Column(heading=_("Section"), width=24),
        Column(heading=_("Figure"), width=44, wrap=True),
        Column(heading=_("Result")),
        Column(heading=_("Measured in"), width=16),
        Column(heading="n", width=8),
        Column(heading=_("Formula"), width=60, wrap=True),
        Column(heading=_("Note"), width=40, wrap=True),
    )
    rows: list[Row] = [
        (title, *_row(figure, sheet.called, say))
        for section, title in section_names(say).items()
        for figure in _figures(sheet, section)
    ]
    return [
        (about, _about(sheet, office=office, now=now, timezone=timezone, say=say)),
        (Table(_("Evidence"), columns), rows),
    ]


def _row(figure: Figure, called: Mapping[str, str], say: Say) -> Row:
    value = number(figure)
    cells: list[Cell] = [
        name(figure.key, say, called),
        say("not shown") if value is None else float(value),
        units(say)[figure.unit],
        figure.n,
        formula(figure, say),
        why(figure, say),
    ]
    return cells


def _about(sheet: Sheet, *, office: str, now: datetime, timezone: tzinfo, say: Say) -> list[Row]:
    _ = say
    training, session = sheet.offered.training, sheet.offered.session
    hidden = _("Figures of fewer than five people are not shown.")
    every = _("Every count is shown: this sheet is for those who may see names.")
    return [
        (_("Office"), office),
        (_("Training"), training.title),
        (_("Session"), session.key),
        (_("Days"), days_in_words(session.days, say)),
        (_("Learning hours (JP)"), float(training.jp)),
        (_("Provider"), training.provider),
        (_("Competences"), ", ".join(sheet.called.get(one, one) for one in training.competences)),
        (_("Task"), "" if sheet.task is None else f"{sheet.task.title} ({sheet.task.key})"),
        *([(_("Other tasks, not counted here"), ", ".join(sheet.others))] if sheet.others else []),
        (_("Made on"), now.astimezone(timezone).replace(tzinfo=None, microsecond=0)),
        (_("Few people"), every if sheet.names else hidden),
        (_("Missing for the index"), ", ".join(section_names(say)[one] for one in sheet.evidence.missing)),
    ]


def as_json(sheet: Sheet, *, office: str, now: datetime, timezone: tzinfo) -> bytes:
    """The same for other programs."""
    training, session = sheet.offered.training, sheet.offered.session
    content: dict[str, Any] = {
        "format": FORMAT,
        "office": office,
        "made_at": now.astimezone(timezone).isoformat(timespec="seconds"),
        "training": {
            "key": training.key,
            "title": training.title,
            "jp": float(training.jp),
            "competences": list(training.competences),
        },
        "session": {"key": session.key, "days": [day.date.isoformat() for day in session.in_order]},
        "task": None if sheet.task is None else sheet.task.key,
        "tasks_not_counted": list(sheet.others),
        "every_count": sheet.names,
        "missing": list(sheet.evidence.missing),
        **{section: [_figure(one) for one in _figures(sheet, section)] for section in section_names(str)},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _figure(figure: Figure) -> dict[str, Any]:
    value = number(figure)
    return {
        "key": figure.key,
        "value": None if value is None else float(value),
        "unit": figure.unit,
        "n": figure.n,
        "formula": figure.formula,
        "reason": None if figure.reason is None else figure.reason.value,
        "note": figure.note,
    }


def _figures(sheet: Sheet, section: str) -> Iterator[Figure]:
    yield from getattr(sheet.evidence, section)
