from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.base import Channel, Hooked, Receipt, SendError
from bot.channels.fitting import fit
from bot.channels.telegram import CAPABILITIES, SECRET_HEADER, Face, TelegramChannel, check_secret, decoded, face
from bot.wording import catalogue
from surveys.messages import Button, Media, Outgoing, Press, rows_of
from surveys.text.commands import command_word
from tests.bot.channels.conftest import SECRET
from tests.fake_telegram import Clock, FakeTelegram
from tests.fake_telegram.faults import Kind
from tests.fake_telegram.files import picture

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
LONGEST = {"description": 512, "short_description": 120}
TOGGLES = ((Button("A", "1:a"), Button("B", "1:b")),)


def test_it_is_a_channel(channel: TelegramChannel) -> None:
    assert isinstance(channel, Channel)
    assert isinstance(channel, Hooked)
    assert (channel.name, channel.username, repr(channel)) == (
        "telegram",
        "SuaraAlakBot",
        "TelegramChannel(@SuaraAlakBot)",
    )


# ---- speaking -------------------------------------------------------------------------------------------


async def test_message_arrives_and_its_receipt_names_it(channel: TelegramChannel, fake: FakeTelegram) -> None:
    outgoing = Outgoing(text="Setuju, <b>ya</b> & titik?", rows=rows_of(("Ya", "Tidak"), 2), placeholder="Ya")
    receipt = await channel.send("5001", outgoing)
    maria = fake.person(5001)
    message = await maria.next()
    assert (message.text, message.message_id) == ("Setuju, <b>ya</b> & titik?", int(receipt.message_id))
    assert (maria.keyboard, maria.placeholder) == ((("Ya", "Tidak"),), "Ya")


async def test_long_message_arrives_in_parts(channel: TelegramChannel, fake: FakeTelegram) -> None:
    text = "\n\n".join(f"Butir {number}: " + "kata & <kata> " * 40 for number in range(20))
    rows = tuple((Button("Kelurahan " + "x" * 300 + str(number), f"1:{number}"),) for number in range(120))
    parts = fit(Outgoing(text=text, rows=rows), CAPABILITIES)
    for part in parts:
        await channel.send("5001", part)
    shown = fake.person(5001).received
    assert "".join("".join(message.text for message in shown).replace("…", "").split()) == "".join(text.split())
    assert sum(len(message.buttons) for message in shown) == 120
    assert len({label for message in shown for label in message.buttons}) == 120


async def test_change_replaces_the_message_and_taking_buttons_away_keeps_it(
    channel: TelegramChannel, fake: FakeTelegram
) -> None:
    maria = fake.person(5001)
    sent = await channel.send("5001", Outgoing(text="Pilih", rows=TOGGLES))
    changed = Outgoing(text="Pilih", rows=((Button("✅ A", "1:a"), TOGGLES[0][1]),), edits=sent.message_id)
    assert await channel.send("5001", changed) == sent
    assert [(message.text, message.buttons) for message in maria.received] == [("Pilih", ("✅ A", "B"))]
    assert await channel.send("5001", changed) == sent  # not modified
    assert await channel.send("5001", Outgoing(text="", edits=sent.message_id)) == sent
    assert [(message.text, message.buttons) for message in maria.received] == [("Pilih", ())]


async def test_change_of_a_message_that_is_gone_is_said_anew(channel: TelegramChannel, fake: FakeTelegram) -> None:
    again = await channel.send("5001", Outgoing(text="Pilih", rows=TOGGLES, edits="999"))
    assert [(message.message_id, message.text) for message in fake.person(5001).received] == [
        (int(again.message_id), "Pilih")
    ]
    assert await channel.send("5001", Outgoing(text="", edits="999")) == Receipt("999")


async def test_press_is_acknowledged_beside_the_change(channel: TelegramChannel, fake: FakeTelegram) -> None:
    maria = fake.person(5001)
    sent = await channel.send("5001", Outgoing(text="Pilih", rows=TOGGLES))
    maria.press_inline("A")
    (update,) = await channel.updates(0, limit=100, seconds=0)
    incoming = channel.parse(update, NOW)
    assert incoming is not None
    assert isinstance(incoming.reply, Press)
    assert incoming.reply == Press("1:a", sent.message_id, incoming.reply.callback_id)
    await channel.send(
        "5001",
        Outgoing(
            text="Pilih", rows=((Button("✅ A", "1:a"),),), edits=sent.message_id,
            acknowledges=incoming.reply.callback_id,
        ),
    )  # fmt: skip
    await fake.until(lambda: maria.waiting_presses == 0)
    assert [message.buttons for message in maria.received] == [("✅ A",)]


