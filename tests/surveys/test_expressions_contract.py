from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from surveys.errors import ExpressionError
from surveys.expressions import Expression, Node, compile_expression, compile_template
from surveys.expressions.functions import functions
from tests.surveys.expression_scope import NOW, Conversation, nodes_of

HOUSEHOLDS = {
    "rt": [
        {"alamat": "Jalan Satu", "anak": [{"nama": "Ana", "umur:number": "4"}, {"nama": "Budi", "umur:number": "9"}]},
        {"alamat": "Jalan Dua", "anak": []},
        {"alamat": "Jalan Tiga", "anak": [{"nama": "Ci", "umur:number": "17"}]},
    ],
    "camat": "Maria",
}


def at(expression: str, *position: int) -> object:
    """The value for a question in the household, or in the child, that ``position`` counts."""
    here = Node("here", "text", ("rt", "anak")[: len(position)])
    compiled = compile_expression(expression, nodes=nodes_of(HOUSEHOLDS), here=here)
    return compiled.value(Conversation(HOUSEHOLDS, position=position))


def refused(expression: str, **nodes: Node) -> str:
    with pytest.raises(ExpressionError) as error:
        compile_expression(expression, nodes=nodes)
    return str(error.value)


@pytest.mark.parametrize(
    ("expression", "position", "expected"),
    [
        ("count(${rt})", (), 3.0),
        ("count(${anak})", (), 3.0),
        ("count(${anak})", (1,), 2.0),
        ("count(${anak})", (2,), 0.0),
        ("count(${anak})", (1, 2), 2.0),
        ("sum(${umur})", (), 30.0),
        ("sum(${umur})", (1,), 13.0),
        ("sum(${umur})", (1, 2), 9.0),
        ("sum(${umur})", (2,), 0.0),
        ("join(' ', ${nama})", (), "Ana Budi Ci"),
        ("${nama}", (3,), "Ci"),
        ("concat(${camat}, ', ', ${alamat}, ', ', ${nama})", (3, 1), "Maria, Jalan Tiga, Ci"),
        ("position(..)", (1, 2), 2.0),
        ("position(../..)", (1, 2), 1.0),
        ("position(../../..)", (1, 2), 1.0),
        ("position(${rt})", (3, 1), 3.0),
        ("position(${anak})", (3, 1), 1.0),
        ("position(${anak})", (3,), 1.0),
        ("position(${anak})", (2,), 0.0),
        ("indexed-repeat(${nama}, ${rt}, 1, ${anak}, 2)", (), "Budi"),
        ("indexed-repeat(${nama}, ${anak}, 2)", (1,), "Budi"),
        ("indexed-repeat(${nama}, ${anak}, 2)", (2,), ""),
        ("indexed-repeat(${nama}, ${rt}, 3, ${anak}, position(..))", (1, 1), "Ci"),
        ("indexed-repeat(${alamat}, ${rt}, position(../..) + 1)", (1, 2), "Jalan Dua"),
        ("../../alamat", (3, 1), "Jalan Tiga"),
    ],
)
def test_names_in_nested_repeats(expression: str, position: tuple[int, ...], expected: object) -> None:
    assert at(expression, *position) == expected


def test_indexed_repeat_wants_every_repeat_that_is_not_around_the_question() -> None:
    with pytest.raises(ExpressionError, match="The number of the repetition of rt is missing"):
        at("indexed-repeat(${nama}, ${anak}, 1)")


def test_names_in_another_repeat_are_a_set() -> None:
    nodes = {"a": Node("a", "repeat"), "b": Node("b", "repeat"), "x": Node("x", "number", ("b",))}
    told = {"a": [{}], "b": [{"x": "1"}, {"x": "2"}]}
    compiled = compile_expression("sum(${x})", nodes=nodes, here=Node("h", "text", ("a",)))
    assert compiled.number(Conversation(told, position=(1,))) == 3.0


def test_position_of_a_group_in_a_repeat_is_one_as_in_odk() -> None:
    here = Node("h", "text", ("anak",), ("anak", "data_diri"))
    scope = Conversation({}, position=(4,))
    assert compile_expression("position(..)", nodes={}, here=here).number(scope) == 1.0
    assert compile_expression("position(../..)", nodes={}, here=here).number(scope) == 4.0


