"""Writes trainings and their sessions as a workbook, or an empty one to fill in.

Rule of the file: what it writes is read back by ``outreach.training_sheet`` equal to what it was.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from outreach.training import FORMS, Say, Training, TrainingSession, form_names
from outreach.training_sheet import SESSION_TITLES, SESSIONS, TRAINING_TITLES, TRAININGS

GUIDE = "Petunjuk"
_MOST_ROWS = 5_000
_WIDE = frozenset({"title", "description", "texts", "place", "link", "skills"})


def write_book(trainings: Sequence[Training], sessions: Sequence[TrainingSession], *, say: Say = str) -> bytes:
    """An .xlsx workbook with the sheets Pelatihan, Angkatan and one that explains them."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        catalogue = _sheet(book, TRAININGS, TRAINING_TITLES, bold, text)
        forms = {"validate": "list", "source": f"={GUIDE}!$A$2:$A${len(FORMS) + 1}", "error_type": "warning"}
        catalogue.data_validation(1, 2, _MOST_ROWS, 2, forms)
        for row, one in enumerate(trainings, start=1):
            _write(catalogue, row, _training(one), TRAINING_TITLES, text)
        dates = _sheet(book, SESSIONS, SESSION_TITLES, bold, text)
        row = 0
        for session in sessions:
            for cells in _session(session):
                row += 1
                _write(dates, row, cells, SESSION_TITLES, text)
        _explain(book.add_worksheet(GUIDE), bold, say)
    return buffer.getvalue()


def _sheet(book: Any, name: str, titles: Mapping[str, str], bold: Any, text: Any) -> Any:
    sheet = book.add_worksheet(name)
    for column, (key, title) in enumerate(titles.items()):
        sheet.set_column(column, column, 36 if key in _WIDE else 18, text)
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 1)
    return sheet


def _write(sheet: Any, row: int, cells: Mapping[str, str], titles: Mapping[str, str], text: Any) -> None:
    for column, name in enumerate(titles):
        if cells[name]:
            sheet.write_string(row, column, cells[name], text)


def _training(one: Training) -> dict[str, str]:
    settings = one.reminders
    return {
        "key": one.key,
        "title": one.title,
        "form": one.form,
        "jp": f"{one.jp:f}",
        "provider": one.provider,
        "competences": ", ".join(one.competences),
        "units": ", ".join(sorted(one.units)),
        "positions": ", ".join(sorted(one.positions)),
        "description": one.description,
        "skills": "\n".join(one.skills),
        "attachments": "\n".join(one.attachments),
        "off": ", ".join(sorted(settings.off)),
        "offsets": "\n".join(f"{rule}: {', '.join(map(str, days))}" for rule, days in sorted(settings.offsets.items())),
        "open_days": "\n".join(f"{rule}: {days}" for rule, days in sorted(settings.open_days.items())),
        "texts": "\n".join(f"{rule}: {words}" for rule, words in sorted(settings.texts.items())),
    }


def _session(one: TrainingSession) -> list[dict[str, str]]:
    """A row a day; what the session has once stands in the first."""
    once = {
        "place": one.place,
        "link": one.link,
        "capacity": str(one.capacity),
        "instructor": one.instructor,
        "cost": f"{one.cost:f}",
        "cancelled": "ya" if one.cancelled else "",
    }
    rows = []
    for number, day in enumerate(one.in_order):
        rows.append(
            {
                "key": one.key,
                "training": one.training,
                "date": day.date.isoformat(),
                "starts": f"{day.starts:%H.%M}",
                "ends": f"{day.ends:%H.%M}",
                "jp": "" if day.jp is None else f"{day.jp:f}",
                **(once if number == 0 else dict.fromkeys(once, "")),
            }
        )
    return rows


def _explain(sheet: Any, bold: Any, say: Say) -> None:
    _ = say
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 2, 100)
    for column, title in enumerate((_("Form"), _("Name"), _("How to fill it in"))):
        sheet.write_string(0, column, title, bold)
    for row, (key, name) in enumerate(form_names(say).items(), start=1):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, name)
    lines = (
        _("Pelatihan: one row for each training. Kunci, Judul, Bentuk and JP are needed; the key stays for good."),
        _("Unit and Jabatan: keys or names, with commas between; empty means everybody."),
        _("Kompetensi: keys of the survey of needs with commas between, such as pelayanan_publik, tek_layanan."),
        _(
            "Keterampilan, Hari pengingat, Masa isian (hari) and Kalimat pengingat: a line for each, such as "
            "h1: Bawa alat tulis."
        ),
        _("Angkatan: one row for each day; rows with the same key are one session."),
        _("Kapasitas 0 means no limit. Batal: ya calls the session off, and everybody of it is told."),
        _("Look it through first, then save it: suara training import FILE --apply"),
    )
    for row, words in enumerate(lines, start=1):
        sheet.write_string(row, 2, words)
