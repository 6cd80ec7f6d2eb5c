"""Several choices, and choices put into order, as people type them."""

from __future__ import annotations

import pytest

from surveys.survey import Choice
from surveys.text.choices import table_of
from surveys.text.meaning import NOTHING, perhaps
from surveys.text.picking_several import pick_order, pick_several
from tests.surveys.text.said import choices, rows, said

SKILLS = choices(
    "ramah=Ramah dan sopan|jelas=Penjelasan jelas|cepat=Cepat dan tepat waktu|aturan=Menguasai aturan/syarat|"
    "komputer=Memakai komputer/aplikasi|adil=Adil, tidak pilih kasih|jujur=Jujur, tanpa pungutan|"
    "keluhan=Menangani keluhan|bahasa=Bahasa daerah/isyarat|lain=Lainnya"
)
OBSTACLES = choices(
    "beban=Beban kerja|biaya=Biaya|jarak=Jarak/transportasi|internet=Internet/listrik|izin=Izin atasan|"
    "info=Tidak ada informasi|keluarga=Keluarga|tidak_ada=Tidak ada"
)
PAPERS = choices("ktp=KTP|kk=KK|akta=Akta")
RANKED = choices("naskah=Naskah dinas|data=Pengolahan data|digital=Layanan digital|mediasi=Mediasi warga")

IN_SKILLS = """
    1 => ramah
    1,3 => ramah cepat
    1, 3, 5 => ramah cepat komputer
    1,3 dan 5 => ramah cepat komputer
    1, 3, dan 5 => ramah cepat komputer
    1 3 5 => ramah cepat komputer
    3,1 => ramah cepat
    1,1,3 => ramah cepat
    1,3, => ramah cepat
    ,1,3 => ramah cepat
    1,,3 => ramah cepat
    1+3 => ramah cepat
    1&3 => ramah cepat
    1;3 => ramah cepat
    1/3 => ramah cepat
    1.3 => ramah cepat
    1.3.5 => ramah cepat komputer
    1 deng 3 => ramah cepat
    1 sama 3 => ramah cepat
    1dan3 => ramah cepat
    1\\n3 => ramah cepat
    1.\\n3. => ramah cepat
    1) 3) => ramah cepat
    \\u2460\\u2462 => ramah cepat
    1\\ufe0f\\u20e33\\ufe0f\\u20e3 => ramah cepat
    \\uff11\\uff0c\\uff13 => ramah cepat
    \\u0661\\u060c\\u0663 => ramah cepat
    satu, tiga => ramah cepat
    satu tiga lima => ramah cepat komputer
    nomor 1 dan 3 => ramah cepat
    no 1,3 => ramah cepat
    saya pilih 1 dan 3 pak => ramah cepat
    hanya 1 => ramah
    pertama dan ketiga => ramah cepat
    10 => lain
    1 10 => ramah lain
    ramah dan sopan => ramah
    RAMAH DAN SOPAN => ramah
    ramah & sopan => ramah
    Adil, tidak pilih kasih => adil
    Adil, tidak pilih kasih, Jujur, tanpa pungutan => adil jujur
    ramah dan sopan dan penjelasan jelas => ramah jelas
    ramah dan sopan, cepat dan tepat waktu => ramah cepat
    1 ramah dan sopan => ramah
    1. Ramah dan sopan\\n3. Cepat dan tepat waktu => ramah cepat
    syarat => aturan
    isyarat => bahasa
    lainnya => lain
    1-3 => ? ramah jelas cepat
    1 sampai 3 => ? ramah jelas cepat
    1 s/d 3 => ? ramah jelas cepat
    1-3-5 => ? ramah cepat komputer
    1 dan => ? ramah
    1,3? => ? ramah cepat
    mungkin 1 dan 3 => ? ramah cepat
    ramah => ? ramah
    ramah, cepat => ? ramah cepat
    komputer dan ramah => ? ramah komputer
    adil, jujur => ? adil jujur
    tidak pilih kasih => ? adil
    tanpa pungutan => ? jujur
    1, adil => ? ramah adil
    1 adil => ? ramah adil
    rmah dan sopan => ? ramah
    1. Cepat dan tepat waktu\\n2. Ramah dan sopan => ? ramah cepat
    lain2 => ? lain
    semua => ? ramah jelas cepat aturan komputer adil jujur keluhan bahasa lain
    0 => -
    11 => -
    13 => -
    135 => -
    1,11 => -
    1,0 => -
    -1 => -
    1,-3 => -
    1e2 => -
    8a => -
    1.000 => -
    dua belas => -
    1 dan ngantuk => -
    ramah, ngantuk => -
    pungli => -
    bukan 1 => -
    1 tapi bukan 3 => -
    selain 1 => -
    kecuali 1 => -
    1 atau 3 => -
    1,3 dan semua => -
    tidak ada => -
    tidak tahu => -
    terserah => -
    ya => -
    ... => -
    \\x00 => -
    \\ud800 => -
"""

