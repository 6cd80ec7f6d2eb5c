"""Whatever people write, in whatever order: nothing fails, and one finds the way on."""

from __future__ import annotations

import random

import pytest

from surveys.messages import Edit, Location, Media, MediaKind, Other, Press, Reply, Text
from tests.handlers.counter import Counter, Person

_SAID = (
    "/start|/start aspirasi|/start tna_asn|/start skm_alak|/start entah|MENU|bantuan|lewati|kembali|nanti|"
    "berhenti|ulang|batal|lanjut|kirim|ubah|ubah 2|STATUS|STATUS ALK-26-0417-Q 1234|DATA|bahasa|English|"
    "Bahasa Indonesia|ya|tidak|Setuju|Tidak setuju|Baca lengkap|ASN|Warga|Organisasi|Anonim|Dengan kontak|"
    "Batal|Ingatkan besok|Simpan aspirasi|Tidak usah|Tetap|Selesai|1|2|3|3 5|1,2|7|99|Naioni|naionii|halo|"
    "/xyz|👍|Mohon jam layanan ditambah|Petugas minta uang rokok|NIK saya 5371011290010003"
)
WORDS = _SAID.split("|")
KINDS: list[MediaKind] = ["image", "audio", "video", "file"]
ODD = ["", "\x00\ud800", "x" * 3000]


def anything(person: Person, rng: random.Random) -> Reply:
    """Mostly what the screen offers, or a word; now and then something else."""
    shown = person.counter.screens.shown.get(person.address, [])
    match rng.randrange(12):
        case 0:
            strange: list[Reply] = [Other("sticker"), Other("poll"), Location(-10.2, 123.6)]
            return rng.choice(strange)
        case 1:
            kind = rng.choice(KINDS)
            album = rng.choice(["", "", "a", "b"])
            return Media(kind=kind, reference="r", mime="image/jpeg", size=rng.choice([9, 10**9]), album=album)
        case 2 if shown:
            return Edit(str(rng.randrange(101, 101 + 2 * len(shown) + 2)), Text(rng.choice(WORDS + ODD)))
        case 3 | 4 | 5 | 6 | 7 if shown and shown[-1][1].rows:
            message_id, outgoing = shown[-1]
            button = rng.choice([button for row in outgoing.rows for button in row])
            if button.data:
                return Press(button.data, message_id, "cb")
            return Text(button.label)
        case 8 if shown:
            message_id, outgoing = rng.choice(shown)
            data = [button.data for row in outgoing.rows for button in row if button.data]
            return Press(rng.choice(data) if data else "0:t1", message_id, "cb")
        case _:
            return Text(rng.choice(WORDS + ODD))


@pytest.mark.parametrize("seed", range(4))
async def test_anything_at_all(counter: Counter, seed: int) -> None:
    rng = random.Random(seed)
    person = counter.person(str(seed))
    for turn in range(220):
        if turn % 60 == 59:
            await counter.restart()
        if rng.randrange(8) == 0:
            await counter.fetched(kept=rng.random() < 0.7)
            await counter.queued()
        if rng.randrange(40) == 0:
            counter.wait(days=rng.choice([1, 8, 15]))
            await counter.expire()
            await counter.queued()
        if rng.randrange(6) == 0:
            await person.at_once(*(anything(person, rng) for _ in range(rng.randrange(1, 4))))
        else:
            await person.send(anything(person, rng))
    await counter.fetched(kept=True)
    await person.send("/start aspirasi", "ulang", "ya", "Anonim", "Ya", "Naioni", "1", "1")
    await person.send("Loket dua kurang jelas", "4")
    if await person.stands() == "referred":
        await person.send("Simpan aspirasi")
    await person.send("Kirim")
    assert "dan PIN" in person.text or "with PIN" in person.text