async def test_acknowledgement_that_comes_too_late_is_no_failure(channel: TelegramChannel) -> None:
    assert await channel.send("5001", Outgoing(text="", acknowledges="404")) == Receipt("")
    assert await channel.send("5001", Outgoing(text="")) == Receipt("")


async def test_failed_acknowledgement_does_not_stop_the_message(channel: TelegramChannel, fake: FakeTelegram) -> None:
    fake.faults.add("reset_before", method="answerCallbackQuery")
    receipt = await channel.send("5001", Outgoing(text="Halo", acknowledges="7"))
    assert receipt == Receipt("1")
    fake.faults.add("error", method="answerCallbackQuery")
    with pytest.raises(SendError):
        await channel.send("5001", Outgoing(text="", acknowledges="7"))


Flags = tuple[bool, bool, bool, float | None, bool]


@pytest.mark.parametrize(
    ("kind", "flags"),
    [
        # permanent, address_gone, stopped, retry_after, ambiguous
        ("flood", (False, False, False, 3.0, False)),
        ("error", (False, False, False, None, False)),
        ("bad_gateway", (False, False, False, None, False)),
        ("blocked", (True, True, True, None, False)),
        ("deactivated", (True, True, False, None, False)),
        ("not_found", (True, True, False, None, False)),
        ("reset_before", (False, False, False, None, True)),
        ("reset_after", (False, False, False, None, True)),
        ("hang", (False, False, False, None, True)),
    ],
)
async def test_what_a_failure_means_for_the_message(
    channel: TelegramChannel, fake: FakeTelegram, kind: Kind, flags: Flags
) -> None:
    fake.faults.add(kind, seconds=3)
    with pytest.raises(SendError) as failed:
        await channel.send("5001", Outgoing(text="Halo"))
    error = failed.value
    assert (error.permanent, error.address_gone, error.stopped, error.retry_after, error.ambiguous) == flags
    assert (error.__cause__, error.__context__) == (None, None)
    assert await channel.send("5001", Outgoing(text="Halo")) != Receipt("")


@pytest.mark.parametrize(
    ("external_id", "outgoing", "address_gone"),
    [
        ("404", Outgoing(text="Halo"), True),
        ("bukan nomor", Outgoing(text="Halo"), True),
        ("5001", Outgoing(text="x" * 5000), False),
        ("5001", Outgoing(text="x", rows=((Button("A", "d" * 65),),)), False),
    ],
)
async def test_what_never_helps_again_is_permanent(
    channel: TelegramChannel, external_id: str, outgoing: Outgoing, address_gone: bool
) -> None:
    with pytest.raises(SendError) as failed:
        await channel.send(external_id, outgoing)
    assert (failed.value.permanent, failed.value.address_gone) == (True, address_gone)


async def test_nobody_there_is_a_passing_fault(fake: FakeTelegram) -> None:
    channel = TelegramChannel(fake.token, base_url="http://127.0.0.1:9/bot", patience=1)
    with pytest.raises(SendError, match=r"^Telegram cannot be reached\.$") as failed:
        await channel.open()
    assert (failed.value.permanent, failed.value.ambiguous) == (False, False)
    with pytest.raises(SendError, match=r"^Telegram cannot be reached\.$"):
        await channel.send("5001", Outgoing(text="x"))
    await channel.close()


# ---- pictures of a survey -------------------------------------------------------------------------------


async def test_picture_is_uploaded_once(channel: TelegramChannel, fake: FakeTelegram, tmp_path: Path) -> None:
    (tmp_path / "peta.jpg").write_bytes(picture())
    outgoing = Outgoing(text="Di mana?", rows=rows_of(("Sini",)), media=(("image", "peta.jpg"),))
    await channel.send("5001", outgoing)
    await channel.send("5001", outgoing)
    shown = fake.person(5001).received
    assert [(message.kind, message.text, message.buttons) for message in shown] == [
        ("photo", "Di mana?", ("Sini",))
    ] * 2
    sent = [call for call in fake.recorded if call.method == "sendphoto"]
    assert [("photo" in call.payload) for call in sent] == [False, True]
    assert shown[0].extra == shown[1].extra


