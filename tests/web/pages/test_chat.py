"""The chat page as a browser without JavaScript sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.types import ASGIApp

from surveys.messages import Location, Media, Outgoing, Press, Text
from tests.web.browser import Browser
from tests.web.conftest import conversation
from tests.web.house import House, house
from web import uploads
from web.rates import Rates
from web.site import ChatRates


async def test_a_new_visitor_reads_what_this_is_and_starts(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    assert page.status == 200
    assert page.buttons == ["Mulai"]
    assert "layanan otomatis (bot) Kecamatan Alak" in page.text
    page = await browser.press(page, "Mulai")
    assert page.talk == [(">", "Mulai"), ("<", "Selamat pagi.\nBapak/Ibu mengisi sebagai apa?")]
    assert page.buttons == ["ASN", "Warga", "Bantuan"]
    assert 'placeholder="ASN / Warga"' in page.html


async def test_a_whole_conversation_goes_by_forms(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.press(await browser.open("/chat"), "Mulai")
    page = await browser.press(page, "Warga")
    assert page.buttons == ["KTP", "Selesai"]
    page = await browser.press(page, "KTP")
    assert page.buttons == ["✅ KTP", "Selesai"]
    page = await browser.press(page, "Selesai")
    assert page.buttons == []
    page = await browser.write(page, "terima kasih kembali\r\nsalam")
    assert [incoming.reply for incoming in home.desk.taken] == [
        Text("/start"),
        Text("Warga"),
        Press("2:a", "4"),
        Press("2:done", "4"),
        Text("terima kasih kembali\nsalam"),
    ]
    assert page.talk == [
        (">", "Mulai"),
        ("<", "Selamat pagi.\nBapak/Ibu mengisi sebagai apa?"),
        (">", "Warga"),
        ("<", "Layanan apa?"),
        ("<", "Terima kasih."),
        (">", "terima kasih kembali\nsalam"),
    ]


async def test_the_conversation_is_there_after_a_reload_and_is_nobody_elses(home: House) -> None:
    ani, budi = Browser(home.app), Browser(home.app)
    page = await ani.press(await ani.open("/chat"), "Mulai")
    assert (await ani.open("/chat")).talk == page.talk
    assert (await budi.open("/chat")).talk == []


async def test_what_came_carries_who_what_and_which_line(home: House) -> None:
    browser = Browser(home.app)
    await browser.press(await browser.open("/chat?lang=en"), "Start")
    (incoming,) = home.desk.taken
    name = browser.client.cookies["suara_visitor"].partition(".")[0]
    assert incoming.address.channel == "webchat"
    assert incoming.address.external_id == name
    assert incoming.message_id == "1"
    assert incoming.language == "en"
    assert incoming.sent_at == home.clock.now
    assert name not in incoming.external_id


async def test_a_form_sent_twice_is_one_message(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.press(await browser.open("/chat"), "Mulai")
    await browser.press(page, "Warga")
    page = await browser.press(page, "Warga")
    assert [incoming.reply for incoming in home.desk.taken] == [Text("/start"), Text("Warga")]
    assert [text for who, text in page.talk if who == ">"] == ["Mulai", "Warga"]


async def test_the_same_page_may_send_another_text(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.press(await browser.open("/chat"), "Mulai")
    await browser.write(page, "satu")
    await browser.write(page, "dua")
    assert [incoming.reply for incoming in home.desk.taken] == [Text("/start"), Text("satu"), Text("dua")]


async def test_a_message_the_office_could_not_take_can_be_sent_again(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    home.desk.busy = 1
    refused = await browser.press(page, "Mulai")
    assert (refused.status, refused.headers["retry-after"]) == (503, "1")
    assert "belum dapat menerimanya" in refused.text
    page = await browser.press(page, "Mulai")
    assert [text for who, text in page.talk if who == ">"] == ["Mulai"]
    assert len(home.desk.taken) == 1


async def test_identity_numbers_are_masked_before_the_line_is_written(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.write(await browser.open("/chat"), "NIK saya 5371010101900001")
    assert page.talk == [(">", "NIK saya [NIK disamarkan]")]
    assert home.desk.taken[0].reply == Text("NIK saya 5371010101900001")


async def test_the_number_of_an_anonymous_aspiration_is_not_kept_with_its_pin(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    await browser.write(page, "STATUS ALK-26-0418-P 4831")
    await browser.write(page, "status alk 26 0418 p, pin 4831")
    await browser.write(page, "ALK-26-0418-P4831")
    page = await browser.write(page, "STATUS ALK-26-0417-K")
    assert [text for _who, text in page.talk] == ["STATUS ••••", "status ••••", "••••", "STATUS ALK-26-0417-K"]
    assert home.desk.taken[0].reply == Text("STATUS ALK-26-0418-P 4831")


async def test_a_secret_is_shown_until_the_visitor_goes_on(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.write(await browser.open("/chat"), "pin")
    secret = ("<", "Nomor ALK-26-0418-P, PIN 4831")
    assert page.talk[-1] == secret
    assert (await browser.open("/chat")).talk[-1] == secret
    page = await browser.press(page, "Sudah saya catat")
    assert page.talk[-1] == ("<", "(sudah ditampilkan satu kali dan dihapus dari halaman ini)")
    assert "4831" not in page.html


async def test_going_on_erases_the_secret_that_was_seen(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.write(await browser.open("/chat"), "pin")
    page = await browser.write(page, "halo")
    assert "4831" not in page.html


# ---- files and places -------------------------------------------------------------------------------


async def test_files_are_kept_under_random_names(home: House) -> None:
    browser = Browser(home.app)
    files = [
        ("file", ("../../etc/jalan.jpg", b"\xff\xd8 foto", "image/jpeg")),
        ("file", ("catatan.pdf", b"%PDF", "application/pdf")),
    ]
    page = await browser.write(await browser.open("/chat"), "jalan rusak", files=files)
    first, second = (incoming.reply for incoming in home.desk.taken)
    assert isinstance(first, Media)
    assert isinstance(second, Media)
    assert (first.kind, first.mime, first.size, first.file_name, first.caption) == (
        "image",
        "image/jpeg",
        7,
        ".._.._etc_jalan.jpg",
        "jalan rusak",
    )
    assert (second.kind, second.size, second.caption) == ("file", 4, "")
    assert sorted(path.name for path in home.uploads.iterdir()) == sorted([first.reference, second.reference])
    assert b"".join([piece async for piece in home.channel.fetch(first)]) == b"\xff\xd8 foto"
    await home.channel.release(first)
    await home.channel.release(first)
    assert [path.name for path in home.uploads.iterdir()] == [second.reference]
    assert page.talk == [
        (">", "📎 Foto · .._.._etc_jalan.jpg · 1 kB\njalan rusak"),
        (">", "📎 Berkas · catatan.pdf · 1 kB"),
    ]


async def test_a_file_that_is_too_large_is_refused_and_not_kept(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    large = b"x" * (uploads.LARGEST + 1)
    refused = await browser.write(page, "", files=[("file", ("a.bin", large, "application/octet-stream"))])
    assert refused.status == 422
    assert "paling besar 10 MB" in refused.text
    assert list(home.uploads.iterdir()) == []
    assert home.desk.taken == []


async def test_several_photos_in_one_form_are_one_answer(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    photos = [("file", (f"{number}.jpg", b"\xff\xd8" + bytes(4_000_000), "image/jpeg")) for number in range(5)]
    await browser.write(page, "", files=photos)
    await browser.write(page, "", files=photos[:3])  # the same form once more: the same album
    await browser.write(await browser.open("/chat"), "", files=photos[:2])
    await browser.write(await browser.open("/chat"), "", files=photos[:1])
    albums = [reply.album for incoming in home.desk.taken if isinstance(reply := incoming.reply, Media)]
    assert [albums.count(album) for album in dict.fromkeys(albums)] == [5, 2, 1]
    assert [bool(album) for album in dict.fromkeys(albums)] == [True, True, False]


async def test_a_form_larger_than_all_its_files_may_be_is_refused_in_words(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    large = b"x" * (5 * uploads.LARGEST + 100_000)
    refused = await browser.write(page, "", files=[("file", ("a.bin", large, "application/octet-stream"))])
    assert refused.status == 413
    assert "paling besar 10 MB" in refused.text


async def test_an_empty_file_is_refused(home: House) -> None:
    browser = Browser(home.app)
    refused = await browser.write(await browser.open("/chat"), "", files=[("file", ("a.txt", b"", "text/plain"))])
    assert (refused.status, home.desk.taken) == (422, [])


async def test_a_location_arrives(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    _form, fields = page.form("Mulai")
    del fields["text"]
    place = {"latitude": "-10.1718", "longitude": "123.5832", "accuracy": "12.5"}
    page = await browser.post("/chat", {**fields, **place})
    assert home.desk.taken[0].reply == Location(-10.1718, 123.5832, 12.5)
    assert page.talk == [(">", "Lokasi: -10.17180, 123.58320")]


@pytest.mark.parametrize(
    "place",
    [
        {"latitude": "91", "longitude": "0"},
        {"latitude": "nan", "longitude": "0"},
        {"latitude": "x", "longitude": "0"},
        {"latitude": "1", "longitude": "inf"},
        {"latitude": "1", "longitude": "1", "accuracy": "-1"},
    ],
)
async def test_a_location_that_is_none_is_refused(home: House, place: dict[str, str]) -> None:
    browser = Browser(home.app)
    _form, fields = (await browser.open("/chat")).form("Mulai")
    refused = await browser.post("/chat", {**fields, **place})
    assert (refused.status, home.desk.taken) == (422, [])


# ---- what is refused --------------------------------------------------------------------------------


async def test_an_empty_message_is_refused_with_what_to_do(home: House) -> None:
    browser = Browser(home.app)
    refused = await browser.write(await browser.open("/chat"), "  ")
    assert refused.status == 422
    assert "Mohon tulis pesan atau pilih berkas dulu." in refused.text


async def test_a_text_that_is_too_long_stays_in_the_field(home: House) -> None:
    browser = Browser(home.app)
    refused = await browser.write(await browser.open("/chat"), "panjang " * 600)
    assert refused.status == 422
    assert "terlalu panjang" in refused.text
    assert "panjang panjang" in refused.html.partition("<textarea")[2]


async def test_control_characters_do_not_arrive(home: House) -> None:
    browser = Browser(home.app)
    await browser.write(await browser.open("/chat"), "a\x00b\x1bc\td")
    assert home.desk.taken[0].reply == Text("abc\td")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "", "sec-fetch-site": "same-site"}, 403),
        ({"origin": "", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": ""}, 200),
    ],
)
async def test_only_our_own_page_sends(home: House, headers: dict[str, str], status: int) -> None:
    browser = Browser(home.app)
    _form, fields = (await browser.open("/chat")).form("Mulai")
    page = await browser.post("/chat", fields, **headers)
    assert page.status == status
    assert len(home.desk.taken) == (1 if status == 200 else 0)


async def test_a_public_address_counts_as_our_own(tmp_path: Path) -> None:
    async with house(tmp_path, conversation, public_url="https://suara.alak.example", reply_seconds=0.1) as home:
        browser = Browser(home.app, base="https://suara.alak.example")
        _form, fields = (await browser.open("/chat")).form("Mulai")
        page = await browser.post("/chat", fields, host="127.0.0.1:8000")
        assert page.status == 200


async def test_a_form_without_its_ticket_or_with_anothers_is_refused(home: House) -> None:
    ani, budi = Browser(home.app), Browser(home.app)
    _form, fields = (await ani.open("/chat")).form("Mulai")
    await budi.open("/chat")
    for ticket in ("", "x.y", fields["ticket"]):
        refused = await budi.post("/chat", {**fields, "ticket": ticket})
        assert refused.status == 403
        assert "buka obrolan" in refused.text
    assert home.desk.taken == []


async def test_a_cookie_nobody_signed_is_no_visitor(home: House) -> None:
    browser = Browser(home.app)
    await browser.press(await browser.open("/chat"), "Mulai")
    name, _dot, seal = browser.client.cookies["suara_visitor"].partition(".")
    forged = Browser(home.app)
    forged.client.cookies.set("suara_visitor", f"{name}.{seal[:-1]}{'0' if seal[-1] != '0' else '1'}")
    assert (await forged.open("/chat")).talk == []


async def test_a_visitor_who_writes_too_fast_waits(tmp_path: Path) -> None:
    rates = ChatRates(messages=Rates(burst=2, per_second=0.5, clock=lambda: 0.0))
    async with house(tmp_path, rates=rates, reply_seconds=0.0) as home:
        browser = Browser(home.app)
        page = await browser.open("/chat")
        statuses = [(await browser.write(page, str(number))).status for number in range(3)]
        refused = await browser.write(page, "lagi")
        assert statuses == [200, 200, 429]
        assert refused.headers["retry-after"] == "3"
        assert "terlalu cepat" in refused.text
        assert len(home.desk.taken) == 2


async def test_one_network_makes_so_many_visitors_and_no_more(tmp_path: Path) -> None:
    rates = ChatRates(visitors=Rates(burst=2, per_second=0.01, clock=lambda: 0.0))
    async with house(tmp_path, rates=rates, reply_seconds=0.0) as home:

        async def first_message(app: ASGIApp, address: str) -> int:
            browser = Browser(app, address=address)
            return (await browser.write(await browser.open("/chat"), "halo")).status

        statuses = [await first_message(home.app, "10.0.0.1") for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert await first_message(home.app, "10.0.0.2") == 200


# ---- deep links, languages, cookies, headers --------------------------------------------------------


async def test_a_deep_link_starts_its_survey(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat?survey=skm_alak")
    assert "Survei: Survei Kepuasan" in page.text
    assert home.desk.taken == []
    page = await browser.press(page, "Mulai")
    assert home.desk.taken[0].reply == Text("/start skm_alak")
    assert page.talk[0] == (">", "Mulai: Survei Kepuasan")


async def test_a_link_of_another_channel_goes_on_here_once_its_button_is_pressed(home: House) -> None:
    browser = Browser(home.app)
    await browser.press(await browser.open("/chat"), "Mulai")
    page = await browser.open("/chat?start=move_1234ABCD")
    assert len(home.desk.taken) == 1
    page = await browser.press(page, "Lanjutkan di sini")
    assert home.desk.taken[1].reply == Text("/start move_1234ABCD")
    assert (">", "Lanjutkan di sini") in page.talk
    odd = await browser.open("/chat?start=move_'><b>")
    assert [label for form in odd.forms for label, _name, _value in form.buttons if "sini" in label] == []


@pytest.mark.parametrize("name", ["tidak_ada", "<script>", "a b", "x" * 100])
async def test_a_deep_link_to_no_survey_says_so(home: House, name: str) -> None:
    page = await Browser(home.app).open(f"/chat?survey={name}")
    assert "Survei ini tidak ada atau sudah ditutup." in page.text
    assert "<script>alert" not in page.html
    assert page.form("Mulai")[1]["text"] == "/start"


async def test_the_language_of_the_page_is_chosen_and_remembered(home: House) -> None:
    browser = Browser(home.app)
    assert '<html lang="id">' in (await browser.open("/chat")).html
    assert '<html lang="en">' in (await browser.open("/chat?lang=en")).html
    page = await browser.open("/chat")
    assert '<html lang="en">' in page.html
    assert page.buttons == ["Start"]
    assert '<html lang="en">' in (await browser.open("/chat?lang=xx")).html


@pytest.mark.parametrize(("public_url", "secure"), [("", False), ("https://suara.alak.example", True)])
async def test_the_cookie_is_for_our_server_alone(tmp_path: Path, public_url: str, *, secure: bool) -> None:
    async with house(tmp_path, public_url=public_url) as home:
        page = await Browser(home.app).open("/chat")
        parts = [part.strip().lower() for part in page.headers["set-cookie"].split(";")[1:]]
        expected = ["httponly", "max-age=34560000", "path=/", "samesite=lax"]
        assert sorted(parts) == sorted([*expected, "secure"] if secure else expected)
        assert ("strict-transport-security" in page.headers) is secure


async def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.press(await browser.open("/chat"), "Mulai")
    policy = page.headers["content-security-policy"]
    assert policy == (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "same-origin"
    for inline in ("<style", "style=", "onclick", "javascript:", "<script>"):
        assert inline not in page.html


async def test_what_people_write_is_text_and_never_markup(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.write(await browser.open("/chat"), "<b onmouseover=alert(1)>&amp; \"'")
    assert page.talk == [(">", "<b onmouseover=alert(1)>&amp; \"'")]
    assert "<b onmouseover" not in page.html


async def test_older_messages_are_on_pages_of_their_own(home: House) -> None:
    browser = Browser(home.app)
    page = await browser.open("/chat")
    name = browser.client.cookies["suara_visitor"].partition(".")[0]
    for number in range(1, 66):
        await home.transcripts.told(name, Outgoing(text=f"pesan {number}"), now=home.clock.now)
    page = await browser.open("/chat")
    assert [text for _who, text in page.talk] == [f"pesan {number}" for number in range(6, 66)]
    assert 'href="/chat?before=6"' in page.html
    page = await browser.open("/chat?before=6")
    assert [text for _who, text in page.talk] == [f"pesan {number}" for number in range(1, 6)]
    assert page.forms == []


async def test_a_page_without_javascript_asks_again_while_the_reply_is_on_its_way(tmp_path: Path) -> None:
    async with house(tmp_path, reply_seconds=0.0) as home:
        browser = Browser(home.app)
        page = await browser.press(await browser.open("/chat"), "Mulai")
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.html
        home.clock.wait(seconds=7)
        assert "http-equiv" not in (await browser.open("/chat")).html


async def test_without_a_chat_there_is_no_chat_page(home: House) -> None:
    from dataclasses import replace

    from web.app import build

    browser = Browser(build(replace(home.site, chat=None)))
    page = await browser.open("/chat")
    assert page.status == 404
    assert "/chat" not in (await browser.open("/")).html
