"""What a call carries: form fields, JSON or multipart, as one mapping and the files.

Rule of the file: everything the Bot API accepts (https://core.telegram.org/bots/api#making-requests), nothing guessed.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl

import orjson

from tests.fake_telegram.refusals import bad_request
from tests.fake_telegram.wire import Request

Fields = dict[str, object]
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
_NAME = re.compile(r'[; ]name="([^"]*)"')
_FILE_NAME = re.compile(r'filename="([^"]*)"')


class Upload(NamedTuple):
    name: str
    mime: str
    data: bytes


def read(request: Request) -> tuple[Fields, dict[str, Upload]]:
    """The fields and the files of a call. Raises Refusal."""
    fields: Fields = dict(parse_qsl(request.query, keep_blank_values=True)) if request.query else {}
    if not request.body:
        return fields, {}
    kind = request.content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            content = orjson.loads(request.body)
        except orjson.JSONDecodeError as error:
            raise bad_request("can't parse JSON object") from error
        if not isinstance(content, dict):
            raise bad_request("expected an Object")
        return fields | content, {}
    if kind == "multipart/form-data":
        return _multipart(request, fields)
    fields |= parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return fields, {}


def _multipart(request: Request, fields: Fields) -> tuple[Fields, dict[str, Upload]]:
    boundary = _BOUNDARY.search(request.content_type)
    if boundary is None:
        raise bad_request("boundary is missing")
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + request.body).split(b"\r\n--" + boundary[1].encode())[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace")
        name = _NAME.search(headers)
        if name is None:
            continue
        file_name = _FILE_NAME.search(headers)
        if file_name is None:
            fields[name[1]] = data.decode("utf-8", "replace")
        else:
            mime = re.search(r"(?im)^content-type:\s*(\S+)", headers)
            files[name[1]] = Upload(file_name[1], mime[1] if mime else "application/octet-stream", data)
    return fields, files


def whole(fields: Fields, name: str, default: int = 0) -> int:
    """An integer field; what is no integer counts as ``default``, as the platform does it."""
    value = fields.get(name)
    try:
        return default if value is None or value == "" else int(str(value))
    except ValueError:
        return default


def said(fields: Fields, name: str) -> str:
    """A text field, "" if missing."""
    value = fields.get(name)
    return "" if value is None else value if isinstance(value, str) else orjson.dumps(value).decode()


def parts(fields: Fields, name: str) -> object:
    """A field that is JSON: as text or already as an object. Raises Refusal."""
    value = fields.get(name)
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"can't parse {name} JSON object") from error
