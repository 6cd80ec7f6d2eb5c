"""Finding one's way: words that are always understood, in every state, and what comes late, twice or out of place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.wording import catalogue
from surveys import engine
from surveys.events import Answered, Corrected, Dropped, Full, Lost, Paused, Redacted, Rejected, Reviewed, Stale
from surveys.messages import Edit, Location, Media, Other, Press, Reply, Text
from surveys.session import Place
from tests.surveys.engine.talking import Talk

say = catalogue("id").gettext

FORM = """
| survey |
| | type | name | label | required | relevant | parameters | constraint | constraint_message |
| | text | nama | Nama? | yes | | | | |
| | select_one unit or_other | unit | Unit? | | | | | |
| | select_multiple alat | alat | Alat? | | | | count-selected(.) <= 2 | Paling banyak dua. |
| | begin_repeat | latih | Pelatihan | | | | | |
| | text | judul | Judul? | | | | | |
| | end_repeat | | | | | | | |
| | image | foto | Foto? | | | | | |
| | text | usul | Usul? | | | | | |

| choices |
| | list_name | name | label |
| | unit | kantor | Kantor Camat Alak |
| | unit | lurah | Kantor Lurah Naioni |
| | alat | hp | HP |
| | alat | laptop | Laptop |
| | alat | komputer | Komputer |
"""
PHOTO = Media(kind="image", reference="a", size=100, mime="image/jpeg")


def asking() -> Talk:
    return Talk(FORM).say("Ana")


def confirming() -> Talk:
    return asking().say("kantor lurah naionik")


def specifying() -> Talk:
    return asking().say("3")


def toggling() -> Talk:
    return asking().say("1").press("t0").press("t1")


def repeating() -> Talk:
    return asking().say("1").say("1,2").say("Bimtek")


def reviewing() -> Talk:
    return repeating().say("tidak").say("lewati").say("Tambah pelatihan")


def jumping() -> Talk:
    return reviewing().say("Change")


def restarting() -> Talk:
    return asking().say("1").say("ulang")


def fetching() -> Talk:
    return repeating().say("tidak").say(PHOTO).say("Usul saya").say("Send")


def paused() -> Talk:
    return toggling().say("nanti")


STATES: dict[str, Callable[[], Talk]] = {
    "asking": asking,
    "confirming": confirming,
    "specifying": specifying,
    "asking, half chosen": toggling,
    "repeating": repeating,
    "reviewing": reviewing,
    "jumping": jumping,
    "restarting": restarting,
    "fetching": fetching,
    "paused": paused,
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_reached(state: str) -> None:
    assert STATES[state]().session.doing == state.split(",", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("word", "state", "stands"),
    [
        ("bantuan", "asking", "unit"),
        ("bantuan", "confirming", "unit"),
        ("bantuan", "specifying", "unit"),
        ("bantuan", "asking, half chosen", "alat"),
        ("bantuan", "repeating", "@repeating"),
        ("bantuan", "reviewing", "@reviewing"),
        ("bantuan", "jumping", "@jumping"),
        ("bantuan", "restarting", "@restarting"),
        ("bantuan", "fetching", "@fetching"),
        ("bantuan", "paused", "@paused"),
        ("lewati", "asking", "alat"),
        ("lewati", "confirming", "alat"),
        ("lewati", "specifying", "alat"),
        ("lewati", "asking, half chosen", "latih[1]/judul"),
        ("lewati", "repeating", "foto"),
        ("lewati", "reviewing", "@reviewing"),
        ("lewati", "jumping", "@jumping"),
        ("lewati", "restarting", "@restarting"),
        ("lewati", "fetching", "@fetching"),
        ("kembali", "asking", "nama"),
        ("kembali", "confirming", "unit"),
        ("kembali", "specifying", "unit"),
        ("kembali", "asking, half chosen", "unit"),
        ("kembali", "repeating", "latih[1]/judul"),
        ("kembali", "reviewing", "usul"),
        ("kembali", "jumping", "@reviewing"),
        ("kembali", "restarting", "alat"),
        ("kembali", "fetching", "@reviewing"),
        *((word, state, "@paused") for word in ("nanti", "berhenti") for state in STATES),
        *(("ulang", state, "@restarting") for state in STATES),
        ("batal", "asking", "@paused"),
        ("batal", "confirming", "unit"),
        ("batal", "specifying", "unit"),
        ("batal", "asking, half chosen", "@paused"),
        ("batal", "repeating", "@paused"),
        ("batal", "reviewing", "@paused"),
        ("batal", "jumping", "@reviewing"),
        ("batal", "restarting", "alat"),
        ("batal", "fetching", "@paused"),
        ("batal", "paused", "@paused"),
    ],
)
def test_a_word_is_understood_and_no_answer_is_lost(word: str, state: str, stands: str) -> None:
    talk = STATES[state]()
    before = dict(talk.session.answers)
    talk.say(word)
    assert talk.at == stands
    assert talk.session.answers == before


WAYS = {
    "Helped": ["BANTUAN", "tolong", "help", "/help", "/bantuan", "kasi tau caranya"],
    "Skipped": ["LEWATI", "lewat jo", "skip", "/skip", "/lewati", "Lewati."],
    "Asked": ["KEMBALI", "balek", "back", "/back", "kembali dulu pak"],
    "Paused": ["NANTI", "nanti dolo", "later", "/later", "BERHENTI", "brenti", "stop", "/stop", "su cukup", "/cancel"],
    "Restarting": ["ULANG", "ulangi dari awal", "restart", "/restart", "start over"],
}


@pytest.mark.parametrize(("event", "word"), [(event, word) for event, words in WAYS.items() for word in words])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_word_is_understood_in_every_language(event: str, word: str, language: str) -> None:
    talk = Talk(FORM, language=language).say("Ana").say(word)
    assert talk.kinds()[0] == event


@pytest.mark.parametrize("state", [state for state in STATES if state != "paused"])
@pytest.mark.parametrize("word", ["nanti", "berhenti"])
def test_after_a_pause_the_same_stands_again(word: str, state: str) -> None:
    talk = STATES[state]()
    at = talk.at
    before = dict(talk.session.answers)
    talk.say(word)
    assert talk.events == (Paused("later" if word == "nanti" else "stop"),)
    talk.take_up()
    assert talk.at == ("alat" if state == "restarting" else at)
    assert talk.session.answers == before
    assert talk.kinds()[0] == "Resumed"


@pytest.mark.parametrize("state", STATES)
def test_begin_again_and_no_goes_back_to_what_stood(state: str) -> None:
    talk = STATES[state]()
    at = {"paused": "alat", "restarting": "alat"}.get(state, talk.at)
    before = dict(talk.session.answers)
    talk.say("ulang").say("bukan begitu maksud saya kakak")
    assert talk.events == (Rejected("Please answer Yes or No.", 1),)
    talk.say("tidak")
    assert talk.at == at
    assert talk.session.answers == before


@pytest.mark.parametrize("state", STATES)
def test_begin_again_and_yes_takes_everything_away(state: str) -> None:
    talk = STATES[state]().say("ulang").say("ya")
    assert talk.at == "nama"
    assert talk.session.answers == {}
    assert (talk.session.waiting, talk.session.selection, talk.session.skipped) == (frozenset(), (), frozenset())


OUT_OF_PLACE: list[Reply] = [
    Other("sticker"),
    Other("forward"),
    Other("poll"),
    Other("contact"),
    Location(-10.17, 123.58),
    Media(kind="video", reference="v", size=100, mime="video/mp4"),
]


@pytest.mark.parametrize("reply", OUT_OF_PLACE, ids=lambda reply: getattr(reply, "what", type(reply).__name__))
@pytest.mark.parametrize("state", [state for state in STATES if state not in {"fetching", "paused"}])
def test_what_is_out_of_place_changes_nothing_and_the_prompt_is_repeated(state: str, reply: Reply) -> None:
    talk = STATES[state]()
    before = talk.session
    prompt = talk.spoken.messages[-1]
    talk.say(reply)
    assert talk.kinds() == ["Rejected"]
    after = talk.session
    assert (after.doing, after.at, after.answers, after.selection, after.candidates, after.skipped) == (
        before.doing, before.at, before.answers, before.selection, before.candidates, before.skipped,
    )  # fmt: skip
    message = talk.spoken.messages[-1]
    assert message.rows == prompt.rows
    reason, _, repeated = message.text.partition("\n\n")
    assert reason == talk.events[0].reason  # type: ignore[union-attr]
    assert repeated == ("" if state == "reviewing" else prompt.text.split("\n\n")[-1])


def test_an_exact_label_wins_over_a_word_but_a_slash_over_a_label() -> None:
    form = """
