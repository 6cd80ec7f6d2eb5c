"""ODK XForms expressions: compiled once when a survey is loaded, evaluated in microseconds.

The engine sees a survey through ``Node`` (compile time) and ``Scope`` (run time) alone. What cannot be
understood is refused by ``compile_expression``; what was compiled always ends in a value.
"""

from __future__ import annotations

from surveys.expressions.compiler import Expression, compile_expression
from surveys.expressions.scope import ChoiceScope, Node, NodeKind, Scope
from surveys.expressions.template import Template, compile_template

__all__ = [
    "ChoiceScope",
    "Expression",
    "Node",
    "NodeKind",
    "Scope",
    "Template",
    "compile_expression",
    "compile_template",
]
