"""Conversations as they go: skip logic, going back, changing, repeats, review, pauses, edits."""

from __future__ import annotations

import pytest

from surveys.events import Corrected, Dropped, Ended, Rejected, Repeating, Reviewed, Stale
from surveys.messages import Edit, Media, Other, Press, Text
from surveys.session import Place
from tests.surveys.engine.talking import Talk

FORM = """
| survey |
| | type | name | label | relevant | required | constraint | constraint_message |
| | text | nama | Nama? | | yes | | |
| | integer | umur | Umur? | | | . < 120 | Umur di bawah 120. |
| | select_one yt | kerja | Bekerja? | ${umur} > 17 | | | |
| | text | kantor | Di mana? | ${kerja} = 'ya' | | | |
| | note | salam | Terima kasih, ${nama}. | | | | |
| | text | usul | Usul? | | | | |

| choices |
| | list_name | name | label |
| | yt | ya | Ya |
| | yt | tidak | Tidak |

| settings |
| | form_title | form_id |
| | Uji | uji |
"""


def test_straight_through_to_the_review_and_sent() -> None:
    talk = Talk(FORM)
    assert talk.at == "nama"
    assert talk.say("Ana").at == "umur"
    assert talk.say("34").at == "kerja"
    assert talk.say("ya").at == "kantor"
    assert talk.say("Kantor Lurah").at == "usul"
    assert talk.text.startswith("Terima kasih, Ana.\n\n")
    assert talk.say("Perbanyak bimtek").at == "@reviewing"
    assert talk.say("Send").at == "@done"
    assert talk.kinds() == ["Completed"]
    said = {place.name: answer.value for place, answer in talk.session.answers.items()}
    assert said == {"nama": "Ana", "umur": "34", "kerja": "ya", "kantor": "Kantor Lurah", "usul": "Perbanyak bimtek"}


def test_an_irrelevant_question_is_never_asked() -> None:
    assert Talk(FORM).say("Ana").say("12").at == "usul"


def test_a_required_question_cannot_be_skipped_and_three_failures_offer_a_way_out() -> None:
    talk = Talk(FORM).say("lewati")
    assert isinstance(talk.events[0], Rejected)
    assert talk.at == "nama"
    talk.say("Ana").say("tidak tahu").say("entah").say("abc")
    assert talk.events[0] == Rejected(talk.events[0].reason, 3)
    assert "SKIP" in talk.text
    assert talk.say("lewati").at == "usul"
    assert Place("umur") in talk.session.skipped


def test_a_constraint_says_its_own_message_and_the_question_stays() -> None:
    talk = Talk(FORM).say("Ana").say("130")
    assert talk.events == (Rejected("Umur di bawah 120.", 1),)
    assert talk.at == "umur"
    assert talk.text.startswith("Umur di bawah 120.\n\n")


def test_going_back_keeps_the_answer_until_another_is_given() -> None:
    talk = Talk(FORM).say("Ana").say("34").say("kembali")
    assert talk.at == "umur"
    assert "Keep it" in talk.buttons
    assert talk.say("Keep it").at == "kerja"
    assert talk.value("umur") == "34"


def test_a_changed_answer_drops_what_became_irrelevant() -> None:
    talk = Talk(FORM).say("Ana").say("34").say("ya").say("Lurah").say("x").say("Change").say("2")
    assert talk.at == "umur"
    talk.say("12")
    assert talk.at == "@reviewing"
    assert [event for event in talk.events if isinstance(event, Dropped)] == [
        Dropped(Place("kerja")),
        Dropped(Place("kantor")),
    ]
    assert talk.value("kerja") == ""


def test_a_changed_answer_that_makes_a_question_relevant_asks_it() -> None:
    talk = Talk(FORM).say("Ana").say("12").say("x").say("ubah 2").say("40")
    assert talk.at == "kerja"
    assert talk.say("tidak").at == "@reviewing"


def test_a_word_inside_a_sentence_is_no_command() -> None:
    talk = Talk(FORM).say("Ana").say("12").say("Lewati antrean karena kenal orang dalam")
    assert talk.value("usul") == "Lewati antrean karena kenal orang dalam"


