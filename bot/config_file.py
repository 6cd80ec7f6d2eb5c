"""Reads the settings: ``config.toml``, and over it the environment.

Every key may come as ``SUARA_SECTION__KEY`` from the environment; secrets also as ``SUARA_SECTION__KEY_FILE``, the path
of a file that holds the value. Rule: what is wrong stops the start with one line that names the key, what was found and
what is expected; the value of a secret is never part of it.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.config import Config, ConfigError, Say, fields
from bot.log import Redaction
from bot.wording import catalogue, settled_language

DEFAULT_FILE = "config.toml"
PREFIX = "SUARA_"


def load(file: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings from ``file``, else from SUARA_CONFIG, else from config.toml here, else none: trial mode.

    Raises ConfigError, in the language of the settings where they name one, else in that of the machine.
    """
    asked = file or (Path(environ["SUARA_CONFIG"]) if environ.get("SUARA_CONFIG") else None)
    path = asked or (Path(DEFAULT_FILE) if Path(DEFAULT_FILE).exists() else None)
    values, say = _table(path, environ)
    places = {(section, key): str(path) for section, table in values.items() for key in _keys(table)}
    _overlay(values, places, environ, say)
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        raise _translated(error.errors()[0], values, places, str(path or DEFAULT_FILE), say) from None
    config._file = path.absolute() if path else None  # noqa: SLF001 -- its own maker
    _check_webhook(config, str(path or "SUARA_TELEGRAM__MODE"), say)
    return config


def _table(path: Path | None, environ: Mapping[str, str]) -> tuple[dict[str, Any], Say]:
    """What stands in the file, and the language to complain in."""
    _ = say = catalogue(settled_language(path, environ)).gettext
    if path is None:
        return {}, say
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        expected = _("a settings file; config.example.toml is one to copy")
        raise ConfigError(str(path), _("missing"), expected, say=say) from None
    except (OSError, UnicodeDecodeError) as error:
        found = _("not readable ({reason})").format(reason=getattr(error, "strerror", None) or type(error).__name__)
        raise ConfigError(str(path), found, _("a text file in UTF-8"), say=say) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        found = _("not readable in line {number}").format(number=line[1]) if line else _("not readable at its end")
        expected = _("lines such as port = 8000 under a [section]")
        raise ConfigError(str(path), found, expected, say=say) from None
    return values, say


def _keys(table: object) -> tuple[str, ...]:
    return tuple(table) if isinstance(table, dict) else ()


def _overlay(values: dict[str, Any], places: dict[tuple[str, str], str], environ: Mapping[str, str], say: Say) -> None:
    """Lay SUARA_SECTION__KEY and SUARA_SECTION__KEY_FILE over what the file says."""
    _ = say
    for name in sorted(environ):
        if not name.startswith(PREFIX) or "__" not in name:
            continue
        section, _rest, key = name.removeprefix(PREFIX).lower().partition("__")
        value = environ[name]
        if (section, key) not in fields() and (section, key.removesuffix("_file")) in fields():
            key = key.removesuffix("_file")
            if not _is_secret(fields()[section, key]):
                raise ConfigError(name, _("not for this key"), f"{PREFIX}{section}__{key}".upper(), say=say)
            if f"{PREFIX}{section}__{key}".upper() in environ:
                continue
            try:
                value = Path(value).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                raise ConfigError(name, json.dumps(value), _("the path of a readable file"), say=say) from None
        table = values.setdefault(section, {})
        if isinstance(table, dict):
            table[key] = value
            places[section, key] = name


def _is_secret(field: FieldInfo) -> bool:
    return field.annotation is SecretStr


def _check_webhook(config: Config, place: str, say: Say) -> None:
    """What webhook mode cannot do without."""
    _ = say
    if config.telegram.mode != "webhook" or not config.telegram.token.get_secret_value():
        return
    if not config.telegram.webhook_secret.get_secret_value():
        expected = _("a secret of your own (A-Z, a-z, 0-9, _ and -), since telegram.mode is webhook")
        raise ConfigError("telegram.webhook_secret", _("empty"), expected, place=place, say=say)
    if not (config.telegram.webhook_url or config.web.public_url):
        expected = _("the public address of this machine, since telegram.mode is webhook")
        raise ConfigError("telegram.webhook_url", _("empty"), expected, place=place, say=say)


def _translated(
    error: ErrorDetails, values: dict[str, Any], places: dict[tuple[str, str], str], file: str, say: Say
) -> ConfigError:
    """The library's finding as our one line."""
    _ = say
    section, key = (*map(str, error["loc"]), "")[:2]
    place = places.get((section, key)) or next((places[at] for at in places if at[0] == section and not key), file)
    name = place if place.startswith(PREFIX) else f"{section}.{key}".rstrip(".")
    place = "" if place.startswith(PREFIX) else place
    if error["type"] == "extra_forbidden":
        return ConfigError(name, _("no known key"), _nearest(section, key, say), place=place, say=say)
    if not key:
        return ConfigError(
            name, _shown(values[section]), _("a section [{name}]").format(name=section), place=place, say=say
        )
    field = fields()[section, key]
    found = _("hidden here") if _is_secret(field) else _shown(values[section][key])
    if error["type"] == "expected":
        sentence = error["ctx"]["sentence"]
        expected = _(sentence).format(**error["ctx"]["values"])
    else:
        expected = _expected(field, say)
    return ConfigError(name, found, expected, place=place, say=say)


def _shown(value: object) -> str:
    """What stands there, short; a token pasted at the wrong place stays hidden."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return Redaction()(text if len(text) <= 60 else text[:60] + "…")


def _nearest(section: str, key: str, say: Say) -> str:
    """The key that was probably meant, or all that would do."""
    _ = say
    known = [name for part, name in fields() if part == section] if key else list(Config.model_fields)
    prefix = f"{section}." if known and key else ""
    if not known:
        known, key = list(Config.model_fields), section
    close = difflib.get_close_matches(key or section, known, n=1)
    if close:
        return _("perhaps {name}").format(name=prefix + close[0])
    return _("one of {names}").format(names=", ".join(known))


def _expected(field: FieldInfo, say: Say) -> str:
    """A key's kind and limits in words."""
    _ = say
    limits = {name: getattr(part, name) for part in field.metadata for name in ("ge", "le") if hasattr(part, name)}
    kind = field.annotation
    if get_origin(kind) is Literal:
        return _("one of {names}").format(names=", ".join(get_args(kind)))
    if kind is bool:
        return _("true or false")
    if kind is int:
        return _("a whole number from {low} to {high}").format(low=limits["ge"], high=limits["le"])
    if kind is float:
        return _("a number from {low} to {high}").format(low=limits["ge"], high=limits["le"])
    if get_origin(kind) is tuple:
        return _("a list of whole numbers")
    return _("text in quotation marks")
