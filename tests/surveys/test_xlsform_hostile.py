# ruff: noqa: E501 -- the row of a form is as wide as its columns
"""Files that are no form, or not a sound one: each ends in one clear sentence."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.errors import DefinitionError
from surveys.survey import Survey
from surveys.xlsform import FileType, examine, read, write_xlsx
from tests.surveys.forms import MAKASSAR, told

HEADING = ["type", "name", "label"]


def workbook(*rows: Sequence[object], name: str = "survey", **more: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx with these rows in its first sheet, and more sheets by name."""
    target = io.BytesIO()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, content in {name: rows, **more}.items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    book.save(target)
    return target.getvalue()


def problems(content: bytes, file_type: FileType = ".xlsx") -> list[str]:
    return told(examine(content, file_type=file_type, name_hint="uji")[1])


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its archive changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            found = old.read(entry)
            new.writestr(entry.filename, change(found) if entry.filename == part else found)
    return target.getvalue()


GOOD = workbook(HEADING, ["text", "nama", "Nama?"])


def test_the_good_workbook_is_good() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"   \n", "This file is empty."),
        (b"type,name,label\ntext,nama,Nama?\n", "This file is no Excel workbook."),
        (b"%PDF-1.7 a letter", "This file is no Excel workbook."),
        (b"PK\x03\x04 cut off", "This file is no Excel workbook."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is an old Excel file (.xls) or one with a password."),
        (zipped(**{"word__document.xml": b"<a/>"}), "This file is no Excel workbook."),
        (zipped(**{"xl__workbook.xml": b"<a/>"}), "This Excel workbook is damaged."),
        (zipped(**{"xl__vbaProject.bin": b"x", "xl__workbook.xml": b"<a/>"}), "This workbook contains macros."),
        (GOOD[: len(GOOD) // 2], "This file is no Excel workbook."),
        (bytes(10_000_001), "This file is too large for a form."),
    ],
    ids=["empty", "blank", "csv", "pdf", "cut", "xls", "word", "hollow", "macros", "half", "large"],
)
def test_what_is_no_workbook_is_named(content: bytes, sentence: str) -> None:
    assert problems(content) == [f"error  0: {sentence}"]


def test_a_macro_workbook_that_was_renamed_is_named() -> None:
    with_macros = io.BytesIO(GOOD)
    with zipfile.ZipFile(with_macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf")
    assert problems(with_macros.getvalue()) == ["error  0: This workbook contains macros."]


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = changed(GOOD, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 150_000_000)
    assert len(bomb) < 1_000_000
    assert problems(bomb) == ["error  0: This file is too large for a form."]


def test_an_archive_that_lies_about_its_sizes_is_damaged() -> None:
    bomb = bytearray(changed(GOOD, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 150_000_000))
    real, claimed = (150_000_000).to_bytes(4, "little")[2:], (1_000).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert real in size
    lie = bytes(bomb).replace(size, claimed)
    assert problems(lie) == ["error  0: This Excel workbook is damaged."]


def test_an_archive_of_ten_thousand_parts_is_not_opened() -> None:
    assert problems(zipped(**{f"xl__{number}.xml": b"" for number in range(2_500)})) == [
        "error  0: This file is too large for a form."
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_never_followed(encoding: str) -> None:
    attack = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'.encode(encoding)
    assert problems(changed(GOOD, "xl/worksheets/sheet1.xml", lambda xml: attack)) == [
        "error  0: This workbook refers to things outside itself and is not opened."
    ]


def test_entities_behind_a_long_comment_are_never_followed() -> None:
    attack = b"<?xml version='1.0'?><!--" + b"x" * 5_000 + b'x--><!DOCTYPE x [<!ENTITY e "lol">]><x>&e;</x>'
    assert problems(changed(GOOD, "xl/worksheets/sheet1.xml", lambda xml: attack)) == [
        "error  0: This workbook refers to things outside itself and is not opened."
    ]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("change", [lambda xml: xml[: len(xml) // 2], lambda xml: b"", lambda xml: b"<x/>"])
def test_a_broken_part_never_raises(part: str, change: Callable[[bytes], bytes]) -> None:
    _survey, found = examine(changed(GOOD, part, change), file_type=".xlsx", name_hint="uji")
    assert all(problem.what for problem in found)


def test_twenty_thousand_rows_are_too_many() -> None:
    rows = [["text", f"q{number}", "?"] for number in range(20_000)]
    assert problems(workbook(HEADING, *rows)) == ["error survey 12001: The sheet has more than 12000 rows."]


def test_a_thousand_questions_are_the_most() -> None:
    rows = [["text", f"q{number}", "?"] for number in range(1_001)]
    assert problems(workbook(HEADING, *rows)) == ["error survey 1002: The form has 1001 questions."]


def test_rows_that_are_only_coloured_do_no_harm() -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book["survey"].cell(row=1_000_000, column=3).number_format = "0.00"
    target = io.BytesIO()
    book.save(target)
    assert problems(target.getvalue()) == []


def test_merged_cells_are_named() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(HEADING, ["text", "a", "A?"], ["text", "b", "B?"])))
    book["survey"].merge_cells("C2:C3")
    target = io.BytesIO()
    book.save(target)
    assert problems(target.getvalue()) == [
        "error survey 2: The cells C2:C3 are merged; only the first of them counts.",
        'error survey 3: The question "b" has no label.',
    ]


def test_a_formula_without_a_result_is_an_error() -> None:
    assert problems(workbook(HEADING, ["text", "nama", "=CONCATENATE(1,2)"])) == [
        "error survey 2: Cell C2 holds a formula, not text.",
        'error survey 2: The question "nama" has no label.',
    ]


def test_a_formula_with_a_result_counts_as_its_result() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("survey")
    for row, cells in enumerate([HEADING, ["text", "nama", "-"]]):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    sheet.write_formula(1, 2, '=UPPER("nama?")', None, "NAMA?")
    book.close()
    survey, found = examine(target.getvalue(), file_type=".xlsx", name_hint="uji")
    assert told(found) == ['warning survey 2: Cell C2 holds a formula; its result "NAMA?" is used.']
    assert survey is not None
    assert survey.question("nama").label == {"id": "NAMA?"}


def test_a_sheet_by_itself_is_the_survey_whatever_its_name() -> None:
    assert problems(workbook(HEADING, ["text", "nama", "Nama?"], name="Lembar1")) == []


def test_the_name_of_a_sheet_may_have_capitals_and_spaces() -> None:
    content = workbook(HEADING, ["text", "nama", "Nama?"], name=" Survey ", Petunjuk=[["Cara mengisi"]])
    assert problems(content) == []


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (workbook(name="survey"), ["error survey 0: The sheet survey has no questions."]),
        (workbook(HEADING), ["error survey 0: The sheet survey has no questions."]),
        (workbook(["jenis", "nama"], ["text", "a"]), ["error survey 1: The sheet survey has no column type."]),
        (
            workbook(["list_name", "name", "label"], ["a", "b", "C"], name="choices", settings=[["form_id"], ["uji"]]),
            ["error  0: There is no sheet called survey."],
        ),
        (
            workbook(HEADING, ["text", "a", "A?"], name="survei", choices=[["list_name", "name", "label"]]),
            ["error  0: There is no sheet called survey."],
        ),
        (
            workbook(HEADING, ["select_one kota", "a", "A?"], survey2=[["x"]]),
            ['error survey 2: There is no choices list "kota".'],
        ),
        (
            workbook(
                HEADING, ["select_one kota", "a", "A?"], choises=[["list_name", "name", "label"], ["kota", "x", "X"]]
            ),
            [
                'error survey 2: There is no choices list "kota".',
                'error choises 0: The sheet "choises" is not known.',
            ],
        ),
        (
            workbook(HEADING, ["text", "a", "A?"], entities=[["dataset"], ["x"]]),
            ['error entities 0: The sheet "entities" cannot be used in a chat.'],
        ),
    ],
)
def test_missing_sheets_are_named(content: bytes, sentences: list[str]) -> None:
    assert problems(content) == sentences


def test_numbers_as_names_are_taken_as_people_see_them() -> None:
    content = workbook(
        HEADING,
        ["select_one nilai", "nilai", "Nilai?"],
        choices=[["list_name", "name", "label"], ["nilai", 1.0, "Satu"], ["nilai", 2, 2], ["nilai", 2.5, True]],
    )
    survey, _warnings = read(content, file_type=".xlsx", name_hint="uji")
    assert [(choice.name, choice.label["id"]) for choice in survey.question("nilai").choices] == [
        ("1", "Satu"), ("2", "2"), ("2.5", "TRUE"),
    ]  # fmt: skip


def test_a_number_is_no_name_for_a_question() -> None:
    assert problems(workbook(HEADING, ["text", 1.0, "Satu?"])) == ['error survey 2: "1" cannot be a name.']


def test_dates_of_excel_are_dates() -> None:
    content = workbook(
        HEADING,
        ["text", "nama", "Nama?"],
        settings=[
            ["form_id", "chat_opens", "chat_closes"],
            ["uji", datetime(2026, 12, 1, 7, 30), date(2026, 12, 31)],  # noqa: DTZ001 -- a cell knows no zone
        ],
    )
    survey, _warnings = read(content, file_type=".xlsx")
    assert survey.chat.opens == datetime(2026, 12, 1, 7, 30, tzinfo=MAKASSAR)
    assert survey.chat.closes == datetime(2027, 1, 1, tzinfo=MAKASSAR)


def test_trailing_spaces_and_hard_spaces_are_no_part_of_a_name() -> None:
    survey, found = read(workbook(HEADING, ["text ", "nama\u00a0", " Nama? "]), file_type=".xlsx", name_hint="uji")
    assert [(q.type, q.name, q.label) for q in survey.questions()] == [("text", "nama", {"id": "Nama?"})]
    assert found == ()


def test_invisible_characters_in_a_name_are_taken_out_and_told() -> None:
    assert problems(workbook(HEADING, ["text", "na\u200bma", "Nama?"], ["note", "salam", "Salam ${nama}"])) == [
        'warning survey 2: "nama" held characters that cannot be seen; they were taken out.'
    ]


def test_curly_quotes_in_an_expression_are_straightened_and_told() -> None:
    content = workbook([*HEADING, "relevant"], ["text", "a", "A?", ""], ["text", "b", "B “x”?", "${a} = ‘ya’"])
    survey, found = read(content, file_type=".xlsx", name_hint="uji")
    assert told(found) == [
        "warning survey 3: The quotation marks in relevant are curly; they are read as straight ones."
    ]
    assert (survey.question("b").relevant, survey.question("b").label) == ("${a} = 'ya'", {"id": "B “x”?"})


def test_control_characters_disappear() -> None:
    survey, _warnings = read(
        b"| survey | type | name | label |\n| | text | a | A\x07\x00? |", file_type=".md", name_hint="u"
    )
    assert survey.question("a").label == {"id": "A?"}


# ---- csv and markdown --------------------------------------------------------------------------------

LINES = ["survey,,,", ",type,name,label", ",text,nama,Nama?"]


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(LINES).encode(),
        "\r\n".join(LINES).encode("utf-8-sig"),
        "\n".join(LINES).replace(",", ";").encode(),
        "\n".join(LINES).replace(",", "\t").encode("utf-16"),
        b'"survey"\n"","type","name","label"\n\n"","text","nama","Nama?"',
    ],
    ids=["plain", "excel", "semicolons", "utf-16", "quoted"],
)
def test_csv_is_read_however_excel_saves_it(content: bytes) -> None:
    survey, found = read(content, file_type=".csv", name_hint="uji")
    assert ([q.name for q in survey.questions()], found) == (["nama"], ())


