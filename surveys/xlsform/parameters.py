"""The parameters column: ``key=value`` pairs, the standard's and ours.

Rule of the file: a key of the standard that a chat has no use for is a warning, a key that nobody knows an error.
A key of ours (``chat_…``) may have several words: ``chat_media=audio image``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from surveys.findings import Findings
from surveys.xlsform.sheets import shortened

OURS = frozenset({"max-size", "max-seconds", "max-files"})
"""Our own keys besides those that begin with ``chat_``."""

_SELECT = frozenset({"randomize", "seed"})
_COLUMNS_OF_FILE = frozenset({"value", "label"})
_HONOURED: Mapping[str, frozenset[str]] = {
    "select_one": _SELECT | {"chat_pair"},
    "select_multiple": _SELECT,
    "rank": _SELECT | {"chat_rank"},
    "range": frozenset({"start", "end", "step"}),
    "image": frozenset({"max-pixels", "max-size", "max-files"}),
    "audio": frozenset({"max-size", "max-seconds", "max-files"}),
    "video": frozenset({"max-size", "max-seconds", "max-files"}),
    "file": frozenset({"max-size", "max-files"}),
    "text": frozenset({"chat_media", "chat_probe", "max-size", "max-seconds", "max-files"}),
}
"""What each type does with its parameters in a chat."""

_WITHOUT_EFFECT: Mapping[str, frozenset[str]] = {
    "text": frozenset({"rows"}),
    "range": frozenset({"tick_interval", "placeholder", "tick_labelset"}),
    "image": frozenset({"app"}),
    "audio": frozenset({"quality"}),
    "geopoint": frozenset({"capture-accuracy", "warning-accuracy", "allow-mock-accuracy", "reference-geometry"}),
}
"""What the standard allows and a telephone app would do."""


def is_ours(key: str) -> bool:
    """Whether the standard does not know this key, but we do."""
    return key.startswith("chat_") or key in OURS


def parsed(cell: str) -> tuple[dict[str, str], str]:
    """Keys and values of a cell, and what of it could not be read ("" if all was)."""
    found: dict[str, str] = {}
    last = ""
    for part in re.split(r"[\s,;]+", re.sub(r"\s?=\s?", "=", " ".join(cell.split()))):
        key, mark, value = part.partition("=")
        key = key.lower()
        if mark and key and value:
            found[key] = value if _keeps_case(key, value) else value.lower()
            last = key
        elif not mark and last.startswith("chat_"):
            found[last] += f" {part}"
        elif part:
            return found, part
    return found, ""


def _keeps_case(key: str, value: str) -> bool:
    return key.startswith("chat_") or key in {"label", "value"} or "${" in value


def written(parameters: Mapping[str, str]) -> str:
    """The cell that is read as these parameters."""
    return " ".join(f"{key}={value}" for key, value in parameters.items())


def checked(cell: str, kind: str, row: int, findings: Findings, *, from_file: bool = False) -> dict[str, str]:
    """The parameters of a question of type ``kind``; what is wrong with them goes to ``findings``."""
    _ = findings.say
    found, rest = parsed(cell)
    if rest:
        findings.error(
            "parameters",
            "survey",
            row,
            _('The parameters "{text}" cannot be read.').format(text=shortened(cell)),
            _("Write them as key=value, separated by spaces, e.g. start=1 end=5 step=1."),
        )
    if kind in {"select_one", "select_multiple", "rank"}:
        _check_shuffling(found, row, findings)
    known = _HONOURED.get(kind, frozenset()) | (_COLUMNS_OF_FILE if from_file else frozenset())
    for key in found:
        if key in known:
            continue
        if key in _WITHOUT_EFFECT.get(kind, frozenset()):
            findings.warning(
                "parameter-without-effect",
                "survey",
                row,
                _('The parameter "{name}" changes nothing in a chat.').format(name=key),
                _("Leave it, it does no harm."),
            )
            continue
        near = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.7)
        findings.error(
            "parameter-unknown",
            "survey",
            row,
            _('The parameter "{name}" is not known for this type.').format(name=shortened(key)),
            _('Did you mean "{name}"?').format(name=near[0]) if near else _("Correct or delete it."),
        )
    return found


def _check_shuffling(found: Mapping[str, str], row: int, findings: Findings) -> None:
    _ = findings.say
    shuffled = found.get("randomize", "")
    if shuffled not in {"", "true", "false"} or ("seed" in found and shuffled != "true"):
        findings.error(
            "randomize",
            "survey",
            row,
            _("randomize is true or false, and only randomize=true has a seed."),
            _("Write randomize=true, or delete both."),
        )
    elif not found.get("seed", "0").isdigit():
        findings.warning(
            "seed",
            "survey",
            row,
            _("The seed is no number; every person gets an order of their own."),
            _("Leave it, or write a number to show everybody the same order."),
        )
