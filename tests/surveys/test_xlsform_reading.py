"""Forms as authors write them, and the surveys they become."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from surveys.survey import ChatSettings, Choice, Question, Section
from surveys.xlsform.columns import COLUMNS
from surveys.xlsform.languages import code_of
from surveys.xlsform.type_words import type_word
from tests.surveys.forms import MAKASSAR, problems_of, survey_of, told


def question(row: str, more: str = "") -> Question:
    """The first question of a form with one row: type, name and further ``heading=cell`` pairs."""
    cells = dict(pair.strip().split(":=", 1) for pair in row.split("  ") if pair.strip())
    head, body = " | ".join(cells), " | ".join(cells.values())
    return next(survey_of(f"| survey | {head} |\n| | {body} |\n{more}").questions())


# ---- types -------------------------------------------------------------------------------------------

PLAIN = ["text", "integer", "decimal", "date", "time", "dateTime", "note", "acknowledge", "geopoint", "image", "audio",
         "video", "file", "barcode"]  # fmt: skip


@pytest.mark.parametrize("kind", PLAIN)
def test_each_plain_type(kind: str) -> None:
    assert question(f"type:={kind}  name:=a  label:=A?") == Question(name="a", type=kind, label={"id": "A?"})


@pytest.mark.parametrize(
    ("written", "kind"),
    [("string", "text"), ("int", "integer"), ("Text", "text"), ("datetime", "dateTime"), ("photo", "image"),
     ("location", "geopoint"), ("trigger", "acknowledge"), ("date time", "dateTime"), ("INTEGER", "integer")],
)  # fmt: skip
def test_other_spellings_of_a_type(written: str, kind: str) -> None:
    assert question(f"type:={written}  name:=a  label:=A?").type == kind


def test_what_asks_nothing() -> None:
    survey = survey_of(
        """
        | survey | type      | name   | label  | calculation  | default |
        |        | start     | mulai  |        |              |         |
        |        | end       | akhir  |        |              |         |
        |        | today     | hari   |        |              |         |
        |        | hidden    | unit   |        |              | camat   |
        |        | calculate | dua    |        | 1 + 1        |         |
        |        | integer   | tiga   |        | ${dua} + 1   |         |
        |        | text      | nama   | Nama?  |              |         |
        """
    )
    assert [(q.name, q.type, q.calculation, q.default) for q in survey.questions()] == [
        ("mulai", "start", "", ""),
        ("akhir", "end", "", ""),
        ("hari", "today", "", ""),
        ("unit", "hidden", "", "camat"),
        ("dua", "calculate", "1 + 1", ""),
        ("tiga", "calculate", "${dua} + 1", ""),
        ("nama", "text", "", ""),
    ]


def test_a_question_with_a_label_and_a_calculation_is_not_asked_and_says_so() -> None:
    assert told(
        problems_of(
            """
            | survey | type    | name  | label | calculation |
            |        | integer | dua   | Dua?  | 1 + 1       |
            |        | text    | nama  | Nama? |             |
            """
        )
    ) == ["warning survey 2: This question has a calculation, so it is calculated and not asked."]


def test_metadata_of_a_telephone_stays_empty_and_says_so() -> None:
    form = "| survey | type | name | label |\n| | {} | a | |\n| | text | b | B? |"
    kinds = {"deviceid": "deviceid", "username": "username", "phonenumber": "phonenumber", "simserial": "deviceid"}
    for written, kind in kinds.items():
        assert told(problems_of(form.format(written))) == [
            f'warning survey 2: "{kind}" is not known in a chat and stays empty.'
        ]


def test_every_type_of_the_standard_is_run_or_refused() -> None:
    known = {kind: type_word(kind).kind for kind in QUESTION_TYPE_DICT}
    selects = {kind for kind in known if "select" in kind}  # without a list they are no type cell
    assert {kind for kind, found in known.items() if found == "unknown"} - selects == set()


def test_every_select_of_the_standard_is_run_or_refused() -> None:
    assert {word: type_word(f"{word} kota").kind for word in aliases.select} == {
        word: "refused" if "external" in word else "question" for word in aliases.select
    }


def test_every_beginning_of_the_standard_is_run_or_refused() -> None:
    assert {word: type_word(f"begin {word}").word for word in aliases.control} == {
        "group": "group", "lgroup": "repeat", "repeat": "repeat", "loop": "begin loop", "looped group": "repeat",
    }  # fmt: skip


# ---- columns -----------------------------------------------------------------------------------------


def test_every_heading_of_the_standard_is_known() -> None:
    assert {name for name in aliases.list_header if "_".join(name.split()) not in COLUMNS["choices"]} == {"big-image"}
    assert {name for name in aliases.settings_header if name not in COLUMNS["settings"]} == {"prefix"}
    unknown = {name for name in aliases.survey_header if name not in COLUMNS["survey"]}
    assert {name for name in unknown if not name.startswith("sms_")} == {
        "compact_tag", "big-image", "autoplay", "rows", "noapperrorstring", "no_app_error_string", "body", "save_to",
    }  # fmt: skip


def test_everything_a_question_may_have() -> None:
    found = question(
        "type:=text  name:=nip  label:=NIP?  hint:=18 angka  guidance_hint:=Lihat SK  required:=yes  "
        "required_message:=Mohon diisi  relevant:=true()  constraint:=string-length(.) = 18  "
        "constraint_message:=18 angka  default:=1990  read_only:=no  appearance:=numbers  "
        "parameters:=chat_media=audio image max-seconds=90  chat_kind:=nip"
    )
    assert found == Question(
        name="nip",
        type="text",
        label={"id": "NIP?"},
        hint={"id": "18 angka"},
        guidance_hint={"id": "Lihat SK"},
        required="true()",
        required_message={"id": "Mohon diisi"},
        relevant="true()",
        constraint="string-length(.) = 18",
        constraint_message={"id": "18 angka"},
        default="1990",
        appearance=("numbers",),
        parameters={"chat_media": "audio image", "max-seconds": "90"},
        chat_kind="nip",
    )


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("Relevance", "true()", "relevant", "true()"),
        ("bind::relevant", "true()", "relevant", "true()"),
        ("bind:relevant", "true()", "relevant", "true()"),
        ("readonly", "yes", "read_only", True),
        ("Required Message", "Isi", "required_message", {"id": "Isi"}),
        ("bind::jr:constraintMsg", "Isi", "constraint_message", {"id": "Isi"}),
        ("control::appearance", "multiline", "appearance", ("multiline",)),
        ("Guidance Hint", "Baca", "guidance_hint", {"id": "Baca"}),
        ("image", "a.png", "media", {"image": {"id": "a.png"}}),
        ("media::audio", "a.mp3", "media", {"audio": {"id": "a.mp3"}}),
        ("video::English (en)", "a.mp4", "media", {"video": {"en": "a.mp4"}}),
        ("required", "TRUE", "required", "true()"),
        ("required", "ya", "required", "true()"),
        ("required", "no", "required", ""),
        ("required", "1 < 2", "required", "1 < 2"),
        ("relevant", "yes", "relevant", "true()"),
    ],
)
def test_other_spellings_of_a_heading(heading: str, cell: str, field: str, value: object) -> None:
    survey = survey_of(f"| survey | type | name | label | {heading} |\n| | text | a | A? | {cell} |")
    assert getattr(next(survey.questions()), field) == value


def test_a_default_is_a_literal_or_is_computed_as_in_odk() -> None:
    survey = survey_of(
        """
        | survey | type    | name | label | default        |
        |        | date    | a    | A?    | 2026-12-01     |
        |        | date    | b    | B?    | today()        |
        |        | text    | c    | C?    | lain-lain      |
        |        | integer | d    | D?    | 3              |
        |        | text    | e    | E?    | concat('x', ${c}) |
        """
    )
    assert [(q.default, q.default_is_expression) for q in survey.questions()] == [
        ("2026-12-01", False), ("today()", True), ("lain-lain", False), ("3", False), ("concat('x', ${c})", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("start=0 end=10", {"start": "0", "end": "10"}),
        ("start = 0; end=10, step=2", {"start": "0", "end": "10", "step": "2"}),
        ("Start=0 END=10", {"start": "0", "end": "10"}),
    ],
)
def test_parameters_however_they_are_separated(cell: str, found: dict[str, str]) -> None:
    assert question(f"type:=range  name:=a  label:=A?  parameters:={cell}").parameters == found


def test_our_parameters_may_stand_in_a_column_of_their_own() -> None:
    found = question("type:=text  name:=a  label:=A?  parameters:=rows=3  chat_parameters:=chat_media=audio max-size=5")
    assert found.parameters == {"rows": "3", "chat_media": "audio", "max-size": "5"}


# ---- languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "code"),
    [("Bahasa Indonesia (id)", "id"), ("English (en)", "en"), ("English(en)", "en"), ("EN", "en"), ("indonesia", "id"),
     ("Melayu Kupang (mkn)", "mkn"), ("Português (pt-TL)", "pt-TL"), ("Klingon", ""), ("", "")],
)  # fmt: skip
def test_the_code_of_a_language(language: str, code: str) -> None:
    assert code_of(language) == code


def test_languages_in_the_order_of_their_columns_the_default_first() -> None:
    survey = survey_of(
        """
        | survey   | type | name | label::English (en) | label::Bahasa Indonesia (id) | hint::Melayu Kupang (mkn) |
        |          | text | a    | Name?               | Nama?                        | Tulis sa                  |
        | settings | default_language      | form_id |
        |          | Bahasa Indonesia (id) | uji     |
        """
    )
    assert survey.languages == ("id", "en", "mkn")
    assert list(survey.question("a").label.items()) == [("id", "Nama?"), ("en", "Name?")]


def test_a_heading_without_language_is_indonesian_or_the_default_language() -> None:
    form = "| survey | type | name | label |\n| | text | a | Name? |"
    assert survey_of(form).question("a").label == {"id": "Name?"}
    english = survey_of(f"{form}\n| settings | default_language | form_id |\n| | English (en) | uji |")
    assert (english.languages, english.question("a").label) == (("en",), {"en": "Name?"})


@pytest.mark.parametrize(
    ("headings", "languages"),
    [
        ("label::English (en) | hint::English (en)", ("en",)),
        ("label::English (en) | hint::Tetun (tet)", ("en", "tet")),
        ("label::English (en) | label::Bahasa Indonesia (id)", ("id", "en")),
        ("label::English (en) | hint", ("id", "en")),
    ],
)
def test_the_default_language_of_a_form_that_names_none(headings: str, languages: tuple[str, ...]) -> None:
    assert survey_of(f"| survey | type | name | {headings} |\n| | text | a | A? | B |").languages == languages


def test_the_heading_with_a_language_wins_over_the_one_without() -> None:
    survey = survey_of("| survey | type | name | label | label::Indonesia (id) |\n| | text | a | Lama? | Baru? |")
    assert survey.question("a").label == {"id": "Baru?"}


def test_a_language_without_code_is_an_error() -> None:
    assert told(problems_of("| survey | type | name | label::Klingon |\n| | text | a | nuqneH |")) == [
        'error survey 1: The column "label::Klingon" names a language without its code.'
    ]


# ---- groups and repeats ------------------------------------------------------------------------------


def test_groups_and_repeats_hold_their_questions() -> None:
    survey = survey_of(
        """
        | survey | type         | name   | label    | hint | relevant    | repeat_count | appearance |
        |        | integer      | banyak | Banyak?  |      |             |              |            |
        |        | begin group  | keluarga | Keluarga | Isi | ${banyak} > 0 |          | field-list |
        |        | begin_repeat | anak   | Anak     |      |             | ${banyak}    |            |
        |        | text         | nama   | Nama?    |      |             |              |            |
        |        | end_repeat   |        |          |      |             |              |            |
        |        | end group    |        |          |      |             |              |            |
        |        | begin repeat | latihan | Pelatihan |    |             |              |            |
        |        | text         | judul  | Judul?   |      |             |              |            |
        |        | end repeat   |        |          |      |             |              |            |
        """
    )
    name = Question(name="nama", type="text", label={"id": "Nama?"})
    children = Section(name="anak", items=(name,), label={"id": "Anak"}, repeat=True, repeat_count="${banyak}")
    assert survey.items[1:] == (
        Section(
            name="keluarga",
            items=(children,),
            label={"id": "Keluarga"},
            hint={"id": "Isi"},
            relevant="${banyak} > 0",
            appearance=("field-list",),
        ),
        Section(
            name="latihan",
            items=(Question(name="judul", type="text", label={"id": "Judul?"}),),
            label={"id": "Pelatihan"},
            repeat=True,
        ),
    )


# ---- choices -----------------------------------------------------------------------------------------

CITIES = """
| choices | list_name | name | label  | chat_aliases | pulau | image   |
|         | kota      | kpg  | Kupang | koepang \\| KPG | timor | kpg.png |
|         | kota      | klb  | Kalabahi |            | alor  |         |
"""


def test_choices_with_aliases_media_and_columns_for_filters() -> None:
    found = question("type:=select_one kota  name:=a  label:=Kota?  choice_filter:=pulau = 'timor'", CITIES)
    assert (found.type, found.list_name, found.choice_filter) == ("select_one", "kota", "pulau = 'timor'")
    assert found.choices == (
        Choice(
            name="kpg",
            label={"id": "Kupang"},
            aliases=("koepang", "KPG"),
            media={"image": {"id": "kpg.png"}},
            filters={"pulau": "timor"},
        ),
        Choice(name="klb", label={"id": "Kalabahi"}, filters={"pulau": "alor"}),
    )


@pytest.mark.parametrize(
    ("written", "kind", "other"),
    [
        ("select_one kota", "select_one", False),
        ("select one from kota", "select_one", False),
        ("select_one kota or_other", "select_one", True),
        ("select_multiple kota or specify other", "select_multiple", True),
        ("select all that apply from kota", "select_multiple", False),
        ("rank kota", "rank", False),
    ],
)
def test_selects_in_all_their_spellings(written: str, kind: str, other: bool) -> None:
    found = question(f"type:={written}  name:=a  label:=Kota?", CITIES)
    assert (found.type, found.or_other, [choice.name for choice in found.choices]) == (kind, other, ["kpg", "klb"])


UNITS = """\
name,label::Bahasa Indonesia (id),label::English (en),chat_aliases,jenis
nbd,Nunbaun Delha,Nunbaun Delha,NBD|delha,kelurahan
trantib,Trantib,Order,,seksi
""".encode("utf-8-sig")


def test_a_list_from_a_file_becomes_an_ordinary_list() -> None:
    survey = survey_of(
        """
        | survey | type                               | name | label::Indonesia (id) | label::English (en) |
        |        | select_multiple_from_file unit.csv | a    | Unit?                 | Which unit?         |
        """,
        {"unit.csv": UNITS},
    )
    assert replace(survey.question("a"), choices=()) == Question(
        name="a", type="select_multiple", label={"id": "Unit?", "en": "Which unit?"}, list_name="unit"
    )
    assert survey.question("a").choices == (
        Choice(
            name="nbd",
            label={"id": "Nunbaun Delha", "en": "Nunbaun Delha"},
            aliases=("NBD", "delha"),
            filters={"jenis": "kelurahan"},
        ),
        Choice(name="trantib", label={"id": "Trantib", "en": "Order"}, filters={"jenis": "seksi"}),
    )


@pytest.mark.parametrize(
    ("language", "labels"), [("id", ["Nunbaun Delha", "Trantib"]), ("en", ["Nunbaun Delha", "Order"])]
)
def test_a_list_in_more_languages_than_the_form_does_not_widen_it(language: str, labels: list[str]) -> None:
    survey = survey_of(
        f"| survey | type | name | label::X ({language}) |\n| | select_one_from_file unit.csv | a | ? |\n"
        f"| settings | form_id | default_language |\n| | uji | X ({language}) |",
        {"unit.csv": UNITS},
    )
    assert survey.languages == (language,)
    assert [choice.label for choice in survey.question("a").choices] == [{language: label} for label in labels]


def test_a_list_in_another_language_than_the_form_is_still_shown() -> None:
    survey = survey_of(
        "| survey | type | name | label::X (mkn) |\n| | select_one_from_file unit.csv | a | ? |\n"
        "| settings | form_id | default_language |\n| | uji | X (mkn) |",
        {"unit.csv": UNITS},
    )
    assert survey.languages == ("mkn", "id", "en")
    assert survey.question("a").choices[1].label == {"id": "Trantib", "en": "Order"}


def test_a_file_may_call_its_columns_otherwise() -> None:
    survey = survey_of(
        """
        | survey | type                         | name | label | parameters            |
        |        | select_one_from_file dok.csv | a    | Unit? | value=kode label=nama |
        """,
        {"dok.csv": b"kode;nama;name\nk1;Satu;x\n"},
    )
    assert survey.question("a").choices == (Choice(name="k1", label={"id": "Satu"}),)
    assert survey.question("a").parameters == {}


def test_lists_that_no_question_asks_from_are_kept_for_looking_up() -> None:
    survey = survey_of(f"| survey | type | name | label |\n| | text | a | A? |\n{CITIES}")
    assert [choice.filters["pulau"] for choice in survey.tables["kota"]] == ["timor", "alor"]


# ---- settings ----------------------------------------------------------------------------------------


def settings(columns: str, cells: str) -> ChatSettings:
    return survey_of(
        f"| survey | type | name | label |\n| | select_one cara | a | A? |\n"
        f"| choices | list_name | name | label |\n| | cara | anonim | Anonim |\n| | cara | nama | Nama |\n"
        f"| settings | form_id | {columns} |\n| | uji | {cells} |"
    ).chat


def test_settings_left_out_have_their_defaults() -> None:
    survey = survey_of("| survey | type | name | label |\n| | text | a | A? |")
    assert (survey.name, survey.title, survey.form_version, survey.chat) == ("uji", {"id": "uji"}, "", ChatSettings())


def test_title_id_and_version() -> None:
    survey = survey_of(
        """
        | survey   | type       | name                     | label   |
        |          | text       | a                        | A?      |
        | settings | form_title | chat_title::English (en) | form_id | version |
        |          | Kebutuhan  | Needs                    | tna_asn | 7       |
        """
    )
    assert (survey.name, survey.title, survey.form_version) == ("tna_asn", {"id": "Kebutuhan", "en": "Needs"}, "7")


@pytest.mark.parametrize(
    ("columns", "cells", "chat"),
    [
        ("chat_audience", "ASN", ChatSettings(audience="asn")),
        ("chat_anonymous", "always", ChatSettings(anonymous="always")),
        ("chat_anonymous | chat_anonymous_question", "choice | a",
         ChatSettings(anonymous="choice", anonymous_question="a")),
        ("chat_anonymous | chat_anonymous_if", "choice | ${a} = 'anonim'",
         ChatSettings(anonymous="choice", anonymous_if="${a} = 'anonim'")),
        ("chat_ends_if", "${a} = 'nama'", ChatSettings(ends_if="${a} = 'nama'")),
        ("chat_once | chat_editable", "yes | TRUE", ChatSettings(once=True, editable=True)),
        ("chat_expires", "3", ChatSettings(expires_days=3)),
        ("chat_expires", "P10D", ChatSettings(expires_days=10)),
        ("chat_expires", "p2w", ChatSettings(expires_days=14)),
        ("chat_ticket", "ALK", ChatSettings(ticket="ALK")),
        ("chat_opens", "2026-12-01", ChatSettings(opens=datetime(2026, 12, 1, tzinfo=MAKASSAR))),
        ("chat_opens", "2026-12-01 08:30", ChatSettings(opens=datetime(2026, 12, 1, 8, 30, tzinfo=MAKASSAR))),
        ("chat_opens", "2026-12-01T00:30Z", ChatSettings(opens=datetime(2026, 12, 1, 8, 30, tzinfo=MAKASSAR))),
        ("chat_closes", "2026-12-31", ChatSettings(closes=datetime(2027, 1, 1, tzinfo=MAKASSAR))),
    ],
)  # fmt: skip
def test_chat_settings(columns: str, cells: str, chat: ChatSettings) -> None:
    assert settings(columns, cells) == chat


# ---- what only decorates -----------------------------------------------------------------------------


def test_blank_rows_prose_and_the_authors_own_columns_do_no_harm() -> None:
    survey = survey_of(
        """
        # Judul

        Kalimat pengantar, bukan tabel.

        | survey |
        |        | type | name | label | _catatan | $kuid |
        |:------ |:----:| ---- | ----- | -------- | ----- |
        |        | text | a    | A?    | jangan   | x1    |
        |        |      |      |       |          |       |
        |        |      |      |       | sisa     |       |
        |        | text | b    | B?<br>Baris dua | |       |
        """
    )
    assert [(q.name, q.label["id"], q.row) for q in survey.questions()] == [("a", "A?", 2), ("b", "B?\nBaris dua", 5)]


def test_disabled_rows_are_left_out() -> None:
    survey = survey_of(
        """
        | survey | type | name | label | disabled |
        |        | text | a    | A?    |          |
        |        | text | b    | B?    | yes      |
        """
    )
    assert [q.name for q in survey.questions()] == ["a"]


def test_a_note_without_a_name_gets_one() -> None:
    survey = survey_of("| survey | type | name | label |\n| | text | a | A? |\n| | note | | Terima kasih |")
    assert [q.name for q in survey.questions()] == ["a", "generated_note_name_3"]
