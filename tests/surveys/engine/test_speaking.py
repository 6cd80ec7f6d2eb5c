"""What a person reads: the sentences of the conversation in Indonesian, word for word."""

from __future__ import annotations

import pytest

from bot.wording import catalogue, parts, read
from surveys.messages import Edit, Location, Media, Other, Press, Text
from surveys.speaking import LONGEST_BUBBLE, shorten
from tests.surveys.engine.talking import Talk
from tests.surveys.engine.test_properties import NAMES, Person, playbooks

say = catalogue("id").gettext


def talk_of(form: str, **more: object) -> Talk:
    return Talk(form, gettext=say, **more)  # type: ignore[arg-type]


SIX = (
    """
| survey |
| | type | name | label | required | guidance_hint |
"""
    + "".join(f"| | text | t{number} | Pertanyaan {number}? | | |\n" for number in range(1, 6))
    + """
| | integer | umur | Umur Bapak/Ibu? | yes | Dalam tahun, dibulatkan ke bawah. |
"""
)


def test_progress_is_told_every_five_questions() -> None:
    talk = talk_of(SIX)
    headings = [talk.text.split("\n")[:2]]
    for _ in range(5):
        talk.say("Satu jawaban")
        headings.append(talk.text.split("\n")[:2])
    assert headings == [
        ["Pertanyaan 1 dari 6", "Pertanyaan 1?"],
        ["Pertanyaan 2 dari 6", "Pertanyaan 2?"],
        ["Pertanyaan 3 dari 6", "Pertanyaan 3?"],
        ["Pertanyaan 4 dari 6", "Pertanyaan 4?"],
        ["Pertanyaan 5 dari 6", "Pertanyaan 5?"],
        ["Sudah 5 dari 6.", "Pertanyaan 6 dari 6"],
    ]


def test_few_questions_are_not_counted_aloud() -> None:
    assert talk_of(CHOICE).text == "Sudah melapor?"


CHOICE = """
| survey |
| | type | name | label | required |
| | select_one yt | lapor | Sudah melapor? | yes |
| | text | nip | NIP Bapak/Ibu? | |

| choices |
| | list_name | name | label |
| | yt | sudah | Sudah |
| | yt | belum | Belum |
| | yt | proses | Sedang diproses |
""".replace("| | text | nip | NIP Bapak/Ibu? | |", "| | text | nip | NIP Bapak/Ibu? | | nip |").replace(
    "| required |", "| required | chat_kind |", 1
)


def test_a_wrong_answer_is_told_what_is_expected_and_the_third_gets_a_way_out() -> None:
    talk = talk_of(CHOICE)
    expected = "Maaf, pilihan itu belum ada. Mohon pilih: Sudah / Belum / Sedang diproses."
    assert talk.say("9").text == f"{expected}\n\nSudah melapor?"
    assert talk.say("99").text == f"{expected}\n\nSudah melapor?"
    way_out = "Ketik NANTI untuk melanjutkan di lain waktu, KEMBALI ke pertanyaan sebelumnya, atau BANTUAN."
    assert talk.say("999").text == f"{expected}\n{way_out}\n\nSudah melapor?"


def test_the_way_out_of_a_question_that_may_be_skipped_is_to_skip_it() -> None:
    talk = talk_of(CHOICE).say("1").say("12345").say("123")
    assert talk.text.startswith("Nomor yang kami terima berisi 3 angka, sedangkan NIP berisi 18 angka. Mohon periksa")
    assert talk.say("1234").text.split("\n")[1] == (
        "Ketik LEWATI untuk melewati pertanyaan ini, NANTI untuk melanjutkan di lain waktu, atau BANTUAN."
    )


def test_a_required_question_says_so_when_it_is_skipped() -> None:
    talk = talk_of(CHOICE).say("lewati")
    assert talk.text == (
        "Pertanyaan ini perlu dijawab. Ketik NANTI bila ingin melanjutkan di lain waktu.\n\nSudah melapor?"
    )
    assert talk_of(SIX).say("kembali").text.split("\n\n")[0] == "Ini pertanyaan pertama."


