"""Languages as XLSForm writes them: ``label::Bahasa Indonesia (id)`` is a text in "id".

Rule of the file: the code in parentheses is the language; a language's usual names are understood without it.
"""

from __future__ import annotations

import re

NAMES = {
    "id": "Bahasa Indonesia",
    "en": "English",
    "mkn": "Melayu Kupang",
    "jv": "Basa Jawa",
    "su": "Basa Sunda",
    "pt": "Português",
    "tet": "Tetun",
    "nl": "Nederlands",
    "zh": "中文",
    "ar": "العربية",
    "fr": "Français",
    "es": "Español",
    "de": "Deutsch",
}
"""What a language calls itself, for the headings of a written workbook."""

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WITH_CODE = re.compile(r".*\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*")
_BY_NAME = {name.casefold(): code for code, name in NAMES.items()} | {
    "indonesia": "id",
    "indonesian": "id",
    "inggris": "en",
    "bahasa inggris": "en",
    "bahasa melayu kupang": "mkn",
    "kupang": "mkn",
}


def code_of(language: str) -> str:
    """The code of a language as a heading writes it, "" if it has none that we know."""
    found = _WITH_CODE.fullmatch(language)
    if found:
        return _normal(found[1])
    named = _BY_NAME.get(" ".join(language.split()).casefold())
    if named:
        return named
    return (
        _normal(language) if _CODE.fullmatch(language.lower()) and len(language.split("-", maxsplit=1)[0]) <= 3 else ""
    )


def _normal(code: str) -> str:
    first, *rest = code.split("-")
    return "-".join((first.lower(), *rest))


def heading_of(code: str) -> str:
    """How a heading names the language: "Bahasa Indonesia (id)"."""
    return f"{NAMES.get(code, code)} ({code})"
