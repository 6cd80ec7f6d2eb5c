"""The bundled surveys: without a fault, complete in both languages, short enough for a chat, and as agreed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from bot import bundled, catalog
from surveys.check import check
from surveys.survey import ChatSettings, Question, Section, Survey, Texts
from surveys.xlsform import read, write_xlsx

DEFINITIONS = bundled.folder("catalog").parent / "surveys" / "definitions"
GOLDEN = Path(__file__).parents[2] / "golden" / "definitions"
NAMES = ("aspirasi", "l1_reaksi", "l2_pelayanan_prima", "l3_atasan", "l3_peserta", "skm_alak", "tna_asn")
QUESTION, CHOICE = 300, 72
"""Letters, by the house's rules for texts in a chat."""


def sections(items: tuple[Question | Section, ...]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from sections(item.items)


def texts(survey: Survey) -> Iterator[tuple[str, Texts]]:
    """Everything a person may read, with the place it stands at."""
    yield "title", survey.title
    for section in sections(survey.items):
        yield f"[{section.name}]", section.label
    lists: set[str] = set()
    for question in survey.questions():
        for column in ("label", "hint", "guidance_hint", "constraint_message", "required_message"):
            text: Texts = getattr(question, column)
            if text:
                yield f"{question.name}.{column}", text
        if question.list_name and question.list_name not in lists:
            lists.add(question.list_name)
            for choice in question.choices:
                yield f"{question.list_name}/{choice.name}", choice.label


def test_the_bundled_surveys_are_these(bundled_surveys: Mapping[str, Survey]) -> None:
    assert tuple(bundled_surveys) == NAMES
    assert tuple(survey.name for survey in bundled_surveys.values()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_survey_reads_without_a_problem(name: str) -> None:
    files = catalog.files(bundled.folder("catalog") / "alak")
    survey, warnings = read(DEFINITIONS / f"{name}.md", file_type=".md", files=files)
    assert (*warnings, *check(survey)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_survey_is_plain_xlsform(name: str) -> None:
    """It opens in KoboToolbox and ODK as it stands: their converter takes it without a warning."""
    source = (DEFINITIONS / f"{name}.md").read_text(encoding="utf-8")
    assert convert(xlsform=source, file_type=".md").warnings == []


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_survey_goes_through_excel_unchanged(name: str, bundled_surveys: Mapping[str, Survey]) -> None:
    survey = bundled_surveys[name]
    assert read(write_xlsx(survey), file_type=".xlsx") == (survey, ())


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_are_complete(name: str, bundled_surveys: Mapping[str, Survey]) -> None:
    survey = bundled_surveys[name]
    assert survey.languages == ("id", "en")
    assert [place for place, text in texts(survey) if tuple(text) != ("id", "en") or not all(text.values())] == []
    asked = (question for question in survey.questions() if question.type != "calculate")
    assert [question.name for question in asked if not question.label] == []


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_name_the_same_answers(name: str, bundled_surveys: Mapping[str, Survey]) -> None:
    def named(text: str) -> list[str]:
        return sorted(re.findall(r"\$\{(\w+)\}", text))

    different = [place for place, text in texts(bundled_surveys[name]) if named(text["id"]) != named(text["en"])]
    assert different == []


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_short_enough_for_a_chat(name: str, bundled_surveys: Mapping[str, Survey]) -> None:
    too_long = [
        (place, len(words))
        for place, text in texts(bundled_surveys[name])
        for words in text.values()
        if len(words) > (CHOICE if "/" in place else QUESTION)
    ]
    assert too_long == []


@pytest.mark.parametrize("name", NAMES)
def test_texts_keep_the_tone(name: str, bundled_surveys: Mapping[str, Survey]) -> None:
    words = [(place, text["id"]) for place, text in texts(bundled_surveys[name])]
    assert [place for place, text in words if "!" in text] == []
    assert [place for place, text in words if re.search(r"\b(anda|kamu|saudara)\b", text, re.IGNORECASE)] == []


def test_the_settings_of_the_bundled_surveys(bundled_surveys: Mapping[str, Survey]) -> None:
    assert {name: survey.chat for name, survey in bundled_surveys.items()} == {
        "aspirasi": ChatSettings(
            audience="all",
            anonymous="choice",
            anonymous_if="${persetujuan} = 'anonim' or ${usia} = 'belum'",
            ends_if="${persetujuan} = 'batal'",
            ticket="ALK",
        ),
        "l1_reaksi": ChatSettings(audience="asn", anonymous="always", once=True, expires_days=7, occasion=True),
        "l2_pelayanan_prima": ChatSettings(audience="asn", once=True, expires_days=7, occasion=True),
        "l3_atasan": ChatSettings(audience="asn", once=True, occasion=True),
        "l3_peserta": ChatSettings(audience="asn", once=True, occasion=True),
        "skm_alak": ChatSettings(audience="warga", anonymous="always", expires_days=7),
        "tna_asn": ChatSettings(audience="asn", once=True, editable=True),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_wording_is_as_agreed(name: str, bundled_surveys: Mapping[str, Survey]) -> None:
    """Every text of the survey, against the file that was read through. GOLDEN=write writes the file anew."""
    lines = chain.from_iterable(
        (place, *(f"  {language}: {line}" for language, words in text.items() for line in words.split("\n")))
        for place, text in texts(bundled_surveys[name])
    )
    now = "\n".join(lines) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(now, encoding="utf-8")
    assert now == golden.read_text(encoding="utf-8")