@pytest.mark.parametrize("name", ["tidak-ada.jpg", "../rahasia.txt", "/etc/hostname", "kosong.jpg"])
async def test_question_is_asked_without_a_picture_that_is_missing(
    channel: TelegramChannel, fake: FakeTelegram, tmp_path: Path, name: str
) -> None:
    (tmp_path.parent / "rahasia.txt").write_text("rahasia")
    (tmp_path / "kosong.jpg").write_bytes(b"")
    outgoing = Outgoing(text="Di mana?", rows=rows_of(("Sini",)), media=(("image", name),))
    assert await channel.send("5001", outgoing) == Receipt("1")
    assert [(message.kind, message.text) for message in fake.person(5001).received] == [("text", "Di mana?")]
    assert await channel.send("5001", Outgoing(text="", media=(("image", name),))) == Receipt("")


async def test_picture_telegram_no_longer_knows_is_uploaded_again(
    channel: TelegramChannel, fake: FakeTelegram, tmp_path: Path
) -> None:
    (tmp_path / "peta.jpg").write_bytes(picture())
    outgoing = Outgoing(text="Di mana?", media=(("image", "peta.jpg"),))
    await channel.send("5001", outgoing)
    fake.files._described.clear()
    await channel.send("5001", outgoing)
    assert [message.kind for message in fake.person(5001).received] == ["photo", "photo"]


async def test_picture_to_somebody_who_blocked_is_permanent(
    channel: TelegramChannel, fake: FakeTelegram, tmp_path: Path
) -> None:
    (tmp_path / "peta.jpg").write_bytes(picture())
    fake.person(5001).block()
    with pytest.raises(SendError) as failed:
        await channel.send("5001", Outgoing(text="Di mana?", media=(("image", "peta.jpg"),)))
    assert failed.value.stopped


# ---- files people sent ----------------------------------------------------------------------------------


async def fetched(channel: TelegramChannel, media: Media) -> bytes:
    return b"".join([piece async for piece in channel.fetch(media)])


async def test_file_somebody_sent_is_fetched(channel: TelegramChannel, fake: FakeTelegram) -> None:
    data = bytes(range(256)) * 1000
    fake.person(5001).send_document(data, name="isi.bin", mime="application/octet-stream")
    (update,) = await channel.updates(0, limit=1, seconds=0)
    incoming = channel.parse(update, NOW)
    assert incoming is not None
    assert isinstance(incoming.reply, Media)
    assert await fetched(channel, incoming.reply) == data


@pytest.mark.parametrize(
    ("media", "words"),
    [
        (Media(kind="file", reference="x", size=20_000_001), "The file is larger than Telegram gives out."),
        (Media(kind="file", reference="x"), "Telegram refused the message: Bad Request: invalid file_id"),
    ],
)
async def test_file_that_cannot_be_fetched_is_given_up(channel: TelegramChannel, media: Media, words: str) -> None:
    with pytest.raises(SendError) as failed:
        await fetched(channel, media)
    assert (str(failed.value), failed.value.permanent) == (words, True)


@pytest.mark.parametrize("kind", ["error", "reset_before"])
async def test_fetching_that_breaks_off_is_tried_again_later(
    channel: TelegramChannel, fake: FakeTelegram, kind: Kind
) -> None:
    fake.person(5001).send_photo()
    (update,) = await channel.updates(0, limit=1, seconds=0)
    incoming = channel.parse(update, NOW)
    assert incoming is not None
    assert isinstance(incoming.reply, Media)
    fake.faults.add(kind, method="download", times=2)  # a broken connection is tried once more at once
    with pytest.raises(SendError) as failed:
        await fetched(channel, incoming.reply)
    assert not failed.value.permanent
    fake.faults.clear()
    assert await fetched(channel, incoming.reply) == picture()


# ---- webhook --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "secret", "trusted"),
    [
        ("rahasia_1", "rahasia_1", True),
        ("rahasia_2", "rahasia_1", False),
        ("", "rahasia_1", False),
        (None, "rahasia_1", False),
        ("", "", False),
        (None, "", False),
        ("é\ud800", "rahasia_1", False),
    ],
)
def test_secret_is_checked(given: str | None, secret: str, trusted: bool) -> None:
    assert check_secret(given, secret) is trusted


def test_request_without_the_secret_is_not_trusted(channel: TelegramChannel) -> None:
    assert channel.trusts({SECRET_HEADER: SECRET, "host": "x"})
    assert not channel.trusts({"host": "x"})


@pytest.mark.parametrize(
    ("outgoing", "method"),
    [
        (Outgoing(text="Setuju?", rows=rows_of(("Ya", "Tidak"))), "sendMessage"),
        (Outgoing(text="Pilihan: A", edits="40"), "editMessageText"),
        (Outgoing(text="Pilih", rows=TOGGLES, edits="40"), "editMessageText"),
        (Outgoing(text="", acknowledges="7"), "answerCallbackQuery"),
        (Outgoing(text="Pilih", rows=TOGGLES), None),
        (Outgoing(text="Pilih", rows=TOGGLES, edits="40", acknowledges="7"), None),
        (Outgoing(text="PIN 123", secret=True), None),
        (Outgoing(text="Lihat", media=(("image", "a.jpg"),)), None),
    ],
)
def test_what_may_be_the_webhooks_own_answer(channel: TelegramChannel, outgoing: Outgoing, method: str | None) -> None:
    body = channel.as_response("5001", outgoing)
    assert (json.loads(body)["method"] if body else None) == method


