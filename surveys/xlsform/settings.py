"""The settings sheet: what the form is called, and how it behaves in a chat.

Rule of the file: a setting left empty takes its default; one that cannot be understood is an error, never a default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import cast, get_args

from surveys.findings import Findings
from surveys.survey import Anonymity, Audience, ChatSettings, Texts
from surveys.xlsform.columns import Column
from surveys.xlsform.languages import code_of
from surveys.xlsform.sheets import Row, Sheet, shortened
from surveys.xlsform.texts import Languages, straightened, texts_of

_YES = frozenset({"yes", "true", "true()", "ya", "1"})
_NO = frozenset({"no", "false", "false()", "tidak", "0"})
_NAME = re.compile(r"[^\W\d][\w.-]{0,63}")
_DURATION = re.compile(r"P(?:(?P<weeks>\d{1,3})W|(?P<days>\d{1,4})D)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TICKET = re.compile(r"[A-Z]{2,5}")
LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the settings sheet says."""

    name: str
    title: Texts
    form_version: str
    version: int
    chat: ChatSettings


@dataclass(frozen=True, slots=True)
class _Reading:
    """The one row of settings while it is read: cells by column."""

    cells: Mapping[str, str]
    row: int
    findings: Findings
    zone: tzinfo

    def expression(self, column: str) -> str:
        return straightened(self.cells.get(column, ""), column, "settings", self.row, self.findings)

    def wrong(self, column: str, remedy: str) -> None:
        _ = self.findings.say
        self.findings.error(
            "setting",
            "settings",
            self.row,
            _('"{value}" is no value for {column}.').format(value=shortened(self.cells[column]), column=column),
            remedy,
        )


def default_language_of(sheet: Sheet | None, findings: Findings) -> str:
    """The setting default_language, "" without one."""
    if sheet is None or not sheet.rows:
        return ""
    _ = findings.say
    for heading, cell in sheet.rows[0].cells.items():
        if "_".join(heading.lower().split()) == "default_language":
            code = code_of(cell)
            if not code:
                findings.error(
                    "language-without-code",
                    "settings",
                    sheet.rows[0].number,
                    _('The default language "{language}" has no code.').format(language=shortened(cell)),
                    _('Write the code in parentheses, e.g. "Bahasa Indonesia (id)".'),
                )
            return code
    return ""


def settings_of(
    sheet: Sheet | None,
    columns: Mapping[str, Column],
    languages: Languages,
    *,
    name_hint: str,
    zone: tzinfo,
    findings: Findings,
) -> Settings:
    """The settings of a form; without the sheet, its name is ``name_hint`` (the file's name)."""
    _ = findings.say
    row = Row(2, {})
    if sheet is not None and sheet.rows:
        row = sheet.rows[0]
        if len(sheet.rows) > 1:
            findings.error(
                "settings-rows",
                "settings",
                sheet.rows[1].number,
                _("The settings sheet has more than one row under its heading."),
                _("Write all settings into one row."),
            )
    cells = {
        column.name: row.cells[heading]
        for heading, column in columns.items()
        if heading in row.cells and not column.language
    }
    reading = _Reading(cells, row.number, findings, zone)
    if cells.get("allow_choice_duplicates", "no").lower() not in _NO:
        reading.wrong(
            "allow_choice_duplicates", _("Delete it: in a chat, each choice of a list needs a name of its own.")
        )
    name = _form_id(reading, name_hint)
    return Settings(
        name=name,
        title=texts_of("form_title", row, columns, languages) or {languages.default: name},
        form_version=cells.get("version", ""),
        version=_version(reading),
        chat=_chat(reading),
    )