@pytest.mark.parametrize(
    ("content", "file_type", "sentence"),
    [
        ("survey,,,\n,type,name,label\n,text,nama,Café?".encode("cp1252"), ".csv",
         "The letters of this text file cannot be read."),
        (b"\xff\xfea", ".csv", "The letters of this text file cannot be read."),
        (b"type,name,label\ntext,nama,Nama?", ".csv", "This .csv file is no XLSForm: no row begins with survey."),
        (b"survey," + b"x" * 200_000, ".csv", "This .csv file cannot be read as a table."),
        (GOOD, ".csv", "The letters of this text file cannot be read."),
        (b"# Survei\n\nBelum ada.", ".md", "There is no table in this Markdown file."),
        ("| survey | Café |".encode("cp1252"), ".md", "The letters of this text file cannot be read."),
    ],
)  # fmt: skip
def test_a_text_file_that_is_no_form_is_named(content: bytes, file_type: FileType, sentence: str) -> None:
    assert problems(content, file_type) == [f"error  0: {sentence}"]


def test_a_bar_inside_a_markdown_cell_must_be_escaped() -> None:
    form = b"| survey | type | name | label |\n| | text | a | A | B? |"
    assert problems(form, ".md") == ['error survey 2: "B?" stands in a column without a heading.']
    survey, _warnings = read(form.replace(b"A | B", b"A \\| B"), file_type=".md", name_hint="uji")
    assert survey.question("a").label == {"id": "A | B?"}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (
            b"| survey | type | name | label |\n" + b"| | text | a | A? |\n" * 12_001,
            "The sheet has more than 12000 rows.",
        ),
        (b"| survey | type | name | label |\n" + b"| | | | |\n" * 40_000, "The sheet has more than 12000 rows."),
        (
            b"| survey | type | name | label |\n" + b"| | begin_group | g | G |\n" * 2_000,
            "More than 12 sections stand inside each other.",
        ),
        (
            b"| survey | type | name | label |\n| | text | a | " + b"x" * 40_000,
            "A cell of this row has more than 32767 letters.",
        ),
        (b"|" * 9_000_000, "There is no table in this Markdown file."),
    ],
    ids=["rows", "blank rows", "groups", "cell", "bars"],
)
def test_a_text_file_without_end(form: bytes, sentence: str) -> None:
    assert sentence in [problem.what for problem in examine(form, file_type=".md", name_hint="uji")[1]]


