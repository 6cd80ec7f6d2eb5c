"""A citizen's message: eight steps at most; anonymous if the person wishes or is under age; given up leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from surveys.messages import Media

Begin = Callable[..., Any]

MIDDLE = ["kelurahan", "layanan", "keterampilan"]
PATHS = {
    # how, of age: what is asked, whether nothing is kept with the person
    ("anonim", "ya"): (["persetujuan", "usia", *MIDDLE, "cerita", "penting"], True),
    ("anonim", "belum"): (["persetujuan", "usia", *MIDDLE, "cerita_tertulis", "penting"], True),
    ("kontak", "ya"): (["persetujuan", "usia", *MIDDLE, "cerita", "penting", "kabari"], False),
    ("rahasia", "ya"): (["persetujuan", "usia", *MIDDLE, "cerita", "penting", "kabari"], False),
    ("rahasia", "belum"): (["persetujuan", "usia", *MIDDLE, "cerita_tertulis", "penting"], True),
    ("kontak", "belum"): (["persetujuan", "usia", *MIDDLE, "cerita_tertulis", "penting"], True),
}
PHOTO = Media(kind="image", reference="file-1", mime="image/jpeg", size=200_000)
VOICE = Media(kind="audio", reference="file-2", mime="audio/ogg", size=90_000, seconds=60, voice=True)
LONG_VOICE = Media(kind="audio", reference="file-3", mime="audio/ogg", size=190_000, seconds=91, voice=True)


@pytest.mark.parametrize(("how", "of_age"), PATHS)
def test_each_way_asks_what_it_needs(how: str, of_age: str, begin: Begin) -> None:
    asked, anonymous = PATHS[how, of_age]
    interview = begin("aspirasi", {"persetujuan": how, "usia": of_age}).finish()
    assert interview.asked == asked
    assert interview.session.doing == "reviewing"
    assert interview.session.anonymous is anonymous


def test_nothing_is_kept_with_the_person_before_they_decided(begin: Begin) -> None:
    interview = begin("aspirasi", {"persetujuan": "kontak"})
    assert interview.session.anonymous is True
    interview.until("usia")
    assert interview.session.anonymous is True


def test_given_up_ends_at_once(begin: Begin) -> None:
    interview = begin("aspirasi", {"persetujuan": "batal"}).finish()
    assert interview.asked == ["persetujuan"]
    assert interview.session.doing == "stopped"


def test_who_is_under_age_is_told_why(begin: Begin) -> None:
    interview = begin("aspirasi", {"persetujuan": "kontak", "usia": "belum"}).until("kelurahan")
    assert interview.notes["di_bawah_umur"] == (
        "Karena belum berusia 18 tahun, aspirasi ini kami terima secara anonim dan cukup berupa tulisan."
    )
    assert "di_bawah_umur" not in begin("aspirasi").until("kelurahan").notes


@pytest.mark.parametrize("reply", [PHOTO, VOICE, "Petugas loket menjelaskan syarat dengan baik."])
def test_the_story_may_be_written_spoken_or_shown(reply: Media | str, begin: Begin) -> None:
    interview = begin("aspirasi").until("cerita")
    interview.say(reply)
    assert interview.rejections == []
    assert interview.session.at.name == "penting"


@pytest.mark.parametrize(("of_age", "story"), [("ya", "cerita"), ("belum", "cerita_tertulis")])
@pytest.mark.parametrize("more", ["Petugas di loket dua ramah.", "Keep it", "Ramah"])
def test_a_few_letters_are_asked_for_more_once_and_then_taken(of_age: str, story: str, more: str, begin: Begin) -> None:
    interview = begin("aspirasi", {"usia": of_age}).until(story)
    interview.say("ya")
    assert (interview.session.at.name, interview.values()[story]) == (story, "ya")
    interview.say(more)
    assert (interview.session.at.name, interview.rejections) == ("penting", [])
    assert interview.values()[story] == ("ya" if more == "Keep it" else f"ya\n{more}")


def test_of_an_album_three_photos_are_kept(begin: Begin) -> None:
    interview = begin("aspirasi").until("cerita")
    for number in range(12):
        interview.say(replace(PHOTO, reference=f"file-{number}", album="a"))
    [answer] = [answer for place, answer in interview.session.answers.items() if place.name == "cerita"]
    assert (len(answer.pages), interview.session.at.name) == (3, "penting")


@pytest.mark.parametrize("reply", ["a" * 1001, LONG_VOICE])
def test_a_story_too_long_is_sent_back(reply: Media | str, begin: Begin) -> None:
    interview = begin("aspirasi").until("cerita")
    interview.say(reply)
    assert len(interview.rejections) == 1
    assert interview.session.at.name == "cerita"


@pytest.mark.parametrize("reply", [PHOTO, VOICE])
def test_who_is_under_age_sends_no_pictures_and_no_voice(reply: Media, begin: Begin) -> None:
    interview = begin("aspirasi", {"usia": "belum"}).until("cerita_tertulis")
    interview.say(reply)
    assert len(interview.rejections) == 1
    assert interview.session.at.name == "cerita_tertulis"


def test_the_places_are_those_of_alak_and_two_more(begin: Begin) -> None:
    interview = begin("aspirasi").until("kelurahan")
    assert [choice.label["id"] for choice in interview.choices()] == [
        "Namosain",
        "Nunbaun Sabu",
        "Nunbaun Delha",
        "Nunhila",
        "Fatufeto",
        "Manutapen",
        "Mantasi",
        "Kelurahan Alak",
        "Batuplat",
        "Manulai II",
        "Naioni",
        "Penkase Oeleta",
        "Luar Alak",
        "Tidak ingin menyebut",
    ]


@pytest.mark.parametrize(
    ("said", "place"), [("NBD", "nbd"), ("manulai 2", "manulai_ii"), ("alak", "alak"), ("Oeleta", "penkase")]
)
def test_a_place_is_known_by_its_other_names(said: str, place: str, begin: Begin) -> None:
    interview = begin("aspirasi").until("kelurahan")
    interview.say(said)
    assert interview.values()["kelurahan"] == place


def test_no_more_than_three_skills(begin: Begin) -> None:
    interview = begin("aspirasi").until("keterampilan")
    interview.say("1,2,3,4")
    assert interview.rejections == ["Mohon pilih paling banyak tiga."]
    interview.say("1,2,3")
    assert interview.session.at.name == "cerita"