def test_a_number_that_tells_who_somebody_is_is_never_shown_in_full() -> None:
    talk = talk_of(CHOICE).say("1").say("198609262015051001")
    assert "2. NIP Bapak/Ibu? ••••••••••••••1001" in talk.text
    assert talk.say("ubah 2").text == "NIP Bapak/Ibu?\nJawaban sekarang: ••••••••••••••1001"
    form = CHOICE.replace("| required |", "| required | default |", 1).replace(
        "| NIP Bapak/Ibu? | | nip |", "| NIP Bapak/Ibu? | | 198609262015051001 | nip |"
    )
    assert talk_of(form).say("1").text == "NIP Bapak/Ibu?\nSudah terisi: ••••••••••••••1001"


def test_a_near_miss_is_asked_back() -> None:
    talk = talk_of(CHOICE).say("proses")
    assert talk.text == "Maksud Bapak/Ibu “Sedang diproses”?"
    assert talk.buttons == ["Ya", "Tidak"]


def test_help_begins_with_what_the_author_says_of_the_question() -> None:
    talk = talk_of(SIX)
    for _ in range(5):
        talk.say("Satu jawaban")
    assert talk.say("bantuan").text == (
        "Dalam tahun, dibulatkan ke bawah.\n"
        "Jawab dengan tombol, angka, atau kata-kata Bapak/Ibu sendiri.\n"
        "LEWATI untuk melewati pertanyaan, KEMBALI ke pertanyaan sebelumnya, NANTI untuk melanjutkan di hari lain, "
        "BERHENTI untuk menjeda, ULANG untuk mulai lagi.\n\n"
        "Sudah 5 dari 6.\nPertanyaan 6 dari 6\nUmur Bapak/Ibu?"
    )


def test_numbers_that_tell_who_somebody_is_are_masked_and_that_is_said() -> None:
    talk = talk_of(SIX).say("NIK saya 5371011290010003 dan HP 081234567890")
    assert talk.text.split("\n\n")[0] == (
        "Pesan Bapak/Ibu memuat nomor yang mirip NIK dan nomor HP. Demi keamanan, nomor itu sudah kami samarkan dan "
        "tidak disimpan. Selebihnya tetap kami terima."
    )
    assert talk.value("t1") == "NIK saya [NIK disamarkan] dan HP [No. HP disamarkan]"


def test_put_aside_for_another_day() -> None:
    talk = talk_of(SIX).say("Satu").say("Dua").say("nanti")
    assert talk.text == (
        "Jawaban sampai pertanyaan 2 sudah tersimpan. Bapak/Ibu dapat melanjutkan sampai Selasa, 8 Desember 2026.\n"
        "Mau lanjut sekarang?"
    )
    assert talk.buttons == ["Lanjutkan", "Ingatkan besok", "Berhenti"]
    assert talk_of(SIX).say("nanti").text == (
        "Bapak/Ibu dapat melanjutkan sampai Selasa, 8 Desember 2026.\nMau lanjut sekarang?"
    )


def test_stopping_inside_a_survey_pauses_it_and_offers_to_stop_all() -> None:
    talk = talk_of(SIX).say("Satu").say("berhenti")
    assert talk.text == (
        "Pengisian survei kami jeda. Jawaban sampai pertanyaan 1 sudah tersimpan. "
        "Bapak/Ibu dapat melanjutkan sampai Selasa, 8 Desember 2026."
    )
    assert talk.buttons == ["Lanjutkan", "Hentikan semua pesan"]


def test_taken_up_again() -> None:
    talk = talk_of(SIX).say("Satu").say("nanti").take_up()
    assert talk.text == "Kita lanjutkan dari tempat Bapak/Ibu berhenti.\n\nPertanyaan 2 dari 6\nPertanyaan 2?"