def test_a_csv_without_end() -> None:
    assert problems(b"survey,,\n" + b"\n" * 9_000_000, ".csv") == [
        "error survey 36001: The sheet has more than 12000 rows."
    ]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_of_a_million_empty_cells_is_not_read(part: str) -> None:
    tag = b"<c/>" if "sheet1" in part else b"<xf/>"
    bloated = changed(GOOD, part, lambda xml: xml.replace(b">", b">" + tag * 2_000_000, 2))
    assert problems(bloated) == ["error  0: This file is too large for a form."]


def test_three_hundred_problems_are_enough() -> None:
    form = "| survey | type | name | label | hint |\n" + "".join(
        f"| | txet | q{n} | {'x' * 301} | |\n" for n in range(400)
    )
    found = examine(form.encode(), file_type=".md", name_hint="uji")[1]
    assert (len(found), {problem.level for problem in found}) == (300, {"error"})


_cells = st.sampled_from(
    ["", "text", "integer", "select_one k", "select_multiple k or_other", "rank", "range", "calculate", "note", "begin_group",
     "end_group", "begin_repeat", "end_repeat", "select_one_from_file x.csv", "geotrace", "a", "b", "c", "A?", "${a}", "${b} = 'x'",
     "${", "true()", "yes", ". > 3", "position(..)", "count(${a})", "pulldata('k', 'name', 'name', ${a})", "selected(${a}, 'x')",
     "start=1 end=3", "chat_pair=b", "randomize=true", "nip", "search('x')", "‘", "\u200b", "=1", "x" * 700, "k", "survey"]
) | st.text(max_size=8)  # fmt: skip
_tables = st.lists(st.lists(_cells, min_size=8, max_size=8), max_size=8)