| survey |
| | type | name | label |
| | select_one w | pilih | Pilih? |
| | text | usul | Usul? |

| choices |
| | list_name | name | label |
| | w | nanti | Nanti |
| | w | lewati | Lewati |
"""
    assert Talk(form).say("Nanti").value("pilih") == "nanti"
    assert Talk(form).say("/nanti").at == "@paused"


def test_a_button_that_turns_the_page_is_no_word_that_skips() -> None:
    choices = "".join(f"| | n | n{number} | Nomor {number} |\n" for number in range(1, 26))
    form = f"""
| survey |
| | type | name | label |
| | select_one n | pilih | Pilih? |
| | select_multiple n | banyak | Banyak? |
| | text | usul | Usul? |

| choices |
| | list_name | name | label |
{choices}"""
    for gettext, after, before in ((str, "Next ▶", "◀ Previous"), (say, "Berikutnya ▶", "◀ Sebelumnya")):
        talk = Talk(form, gettext=gettext).say(after)
        assert (talk.at, talk.session.page) == ("pilih", 1)
        assert after in talk.buttons
        assert talk.say(after).session.page == 2
        assert talk.say(before).session.page == 1
        assert talk.say("25").at == "banyak"
        pages = [Talk(form, gettext=gettext).say(word) for word in ("berikutnya", "Next", "selanjutnya.")]
        assert [(talk.at, talk.session.page) for talk in pages] == [("pilih", 1)] * 3
        assert pages[0].say("sebelumnya").session.page == 0
        assert pages[0].say("sebelumnya").kinds() == ["Rejected"]
        assert talk.press("p2").press("t24").press("p0").press("t0").press("done").value("banyak") == "n1 n25"
    assert Talk(form).say("lewati").at == "banyak"


def test_a_chosen_page_and_selection_are_there_again_after_help() -> None:
    talk = toggling().say("bantuan")
    assert talk.session.selection == ("hp", "laptop")
    assert "✓ HP" in talk.buttons


def test_back_from_another_one_does_not_leave_the_repeat() -> None:
    talk = reviewing().say("ubah 4")
    assert talk.at == "latih[1]/judul"
    talk.say("Lokakarya").say("kembali")
    assert talk.at == "usul"


# ---- twice, late, together ---------------------------------------------------------------------------


def test_a_double_tap_on_the_last_question_does_not_send() -> None:
    form = """
