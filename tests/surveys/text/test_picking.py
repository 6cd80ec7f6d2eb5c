"""One choice of several, as people type it."""

from __future__ import annotations

import pytest

from surveys.survey import Choice
from surveys.text.choices import exactly, shown_numbers, table_of, tokens_of
from surveys.text.picking import other_choice, pick_one
from tests.surveys.text.said import choices, rows, said

PLACES = choices(
    "namosain=Namosain|nbs=Nunbaun Sabu|nbd=Nunbaun Delha|nunhila=Nunhila|fatufeto=Fatufeto|manutapen=Manutapen|"
    "mantasi=Mantasi|alak=Kelurahan Alak|batuplat=Batuplat|manulai_ii=Manulai II|naioni=Naioni|penkase=Penkase Oeleta|"
    "luar=Luar Alak|rahasia=Tidak ingin menyebut"
)
AGREEMENT = choices("sts=Sangat tidak setuju|ts=Tidak setuju|n=Netral|s=Setuju|ss=Sangat setuju")
FREQUENCY = choices("0=Belum pernah|1=Sekali|2=Kadang-kadang|3=Sering|4=Selalu")
HOURS = choices("a0=0|a1=1–9|a10=10–19|a20=≥20|tt=Tidak tahu")
TENURE = choices("k=Kurang dari 1 tahun|a=1–3 tahun|b=4–10 tahun|l=Lebih dari 10 tahun")
AGE = choices("u17=17 tahun ke bawah|u18=18–25 tahun|u26=26–55 tahun|u56=56 tahun ke atas")
YES_NO = choices("ya=Ya|tidak=Tidak")
DONE = choices("sudah=Sudah|belum=Belum")
THREE = choices("ya=Ya|mungkin=Mungkin|tidak=Tidak")
COMING = choices("hadir=Hadir|tidak=Tidak hadir")
TELL = choices("ya=Ya, lewat chat ini|tidak=Tidak")
POST = choices("aktif=Masih bekerja|pindah=Pindah tugas|berhenti=Berhenti bekerja|lain=Lainnya")
SEX = choices("l=Laki-laki|p=Perempuan|x=Tidak ingin menyebut")
KIND = choices("PNS=PNS|CPNS=CPNS|PPPK=PPPK|PPPK_PW=PPPK Paruh Waktu|NON=Non-ASN")
GRADE = choices("a=II/a Pengatur Muda|b=III/a Penata Muda|c=III/b Penata Muda Tk.I|d=IV/a Pembina")
TIMES = choices("pagi=Pagi|siang=Siang|sore=Sore|akhir=Akhir pekan|bebas=Bebas")
CHANGE = choices("-1=Menurun|0=Sama|1=Sedikit membaik|2=Membaik|3=Sangat membaik")
SUITED = choices("1=Tidak sesuai|2=Kurang sesuai|3=Sesuai|4=Sangat sesuai")
POLITE = choices("1=Tidak sopan dan ramah|2=Kurang sopan dan ramah|3=Sopan dan ramah|4=Sangat sopan dan ramah")
GOOD = choices("1=Buruk|2=Cukup|3=Baik|4=Sangat baik")
CONTENT = choices("1=Tidak puas|2=Kurang puas|3=Puas|4=Sangat puas")
FEES = choices("1=Sangat mahal|2=Cukup mahal|3=Murah|4=Gratis")