IN_OBSTACLES = """
    tidak ada => tidak_ada
    TIDAK ADA => tidak_ada
    tdk ada => tidak_ada
    sonde ada => tidak_ada
    nggak ada pak => tidak_ada
    gaada => tidak_ada
    8 => tidak_ada
    tidak ada informasi => info
    tidak ada informasi dan biaya => biaya info
    biaya => biaya
    biaya dan jarak => biaya jarak
    jarak => jarak
    jarak/transportasi => jarak
    jarak, transportasi => jarak
    internet => internet
    listrik => internet
    ijin atasan => izin
    8,2 => biaya tidak_ada
    tidak ada, biaya => biaya tidak_ada
    nihil => ? tidak_ada
    kosong => ? tidak_ada
    belum ada => ? tidak_ada
    tidak ada info => ? info
    izin => ? izin
    beban => ? beban
    transport => ? jarak
    bebn kerja => ? beban
    tidak ada hambatan => ? tidak_ada
    tidak ada biaya => -
    tidak ada izin => -
    tidak ada internet => -
    tidak => -
    informasi => -
    uang => -
    sinyal => -
    semua kecuali 8 => -
"""

IN_PAPERS = """
    KTP/KK => ktp kk
    ktp kk => ktp kk
    kk ktp => ktp kk
    KTP, KK, Akta => ktp kk akta
    ktp deng akta => ktp akta
    ktp aja => ktp
    akte => akta
    semua => ? ktp kk akta
    1-3 => ? ktp kk akta
    bukan ktp => -
    KTP dan SIM => -
    ktp atau kk => -
    123 => -
"""

IN_ORDER = """
    3,1,2,4 => digital naskah data mediasi
    3 1 2 4 => digital naskah data mediasi
    3>1>2>4 => digital naskah data mediasi
    3 → 1 → 2 → 4 => digital naskah data mediasi
    3 lalu 1 lalu 2 lalu 4 => digital naskah data mediasi
    3 terus 1 terus 2 terus 4 => digital naskah data mediasi
    3 dulu baru 1, 2, 4 => digital naskah data mediasi
    3/1/2/4 pak => digital naskah data mediasi
    tiga satu dua empat => digital naskah data mediasi
    Layanan digital, naskah dinas, pengolahan data, mediasi warga => digital naskah data mediasi
    layanan digital > naskah dinas > pengolahan data > mediasi warga => digital naskah data mediasi
    1. Layanan digital\\n2. Naskah dinas\\n3. Pengolahan data\\n4. Mediasi warga => digital naskah data mediasi
    1,2,3,4 => naskah data digital mediasi
    3124 => ? digital naskah data mediasi
    3-1-2-4 => ? digital naskah data mediasi
    digital, naskah, data, mediasi => ? digital naskah data mediasi
    pertama 3, kedua 1, ketiga 2, keempat 4 => ? digital naskah data mediasi
    3,1,2 => -
    3,1,2,2 => -
    3,1,2,5 => -
    3,1,2,0 => -
    3,1,2,4,1 => -
    3 1 4 => -
    33 1 2 4 => -
    3122 => -
    1 => -
    semua => -
    sama semua => -
    terserah => -
    bukan 3,1,2,4 => -
    \\x00 => -
"""


@pytest.mark.parametrize(
    ("asked", "typed", "meaning"),
    [
        *((SKILLS, *row) for row in rows(IN_SKILLS)),
        *((OBSTACLES, *row) for row in rows(IN_OBSTACLES)),
        *((PAPERS, *row) for row in rows(IN_PAPERS)),
    ],
)
def test_pick_several(asked: tuple[Choice, ...], typed: str, meaning: str) -> None:
    assert said(pick_several(table_of(asked, "id"), typed, label="Apa hambatan terbesar?")) == meaning


@pytest.mark.parametrize(("typed", "meaning"), rows(IN_ORDER))
def test_pick_order_of_all(typed: str, meaning: str) -> None:
    assert said(pick_order(table_of(RANKED, "id"), typed, count=4)) == meaning


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("3,1", "digital naskah"),
        ("digital dan data", "? digital data"),
        ("31", "? digital naskah"),
        ("3,1,2", "-"),
        ("3", "-"),
        ("3,3", "-"),
    ],
)
def test_pick_order_of_the_first_two(typed: str, meaning: str) -> None:
    assert said(pick_order(table_of(RANKED, "id"), typed, count=2)) == meaning


def test_names_that_are_numbers_are_the_numbers() -> None:
    table = table_of(choices("0=Belum|2=Sering|4=Selalu"), "id")
    assert [said(pick_several(table, typed)) for typed in ("0,4", "1", "2 dan 4")] == ["0 4", "-", "2 4"]


@pytest.mark.parametrize(
    "text",
    [
        "1. data 2. digital 3. mediasi 4. naskah",
        "1) data\n2) digital\n3) mediasi\n4) naskah",
        "data, digital, mediasi, naskah",
    ],
)
def test_counted_parts_of_labels_are_asked_back_in_their_order(text: str) -> None:
    assert pick_order(table_of(RANKED, "id"), text, count=4) == perhaps("data digital mediasi naskah")


def test_parts_of_labels_with_numbers_that_say_something_else_are_not_understood() -> None:
    assert pick_order(table_of(RANKED, "id"), "4. data 2. digital 3. mediasi 1. naskah", count=4) == NOTHING
