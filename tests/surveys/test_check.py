# ruff: noqa: E501 -- the row of a form is as wide as its columns
"""What is wrong with forms whose rows are all well formed: each small form shows one thing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from surveys.check import check
from surveys.survey import Survey
from tests.surveys.forms import problems_of, survey_of, surveys, told


def lines(form: str) -> list[str]:
    return told(problems_of(form))


def asked(rows: str, choices: str = "") -> list[str]:
    """The problems of a form with these rows: type, name, label, relevant, constraint, calculation, choice_filter."""
    heading = "| survey | type | name | label | relevant | constraint | calculation | choice_filter |\n"
    return lines(heading + rows + "\n" + choices)


KINDS = "| choices | list_name | name | label |\n| | kind | pns | PNS |\n| | kind | pppk | PPPK |\n| | kind | non | Bukan ASN |"


# ---- expressions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "expression", "what"),
    [
        ("relevant", "${umur} > 17", 'There is no question "umur"; use a name from the survey sheet.'),
        ("relevant", "${nam} = 'x'", 'There is no question "nam"; did you mean ${nama}?'),
        ("constraint", "selektid(., 'x')", 'ODK has no function "selektid"; did you mean selected()?'),
        ("relevant", "${nama} = 'x", "“'x”"),
        ("relevant", "instance('a')/data/item", "instance() needs a file beside the form"),
        ("calculation", "${nama", "The name of a question is not closed"),
    ],
)
def test_an_expression_that_cannot_be_understood_is_named_with_its_place(
    column: str, expression: str, what: str
) -> None:
    found = problems_of(
        f"| survey | type | name | label | {column} |\n| | text | nama | Nama? | |\n| | text | b | B? | {expression} |"
    )
    errors = [problem for problem in found if problem.level == "error"]
    assert [(problem.code, problem.sheet, problem.row) for problem in errors] == [("expression", "survey", 3)]
    assert errors[0].what.startswith(f"In {column}: ")
    assert what in errors[0].what


def test_an_unknown_name_in_a_label_is_an_error() -> None:
    assert lines("| survey | type | name | label |\n| | text | a | Salam, ${nama}. |") == [
        'error survey 2: In label: Near “${nama}.”: There is no question "nama"; use a name from the survey sheet.'
    ]


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("${k} = 'PNS'", 'In relevant: "PNS" is no choice of "k".'),
        ("'PNS' = ${k}", 'In relevant: "PNS" is no choice of "k".'),
        ("selected(${k}, 'honorer')", 'In relevant: "honorer" is no choice of "k".'),
        ("${k} = 'pns' or (${k} = 'pppk' and not(${k} = 'tni'))", 'In relevant: "tni" is no choice of "k".'),
    ],
)
def test_a_choice_that_is_not_in_the_list_is_an_error(expression: str, what: str) -> None:
    found = asked(f"| | select_one kind | k | K? | | | | |\n| | text | b | B? | {expression} | | | |", KINDS)
    assert f"error survey 3: {what}" in found


def test_the_remedy_for_a_choice_in_other_letters_names_the_right_one() -> None:
    found = problems_of(
        f"| survey | type | name | label | relevant |\n| | select_one kind | k | K? | |\n| | text | b | B? | ${{k}} = 'PNS' |\n{KINDS}"
    )
    assert found[0].remedy == 'Did you mean "pns"? Capital letters count.'


def test_a_choice_that_is_not_in_the_list_and_only_excluded_is_a_warning() -> None:
    assert asked("| | select_one kind | k | K? | | | | |\n| | text | b | B? | ${k} != 'tni' | | | |", KINDS) == [
        'warning survey 3: In relevant: "tni" is no choice of "k".'
    ]


def test_other_is_a_choice_where_other_may_be_written() -> None:
    assert (
        asked("| | select_one kind or_other | k | K? | | | | |\n| | text | b | B? | ${k} = 'other' | | | |", KINDS)
        == []
    )


def test_numbers_as_choices_are_compared_as_numbers() -> None:
    scale = "| choices | list_name | name | label |\n| | skala | 1 | Kurang |\n| | skala | 2 | Baik |"
    rows = "| | select_one skala | k | K? | | | | |\n| | text | b | B? | ${{k}} = {} | | | |"
    assert asked(rows.format(2), scale) == []
    assert 'error survey 3: In relevant: "3" is no choice of "k".' in asked(rows.format(3), scale)


@pytest.mark.parametrize(
    ("expression", "reachable"),
    [
        ("true()", True),
        ("false()", False),
        ("1 > 2", False),
        ("${k} = 'pns' and ${k} = 'pppk'", False),
        ("${k} = 'pns' or ${k} = 'pppk'", True),
        ("selected(${m}, 'pns') and selected(${m}, 'pppk')", True),
        ("count-selected(${m}) > 3", False),
        ("${ya} = 'ya' and ${k} = 'non'", False),
        ("${ya} = 'ya' and ${k} = 'pns'", True),
        ("${k} = 'pns' and ${nama} = 'x'", True),
        ("today() > date('2020-01-01')", True),
        ("pulldata('facts', 'unit') = 'x'", True),
        ("random() > 2", True),
    ],
)
def test_a_question_that_no_answers_reach(expression: str, reachable: bool) -> None:
    found = asked(
        "| | text | nama | Nama? | | | | |\n"
        "| | select_one kind | k | K? | | | | |\n"
        "| | select_multiple kind | m | M? | | | | |\n"
        "| | calculate | ya | | | | if(${k} = 'pns', 'ya', 'tidak') | |\n"
        f"| | text | b | B? | {expression} | | | |",
        KINDS,
    )
    never = 'error survey 6: "b" is never asked: no answers make its relevant true.'
    assert found == ([] if reachable else [never])


CASCADE = """
| survey   | type              | name   | label  | relevant           | choice_filter    |
|          | select_one kantor | kantor | Kantor? |                   |                  |
|          | select_one unit   | unit   | Unit?  | {relevant}         | {filter}         |
| choices  | list_name         | name   | label  | kantor             |
|          | kantor            | camat  | Camat  |                    |
|          | kantor            | lurah  | Lurah  |                    |
|          | kantor            | lain   | Lain   |                    |
|          | unit              | sekre  | Sekretariat | camat         |
|          | unit              | alak   | Alak   | lurah              |
"""


@pytest.mark.parametrize(
    ("relevant", "condition", "problems"),
    [
        ("${kantor} != 'lain'", "kantor = ${kantor}", []),
        ("", "kantor = ${kantor}", ['warning survey 3: The choice_filter of "unit" leaves no choice for kantor = lain.']),
        ("", "kantor = 'bupati'", ['error survey 3: The choice_filter of "unit" never leaves a choice.']),
        ("", "name = 'sekre'", []),
        ("", "kantor = pulldata('facts', 'kantor')", []),
    ],
)  # fmt: skip
def test_choices_that_depend_on_an_answer(relevant: str, condition: str, problems: list[str]) -> None:
    assert lines(CASCADE.replace("{relevant}", relevant).replace("{filter}", condition)) == problems


def test_a_filter_on_a_column_that_is_not_there() -> None:
    form = CASCADE.replace("{relevant}", "").replace("{filter}", "kantorr = ${kantor}")
    assert [(problem.code, problem.row) for problem in problems_of(form)] == [("expression", 3)]


def test_a_constraint_that_nothing_can_meet() -> None:
    form = "| survey | type | name | label | constraint | constraint_message |\n| | integer | a | A? | 1 > 2 | Tidak |"
    assert lines(form) == ['error survey 2: No answer to "a" can meet its constraint.']


@pytest.mark.parametrize(
    ("expression", "problems"),
    [
        ("pulldata('unit', 'jenis', 'name', ${k})", []),
        ("pulldata('facts', 'unit')", []),
        ("pulldata('units', 'jenis', 'name', ${k})", ['error survey 3: pulldata looks into "units", but there is no such list.']),
        ("pulldata('unit', 'kelas', 'name', ${k})", ['error survey 3: The list "unit" has no column "kelas".']),
        ("pulldata('unit', 'jenis', 'kode', ${k})", ['error survey 3: The list "unit" has no column "kode".']),
    ],
)  # fmt: skip
def test_tables_that_are_looked_into(expression: str, problems: list[str]) -> None:
    form = (
        f"| survey | type | name | label | calculation |\n| | text | k | K? | |\n| | calculate | c | | {expression} |"
    )
    assert told(problems_of(form, {"unit.csv": b"name,label,jenis\nx,X,seksi\n"})) == problems


# ---- order -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "three", "circle"),
    [
        ("${x} + 1", "1", "1", "x → x"),
        ("${y} + 1", "${x} + 1", "1", "x → y → x"),
        ("${z}", "${x}", "${y}", "x → z → y → x"),
    ],
)
def test_calculations_in_a_circle(one: str, two: str, three: str, circle: str) -> None:
    found = asked(
        f"| | text | a | A? | | | | |\n| | calculate | x | | | | {one} | |\n"
        f"| | calculate | y | | | | {two} | |\n| | calculate | z | | | | {three} | |"
    )
    assert found == [f"error survey 3: This calculation needs its own result: {circle}."]


def test_a_condition_on_a_later_question_is_a_warning() -> None:
    assert asked("| | text | a | A? | ${b} = 'x' | | | |\n| | text | b | B? | | | | |") == [
        'warning survey 2: "a" depends on "b", which is asked later.'
    ]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (
            "| | text | a | A? | ${b} = 'x' | | | |\n| | text | b | B? | ${a} = 'x' | | | |",
            'error survey 2: "a" waits for "b", which is only asked after it.',
        ),
        (
            "| | text | a | A? | ${c} = 'x' | | | |\n| | calculate | b | | | | ${a} | |\n| | text | c | C? | ${b} = 'x' | | | |",
            'error survey 2: "a" waits for "c", which is only asked after it.',
        ),
        (
            "| | begin_group | g | G | ${b} = 'x' | | | |\n| | text | b | B? | | | | |\n| | end_group | | | | | | |",
            'error survey 2: "g" waits for "b", which is only asked after it.',
        ),
        ("| | text | a | A? | ${a} = 'x' | | | |", 'error survey 2: "a" waits for "a", which is only asked after it.'),
    ],
)
def test_questions_that_wait_for_each_other(rows: str, line: str) -> None:
    assert asked(rows) == [line]


def test_a_calculation_may_stand_below_what_uses_it() -> None:
    assert asked(
        "| | text | a | A? | | | | |\n| | text | b | B? | ${c} = 'x' | | | |\n| | calculate | c | | | | ${a} | |"
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("column", "expression", "line"),
    [
        (
            "choice_filter",
            "name = ${b}",
            'error survey 2: choice_filter needs the answer to "b", which is asked later.',
        ),
        (
            "label",
            "A ${b}?",
            'warning survey 2: label shows the answer to "b", which is asked later and still empty here.',
        ),
        (
            "default",
            "${b}",
            'warning survey 2: default shows the answer to "b", which is asked later and still empty here.',
        ),
    ],
)
def test_what_needs_a_later_answer(column: str, expression: str, line: str) -> None:
    label = "" if column == "label" else " label |"
    cell = "" if column == "label" else " A? |"
    form = f"| survey | type | name |{label} {column} |\n| | select_one kind | a |{cell} {expression} |\n"
    more = "| | text | b | B? | |\n" if label else "| | text | b | B? |\n"
    assert lines(form + more + KINDS) == [line]


@pytest.mark.parametrize(
    ("count", "line"),
    [
        ("${n}", 'error survey 2: repeat_count needs the answer to "n", which is asked later.'),
        ("500", 'warning survey 2: "r" would be repeated 500 times.'),
        ("0", 'warning survey 2: "r" would be repeated 0 times.'),
    ],
)
def test_repeats_that_would_not_end_well(count: str, line: str) -> None:
    form = (
        f"| survey | type | name | label | repeat_count |\n| | begin_repeat | r | R | {count} |\n| | text | a | A? | |\n"
        "| | end_repeat | | | |\n| | integer | n | N? | |"
    )
    assert lines(form) == [line]


def test_a_repeat_that_counts_on_an_answer_inside_it() -> None:
    form = (
        "| survey | type | name | label | repeat_count |\n| | begin_repeat | r | R | ${a} |\n| | integer | a | A? | |\n"
        "| | end_repeat | | | |"
    )
    assert lines(form) == [
        'error survey 2: How often "r" is repeated depends on an answer inside it.',
        'error survey 2: repeat_count needs the answer to "a", which is asked later.',
    ]


# ---- choices -----------------------------------------------------------------------------------------


def choosing(rows: str, filtered: str = "") -> list[str]:
    heading = f"| survey | type | name | label | {'choice_filter |' if filtered else ''}\n| | select_one k | a | A? | {filtered}"
    return lines(f"{heading}\n| choices | list_name | name | label | chat_aliases | kota |\n{rows}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alak", "alak"),
        ("Alak", "ALAK."),
        ("Kupang Barat", "kupang-barat"),
        ("Café", "cafe"),
        ("1–3 tahun", "1-3 Tahun"),
    ],
)
def test_choices_that_look_alike(one: str, other: str) -> None:
    assert choosing(f"| | k | x | {one} | | |\n| | k | y | {other} | | |") == [
        f'error choices 3: "x" and "y" in the list "k" look the same to people: "{other}".'
    ]


def test_choices_that_differ_are_fine() -> None:
    assert choosing("| | k | x | 1–3 | | |\n| | k | y | 13 tahun | | |\n| | k | z | + | | |\n| | k | w | − | | |") == []


def test_choices_of_different_towns_may_have_the_same_label() -> None:
    rows = "| | k | x | Lainnya | | kpg |\n| | k | y | Lainnya | | klb |\n| | k | z | Lainnya | | klb |"
    assert choosing(rows, "kota = 'kpg' |") == [
        'error choices 4: "y" and "z" in the list "k" look the same to people: "Lainnya".'
    ]


def test_a_choice_that_is_also_a_command_is_a_warning() -> None:
    assert choosing("| | k | x | Lewati | | |\n| | k | y | Isi | | |") == [
        'warning choices 2: The choice "Lewati" is also a command word.'
    ]


def test_an_alias_of_two_choices_is_a_warning() -> None:
    assert choosing("| | k | x | Kantor Camat | camat | |\n| | k | y | Rumah Camat | Camat \\| rumah | |") == [
        'warning choices 3: In the list "k", the alias "Camat" of "y" also means "x".'
    ]


def test_names_with_spaces_cannot_be_chosen_several_at_a_time() -> None:
    form = "| survey | type | name | label |\n| | {} k | a | A? |\n| choices | list_name | name | label |\n| | k | x y | X |"
    assert lines(form.format("select_one")) == ['warning choices 2: The choice name "x y" holds a space.']
    assert lines(form.format("select_multiple")) == ['error choices 2: The choice name "x y" holds a space.']


def test_an_answer_in_the_label_of_a_choice_is_an_error() -> None:
    assert 'error choices 2: The label of the choice "x" holds ${…}; answers cannot be shown there.' in choosing(
        "| | k | x | X ${a} | | |"
    )


# ---- wording -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "problems"),
    [
        (300, []),
        (301, ['warning survey 2: label of "a" has 301 letters.']),
        (600, ['warning survey 2: label of "a" has 600 letters.']),
        (601, ['error survey 2: label of "a" has 601 letters.']),
    ],
)
def test_long_labels(length: int, problems: list[str]) -> None:
    assert lines(f"| survey | type | name | label |\n| | text | a | {'a' * length} |") == problems


@pytest.mark.parametrize(
    ("length", "problems"),
    [
        (72, []),
        (73, ['warning choices 2: The label of the choice "x" has 73 letters.']),
        (201, ['error choices 2: The label of the choice "x" has 201 letters.']),
    ],
)
def test_long_choices(length: int, problems: list[str]) -> None:
    assert choosing(f"| | k | x | {'x' * length} | | |") == problems


def test_missing_translations() -> None:
    assert lines(
        """
        | survey   | type         | name | label::Indonesia (id) | label::English (en) | hint::Indonesia (id) |
        |          | text         | a    | A?                    | A?                  | Isi                  |
        |          | text         | b    | B?                    |                     |                      |
        |          | select_one k | c    | C?                    | C?                  |                      |
        | choices  | list_name    | name | label::Indonesia (id) | label::English (en) |
        |          | k            | x    | X                     | X                   |
        |          | k            | y    | Y                     |                     |
        |          | k            | z    | Z                     |                     |
        | settings | form_title   | form_id |
        |          | Uji          | uji     |
        """
    ) == [
        'warning survey 2: hint of "a" is missing in: en.',
        'warning survey 3: label of "b" is missing in: en.',
        'warning choices 3: 2 choices of the list "k" have no label in en, first "y".',
        "warning settings 2: The title is missing in: en.",
    ]


@pytest.mark.parametrize(
    ("label", "warned"),
    [
        ("Berapa NIK Bapak/Ibu?", True),
        ("Mohon isi nomor KTP.", True),
        ("What is your national identity number?", True),
        ("Ceritakan. Mohon tidak menulis NIK atau nomor HP.", False),
        ("Ceritakan tentang teknik.", False),
    ],
)
def test_nobody_is_asked_for_an_identity_number(label: str, warned: bool) -> None:
    expected = ['warning survey 2: "a" seems to ask for an identity number (NIK).'] if warned else []
    assert lines(f"| survey | type | name | label |\n| | text | a | {label} |") == expected


# ---- structure ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "row", "line"),
    [
        (
            "required",
            "note | x | X | yes",
            'warning survey 3: "x" is a note and cannot be answered, but it is required.',
        ),
        ("constraint", "text | x | X? | . != 'x'", 'warning survey 3: "x" has a constraint but no constraint_message.'),
        (
            "constraint_message",
            "text | x | X? | Isi",
            'warning survey 3: "x" has a constraint_message but no constraint.',
        ),
        (
            "chat_kind",
            "integer | x | X? | nip",
            "error survey 3: chat_kind nip is for text questions, not for integer.",
        ),
        ("hint", "text | A | X? | Isi", 'warning survey 3: "a" and "A" differ in capital letters only.'),
    ],
)
def test_cells_that_contradict_each_other(heading: str, row: str, line: str) -> None:
    assert lines(f"| survey | type | name | label | {heading} |\n| | text | a | A? | |\n| | {row} |") == [line]


def test_the_words_behind_other_need_their_name() -> None:
    found = asked("| | select_one kind or_other | k | K? | | | | |\n| | text | k_other | Apa? | | | | |", KINDS)
    assert found == ['error survey 2: The words behind "other" are kept as "k_other", but a row is called so.']


def test_other_cannot_be_filtered() -> None:
    found = asked("| | select_one kind or_other | k | K? | | | | name != 'pns' |", KINDS)
    assert found == ["error survey 2: choice_filter and or_other cannot stand together."]


@pytest.mark.parametrize(
    ("rows", "fine"),
    [
        ("| | select_one kind | a | A? | chat_pair=b |\n| | select_one kind | b | B? | |", True),
        ("| | select_one kind | a | A? | chat_pair=b |\n| | note | n | N | |\n| | select_one kind | b | B? | |", True),
        ("| | select_one kind | a | A? | chat_pair=c |\n| | select_one kind | b | B? | |", False),
        ("| | select_one kind | a | A? | chat_pair=b |\n| | text | b | B? | |", False),
        (
            "| | select_one kind | a | A? | chat_pair=b |\n| | text | t | T? | |\n| | select_one kind | b | B? | |",
            False,
        ),
    ],
)
def test_a_pair_stands_together(rows: str, fine: bool) -> None:
    found = lines(f"| survey | type | name | label | parameters |\n{rows}\n{KINDS}")
    other = "c" if "chat_pair=c" in rows else "b"
    assert found == (
        []
        if fine
        else [f'error survey 2: chat_pair names "{other}", which is not the select_one right after this one.']
    )


def test_the_anonymous_question_needs_its_choice() -> None:
    form = (
        f"| survey | type | name | label |\n| | select_one kind | a | A? |\n{KINDS}\n"
        "| settings | form_id | chat_anonymous | chat_anonymous_question |\n| | uji | choice | a |"
    )
    assert lines(form) == ['error settings 2: The question "a" has no choice called anonim.']


# ---- the whole ---------------------------------------------------------------------------------------


def test_sentences_come_in_the_authors_language() -> None:
    survey = survey_of("| survey | type | name | label |\n| | note | a | A? |\n| | text | b | Berapa NIK? |")
    assert {problem.what for problem in check(survey, say=lambda sentence: "≈ " + sentence)} == {
        '≈ "b" seems to ask for an identity number (NIK).'
    }


def test_a_form_of_notes_asks_nothing() -> None:
    assert lines("| survey | type | name | label |\n| | note | a | A? |") == [
        "warning survey 0: The form asks nothing."
    ]


@given(surveys())
@settings(max_examples=60, deadline=None)
def test_any_survey_can_be_checked(survey: Survey) -> None:
    found = check(survey)
    assert all(problem.what and problem.code for problem in found)
    assert check(survey) == found


# ---- defaults ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "default", "remedy"),
    [
        ("integer", "abc", "Correct it, or leave it empty."),
        ("date", "besok", "Correct it, or leave it empty."),
        ("time", "9", "Correct it, or leave it empty."),
        ("select_one kind", "honorer", "Write the name of a choice."),
        ("select_multiple kind", "pns honorer", "Write the name of a choice."),
    ],
)
def test_a_default_that_is_no_answer_is_named(kind: str, default: str, remedy: str) -> None:
    form = f"| survey | type | name | label | default |\n| | {kind} | q | Q? | {default} |\n{KINDS}"
    found = [problem for problem in problems_of(form) if problem.code == "default-no-answer"]
    assert [(problem.level, problem.row, problem.what, problem.remedy) for problem in found] == [
        ("warning", 2, f'The default "{default}" is no answer to "q", so it is not filled in.', remedy)
    ]


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("integer", "3"),
        ("date", "2026-11-24"),
        ("date", "today()"),
        ("select_one kind or_other", "other"),
        ("select_multiple kind", "pns pppk"),
        ("text", "Alak"),
        ("hidden", "alak"),
    ],
)
def test_a_default_that_is_an_answer_is_fine(kind: str, default: str) -> None:
    form = f"| survey | type | name | label | default |\n| | {kind} | q | Q? | {default} |\n{KINDS}"
    assert [line for line in lines(form) if "default" in line] == []


def test_what_is_only_displayed_asks_nothing_and_wants_a_label() -> None:
    form = """