IN_PLACES = """
    Nunbaun Sabu => nbs
    nunbaun sabu => nbs
    NUNBAUN-SABU => nbs
    nunbaunsabu => nbs
    Namosain!!! => namosain
    namosaiiin => namosain
    namosain pak => namosain
    namosain ya bu => namosain
    di namosain => namosain
    saya tinggal di namosain => namosain
    beta tinggal di nunhila => nunhila
    kelurahan namosain => namosain
    kel namosain => namosain
    kel. penkase oeleta => penkase
    desa naioni => naioni
    rt 5 namosain => namosain
    fatu feto => fatufeto
    nun hila => nunhila
    batu plat => batuplat
    penkase-oeleta => penkase
    penkase/oeleta => penkase
    manulai ii => manulai_ii
    MANULAI II => manulai_ii
    manulai 2 => manulai_ii
    manulai2 => manulai_ii
    manulai dua => manulai_ii
    Manulai \\u2161 => manulai_ii
    kelurahan alak => alak
    kel. alak => alak
    luar alak => luar
    di luar alak => luar
    tidak ingin menyebut => rahasia
    tdk ingin menyebut => rahasia
    1 => namosain
    14 => rahasia
    08 => alak
    8) => alak
    (8) => alak
    8. => alak
    #8 => alak
    8- => alak
    8 ya => alak
    no 8 => alak
    no.8 => alak
    nomor delapan => alak
    pilih 8 => alak
    pilihan saya nomor 8 pak => alak
    opsi 8 => alak
    yang 8 => alak
    ke-8 => alak
    delapan => alak
    empat belas => rahasia
    pertama => namosain
    yang kedua => nbs
    \\u2467 => alak
    8\\ufe0f\\u20e3 => alak
    \\uff18 => alak
    \\u0668 => alak
    8 alak => alak
    8 (alak) => alak
    8 Kelurahan Alak => alak
    delapan alak => alak
    10 manulai => manulai_ii
    manulai 10 => manulai_ii
    alak => ? alak
    alak pak => ? alak
    kecamatan alak => ? alak
    di luar kecamatan alak => ? luar
    luar => ? luar
    diluar => ? luar
    nbs => ? nbs
    NBD => ? nbd
    rahasia => ? rahasia
    tidak mau sebut => ? rahasia
    nunbaun => ? nbs | nbd
    nunbaun s => ? nbs
    sabu => ? nbs
    delha => ? nbd
    penkase => ? penkase
    oeleta => ? penkase
    manulai => ? manulai_ii
    manu => ? manutapen | manulai_ii
    nam => ? namosain
    nunbaun dela => ? nbd
    nunbaun deha => ? nbd
    nunbaun delaha => ? nbd
    namosaen => ? namosain
    batuplt => ? batuplat
    mantsi => ? mantasi
    naoni => ? naioni
    pengkase => ? penkase
    alok => ? alak
    mungkin namosain => ? namosain
    namosain? => ? namosain
    8? => ? alak
    kayaknya 8 => ? alak
    8 8 => ? alak
    dekat pasar nunbaun sabu => ? nbs
    saya orang namosain => ? namosain
    8 namosain => ? alak | namosain
    8 atau 9 => ? alak | batuplat
    namosain atau nunhila => ? namosain | nunhila
    namosain dan nunhila => ? namosain | nunhila
    2 manulai => ? manulai_ii
    terakhir => ? rahasia
    manulai II Alak => manulai_ii
    manulai ii, kec. alak => manulai_ii
    kelurahan manulai 2 kecamatan alak => manulai_ii
    namosain alak => namosain
    manualai II Alak => ? manulai_ii
    manulai II kota kupang => ? manulai_ii
    manulai II luar alak => ? manulai_ii | luar
    manulai alak => ? manulai_ii | alak
    manulai kec. alak => ? manulai_ii | alak
    penkase alak => ? penkase | alak
    sabu alak => ? nbs | alak
    dekat alak => ? alak
    8 kelurahan alak => alak
    manulai 1 alak => -
    manulai 1 => -
    manulai satu => -
    manulai i => -
    manulai iii => -
    bukan alak => -
    bukan namosain => -
    nunbaun delha bukan sabu => -
    bukan 8 => -
    selain namosain => -
    tidak => -
    tidak ada => -
    tidak tahu => -
    ya => -
    man => -
    ii => -
    a => -
    0 => -
    15 => -
    -1 => -
    -8 => -
    +8 => -
    8.0 => -
    1.000 => -
    1e2 => -
    8a => -
    ½ => -
    1,2 => -
    1 dan 2 => -
    8/9 => -
    semua => -
    kupang => -
    kota kupang => -
    oebobo => -
    oesapa => -
    liliba => -
    maulafa => -
    fatululi => -
    fatukoa => -
    naimata => -
    penfui => -
    batu putih => -
    asdf => -
    ... => -
    👍 => -
    \\x00 => -
    \\ud800 => -
"""