def test_begin_again_asks_first() -> None:
    talk = talk_of(SIX).say("Satu").say("ulang")
    assert (talk.text, talk.buttons) == (
        "Mulai lagi dari pertanyaan pertama? Jawaban sejauh ini akan dihapus.",
        ["Ya", "Tidak"],
    )


@pytest.mark.parametrize(
    "reply", [Other("sticker"), Other("poll"), Location(-10.2, 123.6), Media(kind="image", reference="r")]
)
def test_what_is_out_of_place_names_what_is_expected(reply: Other | Location | Media) -> None:
    talk = talk_of(SIX)
    for _ in range(5):
        talk.say("Satu jawaban")
    assert talk.say(reply).text == (
        "Mohon ketik angka bulat, misalnya 34.\n\nSudah 5 dari 6.\nPertanyaan 6 dari 6\nUmur Bapak/Ibu?"
    )


def test_the_review_lists_everything_and_what_it_takes() -> None:
    talk = talk_of(CHOICE).say("2").say("lewati")
    assert talk.text == (
        "Mohon periksa jawaban Bapak/Ibu:\n1. Sudah melapor? Belum\n2. NIP Bapak/Ibu? (dilewati)\n\nKirim sekarang?"
    )
    assert talk.buttons == ["Kirim", "Ubah"]
    assert talk.say("entah").text == (
        "Mohon tekan Kirim untuk menyerahkan jawaban, atau Ubah untuk memperbaiki salah satu."
    )
    assert talk.say("Ubah").text == "Jawaban nomor berapa yang ingin diubah?"
    assert talk.buttons == ["Kembali"]
    assert talk.spoken.messages[-1].placeholder == "1–2"
    assert talk.say("7").text == (
        "Mohon ketik nomor jawaban yang ingin diubah.\n\nJawaban nomor berapa yang ingin diubah?"
    )


def test_long_answers_are_shortened_in_the_review() -> None:
    talk = talk_of(SIX)
    for _ in range(5):
        talk.say("kata " * 40)
    talk.say("34")
    line = talk.text.split("\n")[1]
    assert line == "1. Pertanyaan 1? " + "kata " * 15 + "kata…"


def test_an_edited_message() -> None:
    talk = talk_of(CHOICE).say("2", message_id="11")
    assert talk.say(Edit("11", Text("Sudah"))).text == "Sudah diubah: Sudah melapor? → Sudah."
    assert talk.say(Edit("11", Text("apa ini"))).text == (
        "Pesan yang diubah belum dapat kami baca, jadi jawaban semula tetap berlaku: Sudah."
    )


def test_what_belongs_to_an_earlier_question() -> None:
    talk = talk_of(SIX).say("Satu").say(Press("1:t0"))
    assert talk.text == "Kiriman itu untuk pertanyaan sebelumnya, jadi tidak kami pakai."
    assert not talk.spoken.prompts


FILES = """
| survey |
| | type | name | label |
| | image | foto | Foto loket? |
"""


def test_files_that_are_waited_for_and_lost() -> None:
    talk = talk_of(FILES).say(Media(kind="image", reference="r", size=100))
    (media_id,) = talk.session.waiting
    assert "1. Foto loket? 📎 1 berkas" in talk.text
    assert (
        talk.say("Kirim").text == "Jawaban sudah lengkap. Berkasnya masih kami simpan; kami beri kabar begitu selesai."
    )
    assert talk.fetched(media_id, kept=False).text.split("\n\n")[0] == (
        "Berkas untuk “Foto loket?” belum berhasil kami ambil. Mohon kirim sekali lagi."
    )


REPEAT = """
| survey |
| | type | name | label |
| | begin_repeat | latih | Pelatihan | |
| | text | judul | Judul? |
| | end_repeat | | |
| | select_one u or_other | unit | Unit? |

| choices |
| | list_name | name | label |
| | u | camat | Kantor Camat |
"""


