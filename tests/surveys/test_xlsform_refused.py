"""What XLSForm allows and a chat cannot do, and what authors mistype: named with sheet, row and remedy."""

from __future__ import annotations

import pytest

from surveys.errors import Problem
from tests.surveys.forms import problems_of, told

BASE = "| survey | type | name | label |\n| | text | nama | Nama? |\n"


def one(form: str, files: dict[str, bytes] | None = None) -> Problem:
    """The only problem of a form."""
    found = problems_of(form, files)
    assert len(found) == 1, told(found)
    return found[0]


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("geotrace", "Ask for one place with geopoint."),
        ("geoshape", "Ask for one place with geopoint."),
        ("osm", "Use select_one or text."),
        ("osm gedung", "Use select_one or text."),
        ("audit", "Delete the row: the program keeps its own record."),
        ("background-audio", "Ask for a voice message with audio: nobody is recorded unnoticed."),
        ("start-geopoint", "Ask for the place with geopoint: nobody is located unnoticed."),
        ("background-geopoint", "Ask for the place with geopoint: nobody is located unnoticed."),
        ("csv-external", "Put the list into the choices sheet, or use select_one_from_file with a .csv file."),
        ("xml-external", "Put the list into the choices sheet, or use select_one_from_file with a .csv file."),
        (
            "select_one_external kota",
            "Put the list into the choices sheet, or use select_one_from_file with a .csv file.",
        ),
        ("cascading_select kota", "Put the list into the choices sheet, or use select_one_from_file with a .csv file."),
        ("select_one ${nama}", "Ask inside the repeat, or use a list from the choices sheet."),
        ("begin loop over kota", "Use begin_repeat, or write the questions out."),
        ("phone number", "Use text with chat_kind phone."),
        ("percentage", "Use integer with the constraint . >= 0 and . <= 100."),
        ("number of days in last year", "Use integer with a constraint."),
    ],
)
def test_types_that_a_chat_cannot_ask(kind: str, remedy: str) -> None:
    found = one(f"{BASE}| | {kind} | x | X? |")
    assert (found.code, found.sheet, found.row, found.level) == ("type-refused", "survey", 3, "error")
    assert found.what == f'A chat cannot ask "{"begin loop" if "loop" in kind else kind}".'
    assert found.remedy == remedy


@pytest.mark.parametrize(
    "row",
    [
        "audit | | | location-priority=balanced",
        "start-geopoint | lokasi | |",
        "background-audio | rekam | | quality=low",
    ],
)
def test_what_is_refused_is_not_blamed_for_more(row: str) -> None:
    form = f"| survey | type | name | label | parameters |\n| | text | nama | Nama? | |\n| | {row} |"
    assert [problem.code for problem in problems_of(form)] == ["type-refused"]


@pytest.mark.parametrize(
    ("kind", "meant"),
    [("txet", "text"), ("integr", "integer"), ("select_on kota", "select_one"), ("begn_group", "begin_group"),
     ("datte", "date"), ("calculat", "calculate")],
)  # fmt: skip
def test_a_misspelt_type_gets_a_suggestion(kind: str, meant: str) -> None:
    found = one(f"{BASE}| | {kind} | x | X? |")
    assert found.what == f'The type "{kind}" is not known.'
    assert found.remedy == f'Did you mean "{meant}"?'


def test_an_unknown_type_without_likeness() -> None:
    assert one(f"{BASE}| | hologram | x | X? |").remedy == "Use one of the types in the manual."


# ---- columns -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "remedy"),
    [
        ("relevent", 'Did you mean "relevant"?'),
        ("constrain", 'Did you mean "constraint"?'),
        ("requierd", 'Did you mean "required"?'),
        ("hints", 'Did you mean "hint"?'),
        ("chat_kindd", 'Did you mean "chat_kind"?'),
        ("chat_colour", "Correct its name or delete it."),
    ],
)
def test_a_misspelt_heading_is_an_error(heading: str, remedy: str) -> None:
    found = one(f"| survey | type | name | label | {heading} |\n| | text | nama | Nama? | x |")
    assert (found.level, found.row, found.what) == ("error", 1, f'The column "{heading}" is not known.')
    assert found.remedy == remedy