IN_AGREEMENT = """
    setuju => s
    SETUJU => s
    setujuuu => s
    stuju => s
    setuju aja => s
    setuju pak => s
    saya setuju => s
    Setuju 👍 => s
    tidak setuju => ts
    tdk setuju => ts
    gak setuju => ts
    sonde setuju => ts
    tidk setuju => ts
    tidaksetuju => ts
    sgt setuju => ss
    sangat stuju => ss
    sangat tdk setuju => sts
    netral => n
    lima => ss
    5 => ss
    5 (sangat setuju) => ss
    ts => ? ts
    s => ? s
    ss => ? ss
    setuju sekali => ? ss
    setuju banget => ? ss
    sangat setuju sekali => ? ss
    setju => ? s
    netrl => ? n
    agak setuju => ? s
    cukup setuju => ? s
    5 setuju => ? ss | s
    setuju tidak setuju => ? s | ts
    antara setuju dan netral => ? s | n
    tidak => -
    ya => -
    sangat => -
    kurang setuju => -
    tidak begitu setuju => -
    tidak terlalu setuju => -
    bukan setuju => -
    belum setuju => -
    tidak tahu => -
    ragu-ragu => -
    biasa saja => -
    0 => -
    6 => -
    5/5 => -
"""

IN_SUITED = """
    sonde sesuai => 1
    sangat sesuai => 4
    sonde puas => ? 1
    sonde puas. => ? 1
    beta sonde puas => ? 1
    tidak puas sama sekali => ? 1
    sonde bae => ? 1
    kurang puas => ? 2
    sonde terlalu puas => ? 2
    sonde talalu puas => ? 2
    sonde begitu puas => ? 2
    tidak terlalu sesuai => ? 2
    balom puas => ? 2
    puas => ? 3
    su puas => ? 3
    cukup puas => ? 3
    lumayan bagus => ? 3
    agak puas => ? 3
    sangat puas => ? 4
    puas skali => ? 4
    bagus sekali => ? 4
    bukan puas => -
    sonde kurang puas => -
    tidak sangat tidak puas => -
    sonde tau puas ko sonde => -
    puas ko sonde => -
    puas tidak puas => -
    puas tapi lama => -
    sonde puas deng bayar => -
    sonde mahal => -
    sonde => -
"""

IN_GOOD = """
    sonde puas => ? 1
    sonde bae => ? 1
    sonde terlalu bae => ? 1 | 2
    bagus => ? 3
    bae skali => ? 4
    bae => 3
"""

IN_POLITE = """
    sonde ramah => ? 1
    sonde puas => ? 1
    ramah => ? 3
    ramah skali => ? 4
    sonde terlalu sopan => ? 2
"""

IN_FREQUENCY = """
    0 => 0
    4 => 4
    nol => 0
    empat => 4
    blm pernah => 0
    belom pernah => 0
    balom pernah => 0
    sekali => 1
    sekali saja => 1
    1 kali => 1
    1x => 1
    satu kali => 1
    kadang-kadang => 2
    kadang2 => 2
    kdg2 => 2
    srg => 3
    slalu => 4
    belum => ? 0
    tidak pernah => ? 0
    sonde pernah => ? 0
    kadang => ? 2
    sering sekali => ? 3
    2 kali => ? 2
    3x => ? 3
    pernah => -
    jarang => -
    tidak sering => -
    5 => -
    -1 => -
    tiap hari => -
"""

