"""From a Survey to an Excel workbook that reads back as the same Survey.

Rule of the file: only headings of the standard and our ``chat_*`` ones (parameters of ours have a column of their own,
because ODK refuses a parameter it does not know); every cell is text, so nothing in it is ever
computed; empty columns are left out. What the reader joins (files, aliases of types) comes out in its plain form.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from surveys.errors import SurveyError
from surveys.findings import Say
from surveys.survey import ChatSettings, Choice, Question, Section, Survey, Texts, in_language
from surveys.xlsform.languages import heading_of
from surveys.xlsform.parameters import is_ours, written
from surveys.xlsform.texts import MEDIA
from surveys.xlsform.type_words import SELECTS

Cells = dict[str, str]
Grid = tuple[list[str], list[Cells]]
"""Headings, and rows of cells by heading."""

LONGEST_CELL = 32_767
"""Excel's own limit."""
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""A workbook of the same survey is the same file, whenever it is written."""
_FORMULA = ("=", "+", "-", "@", "\t")

_SURVEY_ORDER = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "calculation", "choice_filter", "default", "read_only", "appearance", "parameters",
    "repeat_count", "media::image", "media::audio", "media::video", "key", "form", "chat_kind", "chat_parameters",
)  # fmt: skip
_CHOICES_ORDER = ("list_name", "name", "label", "chat_aliases", "media::image", "media::audio", "media::video")


def write_xlsx(survey: Survey, *, say: Say = str) -> bytes:
    """An .xlsx workbook that ``read`` turns into an equal Survey. ``say`` translates. Raises SurveyError where no
    workbook can hold it."""
    import xlsxwriter

    _ = say

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": in_language(survey.title, survey.languages[0]), "created": _SOME_DAY})
    heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"})
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    quoted = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True})
    for name, (headings, rows) in sheets_of(survey, say=say).items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for column, title in enumerate(headings):
            sheet.write_string(0, column, title, heading)
            sheet.set_column(column, column, _width(title))
        for at, cells in enumerate(rows, start=1):
            for column, title in enumerate(headings):
                text = cells.get(title, "")
                if len(text) > LONGEST_CELL:
                    words = _("A text of {number} letters does not fit into a cell ({sheet}, {column}).")
                    raise SurveyError(words.format(number=len(text), sheet=name, column=title))
                if text:
                    sheet.write_string(at, column, text, quoted if text.startswith(_FORMULA) else plain)
    book.close()
    return target.getvalue()


def sheets_of(survey: Survey, *, say: Say = str) -> dict[str, Grid]:
    """The three sheets of the workbook, as headings and rows."""
    rows = list(_rows(survey.items))
    choices = list(_choices(survey, say))
    settings = _settings(survey)
    return {
        "survey": (_headings(_SURVEY_ORDER, rows, survey.languages, always=("type", "name")), rows),
        "choices": (_headings(_CHOICES_ORDER, choices, survey.languages, always=("list_name", "name")), choices),
        "settings": (list(settings), [settings]),
    }


def _width(title: str) -> int:
    if title.startswith(("label", "hint", "guidance", "constraint_message", "required_message")):
        return 48
    return 28 if title in {"type", "relevant", "calculation", "constraint", "choice_filter"} else 16


def _headings(
    order: tuple[str, ...], rows: Iterable[Cells], languages: tuple[str, ...], *, always: tuple[str, ...]
) -> list[str]:
    """The headings in use: the known ones in their order, labels in every language, then the others as they come."""
    used = dict.fromkeys(heading for cells in rows for heading in cells)
    headings: list[str] = []
    for column in order:
        if column in used or column in always:
            headings.append(column)
        for code in languages:
            title = _in(column, code)
            if title in used or column == "label":
                headings.append(title)
    return headings + [heading for heading in used if heading not in headings]


def _in(column: str, code: str) -> str:
    return f"{column}::{heading_of(code)}"


def _texts(column: str, texts: Texts) -> Cells:
    return {_in(column, code): text for code, text in texts.items()}


def _media(media: Mapping[str, Texts]) -> Cells:
    cells: Cells = {}
    for kind in MEDIA:
        cells |= _texts(f"media::{kind}", media.get(kind, {}))
    return cells


def _rows(items: tuple[Question | Section, ...]) -> Iterator[Cells]:
    for item in items:
        if isinstance(item, Question):
            yield _question(item)
            continue
        kind = "repeat" if item.repeat else "group"
        cells = {"type": f"begin_{kind}", "name": item.name, "relevant": item.relevant}
        cells |= {"repeat_count": item.repeat_count, "appearance": " ".join(item.appearance)}
        cells |= _texts("label", item.label) | _texts("hint", item.hint)
        yield {heading: cell for heading, cell in cells.items() if cell}
        yield from _rows(item.items)
        yield {"type": f"end_{kind}"}


def _question(question: Question) -> Cells:
    words = [question.type]
    if question.type in SELECTS:
        words += [question.list_name, "or_other" if question.or_other else ""]
    cells = {
        "type": " ".join(word for word in words if word),
        "name": question.name,
        "required": "yes" if question.required == "true()" else question.required,
        "relevant": question.relevant,
        "constraint": question.constraint,
        "calculation": question.calculation,
        "choice_filter": question.choice_filter,
        "default": question.default,
        "read_only": "yes" if question.read_only else "",
        "appearance": " ".join(question.appearance),
        "parameters": written({key: value for key, value in question.parameters.items() if not is_ours(key)}),
        "chat_parameters": written({key: value for key, value in question.parameters.items() if is_ours(key)}),
        "chat_kind": question.chat_kind,
        "key": question.key,
        "form": question.form,
    }
    for column in ("label", "hint", "guidance_hint", "constraint_message", "required_message"):
        cells |= _texts(column, getattr(question, column))
    cells |= _media(question.media)
    return {heading: cell for heading, cell in cells.items() if cell}


def _choices(survey: Survey, say: Say) -> Iterator[Cells]:
    _ = say
    lists: dict[str, tuple[Choice, ...]] = {}
    for question in survey.questions():
        if question.list_name and lists.setdefault(question.list_name, question.choices) != question.choices:
            words = _('The list "{list}" has different choices in different questions.')
            raise SurveyError(words.format(list=question.list_name))
    for name, choices in {**lists, **survey.tables}.items():
        for choice in choices:
            cells = {"list_name": name, "name": choice.name, "chat_aliases": "|".join(choice.aliases)}
            cells |= _texts("label", choice.label) | _media(choice.media) | dict(choice.filters)
            yield {heading: cell for heading, cell in cells.items() if cell}


def _settings(survey: Survey) -> Cells:
    default = survey.languages[0]
    cells = {"form_title": survey.title.get(default, ""), "form_id": survey.name}
    cells |= _texts("chat_title", {code: text for code, text in survey.title.items() if code != default})
    cells |= {
        "version": survey.form_version,
        "default_language": heading_of(default),
        "chat_version": str(survey.version) if survey.version != 1 else "",
    }
    cells |= _chat(survey.chat)
    return {heading: cell for heading, cell in cells.items() if cell}


def _chat(chat: ChatSettings) -> Cells:
    plain = ChatSettings()
    return {
        "chat_opens": _moment(chat.opens),
        "chat_closes": _moment(chat.closes),
        "chat_audience": chat.audience,
        "chat_anonymous": chat.anonymous,
        "chat_anonymous_question": chat.anonymous_question,
        "chat_anonymous_if": chat.anonymous_if,
        "chat_ends_if": chat.ends_if,
        "chat_once": "yes" if chat.once else "no",
        "chat_editable": "yes" if chat.editable else "no",
        "chat_expires": str(chat.expires_days) if chat.expires_days != plain.expires_days else "",
        "chat_ticket": chat.ticket,
        "chat_occasion": "yes" if chat.occasion else "",
    }


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(sep=" ") if moment else ""