def test_another_one_and_another_choice() -> None:
    talk = talk_of(REPEAT).say("Bimtek")
    assert (talk.text, talk.buttons) == ("Pelatihan: sudah 1. Tambah satu lagi?", ["Ya", "Tidak"])
    talk.say("tidak")
    assert talk.buttons == ["Kantor Camat", "Lainnya", "Lewati", "Kembali"]
    assert talk.say("Lainnya").text == "Yang mana? Mohon ketik dengan beberapa kata."
    assert "3. Unit? Lainnya: Puskesmas Alak" in talk.say("Puskesmas Alak").text


def test_what_would_be_too_long_for_one_bubble_goes_before() -> None:
    note = "Kata pengantar yang panjang. " * 15
    talk = talk_of(f"""
| survey |
| | type | name | label |
| | note | pengantar | {note} |
| | text | usul | {"Pertanyaan panjang sekali " * 8}? |
""")
    first, second = talk.spoken.messages
    assert (first.text, first.rows, first.tag) == (note.strip(), (), "")
    assert second.text.startswith("Pertanyaan panjang sekali")
    assert second.tag != ""


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("pendek", 10, "pendek"),
        ("satu dua tiga empat", 14, "satu dua tiga…"),
        ("satusatusatusatu", 8, "satusat…"),
        ("a bbbbbbbbbbbbbbbbb", 10, "a bbbbbbb…"),
    ],
)
def test_shortening_cuts_at_a_word(text: str, longest: int, short: str) -> None:
    assert shorten(text, longest) == short


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_bubbles_and_buttons_are_short(name: str, language: str) -> None:
    """Reviews apart, which are as long as the survey."""
    person = Person(playbooks()[name], language)
    while not person.over():
        for message in person.said:
            assert len(message.text) <= LONGEST_BUBBLE
            assert [button.label for row in message.rows for button in row if len(button.label) > 20] == []
        person.move("fetch" if person.session.doing == "fetching" else "answer")


LONG = {"{office} gathers your answers"}
"""The whole notice is long on purpose; nothing else is."""
_LABELS = (
    "Change|Send|Keep it|None of these|Go on|Remind me tomorrow|Civil servant|Citizen|Organisation|Help|I agree|"
    "Read it all|I do not agree|Keep as aspiration|No need|Yes|No|Skip|Back|Stop all messages|Stop|Other"
)
BUTTONS = _LABELS.split("|")


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_sentence_of_the_conversation_is_long(language: str) -> None:
    part = next(path for path in parts("id") if path.name == "conversation.po")
    for message in read(part, "id"):
        if not message.id:
            continue
        words = str(message.string if language == "id" else message.id)
        longest = LONGEST_BUBBLE if any(str(message.id).startswith(start) for start in LONG) else 300
        assert len(words) <= longest, words
        assert "!" not in words


@pytest.mark.parametrize("label", BUTTONS)
def test_labels_of_buttons_are_short_in_both_languages(label: str) -> None:
    assert len(label) <= 20
    assert len(say(label)) <= 20
    assert say(label) != label or label == "Stop"


READ_ONLY = """
| survey |
| | type | name | label | default | read_only | relevant |
| | text | nama | Nama? | | | |
| | integer | kuota | Kuota JP tahun ini | 20000 | yes | |
| | select_one unit | unit | Unit Bapak/Ibu | loket | yes | |
| | text | sapaan | Surat ditujukan kepada | concat('Yth. ', ${nama}) | yes | |
| | text | dasar | Dasar hukum: UU 20/2023. | | yes | |
| | text | tidak | Tidak tampil | x | yes | ${nama} = 'Budi' |
| | text | usul | Usul? | | | |

| choices |
| | list_name | name | label |
| | unit | loket | Loket pelayanan |
"""


