"""Whatever an author writes and whatever people answer: a value, or one ExpressionError."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from surveys.errors import ExpressionError
from surveys.expressions import Expression, Node, compile_expression, compile_template
from surveys.expressions.coercion import number_of_text, text_of_number, tidy
from surveys.expressions.functions import functions
from tests.surveys.expression_scope import Conversation

unhurried = settings(deadline=None)
"""A busy computer is no error."""

NODES = {
    "t": Node("t", "text"),
    "n": Node("n", "number"),
    "d": Node("d", "date"),
    "i": Node("i", "dateTime"),
    "c": Node("c", "time"),
    "s": Node("s", "select"),
    "g": Node("g", "group"),
    "r": Node("r", "repeat"),
    "x": Node("x", "number", ("r",)),
    "y": Node("y", "text", ("r",)),
}
HERE = Node("h", "number")

awkward = st.sampled_from(
    [
        "",
        "\0",
        "\ud800",
        "9" * 100,
        "-" + "9" * 400,
        "0." + "0" * 400 + "1",
        "NaN",
        "Infinity",
        "1e400",
        "²",
        "٤٢",
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00:00.000+14:00",
        "9999-12-31T23:59:59.999-14:00",
        "2026-11-24T09:00:00.000+99:99",
        "99:99",
        "24:00",
        "90 180",
        "1 2; 3 4; 1 2",
        "a" * 5_000,
        "(a+)+$",
        "[",
    ]
)
answers = awkward | st.text(st.characters(), max_size=12) | st.floats().map(str) | st.integers().map(str)
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=11))]))

quoted = st.sampled_from(
    ["''", "'x'", '"1"', "'2026-11-24'", "'09:30'", "'\0'", "'\ud800'", "'(a+)+$'", "'hex'", "'facts'"]
)
numbers = st.sampled_from(
    ["0", "1", "2", "-1", "0.5", "1e0"[:1], "9" * 100, "9" * 400, "(1 div 0)", "(0 div 0)", "- 0"]
)
references = st.sampled_from([*(f"${{{name}}}" for name in NODES), ".", "..", "../t", "current()/../n", "/data/r/x"])
leaves = st.one_of(quoted, numbers, references)
signs = st.sampled_from(
    [" = ", " != ", "<", "<=", ">", ">=", "+", " - ", "*", " div ", " mod ", " and ", " or ", " | "]
)


def calls(arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Calls with as many arguments as the function takes."""

    def of(name: str) -> st.SearchStrategy[str]:
        least, most = functions()[name].least, functions()[name].most
        given_arguments = st.lists(arguments, min_size=least, max_size=min(most, least + 2))
        return given_arguments.map(lambda given: f"{name}({', '.join(given)})")

    return st.sampled_from(sorted(functions())).flatmap(of)


trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda a, sign, b: f"{a}{sign}{b}", inner, signs, inner),
        inner.map(lambda a: f"({a})"),
        inner.map(lambda a: f"-{a}"),
        calls(inner),
    ),
    max_leaves=12,
)
words = st.lists(
    leaves
    | signs
    | st.sampled_from(["(", ")", ",", "if(", "[", "]", "/", "${", "}", "'", '"', "“", "AND", "%", "\n", "not"]),
    max_size=15,
).map(" ".join)


def compiled_or_refused(source: str) -> Expression | None:
    try:
        return compile_expression(source, nodes=NODES, here=HERE)
    except ExpressionError as error:
        assert str(error).encode()  # noqa: PT017 -- it can be printed
        return None


def evaluate(compiled: Expression, scope: Conversation) -> None:
    value = compiled.value(scope)
    assert type(value) in {str, float, bool}
    assert type(compiled.text(scope)) is str
    assert type(compiled.number(scope)) is float
    assert type(compiled.truth(scope)) is bool


@unhurried
@given(st.text(st.characters()))
@example("\0")
@example("\ud800")
@example("'" + "\ud800")
@example("${" * 3_000)
@example("9" * 9_999)
@example("." * 9_999)
def test_any_text_is_an_expression_or_refused(source: str) -> None:
    compiled = compiled_or_refused(source)
    if compiled is not None:
        evaluate(compiled, Conversation({"t": "x", "r": []}))


@unhurried
@given(words, answers)
def test_any_words_in_any_order_are_an_expression_or_refused(source: str, answer: str) -> None:
    compiled = compiled_or_refused(source)
    if compiled is not None:
        told = {name: answer for name, node in NODES.items() if not node.repeats and name != "r"}
        evaluate(compiled, Conversation({**told, "r": [{"x": answer, "y": answer}]}, current=answer))