@pytest.mark.parametrize(
    ("heading", "remedy"),
    [
        ("chat_anonymus", 'Did you mean "chat_anonymous"?'),
        ("chat_open", 'Did you mean "chat_opens"?'),
        ("form_idd", 'Did you mean "form_id"?'),
        ("chat_theme", "Correct its name or delete it."),
    ],
)
def test_a_misspelt_setting_is_an_error(heading: str, remedy: str) -> None:
    found = one(f"{BASE}| settings | form_title | {heading} |\n| | Uji | x |")
    assert (found.sheet, found.what, found.remedy) == ("settings", f'The column "{heading}" is not known.', remedy)


def test_a_misspelt_heading_of_choices_is_an_error() -> None:
    found = problems_of(
        "| survey | type | name | label |\n| | select_one k | a | A? |\n"
        "| choices | list_name | name | label | chat_alias |\n| | k | x | X | y |"
    )
    assert told(found) == ['error choices 1: The column "chat_alias" is not known.']
    assert found[0].remedy == 'Did you mean "chat_aliases"?'


def test_a_note_of_the_authors_own_is_a_warning() -> None:
    found = one("| survey | type | name | label | petugas |\n| | text | nama | Nama? | Yohanes |")
    assert (found.level, found.what) == ("warning", 'The column "petugas" is not known and is passed over.')


@pytest.mark.parametrize(
    ("heading", "level", "what"),
    [
        ("trigger", "error", 'The column "trigger" cannot be used in a chat.'),
        ("save_to", "error", 'The column "save_to" cannot be used in a chat.'),
        ("body::intent", "error", 'The column "body::intent" cannot be used in a chat.'),
        ("autoplay", "warning", 'The column "autoplay" changes nothing in a chat.'),
        ("big-image", "warning", 'The column "big-image" changes nothing in a chat.'),
        ("bind::type", "warning", 'The column "bind::type" changes nothing in a chat.'),
    ],
)
def test_columns_that_steer_an_app(heading: str, level: str, what: str) -> None:
    found = one(f"| survey | type | name | label | {heading} |\n| | text | nama | Nama? | |")
    assert (found.level, found.what) == (level, what)


@pytest.mark.parametrize(
    ("heading", "level"),
    [("public_key", "error"), ("submission_url", "error"), ("style", "warning"), ("instance_name", "warning")],
)
def test_settings_that_steer_an_app(heading: str, level: str) -> None:
    found = one(f"{BASE}| settings | form_id | {heading} |\n| | uji | x |")
    assert (found.level, found.sheet) == (level, "settings")


def test_two_columns_that_mean_the_same() -> None:
    found = one("| survey | type | name | label | relevant | relevance |\n| | text | nama | Nama? | | |")
    assert found.what == 'The columns "relevant" and "relevance" mean the same.'


def test_the_same_heading_twice() -> None:
    found = one("| survey | type | name | label | label |\n| | text | nama | Nama? | Nama siapa? |")
    assert found.what == 'There are two columns "label".'


# ---- rows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("| | | x | X? |", "This row has no type."),
        ("| | text | | X? |", "This row has no name."),
        ("| | text | 2x | X? |", '"2x" cannot be a name.'),
        ("| | text | x y | X? |", '"x y" cannot be a name.'),
        ("| | text | nama | X? |", 'The name "nama" is already used in row 2.'),
        ("| | text | x | |", 'The question "x" has no label.'),
        ("| | select_one | x | X? |", "select_one does not say from which list."),
        ("| | select_one kota | x | X? |", 'There is no choices list "kota".'),
        ("| | select_one_from_file kota.csv | x | X? |", 'The file "kota.csv" was not found.'),
        ("| | select_one_from_file kota.geojson | x | X? |", 'Choices cannot be read from "kota.geojson".'),
        ("| | select_one_from_file kota.xml | x | X? |", 'Choices cannot be read from "kota.xml".'),
        ("| | calculate | x | |", "This calculate row has no calculation."),
        ("| | end_group | | |", "end_group closes nothing."),
        ("| | begin_group | g | G |", 'begin_group "g" has no end.'),
    ],
)
def test_rows_that_are_not_complete(row: str, what: str) -> None:
    found = [problem for problem in problems_of(f"{BASE}{row}") if problem.code != "section-empty"]
    assert [(problem.row, problem.what) for problem in found] == [(3, what)]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        (
            "| | begin_group | g | G |\n| | text | x | X? |\n| | end_repeat | | |",
            ['error survey 5: end_repeat stands where begin_group "g" (row 3) is to be closed.'],
        ),
        (
            "| | begin_group | g | G |\n| | begin_repeat | r | R |\n| | text | x | X? |\n| | end_repeat | | |",
            ['error survey 3: begin_group "g" has no end.'],
        ),
        ("| | begin_group | g | G |\n| | end_group | | |", ['error survey 3: The section "g" has no questions.']),
        ("| | begin_repeat | r | R |\n| | end_repeat | | |", ['error survey 3: The section "r" has no questions.']),
        (
            "| | begin_repeat | r | R |\n| | note | x | X |\n| | end_repeat | | |",
            ['error survey 3: The repeat "r" asks nothing, so it would never end.'],
        ),
        (
            "| | begin_group | g | G |\n| | text | nama | X? |\n| | end_group | | |",
            ['error survey 4: The name "nama" is already used in row 2.'],
        ),
    ],
)
def test_sections_that_do_not_close(rows: str, problems: list[str]) -> None:
    assert told(problems_of(f"{BASE}{rows}")) == problems


