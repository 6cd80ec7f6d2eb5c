"""What the words and marks around a number say of it: a unit, a guess, a rate, a range, a negation.

Rule of the file: one verdict a word; the words of the question itself never disturb an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from surveys.text.numerals import Numeral
from surveys.text.vocabulary import HEDGES, INTRODUCING, POLITE, listed

Verdict = Literal["fine", "doubt", "against", "negative"]

TIME_UNITS = listed("tahun bulan minggu pekan hari jam menit detik day days hour hours minute minutes")
COUNTS = listed(
    "orang kali x anak buah biji ekor lembar unit jiwa kk peserta jp sks pelatihan kegiatan butir pcs people "
    "person times"
)
MONEY = listed("rp rupiah idr perak rph")
MEASURES = listed(
    "kg kilo gram gr g km m meter cm mm ha hektar liter l ltr ton are persen percent kwh m2 watt poin point bintang"
)
ABOUT_MONEY = listed(
    "rupiah rp penghasilan pendapatan gaji upah biaya harga tarif uang honor income money cost price salary"
)
ABOUT_AGE = listed("umur usia age old berumur berusia")
ASKS_HOW_MANY = listed("berapa jumlah banyak banyaknya total many much number nomor")

_NEUTRAL = listed(
    "yo umur usia umurnya usianya umurku berumur berusia sudah age old total jumlah jumlahnya sebanyak sebesar ada per "
    "tiap setiap pas tepat genap"
)
_MORE_OR_LESS = listed("kurang lebih")
_CONTRADICTING = listed(
    "tidak bukan jangan belum tanpa lahir kelahiran born antara sampai sampe hingga s sd dari kurang diatas "
    "dibawah atas "
    "bawah pertiga perlima seperlima sepertiga minimal maksimal min max minimum maksimum more less than "
    "under over between "
    "to until angkatan kecuali selain"
)
_PER_ONE = {
    "sebulan": "bulan", "perbulan": "bulan", "sehari": "hari", "perhari": "hari", "seminggu": "minggu",
    "setahun": "tahun", "pertahun": "tahun", "perjam": "jam",
}  # fmt: skip
_IGNORED_MARKS = frozenset(".,;:!\"'()[]{}*_#=|👍✅✔")
_DOUBTFUL_MARKS = frozenset("~±%$€⭐★")


@dataclass(slots=True)
class Said:
    """A text taken apart: its numerals, and the words and marks around them."""

    tokens: list[str]
    numerals: list[tuple[int, Numeral, bool]] = field(default_factory=list)
    """Place of the first token, the numeral, whether it is negative."""
    loose: list[tuple[int, str]] = field(default_factory=list)
    """Place and token of everything else."""
    between: str = ""
    """What joins two numerals: "of" ("9/10", "9 dari 10"), "atau", "dan"."""
    sure: bool = True

    @property
    def first(self) -> int:
        """Where the first numeral begins."""
        return self.numerals[0][0]

    def before(self, place: int) -> str:
        """The token before ``place``, "" if there is none."""
        return self.tokens[place - 1] if place else ""

    def after(self, place: int) -> str:
        """The token after ``place``, "" if there is none."""
        return self.tokens[place + 1] if place + 1 < len(self.tokens) else ""


def judge(said: Said, asked: frozenset[str]) -> bool | None:
    """Whether the words around the numbers leave the answer certain; None if they contradict it.

    ``asked``: the words of the question. Notes in ``said`` what joins two numerals and which is negative.
    """
    verdicts = [
        _word(said, place, token, asked) if token[0].isalpha() else _mark(said, place, token)
        for place, token in said.loose
    ]
    if "against" in verdicts:
        return None
    if "negative" in verdicts:
        place, numeral, _ = said.numerals[0]
        said.numerals[0] = (place, numeral, True)
    return said.sure and "doubt" not in verdicts


def _word(said: Said, place: int, token: str, asked: frozenset[str]) -> Verdict:
    if token in {"minus", "negatif"} and place + 1 == said.first:
        return "negative"
    if token in _MORE_OR_LESS and {said.before(place), said.after(place)} & (_MORE_OR_LESS - {token}):
        return "doubt"
    if token in {"atau", "dan"} and len(said.numerals) > 1:
        said.between = token
        return "fine"
    if token == "dari" and _of(said, place):
        said.between = "of"
        return "fine"
    if token in _PER_ONE or token in TIME_UNITS:
        return _time(said, place, token, asked)
    if token == "ke" and _begins(said, place + 1 + (said.after(place) == "-")) and token not in asked:
        return "doubt"  # "anak ke-3" says which, not how many
    if token == "lebih":
        return "doubt" if place > said.first else "against"
    if token in _CONTRADICTING or (token == "m" and asked & ABOUT_MONEY):  # "1 m" of money is a thousand millions
        return "against"
    return "fine" if token in asked else _unit(token, asked)


def _unit(token: str, asked: frozenset[str]) -> Verdict:
    if token in MONEY:
        fine = not asked & ABOUT_AGE
    elif token in COUNTS:
        fine = bool(asked & ASKS_HOW_MANY) and not asked & ABOUT_AGE
    elif token in ABOUT_MONEY:
        fine = bool(asked & ABOUT_MONEY)
    elif token in MEASURES or token in HEDGES:
        fine = token == "bintang"
    else:
        fine = token in POLITE or token in INTRODUCING or token in _NEUTRAL
    return "fine" if fine else "doubt"


def _begins(said: Said, place: int) -> bool:
    return any(start == place for start, _, _ in said.numerals)


def _of(said: Said, place: int) -> bool:
    """Whether the word at ``place`` stands between two numerals: "9 dari 10"."""
    starts = [start for start, _, _ in said.numerals]
    return len(starts) == 2 and said.numerals[0][1].end == place and starts[1] == place + 1


def _time(said: Said, place: int, token: str, asked: frozenset[str]) -> Verdict:
    unit = _PER_ONE.get(token, token)
    if place < said.first and token == "tahun":  # "tahun 1990" is a year, "tahun 90" no age
        if not 1900 <= said.numerals[0][1].values[0] <= 2100:
            return "against"
        return "fine" if "tahun" in asked else "doubt"
    if unit in asked:
        return "fine"
    if asked & TIME_UNITS:
        return "against"
    rate = token in _PER_ONE or said.before(place) in {"per", "/", "tiap", "setiap"}
    return "fine" if unit == "tahun" and not rate else "doubt"


def _mark(said: Said, place: int, mark: str) -> Verdict:
    begins = _begins(said, place + 1)
    ended = any(numeral.end == place for _, numeral, _ in said.numerals)
    before = said.before(place)
    if mark == "-":
        if not begins:
            return "fine"
        if ended:
            return "against"  # a range
        return "negative" if not before.isalpha() or before in MONEY else "fine"
    if mark == "'" and begins:
        return "against"  # '90 is a year
    if mark == "/":
        if ended and begins:
            said.between = "of"
            return "fine"
        return "fine" if before[:1].isalnum() or before == "-" else "against"
    if mark == "+":
        return "fine" if begins and not ended else "against"
    if mark in _DOUBTFUL_MARKS:
        return "doubt"
    return "fine" if mark in _IGNORED_MARKS else "against"