| survey |
| | type | name | label |
| | select_one yt | setuju | Setuju? |

| choices |
| | list_name | name | label |
| | yt | ya | Ya |
| | yt | tidak | Tidak |
"""
    talk = Talk(form).say("Ya")
    assert talk.at == "@reviewing"
    assert talk.spoken.messages[-1].tag != ""  # so that what was written before it can be told apart
    assert talk.say("Ya", unseen=True).at == "@reviewing"
    assert talk.events == (Stale(silent=True),)


def test_the_same_words_in_the_very_next_message_are_a_double_tap() -> None:
    talk = Talk(FORM).say("Ana", message_id="11").say("Ana", message_id="12")
    assert talk.events == (Stale(silent=True),)
    assert talk.say("1", message_id="14").say("1", message_id="16").value("alat") == "hp"


@pytest.mark.parametrize("word", ["lewati", "kembali", "bantuan", "ulang"])
def test_a_word_tapped_twice_is_obeyed_once(word: str) -> None:
    talk = asking().say("1").say(word)
    stands = talk.at
    talk.say(word, unseen=True)
    assert talk.at == stands
    assert talk.events == (Stale(silent=True),)


def test_keeping_twice_is_keeping_once() -> None:
    talk = asking().say("kembali").say("Keep it").say("Keep it", unseen=True)
    assert (talk.at, talk.events) == ("unit", (Stale(silent=True),))


def test_an_answer_written_at_once_after_a_refused_one_is_taken() -> None:
    talk = asking().say("12")
    assert talk.kinds() == ["Rejected"]
    assert talk.say("1", unseen=True).value("unit") == "kantor"


def test_a_yes_written_before_the_doubt_was_seen_confirms_nothing() -> None:
    talk = confirming().say("ya", unseen=True)
    assert talk.kinds() == ["Stale", "Doubted"]
    assert talk.value("unit") == ""


@pytest.mark.parametrize("reply", [Other("sticker"), Location(-10.17, 123.58), PHOTO])
def test_what_was_sent_before_the_question_was_seen_is_no_answer_to_it(reply: Reply) -> None:
    talk = repeating().say("tidak").say(reply, unseen=True)
    assert talk.at == "foto"
    assert talk.value("foto") == ""
    assert talk.kinds() == ["Stale", "Asked"]


def test_a_second_photo_sent_at_once_joins_the_first() -> None:
    talk = repeating().say("tidak").say(PHOTO).say(PHOTO, unseen=True)
    assert talk.at == "usul"
    assert len(talk.session.answers[Place("foto")].pages) == 2
    assert talk.spoken.messages == ()


def test_a_story_in_many_messages_is_one_answer() -> None:
    talk = Talk(FORM).say("bagian satu", message_id="11")
    talk.say("bagian dua", message_id="12", unseen=True).say("bagian tiga", message_id="13", unseen=True)
    assert talk.value("nama") == "bagian satu\nbagian dua\nbagian tiga"
    assert talk.at == "unit"
    talk.say(Edit("12", Text("bagian kedua")))
    assert talk.events[-1] == Corrected(Place("nama"))
    assert talk.value("nama") == "bagian satu\nbagian kedua\nbagian tiga"
    talk.say(Edit("11", Text("awal"))).say(Edit("13", Text("akhir")))
    assert talk.value("nama") == "awal\nbagian kedua\nakhir"


def test_a_number_split_over_two_messages_is_masked_and_its_parts_are_no_longer_edited() -> None:
    talk = Talk(FORM).say("NIK saya 53710112", message_id="11").say("90010003", message_id="12", unseen=True)
    assert talk.value("nama") == "NIK saya [NIK disamarkan]"
    assert talk.events[0] == Redacted(("nik",))
    talk.say(Edit("12", Text("lupa")))
    assert talk.events == (Corrected(Place("nama"), kept=True),)


# ---- albums and files --------------------------------------------------------------------------------


def album(reference: str, group: str = "x", **more: object) -> Media:
    return Media(kind="image", reference=reference, size=100, mime="image/jpeg", album=group, **more)  # type: ignore[arg-type]


def test_later_photos_of_an_album_join_wherever_one_is_by_then() -> None:
    talk = repeating().say("tidak").say(album("a")).say("Usul saya")
    assert talk.at == "@reviewing"
    talk.say(album("b"))
    assert talk.spoken.messages == ()
    assert len(talk.session.answers[Place("foto")].pages) == 2
    talk.say("nanti").say(album("c"))
    assert talk.at == "@paused"
    assert len(talk.session.answers[Place("foto")].pages) == 3


def test_an_album_out_of_place_is_refused_once() -> None:
    talk = asking().say(album("a"))
    assert talk.kinds() == ["Rejected"]
    talk.say(album("b")).say(album("c"))
    assert talk.events == (Stale(silent=True),)
    assert talk.session.tries == 1


def test_an_album_whose_first_photo_is_too_large_is_answered_by_the_next() -> None:
    large = Media(kind="image", reference="a", size=50_000_000, mime="image/jpeg", album="x")
    talk = repeating().say("tidak").say(large)
    assert talk.kinds() == ["Rejected"]
    talk.say(album("b"))
    assert talk.at == "usul"
    talk.say(large)
    assert talk.kinds() == ["Rejected"]
    assert len(talk.session.answers[Place("foto")].pages) == 1


def test_an_album_holds_ten_at_most() -> None:
    talk = repeating().say("tidak")
    events = [talk.say(album(f"f{number}")).events for number in range(12)]
    assert len(talk.session.answers[Place("foto")].pages) == 10
    assert events[10:] == [(Full(10),), (Stale(silent=True),)]


def test_a_lost_file_is_asked_for_at_once_and_then_one_goes_on() -> None:
    talk = repeating().say("tidak").say(PHOTO)
    (media_id,) = talk.session.answers[Place("foto")].pages
    talk.fetched(media_id, kept=False)
    assert talk.kinds() == ["Dropped", "Lost", "Asked"]
    assert talk.at == "foto"
    assert talk.say(PHOTO).at == "usul"


def test_a_file_lost_while_the_survey_rests_is_asked_for_when_it_is_taken_up() -> None:
    talk = repeating().say("tidak").say(PHOTO)
    (media_id,) = talk.session.answers[Place("foto")].pages
    talk.say("nanti").fetched(media_id, kept=False)
    assert talk.at == "@paused"
    assert Lost(Place("foto")) in talk.events
    assert talk.take_up().at == "foto"


def test_one_lost_photo_of_several_leaves_the_others() -> None:
    talk = repeating().say("tidak").say(album("a")).say(album("b")).say("usul").say("Send")
    first, second = talk.session.answers[Place("foto")].pages
    talk.fetched(first, kept=False)
    assert talk.at == "@fetching"
    assert talk.value("foto") == second
    talk.fetched(second, kept=True)
    assert talk.kinds() == ["Completed"]


@pytest.mark.parametrize("word", ["nanti", "berhenti"])
def test_what_was_sent_is_complete_with_its_last_file_even_if_put_aside_since(word: str) -> None:
    talk = fetching()
    (media_id,) = talk.session.waiting
    assert talk.say(word).at == "@paused"
    assert talk.fetched(media_id, kept=True).at == "@done"


def test_files_that_arrived_while_begin_again_stood_do_not_leave_one_waiting() -> None:
    talk = fetching()
    (media_id,) = talk.session.waiting
    talk.say("ulang").fetched(media_id, kept=True)
    assert talk.at == "@restarting"
    assert talk.say("tidak").at == "@done"


# ---- edits -------------------------------------------------------------------------------------------


def test_an_edit_leaves_what_is_half_chosen_and_its_buttons() -> None:
    talk = Talk(FORM).say("Ana", message_id="11").say("1", message_id="13").press("t0")
    turn = talk.session.turn
    talk.say(Edit("11", Text("Anna")))
    assert talk.value("nama") == "Anna"
    assert (talk.session.selection, talk.session.turn, talk.at) == (("hp",), turn, "alat")
    assert talk.press("t1").session.selection == ("hp", "laptop")


@pytest.mark.parametrize("state", [state for state in STATES if state not in {"reviewing", "jumping"}])
def test_an_edit_leaves_every_state_as_it_is(state: str) -> None:
    talk = Talk(FORM).say("Ana", message_id="11")
    paths: dict[str, list[str | Reply]] = {
        "asking": [],
        "confirming": ["kantor lurah naionik"],
        "specifying": ["3"],
        "asking, half chosen": ["1", "t0"],
        "repeating": ["1", "1,2", "Bimtek"],
        "restarting": ["1", "ulang"],
        "fetching": ["1", "1,2", "Bimtek", "tidak", PHOTO, "usul", "Send"],
        "paused": ["1", "t0", "nanti"],
    }
    for step in paths[state]:
        talk = talk.press("t0") if step == "t0" else talk.say(step)
    before = talk.session
    talk.say(Edit("11", Text("Anna")))
    after = talk.session
    assert talk.kinds() == ["Answered", "Corrected"]
    assert (after.doing, after.at, after.selection, after.candidates, after.turn) == (
        before.doing, before.at, before.selection, before.candidates, before.turn,
    )  # fmt: skip
    assert talk.value("nama") == "Anna"
    assert not talk.spoken.prompts


def test_an_edit_at_the_review_shows_the_review_anew() -> None:
    talk = Talk(FORM).say("Ana", message_id="11")
    for words in ("1", "1", "Bimtek", "tidak", "lewati", "usul"):
        talk.say(words)
    talk.say(Edit("11", Text("Anna")))
    assert talk.kinds() == ["Answered", "Corrected", "Reviewed"]
    assert "1. Nama? Anna" in talk.text


DEPENDS = """
| survey |
| | type | name | label | relevant |
| | integer | umur | Umur? | |
| | text | kantor | Kantor? | ${umur} > 17 |
| | text | hobi | Hobi? | |
| | text | usul | Usul? | |
"""


def test_an_edit_drops_what_became_irrelevant_and_asks_what_became_relevant() -> None:
    talk = Talk(DEPENDS).say("30", message_id="11").say("Lurah").say("baca")
    talk.say(Edit("11", Text("12")))
    assert Dropped(Place("kantor")) in talk.events
    assert (talk.at, talk.session.total) == ("usul", 3)  # the one that follows it up has its number
    talk.say(Edit("11", Text("40")))
    assert (talk.at, talk.session.total) == ("kantor", 3)
    assert talk.say("Camat").at == "usul"


def test_an_edit_that_takes_the_standing_question_away_asks_the_next() -> None:
    talk = Talk(DEPENDS).say("30", message_id="11")
    assert talk.at == "kantor"
    assert talk.say(Edit("11", Text("12"))).at == "hobi"


def test_an_edit_of_the_doubted_message_is_a_new_try() -> None:
    talk = asking().say("kantor lurah naionik", message_id="15")
    assert talk.session.doing == "confirming"
    assert talk.say(Edit("15", Text("1"))).value("unit") == "kantor"


def test_another_line_or_picture_is_fetched_anew() -> None:
    talk = repeating().say("tidak").say(album("a", caption="dulu"), message_id="21").say(album("b"), message_id="22")
    old, further = talk.session.answers[Place("foto")].pages
    talk.say(Edit("21", album("a", caption="sekarang, NIK 5371011290010003")))
    answer = talk.session.answers[Place("foto")]
    assert answer.other == "sekarang, NIK [NIK disamarkan]"
    assert answer.pages[1:] == (further,)
    assert talk.session.waiting == {answer.pages[0], further}
    assert old not in talk.session.waiting


PAIR = """
| survey |
| | type | name | label | chat_parameters |
| | select_one n | kini | Kini? | chat_pair=butuh |
| | select_one n | butuh | Butuh? | |
| | text | usul | Usul? | |

