"""What stands in an export: every type of question, repeats, several versions, and what must not stand there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import insert, update

from reports._responses_reading import AT_ONCE, tells
from reports.base import ReportError
from reports.responses import Wish, export
from storage.shuffling import ENOUGH, shuffle
from storage.tables import answer, response
from storage.unit_of_work import UnitOfWork
from surveys.session import Answer, Place
from tests.reports.office import BEGUN, MAKASSAR, Office, Table, named

EVERYTHING = """
| survey | | | | | | | |
| | type | name | label::Bahasa Indonesia (id) | label::English (en) | chat_kind | chat_parameters | calculation |
| | start | mulai | | | | | |
| | end | selesai | | | | | |
| | today | hari | | | | | |
| | note | salam | Selamat datang. | Welcome. | | | |
| | text | nama | Nama | Name | name | | |
| | text | nip | NIP | Employee number | nip | | |
| | calculate | sapaan | | | | | concat('Yth. ', ${nama}) |
| | integer | umur | Umur | Age | | | |
| | decimal | jam | Jam | Hours | | | |
| | range | nilai | Nilai | Score | | | |
| | select_one setuju | setuju | Setuju? | Agree? | | | |
| | select_one yt | siap | Siap? | Ready? | | | |
| | select_one yt or_other | bentuk | Bentuk | Form | | | |
| | select_multiple buah or_other | suka | Suka apa? | Which do you like? | | | |
| | rank buah | urutan | Urutkan | Put in order | | | |
| | date | tanggal | Tanggal | Date | | | |
| | time | pukul | Pukul | Time | | | |
| | dateTime | kejadian | Kejadian | When | | | |
| | acknowledge | paham | Paham | Understood | | | |
| | geopoint | lokasi | Lokasi | Place | | | |
| | image | foto | Foto | Photo | | | |
| | text | cerita | Cerita | Story | | chat_media=audio | |
| | barcode | kode | Kode | Code | | | |
| | calculate | waktu | | | | | now() |
| | hidden | sumber | | | | | |

| choices | | | | |
| | list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| | setuju | 1 | Tidak | No |
| | setuju | 5 | Ya | Yes |
| | yt | ya | Ya | Yes |
| | yt | tidak | Tidak | No |
| | buah | apel | Apel | Apple |
| | buah | jeruk | Jeruk; manis | Orange |
| | buah | pisang | Pisang | Banana |