| survey |
| | type | name | label | default | read_only |
| | integer | kuota | Kuota JP | 20 | yes |
| | text | dasar | | UU 20/2023 | yes |
"""
    assert told(problems_of(form)) == [
        "warning survey 0: The form asks nothing.",
        'error survey 3: The question "dasar" has no label.',
    ]


@pytest.mark.parametrize(
    ("anonymous", "problems"),
    [
        ("no", []),
        ("choice", ['warning survey 3: "hp" asks who somebody is (chat_kind), but answers may be anonymous.']),
        (
            "always",
            [
                'warning survey 3: "hp" asks who somebody is (chat_kind), but answers may be anonymous.',
                'warning survey 4: "nama" asks who somebody is (chat_kind), but answers may be anonymous.',
            ],
        ),
    ],
)
def test_who_may_be_anonymous_is_not_asked_who_they_are(anonymous: str, problems: list[str]) -> None:
    form = f"""
| survey |
| | type | name | label | chat_kind | relevant |
| | text | usul | Usul? | | |
| | text | hp | Nomor HP? | phone | |
| | text | nama | Nama? | name | ${{usul}} = 'kontak' |

| settings |
| | form_id | chat_anonymous | chat_anonymous_if |
| | uji | {anonymous} | ${{usul}} = 'anonim' |
"""
    assert lines(form) == problems
