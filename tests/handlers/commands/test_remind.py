"""PENGINGAT, handlers.commands.remind: what waits for an answer is shown once more (more in test_reminding)."""

from __future__ import annotations

from tests.handlers.counter import Person


async def test_nothing_waits(asn: Person) -> None:
    await asn.send("pengingat")
    assert asn.text == "Tidak ada pengingat yang menunggu jawaban Bapak/Ibu."
    await asn.send("/pengingat")
    assert asn.text == "Tidak ada pengingat yang menunggu jawaban Bapak/Ibu."


async def test_somebody_unknown_has_none(asn: Person) -> None:
    stranger = await asn.counter.person("77").send("PENGINGAT")
    assert stranger.text == "Tidak ada pengingat yang menunggu jawaban Bapak/Ibu."