def test_pausing_days_and_going_on() -> None:
    talk = Talk(FORM).say("Ana").say("nanti")
    assert talk.at == "@paused"
    assert talk.take_up().at == "umur"
    assert talk.kinds() == ["Resumed", "Asked"]
    talk.say("berhenti")
    assert "Stop all messages" in talk.buttons


def test_begin_again_asks_first() -> None:
    talk = Talk(FORM).say("Ana").say("ulang")
    assert talk.at == "@restarting"
    assert talk.say("tidak").at == "umur"
    assert talk.say("ulang").say("ya").at == "nama"
    assert talk.value("nama") == ""


def test_an_edited_message_corrects_its_answer_where_it_stands() -> None:
    talk = Talk(FORM).say("Ana", message_id="10").say("34", message_id="12")
    talk.say(Edit("12", Text("35")))
    assert talk.value("umur") == "35"
    assert talk.at == "kerja"
    assert talk.asked() == []
    talk.say(Edit("12", Text("tidak tahu")))
    assert talk.events == (Corrected(Place("umur"), kept=True),)
    assert talk.value("umur") == "35"
    talk = talk.say(Edit("99", Text("x")))
    assert talk.events == (Stale(silent=True),)


def test_an_edit_of_the_message_that_could_not_be_read_is_a_new_try() -> None:
    talk = Talk(FORM).say("Ana").say("34tahunan lebih", message_id="12")
    assert talk.at == "umur"
    assert talk.say(Edit("12", Text("34"))).at == "kerja"


def test_a_double_tap_is_passed_over_and_a_stray_message_is_not_an_answer() -> None:
    talk = Talk(FORM).say("Ana").say("34").say("34", unseen=True)
    assert talk.events == (Stale(silent=True),)
    assert talk.spoken.messages == ()
    talk.say("ya", unseen=True)
    assert talk.at == "kerja"
    assert talk.value("kerja") == ""


def test_the_rest_of_a_long_story_joins_it() -> None:
    talk = Talk(FORM).say("Ana").say("12").say("bagian satu").say("bagian dua", unseen=True)
    assert talk.value("usul") == "bagian satu\nbagian dua"


@pytest.mark.parametrize(
    "reply", [Other("sticker"), Other("contact"), Other("poll"), Media(kind="image", reference="f")]
)
def test_what_is_out_of_place_names_what_is_expected_and_asks_again(reply: Other | Media) -> None:
    before = Talk(FORM).say("Ana")
    talk = before.say(reply)
    assert talk.kinds() == ["Rejected"]
    assert talk.at == "umur"
    assert "Umur?" in talk.text


def test_an_old_button_is_stale() -> None:
    talk = Talk(FORM).say(Press("0:t1"))
    assert talk.events == (Stale(),)


REPEAT = """
| survey |
| | type | name | label | repeat_count |
| | begin_repeat | latih | Pelatihan | |
| | text | judul | Judul? | |
| | integer | jp | JP? | |
| | end_repeat | | | |
| | calculate | total | | |
| | note | jumlah | Total ${total} JP. | |
""".replace("| repeat_count |", "| calculation |").replace(
    "| | calculate | total | | |", "| | calculate | total | | sum(${jp}) |"
)


def test_a_repeat_asks_for_another() -> None:
    talk = Talk(REPEAT).say("Bimtek").say("10")
    assert talk.events[-1] == Repeating(Place("latih"), 1)
    assert talk.say("ya").at == "latih[2]/judul"
    talk.say("Lokakarya").say("16").say("tidak")
    assert talk.at == "@reviewing"
    assert talk.value("total") == "26"
    assert "Total 26 JP." in talk.text
    assert talk.say("ubah 4").at == "latih[2]/jp"
    talk.say("6")
    assert (talk.at, talk.value("total")) == ("@reviewing", "16")


CASCADE = """
| survey |
| | type | name | label | choice_filter |
| | select_one kota | kota | Kota? | |
| | select_one kel | kel | Kelurahan? | kota = ${kota} |

| choices |
| | list_name | name | label | kota |
| | kota | kupang | Kupang | |
| | kota | soe | Soe | |
| | kel | alak | Alak | kupang |
| | kel | nunhila | Nunhila | kupang |
| | kel | oekefan | Oekefan | soe |
"""