IN_HOURS = """
    0 => a0
    nol => a0
    2 => a1
    1-9 => a1
    1 – 9 => a1
    1 sampai 9 => a1
    10-19 => a10
    10 s/d 19 => a10
    >=20 => a20
    ≥20 => a20
    20+ => a20
    20 ke atas => a20
    tidak tahu => tt
    tdk tau => tt
    gatau => tt
    1 => ? a0 | a1
    3 => ? a10 | a1
    4 => ? a20 | a1
    5 => ? tt | a1
    6 => ? a1
    10 => ? a10
    15 => ? a10
    19 => ? a10
    20 => ? a20
    25 => ? a20
    100 => ? a20
    12 JP => ? a10
    lima belas => ? a10
    kira2 15 => ? a10
    lebih dari 20 => ? a20
    tidak ada => ? a0
    belum ada => ? a0
    lupa => ? tt
    entah => ? tt
    kurang tau => ? tt
    -1 => -
"""

IN_TENURE = """
    2 => a
    1–3 tahun => a
    1-3 => a
    kurang dari 1 tahun => k
    lebih dari 10 tahun => l
    1 => ? k | a
    3 => ? b | a
    2 tahun => ? a
    5 tahun => ? b
    12 thn => ? l
    10 => ? b
    6 bulan => -
    lama => -
"""

IN_YES_NO = """
    ya => ya
    YA!!! => ya
    yaaa => ya
    iya pak => ya
    y => ya
    yes => ya
    iyo => ya
    ho => ya
    ho'oh => ya
    betul => ya
    iya iya => ya
    1 => ya
    satu => ya
    1 ya => ya
    tidak => tidak
    tdk => tidak
    tidaaak => tidak
    tida => tidak
    tidk => tidak
    gak => tidak
    nggak pak => tidak
    sonde => tidak
    son => tidak
    tra => tidak
    no => tidak
    2 => tidak
    dua => tidak
    ok => ? ya
    oke siap => ? ya
    boleh => ? ya
    setuju => ? ya
    sudah => ? ya
    ya udah => ? ya
    ya kadang-kadang => ? ya
    ya saya bersedia => ? ya
    ya? => ? ya
    👍 => ? ya
    👎 => ? tidak
    tidak ya => ? tidak
    tidak mau => ? tidak
    belum => ? tidak
    bukan => ? tidak
    t => ? tidak
    tidak, saya sudah pindah => ? tidak
    2 ya => ? tidak | ya
    tidak tahu => -
    sonde tau => -
    tidak yakin => -
    tidak apa-apa => -
    gapapa => -
    no problem => -
    belum tentu => -
    mungkin => -
    ya ampun => -
    ya tidak => -
    ya, tidak => -
    ya atau tidak => -
    ya tapi tidak => -
    bukan tidak => -
    y/n => -
    0 => -
    3 => -
    terserah => -
"""

IN_DONE = """
    sudah => sudah
    udh => sudah
    su => sudah
    sdh pak => sudah
    belum => belum
    blm => belum
    balom => belum
    belum ya => belum
    ya => ? sudah
    iya => ? sudah
    tidak => ? belum
    sonde => ? belum
    belum pernah => ? belum
    blm sempat => ? belum
    sudah selesai => ? sudah
    sudah belum => -
    sudah tapi belum selesai => -
    belum tahu => -
    belum tentu => -
    hampir => -
"""