def test_expression_tells_what_it_depends_on() -> None:
    nodes = nodes_of({"a": "", "k:select": "", "anak": [{"u:number": ""}]})
    here = Node("h", "number")

    def facts(source: str) -> tuple[set[str], bool, bool]:
        compiled = compile_expression(source, nodes=nodes, here=here)
        return set(compiled.names), compiled.uses_current, compiled.volatile

    assert facts("1 + 1") == (set(), False, False)
    assert facts("${a} = 'x' or sum(${u}) > count(${anak})") == ({"a", "u", "anak"}, False, False)
    assert facts("if(true(), 1, /data/g/a)") == ({"a"}, False, False)
    assert facts("jr:choice-name('x', '${k}')") == ({"k"}, False, False)
    assert facts(". > 1") == (set(), True, False)
    assert facts("string-length()") == (set(), True, False)
    assert facts("current() > 1") == (set(), True, False)
    assert facts("once(1)") == (set(), True, True)
    for source in ("today()", "now()", "random()", "uuid()", "uuid(3)"):
        assert facts(source) == (set(), False, True)


def test_expression_reads_one_value_in_four_ways() -> None:
    compiled = compile_expression("${a}", nodes={"a": Node("a", "date")})
    scope = Conversation({"a": "2026-11-24"})
    assert compiled.value(scope) == "2026-11-24"
    assert type(compiled.value(scope)) is str
    assert compiled.text(scope) == "2026-11-24"
    assert compiled.number(scope) == 20781.0
    assert compiled.truth(scope) is True


def test_value_of_a_chosen_date_is_a_plain_text() -> None:
    compiled = compile_expression("if(true(), today(), 'x')", nodes={})
    assert type(compiled.value(Conversation({}))) is str


def test_expressions_are_equal_by_what_they_say() -> None:
    def one() -> Expression:
        return compile_expression("1 + 1", nodes={})

    assert one() == one()
    assert hash(one()) == hash(one())


def test_columns_of_a_choice_stand_without_brackets() -> None:
    nodes = {"kecamatan": Node("kecamatan", "select")}
    compiled = compile_expression("kecamatan = ${kecamatan}", nodes=nodes, columns={"kecamatan", "name"})
    assert compiled.truth(Conversation({"kecamatan": "alak"}, facts={"kecamatan": "alak"})) is True
    assert compiled.truth(Conversation({"kecamatan": "alak"}, facts={"kecamatan": "oebobo"})) is False
    assert compiled.names == {"kecamatan"}


@pytest.mark.parametrize("algorithm", ["SHA-384", "sha512"])
def test_digest_takes_every_algorithm_of_odk(algorithm: str) -> None:
    compiled = compile_expression(f"string-length(digest('a', '{algorithm}', 'hex'))", nodes={})
    assert compiled.number(Conversation({})) == {"SHA-384": 96.0, "sha512": 128.0}[algorithm]


def test_extract_signed_gives_the_message_of_a_good_signature_only() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    message = b"Kelurahan Alak"
    signed = base64.b64encode(key.sign(message) + message).decode()
    forged = base64.b64encode(key.sign(message) + b"Kelurahan Nol").decode()
    compiled = compile_expression("extract-signed(${a}, ${b})", nodes=nodes_of({"a": "", "b": ""}))
    assert compiled.text(Conversation({"a": signed, "b": public})) == "Kelurahan Alak"
    assert compiled.text(Conversation({"a": forged, "b": public})) == ""
    assert compiled.text(Conversation({"a": signed, "b": "AAAA"})) == ""
    assert compiled.text(Conversation({"a": "", "b": ""})) == ""


def test_chance_comes_from_the_dice_of_the_scope() -> None:
    compiled = compile_expression("concat(random(), uuid(), uuid(5))", nodes={})
    assert compiled.text(Conversation({})) == compiled.text(Conversation({}))
    scope = Conversation({})
    assert compiled.text(scope) != compiled.text(scope)


def test_an_exploding_pattern_is_over_at_once() -> None:
    compiled = compile_expression("regex(${a}, '(a+)+$')", nodes={"a": Node("a", "text")})
    assert compiled.truth(Conversation({"a": "a" * 100_000})) is True
    assert compiled.truth(Conversation({"a": "a" * 100_000 + "!"})) is False


