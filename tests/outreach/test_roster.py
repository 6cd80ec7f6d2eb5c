"""What a new list changes about the employees that are known."""

from __future__ import annotations

from dataclasses import replace

from outreach.roster import Change, Changes, Entry, compare, masked, shared_phones

A = Entry(number="197003051995031002", name="Yohanes Lay", kind="PNS", unit="kel_nbd", phone="+6281234567890")
B = Entry(number="198609262015052001", name="Maria Tefa", kind="PNS", unit="kel_nbd")
C = Entry(number="199105142023212017", name="Ance Bria", kind="PPPK", unit="kel_nbs")


def test_new_changed_gone_back_and_same() -> None:
    moved = replace(B, unit="kel_nbs", rank="III/b")
    assert compare([A, moved, C], {A.number: A, B.number: B}, {}) == Changes(
        new=(C,), changed=(Change(B, moved, ("unit", "rank")),), same=1
    )
    assert compare([A], {A.number: A, B.number: B}, {}) == Changes(gone=(B,), same=1)
    assert compare([A, C], {A.number: A}, {C.number: C}) == Changes(back=(C,), same=1)


def test_a_part_of_the_list_makes_nobody_gone() -> None:
    changes = compare([A], {A.number: A, B.number: B}, {}, part=True)
    assert changes.nothing
    assert changes.same == 1


def test_phones_that_stand_beside_several_names() -> None:
    assert shared_phones([A, B, C]) == frozenset()
    assert shared_phones([A, replace(B, phone=A.phone), C]) == {A.phone}


def test_a_number_is_shown_by_its_end() -> None:
    assert masked(A.number) == "••••••••••••••1002"