| settings | | | | |
| | form_title | form_id | default_language | chat_ticket |
| | Semua | semua | Bahasa Indonesia (id) | ALK |
"""
ANSWERS: dict[str, str | Answer] = {
    "mulai": "2026-11-24T01:30:00.250+08:00",
    "selesai": "2026-11-24T01:40:05.600+08:00",
    "hari": "2026-11-24",
    "nama": Answer("Maria Tefa", raw="maria tefa"),
    "nip": Answer("198501012010012001"),
    "sapaan": "Yth. Maria Tefa",
    "umur": Answer("41", raw="empat puluh satu"),
    "jam": Answer("7.5", raw="7,5"),
    "nilai": "9",
    "setuju": Answer("5", raw="ya"),
    "siap": "ya",
    "bentuk": Answer("other", other="Magang"),
    "suka": Answer("jeruk other", raw="2, lainnya", other="Mangga"),
    "urutan": "pisang apel jeruk",
    "tanggal": "2026-12-01",
    "pukul": "09:30",
    "kejadian": "2026-11-20T21:15",
    "paham": "OK",
    "lokasi": "-10.1772 123.607 0 12.5",
    "foto": Answer("m1", other="Pagar", pages=("m1", "m2", "m3")),
    "cerita": Answer("m4", other="", pages=("m4",)),
    "kode": "INV-0042",
    "waktu": "2026-11-24T01:40:05.600+08:00",
    "sumber": "poster",
}
PATHS = {"m1": "aa/1.jpg", "m2": "bb/2.jpg", "m4": "cc/4.ogg"}


async def answered(office: Office, **how: object) -> None:
    survey_id = await office.publish(EVERYTHING)
    for media_id, path in PATHS.items():
        await office.keep_file(media_id, path)
    await office.keep_file("m3", "", "wanted")
    await office.respond(survey_id, ANSWERS, response_id=77, ticket="ALK-26-0417-K", **how)  # type: ignore[arg-type]


async def test_every_type_of_question(office: Office) -> None:
    await answered(office)
    found = await office.exported(Wish(survey="semua"))
    assert list(found) == ["Answers", "Codebook", "Choices"]
    assert named(found["Answers"], 1) == {
        "_id": "R77",
        "_version": 1,
        "_language": "id",
        "_started": datetime(2026, 11, 24, 1, 30),  # noqa: DTZ001 -- cells have no zone
        "_completed": datetime(2026, 11, 24, 1, 40, 5),  # noqa: DTZ001
        "_date": date(2026, 11, 24),
        "_ticket": "ALK-26-0417-K",
        "mulai": datetime(2026, 11, 24, 1, 30, 0, 250_000),  # noqa: DTZ001
        "selesai": datetime(2026, 11, 24, 1, 40, 5, 600_000),  # noqa: DTZ001
        "hari": date(2026, 11, 24),
        "nama": "•••••",
        "nip": "•••••",
        "sapaan": "•••••",
        "umur": 41,
        "jam": 7.5,
        "nilai": 9,
        "setuju": 5,
        "siap": "ya",
        "bentuk": "other",
        "bentuk_other": "Magang",
        "suka": "jeruk other",
        "suka/apel": 0,
        "suka/jeruk": 1,
        "suka/pisang": 0,
        "suka/other": 1,
        "suka_other": "Mangga",
        "urutan": "pisang apel jeruk",
        "urutan/apel": 2,
        "urutan/jeruk": 3,
        "urutan/pisang": 1,
        "tanggal": date(2026, 12, 1),
        "pukul": time(9, 30),
        "kejadian": datetime(2026, 11, 20, 21, 15),  # noqa: DTZ001
        "paham": "OK",
        "lokasi": "-10.1772 123.607 0 12.5",
        "lokasi_latitude": -10.1772,
        "lokasi_longitude": 123.607,
        "foto": "media/aa/1.jpg\nmedia/bb/2.jpg\n[file not kept]",
        "foto_caption": "Pagar",
        "cerita_file": "media/cc/4.ogg",
        "kode": "INV-0042",
        "waktu": "2026-11-24T01:40:05.600+08:00",
        "sumber": "poster",
    }


async def test_identities_are_shown_to_who_asks_for_them(office: Office) -> None:
    await answered(office)
    row = named((await office.exported(Wish(survey="semua", identities=True, raw=True)))["Answers"], 1)
    shown = {name: row[name] for name in row if name.startswith(("nama", "nip", "sapaan"))}
    assert shown == {
        "nama": "Maria Tefa",
        "nama_raw": "maria tefa",
        "nip": "198501012010012001",
        "sapaan": "Yth. Maria Tefa",
    }


async def test_what_was_said_is_masked_too(office: Office) -> None:
    await answered(office)
    row = named((await office.exported(Wish(survey="semua", raw=True)))["Answers"], 1)
    assert {name: row[name] for name in row if name.endswith("_raw")} == {
        "nama_raw": "•••••",
        "umur_raw": "empat puluh satu",
        "jam_raw": "7,5",
        "setuju_raw": "ya",
        "suka_raw": "2, lainnya",
    }


async def test_the_words_of_a_confidential_response_are_for_who_asks_for_identities(office: Office) -> None:
    survey = await office.publish(EVERYTHING)
    given: dict[str, str | Answer] = {
        "cerita": Answer("Loket tutup", "loket tutup"),
        "umur": "31",
        "bentuk": Answer("other", "", "lewat RT"),
    }
    for number in (1, 2):
        await office.respond(survey, given, response_id=number)
    async with office.database.write() as transaction:
        await transaction.run(update(response).where(response.c.id == 2).values(confidential=True))
    for identities, words, other in ((False, "•••••", "•••••"), (True, "Loket tutup", "lewat RT")):
        table = (await office.exported(Wish(survey="semua", identities=identities)))["Answers"]
        for row, cerita, bentuk in ((1, "Loket tutup", "lewat RT"), (2, words, other)):
            found = named(table, row)
            assert (found["cerita"], found["umur"], found["bentuk_other"]) == (cerita, 31, bentuk)


async def test_labels_stand_in_headings_and_cells(office: Office) -> None:
    await answered(office)
    row = named((await office.exported(Wish(survey="semua", labels=True, language="en")))["Answers"], 1)
    chosen = ("Response", "Ready?", "Form", "Form (other)", "Agree?", "Photo (caption)", "Story (file)")
    assert {name: row[name] for name in chosen if name in row} == {
        "Response": "R77",
        "Ready?": "Yes",
        "Form": "Other",
        "Form (other)": "Magang",
        "Agree?": "Yes",
        "Photo (caption)": "Pagar",
        "Story (file)": "media/cc/4.ogg",
    }
    assert {name: row[name] for name in row if name.startswith(("Which", "Put"))} == {
        "Which do you like?": "Orange; Other",
        "Which do you like?: Apple": 0,
        "Which do you like?: Orange": 1,
        "Which do you like?: Banana": 0,
        "Which do you like?: Other": 1,
        "Which do you like? (other)": "Mangga",
        "Put in order": "Banana > Apple > Orange",
        "Put in order: Apple": 2,
        "Put in order: Orange": 3,
        "Put in order: Banana": 1,
    }


async def test_a_label_that_is_taken_gets_the_name_beside_it(office: Office) -> None:
    await answered(office)
    headings = (await office.exported(Wish(survey="semua", labels=True, language="en")))["Answers"][0]
    # "Date" is a column of our own as well as a question.
    assert [heading for heading in headings if str(heading).startswith("Date")] == ["Date", "Date [tanggal]"]
    assert len(set(headings)) == len(headings)


async def test_an_anonymous_response_tells_no_time_of_day(office: Office) -> None:
    await answered(office, anonymous=True)
    row = named((await office.exported(Wish(survey="semua")))["Answers"], 1)
    clocks = ("_started", "_completed", "_date", "mulai", "selesai", "hari", "waktu", "kejadian")
    assert {name: row[name] for name in clocks if name in row} == {
        "_date": date(2026, 11, 24),
        "mulai": date(2026, 11, 24),
        "selesai": date(2026, 11, 24),
        "hari": date(2026, 11, 24),
        "waktu": "2026-11-24",
        "kejadian": datetime(2026, 11, 20, 21, 15),  # noqa: DTZ001 -- an answer, not the clock
    }


async def test_anonymous_responses_come_in_the_order_of_random_numbers(office: Office) -> None:
    survey_id = await office.publish(EVERYTHING)
    async with office.database.write() as transaction:
        unit = UnitOfWork(transaction, office.vault, now=BEGUN)
        for number in range(ENOUGH):
            given: dict[str, str | Answer] = {**ANSWERS, "umur": str(number), "foto": "", "cerita": "ada"}
            answers = [
                (Place(name), said if isinstance(said, Answer) else Answer(said)) for name, said in given.items()
            ]
            unit.put_pending(survey_id, "id", False, [one for one in answers if one[1].value], None, None)
        await unit.flush()
    sealed = {survey_id: frozenset({"nama", "nip"})}
    async with office.database.write() as transaction:
        moved, _paths = await shuffle(transaction, office.vault, sealed=sealed, all_of_them=False)
    assert moved == ENOUGH
    found = (await office.exported(Wish(survey="semua")))["Answers"]
    numbers = [int(str(row[0]).removeprefix("R")) for row in found[1:]]
    assert numbers == sorted(numbers)
    assert sorted(str(named(found, row)["umur"]) for row in range(1, len(found))) == [str(n) for n in range(ENOUGH)]
    told = {cell for row in found[1:] for cell in row if isinstance(cell, datetime)}
    assert told == {datetime(2026, 11, 20, 21, 15)}  # noqa: DTZ001 -- the one that was asked


async def test_the_codebook_explains_every_column(office: Office) -> None:
    await answered(office)
    found = await office.exported(Wish(survey="semua"))
    book = found["Codebook"]
    rows = {row[1]: row for row in book[1:]}
    assert book[0] == [
        "Sheet", "Column", "Type", "Label (id)", "Label (en)",
        "Choices", "Asked if", "Calculation", "Versions", "Changes",
    ]  # fmt: skip
    assert rows["suka"] == [
        "Answers",
        "suka",
        "select_multiple buah or_other",
        "Suka apa?",
        "Which do you like?",
        "apel = Apel\njeruk = Jeruk; manis\npisang = Pisang\nother = Other",
        None,
        None,
        "1",
        None,
    ]
    assert rows["sapaan"][7] == "concat('Yth. ', ${nama})"
    assert rows["_id"][:4] == [None, "_id", None, "Response"]
    explained = {str(name) for name in rows}
    headings = {str(heading) for heading in found["Answers"][0]}
    assert {heading for heading in headings if not heading.startswith(tuple(explained))} == set()
    assert found["Choices"][1] == ["setuju", "1", "Tidak", "No", "1"]
    assert [row for row in found["Choices"] if row[0] == "suka"] == [
        ["suka", "apel", "Apel", "Apple", "1"],
        ["suka", "jeruk", "Jeruk; manis", "Orange", "1"],
        ["suka", "pisang", "Pisang", "Banana", "1"],
        ["suka", "other", None, None, "1"],
    ]


REPEATS = """
| survey |              |         |                |              |
|        | type         | name    | label          | relevant     |
|        | text         | kepala  | Kepala?        |              |
|        | begin_repeat | anak    | Anak           |              |
|        | text         | nama    | Nama anak?     |              |
|        | integer      | umur    | Umur anak?     |              |
|        | begin_repeat | hobi    | Hobi           | ${umur} > 3  |
|        | text         | sebutan | Hobi apa?      | ${nama} != '' |
|        | end_repeat   |         |                |              |
|        | end_repeat   |         |                |              |

