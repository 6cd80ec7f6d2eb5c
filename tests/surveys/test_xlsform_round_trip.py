# ruff: noqa: E501 -- the row of a form is as wide as its columns
"""A survey that is exported as a workbook and read again is the same survey."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform
from pyxform.xls2xform import convert

from bot.wording import catalogue
from surveys.errors import SurveyError
from surveys.survey import ChatSettings, Choice, Question, Section, Survey
from surveys.xlsform import examine, read, write_xlsx
from tests.surveys.forms import MAKASSAR, survey_of, surveys

DEFINITIONS = Path(__file__).parents[2] / "surveys" / "definitions"
CATALOG = Path(__file__).parents[2] / "catalog" / "alak"


def again(survey: Survey) -> Survey:
    found, problems = examine(write_xlsx(survey), file_type=".xlsx")
    assert found is not None, problems
    return found


@given(surveys())
@settings(max_examples=60, deadline=None)
def test_any_survey_reads_back_equal(survey: Survey) -> None:
    assert again(survey) == survey


@given(surveys())
@settings(max_examples=25, deadline=None)
def test_odk_takes_every_exported_workbook(survey: Survey) -> None:
    assert convert(write_xlsx(survey), file_type=".xlsx").xform.startswith("<?xml")


@given(surveys())
@settings(max_examples=25, deadline=None)
def test_odk_understands_an_exported_workbook_as_we_do(survey: Survey) -> None:
    """Names, types, choices, expressions and nesting, as pyxform's own reader sees them."""
    parsed = workbook_to_json(get_xlsform(write_xlsx(survey), file_type=".xlsx"), warnings=[])
    assert list(theirs(parsed["children"])) == list(ours(survey.items))


def ours(items: tuple[Question | Section, ...]) -> Iterator[tuple[object, ...]]:
    for item in items:
        if isinstance(item, Section):
            yield "begin", "repeat" if item.repeat else "group", item.name, item.relevant
            yield from ours(item.items)
            yield "end", item.name
            continue
        yield (
            item.name,
            {"select_one": "select one", "select_multiple": "select all that apply", "image": "photo"}.get(
                item.type, item.type
            ),
            (item.relevant, item.constraint, item.required, item.calculation, item.choice_filter),
            item.default,
            item.list_name,
        )
        if item.or_other:
            yield f"{item.name}_other", "text", (f"selected(../{item.name}, 'other')", "", "", "", ""), "", ""


def theirs(children: list[dict[str, Any]]) -> Iterator[tuple[object, ...]]:
    for child in children:
        bind = child.get("bind", {})
        if child["type"] in {"group", "repeat"}:
            if child["name"] != "meta":
                yield "begin", child["type"], child["name"], bind.get("relevant", "")
                yield from theirs(child["children"])
                yield "end", child["name"]
        elif not child["name"].endswith("_count"):  # pyxform's own, for a repeat_count that is no ${name}
            required = {"yes": "true()"}.get(bind.get("required", ""), bind.get("required", ""))
            yield (
                child["name"],
                child["type"],
                (
                    bind.get("relevant", ""),
                    bind.get("constraint", ""),
                    required,
                    bind.get("calculate", ""),
                    child.get("choice_filter", ""),
                ),
                child.get("default", ""),
                child.get("itemset", ""),
            )


@pytest.mark.parametrize("path", sorted(DEFINITIONS.glob("*.md")), ids=lambda path: path.stem)
def test_bundled_surveys_read_back_equal(path: Path) -> None:
    files = {found.name: found.read_bytes() for found in CATALOG.glob("*.csv")}
    survey, _problems = examine(path, file_type=".md", name_hint=path.stem, files=files)
    assert survey is not None
    assert again(survey) == survey


