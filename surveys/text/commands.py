"""The words that are always understood: BANTUAN, LEWATI, KEMBALI, NANTI, BERHENTI, ULANG, STATUS, DATA, MULAI.

Rule of the file: the whole message is the word, manners apart ("stop ya pak"); a word inside a sentence is no command.
Which of them mean something where the person stands, and that the label of a choice wins, is decided by the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from surveys.text.normal import cleaned, words
from surveys.text.ticket_numbers import number_in, pin_in
from surveys.text.vocabulary import POLITE, standard

Command = Literal[
    "help", "skip", "back", "later", "stop", "restart", "status", "data", "start", "language", "menu", "send", "resume",
    "cancel", "correct", "delete", "copy", "announce",
    "verify", "move", "profile", "evaluate", "learn", "attend", "hours", "certificate",
    "remind", "task",
]  # fmt: skip

ALWAYS: frozenset[Command] = frozenset(("help", "skip", "back", "later", "stop", "restart", "status", "data", "start"))
"""Commands whose bare word is one in every state. The others are words that a question may well be answered with
("kirim", "lanjut"): while a question stands they count with a stroke before them."""

_PHRASES: dict[Command, str] = {
    "help": (
        "bantuan|bantu|tolong|tolong bantu|minta bantuan|minta tolong|butuh bantuan|bantu saya|caranya bagaimana|"
        "cara isi|cara mengisi|cara pakai|petunjuk|panduan|info bantuan|help|help me|help please|kasi bantu|"
        "kasi tau caranya"
    ),
    "skip": (
        "lewati|lewat|lewatkan|lewati pertanyaan|lewati pertanyaan ini|lewati soal ini|lewati ini|lewati saja|lompat|"
        "lompati|lanjut saja lewati|skip|skip this|skip question|skip this question|next|next question|lewat jo|"
        "pertanyaan berikutnya|pertanyaan selanjutnya|berikutnya|selanjutnya"
    ),
    "back": (
        "kembali|balik|kembali lagi|balik lagi|mundur|sebelumnya|kembali ke sebelumnya|pertanyaan sebelumnya|"
        "kembali ke pertanyaan sebelumnya|balik ke pertanyaan sebelumnya|soal sebelumnya|back|go back|previous|"
        "previous question|balek|bale"
    ),
    "later": (
        "nanti|nanti saja|nanti dulu|nanti lagi|nanti lanjut|lanjut nanti|lanjutkan nanti|dilanjut nanti|lain kali|"
        "lain waktu|tunda|tunda dulu|besok dilanjut|lanjut besok|isi nanti|nanti isi|nanti diisi|later|not now|"
        "maybe later|continue later|pause|do it later|nanti baru isi|nanti baru"
    ),
    "stop": (
        "berhenti|brenti|brhenti|berenti|henti|hentikan|stop|stop saja|stop dulu|berhenti dulu|keluar|akhiri|setop|"
        "su cukup|sudah cukup|cukup sudah|cukup su|cukup sampai di sini|cukup sampai disini|sampai di sini|"
        "sampai disini|jangan kirim|jangan kirim lagi|jangan kirim pesan|jangan kirim pesan lagi|"
        "jangan kirim apa apa lagi|jangan kirim kirim lagi|jangan kirimi saya lagi|jangan ganggu|jangan ganggu saya|"
        "jangan ganggu lagi|jangan hubungi saya|jangan hubungi saya lagi|jangan hubungi lagi|jangan wa lagi|"
        "jangan chat lagi|stop kirim|stop kirim pesan|stop pesan|berhenti kirim|berhenti kirim pesan|"
        "berhenti berlangganan|berhenti langganan|stop langganan|tidak usah kirim lagi|unsubscribe|quit|exit|end|"
        "stop it|stop messages|stop all messages|stop all|opt out|hentikan semua pesan|hentikan pesan|"
        "berhenti terima pesan|berhenti semua|stop semua"
    ),
    "restart": (
        "ulang|ulangi|ulang lagi|ulangi lagi|ulang dari awal|ulangi dari awal|mulai ulang|mulai lagi|mulai dari awal|"
        "mulai lagi dari awal|dari awal|dari awal lagi|isi ulang|reset|restart|start over|start again|begin again|"
        "from the start|ulang dari depan"
    ),
    "status": (
        "status|cek status|lihat status|status aspirasi|status laporan|status tiket|status aspirasi saya|"
        "check status|my status"
    ),
    "data": (
        "data|data saya|lihat data|lihat data saya|cek data|cek data saya|data pribadi|data pribadi saya|my data|"
        "show my data|privacy"
    ),
    "start": "mulai|mulai survei|mulai isi|start|begin|ayo mulai",
    "language": "bahasa|ganti bahasa|ubah bahasa|pilih bahasa|language|change language|english|bahasa inggris|"
    "bahasa indonesia|indonesian",
    "menu": "menu|menu utama|beranda|main menu",
    "send": "kirim|kirimkan|kirim sekarang|kirim jawaban|send|submit|send now",
    "resume": (
        "lanjut|lanjutkan|lanjutkan survei|lanjut survei|lanjut lagi|lanjut isi|teruskan|continue|resume|go on|carry on"
    ),
    "cancel": "batal|batalkan|tidak jadi|gajadi|cancel|abort|never mind",
    "correct": "ralat|ubah jawaban|ganti jawaban|change my answer",
    "delete": "hapus|hapus data|hapus data saya|hapus semua data|hapus semua data saya|delete my data",
    "copy": "salinan|salinan data|salinan data saya|minta salinan|minta salinan data|unduh data|unduh data saya|"
    "copy of my data|download my data",
    "announce": "pengumuman|terima pengumuman|ikut pengumuman|announcements",
    "verify": "verifikasi|verifikasi nip|verifikasi saya|verify|verify me",
    "move": "pindah|pindah kanal|pindah percakapan|move|move channel",
    "profile": "profil|ganti profil|ganti orang|profile|change profile",
    "evaluate": (
        "tes|tes awal|tes akhir|tes pelatihan|pretest|pre test|posttest|post test|umpan balik|umpan balik pelatihan|"
        "evaluasi|evaluasi pelatihan|test|training test|training feedback|feedback on training"
    ),
    "learn": (
        "pelatihan|daftar pelatihan|lihat pelatihan|info pelatihan|pelatihan saya|jadwal pelatihan|trainings|"
        "my trainings"
    ),
    "hours": "jp|jp saya|jam pelajaran|jam pelajaran saya|jumlah jp|lihat jp|learning hours|my learning hours",
    "certificate": "sertifikat|sertifikat saya|minta sertifikat|certificate|my certificate",
    "remind": "pengingat|pengingat saya|reminders|my reminders",
    "task": "tugas|tugas saya|lihat tugas|tasks|my tasks",
}
_SLASHED: dict[Command, str] = {
    "help": "help bantuan bantu", "skip": "skip lewati lewat", "back": "back kembali", "later": "later nanti pause",
    "stop": "stop berhenti brenti unsubscribe keluar", "restart": "restart ulang ulangi reset", "status": "status",
    "data": "data privasi privacy", "start": "start mulai", "language": "language bahasa lang", "menu": "menu",
    "send": "send kirim submit", "resume": "resume lanjut lanjutkan continue", "cancel": "cancel batal",
    "correct": "correct ralat edit ubah", "delete": "delete hapus",
    "copy": "copy salinan unduh", "announce": "pengumuman announcements",
    "verify": "verifikasi verify", "move": "pindah move", "profile": "profil profile",
    "evaluate": "tes test evaluasi umpan_balik evaluate",
    "learn": "pelatihan trainings",
    "attend": "hadir attend", "hours": "jp hours", "certificate": "sertifikat certificate",
    "remind": "pengingat reminders",
    "task": "tugas tasks task",
}  # fmt: skip
_BY_SLASH: dict[str, Command] = {word: command for command, said in _SLASHED.items() for word in said.split()}

_LONGEST, _LONGEST_WITH_PIN = 48, 100
_SLASH = re.compile(r"/\s?([^\s@/]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_TICKET = re.compile(r"[a-z]{2,5}[\s-]?\d{2}[\s-]?\d{3,6}[\s-]?[a-z](?:\s+(?:pin\s*)?\d{4})?")
_MOVING = re.compile(r"(?:pindah|move)\s+(\d{4}[\s-]?[a-z]{4})", re.IGNORECASE)
"""The code of PINDAH, which joins two channels."""
_ATTENDING = re.compile(r"(?:hadir|absen|present)\s+(\d[\d\s-]{0,15})", re.IGNORECASE)
"""HADIR and the digits that are shown at a training."""
_STATUS_WORDS = frozenset({"status", "cek", "lihat", "check", "tiket", "aspirasi", "laporan", "nomor", "saya", "my"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command and what was said after it: the ticket of STATUS, the survey of MULAI; "" if nothing."""

    command: Command
    argument: str = ""