| settings |            |          |
|          | form_title | form_id  |
|          | Keluarga   | keluarga |
"""


async def test_a_repeat_has_its_own_sheet(office: Office) -> None:
    survey_id = await office.publish(REPEATS)
    given = {"kepala": "Yusuf", "sebutan[5,1]": "Menari"}
    given |= {f"nama[{number}]": f"Anak {number}" for number in (1, 2, 4)}
    given |= {"umur[2]": "7", "sebutan[2,2]": "Memancing", "sebutan[2,1]": "Bola"}
    await office.respond(survey_id, given, response_id=5)
    await office.respond(survey_id, {"kepala": "Rut", "nama[1]": "Ester"}, response_id=6)
    found = await office.exported(Wish(survey="keluarga"))
    assert list(found) == ["Answers", "anak", "hobi", "Codebook", "Choices"]
    assert [row[-1] for row in found["Answers"]] == ["kepala", "Yusuf", "Rut"]
    assert found["anak"] == [
        ["_key", "_parent", "_id", "_index", "nama", "umur"],
        ["R5/anak[1]", "R5", "R5", 1, "Anak 1", None],
        ["R5/anak[2]", "R5", "R5", 2, "Anak 2", 7],
        ["R5/anak[3]", "R5", "R5", 3, None, None],  # its questions were skipped
        ["R5/anak[4]", "R5", "R5", 4, "Anak 4", None],
        ["R5/anak[5]", "R5", "R5", 5, None, None],
        ["R6/anak[1]", "R6", "R6", 1, "Ester", None],
    ]
    assert found["hobi"] == [
        ["_key", "_parent", "_id", "_index", "sebutan"],
        ["R5/anak[2]/hobi[1]", "R5/anak[2]", "R5", 1, "Bola"],
        ["R5/anak[2]/hobi[2]", "R5/anak[2]", "R5", 2, "Memancing"],
        ["R5/anak[5]/hobi[1]", "R5/anak[5]", "R5", 1, "Menari"],
    ]
    conditions = {row[1]: row[5] for row in found["Codebook"][1:]}
    assert conditions["sebutan"] == "${umur} > 3 and ${nama} != ''"


async def test_sheets_of_repeats_are_called_by_their_labels(office: Office) -> None:
    await office.publish(REPEATS)
    found = await office.exported(Wish(survey="keluarga", labels=True))
    assert list(found) == ["Answers", "Anak", "Hobi", "Codebook", "Choices"]
    assert found["Anak"] == [["Row", "Belongs to", "Response", "Number", "Nama anak?", "Umur anak?"]]


FIRST = """
| survey |                    |       |                |             |
|        | type               | name  | label          | calculation |
|        | text               | nama  | Nama lama?     |             |
|        | integer            | lama  | Berapa lama?   |             |
|        | select_one warna   | warna | Warna?         |             |
|        | text               | kode  | Kode?          |             |
|        | calculate          | ganda |                | 2 * ${lama} |