def test_what_is_only_displayed_is_told_with_its_value_and_kept() -> None:
    talk = talk_of(READ_ONLY).say("Maria")
    assert talk.text == (
        "Kuota JP tahun ini\n20.000\n\nUnit Bapak/Ibu\nLoket pelayanan\n\nSurat ditujukan kepada\nYth. Maria\n\n"
        "Dasar hukum: UU 20/2023.\n\nUsul?"
    )
    talk.say("Loket dua")
    assert talk.text.splitlines()[1:3] == ["1. Nama? Maria", "2. Usul? Loket dua"]
    assert {place.name: answer.value for place, answer in talk.session.answers.items()} == {
        "nama": "Maria",
        "kuota": "20000",
        "unit": "loket",
        "sapaan": "Yth. Maria",
        "usul": "Loket dua",
    }


def test_a_long_review_is_told_in_several_messages_and_the_last_asks() -> None:
    rows = "".join(f"| | text | q{number} | Pertanyaan yang ke-{number}? |\n" for number in range(1, 31))
    talk = Talk("| survey |\n| | type | name | label |\n" + rows, gettext=say)
    for _number in range(30):
        talk.say("Jawaban yang cukup panjang untuk satu baris")
    *before, last = talk.spoken.messages
    line = "{0}. Pertanyaan yang ke-{0}? Jawaban yang cukup panjang untuk satu baris"
    lines = [line.format(number) for number in range(1, 31)]
    assert "\n".join(message.text for message in (*before, last)).split("\n") == [
        "Mohon periksa jawaban Bapak/Ibu:", *lines, "", "Kirim sekarang?",
    ]  # fmt: skip
    assert max(len(message.text) for message in (*before, last)) <= 600
    assert [(message.rows, message.keyboard) for message in before] == [((), "keep")] * 3
    assert talk.buttons == ["Kirim", "Ubah"]


ENOUGH = "Bila sudah cukup, tekan Tetap."
STORY = """
| survey |
| | type | name | label | required | chat_parameters |
| | select_one ya | mulai | Mulai? | yes | |
| | text | cerita | Ceritakan. | yes | chat_media=image chat_probe=20 max-files=2 |
| | image | foto | Foto lain? | yes | |

| choices |
| | list_name | name | label |
| | ya | ya | Ya |
"""


def test_a_few_letters_are_asked_for_more_in_a_sentence() -> None:
    talk = talk_of(STORY).say("Ya").say("Bagus", message_id="7")
    assert (talk.text, talk.buttons) == (
        "Terima kasih. Boleh diceritakan sedikit lagi? Satu atau dua kalimat sangat membantu. " + ENOUGH,
        ["Tetap", "Kembali"],
    )
    talk.say("Petugas di loket dua ramah.", message_id="9")
    assert (talk.at, talk.value("cerita")) == ("foto", "Bagus\nPetugas di loket dua ramah.")
    talk.say(Edit(message_id="7", reply=Text("Bagus sekali")))
    assert talk.value("cerita") == "Bagus sekali\nPetugas di loket dua ramah."


def test_what_was_written_before_the_question_for_more_was_seen_is_more() -> None:
    talk = talk_of(STORY).say("Ya").say("Selamat pagi", message_id="7").say("Loket dua", message_id="8", unseen=True)
    assert (talk.at, talk.value("cerita")) == ("foto", "Selamat pagi\nLoket dua")


def test_a_number_written_in_two_halves_is_masked() -> None:
    talk = talk_of(STORY).say("Ya").say("HP 0812 3456", message_id="7").say("7890", message_id="8")
    assert (talk.at, talk.value("cerita")) == ("foto", "HP [No. HP disamarkan]")


def test_that_an_album_is_too_large_is_said_once() -> None:
    talk = talk_of(STORY).say("Ya")
    said = []
    for number in range(5):
        photo = Media(kind="image", reference=f"f{number}", mime="image/jpeg", size=9, album="a")
        said.append([line for line in talk.say(photo).text.split("\n") if "berkas" in line])
    assert said == [[], [], ["Paling banyak 2 berkas untuk pertanyaan ini; selebihnya tidak dipakai."], [], []]
    assert (talk.at, talk.value("foto")) == ("foto", "")
