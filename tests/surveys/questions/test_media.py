"""image, audio, video, file."""

from __future__ import annotations

import pytest

from surveys.messages import Media, MediaKind
from surveys.questions import Prompt, Sent, Unreadable
from tests.surveys.questions.asked import dump, parse, prompt, question

MEGABYTE = 1024 * 1024


def sent(kind: MediaKind, mime: str = "", size: int = 1000, seconds: int = 0) -> Media:
    return Media(kind=kind, reference="r", mime=mime, size=size, seconds=seconds)


@pytest.mark.parametrize(
    ("kind", "media"),
    [
        ("image", sent("image")),
        ("image", sent("file", "image/png")),
        ("audio", sent("audio", "audio/ogg", seconds=90)),
        ("audio", sent("file", "audio/mpeg")),
        ("video", sent("video", "video/mp4", seconds=30)),
        ("file", sent("file", "application/pdf")),
        ("file", sent("image")),
        ("image", sent("image", size=10 * MEGABYTE)),
        ("image", sent("image", size=0)),
    ],
)
def test_taken(kind: str, media: Media) -> None:
    assert parse(question(kind), media) == Sent(media)


@pytest.mark.parametrize(
    ("kind", "media", "expected"),
    [
        ("image", sent("audio"), "Please send a photo."),
        ("image", sent("file", "application/pdf"), "Please send a photo."),
        ("audio", sent("image"), "Please send a voice message or an audio file."),
        ("video", sent("image"), "Please send a video."),
        ("image", sent("image", size=10 * MEGABYTE + 1), "That file is too large. Please send one of up to 10 MB."),
        ("audio", sent("audio", seconds=91), "That recording is too long. Please send one of up to 90 seconds."),
        ("file", sent("video", seconds=600), "That recording is too long. Please send one of up to 90 seconds."),
    ],
)
def test_refused(kind: str, media: Media, expected: str) -> None:
    assert parse(question(kind), media) == Unreadable(expected)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image", "Please send a photo."),
        ("audio", "Please send a voice message or an audio file."),
        ("video", "Please send a video."),
        ("file", "Please send a document or another file."),
    ],
)
def test_words_are_no_file(kind: str, expected: str) -> None:
    assert parse(question(kind), "nanti saya kirim lewat kantor") == Unreadable(expected)


def test_the_form_sets_the_limits() -> None:
    asked = question("audio", parameters={"max-size": "0.5", "max-seconds": "30"})
    assert parse(asked, sent("audio", size=MEGABYTE // 2, seconds=30)) == Sent(
        sent("audio", size=MEGABYTE // 2, seconds=30)
    )
    assert parse(asked, sent("audio", size=MEGABYTE)) == Unreadable(
        "That file is too large. Please send one of up to 0,5 MB."
    )
    assert parse(asked, sent("audio", seconds=31)) == Unreadable(
        "That recording is too long. Please send one of up to 30 seconds."
    )
    assert prompt(asked) == Prompt(body="Send a voice message here (up to 30 seconds).")


def test_prompts() -> None:
    assert [prompt(question(kind)).body for kind in ("image", "audio", "video", "file")] == [
        "Send a photo here (up to 10 MB).",
        "Send a voice message here (up to 90 seconds).",
        "Send a video here (up to 90 seconds and 10 MB).",
        "Send a document here (up to 10 MB).",
    ]


def test_shown_is_the_kind_of_file() -> None:
    assert [dump(question(kind), "0f3a") for kind in ("image", "audio", "video", "file")] == [
        "photo", "voice message", "video", "document",
    ]  # fmt: skip
    assert dump(question("image"), "") == ""
