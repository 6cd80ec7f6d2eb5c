"""The guide to writing surveys: its examples can be published, and nothing that can be written is missing from it."""

from __future__ import annotations

import re

import pytest

from bot import bundled, catalog
from surveys.expressions import functions
from surveys.xlsform import columns, parameters, read, type_words

ROOT = bundled.folder("catalog").parent
GUIDE = (ROOT / "docs" / "survei.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```xlsform\n(.*?)```", GUIDE, re.DOTALL)
PROSE = re.sub(r"```.*?```", "", GUIDE, flags=re.DOTALL)
CODE = {word for span in re.findall(r"`([^`\n]+)`", PROSE) for word in span.split()}
"""Every word the guide sets in code letters outside its examples."""


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_published(example: str) -> None:
    files = catalog.files(ROOT / "catalog" / "alak")
    assert read(example.encode(), file_type=".md", name_hint="contoh", files=files)[1] == ()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 6


def test_every_column_is_explained() -> None:
    plain = {column.removeprefix("media::") for sheet in columns.COLUMNS.values() for column in sheet.values()}
    named = {word.rstrip(",").partition("::")[0] for word in CODE}
    aliased = {"allow_choice_duplicates"}  # understood for the sake of old forms, and of no use
    assert plain - named - aliased == set()


def test_every_type_is_explained() -> None:
    words = {*type_words.PLAIN.values(), *type_words.SELECTS, "begin_group", "end_group", "begin_repeat", "end_repeat"}
    empty = type_words.EMPTY_METADATA  # accepted, because form builders add them unasked, and left empty
    assert words - CODE - empty == set()


def test_every_function_is_explained() -> None:
    assert set(functions.functions()) - CODE == set()


def test_every_parameter_is_explained() -> None:
    known = {key for keys in parameters._HONOURED.values() for key in keys}
    assert known - {word.partition("=")[0] for word in CODE} == set()


def test_every_bundled_survey_is_listed() -> None:
    assert {path.stem for path in (ROOT / "surveys" / "definitions").glob("*.md")} - CODE == set()


def test_every_link_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(([^)]+)\)", GUIDE)
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside - anchors == set()
    assert [link for link in links if not link.startswith("#") and not (ROOT / "docs" / link).exists()] == []