def _version(reading: _Reading) -> int:
    """Which published version a workbook shows; publishing counts on from the newest, whatever stands here."""
    _ = reading.findings.say
    text = reading.cells.get("chat_version", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        reading.wrong("chat_version", _("Delete it: versions are counted by publishing."))
        return 1
    return int(text)


def _form_id(reading: _Reading, name_hint: str) -> str:
    _ = reading.findings.say
    name = reading.cells.get("form_id") or name_hint
    if not name:
        reading.findings.error(
            "form-id-missing",
            "settings",
            reading.row,
            _("The form has no form_id."),
            _("Add a settings sheet with the column form_id, e.g. tna_asn."),
        )
        return "form"
    if not _NAME.fullmatch(name):
        reading.findings.error(
            "form-id",
            "settings",
            reading.row,
            _('"{name}" cannot be a form_id.').format(name=shortened(name)),
            _("Use letters, digits, _ and -, at most 64, beginning with a letter, e.g. tna_asn."),
        )
    return name


def _chat(reading: _Reading) -> ChatSettings:
    _ = reading.findings.say
    plain = ChatSettings()
    opens = _moment(reading, "chat_opens", end_of_day=False)
    closes = _moment(reading, "chat_closes", end_of_day=True)
    if opens and closes and closes <= opens:
        reading.findings.error(
            "closes-before-opens",
            "settings",
            reading.row,
            _("chat_closes is not after chat_opens."),
            _("Correct one of the two dates."),
        )
    anonymous = cast("Anonymity", _one_of(reading, "chat_anonymous", get_args(Anonymity), plain.anonymous))
    editable = _yes(reading, "chat_editable", default=plain.editable)
    if editable and anonymous != "no":
        reading.findings.warning(
            "editable-anonymous",
            "settings",
            reading.row,
            _("Anonymous answers cannot be changed after sending: nobody knows whose they are."),
            _("Delete chat_editable, or set chat_anonymous to no."),
        )
    question = reading.cells.get("chat_anonymous_question", "")
    condition = reading.expression("chat_anonymous_if")
    if anonymous == "choice" and not question and not condition:
        reading.findings.error(
            "anonymous-question-missing",
            "settings",
            reading.row,
            _("chat_anonymous is choice, but no question asks for it."),
            _("Name the question in chat_anonymous_question, or write a condition into chat_anonymous_if."),
        )
    ticket = reading.cells.get("chat_ticket", "")
    if ticket and not _TICKET.fullmatch(ticket):
        reading.wrong("chat_ticket", _("Use two to five capital letters, e.g. ALK."))
    return ChatSettings(
        opens=opens,
        closes=closes,
        audience=cast("Audience", _one_of(reading, "chat_audience", get_args(Audience), plain.audience)),
        anonymous=anonymous,
        once=_yes(reading, "chat_once", default=plain.once),
        editable=editable,
        expires_days=_days(reading, "chat_expires", plain.expires_days),
        anonymous_question=question,
        anonymous_if=condition,
        ends_if=reading.expression("chat_ends_if"),
        ticket=ticket,
        occasion=_yes(reading, "chat_occasion", default=plain.occasion),
    )


def _one_of(reading: _Reading, column: str, words: tuple[str, ...], default: str) -> str:
    _ = reading.findings.say
    word = reading.cells.get(column, default).lower()
    if word in _NO and "no" in words:
        word = "no"
    if word not in words:
        reading.wrong(column, _("Use one of: {words}.").format(words=", ".join(words)))
        return default
    return word


def _yes(reading: _Reading, column: str, *, default: bool) -> bool:
    _ = reading.findings.say
    word = reading.cells.get(column, "yes" if default else "no").lower()
    if word not in _YES | _NO:
        reading.wrong(column, _("Write yes or no."))
    return word in _YES


def _days(reading: _Reading, column: str, default: int) -> int:
    _ = reading.findings.say
    text = reading.cells.get(column, "")
    if not text:
        return default
    found = _DURATION.fullmatch(text)
    if found:
        days = int(found["days"] or 0) + 7 * int(found["weeks"] or 0)
    else:
        days = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
    if not 1 <= days <= LONGEST_DAYS:
        reading.wrong(column, _("Write whole days from 1 to {most}, e.g. 14 or P14D.").format(most=LONGEST_DAYS))
        return default
    return days


def _moment(reading: _Reading, column: str, *, end_of_day: bool) -> datetime | None:
    """A date or a date with a time, local unless it has an offset. A last day counts to its end."""
    _ = reading.findings.say
    text = reading.cells.get(column, "")
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text) + timedelta(days=1 if end_of_day else 0)
            return datetime.combine(day, time(), reading.zone)
        moment = datetime.fromisoformat(text)
        return moment.astimezone(reading.zone) if moment.tzinfo else moment.replace(tzinfo=reading.zone)
    except (ValueError, OverflowError):
        reading.wrong(column, _("Write the date as 2026-12-31, or with a time as 2026-12-31 16:00."))
        return None
