"""The functions of the expression language, one file for each subject; each file's FUNCTIONS is found by itself.

Source: the ODK documentation, "Form Operators and Functions", and JavaRosa's behaviour where it leaves a choice.
Rule of the folder: a function's build() refuses what is wrong in the form; what it returns never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from surveys.expressions.call import Function
from surveys.registry import Registry

subjects: Mapping[str, object] = Registry(__name__)


@cache
def functions() -> Mapping[str, Function]:
    """Every function by name."""
    found: dict[str, Function] = {}
    for subject in subjects.values():
        found.update(subject.FUNCTIONS)  # type: ignore[attr-defined]
    return found


def elsewhere(name: str, say: Callable[[str], str]) -> str:
    """What to write instead of a function that authors know from elsewhere, "" if it is none of them."""
    _ = say
    match name:
        case "randomize":
            return _("randomize() is not for expressions; write randomize=true in the parameters of the question.")
        case "search":
            return _(
                "search() needs a file beside the form; put the choices into the choices sheet, with choice_filter."
            )
        case "property":
            return _("property() asks a phone about itself, which a chat cannot; use pulldata('facts', …).")
        case "version":
            return _("version() is not available; write the version into a calculation.")
        case "floor" | "ceiling":
            return _("ODK has no floor() and no ceiling(); use int() or round().")
        case "upper-case" | "lower-case" | "upper" | "lower":
            return _("ODK has no function for capital letters; use translate(…, 'abc', 'ABC').")
        case _:
            return ""