| choices |           |       |       |
|         | list_name | name  | label |
|         | warna     | merah | Merah |
|         | warna     | hijau | Hijau |

| settings |            |         |
|          | form_title | form_id |
|          | Berubah    | berubah |
"""
SECOND = """
| survey |                       |       |                |           |             |
|        | type                  | name  | label          | chat_kind | calculation |
|        | text                  | nama  | Nama baru?     | name      |             |
|        | select_multiple warna | warna | Warna?         |           |             |
|        | integer               | kode  | Kode?          |           |             |
|        | text                  | usul  | Usul?          |           |             |
|        | calculate             | ganda |                |           | 2 * ${kode} |

| choices |           |       |       |
|         | list_name | name  | label |
|         | warna     | hijau | Hijau |
|         | warna     | biru  | Biru  |

| settings |            |         |
|          | form_title | form_id |
|          | Berubah    | berubah |
"""


async def test_versions_stand_side_by_side(office: Office) -> None:
    first = await office.publish(FIRST)
    await office.respond(
        first, {"nama": "Rut", "lama": "3", "warna": "merah", "kode": "A7", "ganda": "6"}, response_id=9
    )
    second = await office.publish(SECOND, 2)
    await office.respond(
        second, {"nama": "Ester", "warna": "hijau biru", "kode": "7", "usul": "Lagi", "ganda": "14"}, response_id=2
    )
    found = await office.exported(Wish(survey="berubah"))
    assert [str(heading) for heading in found["Answers"][0] if not str(heading).startswith("_")] == [
        "nama", "lama", "warna", "warna/hijau", "warna/biru", "warna/merah", "kode", "usul", "ganda",
    ]  # fmt: skip
    assert [row[0:2] + row[6:] for row in found["Answers"][1:]] == [
        ["R9", 1, "•••••", 3, "merah", 0, 0, 1, "A7", None, 6],
        ["R2", 2, "•••••", None, "hijau biru", 1, 1, 0, 7, "Lagi", 14],
    ]
    book = {row[1]: row[2:4] + row[-2:] for row in found["Codebook"][1:] if not str(row[1]).startswith("_")}
    assert book == {
        "nama": ["text", "Nama baru?", "1–2", "2: reworded"],
        "lama": ["integer", "Berapa lama?", "1", "2: no longer asked"],
        "warna": [
            "select_multiple warna",
            "Warna?",
            "1–2",
            "2: another type (select_one, now select_multiple): not comparable",
        ],
        "kode": ["integer", "Kode?", "1–2", "2: another type (text, now integer): not comparable"],
        "usul": ["text", "Usul?", "2", "2: new"],
        "ganda": ["calculate", None, "1–2", "2: calculated in another way"],
    }
    assert found["Choices"][1:] == [
        ["warna", "merah", "Merah", "1"],
        ["warna", "hijau", "Hijau", "1–2"],
        ["warna", "biru", "Biru", "2"],
    ]


async def test_an_older_answer_to_a_question_that_became_personal_is_masked(office: Office) -> None:
    first = await office.publish(FIRST)
    await office.respond(first, {"nama": "Rut Nenohai"}, response_id=9)
    await office.publish(SECOND, 2)
    rows = (await office.exported(Wish(survey="berubah")))["Answers"]
    assert named(rows, 1)["nama"] == "•••••"
    rows = (await office.exported(Wish(survey="berubah", identities=True)))["Answers"]
    assert named(rows, 1)["nama"] == "Rut Nenohai"


async def test_what_was_not_sent_or_only_tried_stays_out(office: Office) -> None:
    survey_id = await office.publish(REPEATS)
    for number, state in enumerate(("complete", "open", "stopped", "expired", "withdrawn"), start=1):
        await office.respond(survey_id, {"kepala": state}, response_id=number, state=state)
    await office.respond(survey_id, {"kepala": "coba"}, response_id=7, test=True)
    assert [row[-1] for row in (await office.exported(Wish(survey="keluarga")))["Answers"][1:]] == ["complete"]
    found = (await office.exported(Wish(survey="keluarga", unfinished=True)))["Answers"]
    assert [(named(found, row)["_state"], named(found, row)["kepala"]) for row in range(1, len(found))] == [
        (state, state) for state in ("complete", "open", "stopped", "expired")
    ]
    found = (await office.exported(Wish(survey="keluarga", test=True)))["Answers"]
    assert [(named(found, row)["_test"], named(found, row)["kepala"]) for row in range(1, len(found))] == [
        (0, "complete"),
        (1, "coba"),
    ]


async def test_since_a_day_of_the_office(office: Office) -> None:
    survey_id = await office.publish(REPEATS)
    evening = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)  # 23.59 there
    midnight = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    await office.respond(survey_id, {"kepala": "kemarin"}, response_id=1, done=evening)
    await office.respond(survey_id, {"kepala": "hari ini"}, response_id=2, done=midnight)
    await office.respond(survey_id, {"kepala": "anonim"}, response_id=3, anonymous=True)
    await office.respond(survey_id, {"kepala": "sedang"}, response_id=4, state="open", begun=midnight)
    await office.respond(survey_id, {"kepala": "lama"}, response_id=5, state="open", begun=evening)

    async def since(day: date, *, unfinished: bool = False) -> list[object]:
        wish = Wish(survey="keluarga", since=day, unfinished=unfinished)
        return [row[-1] for row in (await office.exported(wish))["Answers"][1:]]

    assert await since(date(2026, 11, 23)) == ["kemarin", "hari ini", "anonim"]
    assert await since(date(2026, 11, 24)) == ["hari ini", "anonim"]
    assert await since(date(2026, 11, 24), unfinished=True) == ["hari ini", "anonim", "sedang"]
    assert await since(date(2026, 11, 25)) == []


async def test_more_than_are_read_together(office: Office) -> None:
    survey_id = await office.publish(REPEATS)
    many = 2 * AT_ONCE + 1
    async with office.database.write() as transaction:
        rows = [
            {"id": n * 7, "survey_id": survey_id, "state": "complete", "language": "id"} for n in range(1, many + 1)
        ]
        await transaction.run(insert(response), rows)
        await transaction.run(
            insert(answer),
            [{"response_id": row["id"], "place": "kepala", "value": str(row["id"])} for row in rows[::2]],
        )
    rows_found = (await office.exported(Wish(survey="keluarga")))["Answers"][1:]
    assert [(row[0], row[-1]) for row in rows_found] == [
        (f"R{n * 7}", str(n * 7) if n % 2 else None) for n in range(1, many + 1)
    ]


async def test_an_export_shows_one_moment(office: Office) -> None:
    survey_id = await office.publish(REPEATS)
    await office.respond(survey_id, {"kepala": "Rut"}, response_id=1)
    async with office.database.read() as transaction:
        found = await export(transaction, office.vault, Wish(survey="keluarga"), zone=MAKASSAR)
        await office.respond(survey_id, {"kepala": "Ester"}, response_id=2)
        done = [piece.done async for piece in found.pieces()]
    assert (found.total, done) == (1, [1])
    assert len((await office.exported(Wish(survey="keluarga")))["Answers"]) == 1 + 2


async def test_an_unknown_survey_names_those_there_are(office: Office) -> None:
    with pytest.raises(ReportError, match=r"^No survey is published yet\."):
        await office.exported(Wish(survey="keluarga"))
    await office.publish(REPEATS)
    await office.publish(FIRST)
    with pytest.raises(ReportError) as told:
        await office.exported(Wish(survey="keluargo"))
    assert str(told.value) == "There is no survey “keluargo”. There are: berubah, keluarga."


async def test_an_unknown_language_names_those_there_are(office: Office) -> None:
    await office.publish(EVERYTHING)
    with pytest.raises(ReportError) as told:
        await office.exported(Wish(survey="semua", language="fr"))
    assert str(told.value) == "“semua” does not speak “fr”. It speaks: id, en."


async def test_the_officers_language_is_taken_where_the_survey_speaks_it(office: Office) -> None:
    await office.publish(EVERYTHING)
    for spoken, heading in (("en", "Age"), ("fr", "Umur"), ("", "Umur")):
        headings = (await office.exported(Wish(survey="semua", labels=True, spoken=spoken)))["Answers"][0]
        assert heading in headings


@pytest.mark.parametrize(
    ("value", "secret", "told"),
    [
        ("Yth. Maria Tefa", "maria tefa", True),
        ("Halo Maria", "maria tefa", True),
        ("19850101", "198501012010012001", True),
        ("Perempuan", "maria tefa", False),
        ("1", "198501012010012001", False),
        ("Bpk Li", "li", True),
        ("", "maria", False),
        ("apa saja", "", False),
    ],
)
def test_a_calculation_that_repeats_a_personal_answer_is_recognised(value: str, secret: str, told: bool) -> None:
    assert tells(value, [secret]) == told


async def test_what_a_response_is_about_has_a_column_where_any_is(office: Office) -> None:
    survey_id = await office.publish(EVERYTHING)
    await office.respond(survey_id, {"suka": "ya"}, response_id=1)
    assert "_occasion" not in (await office.exported(Wish(survey="semua")))["Answers"][0]
    await office.respond(survey_id, {"suka": "ya"}, response_id=2, occasion="pelayanan_prima-2026-12-01/30/4711")
    found = (await office.exported(Wish(survey="semua")))["Answers"]
    assert [named(found, row).get("_occasion") for row in (1, 2)] == [None, "pelayanan_prima-2026-12-01/30"]
    labelled = (await office.exported(Wish(survey="semua", labels=True)))["Answers"]
    assert "About" in labelled[0]


async def test_an_export_is_the_same_with_and_without_the_key_of_a_test(office: Office) -> None:
    bank = """
    | survey | type | name | label | form | key |
    | | select_one ab | a | A? | A | {key} |
    | | select_one ab | b | B? | B | {key} |

    | choices | list_name | name | label |
    | | ab | alfa | Alfa |
    | | ab | bravo | Bravo |

    | settings | form_id | chat_once | chat_occasion |
    | | {name} | yes | yes |
    """
    found: list[dict[str, Table]] = []
    for name, key in (("l2_satu", "alfa"), ("l2_dua", "bravo")):
        survey_id = await office.publish(bank.format(name=name, key=key))
        await office.respond(survey_id, {"a": "alfa"}, response_id=len(found) + 1, occasion="x/pre")
        tables = await office.exported(Wish(survey=name))
        found.append({title: [row[1:] for row in rows] for title, rows in tables.items()})
    assert found[0] == found[1]


async def test_a_language_in_which_nothing_is_called_anything_has_no_column(office: Office) -> None:
    survey_id = await office.publish("""
| survey |
| | type | name | label::Bahasa Indonesia (id) | hint::English (en) |
| | text | isi | Apa usul Bapak/Ibu? | A sentence. |
| settings |
| | form_title | form_id | default_language |
| | Usul | usul | Bahasa Indonesia (id) |
""")
    await office.respond(survey_id, {"isi": "Loket"}, response_id=1)
    found = await office.exported(Wish(survey="usul"))
    assert [heading for heading in found["Codebook"][0] if str(heading).startswith("Label")] == ["Label (id)"]
