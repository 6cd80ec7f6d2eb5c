"""The log: whatever way a secret or a person's number takes into a record, it does not come out."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import httpx
import pytest
import structlog
from PIL import Image
from telegram.error import InvalidToken

from bot import log
from bot.keeping import keep

TOKEN = "1234567890:AAExampleExampleExampleExampleExam"
URL = f"https://api.telegram.org/bot{TOKEN}/sendMessage"

Written = Callable[[], str]


@pytest.fixture(params=["console", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[Written]:
    stream = io.StringIO()
    root = logging.getLogger()
    before = root.level, sys.excepthook
    kind: Literal["console", "json"] = request.param
    log.configure("debug", kind, secrets=("hunter2-and-more", 'quo"ted-secret'), stream=stream)
    yield stream.getvalue
    root.handlers = [handler for handler in root.handlers if not isinstance(handler, log._Handler)]
    root.setLevel(before[0])
    sys.excepthook = before[1]
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def _refused() -> None:
    raise InvalidToken(f"The token `{TOKEN}` was rejected by the server.")


def _unreachable() -> None:
    raise httpx.ConnectError(f"cannot reach {URL}")


@pytest.mark.parametrize("fails", [_refused, _unreachable])
def test_a_token_inside_a_traceback_is_hidden(fails: Callable[[], None], written: Written) -> None:
    try:
        fails()
    except (InvalidToken, httpx.ConnectError):
        logging.getLogger("library").exception("could not send to %s", URL)
        structlog.get_logger("ours").exception("could not send", address=URL)
    assert written().count("Traceback (most recent call last)") == 2
    assert "AAExample" not in written()
    assert TOKEN.partition(":")[0] not in written()


def test_a_chained_error_is_hidden_too(written: Written) -> None:
    try:
        try:
            _refused()
        except InvalidToken as error:
            raise RuntimeError("start failed") from error
    except RuntimeError:
        logging.getLogger("library").exception("stopped")
    assert written().count("Traceback (most recent call last)") == 2
    assert "AAExample" not in written()


def test_an_error_that_nobody_caught_is_hidden(written: Written) -> None:
    try:
        _refused()
    except InvalidToken as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "stopped by an unexpected error" in written()
    assert "AAExample" not in written()


def test_a_record_that_cannot_be_written_leaves_its_place_alone(
    written: Written, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [handler for handler in logging.getLogger().handlers if isinstance(handler, log._Handler)]
    monkeypatch.setattr(logging.getLogger(), "handlers", ours)  # those of the test runner raise instead
    logging.getLogger("bot.delivery").info("count %d", TOKEN)
    said = capsys.readouterr().err
    assert said.startswith("a line of the log could not be written (TypeError): bot.delivery, ")
    assert (TOKEN in said, written()) == (False, "")


def test_given_secrets_are_hidden_wherever_they_stand(written: Written) -> None:
    structlog.get_logger("bot").info("hunter2-and-more", key={"deep": ['quo"ted-secret']})
    assert "hunter2" not in written()
    assert "ted-secret" not in written()


def test_what_libraries_say_is_left_out_below_a_warning(written: Written) -> None:
    for name in ("httpx", "httpcore.connection", "aiohttp.access", "telegram.Bot", "a_library_of_tomorrow", "botany"):
        logging.getLogger(name).debug("HTTP Request: POST %s", URL)
        logging.getLogger(name).info("HTTP Request: POST %s", URL)
    assert written() == ""
    logging.getLogger("a_library_of_tomorrow").warning("something is wrong")
    logging.getLogger("handlers.inbox").debug("taken")
    assert [words in written() for words in ("something is wrong", "taken")] == [True, True]


def test_what_stands_in_peoples_photos_is_not_logged(written: Written, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Budi Santoso"
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    keep(out.getvalue(), "image", tmp_path)
    logging.getLogger("bot.keeping").debug("kept")
    assert ("kept" in written(), "Budi" in written()) == (True, False)


def test_every_package_of_ours_is_heard() -> None:
    root = Path(__file__).parents[2]
    packages = {path.parent.name for path in root.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages == log._OURS


@pytest.mark.parametrize("written", ["json"], indirect=True)
def test_json_stays_json_when_a_number_is_hidden(written: Written) -> None:
    structlog.get_logger("bot").info("seen", nik=5371011203900001, few=3, held=[5371011203900001])
    line = json.loads(written())
    assert {key: line[key] for key in ("event", "level", "logger", "nik", "few", "held")} == {
        "event": "seen",
        "level": "info",
        "logger": "bot",
        "nik": "[hidden]",
        "few": 3,
        "held": ["[hidden]"],
    }


HIDDEN = [
    (f"POST {URL} 200", "POST https://api.telegram.org/bot[hidden]/sendMessage 200"),
    (f"/file/bot{TOKEN.replace(':', '%3A')}/a.jpg", "/file/bot[hidden]/a.jpg"),
    (f"token={TOKEN}", "token=[hidden]"),
    ("X-Telegram-Bot-Api-Secret-Token: abc-DEF_1", "X-Telegram-Bot-Api-Secret-Token: [hidden]"),
    ("{'secret_token': 'abc'}", "{'secret_token': '[hidden]'}"),
    ("postgresql://suara:pa55@db/suara", "postgresql://suara:[hidden]@db/suara"),
    ("NIK 5371011203900001.", "NIK [hidden]."),
    ("NIK 5371 0112 0390 0001", "NIK [hidden]"),
    ("nip=198704122010011003", "nip=[hidden]"),
    ("nip='19870412 201001 1 003'", "nip='[hidden]'"),
    ("hubungi 081234567890", "hubungi [hidden]"),
    ("hubungi 0812-3456-7890 ya", "hubungi [hidden] ya"),
    ("hubungi +62 812 3456 7890", "hubungi [hidden]"),
    ("hubungi 6281234567890", "hubungi [hidden]"),
    ("hubungi (0380) 8123456", "hubungi ([hidden]"),
]
KEPT = [
    "2026-11-24T04:17:53.123456Z",
    "2026-11-24 04:17:53",
    "127.0.0.1:8000",
    "update 912345678 of chat 712345678",
    "0192f3a4-1234-7000-8000-0123456789ab",
    "1.234.567,89",
    "ALK-26-0417-K",
    "took 0.123456789 s",
]


@pytest.mark.parametrize(("text", "expected"), HIDDEN)
def test_hidden(text: str, expected: str) -> None:
    assert log.Redaction()(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert log.Redaction()(text) == text


def test_a_word_too_short_for_a_secret_is_kept() -> None:
    assert log.Redaction(("", "abc"))("abcabc") == "abcabc"
