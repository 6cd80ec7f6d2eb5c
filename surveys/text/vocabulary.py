"""The words that people type here: short forms, slang and Kupang Malay beside Indonesian, and a little English.

Rule of the file: words only. ``standard`` turns a short form into the word it stands for; the sets name what a word
does in an answer. Source of the Kupang words: the district's own list (ho, sonde, su, balom, deng, dolo …).
"""

from __future__ import annotations

import re

from surveys.text.normal import squeezed

_DRAWN_OUT = re.compile(r"([a-z])\1\1")
_VOWELS = frozenset("aeiou")


def listed(text: str) -> frozenset[str]:
    """The words of ``text`` as a set."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of ``text``, which strokes divide, as a set."""
    return frozenset(text.split("|"))


_SPELLINGS = {
    "tidak": "tdk tak tida tdak tidk tidka tdka tidaj ga gak gk nggak ngga ngak nggk gag enggak engga enggk ndak nda "
    "kagak kaga sonde sond son sonda sondeh tra tara",
    "belum": "blm blum belom blom bolom balom balum blon belon",
    "sudah": "sdh sudh su udah udh uda dah sdah suda",
    "tahu": "tau taw tahuu tw",
    "dengan": "dgn dg deng dng",
    "dan": "dn and",
    "atau": "ato atw ataw or",
    "yang": "yg yng",
    "untuk": "utk utuk untk",
    "sangat": "sgt sngt sangad sangt",
    "kurang": "krg krang kurg",
    "cukup": "ckp ckup",
    "terlalu": "talalu trlalu tlalu",
    "sekali": "skali skl",
    "banget": "bgt bgtt bangat bngt",
    "kadang": "kdg kdang kadng kdng",
    "sering": "srg sring srng",
    "selalu": "slalu sllu sll",
    "pernah": "prnah prnh pernh",
    "saya": "sy sya beta bet be aku ak gue gw",
    "kami": "katong kotong ketong tong",
    "ingin": "pingin pengen pgn ingn",
    "mau": "mo mw",
    "punya": "pung pny pnya",
    "pergi": "pi",
    "baik": "bae",
    "jangan": "jgn jang jngn",
    "saja": "aja sj aj sa doang",
    "juga": "jg ju",
    "dulu": "dolo dl dlu",
    "lagi": "lai lg lgi",
    "hari": "hr ari hri",
    "minggu": "mgg mingu",
    "pekan": "week weeks",
    "bulan": "bln month months",
    "tahun": "thn th taon taong tahn year years yrs",
    "tanggal": "tgl tg tggl",
    "jam": "jm",
    "pukul": "pkl pk",
    "nomor": "no nmr nomer nmer number",
    "izin": "ijin",
    "akta": "akte",
    "kelurahan": "kel klurahan kelurhan",
    "kecamatan": "kec",
    "pelatihan": "platihan",
    "kerja": "krja",
    "orang": "org",
    "rumah": "rmh",
    "setuju": "stuju",
    "lainnya": "lainya",
}
RUN_TOGETHER = {
    "gatau": ("tidak", "tahu"), "gtau": ("tidak", "tahu"), "gaktau": ("tidak", "tahu"), "gatahu": ("tidak", "tahu"),
    "gaada": ("tidak", "ada"), "gakada": ("tidak", "ada"), "gapernah": ("tidak", "pernah"), "gamau": ("tidak", "mau"),
    "gapapa": ("tidak", "apa", "apa"), "gpp": ("tidak", "apa", "apa"), "gabisa": ("tidak", "bisa"),
    "gajadi": ("tidak", "jadi"),
}  # fmt: skip
"""Short forms of two words."""
_STANDARD = {spelling: word for word, spellings in _SPELLINGS.items() for spelling in spellings.split()}

NEGATIONS = listed("tidak bukan jangan tanpa kecuali selain not except none nor bukannya")
HEDGES = listed(
    "mungkin mgkn mungkn barangkali kayaknya kayanya kyknya kyaknya keknya sepertinya spertinya rasanya kira kiranya "
    "sekitar skitar seputar perkiraan kurleb hampir hampr agak maybe perhaps probably about around approximately "
    "approx roughly almost nearly lupa seingat kalo kalau ka"
)
"""With one of these an answer is a guess."""
INTENSIFIERS = listed("sekali banget amat sangat bangat very really")
POLITE = listed(
    "pak bu bapak ibu bpk kak kaka kakak mas mbak mba bang abang om tante min admin bos boss gan bro sis sus "
    "nona nyong usi "
    "ya yah yaa iya dong deh sih nih lah loh lho kok kan saja to toh ko e eh oh ooh em emm hmm hm ah jo le na "
    "terima terimakasih kasih makasih makasi trims trimakasih thanks thank you tq tolong mohon maaf permisi please "
    "selamat pagi siang sore malam halo hallo hai hi"
)
"""Manners: they go before or after an answer and change nothing."""
INTRODUCING = listed(
    "saya kami itu ini yang di ke dari adalah ialah yaitu yakni merupakan jawab jawaban jawabannya jawabnya "
    "pilih memilih "
    "pilihan pilihannya pilihanya nomor angka opsi option opsinya kode nilai skor pilihlah maka untuk dalam "
    "pada hanya cuma cuman only i is my the "
    "it its of in to am tinggal domisili alamat"
)
"""They lead to an answer: "saya pilih nomor …", "jawaban saya …", "tinggal di …"."""
NUMBERING = listed("nomor angka opsi option pilihan pilih kode jawab jawaban ke nilai skor poin point")
"""What may stand before the number of a choice."""
FUNCTION_WORDS = listed(
    "tidak dan di ke dari yang atau dengan tanpa sangat kurang cukup ada untuk lebih paling bukan dalam pada "
    "saja ini itu "
    "saya kami oleh akan agar bagi karena lain tahu mau ingin the of to a an i not very my with for at"
)
"""Words that alone are no evidence for a choice."""
AFTER_NEGATION = listed(
    "tahu yakin ingat tentu jelas apa papa masalah mengerti ngerti paham ampun begitu terlalu selalu semua "
    "semuanya juga "
    "hanya urus peduli perlu sure know problem idea"
)
"""After these a yes or no is none: "tidak tahu", "belum tentu", "no problem"."""


def standard(word: str) -> str:
    """The word that ``word`` (in plain form) is a spelling of; letters drawn out are squeezed ("tidaaak")."""
    found = _STANDARD.get(word)
    if found is not None:
        return found
    if _DRAWN_OUT.search(word) is not None and not _VOWELS.isdisjoint(word):
        short = squeezed(word)
        return _STANDARD.get(short, short)
    return word
