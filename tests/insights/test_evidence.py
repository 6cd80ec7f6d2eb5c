"""The evidence sheet of a training, whole, in part, for few people, and for two kinds of reader."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.collected import ClassScores, EvidenceInputs, FollowUp, Reach, ServiceRounds, Tasks
from insights.evaluation import IndexWeights
from insights.evidence import Evidence, evidence
from insights.exact import rounded
from insights.figures import Figure, Reason
from insights.knowledge import Sitting
from insights.needs import Competence, Rating
from insights.rubric import DoubleMark
from insights.scales import Reaction
from insights.service import ServiceAnswers

SECTIONS = ("need", "reach", "l1", "l2", "task", "l3", "l4", "index")


def feedback(value: int, nps: int) -> Reaction:
    return Reaction(
        materi_kebutuhan=value,
        tujuan_jelas=value,
        materi_dipahami=value,
        contoh_dekat=value,
        pengajar_menguasai=value,
        pengajar_bertanya=value,
        metode_aktif=value,
        waktu_cukup=value,
        sarana_memadai=value,
        jaringan_mendukung=value,
        yakin_menerapkan=value,
        nps=nps,
    )


def citizens(*values: int) -> tuple[ServiceAnswers, ...]:
    return tuple(ServiceAnswers(kompetensi=value, perilaku=4) for value in values)


WHOLE = EvidenceInputs(
    need=(
        Competence(
            key="pelayanan_publik",
            ratings=(Rating(current=1, importance=5, required=2),) * 12
            + (Rating(current=2, importance=4, required=2),) * 8,
        ),
    ),
    reach=Reach(target=40, enrolled=30, attended=20),
    l1=(feedback(4, 9),) * 15 + (feedback(5, 6),) * 5,
    l2=ClassScores(sittings=(Sitting(pre=50, post=80),) * 12 + (Sitting(pre=40, post=60),) * 8),
    task=Tasks(
        assigned=20,
        levels=((3, 3, 3, 3),) * 9 + ((2, 2, 2, 2),) * 6,
        double=(DoubleMark(first=(3, 3, 3, 3), second=(3, 3, 3, 4)),) * 5,
    ),
    l3=(
        FollowUp(days=90, asked=20, moved=2, answers=((4,),) * 7 + ((2,),) * 5, supervised=((4, 3),) * 6),
        FollowUp(days=30, asked=20, answers=((1,),) * 12),
    ),
    l4=ServiceRounds(before=citizens(*[3] * 10), after=citizens(*[4] * 5)),
)


def by_key(sheet: Evidence) -> dict[str, Figure]:
    return {figure.key: figure for section in SECTIONS for figure in getattr(sheet, section)}


def values(section: tuple[Figure, ...]) -> list[tuple[str, str | None, int | None]]:
    return [(one.key, None if one.value is None else str(rounded(one.value)), one.n) for one in section]


def test_a_whole_sheet() -> None:
    sheet = evidence(WHOLE)
    assert values(sheet.need) == [
        ("need.pelayanan_publik.below", "0.60", 20),
        ("need.pelayanan_publik.gap", "0.60", 20),
        ("need.pelayanan_publik.mwds", "14.72", 20),  # (12·4 + 8·2)/20 · 4.6
        ("need.pelayanan_publik.rds", "-100.00", 20),
    ]
    assert values(sheet.reach) == [("reach.enrolled", "0.75", 40), ("reach.attended", "0.67", 30)]
    assert values(sheet.l1) == [
        ("l1.materi", "4.25", 20),
        ("l1.pengajar", "4.25", 20),
        ("l1.metode", "4.25", 20),
        ("l1.sarana", "4.25", 20),
        ("l1.keyakinan", "4.25", 20),
        ("l1.l1", "4.25", 20),
        ("l1.nps", "50.00", 20),
        ("l1.alpha", "1.00", 20),
    ]
    assert sheet.l1[-1].note == "baik"
    assert values(sheet.l2) == [
        ("l2.pre", "46.00", 20),
        ("l2.post", "72.00", 20),
        ("l2.gain", "26.00", 20),
        ("l2.hake", "0.48", 20),
        ("l2.passed", "0.60", 20),
    ]
    assert values(sheet.task) == [
        ("task.assessed", "0.75", 20),
        ("task.score", "53.33", 15),
        ("task.passed", "0.60", 15),
        ("task.exact", "0.75", 20),
        ("task.adjacent", "1.00", 20),
        ("task.kappa", "0.00", 20),
    ]
    assert values(sheet.l3) == [
        ("l3.30.response", "0.60", 20),
        ("l3.30.mean", "1.00", 12),
        ("l3.30.applying", None, None),
        ("l3.30.difference", None, None),
        ("l3.30.kappa", None, None),
        ("l3.90.response", "0.67", 18),
        ("l3.90.mean", "3.17", 12),
        ("l3.90.applying", "0.58", 12),
        ("l3.90.difference", "1.00", 6),
        ("l3.90.kappa", None, 6),
    ]
    assert [one.reason for one in sheet.l3] == [
        None, None, Reason.ONE_SIDE, Reason.FEW, Reason.FEW, None, None, None, None, Reason.SMALL,
    ]  # fmt: skip
    assert values(sheet.l4) == [
        ("l4.kompetensi.before", "3.00", 10),
        ("l4.kompetensi.after", "4.00", 5),
        ("l4.kompetensi.change", "1.00", 5),
        ("l4.perilaku.before", "4.00", 10),
        ("l4.perilaku.after", "4.00", 5),
        ("l4.perilaku.change", "0.00", 5),
    ]
    assert values(sheet.index) == [
        ("index.l1", "81.25", 20),
        ("index.l2", "48.15", 20),
        ("index.task", "53.33", 15),
        ("index.l3", "79.17", 12),
        ("index.ikp", "63.97", 12),
    ]
    assert sheet.missing == ()


def test_the_index_is_the_sum_of_what_it_shows() -> None:
    found = by_key(evidence(WHOLE))
    parts = [found[f"index.{key}"].value or 0 for key in ("l1", "l2", "task", "l3")]
    weights = [Fraction(15, 100), Fraction(25, 100), Fraction(30, 100), Fraction(30, 100)]
    assert found["index.ikp"].value == sum(part * weight for part, weight in zip(parts, weights, strict=True))
    assert found["index.ikp"].formula == "0.15 x L1 + 0.25 x L2 + 0.3 x task + 0.3 x L3; n: the smallest"


def test_other_weights_are_in_the_formula() -> None:
    weights = IndexWeights(l1=0, l2=Decimal("0.5"), task=0.25, l3=Fraction(1, 4))
    found = by_key(evidence(replace(WHOLE, weights=weights)))["index.ikp"]
    assert found.formula == "0 x L1 + 0.5 x L2 + 0.25 x task + 0.25 x L3; n: the smallest"


def test_nothing_was_collected() -> None:
    sheet = evidence(EvidenceInputs())
    assert [one.key for one in (*sheet.need, *sheet.l3)] == ["need.mwds", "l3.mean"]
    assert sheet.missing == ("l1", "l2", "task", "l3")
    found = by_key(sheet)
    assert {one.reason for key, one in found.items() if key != "index.ikp"} == {Reason.ABSENT}
    assert (found["index.ikp"].reason, found["index.ikp"].note) == (Reason.MISSING, None)
    assert [one.n for one in found.values()] == [None] * len(found)
    assert set(found) == set(by_key(evidence(replace(WHOLE, need=(), l3=()))))


def test_without_a_task_the_other_components_are_shown_and_the_index_is_not() -> None:
    sheet = evidence(replace(WHOLE, task=None))
    assert [(one.key, one.reason) for one in sheet.index] == [
        ("index.l1", None),
        ("index.l2", None),
        ("index.task", Reason.ABSENT),
        ("index.l3", None),
        ("index.ikp", Reason.MISSING),
    ]
    assert (sheet.missing, sheet.index[-1].reason, sheet.index[-1].n) == (("task",), Reason.MISSING, None)


@pytest.mark.parametrize(
    ("names", "inputs", "key", "n", "reason"),
    [
        (False, replace(WHOLE, l1=(feedback(4, 9),) * 4), "l1", None, Reason.FEW),
        (True, replace(WHOLE, l1=(feedback(4, 9),) * 4), "l1", 4, Reason.FEW),
        (False, replace(WHOLE, l1=()), "l1", None, Reason.FEW),
        (False, replace(WHOLE, l2=ClassScores(sittings=(Sitting(pre=100, post=100),) * 6)), "l2", 6, Reason.UNDEFINED),
        (False, replace(WHOLE, l3=(FollowUp(days=30, asked=30, answers=((3,),) * 14),)), "l3", 14, Reason.RESPONSE),
        (True, replace(WHOLE, l3=(FollowUp(days=30, asked=30, answers=((3,),) * 14),)), "l3", 14, Reason.RESPONSE),
    ],
)
def test_why_a_component_is_missing(
    names: bool, inputs: EvidenceInputs, key: str, n: int | None, reason: Reason
) -> None:
    sheet = evidence(inputs, names=names)
    one = by_key(sheet)[f"index.{key}"]
    assert (one.value, one.n, one.reason) == (None, n, reason)
    assert sheet.missing == (key,)
    assert by_key(sheet)["index.ikp"].value is None


def test_all_stayed_at_the_top_is_said() -> None:
    sheet = evidence(replace(WHOLE, l2=ClassScores(sittings=(Sitting(pre=100, post=100),) * 6)))
    one = by_key(sheet)["l2.hake"]
    assert (one.value, one.n, one.reason, one.note) == (None, 6, Reason.UNDEFINED, "tetap maksimal")


def test_nine_recommendations_and_nineteen_forms_are_too_few() -> None:
    found = by_key(evidence(replace(WHOLE, l1=(feedback(4, 9),) * 9)))
    assert (found["l1.nps"].reason, found["l1.nps"].n) == (Reason.SMALL, 9)
    found = by_key(evidence(replace(WHOLE, l1=(feedback(4, 9),) * 10 + (feedback(5, 9),) * 9), names=True))
    assert (found["l1.nps"].value, found["l1.alpha"].value, found["l1.alpha"].reason) == (
        Fraction(100), None, Reason.SMALL,
    )  # fmt: skip


def test_who_may_see_names_sees_every_count() -> None:
    few = EvidenceInputs(reach=Reach(target=9, enrolled=3, attended=2), l1=(feedback(4, 9),) * 2)
    assert values(evidence(few, names=True).reach) == [("reach.enrolled", "0.33", 9), ("reach.attended", "0.67", 3)]
    assert by_key(evidence(few, names=True))["l1.materi"].value == 4
    assert values(evidence(few).reach) == [("reach.enrolled", None, None), ("reach.attended", None, None)]
    assert [one.reason for one in evidence(few).reach] == [Reason.ONE_SIDE, Reason.FEW]


def test_double_marking_of_four_submissions_is_hidden() -> None:
    assert WHOLE.task is not None
    four = replace(WHOLE.task, double=WHOLE.task.double[:4])
    found = by_key(evidence(replace(WHOLE, task=four)))
    assert [found[f"task.{key}"].reason for key in ("exact", "adjacent", "kappa")] == [Reason.FEW] * 3


def test_a_change_is_hidden_with_its_smaller_side() -> None:
    sheet = evidence(replace(WHOLE, l4=ServiceRounds(before=citizens(*[3] * 10), after=citizens(*[4] * 4))))
    assert values(sheet.l4[:3]) == [
        ("l4.kompetensi.before", "3.00", 10),
        ("l4.kompetensi.after", None, None),
        ("l4.kompetensi.change", None, None),
    ]


def test_the_pass_mark_is_in_the_formula() -> None:
    assert WHOLE.l2 is not None
    found = by_key(evidence(replace(WHOLE, l2=replace(WHOLE.l2, pass_mark=60)), names=True))
    assert (found["l2.passed"].value, found["l2.passed"].formula) == (
        Fraction(1),
        "score after >= 60 / sat the test after",
    )


def test_inputs_that_cannot_be() -> None:
    with pytest.raises(ValueError, match=r"^3 attended, 2 enrolled, 9 meant: each is part of the next\.$"):
        Reach(target=9, enrolled=2, attended=3)
    with pytest.raises(ValueError, match=r"^1 attended, 9 enrolled, 2 meant: each is part of the next\.$"):
        Reach(target=2, enrolled=9, attended=1)
    with pytest.raises(ValueError, match=r"^2 tasks were assessed, but only 1 assigned\.$"):
        Tasks(assigned=1, levels=((3, 3, 3, 3),) * 2)


PEOPLE = st.integers(0, 12)


@given(PEOPLE, PEOPLE, PEOPLE, PEOPLE, PEOPLE, st.booleans())
def test_what_is_not_shown_has_no_value_and_no_figure_is_of_fewer_than_five(
    reacted: int, sat: int, passed: int, assessed: int, applied: int, names: bool
) -> None:
    inputs = EvidenceInputs(
        reach=Reach(target=30, enrolled=20, attended=reacted),
        l1=(feedback(4, 9),) * reacted,
        l2=ClassScores(sittings=(Sitting(pre=10, post=20),) * sat + (Sitting(post=90),) * passed),
        task=Tasks(assigned=12, levels=((4, 4, 4, 4),) * assessed),
        l3=(FollowUp(days=30, asked=24, answers=((3,),) * applied + ((0,),) * (12 - applied)),),
    )
    sheet = evidence(inputs, names=names)
    for figure in by_key(sheet).values():
        assert (figure.value is not None) is figure.shown
        assert figure.formula
        if not names:
            assert figure.n is None or figure.n >= 5
            if figure.unit == "share" and figure.value is not None and figure.n is not None:
                assert 5 <= figure.value * figure.n <= figure.n - 5
    assert [field.name for field in fields(sheet)] == [*SECTIONS, "missing"]