async def test_answer_of_the_webhook_says_the_same_as_sending(channel: TelegramChannel, fake: FakeTelegram) -> None:
    outgoing = Outgoing(text="Setuju & <ya>?", rows=rows_of(("Ya", "Tidak")), placeholder="Ya")
    await channel.send("5001", outgoing)
    body = channel.as_response("5001", outgoing)
    assert body is not None
    fake.door.carry_out(body)
    first, second = fake.person(5001).received
    assert first._replace(message_id=2, date=second.date) == second


def test_update_is_decoded_whatever_it_holds() -> None:
    body = b'{"update_id":1,"message":{"text":"a\\ud800\\u0000","n":' + b"9" * 100 + b"}}"
    update = decoded(body)
    assert update["message"]["text"] == "a\ud800\x00"
    with pytest.raises(ValueError, match=r"JSON|Expecting"):
        decoded(b"<html>")


# ---- set-up ---------------------------------------------------------------------------------------------

FACES = {
    "id": Face(
        commands=(("mulai", "Mulai"), ("bantuan", "Bantuan")), description="Suara warga Alak", about="Kelurahan"
    ),
    "en": Face(commands=(("start", "Start"),), description="Voices of Alak", about="District"),
}


async def test_set_up_shows_the_bot_in_every_language(channel: TelegramChannel, fake: FakeTelegram) -> None:
    await channel.set_up(FACES, default="id")
    indonesian = [{"command": "mulai", "description": "Mulai"}, {"command": "bantuan", "description": "Bantuan"}]
    assert fake.commands == {
        ("", ""): indonesian,
        ("", "id"): indonesian,
        ("", "en"): [{"command": "start", "description": "Start"}],
    }
    assert fake.texts == {
        ("description", ""): "Suara warga Alak",
        ("description", "id"): "Suara warga Alak",
        ("description", "en"): "Voices of Alak",
        ("short_description", ""): "Kelurahan",
        ("short_description", "id"): "Kelurahan",
        ("short_description", "en"): "District",
    }
    assert fake.webhook is None


async def test_set_up_sets_and_takes_away_the_webhook(channel: TelegramChannel, fake: FakeTelegram) -> None:
    fake.person(5001).send("menunggu")
    await channel.set_up(FACES, default="id", webhook_url="http://127.0.0.1:9/hooks/telegram", max_connections=50)
    assert fake.webhook is not None
    assert (fake.webhook.url, fake.webhook.secret, fake.webhook.max_connections) == (
        "http://127.0.0.1:9/hooks/telegram",
        SECRET,
        50,
    )
    assert fake.webhook_info()["allowed_updates"] == ["callback_query", "edited_message", "message", "my_chat_member"]
    await channel.set_up(FACES, default="id")
    assert fake.webhook_info()["url"] == ""
    assert len(fake.updates) == 1


async def test_face_in_both_languages_is_accepted(channel: TelegramChannel, fake: FakeTelegram) -> None:
    office = "Kecamatan Alak"
    faces = {language: face(catalogue(language).gettext, office=office) for language in ("id", "en")}
    await channel.set_up(faces, default="id")
    words = {
        language: [command["command"] for command in fake.commands["", language]]  # type: ignore[attr-defined]
        for language in ("id", "en")
    }
    assert words == {
        "id": ["mulai", "bantuan", "lewati", "kembali", "nanti", "lanjut", "berhenti", "status", "data", "bahasa"],
        "en": ["start", "help", "skip", "back", "later", "resume", "stop", "status", "data", "language"],
    }
    assert {len(shown) <= limit for (what, _), shown in fake.texts.items() for limit in [LONGEST[what]]} == {True}
    for shown in faces.values():
        assert {command_word(f"/{word}") is not None for word, _ in shown.commands} == {True}


def test_command_that_telegram_would_refuse_stays_english() -> None:
    shown = face(lambda text: "/Bantuan Saya" if text == "/help" else text, office="Alak")
    assert [word for word, _ in shown.commands][:2] == ["start", "help"]