@pytest.mark.parametrize(
    ("column", "cell", "what"),
    [
        ("parameters", "chat_media", 'The parameters "chat_media" cannot be read.'),
        ("parameters", "randomize=true", 'The parameter "randomize" is not known for this type.'),
        ("parameters", "max-secs=3", 'The parameter "max-secs" is not known for this type.'),
        ("parameters", "rows=3", 'The parameter "rows" changes nothing in a chat.'),
        ("read_only", "${nama} = 'x'", "read_only cannot depend on an answer."),
        ("chat_kind", "nik", '"nik" is no value for chat_kind.'),
        ("appearance", "search('kota.csv')", "The appearance \"search('kota.csv')\" cannot be used in a chat."),
        ("appearance", "multilin", 'The appearance "multilin" is not known.'),
        ("appearance", "masked", 'The appearance "masked" changes nothing in a chat.'),
    ],
)
def test_cells_that_cannot_be_meant(column: str, cell: str, what: str) -> None:
    found = one(
        f"| survey | type | name | label | {column} |\n| | text | nama | Nama? | |\n| | text | x | X? | {cell} |"
    )
    assert (found.row, found.what) == (3, what)


@pytest.mark.parametrize(
    ("parameters", "problems"),
    [
        ("randomize=true seed=4", []),
        ("randomize=maybe", ["error survey 2: randomize is true or false, and only randomize=true has a seed."]),
        ("seed=4", ["error survey 2: randomize is true or false, and only randomize=true has a seed."]),
        (
            "randomize=true seed=${b}",
            ["warning survey 2: The seed is no number; every person gets an order of their own."],
        ),
        ("chat_rank=2", ['error survey 2: The parameter "chat_rank" is not known for this type.']),
    ],
)
def test_choices_in_another_order(parameters: str, problems: list[str]) -> None:
    form = (
        "| survey | type | name | label | parameters |\n"
        f"| | select_one k | a | A? | {parameters} |\n| | text | b | B? | |\n"
        "| choices | list_name | name | label |\n| | k | x | X |"
    )
    assert told(problems_of(form)) == problems


def test_a_type_is_asked_for_its_own_opinion() -> None:
    form = "| survey | type | name | label | parameters |\n| | range | a | A? | start=1 end=1 |"
    assert [(problem.code, problem.row) for problem in problems_of(form)] == [("range-scale", 2)]


# ---- choices -----------------------------------------------------------------------------------------

ASKING = "| survey | type | name | label |\n| | select_one kota | a | A? |\n"


