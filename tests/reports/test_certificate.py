"""The paper: what stands on it, and that it is one page of PDF however long the words are."""

from __future__ import annotations

import re
import zlib
from datetime import date

import pytest

from reports.render import pdf
from reports.render.pdf import Paper

PAPER = Paper(
    office="Kecamatan Alak",
    language="id",
    heading="Sertifikat",
    number="007/SERT-ALAK/XII/2026",
    numbered="Nomor: 007/SERT-ALAK/XII/2026",
    given="diberikan kepada",
    name='Maria T. Lado #panic() $x$ *tebal* \\ "kutip"',
    attended="atas keikutsertaannya dalam",
    title="Pelayanan Prima bagi Petugas Loket Kelurahan dan Kecamatan yang Baru Diangkat",
    when="Selasa–Rabu, 1–2 Desember 2026 · Aula Kantor Camat Alak",
    hours="16 jam pelajaran (JP)",
    issued="Diterbitkan pada Kamis, 3 Desember 2026",
    verify="Pindai kode untuk melihat apakah sertifikat ini berlaku:",
    address="https://alak.test/sertifikat/abcdefghijklmnopqrstuv",
)


def pages(made: bytes) -> int:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    plain = [made]
    for stream in streams:
        try:
            plain.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return sum(len(re.findall(rb"/Type\s*/Page(?![s\w])", part)) for part in plain)


@pytest.mark.parametrize("name", [PAPER.name, "A" * 120, "Maria " * 25])
def test_it_is_one_page_and_words_are_no_markup(name: str) -> None:
    from dataclasses import replace

    made = pdf.certificate(replace(PAPER, name=name), date(2026, 12, 3))
    assert made.startswith(b"%PDF-")
    assert pages(made) == 1


def test_the_same_paper_is_the_same_file() -> None:
    day = date(2026, 12, 3)
    assert pdf.certificate(PAPER, day) == pdf.certificate(PAPER, day)