async def test_webhook_without_a_secret_is_not_set(fake: FakeTelegram) -> None:
    channel = TelegramChannel(fake.token, base_url=fake.base_url)
    with pytest.raises(SendError, match=r"telegram\.webhook_secret"):
        await channel.route("http://127.0.0.1:9/hook")
    assert fake.webhook is None


@pytest.mark.parametrize(("kind", "retry_after"), [("flood", 3.0), ("error", None), ("reset_before", None)])
async def test_set_up_that_fails_in_passing_is_no_refusal(
    channel: TelegramChannel, fake: FakeTelegram, kind: Kind, retry_after: float | None
) -> None:
    fake.faults.add(kind, method="*", seconds=3)
    with pytest.raises(SendError) as failed:
        await channel.set_up(FACES, default="id")
    assert (failed.value.permanent, failed.value.retry_after) == (False, retry_after)


async def test_set_up_that_is_refused_says_why(channel: TelegramChannel, fake: FakeTelegram) -> None:
    with pytest.raises(SendError, match=r"(?i)BOT_COMMAND_INVALID"):
        await channel.set_up({"id": Face(commands=(("Ä", "x"),), description="", about="")}, default="id")


# ---- secrets --------------------------------------------------------------------------------------------


def everything(error: BaseException) -> str:
    """All an error says, and what it drags along."""
    said: list[str] = []
    while True:
        said += [str(error), repr(error), repr(error.args), repr(vars(error))]
        following = error.__cause__ or error.__context__
        if following is None:
            return "\n".join(said)
        error = following


@pytest.mark.parametrize("base_url", ["wrong token", "http://127.0.0.1:9/bot", "http://[::1/bot", "htt p://x/bot"])
async def test_token_is_in_no_error_and_in_no_log(
    fake: FakeTelegram, caplog: pytest.LogCaptureFixture, base_url: str
) -> None:
    caplog.set_level("INFO")
    token = "987654321:AASecretSecretSecretSecretSecretSecret"
    channel = TelegramChannel(token, base_url=fake.base_url if base_url == "wrong token" else base_url, patience=1)
    errors: list[BaseException] = []
    incoming = Media(kind="file", reference="x")
    for attempt in (
        channel.open(),
        channel.send("5001", Outgoing(text="Halo")),
        channel.send("5001", Outgoing(text="", acknowledges="1")),
        channel.updates(0, limit=1, seconds=0),
        channel.set_up(FACES, default="id"),
        fetched(channel, incoming),
    ):
        with pytest.raises(SendError) as failed:
            await attempt
        errors.append(failed.value)
    await channel.close()
    said = "\n".join([*map(everything, errors), repr(channel), repr(channel._request), caplog.text])
    assert "AASecret" not in said
    assert "987654321" not in said


async def test_refused_token_is_permanent_only_when_the_channel_opens(fake: FakeTelegram) -> None:
    channel = TelegramChannel("1:AAwrong", base_url=fake.base_url)
    with pytest.raises(SendError, match=r"check telegram\.token") as failed:
        await channel.open()
    assert failed.value.permanent
    with pytest.raises(SendError, match=r"check telegram\.token") as failed:
        await channel.send("5001", Outgoing(text="Halo"))
    assert (failed.value.permanent, failed.value.retry_after) == (False, 60.0)
    await channel.close()


async def test_what_a_person_wrote_is_in_no_error(channel: TelegramChannel, fake: FakeTelegram) -> None:
    long = Outgoing(text="Nama saya Maria Bria, 081234567890. " * 200)
    with pytest.raises(SendError) as failed:
        await channel.send("5001", long)
    assert str(failed.value) == "Telegram refused the message: Bad Request: message is too long"
    bad = Outgoing(text="x", rows=((Button("A", url="Maria Bria 081234567890"),),))
    with pytest.raises(SendError) as failed:
        await channel.send("5001", bad)
    assert "Maria" not in everything(failed.value)


async def test_closing_ends_what_is_under_way(channel: TelegramChannel, fake: FakeTelegram) -> None:
    fake.faults.add("hang", method="answerCallbackQuery", seconds=2)
    await channel.send("5001", Outgoing(text="Halo", acknowledges="7"))
    await fake.until(lambda: fake.faults.happened == {"hang": 1})
    await asyncio.wait_for(channel.close(), 1)
    await channel.open()


async def test_clock_of_presses_runs_out(channel: TelegramChannel, fake: FakeTelegram, clock: Clock) -> None:
    maria = fake.person(5001)
    await channel.send("5001", Outgoing(text="Pilih", rows=TOGGLES))
    maria.press_inline("A")
    clock.advance(151)
    assert await channel.updates(0, limit=100, seconds=0) == []
