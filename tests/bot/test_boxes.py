"""Films keep their pictures and sounds, and lose place, device and time, byte for byte."""

from __future__ import annotations

import random
import struct
from contextlib import suppress

import pytest

from bot.boxes import Unclear, bare

THEN = 3_870_000_000
PLACE = b"-10.1772+123.6070/"


def box(name: bytes, *held: bytes) -> bytes:
    body = b"".join(held)
    return struct.pack(">I4s", 8 + len(body), name) + body


def times(name: bytes, *, version: int = 0, more: int = 84) -> bytes:
    return box(name, bytes((version, 0, 0, 0)), struct.pack(">QQ" if version else ">II", THEN, THEN), b"\7" * more)


def table(*numbers: int) -> bytes:
    return bytes(4) + struct.pack(f">{len(numbers)}I", *numbers)


def track(handler: bytes, samples: bytes, *more: bytes, version: int = 0) -> bytes:
    return box(
        b"trak",
        times(b"tkhd", version=version),
        box(
            b"mdia",
            times(b"mdhd", version=version),
            box(b"hdlr", bytes(8), handler, bytes(13)),
            box(b"minf", box(b"stbl", box(b"stsd", b"codec"), samples)),
        ),
        *more,
    )


def sample_table(
    sizes: tuple[int, ...], runs: tuple[int, ...], offsets: tuple[int, ...], *, wide: bool = False
) -> bytes:
    chunks = struct.pack(f">I{len(offsets)}Q", len(offsets), *offsets)
    return (
        box(b"stsz", table(0, len(sizes), *sizes))
        + box(b"stsc", table(len(runs) // 3, *runs))
        + (box(b"co64", bytes(4), chunks) if wide else box(b"stco", table(len(offsets), *offsets)))
    )


def film(*, version: int = 0, wide: bool = False) -> bytes:
    """A film with pictures, where it was taken, and a track that says so second by second."""
    start = box(b"ftyp", b"mp42\0\0\0\0mp42isom")
    picture, place = b"PICTURE" * 3, b"GPS1GPS22GPS333"
    mdat = box(b"mdat", picture, place)
    at = len(start) + 8 + len(picture)
    return b"".join(
        (
            start,
            mdat,
            box(
                b"moov",
                times(b"mvhd", version=version),
                track(b"vide", b"", box(b"udta", PLACE), box(b"meta", PLACE), version=version),
                track(b"meta", sample_table((4, 5, 6), (1, 2, 1, 2, 1, 1), (at, at + 9), wide=wide)),
                box(b"udta", box(b"\xa9xyz", PLACE)),
                box(b"gps ", PLACE),
            ),
            box(b"uuid", b"x" * 16 + PLACE),
            box(b"free", PLACE),
        )
    )


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("wide", [False, True])
def test_a_film_loses_place_and_time_and_nothing_moves(version: int, *, wide: bool) -> None:
    data = film(version=version, wide=wide)
    left = bare(data)
    assert len(left) == len(data)
    assert left.index(b"PICTURE" * 3) == data.index(b"PICTURE" * 3)
    for told in (PLACE, b"GPS", struct.pack(">I", THEN), b"\xa9xyz", b"udta", b"uuid"):
        assert told in data
        assert told not in left
    assert left.count(b"trak") == 1
    assert (
        left.count(b"\7" * 84) == data.count(b"\7" * 84) - 2
    )  # the rest of the times' boxes, but for the dropped track
    assert bare(left) == left


def test_samples_of_one_size_are_wiped_too() -> None:
    start = box(b"ftyp", b"qt  ") + box(b"mdat", b"GPS1GPS2", b"SOUND")
    where = box(b"stsz", table(4, 2)) + box(b"stsc", table(1, 1, 2, 1)) + box(b"stco", table(1, start.index(b"GPS1")))
    left = bare(start + box(b"moov", times(b"mvhd"), track(b"mebx", where), track(b"soun", b"")))
    assert (b"GPS" in left, b"SOUND" in left) == (False, True)


FAR_TOO_MUCH = box(b"stsz", table(100, 1000)) + box(b"stsc", table(1, 1, 1, 1)) + box(b"stco", table(1000, *[0] * 1000))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x00\x00\x20ftypisom" + bytes(100),
        film()[:-3],
        film() + b"tail",
        box(b"ftyp", b"isom"),
        box(b"moov", box(b"udta", PLACE)),
        box(b"moov", box(b"mvhd", b"\0\0")),
        box(b"moov", times(b"mvhd", version=2)),
        box(b"moov", times(b"mvhd"), track(b"meta", b"")),
        box(b"moov", times(b"mvhd"), track(b"meta", sample_table((9999,), (1, 1, 1), (0,)))),
        box(b"moov", times(b"mvhd"), track(b"meta", box(b"stsz", table(0, 2**31)))),
        box(b"moov", times(b"mvhd"), track(b"meta", sample_table((1,), (3, 1, 1, 1, 1, 1), (0, 0, 0)))),
        box(b"moov", times(b"mvhd"), track(b"meta", sample_table((1,), (1, 1, 1), (0,)))) + box(b"moof"),
        box(b"moov", times(b"mvhd"), track(b"meta", FAR_TOO_MUCH)),
    ],
)
def test_what_is_not_understood_is_said_to_be_so(data: bytes) -> None:
    with pytest.raises(Unclear):
        bare(data)


def test_whatever_the_bytes_are_it_ends_and_nothing_moves() -> None:
    rng = random.Random(20261124)
    for _ in range(3000):
        data = bytearray(film())
        for _ in range(rng.choice((1, 2, 5, 20))):
            data[rng.randrange(len(data))] = rng.choice((0, 1, 255, rng.randrange(256)))
        with suppress(Unclear):
            assert len(bare(bytes(data))) == len(data)