OTHERS = [
    (THREE, "ya", "ya"),
    (THREE, "mungkin", "mungkin"),
    (THREE, "gak", "tidak"),
    (THREE, "iyo", "ya"),
    (COMING, "hadir", "hadir"),
    (COMING, "tidak hadir", "tidak"),
    (COMING, "ya", "? hadir"),
    (COMING, "tidak", "? tidak"),
    (COMING, "sonde hadir", "tidak"),
    (DONE, "ya 2", "? belum | sudah"),
    (DONE, "ya, 2", "? belum | sudah"),
    (DONE, "iya nomor 2 pak", "? belum | sudah"),
    (DONE, "ya 1", "sudah"),
    (DONE, "2 ya", "belum"),
    (DONE, "pak 2", "belum"),
    (COMING, "ya 2", "? tidak | hadir"),
    (COMING, "ya 1", "hadir"),
    (THREE, "ya 2", "? mungkin | ya"),
    (PLACES, "ya 8", "alak"),
    (AGREEMENT, "ya 4", "s"),
    (TELL, "ya", "ya"),
    (TELL, "tidak", "tidak"),
    (TELL, "Ya, lewat chat ini", "ya"),
    (POST, "masih bekerja", "aktif"),
    (POST, "masih kerja", "? aktif"),
    (POST, "pindah", "? pindah"),
    (POST, "bekerja", "? aktif | berhenti"),
    (POST, "lain2", "? lain"),
    (POST, "tidak bekerja", "-"),
    (SEX, "laki2", "l"),
    (SEX, "L", "l"),
    (SEX, "P", "p"),
    (SEX, "l.", "l"),
    (SEX, "saya P pak", "p"),
    (SEX, "LK", "l"),
    (SEX, "pr", "p"),
    (SEX, "L?", "? l"),
    (SEX, "L/P", "-"),
    (SEX, "x", "? x"),
    (SEX, "w", "-"),
    (choices("lk=Laki-laki|pr=Perempuan"), "P", "pr"),
    (choices("1=Perempuan|2=Laki-laki"), "L", "2"),
    (choices("l=Laki-laki|p=Perempuan|t=Pasangan"), "P", "? p"),
    (choices("p=Pagi|l=Lembur|m=Malam"), "P", "? p"),
    (SEX, "pria", "? l"),
    (SEX, "cewek", "? p"),
    (SEX, "laki", "? l"),
    (KIND, "pppk", "PPPK"),
    (KIND, "PPPK paruh waktu", "PPPK_PW"),
    (KIND, "paruh waktu", "? PPPK_PW"),
    (KIND, "non asn", "NON"),
    (KIND, "asn", "-"),
    (GRADE, "III/a", "? b"),
    (GRADE, "penata muda tk.I", "? c"),
    (GRADE, "iv/a pembina", "d"),
    (TIMES, "pagi", "pagi"),
    (TIMES, "pagi pak", "pagi"),
    (TIMES, "sore saja", "sore"),
    (TIMES, "akhir pekan", "akhir"),
    (CHANGE, "-1", "-1"),
    (CHANGE, "0", "0"),
    (CHANGE, "3", "3"),
    (CHANGE, "4", "-"),
    (CHANGE, "-2", "-"),
    (CHANGE, "membaik", "2"),
    (AGE, "20", "? u18"),
    (AGE, "60 tahun", "? u56"),
    (AGE, "17", "? u17"),
    (AGE, "56 ke atas", "u56"),
    (AGE, "3", "? u26 | u17"),
    (AGE, "su 30 taon", "? u26"),
    (AGE, "beta su 30 taon", "? u26"),
    (AGE, "umur su 30", "? u26"),
    (AGE, "su hampir 26", "? u26"),
    (AGE, "su mo 30 taon", "-"),
    (AGE, "su 30 bulan", "-"),
    (AGE, "bukan 30", "-"),
    (AGE, "sonde sampe 17", "-"),
    (CONTENT, "sonde puas", "1"),
    (CONTENT, "sonde bagus", "? 1"),
    (CONTENT, "sonde terlalu puas", "? 2"),
    (FEES, "mahal", "? 1 | 2"),
    (FEES, "gratis", "4"),
    (FEES, "tidak mahal", "-"),
]


@pytest.mark.parametrize(
    ("asked", "typed", "meaning"),
    [
        *((PLACES, *row) for row in rows(IN_PLACES)),
        *((AGREEMENT, *row) for row in rows(IN_AGREEMENT)),
        *((SUITED, *row) for row in rows(IN_SUITED)),
        *((GOOD, *row) for row in rows(IN_GOOD)),
        *((POLITE, *row) for row in rows(IN_POLITE)),
        *((FREQUENCY, *row) for row in rows(IN_FREQUENCY)),
        *((HOURS, *row) for row in rows(IN_HOURS)),
        *((TENURE, *row) for row in rows(IN_TENURE)),
        *((YES_NO, *row) for row in rows(IN_YES_NO)),
        *((DONE, *row) for row in rows(IN_DONE)),
        *OTHERS,
    ],
)
def test_pick_one(asked: tuple[Choice, ...], typed: str, meaning: str) -> None:
    assert said(pick_one(table_of(asked, "id"), typed)) == meaning


