"""Which columns a sheet may have, what each means, and what a misspelt one was meant to be.

Rule of the file: every column that XLSForm knows is either read, known to change nothing in a chat, or refused with
a remedy. A column that nobody knows is the author's own note, unless it looks like a misspelling: then it is an error,
because a rule that is silently not there is worse than a form that is not published.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.findings import Findings
from surveys.xlsform.languages import code_of
from surveys.xlsform.sheets import Sheet

_SURVEY = {
    "type": "type", "command": "type",
    "name": "name", "tag": "name", "value": "name",
    "label": "label", "caption": "label",
    "hint": "hint",
    "guidance_hint": "guidance_hint",
    "relevant": "relevant", "relevance": "relevant", "bind::relevant": "relevant",
    "constraint": "constraint", "bind::constraint": "constraint",
    "constraint_message": "constraint_message", "constraining_message": "constraint_message",
    "bind::jr:constraintmsg": "constraint_message",
    "required": "required", "bind::required": "required",
    "required_message": "required_message", "requiredmsg": "required_message",
    "bind::jr:requiredmsg": "required_message",
    "default": "default",
    "calculation": "calculation", "calculate": "calculation", "bind::calculate": "calculation",
    "choice_filter": "choice_filter",
    "read_only": "read_only", "readonly": "read_only", "bind::readonly": "read_only",
    "appearance": "appearance", "control::appearance": "appearance", "body::appearance": "appearance",
    "parameters": "parameters",
    "repeat_count": "repeat_count", "count": "repeat_count", "jr:count": "repeat_count",
    "control::jr:count": "repeat_count", "body::jr:count": "repeat_count",
    "image": "media::image", "media::image": "media::image",
    "audio": "media::audio", "media::audio": "media::audio",
    "video": "media::video", "media::video": "media::video",
    "disabled": "disabled",
    "chat_kind": "chat_kind",
    "key": "key",
    "form": "form",
    "chat_parameters": "chat_parameters",
}  # fmt: skip
_CHOICES = {
    "list_name": "list_name",
    "name": "name", "value": "name",
    "label": "label", "caption": "label",
    "image": "media::image", "media::image": "media::image",
    "audio": "media::audio", "media::audio": "media::audio",
    "video": "media::video", "media::video": "media::video",
    "chat_aliases": "chat_aliases",
}  # fmt: skip
_SETTINGS = {
    "form_title": "form_title", "title": "form_title", "set_form_title": "form_title", "chat_title": "form_title",
    "form_id": "form_id", "id_string": "form_id", "set_form_id": "form_id",
    "version": "version",
    "default_language": "default_language",
    "allow_choice_duplicates": "allow_choice_duplicates",
    "chat_opens": "chat_opens",
    "chat_closes": "chat_closes",
    "chat_audience": "chat_audience",
    "chat_anonymous": "chat_anonymous",
    "chat_anonymous_question": "chat_anonymous_question",
    "chat_once": "chat_once",
    "chat_editable": "chat_editable",
    "chat_expires": "chat_expires",
    "chat_anonymous_if": "chat_anonymous_if",
    "chat_ends_if": "chat_ends_if",
    "chat_ticket": "chat_ticket",
    "chat_version": "chat_version",
    "chat_occasion": "chat_occasion",
}  # fmt: skip
COLUMNS: Mapping[str, Mapping[str, str]] = {"survey": _SURVEY, "choices": _CHOICES, "settings": _SETTINGS}
"""By sheet: a heading in lower case to the column it means."""

IN_LANGUAGES = frozenset(
    {
        "label", "hint", "guidance_hint", "constraint_message", "required_message", "form_title",
        "media::image", "media::audio", "media::video",
    }
)  # fmt: skip

_WITHOUT_EFFECT = {
    "survey": {"autoplay", "rows", "control::autoplay", "control::rows", "bind::type", "big-image", "media::big-image",
               "sms_field", "sms_option", "sms_separator", "sms_allow_media", "sms_date_format", "sms_datetime_format",
               "sms_response", "compact_tag", "noapperrorstring", "no_app_error_string", "bind::jr:noapperrorstring"},
    "choices": {"big-image", "media::big-image", "sms_option"},
    "settings": {"style", "instance_name", "auto_send", "auto_delete", "client_editable", "clean_text_values",
                 "add_none_option", "sms_keyword", "sms_separator", "sms_allow_media", "sms_date_format",
                 "sms_datetime_format", "sms_response", "prefix", "delimiter", "namespaces", "omit_instanceid", "name",
                 "flat", "instance_xmlns", "instance_id", "sms_field"},
}  # fmt: skip
"""Columns of XLSForm that steer an app or a web form and mean nothing in a chat."""

_REFUSED = {
    "survey": {"trigger", "save_to", "bind::entities:saveto", "intent", "body::intent", "control::intent",
               "query", "body::accuracythreshold"},
    "choices": {"geometry"},
    "settings": {"public_key", "submission_url", "entity_version"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """What one heading means: which column, in which language ("" where none is named)."""

    name: str
    language: str = ""


def columns_of(sheet: Sheet, findings: Findings, *, kind: str = "") -> dict[str, Column]:
    """The headings of a sheet that are read, with their meaning. Everything else is reported here.

    ``kind``: which of XLSForm's sheets it is, where its name does not say so (a list in a file of its own).
    On the choices sheet every further column is kept (name as written), for ``choice_filter`` and ``pulldata``.
    """
    kind = kind or sheet.name
    double = any("::" in heading for heading in sheet.headings)
    read: dict[str, Column] = {}
    strangers: list[str] = []
    for heading in sheet.headings:
        column = _column(sheet.name, kind, heading, findings, double=double)
        if column is None:
            strangers.append(heading)
        elif column.name:
            read[heading] = column
    _report_twins(sheet, read, findings)
    present = {column.name for column in read.values()}
    for heading in strangers:
        _report_stranger(sheet.name, kind, heading, present, findings)
        if kind == "choices":
            read[heading] = Column(heading)
    return read


def _column(sheet: str, kind: str, heading: str, findings: Findings, *, double: bool) -> Column | None:
    known = COLUMNS[kind]
    plain, language = _split(heading, known, double=double)
    if plain in known:
        name = known[plain]
        if not language:
            return Column(name)
        if name in IN_LANGUAGES:
            return Column(name, _language(sheet, heading, language, findings))
        return None
    if plain in _WITHOUT_EFFECT[kind] or (kind == "settings" and plain.startswith("attribute::")):
        return _without_effect(sheet, heading, findings)
    if plain in _REFUSED[kind]:
        return _refused(sheet, heading, plain, findings)
    return None


def _split(heading: str, known: Mapping[str, str], *, double: bool) -> tuple[str, str]:
    """The heading in lower case with ``_`` for spaces, and the language after it."""
    parts = [part.strip() for part in re.split("::" if double else ":", heading)]
    words = ["_".join(part.lower().split()) for part in parts]
    if not double and "jr" in words[:-1]:
        at = words.index("jr")
        words[at : at + 2] = [f"jr:{words[at + 1]}"]
        parts[at : at + 2] = [f"{parts[at]}:{parts[at + 1]}"]
    for length in range(len(words), 0, -1):
        plain = "::".join(words[:length])
        if plain in known:
            return plain, "::".join(parts[length:])
    return "::".join(words), ""


def _language(sheet: str, heading: str, language: str, findings: Findings) -> str:
    _ = findings.say
    code = code_of(language)
    if not code:
        findings.error(
            "language-without-code",
            sheet,
            1,
            _('The column "{heading}" names a language without its code.').format(heading=heading),
            _('Write the code in parentheses, e.g. "label::English (en)".'),
        )
    return code


def _without_effect(sheet: str, heading: str, findings: Findings) -> Column:
    _ = findings.say
    findings.warning(
        "column-without-effect",
        sheet,
        1,
        _('The column "{heading}" changes nothing in a chat.').format(heading=heading),
        _("Leave it, it does no harm."),
    )
    return Column("")


def _refused(sheet: str, heading: str, plain: str, findings: Findings) -> Column:
    _ = findings.say
    remedies = {
        "trigger": _("Delete the column: in a chat, calculations follow the answers by themselves."),
        "geometry": _("Delete the column: choices are not shown on a map."),
        "public_key": _("Delete the column: answers are encrypted by the program itself."),
        "submission_url": _("Delete the column: answers are stored by the program itself."),
    }
    findings.error(
        "column-refused",
        sheet,
        1,
        _('The column "{heading}" cannot be used in a chat.').format(heading=heading),
        remedies.get(plain, _("Delete the column.")),
    )
    return Column("")


def _report_twins(sheet: Sheet, read: Mapping[str, Column], findings: Findings) -> None:
    _ = findings.say
    seen: dict[Column, str] = {}
    for heading, column in read.items():
        if column in seen and sheet.headings.count(heading) == 1:
            findings.error(
                "columns-same",
                sheet.name,
                1,
                _('The columns "{one}" and "{other}" mean the same.').format(one=seen[column], other=heading),
                _("Delete one of them."),
            )
        seen.setdefault(column, heading)


def _report_stranger(sheet: str, kind: str, heading: str, present: set[str], findings: Findings) -> None:
    """Say what an unknown column probably was meant to be; a note of the author's own passes."""
    _ = findings.say
    if heading.startswith(("_", "$", "kobo--")):
        return
    plain = "_".join(heading.split("::", maxsplit=1)[0].lower().split())
    near = difflib.get_close_matches(plain, list(COLUMNS[kind]), n=1, cutoff=0.8)
    meant = near[0] if near else ""
    if meant == plain or (meant and COLUMNS[kind][meant] not in present) or plain.startswith("chat_"):
        findings.error(
            "column-unknown",
            sheet,
            1,
            _('The column "{heading}" is not known.').format(heading=heading),
            _('Did you mean "{column}"?').format(column=meant)
            if meant and meant != plain
            else _("Correct its name or delete it."),
        )
    elif kind != "choices":
        findings.warning(
            "column-unused",
            sheet,
            1,
            _('The column "{heading}" is not known and is passed over.').format(heading=heading),
            _("Begin its name with _ if it is a note of your own."),
        )
