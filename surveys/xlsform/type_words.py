"""What stands in the type column: a question type, a group's beginning or end, or something a chat cannot do.

Rule of the file: XLSForm's many spellings come out as one word each; what is refused comes with what to use instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from surveys.findings import Say

SELECTS = frozenset({"select_one", "select_multiple", "rank"})
MEDIA_TYPES = frozenset({"image", "audio", "video", "file"})
CLOCKS = frozenset({"start", "end", "today"})
"""Metadata that a chat knows."""
EMPTY_METADATA = frozenset({"deviceid", "username", "phonenumber"})
"""Metadata of a telephone app: accepted, because form builders add them unasked, and left empty."""
UNASKED = CLOCKS | EMPTY_METADATA | {"calculate", "hidden"}
"""Types that ask nothing."""

_PLAIN = {
    "text": "text", "string": "text", "q string": "text", "add text prompt": "text",
    "integer": "integer", "int": "integer", "q int": "integer", "add integer prompt": "integer",
    "decimal": "decimal", "q decimal": "decimal", "add decimal prompt": "decimal",
    "range": "range",
    "date": "date", "q date": "date", "add date prompt": "date",
    "time": "time",
    "datetime": "dateTime", "date time": "dateTime", "q date time": "dateTime", "q datetime": "dateTime",
    "add date time prompt": "dateTime", "add datetime prompt": "dateTime",
    "note": "note", "q note": "note", "add note prompt": "note",
    "acknowledge": "acknowledge", "trigger": "acknowledge", "q acknowledge": "acknowledge",
    "add acknowledge prompt": "acknowledge",
    "geopoint": "geopoint", "gps": "geopoint", "location": "geopoint", "q geopoint": "geopoint",
    "q location": "geopoint", "add location prompt": "geopoint",
    "image": "image", "photo": "image", "q image": "image", "q picture": "image", "add image prompt": "image",
    "add photo prompt": "image",
    "audio": "audio", "q audio": "audio", "add audio prompt": "audio",
    "video": "video", "q video": "video", "add video prompt": "video",
    "file": "file", "add file prompt": "file",
    "barcode": "barcode", "q barcode": "barcode", "add barcode prompt": "barcode",
    "calculate": "calculate", "q calculate": "calculate", "add calculate prompt": "calculate",
    "hidden": "hidden",
    "start": "start", "start time": "start", "get start time": "start",
    "end": "end", "end time": "end", "get end time": "end",
    "today": "today", "get today": "today",
    "deviceid": "deviceid", "device id": "deviceid", "get device id": "deviceid", "imei": "deviceid",
    "uri:deviceid": "deviceid",
    "username": "username", "uri:username": "username",
    "phonenumber": "phonenumber", "get phone number": "phonenumber", "uri:phonenumber": "phonenumber",
    "email": "username", "uri:email": "username",
    "subscriberid": "deviceid", "subscriber id": "deviceid", "get subscriber id": "deviceid",
    "uri:subscriberid": "deviceid",
    "simserial": "deviceid", "sim id": "deviceid", "get sim id": "deviceid", "uri:simserial": "deviceid",
}  # fmt: skip
PLAIN: Mapping[str, str] = _PLAIN
"""Every spelling of a type without a list, in lower case, to the word we use."""

_SELECT = re.compile(
    r"(?P<command>select_one_from_file|select_multiple_from_file|select one from file|select multiple from file"
    r"|add select one prompt using|add select multiple prompt using|select all that apply from|select one from"
    r"|select_one_external|select_multiple_external|select_one|select_multiple|select one|select multiple"
    r"|select all that apply|select1|rank)"
    r"(?:\s+(?P<list>\S+?))?(?P<other>\s+(?:or specify other|or_other|or other))?",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"(?P<side>begin|end)[\s_]+(?P<what>group|repeat|lgroup|looped group|loop)(?:\s+(?:over\s+)?(?P<list>\S+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeWord:
    """One type cell, understood. ``kind`` says which of the other fields matter."""

    kind: Literal["question", "begin", "end", "refused", "unknown"]
    word: str = ""
    """question: the type; begin, end: "group" or "repeat"; refused, unknown: the cell as written."""
    list_name: str = ""
    """The choices list; with ``from_file`` the name of the file."""
    from_file: bool = False
    or_other: bool = False


def type_word(cell: str) -> TypeWord:
    """What a type cell says."""
    text = " ".join(cell.split())
    low = text.lower()
    if low in _PLAIN:
        return TypeWord(kind="question", word=_PLAIN[low])
    found = _BOUNDARY.fullmatch(text)
    if found:
        what = found["what"].lower()
        if what == "loop":
            return TypeWord(kind="refused", word="begin loop")
        word = "group" if what == "group" else "repeat"
        return TypeWord(kind="begin" if found["side"].lower() == "begin" else "end", word=word)
    found = _SELECT.fullmatch(text)
    if found:
        return _select(text, found)
    if low.split(" ", maxsplit=1)[0] in _REFUSED or low in _REFUSED:
        return TypeWord(kind="refused", word=text)
    return TypeWord(kind="unknown", word=text)


def _select(text: str, found: re.Match[str]) -> TypeWord:
    command = found["command"].lower().replace(" ", "_")
    if "external" in command:
        return TypeWord(kind="refused", word=text)
    word = (
        "rank"
        if command == "rank"
        else "select_multiple"
        if "multiple" in command or "all" in command
        else "select_one"
    )
    name = found["list"] or ""
    if name.startswith("${"):
        return TypeWord(kind="refused", word=text)
    return TypeWord(
        kind="question", word=word, list_name=name, from_file="from_file" in command, or_other=bool(found["other"])
    )


_REFUSED = frozenset(
    {
        "geotrace", "geoshape", "q geotrace", "q geoshape", "osm", "audit", "background-audio", "background-geopoint",
        "start-geopoint", "csv-external", "xml-external", "entity", "cascading_select", "phone number",
        "percentage", "number of days in last month", "number of days in last six months",
        "number of days in last year",
    }
)  # fmt: skip


def instead_of(word: str, say: Say) -> str:
    """What an author uses in place of a refused type."""
    _ = say
    low = word.lower()
    first = low.split(" ", maxsplit=1)[0]
    if first in {"geotrace", "geoshape"} or low in {"q geotrace", "q geoshape"}:
        return _("Ask for one place with geopoint.")
    if "${" in word:
        return _("Ask inside the repeat, or use a list from the choices sheet.")
    if "external" in first or first == "cascading_select":
        return _("Put the list into the choices sheet, or use select_one_from_file with a .csv file.")
    remedies = {
        "osm": _("Use select_one or text."),
        "audit": _("Delete the row: the program keeps its own record."),
        "background-audio": _("Ask for a voice message with audio: nobody is recorded unnoticed."),
        "background-geopoint": _("Ask for the place with geopoint: nobody is located unnoticed."),
        "start-geopoint": _("Ask for the place with geopoint: nobody is located unnoticed."),
        "begin": _("Use begin_repeat, or write the questions out."),
        "phone": _("Use text with chat_kind phone."),
        "percentage": _("Use integer with the constraint . >= 0 and . <= 100."),
        "number": _("Use integer with a constraint."),
    }
    return remedies.get(first, _("Use one of the types in the manual."))
