"""Whom or what an act of the audit was about, as the office reads it.

Rule of the file: the record keeps pseudonymous names (``session:prima-1``, ``respondent:17``); every kind of them has
its words here, and a test looks for each in the code. People stay numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Say = Callable[[str], str]


def kinds(say: Say) -> Mapping[str, str]:
    """Kind of a name to its words, with a gap for what follows it."""
    _ = say
    return {
        "address": _("the chat {which}"),
        "admin": _("the admin {which}"),
        "certificate": _("the certificate {which}"),
        "employee": _("the employee {which}"),
        "pair": _("the mentoring pair {which}"),
        "respondent": _("the respondent {which}"),
        "respondents": _("respondents ({which})"),
        "session": _("the training session {which}"),
        "submission": _("the handed-in work {which}"),
        "survey": _("the survey {which}"),
        "task": _("the task {which}"),
        "ticket": _("the aspiration {which}"),
        "training": _("the training {which}"),
        "year": _("the year {which}"),
    }


def whom_named(whom: str, say: Say, known: Mapping[str, str]) -> str:
    """The words for ``whom``; ``known``: names of those who have one (``admin:3``), as they stand in the record."""
    _ = say
    if not whom or whom in known:
        return known.get(whom, "")
    kind, _colon, which = whom.partition(":")
    if kind == "respondents" and not which:
        return _("all respondents")
    words = kinds(say).get(kind)
    if words is None or not which:
        return whom
    return words.format(which=" · ".join(_part(part, kind, say) for part in which.split(":")))


def _part(part: str, kind: str, say: Say) -> str:
    _ = say
    if kind != "respondents":
        return part
    as_whom = {"asn": _("Civil servant"), "warga": _("Citizen"), "stakeholder": _("Organisation")}
    return as_whom.get(part, _("not said yet") if part == "unknown" else part)