def command_word(text: str) -> Command | None:
    """The command that the whole of ``text`` is; None if it is none."""
    spoken = spoken_command(text)
    return None if spoken is None else spoken.command


def spoken_command(text: str) -> Spoken | None:
    """The command that the whole of ``text`` is, with its argument; None if it is none or an unknown /command.

    A short text with a ticket number in it is STATUS, whatever else it says: the number is for nobody else to read.
    """
    stripped = text.strip()
    return _command(stripped) or _ticketed(stripped)


def _command(text: str) -> Spoken | None:
    if not text or (len(text) > _LONGEST and text[0] not in "/／"):
        return None
    first = text[0]
    if first in "/／":
        return _slashed(text)
    if not first.isalpha() and first.isascii() and not any(char.isalpha() for char in text[:8]):
        return None  # a number, a date, a sign
    return _worded(text)


def _ticketed(text: str) -> Spoken | None:
    number = number_in(text) if len(text) <= _LONGEST_WITH_PIN else None
    if number is None:
        return None
    pin = pin_in(text)
    if pin is None and len(text) > _LONGEST:
        return None  # a story that names it
    return Spoken("status", number if pin is None else f"{number} {pin}")


def _slashed(text: str) -> Spoken | None:
    found = _SLASH.fullmatch(text.replace("／", "/", 1))
    if found is None:
        return None
    command = _BY_SLASH.get(cleaned(found[1]).rstrip(".!,;:"))
    return None if command is None else Spoken(command, (found[2] or "").strip())


