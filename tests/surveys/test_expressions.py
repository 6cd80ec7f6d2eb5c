from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from surveys.errors import ExpressionError
from surveys.expressions import Node, compile_expression
from tests.surveys.expression_scope import Conversation, kind_of, nodes_of

TABLE = Path(__file__).with_name("expressions.tsv")


def rows() -> list[tuple[str, str, str, str]]:
    """Lines of the table: in the expression, \\n and \\t are a line break and a tab."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    return [(f"{rule}: {why}", expression, answers, expected) for rule, expression, answers, expected, why in cells]


def outcome(expression: str, answers: str) -> str:
    told = json.loads(answers)
    nodes = nodes_of(told)
    inside = told.get("@in", [])
    repeats = tuple(name for name, node in nodes.items() if node.kind == "repeat")[: len(inside)]
    own = next((key for key in told if key == "." or key.startswith(".:")), ".")
    here = Node("here", kind_of(own[2:]), repeats)
    nodes.pop(".", None)
    for name in told.get("@names", []):
        nodes[name] = Node(name, "number" if name == "u" else "text", ("anak",))
    source = expression.replace("\\n", "\n").replace("\\t", "\t")
    try:
        compiled = compile_expression(source, nodes=nodes, here=here)
    except ExpressionError:
        return "refuse"
    scope = Conversation(
        told,
        position=tuple(inside),
        current=told.get(own, ""),
        language=told.get("@language", "id"),
        labels=told.get("@label", {}),
        facts=told.get("@fact", {}),
    )
    value = compiled.value(scope)
    if isinstance(value, bool):
        return f"bool:{str(value).lower()}"
    return f"str:{value}" if isinstance(value, str) else f"num:{value!r}"


def same(found: str, expected: str) -> bool:
    if not (found.startswith("num:") and expected.startswith("num:")):
        return found == expected
    one, other = float(found[4:]), float(expected[4:])
    return (math.isnan(one) and math.isnan(other)) or one == other or abs(one - other) <= 1e-9


@pytest.mark.parametrize(("case", "expression", "answers", "expected"), rows(), ids=lambda value: str(value)[:60])
def test_expression_gives_what_odk_gives(case: str, expression: str, answers: str, expected: str) -> None:
    found = outcome(expression, answers)
    assert same(found, expected), f"{case}\n{expression}\nfound {found}, expected {expected}"


def test_the_table_covers_every_function() -> None:
    from surveys.expressions.functions import functions

    written = TABLE.read_text(encoding="utf-8")
    assert [name for name in functions() if f"{name}(" not in written and name != "extract-signed"] == []
