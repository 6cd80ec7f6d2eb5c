"""Names of days and months, and the words around them, in Indonesian, English and Kupang Malay.

Rule of the file: words and the spellings people use, each with its number; nothing is reckoned here.
"""

from __future__ import annotations

_MONTHS = (
    "januari january jan janu januri jenuari",
    "februari february feb peb pebruari febuari febr februri pebuari feburari",
    "maret march mar mrt mart",
    "april apr aprl aprill",
    "mei may mai",
    "juni june jun yuni",
    "juli july jul yuli",
    "agustus august agu ags agt agst aug agus agutus agusts agustsu",
    "september sept sep septmber setember",
    "oktober october okt oct oktobr okto",
    "november nov nop nopember novmber novembr",
    "desember december des dec desembr dsember",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
LONG_MONTHS = {name: number for name, number in MONTHS.items() if len(name) >= 6}

_WEEKDAYS = (
    "senin monday mon snin senen",
    "selasa tuesday tue slasa",
    "rabu wednesday wed rebo",
    "kamis thursday thu kemis",
    "jumat friday fri jumaat jumat",
    "sabtu saturday sat saptu",
    "ahad sunday sun",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
"""Monday is 0. "Minggu" is a week too and is told apart by what stands beside it."""
SUNDAY = 6

TODAY = frozenset(
    {"sekarang", "skrg", "skrng", "skarang", "sakarang", "skg", "today", "now", "tadi", "barusan", "hariini"}
)
TOMORROW = frozenset({"besok", "bsk", "besuk", "beso", "esok", "besoknya", "tomorrow", "bsok"})
YESTERDAY = frozenset(
    {"kemarin", "kemaren", "kmrn", "kmaren", "kmarin", "kmrin", "kemrin", "yesterday", "kamareng", "kamaren", "kmren"}
)
IN_TWO_DAYS = frozenset({"lusa", "lus"})
IN_THREE_DAYS = frozenset({"tulat"})
NEXT = frozenset({"depan", "dpn", "muka", "mendatang", "next", "kedepan", "dtg", "akan", "datang"})
LAST = frozenset({"lalu", "lewat", "silam", "last", "ago", "kemarin", "kemaren", "tadi", "llu"})
LATER = frozenset({"lagi", "kedepan", "depan", "mendatang", "later", "hence", "muka"})
THIS = frozenset({"ini", "this"})
PARTS_OF_DAY = frozenset({"pagi", "pg", "siang", "sore", "malam", "mlm", "malem", "subuh", "petang"})

ONE_UNIT = {
    "sehari": "hari",
    "seminggu": "minggu",
    "sepekan": "minggu",
    "sebulan": "bulan",
    "setahun": "tahun",
    "semalam": "malam",
}
UNITS = {
    "hari": "hari",
    "day": "hari",
    "days": "hari",
    "minggu": "minggu",
    "pekan": "minggu",
    "week": "minggu",
    "weeks": "minggu",
    "bulan": "bulan",
    "tahun": "tahun",
}
FEASTS = {"natal": (12, 25), "christmas": (12, 25), "tahun baru": (1, 1), "kemerdekaan": (8, 17)}
