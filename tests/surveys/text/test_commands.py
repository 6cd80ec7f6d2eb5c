"""Command words in Indonesian, English and Kupang Malay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.text.commands import Command, Spoken, command_word, spoken_command

WORDS: dict[Command, str] = {
    "help": "/help|/bantuan|/HELP|bantuan|BANTUAN|Bantuan!|bantuan dong|bantuannn|tolong|minta tolong|bantu saya|help|"
    "help me|cara isi|petunjuk|/bantuan@suara_alak_bot",
    "skip": "/skip|/lewati|lewati|LEWATI|Lewati|lewat|lewati saja pak|lewat sa|lompat|skip|skip aja deh|tolong lewati|"
    "next|lewati pertanyaan ini",
    "back": "/back|/kembali|kembali|KEMBALI ya|balik|balik jo|sebelumnya|pertanyaan sebelumnya|back|go back|previous",
    "later": "/later|/nanti|nanti|NANTI.|nanti saja|nanti dulu ya|nanti dolo|nanti lai|lanjut nanti|lain kali|tunda|"
    "later|not now",
    "stop": "/stop|/berhenti|/stop.|berhenti|BERHENTI|Berhenti!!!|berhenti dulu|brenti|brenti dolo|brhenti|stop|"
    "STOP ya pak|stoppp|stop saja|su cukup|sudah cukup|cukup sudah|jang kirim lai|jang kirim lagi|jangan kirim lagi|"
    "jangan kirim pesan lagi|jang ganggu|keluar|unsubscribe|hentikan semua pesan|quit",
    "restart": "/restart|/ulang|ulang|ULANG|ulangi|ulang dari awal|mulai ulang|mulai lagi|dari awal|reset|start over",
    "status": "/status|status|Status|cek status|status aspirasi saya",
    "data": "/data|data|DATA|data saya|lihat data saya|my data",
    "start": "/start|/mulai|mulai|MULAI|start",
    "language": "/bahasa|/language|bahasa|ganti bahasa|English|Bahasa Indonesia",
    "menu": "/menu|menu|menu utama",
    "send": "/kirim|kirim|send",
    "resume": "/lanjut|lanjut|lanjutkan|continue",
    "cancel": "/batal|batal|cancel",
    "correct": "/ralat|/edit|ralat|ubah jawaban",
    "delete": "/hapus|HAPUS|hapus data saya",
    "copy": "/salinan|salinan|minta salinan data",
    "announce": "/pengumuman|PENGUMUMAN|terima pengumuman",
    "verify": "/verifikasi|/verify|VERIFIKASI|verifikasi nip",
    "move": "/pindah|/move|PINDAH|pindah 4829-KXQM|/pindah 4829-kxqm|PINDAH 4829 kxqm",
    "profile": "/profil|/profile|PROFIL|ganti profil",
    "evaluate": "/tes|/test|/evaluasi|/umpan_balik|TES|tes awal|umpan balik pelatihan|evaluasi|posttest",
}

NONE = [
    "",
    " ",
    "/",
    "/xyz",
    "//",
    "/ ",
    "1",
    "3,5",
    "-1",
    "17/8/1990",
    "0812 3456 7890",
    "👍",
    "...",
    "Lewati antrean karena kenal orang dalam",
    "saya mau berhenti",
    "kembali ke rumah",
    "kembalikan uang kami",
    "nanti malam",
    "nanti siang",
    "nanti kami lihat",
    "bantuan sosial",
    "bantuan pangan tidak sampai",
    "ulang tahun",
    "data penduduk",
    "data penduduk salah",
    "status kepegawaian",
    "status tanah",
    "status ALK",
    "berhenti bekerja",
    "Berhenti merokok",
    "Stop mengirim pesan itu perlu dipikirkan lagi",
    "mulai dari atas",
    "cukup",
    "sudah",
    "ya",
    "tidak",
    "lewti",
    "kirim foto lewat WA",
    "tolong bantu ibu hamil di loket",
    "jangan kirim uang",
    "skip this because it is long",
    "hapus pungli",
    "pengumuman libur kantor",
    "salinan KTP saya hilang",
    "pindah tugas",
    "pindah 4829",
    "profil kelurahan",
    "verifikasi berkas saya lama",
    "perbaiki",
    "ubah",
    "a" * 5000,
    "\x00",
    "\ud800",
]

TICKET = "ALK-26-0416-P"
WITH_PIN = [
    f"{TICKET} 8870",
    f"status {TICKET}, 8870",
    f"status {TICKET} / 8870",
    f"cek status {TICKET} PIN: 8870",
    f"status {TICKET} pin saya 8870",
    f"status {TICKET} dan pin 8870",
    f"STATUS {TICKET}8870",
    f"8870 {TICKET}",
    f"Selamat pagi bapak ibu, mohon status nomor {TICKET} dengan PIN 8870, terima kasih",
]
WITHOUT_PIN = [TICKET, f"status {TICKET} ya pak", f"kabar {TICKET} bagaimana", "alk260416p", f"/{TICKET}"]


@pytest.mark.parametrize(
    ("typed", "command"), [(typed, command) for command, said in WORDS.items() for typed in said.split("|")]
)
def test_command(typed: str, command: Command) -> None:
    assert command_word(typed) == command


@pytest.mark.parametrize("typed", NONE)
def test_no_command(typed: str) -> None:
    assert command_word(typed) is None


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("/status ALK-26-0417-K", Spoken("status", "ALK-26-0417-K")),
        ("STATUS ALK-26-0417-K", Spoken("status", "ALK-26-0417-K")),
        ("status alk 26 0417 k", Spoken("status", "ALK 26 0417 K")),
        ("cek status ALK-26-0417-K", Spoken("status", "ALK-26-0417-K")),
        ("status ALK-26-0418-P PIN 4831", Spoken("status", "ALK-26-0418-P PIN 4831")),
        ("status ALK-26-0418-P 4831", Spoken("status", "ALK-26-0418-P 4831")),
        ("/start tna_asn", Spoken("start", "tna_asn")),
        ("/start", Spoken("start", "")),
        ("／status ALK-26-0417-K", Spoken("status", "ALK-26-0417-K")),
        ("/lewati@suara_alak_bot", Spoken("skip", "")),
        ("status ALK-26-0417-K itu apa", None),
        *((typed, Spoken("status", f"{TICKET} 8870")) for typed in WITH_PIN),
        *((typed, Spoken("status", TICKET)) for typed in WITHOUT_PIN),
        ("/status " + TICKET + " pin saya 8870", Spoken("status", TICKET + " pin saya 8870")),
        ("Sudah dua bulan " + TICKET + " belum juga ditanggapi, mohon dibantu", None),
        ("ALK-26-0417-P 8870", None),
    ],
)
def test_argument(typed: str, spoken: Spoken | None) -> None:
    assert spoken_command(typed) == spoken


@given(st.text())
def test_any_text_can_be_heard(text: str) -> None:
    assert command_word(text) == (None if spoken_command(text) is None else spoken_command(text).command)  # type: ignore[union-attr]


@given(st.text(alphabet="abcdefghij klmnoprstuy", min_size=49))
def test_a_long_text_is_never_a_command(text: str) -> None:
    assert len(text.strip()) <= 48 or command_word(text) is None
