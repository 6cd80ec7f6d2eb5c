"""What the acts of the audit are called, as the office reads them.

Rule of the file: every act of ``permissions.ACTS`` has its words, and so has what the program notes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


def act_names(say: Callable[[str], str]) -> Mapping[str, str]:
    """Act to its words."""
    _ = say
    return {
        "overview.see": _("looked at the overview"),
        "own.see": _("looked at their own page"),
        "own.secure": _("changed how they sign in"),
        "own.end": _("ended a session of theirs"),
        "own.locked": _("was locked out after too many tries"),
        "respondents.count": _("looked at the numbers of respondents"),
        "identities.open": _("opened who people are"),
        "roster.see": _("looked at the list of employees"),
        "roster.import": _("saved the list of employees"),
        "roster.name": _("opened who is new, changed or gone in a list of employees"),
        "roster.code": _("gave an employee a code"),
        "rates.see": _("looked at response rates"),
        "rates.name": _("opened who has not answered"),
        "respondents.merge": _("joined two records of one person"),
        "respondents.unlink": _("took an employee's proof off another record"),
        "consent.see": _("looked at consents"),
        "requests.see": _("looked at requests about data"),
        "requests.settle": _("settled a request about data"),
        "retention.run": _("let go what was kept long enough"),
        "leaks.see": _("looked at whom a leak touches"),
        "surveys.see": _("looked at surveys"),
        "responses.count": _("looked at the numbers of answers"),
        "surveys.try": _("tried a survey"),
        "surveys.publish": _("published a survey"),
        "surveys.close": _("closed a survey"),
        "responses.export": _("exported answers"),
        "responses.export_identities": _("exported answers with names"),
        "aspirations.see": _("looked at aspirations"),
        "aspirations.change": _("moved an aspiration on"),
        "admins.see": _("looked at those who look after the program"),
        "admins.invite": _("invited somebody to look after the program"),
        "admins.revoke": _("took somebody's rights back"),
        "audit.see": _("looked at the audit"),
        "incidents.see": _("looked at what went wrong"),
        "incidents.clear": _("emptied the list of what went wrong"),
        "settings.see": _("looked at the settings"),
        "data.back_up": _("made a backup"),
        "data.restore": _("restored a backup"),
        "keys.export": _("copied the keys"),
        "keys.import": _("put keys in place"),
        "keys.rotate": _("changed the keys"),
    }
