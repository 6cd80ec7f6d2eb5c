"""Takes out of a film or recording (MP4, MOV, M4A, 3GP) what tells of place, device and time.

Such a file is boxes within boxes (ISO/IEC 14496-12). Rule of the file: nothing moves. A box that is not known to be
needed becomes a free one of the same size, a time becomes zero, and so do the samples of tracks that are neither
picture nor sound: where a camera was, second by second, is written into such a track.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


class Unclear(Exception):
    """These bytes are no such file, or not all of it is understood."""


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    start: int
    body: int
    end: int


_FILE = b""
_STAY: dict[bytes, frozenset[bytes]] = {
    _FILE: frozenset((b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp")),
    b"moov": frozenset((b"mvhd", b"trak", b"mvex", b"iods")),
    b"trak": frozenset((b"tkhd", b"edts", b"mdia")),
    b"mdia": frozenset((b"mdhd", b"hdlr", b"elng", b"minf")),
    b"minf": frozenset((b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl")),
    b"moof": frozenset((b"mfhd", b"traf")),
    b"traf": frozenset((b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"saiz", b"saio", b"senc")),
}
"""By box: what may stand in it. Those that are named here are looked into."""
_TIMED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
_SEEN_OR_HEARD = frozenset((b"vide", b"soun"))


def bare(data: bytes) -> bytes:
    """The same film without it. Raises Unclear."""
    film = bytearray(data)
    try:
        whole = _Box(_FILE, 0, 0, len(film))
        _drop_tracks(film, whole)
        _strip(film, whole)
    except (struct.error, IndexError) as error:
        raise Unclear from error
    return bytes(film)


def _boxes(film: bytearray, outer: _Box) -> Iterator[_Box]:
    start = outer.body
    while start < outer.end:
        if outer.end - start < 8:
            raise Unclear
        size, name = struct.unpack_from(">I4s", film, start)
        body = start + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", film, body)
            body += 8
        elif size == 0:
            size = outer.end - start
        if not body <= start + size <= outer.end:
            raise Unclear
        yield _Box(name, start, body, start + size)
        start += size


def _one(film: bytearray, outer: _Box, *path: bytes) -> _Box:
    for name in path:
        found = [box for box in _boxes(film, outer) if box.name == name]
        if len(found) != 1:
            raise Unclear
        [outer] = found
    return outer


def _strip(film: bytearray, outer: _Box) -> None:
    for box in list(_boxes(film, outer)):
        if box.name not in _STAY[outer.name]:
            _free(film, box)
        elif box.name in _TIMED:
            version = film[box.body]
            times = {0: 8, 1: 16}.get(version, 0)  # when it was made and when it was changed
            if not times or box.end - box.body < 4 + times:
                raise Unclear
            _zero(film, box.body + 4, box.body + 4 + times)
        elif box.name in _STAY:
            _strip(film, box)


def _drop_tracks(film: bytearray, whole: _Box) -> None:
    moov = _one(film, whole, b"moov")
    _one(film, moov, b"mvhd")
    fragments = any(box.name == b"moof" for box in _boxes(film, whole))
    for track in [box for box in _boxes(film, moov) if box.name == b"trak"]:
        media = _one(film, track, b"mdia")
        handler = _one(film, media, b"hdlr")
        if bytes(film[handler.body + 8 : handler.body + 12]) in _SEEN_OR_HEARD:
            continue
        if fragments:
            raise Unclear
        samples = list(_samples(film, _one(film, media, b"minf", b"stbl")))
        if sum(length for _, length in samples) > len(film):
            raise Unclear
        for offset, length in samples:
            if offset + length > len(film):
                raise Unclear
            _zero(film, offset, offset + length)
        _free(film, track)


def _samples(film: bytearray, table: _Box) -> Iterator[tuple[int, int]]:
    """(offset in the file, length) of each chunk of a track."""
    sizes = _one(film, table, b"stsz")
    each, _ = struct.unpack_from(">II", film, sizes.body + 4)
    lengths = () if each else _numbers(film, sizes, sizes.body + 8, "I")
    runs = _one(film, table, b"stsc")
    flat = _numbers(film, runs, runs.body + 4, "III")
    wide = any(box.name == b"co64" for box in _boxes(film, table))
    chunks = _one(film, table, b"co64" if wide else b"stco")
    offsets = _numbers(film, chunks, chunks.body + 4, "Q" if wide else "I")
    firsts = [*flat[::3], len(offsets) + 1]
    taken = 0
    if firsts != sorted(firsts):
        raise Unclear
    for (first, after), many in zip(pairwise(firsts), flat[1::3], strict=True):
        for offset in offsets[max(0, first - 1) : after - 1]:
            yield offset, many * each if each else sum(lengths[taken : taken + many])
            taken += many


def _numbers(film: bytearray, box: _Box, start: int, row: str) -> tuple[int, ...]:
    """A table: how many rows, then the rows."""
    (many,) = struct.unpack_from(">I", film, start)
    if start + 4 + many * struct.calcsize(f">{row}") > box.end:
        raise Unclear
    return struct.unpack_from(f">{row * many}", film, start + 4)


def _free(film: bytearray, box: _Box) -> None:
    film[box.start + 4 : box.start + 8] = b"free"
    _zero(film, box.body, box.end)


def _zero(film: bytearray, start: int, end: int) -> None:
    film[start:end] = bytes(end - start)
