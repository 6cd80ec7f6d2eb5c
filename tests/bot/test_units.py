"""The units of the district, as admins are bound to them."""

from __future__ import annotations

from bot.units import kelurahan_of, units_of


def test_every_unit_has_a_name_in_both_languages() -> None:
    units = units_of("alak")
    assert units["kel_alak"] == {"id": "Kantor Lurah Alak", "en": "Alak Kelurahan Office"}
    assert [name for name, labels in units.items() if not (labels["id"] and labels["en"])] == []


def test_twelve_units_serve_a_kelurahan() -> None:
    lurah = {unit: place for unit, place in kelurahan_of("alak").items() if unit.startswith("kel_")}
    assert len(lurah) == 12
    assert lurah["kel_nbd"] == "nbd"
