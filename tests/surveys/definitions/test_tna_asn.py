"""The training-needs survey asks each person what concerns them, compares with the standard, and names the gaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from surveys.messages import Media

MANAGERIAL = (
    "integritas",
    "kerjasama",
    "komunikasi",
    "orientasi_hasil",
    "pelayanan_publik",
    "pengembangan_diri",
    "mengelola_perubahan",
    "pengambilan_keputusan",
    "perekat_bangsa",
)
CORE = ("kerjasama", "komunikasi", "pelayanan_publik", "perekat_bangsa")
SHARED = ("tek_digital", "tek_naskah", "tek_data")
NUMBERED = {
    1: ("kelompok_unit", "unit"),
    2: ("kind",),
    3: ("jabatan",),
    4: ("masa_kerja",),
    5: ("layanan_langsung",),
    6: ("jp_tahun_ini",),
    **{number: (name, f"{name}_penting") for number, name in enumerate(MANAGERIAL, start=7)},
    **{number: (name, f"{name}_butuh") for number, name in enumerate(SHARED, start=16)},
    19: ("tek_layanan", "tek_layanan_butuh"),
    20: ("tek_adminduk", "tek_adminduk_butuh"),
    21: ("tek_lapangan", "tek_lapangan_butuh"),
    22: ("top3",),
    23: ("tugas_sulit",),
    24: ("bentuk",),
    25: ("waktu",),
    26: ("hambatan",),
    27: ("siap_mengajar",),
    28: ("usul",),
}
"""The questions by their numbers on paper; a pair is one number."""
LURAH = {
    "kelompok_unit": "lurah",
    "unit": "kel_naioni",
    "kind": "PNS",
    "jabatan": "pengawas",
    "layanan_langsung": "setiap_hari",
    "siap_mengajar": "tidak",
    **{f"tek_{name}": "3" for name in ("digital", "naskah", "data", "layanan", "adminduk", "lapangan")},
    **dict.fromkeys(MANAGERIAL, "2"),
}
"""A ward head of Naioni at the level of the standard, and above what the tasks need."""

Begin = Callable[..., Any]


def unit(kind: str, name: str) -> dict[str, str]:
    return {"kelompok_unit": kind, "unit": name}


def test_everybody_who_is_asked_everything_is_asked_28_questions(begin: Begin) -> None:
    interview = begin("tna_asn", LURAH).finish()
    assert interview.asked == [name for number in range(1, 29) for name in NUMBERED[number]]
    assert interview.session.doing == "reviewing"
    assert interview.session.total == 28


def test_no_more_questions_are_promised_at_first_than_may_come(begin: Begin) -> None:
    assert begin("tna_asn", LURAH).session.total == 29  # with the last, which is asked of those who have a gap


PROFILE = ["kelompok_unit", "unit", "kind", "jabatan"]
REST = ["masa_kerja", "layanan_langsung", "jp_tahun_ini"]
LAST = ["top3", "tugas_sulit", "bentuk", "waktu", "hambatan", "siap_mengajar", "usul"]

SKIPS: dict[str, tuple[dict[str, str], tuple[str, ...], tuple[str, ...], bool]] = {
    # who: answers, competences, technical skills, is the functional grade asked?
    "ward office, serves citizens": (
        LURAH,
        MANAGERIAL,
        (*SHARED, "tek_layanan", "tek_adminduk", "tek_lapangan"),
        False,
    ),
    "ward office, serves nobody": (
        {**LURAH, "layanan_langsung": "tidak"},
        MANAGERIAL,
        (*SHARED, "tek_adminduk", "tek_lapangan"),
        False,
    ),
    "secretariat, serves nobody": (
        {**unit("camat", "camat_sekretariat"), "kind": "PPPK", "jabatan": "pelaksana", "layanan_langsung": "tidak"},
        MANAGERIAL,
        (*SHARED, "tek_keuangan"),
        False,
    ),
    "head of the district": (
        {**unit("camat", "camat_sekretariat"), "kind": "PNS", "jabatan": "administrator", "layanan_langsung": "kadang"},
        MANAGERIAL,
        (*SHARED, "tek_layanan", "tek_keuangan"),
        False,
    ),
    "public works, functional": (
        {**unit("opd", "opd_pupr"), "kind": "PNS", "jabatan": "fungsional", "jenjang": "ahli_muda"},
        MANAGERIAL,
        (*SHARED, "tek_layanan", "tek_proyek"),
        True,
    ),
    "midwife": (
        {**unit("puskesmas", "pkm_alak"), "kind": "CPNS", "jabatan": "fungsional", "jenjang": "keterampilan"},
        MANAGERIAL,
        (*SHARED, "tek_layanan"),
        True,
    ),
    "peace and order, no civil servant": (
        {**unit("camat", "camat_trantib"), "kind": "NON_ASN", "jabatan": "pelaksana", "layanan_langsung": "kadang"},
        CORE,
        (*SHARED, "tek_layanan", "tek_lapangan"),
        False,
    ),
    "empowerment, part-time": (
        {
            **unit("camat", "camat_pm"),
            "kind": "PPPK_PARUH_WAKTU",
            "jabatan": "pelaksana",
            "layanan_langsung": "tidak",
        },
        MANAGERIAL,
        (*SHARED, "tek_lapangan"),
        False,
    ),
    "municipal police": (
        {**unit("opd", "opd_satpolpp"), "kind": "PNS", "jabatan": "pelaksana", "layanan_langsung": "tidak"},
        MANAGERIAL,
        (*SHARED, "tek_lapangan"),
        False,
    ),
    "civil registration": (
        {**unit("opd", "opd_dukcapil"), "kind": "PNS", "jabatan": "pelaksana", "layanan_langsung": "tidak"},
        MANAGERIAL,
        SHARED,
        False,
    ),
    "no civil servant, but not general staff": (
        {**unit("sekolah", "sd_negeri"), "kind": "NON_ASN", "jabatan": "lainnya", "layanan_langsung": "tidak"},
        MANAGERIAL,
        SHARED,
        False,
    ),
}


@pytest.mark.parametrize("who", SKIPS)
def test_people_are_asked_what_concerns_them(who: str, begin: Begin) -> None:
    answers, competences, skills, graded = SKIPS[who]
    interview = begin("tna_asn", {"siap_mengajar": "tidak", **answers}).finish()
    expected = [
        *PROFILE,
        *(["jenjang"] if graded else []),
        *REST,
        *(name for key in competences for name in (key, f"{key}_penting")),
        *(name for key in skills for name in (key, f"{key}_butuh")),
        *LAST,
    ]
    assert [name for name in interview.asked if name != "kirim_atasan"] == expected


def test_another_unit_has_no_list_of_units(begin: Begin) -> None:
    interview = begin("tna_asn", {"kelompok_unit": "lainnya"}).until("jabatan")
    assert interview.asked == ["kelompok_unit", "kind", "jabatan"]


@pytest.mark.parametrize(
    ("kind", "units"),
    [
        (
            "camat",
            ["sekretariat", "pemerintahan", "trantib", "pm", "kesos", "pelayanan"],
        ),
        ("puskesmas", ["alak", "penkase", "naioni", "manutapen"]),
        ("sekolah", ["sd_negeri", "smp_negeri"]),
    ],
)
def test_the_kind_of_office_leaves_its_own_units(kind: str, units: list[str], begin: Begin) -> None:
    interview = begin("tna_asn", {"kelompok_unit": kind}).until("unit")
    prefix = {"camat": "camat_", "puskesmas": "pkm_", "sekolah": ""}[kind]
    assert [choice.name for choice in interview.choices()] == [f"{prefix}{name}" for name in units]


def test_a_device_is_asked_for_where_the_network_is_the_obstacle(begin: Begin) -> None:
    asked = begin("tna_asn", {**LURAH, "hambatan": "biaya internet"}).finish().asked
    assert asked[asked.index("hambatan") :] == ["hambatan", "perangkat", "siap_mengajar", "usul"]


@pytest.mark.parametrize(("willing", "following"), [("ya", ["bidang_mengajar"]), ("mungkin", []), ("tidak", [])])
def test_a_subject_is_asked_of_those_willing_to_teach(willing: str, following: list[str], begin: Begin) -> None:
    asked = begin("tna_asn", {**LURAH, "siap_mengajar": willing}).finish().asked
    assert asked[asked.index("siap_mengajar") :] == ["siap_mengajar", *following, "usul"]


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"kind": "PNS", "jabatan": "administrator"}, "3"),
        ({"kind": "PNS", "jabatan": "pengawas"}, "2"),
        ({"kind": "PPPK", "jabatan": "pelaksana"}, "1"),
        ({"kind": "PNS", "jabatan": "fungsional", "jenjang": "keterampilan"}, "1"),
        ({"kind": "PNS", "jabatan": "fungsional", "jenjang": "ahli_pertama"}, "2"),
        ({"kind": "PPPK", "jabatan": "fungsional", "jenjang": "ahli_muda"}, "3"),
        ({"kind": "PNS", "jabatan": "fungsional", "jenjang": "ahli_madya"}, "4"),
        ({"kind": "PNS", "jabatan": "lainnya"}, ""),
        ({"kind": "NON_ASN", "jabatan": "pelaksana"}, ""),
        ({"kind": "NON_ASN", "jabatan": "pengawas"}, ""),
    ],
)
def test_the_standard_is_named_only_after_the_rating(answers: dict[str, str], level: str, begin: Begin) -> None:
    interview = begin("tna_asn", answers).until("tek_digital")
    asked = [name for name in MANAGERIAL if name in interview.asked] if level else []
    assert interview.values().get("std", "") == level
    assert {note: last for note, last in interview.followed.items() if note.endswith("_std")} == {
        f"{name}_std": f"{name}_penting" for name in asked
    }
    assert interview.notes.get("integritas_std", "") == (
        f"Standar jabatan untuk Integritas: level {level}." if level else ""
    )


GAPS = {
    **unit("camat", "camat_sekretariat"),
    "kind": "PNS",
    "jabatan": "administrator",
    "layanan_langsung": "tidak",
    **dict.fromkeys(MANAGERIAL, "3"),
    "integritas": "1",
    "perekat_bangsa": "2",
    "komunikasi": "5",
    "tek_digital": "2",
    "tek_digital_butuh": "5",
    "tek_naskah": "4",
    "tek_naskah_butuh": "2",
    "tek_data": "1",
    "tek_data_butuh": "5",
    "tek_keuangan": "3",
    "tek_keuangan_butuh": "3",
}


def test_gaps_are_what_the_standard_or_the_task_needs_more(begin: Begin) -> None:
    values = begin("tna_asn", GAPS).until("top3").values()
    assert {name: value for name, value in values.items() if name.startswith("gap_")} == {
        "gap_integritas": "2",
        "gap_kerjasama": "0",
        "gap_komunikasi": "0",
        "gap_orientasi_hasil": "0",
        "gap_pelayanan_publik": "0",
        "gap_pengembangan_diri": "0",
        "gap_mengelola_perubahan": "0",
        "gap_pengambilan_keputusan": "0",
        "gap_perekat_bangsa": "1",
        "gap_tek_digital": "3",
        "gap_tek_naskah": "0",
        "gap_tek_data": "4",
        "gap_tek_keuangan": "0",
        "gap_urut": "tek_data tek_digital integritas perekat_bangsa",
    }


def test_the_largest_gaps_are_marked_and_only_what_was_asked_can_be_chosen(begin: Begin) -> None:
    interview = begin("tna_asn", GAPS).until("top3")
    assert interview.session.selection == ("tek_data", "tek_digital", "integritas")
    assert [choice.name for choice in interview.choices()] == [*MANAGERIAL, *SHARED, "tek_keuangan"]


def test_who_is_asked_less_chooses_among_less(begin: Begin) -> None:
    answers, competences, skills, _graded = SKIPS["peace and order, no civil servant"]
    interview = begin("tna_asn", answers).until("top3")
    assert [choice.name for choice in interview.choices()] == [*competences, *skills]


OFFICE = "Aplikasi perkantoran dan layanan digital"


@pytest.mark.parametrize(
    ("language", "changes", "note"),
    [
        ("id", {}, f"3 kesenjangan terbesar Bapak/Ibu: Pengolahan data dan laporan; {OFFICE}; Integritas."),
        ("en", {}, "Your largest gaps (3): Data and reports; Office software and digital services; Integrity."),
        (
            "id",
            {"integritas": "3", "perekat_bangsa": "3"},
            f"2 kesenjangan terbesar Bapak/Ibu: Pengolahan data dan laporan; {OFFICE}.",
        ),
        (
            "id",
            {"integritas": "3", "perekat_bangsa": "3", "tek_data": "5"},
            f"1 kesenjangan terbesar Bapak/Ibu: {OFFICE}.",
        ),
    ],
)
def test_the_gaps_are_named_at_the_end_and_may_go_to_the_supervisor(
    language: str, changes: dict[str, str], note: str, begin: Begin
) -> None:
    interview = begin("tna_asn", {**GAPS, **changes}, language=language).finish()
    assert interview.notes["ringkasan"] == note
    assert interview.asked[-2:] == ["usul", "kirim_atasan"]
    assert "tanpa_gap" not in interview.notes


def test_without_a_gap_there_is_nothing_to_confirm(begin: Begin) -> None:
    interview = begin("tna_asn", LURAH).finish()
    assert interview.notes["tanpa_gap"] == (
        "Menurut jawaban Bapak/Ibu, belum ada kesenjangan dengan level yang dibutuhkan."
    )
    assert {"ringkasan"} & set(interview.notes) == set()
    assert interview.asked[-1] == "usul"


def test_two_numbers_answer_a_pair_at_once(begin: Begin) -> None:
    interview = begin("tna_asn", LURAH).until("komunikasi")
    interview.say("3 5")
    assert interview.session.at.name == "orientasi_hasil"
    values = interview.values()
    assert (values["komunikasi"], values["komunikasi_penting"]) == ("3", "5")
    assert interview.notes["komunikasi_std"] == "Standar jabatan untuk Komunikasi: level 2."


OBSTACLES = 'Mohon pilih paling banyak tiga. "Tidak ada" tidak dapat digabung dengan pilihan lain.'


@pytest.mark.parametrize(
    ("name", "reply", "reason"),
    [
        ("tugas_sulit", "a" * 501, "Mohon paling banyak 500 huruf."),
        ("bidang_mengajar", "a" * 121, "Mohon paling banyak 120 huruf."),
        ("usul", "a" * 701, "Mohon paling banyak 700 huruf."),
        ("bentuk", "1,2,3,4", "Mohon pilih paling banyak tiga."),
        ("hambatan", "1,2,3,4", OBSTACLES),
        ("hambatan", "1,8", OBSTACLES),
    ],
)
def test_what_is_too_much_is_sent_back_with_a_sentence(name: str, reply: str, reason: str, begin: Begin) -> None:
    interview = begin("tna_asn", {**LURAH, "siap_mengajar": "ya"}).until(name)
    interview.say(reply)
    assert interview.rejections == [reason]
    assert interview.session.at.name == name


@pytest.mark.parametrize(
    ("name", "reply", "value"),
    [
        ("tugas_sulit", "a" * 500, "a" * 500),
        ("hambatan", "8", "tidak_ada"),
        ("hambatan", "1,2,3", "beban biaya jarak"),
        ("bentuk", "8,1,5", "komunitas kelas coaching"),
    ],
)
def test_what_is_just_allowed_stands(name: str, reply: str, value: str, begin: Begin) -> None:
    interview = begin("tna_asn", LURAH).until(name)
    interview.say(reply)
    assert sorted(interview.values()[name].split()) == sorted(value.split())


@pytest.mark.parametrize("name", ["tugas_sulit", "usul"])
def test_free_texts_may_be_spoken_or_left_out(name: str, begin: Begin) -> None:
    interview = begin("tna_asn", LURAH).until(name)
    voice = Media(kind="audio", reference="file-1", mime="audio/ogg", size=90_000, seconds=40, voice=True)
    interview.say(voice)
    assert interview.rejections == []
    assert interview.session.at is None or interview.session.at.name != name
    assert name in interview.values()


def test_the_year_that_is_planned_for_is_the_next(begin: Begin) -> None:
    interview = begin("tna_asn")
    assert interview.notes["pengantar"] == (
        "Survei ini membantu menyusun rencana pengembangan kompetensi ASN tahun 2027. "
        "Jawaban tidak memengaruhi penilaian kinerja."
    )


def test_what_the_office_knows_is_proposed(begin: Begin) -> None:
    roster = {"unit": "kel_naioni", "kind": "PPPK", "jabatan": "fungsional", "jenjang": "ahli_pertama"}
    interview = begin("tna_asn", facts=roster)
    for _question in ("kelompok_unit", "unit", "kind", "jabatan", "jenjang"):
        interview.say("Keep it")
    assert interview.session.at.name == "masa_kerja"
    values = interview.values()
    assert {name: values[name] for name in ("kelompok_unit", "jenis", *roster)} == {
        "kelompok_unit": "lurah",
        "jenis": "kelurahan",
        **roster,
    }


def test_a_unit_the_list_does_not_know_is_not_proposed(begin: Begin) -> None:
    interview = begin("tna_asn", facts={"unit": "kantor_lama"})
    interview.say("Keep it")
    assert interview.session.at.name == "kelompok_unit"
    assert len(interview.rejections) == 1
