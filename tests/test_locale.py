"""Every sentence in the code has an Indonesian one, every Indonesian one is still used, and both have the same gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file

from bot import wording
from handlers.errors import HandlerError
from storage.errors import StorageError
from surveys.errors import DefinitionError, ExpressionError, SurveyError

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "web", "handlers", "reports", "storage", "insights", "outreach", "surveys")
# Apart, since what stands inside the brackets of one word is not looked into: visit.say(Outgoing(text=_("…"))).
KEYWORDS = ({**DEFAULT_KEYWORDS, "later": None}, {"say": None})
GAP = re.compile(r"\{\w*\}")
LANGUAGES = [name for name in wording.languages() if name != wording.ENGLISH]

Sentence = str | tuple[str, ...]


@cache
def in_code() -> dict[Sentence, str]:
    """Every sentence that is marked for translation → where it stands."""
    found: dict[Sentence, str] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            method = {".py": "python", ".html": "jinja2.ext.babel_extract"}.get(path.suffix)
            if method is None:
                continue
            for words in KEYWORDS:
                for line, sentence, _comments, _context in extract_from_file(method, path, keywords=words):
                    found.setdefault(sentence, f"{path.relative_to(ROOT)}:{line}")
    for kind in errors():
        found.setdefault((kind.__doc__ or "").strip(), f"{kind.__module__}.{kind.__name__}")
    return found


def errors() -> Iterator[type[Exception]]:
    """Errors whose docstring is shown to people where they carry no words of their own."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if re.search(r"^class \w+\(\w+Error\)", path.read_text(encoding="utf-8"), re.MULTILINE):
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    waiting: list[type[Exception]] = [SurveyError, StorageError, HandlerError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind not in {DefinitionError, ExpressionError}:  # these name the place, so they always have their own
            yield kind


def translated(language: str) -> list[tuple[Sentence, Sentence, str]]:
    """Sentence, translation, file."""
    return [
        (_sentence(message.id), _sentence(message.string), part.name)
        for part in wording.parts(language)
        for message in wording.read(part, language)
        if message.id
    ]


def _sentence(words: str | list[str] | tuple[str, ...] | None) -> Sentence:
    return words or "" if isinstance(words, str | None) else tuple(words)


def forms(sentence: Sentence) -> tuple[str, ...]:
    """The forms for one and for many; most sentences have one."""
    return (sentence,) if isinstance(sentence, str) else tuple(form for form in sentence if form)


def test_there_is_something_to_translate() -> None:
    assert LANGUAGES == ["id"]
    assert len(in_code()) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    done = {sentence for sentence, words, _file in translated(language) if forms(words)}
    missing = {sentence: place for sentence, place in in_code().items() if sentence not in done}
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_kept_that_is_no_longer_said(language: str) -> None:
    obsolete = [(sentence, file) for sentence, _words, file in translated(language) if sentence not in in_code()]
    assert obsolete == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_translated_in_one_way(language: str) -> None:
    """The same sentence may stand in two files, but then it is the same in both."""
    words = {(sentence, said) for sentence, said, _file in translated(language)}
    assert [sentence for sentence, times in Counter(sentence for sentence, _said in words).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_are_the_same_in_both(language: str) -> None:
    wrong = [
        (sentence, said)
        for sentence, said, _file in translated(language)
        for form in forms(said)
        if set(GAP.findall(form)) != set(GAP.findall("".join(forms(sentence)[-1:])))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_exclamation_marks_and_no_blame(language: str) -> None:
    """How the office speaks: Bapak/Ibu, plain, nobody is told they were wrong."""
    impolite = re.compile(r"(?<!\?)!|\b(salah(?! satu)|keliru|kamu|anda|submit|menginput)\b", re.IGNORECASE)
    found = [said for _sentence, words, _file in translated(language) for said in forms(words) if impolite.search(said)]
    assert found == []