def test_a_large_pattern_does_not_match_a_text_it_would_take_seconds_for() -> None:
    compiled = compile_expression("regex(${a}, '(a|b)*a(a|b){900}')", nodes={"a": Node("a", "text")})
    assert compiled.truth(Conversation({"a": "ab" * 2_000 + "b"})) is True
    assert compiled.truth(Conversation({"a": "ab" * 50_000 + "b"})) is False


def test_doubling_texts_come_to_an_end() -> None:
    source = f"concat({', '.join(['${a}'] * 1_000)})"
    compiled = compile_expression(source, nodes={"a": Node("a", "text")})
    assert len(compiled.text(Conversation({"a": "x" * 4_000}))) == 100_000


@pytest.mark.parametrize(
    "source",
    [
        "(" * 60 + "1" + ")" * 60,
        "if(" * 60 + "1" + ",1,1)" * 60,
        "1 or 1 and 1 = 1 < 1 + 1 * -(" * 29 + "1" + ")" * 29,
        "if(0 or 1 + " * 60 + "1" + ", 1, 1)" * 60,
        "if(1, 1, 2 + 3 * " * 60 + "1" + ")" * 60,
        "max(1, 2 + 3 * " * 60 + "1" + ")" * 60,
        "(" * 59 + "1" + " < 1" * 20 + (" = 1" * 10 + ")") * 59,
        "1" + " = 1" * 2_400,
        "+".join(["1"] * 5_000),
        " or ".join(["0"] * 1_500),
        " mod ".join(["7"] * 1_500),
        "-" * 9_999 + "1",
        "1" + "<1" * 4_900,
        "coalesce('', " * 60 + "1" + ")" * 60,
        "concat(" * 60 + "." + ")" * 60,
    ],
    ids=lambda source: source[:20],
)
def test_the_deepest_expressions_end_in_a_value(source: str) -> None:
    compiled = compile_expression(source, nodes={}, here=Node("h", "text"))
    scope = Conversation({}, current="x")
    assert isinstance(compiled.text(scope), str)
    assert isinstance(compiled.number(scope), float)
    assert isinstance(compiled.truth(scope), bool)


@pytest.mark.parametrize("name", sorted(functions()))
def test_every_function_can_be_nested_to_the_limit(name: str) -> None:
    function = functions()[name]
    if function.most == 0:
        return
    wanted = function.least or 1
    last = ["1"] * (wanted - 1)
    source = f"{name}("
    for _ in range(59):
        source += f"0 or 1 + {name}("
    source += "1" + (", " + ", ".join(last) if last else "") + ")"
    source += ((", " + ", ".join(last) if last else "") + ")") * 59
    try:
        compiled = compile_expression(source, nodes={}, here=Node("h", "text"))
    except ExpressionError as error:
        assert "nested" not in str(error)  # noqa: PT017 -- the function wants a name and not a number
        return
    assert isinstance(compiled.text(Conversation({}, current="x")), str)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("(" * 61 + "1" + ")" * 61, "nested too deeply"),
        ("if(" * 3_000, "nested too deeply"),
        ("1 or 1 and 1 = 1 < 1 + 1 * -(" * 59 + "1" + ")" * 59, "nested too deeply"),
        ("1" * 10_001, "has 10001 characters, 10000 are allowed"),
    ],
    ids=lambda source: source[:20],
)
def test_deeper_and_longer_ones_are_refused(source: str, problem: str) -> None:
    assert problem in refused(source)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("${umur} == 5", 'Near “== 5”: ODK does not know "=="; write =.'),
        ("${umur} > 5 && ${umur} < 9", 'Near “&& ${umur} < 9”: ODK does not know "&&"; write and.'),
        ("“ya” = ${umur}", "Near ““ya” = ${umur}”: This is a curly quotation mark; use straight ones, ' or \"."),
        ("${umr} = 1", 'Near “${umr} = 1”: There is no question "umr"; did you mean ${umur}?'),
        ("${kota} = 1", 'Near “${kota} = 1”: There is no question "kota"; use a name from the survey sheet.'),
        ("umur > 5", "Near “umur > 5”: A question is named with brackets; write ${umur}."),
        (
            "${umur} = ya",
            "Near “ya”: \"ya\" is not known; put a text into quotes, 'ya', and name a question as ${name}.",
        ),
        ("today = 1", 'Near “today = 1”: "today" is a function; write today(…) with brackets.'),
        ("IF(1, 2, 3)", 'Near “IF(1, 2, 3)”: ODK has no function "IF"; did you mean if()?'),
        (
            "selected(${umur})",
            "Near “selected(${umur})”: selected() takes 2 argument(s) and has 1; write as many as it takes.",
        ),
        (
            "round(1, 2, 3)",
            "Near “round(1, 2, 3)”: round() takes at most 2 argument(s) and has 3; remove what is too much.",
        ),
        ("concat()", "Near “concat()”: concat() takes at least 1 argument(s) and has 0; add what is missing."),
        ("(1 + 2", "Near “(1 + 2”: This bracket is not closed; add ')'."),
        ("1 + ", "At the end: Something is missing after the last operator; add it."),
        (
            "regex(., '(a)\\1')",
            "Near “'(a)\\1')”: Back references, \\1, cannot be used; compare the parts with substr().",
        ),
        ("\ud800", "Near “?”: This character has no meaning in an expression; take it out or put it into quotes."),
    ],
)
def test_a_refusal_quotes_the_place_and_says_what_to_write(source: str, sentence: str) -> None:
    with pytest.raises(ExpressionError) as error:
        compile_expression(source, nodes={"umur": Node("umur", "number")}, here=Node("h", "text"))
    assert str(error.value) == sentence