@lru_cache(maxsize=1024)
def _worded(text: str) -> Spoken | None:
    said = [standard(word) for word in words(text)]
    if not said or len(said) > 8:
        return None
    for phrase in _without_manners(said):
        command = _BY_PHRASE.get(" ".join(phrase))
        if command is not None:
            return Spoken(command)
    if "status" in said[:2]:
        return _status(text)
    moving = _MOVING.fullmatch(text.strip())
    if moving is not None:
        return Spoken("move", moving[1].upper())
    attending = _ATTENDING.fullmatch(text.strip())
    if attending is not None:
        return Spoken("attend", attending[1])
    return None


def _status(text: str) -> Spoken | None:
    """A ticket after the word, in any spelling ("status alk 26 0417 k"); it is handed on in capitals."""
    plain = cleaned(text).strip(" .!,:;")
    ticket = _TICKET.search(plain)
    if ticket is None or ticket.end() != len(plain):
        return None
    if not set(words(plain[: ticket.start()])) <= _STATUS_WORDS:
        return None
    return Spoken("status", ticket[0].upper())


def _without_manners(said: list[str]) -> list[list[str]]:
    """``said``, and what is left when manners before and after it are dropped."""
    start, end = 0, len(said)
    ways = [said]
    while end - start > 1 and said[end - 1] in _AFTER:
        end -= 1
        ways.append(said[:end])
    while end - start > 1 and said[start] in POLITE:
        start += 1
        ways.append(said[start:end])
    return ways


_AFTER = (POLITE - {"pagi", "siang", "sore", "malam"}) | {"dulu", "sudah", "lagi", "do"}
_BY_PHRASE: dict[str, Command] = {
    " ".join(standard(word) for word in phrase.split()): command
    for command, phrases in _PHRASES.items()
    for phrase in phrases.split("|")
}