| choices |
| | list_name | name | label |
| | n | 1 | Satu |
| | n | 2 | Dua |
| | n | 3 | Tiga |
"""


def test_two_answers_in_one_message_are_corrected_together() -> None:
    talk = Talk(PAIR).say("1 3", message_id="11")
    assert talk.kinds() == ["Answered", "Answered", "Asked"]
    talk.say(Edit("11", Text("2 3")))
    assert (talk.value("kini"), talk.value("butuh")) == ("2", "3")
    assert [event for event in talk.events if isinstance(event, Answered)] == [
        Answered(Place("kini"), talk.session.answers[Place("kini")])
    ]
    talk.say(Edit("11", Text("3")))
    assert talk.events == (Corrected(Place("kini"), kept=True),)
    assert (talk.value("kini"), talk.value("butuh")) == ("2", "3")


@pytest.mark.parametrize(
    ("said", "stands"),
    [(("1 3",), "kini"), (("1", "3"), "butuh"), (("1",), "kini"), (("1 3", "kembali"), "@first")],
)
def test_back_returns_to_what_was_answered_last_and_a_pair_said_at_once_is_one(
    said: tuple[str, ...], stands: str
) -> None:
    talk = Talk(PAIR)
    for number, words in enumerate(said):
        talk.say(words, message_id=str(number))
    talk.say("kembali")
    if stands == "@first":
        assert (talk.at, talk.kinds()) == ("kini", ["Rejected"])
    else:
        assert talk.at == stands


def test_after_back_one_of_a_pair_is_changed_or_both() -> None:
    talk = Talk(PAIR).say("1 3").say("kembali").say("2")
    assert (talk.value("kini"), talk.value("butuh"), talk.at) == ("2", "3", "usul")
    talk.say("kembali")
    assert talk.at == "butuh"  # no longer said at once
    talk.say("kembali").say("3 1")
    assert (talk.value("kini"), talk.value("butuh"), talk.at) == ("3", "1", "usul")


def test_the_words_for_the_other_choice_are_masked_and_that_is_said() -> None:
    talk = asking().say("Other: hubungi 081234567890")
    assert talk.events[0] == Redacted(("phone",))
    assert talk.session.answers[Place("unit")].other == "hubungi [No. HP disamarkan]"
    talk = specifying().say("hubungi 081234567890")
    assert talk.events[0] == Redacted(("phone",))


# ---- the review --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("2", "unit"),
        ("ubah 4", "latih[1]/judul"),
        ("Usul?", "usul"),
        ("Change", "@jumping"),
        ("tidak", "@jumping"),
        ("Send", "@done"),
        ("ya", "@done"),
        ("99", "@reviewing"),
        ("entah", "@reviewing"),
    ],
)
def test_what_the_review_understands(typed: str, stands: str) -> None:
    assert reviewing().say(typed).at == stands


@pytest.mark.parametrize(
    ("typed", "stands"),
    [("3", "alat"), ("nama", "nama"), ("tidak", "@reviewing"), ("9", "@jumping"), ("Send", "@done")],
)
def test_which_answer_is_to_be_changed(typed: str, stands: str) -> None:
    assert jumping().say(typed).at == stands


def test_any_earlier_answer_is_changed_and_one_is_back_at_the_review() -> None:
    talk = reviewing()
    for number, new in ((1, "Budi"), (2, "2"), (4, "Lokakarya"), (7, "Lain")):
        talk.say(f"ubah {number}").say(new)
        assert isinstance(talk.events[-1], Reviewed)
    talk.say("ubah 3").press("t1").press("t2").press("done")
    assert isinstance(talk.events[-1], Reviewed)
    assert [talk.value(name) for name in ("nama", "unit", "alat", "usul")] == ["Budi", "lurah", "hp komputer", "Lain"]
    assert talk.value("judul", 1) == "Lokakarya"


def test_a_press_that_says_too_many_is_refused_and_the_selection_stays() -> None:
    talk = toggling().press("t2")
    assert talk.kinds() == ["Rejected"]
    assert talk.session.selection == ("hp", "laptop")
    assert talk.press("done").at == "latih[1]/judul"
    assert talk.say(Press("1:t0")).events == (Stale(),)


@pytest.mark.parametrize("words", ["bahasa inggris", "data", "status", "menu", "mulai", "Kirim", "lanjut", "profil"])
def test_words_for_the_other_choice_may_be_words_that_mean_something_elsewhere(words: str) -> None:
    talk = specifying()
    heard = engine.heard(talk.playbook, talk.session, words, say=str, now=talk.now, rng=talk.rng)
    assert (heard, talk.say(words).session.answers[Place("unit")].other) == (None, words)


@pytest.mark.parametrize(
    ("typed", "word"), [("/data", "data"), ("batal", "cancel"), ("nanti", "later"), ("stop", "stop")]
)
def test_the_ways_out_are_heard_where_words_are_asked(typed: str, word: str) -> None:
    talk = specifying()
    assert engine.heard(talk.playbook, talk.session, typed, say=str, now=talk.now, rng=talk.rng) == word


def test_words_that_cannot_be_seen_are_no_words_for_other() -> None:
    talk = specifying().say("\u200b")
    assert (talk.session.doing, talk.kinds()) == ("specifying", ["Rejected"])


@pytest.mark.parametrize("typed", ["/ ya", "/ya", "/ok"])
def test_an_unknown_command_does_not_send(typed: str) -> None:
    assert reviewing().say(typed).at == "@reviewing"


def test_the_third_time_a_needed_answer_is_skipped_each_way_out_is_named_once() -> None:
    talk = Talk(FORM, gettext=say).say("lewati").say("lewati").say("lewati")
    assert talk.text.partition("\n\n")[0] == (
        "Pertanyaan ini perlu dijawab.\nKetik NANTI untuk melanjutkan di lain waktu, KEMBALI ke pertanyaan sebelumnya, "
        "atau BANTUAN."
    )