@pytest.mark.parametrize(
    ("choices", "problems"),
    [
        ("| choices | name | label |\n| | kpg | Kupang |", [
            'error choices 1: The choices sheet has no column "list_name".',
            "error choices 2: This choice belongs to no list.",
            'error survey 2: There is no choices list "kota".',
        ]),
        ("| choices | list_name | name | label |\n| | kota | kpg | Kupang |\n| | | klb | Kalabahi |", [
            "error choices 3: This choice belongs to no list.",
        ]),
        ("| choices | list_name | name | label |\n| | kota | kpg | Kupang |\n| | kota | | Kalabahi |", [
            'error choices 3: The choice "Kalabahi" has no name.',
        ]),
        ("| choices | list_name | name | label |\n| | kota | kpg | Kupang |\n| | kota | klb | |", [
            'error choices 3: The choice "klb" has no label.',
        ]),
        ("| choices | list_name | name | label |\n| | kota | kpg | Kupang |\n| | kota | kpg | Kalabahi |", [
            'error choices 3: The list "kota" has the choice "kpg" twice (also in row 2).',
        ]),
    ],
)  # fmt: skip
def test_choices_that_are_not_complete(choices: str, problems: list[str]) -> None:
    assert sorted(told(problems_of(ASKING + choices))) == sorted(problems)


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (b"kode,nama\nkpg,Kupang\n", [
            'error kota.csv 1: The file "kota.csv" has no column "name".',
            'error kota.csv 1: The file "kota.csv" has no column "label".',
        ]),
        ("name,label\nkpg,Kup\xe9ng\n".encode("cp1252"), [
            "error kota.csv 0: The letters of this text file cannot be read.",
        ]),
        (b"name,label\nkpg,Kupang\nkpg,Kalabahi\n", [
            'error kota.csv 3: The list "kota" has the choice "kpg" twice (also in row 2).',
        ]),
    ],
)  # fmt: skip
def test_files_that_hold_no_list(content: bytes, problems: list[str]) -> None:
    form = "| survey | type | name | label |\n| | select_one_from_file kota.csv | a | A? |"
    assert told(problems_of(form, {"kota.csv": content})) == problems


def test_ten_thousand_choices_are_the_most() -> None:
    rows = "".join(f"n{number},Pilihan {number}\n" for number in range(10_001))
    form = "| survey | type | name | label |\n| | select_one_from_file kota.csv | a | A? |"
    assert told(problems_of(form, {"kota.csv": f"name,label\n{rows}".encode()})) == [
        'error kota.csv 10002: The list "kota" has 10001 choices.'
    ]


# ---- settings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "remedy"),
    [
        ("chat_audience", "semua", "Use one of: asn, warga, stakeholder, all."),
        ("chat_anonymous", "maybe", "Use one of: no, choice, always."),
        ("chat_once", "kadang", "Write yes or no."),
        ("chat_editable", "2", "Write yes or no."),
        ("chat_expires", "dua minggu", "Write whole days from 1 to 365, e.g. 14 or P14D."),
        ("chat_expires", "0", "Write whole days from 1 to 365, e.g. 14 or P14D."),
        ("chat_expires", "PT36H", "Write whole days from 1 to 365, e.g. 14 or P14D."),
        ("chat_opens", "1 Desember", "Write the date as 2026-12-31, or with a time as 2026-12-31 16:00."),
        ("chat_closes", "2026-13-01", "Write the date as 2026-12-31, or with a time as 2026-12-31 16:00."),
        ("chat_closes", "9999-12-31", "Write the date as 2026-12-31, or with a time as 2026-12-31 16:00."),
        ("chat_ticket", "Alak", "Use two to five capital letters, e.g. ALK."),
        ("chat_version", "baru", "Delete it: versions are counted by publishing."),
        ("allow_choice_duplicates", "yes", "Delete it: in a chat, each choice of a list needs a name of its own."),
    ],
)
def test_settings_that_cannot_be_understood(column: str, cell: str, remedy: str) -> None:
    found = one(f"{BASE}| settings | form_id | {column} |\n| | uji | {cell} |")
    assert (found.sheet, found.row, found.what) == ("settings", 2, f'"{cell}" is no value for {column}.')
    assert found.remedy == remedy


@pytest.mark.parametrize(
    ("columns", "cells", "line"),
    [
        ("chat_opens | chat_closes", "2026-12-31 | 2026-12-01",
         "error settings 2: chat_closes is not after chat_opens."),
        ("chat_anonymous", "choice", "error settings 2: chat_anonymous is choice, but no question asks for it."),
        (
            "chat_anonymous | chat_editable",
            "always | yes",
            "warning settings 2: Anonymous answers cannot be changed after sending: nobody knows whose they are.",
        ),
        (
            "chat_anonymous | chat_anonymous_question",
            "choice | cara",
            'error settings 2: chat_anonymous_question names "cara", which is no select_one of this form.',
        ),
        ("default_language", "Klingon", 'error settings 2: The default language "Klingon" has no code.'),
        ("chat_ends_if", "1 +",
         "error settings 2: In chat_ends_if: At the end: Something is missing after the last operator; add it."),
    ],
)  # fmt: skip
def test_settings_that_do_not_fit_together(columns: str, cells: str, line: str) -> None:
    assert told(problems_of(f"{BASE}| settings | form_id | {columns} |\n| | uji | {cells} |")) == [line]


