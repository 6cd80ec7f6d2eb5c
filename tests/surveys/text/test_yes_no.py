"""Yes and no, for our own questions and for those of a form."""

from __future__ import annotations

import pytest

from surveys.text.yes_no import leaning, yes_no

CERTAIN_YES = (
    "ya|Ya|YA!!!|yaaa|iya|iya pak|iyaa bu|y|yes|yup|iyo|io|ho|hoo|ho'oh|he eh|betul|benar|iya iya|yes pak|iya dong"
)
LEANS_TO_YES = (
    "ok|OK|oke|okee|oke siap|siap pak|baik|boleh|setuju|tentu saja|mau|ada|bisa|👍|👍👍|✅|ya sudah|ya mau|ok pak"
)
CERTAIN_NO = (
    "tidak|TIDAK|tdk|tdk pak|tida|tidaaak|tidk|gak|ga|nggak|enggak|nggak ah|ndak|sonde|son|sond|tra|no|nope|tidak pak"
)
LEANS_TO_NO = "bukan|belum|blm|t|n|ga mau|sonde mau|tidak ada|tidak usah|jangan|salah|cukup|tidak ya|👎|❌|not yet"
NEITHER = (
    "tidak tahu|sonde tau|ya tidak|ya, tidak|ya atau tidak|ya?|mungkin|kadang-kadang|belum tentu|ya ampun|"
    "tidak apa-apa|"
    "no problem|terserah|1|yayasan|tidakkah|noken|besok|saya tidak tahu||...|\x00|\ud800"
)


@pytest.mark.parametrize("typed", CERTAIN_YES.split("|"))
def test_certain_yes(typed: str) -> None:
    assert (leaning(typed), yes_no(typed)) == ((True, True), True)


@pytest.mark.parametrize("typed", LEANS_TO_YES.split("|"))
def test_leans_to_yes(typed: str) -> None:
    assert (leaning(typed), yes_no(typed)) == ((True, False), True)


@pytest.mark.parametrize("typed", CERTAIN_NO.split("|"))
def test_certain_no(typed: str) -> None:
    assert (leaning(typed), yes_no(typed)) == ((False, True), False)


@pytest.mark.parametrize("typed", LEANS_TO_NO.split("|"))
def test_leans_to_no(typed: str) -> None:
    assert (leaning(typed), yes_no(typed)) == ((False, False), False)


@pytest.mark.parametrize("typed", NEITHER.split("|"))
def test_neither(typed: str) -> None:
    assert (leaning(typed), yes_no(typed)) == (None, None)


@pytest.mark.parametrize("text", ["/ya", "/ ya", " /tidak", "／ya", "/ok"])
def test_with_a_stroke_before_it_a_word_is_neither(text: str) -> None:
    assert yes_no(text) is None