def test_a_cascade_asks_again_when_its_parent_changes() -> None:
    talk = Talk(CASCADE).say("kupang")
    assert talk.buttons[:2] == ["Alak", "Nunhila"]
    talk.say("alak").say("ubah 1").say("soe")
    assert talk.at == "kel"
    assert talk.say("oekefan").value("kel") == "oekefan"


CHOICE = """
| survey |
| | type | name | label | required |
| | select_one cara | cara | Bagaimana? | yes |
| | select_one yt | usia | 18 tahun? | yes |
| | text | cerita | Cerita? | |

| choices |
| | list_name | name | label |
| | cara | anonim | Anonim |
| | cara | kontak | Dengan kontak |
| | cara | batal | Batal |
| | yt | ya | Ya |
| | yt | belum | Belum |

| settings |
| | form_title | form_id | chat_anonymous | chat_anonymous_if | chat_ends_if |
| | Uji | uji | choice | ${cara} = 'anonim' or ${usia} = 'belum' | ${cara} = 'batal' |
"""


def test_nothing_is_kept_with_the_person_until_that_is_decided() -> None:
    talk = Talk(CHOICE)
    assert talk.session.anonymous
    assert talk.say("Dengan kontak").session.anonymous
    assert not talk.say("ya").session.anonymous
    assert talk.say("kembali").say("belum").session.anonymous
    assert Talk(CHOICE).say("anonim").say("ya").session.anonymous
    assert Talk(CHOICE).say("batal").events[-1] == Ended("stopped")


FILE = """
| survey |
| | type | name | label |
| | image | foto | Foto? |
| | text | usul | Usul? |
"""


def test_a_photo_album_is_one_answer_and_sending_waits_for_the_files() -> None:
    talk = Talk(FILE).say(Media(kind="image", reference="a", size=100, mime="image/jpeg", album="x"))
    assert talk.at == "usul"
    talk.say(Media(kind="image", reference="b", size=100, mime="image/jpeg", album="x"))
    assert talk.at == "usul"
    assert talk.spoken.messages == ()
    first, second = talk.session.answers[Place("foto")].pages
    talk.say("ok saja").say("Send")
    assert talk.at == "@fetching"
    talk.fetched(first, kept=True)
    assert talk.at == "@fetching"
    talk.fetched(second, kept=True)
    assert talk.kinds() == ["Completed"]


def test_a_file_that_cannot_be_had_is_asked_for_again() -> None:
    talk = Talk(FILE).say(Media(kind="image", reference="a", size=100, mime="image/jpeg"))
    (media_id,) = talk.session.answers[Place("foto")].pages
    talk.say("usul").say("Send").fetched(media_id, kept=False)
    assert talk.at == "foto"
    assert "could not fetch" in talk.text


def test_review_lists_and_jumps_by_number_and_label() -> None:
    talk = Talk(FORM).say("Ana").say("12").say("x")
    assert isinstance(talk.events[-1], Reviewed)
    assert "1. Nama? Ana" in talk.text
    assert talk.say("Change").at == "@jumping"
    assert talk.say("umur").at == "umur"
    assert talk.say("13").at == "@reviewing"


PRESET = """
| survey |
| | type | name | label | default |
| | select_one yt | setuju | Setuju? | pulldata('facts', 'setuju', '', '') |
| | integer | umur | Umur? | 30 |
| | select_multiple yt | kedua | Mana? | ya tidak |

| choices |
| | list_name | name | label |
| | yt | ya | Ya |
| | yt | tidak | Tidak |
"""


def test_what_is_known_is_filled_in_and_only_confirmed() -> None:
    talk = Talk(PRESET, facts={"setuju": "ya"})
    assert "Filled in for you: Ya" in talk.text
    talk.say("Keep it")
    assert (talk.value("setuju"), talk.at) == ("ya", "umur")
    assert talk.say("31").value("umur") == "31"
    assert talk.session.selection == ("ya", "tidak")
    assert "Keep it" not in Talk(PRESET, facts={"setuju": "entah"}).buttons


def test_the_total_counts_what_may_still_come_and_shrinks() -> None:
    talk = Talk(FORM)
    assert talk.session.total == 4
    assert talk.say("Ana").session.total == 4
    assert talk.say("12").session.total == 3