def test_a_form_id_of_the_wrong_kind() -> None:
    assert one(f"{BASE}| settings | form_id |\n| | tna asn! |").what == '"tna asn!" cannot be a form_id.'


def test_settings_in_two_rows() -> None:
    found = one(f"{BASE}| settings | form_id |\n| | a |\n| | b |")
    assert (found.row, found.what) == (3, "The settings sheet has more than one row under its heading.")


# ---- pyxform -----------------------------------------------------------------------------------------


APP = "Parameter 'app' has an invalid Android package name - the package name must have at least one '.' separator."


def test_what_only_the_standard_forbids_is_told_in_its_words() -> None:
    form = "| survey | type | name | label | parameters |\n| | image | a | A? | app=kamera |"
    assert told(problems_of(form)) == [
        'warning survey 2: The parameter "app" changes nothing in a chat.',
        "error survey 2: The XLSForm standard does not allow this: " + APP,
    ]


@pytest.mark.parametrize(
    ("kind", "parameter"),
    [
        ("text", "rows=tiga"),
        ("audio", "quality=bagus"),
        ("geopoint", "capture-accuracy=x"),
        ("geopoint", "allow-mock-accuracy=x"),
        ("range", "tick_interval=x"),
        ("range", "placeholder=99"),
    ],
)
def test_a_value_that_only_the_standard_refuses_is_told_in_our_words(kind: str, parameter: str) -> None:
    form = f"| survey | type | name | label | parameters |\n| | text | a | A? | |\n| | {kind} | b | B? | {parameter} |"
    key = parameter.partition("=")[0]
    assert sorted(told(problems_of(form))) == [
        f'error survey 3: The value of the parameter "{key}" is none that the standard allows.',
        f'warning survey 3: The parameter "{key}" changes nothing in a chat.',
    ]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("text", 'error survey 3: "meta" cannot be a name: the standard keeps it for itself.'),
        ("begin_group", 'error survey 3: "meta" cannot be a name: the standard keeps it for itself.'),
    ],
)
def test_a_name_that_the_standard_keeps_for_itself(kind: str, what: str) -> None:
    end = "\n| | text | c | C? |\n| | end_group | | |" if kind == "begin_group" else ""
    assert told(problems_of(f"{BASE}| | {kind} | meta | M? |{end}")) == [what]


def test_pixels_that_are_no_number_are_told_once() -> None:
    form = "| survey | type | name | label | parameters |\n| | image | a | A? | max-pixels=besar |"
    assert told(problems_of(form)) == ['error survey 2: "besar" is no limit for max-pixels.']


def test_everything_wrong_is_told_at_once() -> None:
    assert told(
        problems_of(
            """
            | survey   | type            | name | label | relevent | relevant      | constraint |
            |          | txet            | a    | A?    |          |               |            |
            |          | select_one kota | a    | B?    |          | ${c} = 'x'    |            |
            |          | text            |      | C?    |          | ${a           | . = ''     |
            | choices  | list_name       | name | label |
            |          | kotta           | kpg  | Kupang |
            | settings | form_id         | chat_audience |
            |          | uji             | warga alak |
            """
        )
    ) == [
        'warning survey 1: The column "relevent" is not known and is passed over.',
        'error survey 2: The type "txet" is not known.',
        'error survey 3: The name "a" is already used in row 2.',
        'error survey 3: There is no choices list "kota".',
        "error survey 3: In relevant: Near “${c} = 'x'”: There is no question \"c\"; use a name from the survey sheet.",
        "error survey 4: This row has no name.",
        "error survey 4: In relevant: Near “${a”: The name of a question is not closed; write it as ${name}.",
        'warning survey 4: "row_4" has a constraint but no constraint_message.',
        'error settings 2: "warga alak" is no value for chat_audience.',
    ]