@given(survey=_tables, choices=_tables, options=st.lists(_cells, min_size=5, max_size=5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_table_makes_the_reader_stumble(
    survey: list[list[str]], choices: list[list[str]], options: list[str]
) -> None:
    headings = ["type", "name", "label", "relevant", "constraint", "calculation", "parameters", "choice_filter"]
    content = {
        "survey": [headings, *survey],
        "choices": [["list_name", "name", "label", "chat_aliases", "kolom", "", "media::image", "name2"], *choices],
        "settings": [["form_id", "chat_opens", "chat_anonymous", "chat_expires", "default_language"], options],
    }
    target = io.StringIO()
    writer = csv.writer(target)
    for name, rows in content.items():
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    found, told_of = examine(target.getvalue().encode("utf-8", "replace"), file_type=".csv", name_hint="uji")
    assert all(problem.what for problem in told_of)
    if found is not None and not any(problem.level == "error" for problem in told_of):
        assert examine(write_xlsx(found), file_type=".xlsx")[0] == found


def test_read_raises_with_everything_at_once() -> None:
    with pytest.raises(DefinitionError) as caught:
        read(workbook(HEADING, ["txt", "a b", "A?"], ["text", "", "B?"]), file_type=".xlsx", name_hint="uji")
    assert told(caught.value.problems) == [
        'error survey 2: The type "txt" is not known.',
        'error survey 2: "a b" cannot be a name.',
        "error survey 3: This row has no name.",
    ]


def test_a_survey_is_a_survey() -> None:
    assert isinstance(read(GOOD, file_type=".xlsx", name_hint="uji")[0], Survey)