def test_the_sentence_is_said_in_the_language_of_the_author() -> None:
    words = {"Near “{excerpt}”: {problem}": "Dekat “{excerpt}”: {problem}"}
    with pytest.raises(ExpressionError, match="Dekat “1”"):
        compile_expression("1 1", nodes={}, say=lambda text: words.get(text, text))


@pytest.mark.parametrize("source", [".", "once(1)", "string-length()"])
def test_the_answer_in_question_needs_a_question(source: str) -> None:
    assert '"." has no answer here' in refused(source)


def test_label_with_answers() -> None:
    told = {"nama": "Maria", "umur:number": "17.0", "anak": [{"n": "Ana"}, {"n": "Budi"}]}
    nodes = nodes_of(told)
    scope = Conversation(told)
    label = compile_template("Terima kasih, ${nama} (${ umur } tahun). $5 {x}", nodes=nodes)
    assert label.text(scope) == "Terima kasih, Maria (17 tahun). $5 {x}"
    assert label.names == {"nama", "umur"}
    assert compile_template("${n}", nodes=nodes).text(scope) == "Ana"
    inside = compile_template("${n}", nodes=nodes, here=Node("h", "text", ("anak",)))
    assert inside.text(Conversation(told, position=(2,))) == "Budi"


def test_label_without_answers_is_itself() -> None:
    label = compile_template("Harga $ 5 {x} \ud800\0", nodes={})
    assert label.text(Conversation({})) == "Harga $ 5 {x} \ud800\0"
    assert label.names == frozenset()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Halo ${nma}", 'Near “${nma}”: There is no question "nma"; did you mean ${nama}?'),
        ("Halo ${nama", "Near “${nama”: The name of a question is not closed; write it as ${name}."),
        ("Halo ${}", "Near “${}”: ${} has no name; write the name of a question between the brackets."),
        (
            "Halo ${g}",
            'Near “${g}”: "g" is a section and has no answer; name a question in it, or use count() or position().',
        ),
    ],
)
def test_label_with_a_mistake_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ExpressionError) as error:
        compile_template(text, nodes={"nama": Node("nama", "text"), "g": Node("g", "group")})
    assert str(error.value) == sentence


def test_a_clock_without_zone_is_read_as_greenwich() -> None:
    scope = Conversation({}, now=NOW.replace(tzinfo=None))
    compiled = compile_expression("concat(today(), ' ', decimal-date-time('1970-01-02'))", nodes={})
    assert compiled.text(scope) == "2026-11-24 1"