ALIASED = (
    Choice(name="a", label={"id": "Anonim", "en": "Anonymous"}, aliases=("Tanpa nama", "rahasia saja")),
    Choice(name="k", label={"id": "Dengan kontak", "en": "With contact"}, aliases=("Pakai nama",)),
    Choice(name="n", label={"id": "Nanti", "en": "Later"}),
)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("tanpa nama", "a"),
        ("TANPA NAMA!", "a"),
        ("pake nama", "? k"),
        ("anonymous", "a"),
        ("with contact", "k"),
        ("kontak", "? k"),
        ("anonm", "? a"),
    ],
)
def test_aliases_and_other_languages_count_too(typed: str, meaning: str) -> None:
    assert said(pick_one(table_of(ALIASED, "id"), typed)) == meaning


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Nanti", "n"),
        ("nanti.", "n"),
        ("Tanpa nama", "a"),
        ("later", "n"),
        ("nanti saja", None),
        ("kontak", None),
        ("1", None),
        ("berhenti", None),
        ("", None),
    ],
)
def test_exactly_is_the_whole_label_or_alias(typed: str, name: str | None) -> None:
    assert exactly(typed, ALIASED, "id") == name


def test_a_name_that_people_do_not_see_is_not_exact() -> None:
    assert exactly("berhenti", POST, "id") is None


def test_twins_are_asked_back() -> None:
    twins = choices("a=Lainnya|b=LAINNYA|c=Biaya")
    assert said(pick_one(table_of(twins, "id"), "lainnya")) == "? a | b"


def test_the_exact_label_wins_over_the_number() -> None:
    assert said(pick_one(table_of(choices("x=2|y=1|z=3"), "id"), "1")) == "y"


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        ("a=A|b=B", ("1", "2")),
        ("0=A|1=B|4=C", ("0", "1", "4")),
        ("01=A|02=B", ("1", "2")),
        ("1=A|01=B", ("1", "2")),
        ("-1=A|0=B", ("-1", "0")),
        ("5371010001=A|5371010002=B", ("1", "2")),
        ("1=A|b=B", ("1", "2")),
    ],
)
def test_shown_numbers(listed: str, shown: tuple[str, ...]) -> None:
    assert shown_numbers(choices(listed)) == shown


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Kadang2 saja", ["kadang", "kadang", "saja"]),
        ("tigapuluh empat", ["34"]),
        ("lima ratus ribu", ["5", "ratus", "ribu"]),
        ("Ho'oh", ["hooh"]),
        ("1, 3 dan 5", ["1", ",", "3", "dan", "5"]),
        ("III/a Penata", ["3", "/", "a", "penata"]),
        ("007", ["7"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@pytest.mark.parametrize(("asked", "name"), [(POST, "lain"), (YES_NO, None), (choices("a=A|other=Lain lagi"), "other")])
def test_other_choice(asked: tuple[Choice, ...], name: str | None) -> None:
    assert other_choice(table_of(asked, "id")) == name


def test_the_table_is_made_once_and_filtered_choices_have_their_own() -> None:
    assert table_of(PLACES, "id") is table_of(PLACES, "id")
    assert table_of(PLACES[:3], "id") is not table_of(PLACES, "id")
    assert said(pick_one(table_of(PLACES[3:], "id"), "1")) == "nunhila"


def test_a_long_list_finds_near_spellings() -> None:
    long = (*PLACES, *(Choice(name=f"x{number}", label={"id": f"Desa nomor {number}"}) for number in range(200)))
    table = table_of(long, "id")
    assert said(pick_one(table, "nunbaun deha")) == "? nbd"
    assert said(pick_one(table, "Desa nomor 77")) == "x77"
    assert said(pick_one(table, "tidak ada di sini")) == "-"
