"""The program's sentences in a person's language.

English stands in the code; ``locale/<language>/*.po`` and ``locale/<language>/parts/*.po`` hold every other
language, read together. Rule: a sentence that is not translated comes out in English, never empty, never an error.
"""

from __future__ import annotations

import gettext
import locale
import tomllib
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bundled import folder

if TYPE_CHECKING:  # Babel takes 50 ms to import, and who reads English does without
    from babel.messages.catalog import Catalog

ENGLISH = "en"


def later(sentence: str) -> str:
    """Marks a sentence that is translated where it is shown: a constant, a help text."""
    return sentence


@cache
def languages() -> tuple[str, ...]:
    """Every language the program speaks, English first."""
    return (ENGLISH, *sorted(found.name for found in folder("locale").iterdir() if found.is_dir()))


def settled_language(file: Path | None, environ: Mapping[str, str]) -> str:
    """The language to speak on this machine: the settings', where they name one, else the machine's own.

    Reads no more of the settings than that, and complains about nothing: ``bot.config`` does.
    """
    named: object = environ.get("SUARA_LOCALE__LANGUAGE")
    if not named:
        try:
            path = file or Path(environ.get("SUARA_CONFIG") or "config.toml")
            named = tomllib.loads(path.read_text(encoding="utf-8-sig"))["locale"]["language"]
        except (OSError, ValueError, LookupError, TypeError):
            named = None
    return named if isinstance(named, str) and named in languages() else machine_language(environ)


def machine_language(environ: Mapping[str, str]) -> str:
    """The language this machine is set to, English where the program does not speak it."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environ[name] for name in names if environ.get(name)), locale.getlocale()[0] or "").lower()
    chosen = chosen.partition("_")[0]
    chosen = {"indonesian": "id"}.get(chosen, chosen)  # on Windows it is a word: Indonesian_Indonesia
    return chosen if chosen in languages() else ENGLISH


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The sentences of one language: ``.gettext(sentence)`` and ``.ngettext(one, many, count)``.

    A language the program does not speak gives English.
    """
    if language == ENGLISH or language not in languages():
        return gettext.NullTranslations()
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    whole = Catalog(locale=language, charset="utf-8")
    for part in parts(language):
        for message in read(part, language):
            if message.id and message.id not in whole:
                if isinstance(message.string, tuple):  # a language with one form for all numbers gives one
                    message.string = tuple(form or message.string[0] for form in message.string)
                whole[message.id] = message
    binary = BytesIO()
    write_mo(binary, whole)
    binary.seek(0)
    return gettext.GNUTranslations(binary)


def parts(language: str) -> tuple[Path, ...]:
    """The files that hold a language, in a fixed order."""
    home = folder("locale") / language
    return (*sorted(home.glob("*.po")), *sorted((home / "parts").glob("*.po")))


def read(part: Path, language: str) -> Catalog:
    """One file as Babel's Catalog."""
    from babel.messages.pofile import read_po

    with part.open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=True, charset="utf-8", abort_invalid=True)
