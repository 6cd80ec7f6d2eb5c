"""A file that comes when the next question stands goes where it belongs; nothing that was said is lost to it."""

from __future__ import annotations

import pytest

from surveys.events import Full, Joined, Redacted
from surveys.messages import Edit, Media, Text
from surveys.session import Place
from tests.surveys.engine.talking import Talk

FORM = """
| survey |
| | type | name | label | required | parameters |
| | text | cerita | Ceritakan. | yes | chat_media=image chat_probe=10 max-files=2 |
| | select_one ab | nilai | Berapa? | yes | |
| | image | foto | Foto? | | |
| | text | akhir | Lain? | yes | |

| choices |
| | list_name | name | label |
| | ab | a | Alfa |
| | ab | b | Bravo |

| settings |
| | form_title | form_id | default_language |
| | Uji | uji | Bahasa Indonesia (id) |
"""
STORY, WORDS = Place("cerita"), "Loket tutup terlalu cepat"


def photo(name: str = "a", *, caption: str = "", album: str = "") -> Media:
    return Media(kind="image", reference=name, size=1000, mime="image/jpeg", caption=caption, album=album)


def told() -> Talk:
    talk = Talk(FORM).say(WORDS, message_id="10")
    assert talk.at == "nilai"
    return talk


def test_it_is_put_beside_the_words_and_the_question_stands() -> None:
    talk = told().say(photo())
    answer = talk.session.answers[STORY]
    assert (answer.other, len(answer.pages), answer.value) == (WORDS, 1, answer.pages[0])
    assert Joined(STORY) in talk.events
    assert talk.at == "nilai"
    assert talk.session.tries == 0
    assert [one.text for one in talk.spoken.messages] == [
        "Your file is kept with “Ceritakan.”.\n\n" + talk.spoken.messages[0].text.partition("\n\n")[2]
    ]
    assert "Berapa?" in talk.spoken.messages[0].text


def test_a_caption_stands_below_the_words_without_its_numbers() -> None:
    talk = told().say(photo(caption="lihat 5371010101800001"))
    assert talk.session.answers[STORY].other == f"{WORDS}\nlihat [NIK disamarkan]"
    assert any(isinstance(event, Redacted) for event in talk.events)


def test_further_ones_join_until_it_holds_as_many_as_it_may() -> None:
    talk = told().say(photo("a")).say(photo("b"))
    assert (len(talk.session.answers[STORY].pages), Joined(STORY) in talk.events) == (2, True)
    talk.say(photo("c"))
    assert len(talk.session.answers[STORY].pages) == 2
    assert (Full(2) in talk.events, Joined(STORY) in talk.events, talk.at) == (True, False, "nilai")


def test_an_album_is_told_once() -> None:
    talk = told().say(photo("a", album="x"))
    assert Joined(STORY) in talk.events
    talk.say(photo("b", album="x"))
    assert (talk.spoken.messages, len(talk.session.answers[STORY].pages)) == ((), 2)


def test_a_question_that_takes_it_itself_gets_it() -> None:
    talk = told().say("Alfa").say(photo())
    assert talk.at == "akhir"
    assert talk.session.answers[STORY].pages == ()
    assert len(talk.session.answers[Place("foto")].pages) == 1


def test_a_question_before_that_takes_none_refuses_it() -> None:
    talk = told().say("Alfa").say("lewati").say(photo())
    assert talk.kinds() == ["Rejected"]
    assert talk.session.answers[STORY].pages == ()


@pytest.mark.parametrize("back", [False, True], ids=["asked for more", "gone back"])
def test_a_photo_in_answer_to_what_was_told_in_words_keeps_the_words(*, back: bool) -> None:
    talk = told().say("kembali") if back else Talk(FORM).say("Loket")
    assert talk.at == "cerita"
    talk.say(photo())
    words = WORDS if back else "Loket"
    assert (talk.session.answers[STORY].other, len(talk.session.answers[STORY].pages)) == (words, 1)
    assert talk.at == "nilai"


def test_one_that_cannot_be_had_leaves_the_words() -> None:
    talk = told().say(photo(caption="ini"))
    talk.fetched(talk.session.answers[STORY].pages[0], kept=False)
    assert talk.kinds() == ["Answered", "Lost", "Asked"]
    assert (talk.session.answers[STORY].value, talk.session.answers[STORY].pages) == (WORDS, ())
    assert talk.at == "nilai"
    talk.say(photo("b"))
    assert (talk.session.answers[STORY].other, talk.at) == (WORDS, "nilai")


def test_a_photo_alone_that_cannot_be_had_is_asked_for_again() -> None:
    talk = Talk(FORM).say(photo(caption="ini"))
    talk.fetched(talk.session.answers[STORY].pages[0], kept=False)
    assert talk.at == "cerita"


def test_what_was_written_can_be_changed_afterwards() -> None:
    talk = told().say(photo(caption="ini")).say(Edit("10", Text("Loket tutup pukul dua belas")))
    answer = talk.session.answers[STORY]
    assert (answer.other, len(answer.pages)) == ("Loket tutup pukul dua belas\nini", 1)
