"""The pages in a real browser, as a person on a small phone uses them."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, Route, expect

from surveys.messages import Button, Location, Media, Outgoing, Press, Text
from tests.web.conftest import conversation
from tests.web.house import House, served

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("chromium")]

PHONE: Any = {"width": 360, "height": 640}
DESK: Any = {"width": 1280, "height": 800}


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[str, House]]:
    with served(tmp_path, conversation) as running:
        yield running


@pytest.fixture
def url(at: tuple[str, House]) -> str:
    return at[0]


@pytest.fixture
def home(at: tuple[str, House]) -> House:
    return at[1]


@pytest.fixture
def context(browser: Browser, url: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, base_url=url)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page where nothing goes wrong unnoticed and nothing is loaded from elsewhere."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: faults.append(message.text) if "Content Security" in message.text else None,
    )
    page.on(
        "request",
        lambda request: (
            faults.append(f"asked elsewhere: {request.url}")
            if not request.url.startswith(("blob:", "data:")) and urlsplit(request.url).hostname != "127.0.0.1"
            else None
        ),
    )
    yield page
    assert faults == []


def key(page: Page, label: str) -> Locator:
    return page.locator("#tombol").get_by_role("button", name=label, exact=True)


def inside(page: Page, label: str) -> Locator:
    return page.locator(".bubble").get_by_role("button", name=label, exact=True)


def write(page: Page, text: str) -> None:
    page.get_by_label("Pesan Bapak/Ibu").fill(text)
    page.get_by_role("button", name="Kirim", exact=True).click()


def start(page: Page) -> None:
    page.goto("/chat")
    page.get_by_role("button", name="Mulai", exact=True).click()
    expect(key(page, "Warga")).to_be_visible()


def replies(home: House) -> list[object]:
    return [incoming.reply for incoming in home.desk.taken]


# ---- talking ----------------------------------------------------------------------------------------


def test_a_conversation_goes_without_loading_the_page_again(page: Page, home: House) -> None:
    start(page)
    page.evaluate("window.same = true")
    key(page, "Warga").click()
    inside(page, "KTP").click()
    expect(inside(page, "✅ KTP")).to_be_visible()
    inside(page, "Selesai").click()
    expect(page.locator(".bubble").last).to_contain_text("Terima kasih.")
    expect(page.locator(".bubble button")).to_have_count(0)
    expect(page.locator("#tombol button")).to_have_count(0)
    assert page.evaluate("window.same") is True
    assert replies(home) == [Text("/start"), Text("Warga"), Press("2:a", "4"), Press("2:done", "4")]
    page.reload()
    expect(page.locator(".said")).to_have_text(
        ["Mulai", "Selamat pagi.\nBapak/Ibu mengisi sebagai apa?", "Warga", "Layanan apa?", "Terima kasih."]
    )


def test_a_conversation_goes_without_javascript(browser: Browser, url: str, home: House) -> None:
    context = browser.new_context(viewport=PHONE, base_url=url, java_script_enabled=False)
    page = context.new_page()
    start(page)
    key(page, "Warga").click()
    inside(page, "KTP").click()
    inside(page, "✅ KTP").click()
    write(page, "halo")
    expect(page.locator(".said").last).to_have_text("halo")
    page.locator("summary").click()
    page.get_by_label("Foto, suara, atau dokumen").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    write(page, "")
    expect(page.locator(".said").last).to_have_text("📎 Berkas · a.pdf · 1 kB")
    expect(page.get_by_role("button", name="Kirim lokasi saya")).to_be_hidden()
    assert len(replies(home)) == 6
    context.close()


def test_what_the_office_says_appears_by_itself(page: Page, home: House) -> None:
    start(page)
    name = home.desk.taken[0].address.external_id
    home.do(home.channel.send(name, Outgoing(text="Pengumuman: kantor buka pukul 08.00 WITA.", keyboard="keep")))
    expect(page.locator(".bubble").last).to_contain_text("Pengumuman: kantor buka")
    expect(key(page, "Warga")).to_be_enabled()


def test_two_tabs_show_the_same(page: Page, context: BrowserContext) -> None:
    start(page)
    other = context.new_page()
    other.goto("/chat")
    key(page, "Warga").click()
    expect(inside(other, "KTP")).to_be_visible()
    inside(other, "KTP").click()
    expect(inside(page, "✅ KTP")).to_be_visible()


def test_enter_sends_and_shift_enter_is_a_new_line(page: Page, home: House) -> None:
    start(page)
    field = page.get_by_label("Pesan Bapak/Ibu")
    field.press_sequentially("satu")
    field.press("Shift+Enter")
    field.press_sequentially("dua")
    field.press("Enter")
    expect(page.locator(".said").last).to_have_text("satu\ndua")
    expect(field).to_have_value("")
    expect(page.locator(".pending")).to_have_count(0)
    assert replies(home)[-1] == Text("satu\ndua")


def test_a_secret_disappears_when_it_was_written_down(page: Page) -> None:
    start(page)
    write(page, "pin")
    expect(page.locator(".bubble").last).to_contain_text("PIN 4831")
    inside(page, "Sudah saya catat").click()
    expect(page.locator(".bubble").last).to_contain_text("sudah ditampilkan satu kali")
    expect(page.locator("body")).not_to_contain_text("4831")


def test_what_an_anonymous_session_erases_leaves_the_screen_too(page: Page, home: House) -> None:
    start(page)
    write(page, "petugasnya lambat")
    expect(page.locator(".bubble.theirs").last).to_contain_text("petugasnya lambat")
    expect(page.locator(".pending")).to_have_count(0)
    name = home.desk.taken[0].address.external_id
    home.do(home.channel.send(name, Outgoing(text="Terima kasih.", erases_since=home.clock.now)))
    expect(page.locator(".said")).to_have_text(
        ["(jawaban anonim terkirim dan dihapus dari halaman ini)", "Terima kasih."]
    )


# ---- files and places -------------------------------------------------------------------------------


def test_a_large_photo_is_made_smaller_before_it_travels(page: Page, home: House) -> None:
    picture = io.BytesIO()
    Image.frombytes("RGB", (2400, 600), os.urandom(2400 * 600 * 3)).save(picture, "PNG")
    start(page)
    page.locator("summary").click()
    page.get_by_label("Foto, suara, atau dokumen").set_input_files(
        {"name": "jalan.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    write(page, "jalan rusak")
    expect(page.locator(".bubble.theirs").last).to_contain_text("jalan.jpg")
    expect(page.locator(".pending")).to_have_count(0)
    photo = replies(home)[-1]
    assert isinstance(photo, Media)
    assert (photo.kind, photo.mime, photo.file_name, photo.caption) == (
        "image",
        "image/jpeg",
        "jalan.jpg",
        "jalan rusak",
    )
    assert photo.size < len(picture.getvalue())
    with Image.open(home.uploads / photo.reference) as stored:
        assert stored.size == (2048, 512)


def test_several_photos_are_one_album(page: Page, home: House) -> None:
    start(page)
    page.locator("summary").click()
    photos: list[FilePayload] = [
        {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" + bytes([number])}
        for number in (1, 2)
    ]
    page.get_by_label("Foto, suara, atau dokumen").set_input_files(photos)
    write(page, "")
    expect(page.locator(".bubble.theirs")).to_have_count(3)
    expect(page.locator(".pending")).to_have_count(0)
    first, second = replies(home)[1:]
    assert isinstance(first, Media)
    assert isinstance(second, Media)
    assert first.album == second.album != ""


def test_a_location_is_sent_by_a_button(page: Page, context: BrowserContext, home: House) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": -10.1718, "longitude": 123.5832, "accuracy": 12})
    start(page)
    page.locator("summary").click()
    page.get_by_role("button", name="Kirim lokasi saya").click()
    expect(page.locator(".said").last).to_have_text("Lokasi: -10.17180, 123.58320")
    expect(page.locator(".pending")).to_have_count(0)
    assert replies(home)[-1] == Location(-10.1718, 123.5832, 12.0)


def test_a_location_that_is_not_allowed_is_asked_for_in_words(page: Page, home: House) -> None:
    start(page)
    page.locator("summary").click()
    page.get_by_role("button", name="Kirim lokasi saya").click()
    expect(page.get_by_role("status")).to_have_text("Lokasi Bapak/Ibu tidak terbaca. Mohon ketik nama tempatnya.")
    assert len(replies(home)) == 1


# ---- bad lines --------------------------------------------------------------------------------------


def test_a_double_tap_is_one_answer(page: Page, home: House) -> None:
    start(page)
    key(page, "Warga").dblclick()
    expect(inside(page, "KTP")).to_be_visible()
    expect(page.locator(".pending")).to_have_count(0)
    assert replies(home) == [Text("/start"), Text("Warga")]


def test_a_message_waits_for_the_line_and_arrives_once(page: Page, context: BrowserContext, home: House) -> None:
    start(page)
    context.set_offline(True)
    write(page, "jalan depan puskesmas berlubang")
    expect(page.locator(".pending")).to_contain_text("Mengirim …")
    expect(page.get_by_role("status")).to_have_text("Belum terkirim. Kami coba lagi begitu ada sambungan.")
    context.set_offline(False)
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("")
    assert replies(home) == [Text("/start"), Text("jalan depan puskesmas berlubang")]
    expect(page.locator(".bubble.theirs")).to_have_count(2)


def test_a_message_whose_answer_was_lost_is_sent_again_under_its_name(page: Page, home: House) -> None:
    tries: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        tries.append(route.request.post_data or "")
        if len(tries) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    start(page)
    page.route("**/chat", lose_the_first_answer)
    key(page, "Warga").click()
    expect(inside(page, "KTP")).to_be_visible()
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("")
    assert len(tries) == 2
    assert replies(home) == [Text("/start"), Text("Warga")]
    expect(page.locator(".bubble.theirs")).to_have_count(2)


def test_what_was_not_sent_survives_a_reload(page: Page, home: House) -> None:
    start(page)
    page.route("**/chat", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(page, "belum terkirim")
    expect(page.locator(".pending")).to_be_visible()
    page.unroute("**/chat")
    page.reload()
    expect(page.locator(".bubble.theirs").last).to_contain_text("belum terkirim")
    expect(page.locator(".pending")).to_have_count(0)
    assert replies(home).count(Text("belum terkirim")) == 1


def test_a_lost_line_is_told_and_taken_up_again(page: Page, home: House) -> None:
    start(page)
    for line in ("**/chat/events*", "**/chat/changes*"):
        page.route(line, lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("status")).to_have_text("Sambungan terputus, mencoba lagi …")
    for line in ("**/chat/events*", "**/chat/changes*"):
        page.unroute(line)
    expect(page.get_by_role("status")).to_have_text("")
    name = home.desk.taken[0].address.external_id
    home.do(home.channel.send(name, Outgoing(text="Sudah tersambung.")))
    expect(page.locator(".bubble").last).to_contain_text("Sudah tersambung.")


def test_the_chat_works_where_streams_never_pass(page: Page) -> None:
    page.route("**/chat/events*", lambda route: route.abort())
    start(page)
    key(page, "Warga").click()
    inside(page, "KTP").click()
    expect(inside(page, "✅ KTP")).to_be_visible()


def test_a_refusal_gives_the_words_back(page: Page, home: House) -> None:
    start(page)
    page.get_by_label("Pesan Bapak/Ibu").evaluate("field => { field.maxLength = 10000 }")
    write(page, "panjang " * 600)
    expect(page.get_by_role("status")).to_contain_text("Pesan itu terlalu panjang.")
    expect(page.get_by_label("Pesan Bapak/Ibu")).to_have_value("panjang " * 600)
    expect(page.locator(".pending")).to_have_count(0)
    expect(key(page, "Warga")).to_be_enabled()
    assert len(replies(home)) == 1


# ---- for everybody ----------------------------------------------------------------------------------


def test_it_is_used_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/chat")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke kotak pesan")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Pesan Bapak/Ibu")).to_be_focused()
    page.keyboard.type("/start")
    page.keyboard.press("Enter")
    key(page, "Warga").focus()
    page.keyboard.press("Enter")
    expect(inside(page, "KTP")).to_be_focused()
    page.keyboard.press("Space")
    expect(inside(page, "✅ KTP")).to_be_focused()
    page.keyboard.press("Tab")
    expect(inside(page, "Selesai")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Pesan Bapak/Ibu")).to_be_focused()


def test_news_while_a_press_is_on_its_way_does_not_lose_the_place(page: Page, home: House) -> None:
    start(page)
    key(page, "Warga").click()
    on_their_way: list[Route] = []
    page.route("**/chat", lambda route: on_their_way.append(route))  # noqa: PLW0108 -- a builtin has no signature
    inside(page, "KTP").focus()
    page.keyboard.press("Space")
    name = home.desk.taken[0].address.external_id
    home.do(home.channel.send(name, Outgoing(text="Pengumuman: kantor buka.", keyboard="keep")))
    expect(page.locator(".bubble").last).to_contain_text("Pengumuman: kantor buka.")
    on_their_way[0].continue_()
    expect(inside(page, "✅ KTP")).to_be_focused()


def test_what_is_said_is_announced_and_ones_own_words_are_not(page: Page) -> None:
    start(page)
    log = page.get_by_role("log", name="Percakapan")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.locator(".theirs")).to_have_attribute("aria-live", "off")
    expect(log.locator(".ours")).to_have_accessible_name("")
    expect(log.locator(".ours .who")).to_have_text("Suara Alak:")
    expect(log.locator(".theirs .who")).to_have_text("Bapak/Ibu:")


def _home(page: Page) -> None:
    page.goto("/")


def _problem(page: Page) -> None:
    page.goto("/tidak-ada")


def _forget(page: Page) -> None:
    start(page)
    page.goto("/chat/forget")


def _empty(page: Page) -> None:
    page.goto("/chat?survey=skm_alak")


def _keyboard(page: Page) -> None:
    start(page)


def _toggles(page: Page) -> None:
    start(page)
    key(page, "Warga").click()
    inside(page, "KTP").click()
    expect(inside(page, "✅ KTP")).to_be_visible()
    page.locator("summary").click()


def _secret(page: Page) -> None:
    start(page)
    write(page, "pin")
    expect(inside(page, "Sudah saya catat")).to_be_visible()


def _pending(page: Page) -> None:
    start(page)
    page.context.set_offline(True)
    write(page, "halo")
    expect(page.get_by_role("status")).to_contain_text("Belum terkirim.")


SCREENS = (_home, _problem, _forget, _empty, _keyboard, _toggles, _secret, _pending)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__.strip("_"))
def test_screens_are_accessible_and_fit_a_small_phone(
    browser: Browser, url: str, screen: Callable[[Page], None]
) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport=PHONE, base_url=url, color_scheme=scheme)
        page = context.new_page()
        screen(page)
        rules = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
        found = Axe().run(page, options={"rules": rules})
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        small = page.evaluate(
            """[...document.querySelectorAll("a, button, summary, input[type=file], textarea")]
            .filter(one => one.checkVisibility() && !one.classList.contains("skip"))
            .map(one => [one.outerHTML.slice(0, 60), one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && (box.height < 43.9 || box.width < 43.9)).map(([html]) => html)"""
        )
        assert small == []
        context.close()


def test_the_first_load_over_the_line_is_small(page: Page, context: BrowserContext) -> None:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/chat")
    expect(page.get_by_role("button", name="Mulai", exact=True)).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert len(sizes) >= 3
    assert sum(sizes) < 30_000


def test_the_screen_moves_to_what_was_just_said(page: Page, home: House) -> None:
    start(page)
    name = home.desk.taken[0].address.external_id
    for number in range(12):
        home.do(home.channel.send(name, Outgoing(text=f"Kabar nomor {number}. " * 8)))
    rows = tuple((Button(f"Pilihan {number}"),) for number in range(3))
    home.do(home.channel.send(name, Outgoing(text="Pertanyaan yang pendek?", rows=rows, tag="9")))
    expect(key(page, "Pilihan 2")).to_be_in_viewport(ratio=1)
    expect(page.locator(".bubble").last).to_be_in_viewport(ratio=1)
    long = "\n".join(f"{number} Uraian tingkat kemampuan yang cukup panjang" for number in range(1, 20))
    home.do(home.channel.send(name, Outgoing(text=f"AWAL\n{long}", rows=rows, tag="10")))
    expect(page.locator(".bubble").last).to_contain_text("AWAL")
    page.wait_for_function(
        """() => { const box = [...document.querySelectorAll(".bubble")].at(-1).getBoundingClientRect();
        return box.top >= document.querySelector(".top").offsetHeight && box.top < 120; }"""
    )