@unhurried
@given(trees, st.lists(answers, min_size=8, max_size=8), st.integers(0, 2), moments)
@example("pow(10, 400)", ["1"] * 8, 0, datetime(2026, 11, 24, tzinfo=UTC))
@example("pow(-${n}, pow(9, 99))", ["9"] * 8, 0, datetime(2026, 11, 24, tzinfo=UTC))
@example("date(${n})", ["9" * 100] * 8, 0, datetime(2026, 11, 24, tzinfo=UTC))
@example("date-time(now() + ${n})", ["9999999"] * 8, 0, datetime(1, 1, 1, tzinfo=UTC))
@example("decimal-date-time(${i})", ["0001-01-01T00:00:00.000+14:00"] * 8, 0, datetime(2026, 11, 24, tzinfo=UTC))
@example("decimal-date-time(${d})", ["0001-01-01"] * 8, 0, datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
@example("substr(${t}, ${n}, -${n})", ["9" * 400] * 8, 0, datetime(2026, 11, 24, tzinfo=UTC))
@example("round(${n}, ${n})", ["9" * 300] * 8, 0, datetime(2026, 11, 24, tzinfo=UTC))
@example("round(${n}, -30)", ["9" * 308] * 8, 0, datetime(2026, 11, 24, tzinfo=UTC))
@example("round(${n}, 30)", ["9" * 308] * 8, 0, datetime(2026, 11, 24, tzinfo=UTC))
@example("indexed-repeat(${x}, ${r}, ${n})", ["9" * 400] * 8, 2, datetime(2026, 11, 24, tzinfo=UTC))
@example("selected-at(${t}, 1 div 0)", ["a b"] * 8, 2, datetime(2026, 11, 24, tzinfo=UTC))
@example("checklist(1 div 0, -1 div 0, 1)", ["a b"] * 8, 2, datetime(2026, 11, 24, tzinfo=UTC))
def test_any_expression_ends_in_a_value_for_any_answers(
    source: str, given_answers: list[str], repetitions: int, now: datetime
) -> None:
    compiled = compiled_or_refused(source)
    if compiled is None:
        return
    t, n, d, i, c, s, x, y = given_answers
    told = {"t": t, "n": n, "d": d, "i": i, "c": c, "s": s, "r": [{"x": x, "y": y}] * repetitions}
    evaluate(compiled, Conversation(told, current=n, now=now))


@unhurried
@given(trees, answers)
def test_the_four_readings_of_a_value_agree(source: str, answer: str) -> None:
    assume("|" not in source)  # a set of two is true, whatever its first value is
    compiled = compiled_or_refused(source)
    if compiled is None or compiled.volatile:
        return
    told = {"t": answer, "n": answer, "d": answer, "i": answer, "c": answer, "s": answer, "r": [{"x": answer, "y": ""}]}
    scope = Conversation(told, current=answer)
    value = compiled.value(scope)
    if isinstance(value, float):
        number = compiled.number(scope)
        assert number == value or (math.isnan(number) and math.isnan(value))
        assert compiled.truth(scope) is (abs(value) > 1e-12)
    elif isinstance(value, bool):
        assert compiled.text(scope) == str(value).lower()
        assert compiled.number(scope) == float(value)
        assert compiled.truth(scope) is value
    else:
        assert compiled.text(scope) == value


@unhurried
@given(trees)
def test_the_same_answers_give_the_same_value(source: str) -> None:
    compiled = compiled_or_refused(source)
    if compiled is not None:
        told = {"t": "a", "n": "2", "d": "2026-11-24", "i": "", "c": "", "s": "a b", "r": []}
        first, second = (compiled.text(Conversation(told, current="1")) for _ in range(2))
        assert first == second


@unhurried
@given(st.text(st.characters()), answers)
def test_any_label_is_a_template_or_refused(text: str, answer: str) -> None:
    try:
        template = compile_template(text + "${t}" + text, nodes=NODES)
    except ExpressionError:
        return
    assert template.text(Conversation({"t": answer})) == text + answer + text


@unhurried
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back_from_its_text(number: float) -> None:
    shown = text_of_number(number)
    assert "e" not in shown
    assert number_of_text(shown) == pytest.approx(number, rel=1e-15, abs=1e-12)


@unhurried
@given(st.integers(-(10**60), 10**60))
def test_a_whole_number_keeps_every_digit(number: int) -> None:
    assert tidy(str(number)) == str(number)
