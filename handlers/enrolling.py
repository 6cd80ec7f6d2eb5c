"""As whom a person writes, whether they agree, and in which language: asked at the first contact, or again later.

Rule of the file: every question is a dialog of one step (``visit.dialog``); nothing is kept of a civil servant who did
not agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers import beginning, choosing, consenting, identifying
from handlers.desk import Desk, kind_names
from handlers.visit import RespondentKind, Visit
from surveys.messages import Button, Outgoing
from surveys.text.normal import normal
from surveys.text.vocabulary import POLITE
from surveys.text.yes_no import yes_no

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
_CALLED = {"id": {"indonesia", "indonesian"}, "en": {"inggris", "bahasa inggris", "ingris"}}


def greeting(desk: Desk, visit: Visit) -> str:
    """Good morning to good evening, by the office's clock."""
    _ = desk.say(visit)
    hour = desk.moment.now.hour
    if 4 <= hour < 10:
        return _("Good morning.")
    if 10 <= hour < 15:
        return _("Good day.")
    if 15 <= hour < 18:
        return _("Good afternoon.")
    return _("Good evening.")


def ask_kind(visit: Visit, desk: Desk, then: str = "") -> None:
    """Welcome, and as whom does the visitor write?"""
    _ = desk.say(visit)
    text = (
        greeting(desk, visit)
        + " "
        + _(
            "This is the automatic service (a bot) of {office} that gathers what civil servants and citizens say "
            "about public services and the training of civil servants."
        ).format(office=desk.house.office)
        + "\n"
        + _("As whom do you write?")
    )
    rows = ((Button(_("Civil servant")), Button(_("Citizen"))), (Button(_("Organisation")), Button(_("Help"))))
    visit.say(Outgoing(text=text, rows=rows))
    visit.ask("kind", **({"then": then} if then else {}))


async def kind_chosen(visit: Visit, text: str, desk: Desk) -> bool:
    """The answer to that; False if it is none."""
    kind = kind_named(text, desk, visit)
    if kind is None:
        return False
    await write_as(visit, kind, visit.dialog.get("then", ""), desk)
    return True


async def write_as(visit: Visit, kind: RespondentKind, then: str, desk: Desk) -> None:
    """From now on as ``kind``; civil servants are asked for their consent first. ``then``: the survey to begin."""
    if kind == "asn" and visit.kind != "asn":
        ask_consent(visit, desk, then)
        return
    visit.kind = kind
    visit.changed = True
    visit.settle()
    await _go_on(visit, then, desk)


_KINDS: Mapping[str, RespondentKind] = {
    "asn": "asn", "pns": "asn", "cpns": "asn", "pppk": "asn", "p3k": "asn", "pegawai": "asn", "pegawai negeri": "asn",
    "civil servant": "asn",
    "warga": "warga", "masyarakat": "warga", "citizen": "warga", "umum": "warga", "warga biasa": "warga",
    "organisasi": "stakeholder", "lembaga": "stakeholder", "mitra": "stakeholder", "organisation": "stakeholder",
    "pemangku kepentingan": "stakeholder", "stakeholder": "stakeholder",
}  # fmt: skip
_NUMBERS: Mapping[str, RespondentKind] = {"1": "asn", "2": "warga", "3": "stakeholder"}


def kind_named(text: str, desk: Desk, visit: Visit, *, numbers: bool = True) -> RespondentKind | None:
    """Which kind of respondent ``text`` names; ``numbers``: by its place in the list too."""
    typed = normal(text)
    for kind, label in kind_names(desk.say(visit)).items():
        if typed == normal(label):
            return kind  # type: ignore[return-value]  # the keys are kinds
    if numbers and typed in _NUMBERS:
        return _NUMBERS[typed]
    words = [
        word for word in typed.split() if word not in POLITE - {"umum"} and word not in {"saya", "sebagai", "beta"}
    ]
    return _KINDS.get(" ".join(words))


def ask_consent(visit: Visit, desk: Desk, then: str) -> None:
    """The notice for civil servants, in short, and whether they agree."""
    _ = desk.say(visit)
    text = consenting.short(visit, desk, consenting.SURVEY)
    rows = ((Button(_("I agree")),), (Button(_("Read it all")), Button(_("I do not agree"))))
    visit.say(Outgoing(text=text, rows=rows, tag="consent"))
    visit.moved = True
    visit.ask("consent", then=then)


async def consented(visit: Visit, text: str, desk: Desk) -> bool:
    """The answer to that; nothing is kept without a yes."""
    _ = desk.say(visit)
    typed, then = normal(text), visit.dialog.get("then", "")
    if typed in {normal(_("Read it all")), "baca lengkap", "baca selengkapnya", "baca", "lengkap"}:
        consenting.say_full(visit, desk, consenting.SURVEY)
        ask_consent(visit, desk, then)
        return True
    if typed in {normal(_("I do not agree")), "tidak setuju", "sonde setuju"} or yes_no(text) is False:
        consenting.record(visit, desk, consenting.SURVEY, "refused")
        if visit.kind == "asn":  # asked again: what was kept stays until they delete it, and nothing more is asked
            visit.kind, visit.changed = "", True
        visit.settle()
        visit.say(Outgoing(text=_("All right, we keep nothing. If you change your mind, type START.")))
        return True
    if desk.unseen:  # a yes that was written before the notice was seen agrees to nothing
        ask_consent(visit, desk, then)
        return True
    if typed in {normal(_("I agree")), "setuju", "saya setuju"} or yes_no(text) is True:
        consenting.record(visit, desk, consenting.SURVEY, "given")
        visit.kind = "asn"
        visit.changed = True
        visit.settle()
        if not await identifying.offered(visit, desk, then):
            await _go_on(visit, then, desk)
        return True
    visit.say(Outgoing(text=_("Please answer: I agree or I do not agree."), keyboard="keep"))
    return True


async def _go_on(visit: Visit, then: str, desk: Desk) -> None:
    survey = desk.house.surveys.newest().get(then)
    if survey is not None:
        await beginning.begin(visit, survey, desk)
    else:
        choosing.show_menu(visit, desk)


def ask_language(visit: Visit, desk: Desk) -> None:
    """In which language? What stood before stands again afterwards."""
    names = [LANGUAGE_NAMES.get(language, language) for language in desk.house.languages]
    visit.say(Outgoing(text="Bahasa / Language?", rows=tuple((Button(name),) for name in names)))
    visit.ask_between("language")


def language_named(text: str, desk: Desk) -> str | None:
    """The language that ``text`` names; None if it is none of ours."""
    typed = normal(text)
    for number, language in enumerate(desk.house.languages, start=1):
        if typed in {normal(LANGUAGE_NAMES.get(language, language)), language, str(number), *_CALLED.get(language, ())}:
            return language
    return None


def speak_in(visit: Visit, language: str) -> None:
    """From now on in ``language``, open surveys that have it included."""
    visit.language = language
    visit.changed = True
    for conversation in visit.conversations:
        if language in conversation.survey.playbook.survey.languages:
            conversation.session = replace(conversation.session, language=language)
            conversation.changed = True