ODD = r"""
    | survey  |                                  |         |                              |                     |               |          |                       |                  |                                                  |            |
    |         | type                             | name    | label::Bahasa Indonesia (id) | label::English (en) | choice_filter | relevant | calculation           | repeat_count     | media::image::Bahasa Indonesia (id)              | parameters |
    |         | start                            | mulai   |                              |                     |               |          |                       |                  |                                                  |            |
    |         | hidden                           | unit    |                              |                     |               |          |                       |                  |                                                  |            |
    |         | select_one pulau                 | pulau   | Pulau?                       | Island?             |               |          |                       |                  | peta.png                                         |            |
    |         | select_one_from_file kota.csv    | kota    | Kota di ${pulau}?            | Town on ${pulau}?   | pulau = ${pulau} |       |                       |                  |                                                  |            |
    |         | begin_repeat                     | anak    | Anak                         | Child               |               |          |                       | 2                |                                                  |            |
    |         | text                             | nama    | =Nama?                       | +Name?              |               |          |                       |                  |                                                  | chat_media=audio image max-seconds=60 |
    |         | begin_group                      | rinci   |                              |                     |               | ${nama} != '' |                  |                  |                                                  |            |
    |         | select_multiple hobi or_other    | hobi    | Hobi?                        | Hobbies?            |               |          |                       |                  |                                                  | randomize=true |
    |         | end_group                        |         |                              |                     |               |          |                       |                  |                                                  |            |
    |         | end_repeat                       |         |                              |                     |               |          |                       |                  |                                                  |            |
    |         | calculate                        | jumlah  |                              |                     |               |          | count(${anak})        |                  |                                                  |            |
    |         | note                             | terima  | Terima kasih.<br>-- Kantor Camat | Thank you.      |               |          |                       |                  |                                                  |            |
    | choices |
    |         | list_name | name  | label::Bahasa Indonesia (id) | label::English (en) | chat_aliases       | media::audio |
    |         | pulau     | timor | Timor                        | Timor               | timur \| tmr       | timor.mp3    |
    |         | pulau     | 1     | Alor                         | Alor                | @alor              |              |
    |         | hobi      | voli  | Bola voli                    | Volleyball          |                    |              |
    |         | rujukan   | a     | A                            | A                   |                    |              |
    | settings |
    |          | form_title | chat_title::English (en) | form_id | version | default_language      | chat_opens       | chat_closes | chat_once | chat_expires |
    |          | Aneh       | Odd                      | aneh    | 3.1     | Bahasa Indonesia (id) | 2026-12-01 08:00 | 2026-12-31  | yes       | P2W          |
"""
KOTA = b"""\
name;label::Bahasa Indonesia (id);label::English (en);pulau
kpg;Kupang;Kupang;timor
klb;Kalabahi;Kalabahi;1
"""


def test_an_odd_form_reads_back_equal() -> None:
    survey = survey_of(ODD, {"kota.csv": KOTA})
    assert again(survey) == survey
    assert list(survey.tables) == ["rujukan"]
    assert survey.question("kota").choices[1] == Choice(
        name="klb", label={"id": "Kalabahi", "en": "Kalabahi"}, filters={"pulau": "1"}
    )
    assert survey.chat == ChatSettings(
        opens=datetime(2026, 12, 1, 8, tzinfo=MAKASSAR),
        closes=datetime(2027, 1, 1, tzinfo=MAKASSAR),
        once=True,
        expires_days=14,
    )


def test_a_workbook_has_only_headings_of_the_standard_and_ours() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(survey_of(ODD, {"kota.csv": KOTA}))))
    headings = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book}
    assert headings == {
        "survey": [
            "type", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "relevant", "calculation",
            "choice_filter", "parameters", "repeat_count", "media::image::Bahasa Indonesia (id)", "chat_parameters",
        ],
        "choices": [
            "list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "chat_aliases",
            "media::audio::Bahasa Indonesia (id)", "pulau",
        ],
        "settings": [
            "form_title", "form_id", "chat_title::English (en)", "version", "default_language", "chat_opens",
            "chat_closes", "chat_audience", "chat_anonymous", "chat_once", "chat_editable",
        ],
    }  # fmt: skip


def test_no_cell_of_a_workbook_is_ever_computed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(survey_of(ODD, {"kota.csv": KOTA}))))
    cells = {cell.value: cell for sheet in book for row in sheet for cell in row if cell.value is not None}
    assert {cell.data_type for cell in cells.values()} == {"s"}
    assert {text for text, cell in cells.items() if cell.quotePrefix} == {"=Nama?", "+Name?", "@alor"}


def test_the_same_survey_gives_the_same_workbook() -> None:
    survey = survey_of(ODD, {"kota.csv": KOTA})
    assert write_xlsx(survey) == write_xlsx(survey)


def test_text_that_looks_like_a_code_of_excel_stays_text() -> None:
    question = Question(name="x", type="text", label={"id": "_x0041_ dan _x000D_"})
    survey = Survey(name="uji", title={"id": "Uji"}, items=(question,))
    assert again(survey) == survey


def test_a_text_longer_than_a_cell_is_refused() -> None:
    question = Question(name="x", type="text", label={"id": "a" * 32_768})
    with pytest.raises(SurveyError) as refused:
        write_xlsx(Survey(name="uji", title={"id": "Uji"}, items=(question,)), say=catalogue("id").gettext)
    where = "survey, label::Bahasa Indonesia (id)"
    assert str(refused.value) == f"Teks sepanjang 32768 huruf tidak muat dalam satu sel ({where})."


def test_a_list_with_two_contents_is_refused() -> None:
    one, two = (Choice(name="a", label={"id": "A"}),), (Choice(name="b", label={"id": "B"}),)
    items = (
        Question(name="x", type="select_one", list_name="l", choices=one),
        Question(name="y", type="select_one", list_name="l", choices=two),
    )
    with pytest.raises(SurveyError, match='list "l" has different choices'):
        write_xlsx(Survey(name="uji", title={"id": "Uji"}, items=items))


def test_a_published_version_can_be_edited_and_read_again() -> None:
    survey, _warnings = read(write_xlsx(survey_of(ODD, {"kota.csv": KOTA})), file_type=".xlsx")
    assert survey.name == "aneh"
