"""A survey as plain data for storage, and back, without loss.

Rule of the file: only what JSON has (objects, lists, texts, numbers, true and false); what is empty is left out; a
choices list that several questions share is written once. Data written today is read by every later program: a new
field of a Survey has a default, so old data need not have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import datetime
from typing import Any

from surveys.errors import NewerSurveyError, StoredSurveyError
from surveys.survey import ChatSettings, Choice, Question, Section, Survey

FORMAT = 1

Data = dict[str, Any]


def dump(survey: Survey) -> Data:
    """``survey`` as plain data: ``load(dump(survey)) == survey``, the authors' row numbers included."""
    lists: dict[str, tuple[Choice, ...]] = {}
    for question in survey.questions():
        if question.list_name:
            lists.setdefault(question.list_name, question.choices)
    data = _filled(survey, skip={"items", "chat", "tables"})
    data["format"] = FORMAT
    data["items"] = [_item(item, lists) for item in survey.items]
    data["lists"] = {name: [_filled(choice) for choice in choices] for name, choices in lists.items()}
    data["tables"] = {name: [_filled(choice) for choice in choices] for name, choices in survey.tables.items()}
    data["chat"] = _filled(survey.chat)
    return data


def load(data: Mapping[str, Any]) -> Survey:
    """The survey that ``dump`` wrote. Raises StoredSurveyError if this is no such data."""
    try:
        if data["format"] != FORMAT:
            raise NewerSurveyError
        lists = {name: tuple(map(_choice, choices)) for name, choices in data["lists"].items()}
        rest = {key: value for key, value in data.items() if key not in {"format", "lists"}}
        rest["items"] = tuple(_loaded_item(item, lists) for item in data["items"])
        rest["tables"] = {name: tuple(map(_choice, choices)) for name, choices in data.get("tables", {}).items()}
        rest["chat"] = _loaded_chat(data.get("chat", {}))
        if "languages" in data:
            rest["languages"] = tuple(data["languages"])
        return Survey(**rest)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoredSurveyError from error


_Value = Survey | Section | Question | Choice | ChatSettings


def _filled(value: _Value, skip: frozenset[str] | set[str] = frozenset()) -> Data:
    """The fields that differ from their defaults."""
    return {
        field.name: _plain(getattr(value, field.name))
        for field in fields(value)
        if field.name not in skip and not _is_default(field, getattr(value, field.name))
    }


def _is_default(field: Field[Any], value: object) -> bool:
    if field.default is not MISSING:
        return bool(value == field.default)
    return field.default_factory is not MISSING and bool(value == field.default_factory())


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _item(item: Question | Section, lists: Mapping[str, tuple[Choice, ...]]) -> Data:
    if isinstance(item, Section):
        return _filled(item, {"items"}) | {"items": [_item(inner, lists) for inner in item.items]}
    shared = item.choices == lists.get(item.list_name)
    data = _filled(item, {"choices"})
    if item.choices and not (shared and _rows(item.choices) == _rows(lists[item.list_name])):
        data["choices"] = [_filled(choice) for choice in item.choices]
    elif not shared and item.list_name:
        data["choices"] = []
    return data


def _rows(choices: tuple[Choice, ...]) -> list[int]:
    return [choice.row for choice in choices]


def _loaded_item(data: Mapping[str, Any], lists: Mapping[str, tuple[Choice, ...]]) -> Question | Section:
    rest = dict(data)
    if "appearance" in rest:
        rest["appearance"] = tuple(rest["appearance"])
    if "items" in rest:
        rest["items"] = tuple(_loaded_item(item, lists) for item in rest["items"])
        return Section(**rest)
    if "choices" in rest:
        rest["choices"] = tuple(map(_choice, rest["choices"]))
    elif "list_name" in rest:
        rest["choices"] = lists[rest["list_name"]]
    return Question(**rest)


def _choice(data: Mapping[str, Any]) -> Choice:
    if "aliases" in data:
        return Choice(**{**data, "aliases": tuple(data["aliases"])})
    return Choice(**data)


def _loaded_chat(data: Mapping[str, Any]) -> ChatSettings:
    moments = {key: datetime.fromisoformat(data[key]) for key in ("opens", "closes") if key in data}
    return ChatSettings(**{**data, **moments})
