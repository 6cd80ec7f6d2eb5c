"""What is asked outside surveys: as whom one writes, consent, which survey, what a stray message is.

Where a person stands is ``visit.dialog``: {"doing": …} and what belongs to it, stored encrypted with the address.
Rule of the file: a dialog is one question; its answer ends it.
"""

from __future__ import annotations

from datetime import timedelta

from handlers import conversing
from handlers.desk import Desk, current, language_of
from handlers.visit import Conversation, PublishedSurvey, RespondentKind, Visit
from surveys.messages import Button, Edit, Outgoing, Press, Text
from surveys.session import Session
from surveys.speaking import day, shorten
from surveys.survey import in_language
from surveys.text.normal import normal
from surveys.text.redaction import redact
from surveys.text.yes_no import yes_no

NOTICE_VERSION = "1"
BUTTON = 20
"""Longest label of a button, in characters."""
STRAY_LONGEST = 1000
WORTH_OFFERING = 8
"""Shorter text than this is greeted, not offered as an aspiration."""
REMINDER_HOUR = 9


async def answered(visit: Visit, desk: Desk) -> bool:
    """Take the message for the answer to what is asked. False if it is for somebody else."""
    reply = desk.incoming.reply
    if isinstance(reply, Press | Edit):
        return False
    if not isinstance(reply, Text):
        await ask_again(visit, desk)
        return True
    match visit.dialog["doing"]:
        case "kind":
            return await _kind(visit, reply.text, desk)
        case "consent":
            return await _consent(visit, reply.text, desk)
        case "language":
            return await _language(visit, reply.text, desk)
        case "menu":
            return await _menu(visit, reply.text, desk)
        case "offer":
            return await _offer(visit, reply.text, desk)
        case _:
            leave(visit)
            return False


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    match visit.dialog.get("doing"):
        case "kind":
            ask_kind(visit, desk)
        case "consent":
            ask_consent(visit, desk, visit.dialog.get("then", ""))
        case "language":
            ask_language(visit, desk)
        case "offer":
            _ask_offer(visit, desk)
        case _:
            show_menu(visit, desk)


def leave(visit: Visit) -> None:
    """No question outside surveys stands any more."""
    if visit.dialog:
        visit.dialog = {}
        visit.changed = True


def _stand(visit: Visit, doing: str, **more: str) -> None:
    visit.dialog = {"doing": doing, **more}
    visit.changed = True


# ---- as whom ----------------------------------------------------------------------------------------


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
            "This is the automatic service (a bot) of {office} that gathers what you say about the "
            "training of civil servants."
        ).format(office=desk.house.office)
        + "\n"
        + _("As whom do you write?")
    )
    rows = ((Button(_("Civil servant")), Button(_("Citizen"))), (Button(_("Organisation")), Button(_("Help"))))
    visit.say(Outgoing(text=text, rows=rows))
    _stand(visit, "kind", **({"then": then} if then else {}))


async def _kind(visit: Visit, text: str, desk: Desk) -> bool:
    _ = desk.say(visit)
    kind = kind_named(text, (_("Civil servant"), _("Citizen"), _("Organisation")))
    if kind is None:
        visit.say(Outgoing(text=_("Please choose: Civil servant, Citizen or Organisation."), keyboard="keep"))
        return True
    then = visit.dialog.get("then", "")
    if kind == "asn":
        ask_consent(visit, desk, then)
        return True
    visit.kind = kind
    visit.changed = True
    leave(visit)
    await _go_on(visit, then, desk)
    return True


_KINDS: dict[str, RespondentKind] = {
    "asn": "asn", "pns": "asn", "cpns": "asn", "pppk": "asn", "p3k": "asn", "pegawai": "asn", "civil "
    "servant": "asn", "1": "asn",
    "warga": "warga", "masyarakat": "warga", "citizen": "warga", "umum": "warga", "2": "warga",
    "organisasi": "stakeholder", "lembaga": "stakeholder", "mitra": "stakeholder", "organisation": "stakeholder",
    "pemangku kepentingan": "stakeholder", "stakeholder": "stakeholder", "3": "stakeholder",
}  # fmt: skip


def kind_named(text: str, labels: tuple[str, str, str]) -> RespondentKind | None:
    """Which kind of respondent ``text`` names."""
    typed = normal(text)
    kinds: tuple[RespondentKind, ...] = ("asn", "warga", "stakeholder")
    for kind, label in zip(kinds, labels, strict=True):
        if typed == normal(label):
            return kind
    return _KINDS.get(typed.removeprefix("saya ").removeprefix("sebagai ").strip())


# ---- consent ----------------------------------------------------------------------------------------


def ask_consent(visit: Visit, desk: Desk, then: str) -> None:
    """The notice for civil servants, in short, and whether they agree."""
    _ = desk.say(visit)
    text = _(
        "Before we begin: your answers are used to plan the training of civil servants for {year}, are "
        "kept for 2 years at most and do not affect "
        "your appraisal. You can see or delete your data at any time by typing DATA.\nDo you agree?"
    ).format(year=desk.moment.now.year + 1)
    visit.say(
        Outgoing(text=text, rows=((Button(_("I agree")),), (Button(_("Read it all")), Button(_("I do not agree")))))
    )
    _stand(visit, "consent", then=then)


async def _consent(visit: Visit, text: str, desk: Desk) -> bool:
    _ = desk.say(visit)
    typed, then = normal(text), visit.dialog.get("then", "")
    if typed in {normal(_("Read it all")), "baca lengkap", "baca selengkapnya", "baca", "lengkap"}:
        visit.say(Outgoing(text=full_notice(visit, desk)))
        ask_consent(visit, desk, then)
        return True
    if typed in {normal(_("I do not agree")), "tidak setuju", "sonde setuju"} or yes_no(text) is False:
        _record(visit, desk, "refused")
        leave(visit)
        visit.say(Outgoing(text=_("All right, we keep nothing. If you change your mind, type START.")))
        return True
    if typed in {normal(_("I agree")), "setuju", "saya setuju"} or yes_no(text) is True:
        _record(visit, desk, "given")
        visit.kind = "asn"
        visit.changed = True
        leave(visit)
        await _go_on(visit, then, desk)
        return True
    visit.say(Outgoing(text=_("Please answer: I agree or I do not agree."), keyboard="keep"))
    return True


def _record(visit: Visit, desk: Desk, action: str) -> None:
    desk.unit.add_consent(
        visit.respondent_id,
        "survey",
        NOTICE_VERSION,
        action,
        desk.moment.now,
        visit.address.channel,
        desk.incoming.message_id,
    )


def full_notice(visit: Visit, desk: Desk) -> str:
    """The whole notice of what is done with the data."""
    _ = desk.say(visit)
    return _(
        "{office} gathers your answers to plan the training of civil servants. We keep your answers, your "
        "unit and, where you give it, your employee "
        "number in encrypted form. They are kept for 2 years at most, then only as figures without names. "
        "Telegram or the web carries the messages; "
        "its servers may be abroad. Groups of fewer than five people are never shown. You may see, "
        "correct or delete your data and withdraw your "
        "agreement at any time: type DATA."
    ).format(office=desk.house.office)


async def _go_on(visit: Visit, then: str, desk: Desk) -> None:
    survey = desk.house.surveys.newest().get(then)
    if survey is not None:
        await conversing.begin(visit, survey, desk)
    else:
        show_menu(visit, desk)


# ---- language ---------------------------------------------------------------------------------------

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}


def ask_language(visit: Visit, desk: Desk) -> None:
    """In which language?"""
    names = [LANGUAGE_NAMES.get(language, language) for language in desk.house.languages]
    visit.say(Outgoing(text="Bahasa / Language?", rows=tuple((Button(name),) for name in names)))
    _stand(visit, "language")


async def _language(visit: Visit, text: str, desk: Desk) -> bool:
    typed = normal(text)
    for number, language in enumerate(desk.house.languages, start=1):
        if typed in {normal(LANGUAGE_NAMES.get(language, language)), language, str(number)} or (
            language == "id" and typed == "indonesia"
        ):
            speak_in(visit, language)
            leave(visit)
            _ = desk.say(visit)
            visit.say(Outgoing(text=_("All right, we go on in English.")))
            if current(visit) is not None:
                await conversing.return_to_current(visit, desk)
            elif visit.kind:
                show_menu(visit, desk)
            else:
                ask_kind(visit, desk)
            return True
    leave(visit)
    return False


def speak_in(visit: Visit, language: str) -> None:
    """From now on in ``language``, open surveys that have it included."""
    visit.language = language
    visit.changed = True
    for conversation in visit.conversations:
        if language in conversation.survey.playbook.survey.languages:
            conversation.session = _in_language(conversation.session, language)
            conversation.changed = True


def _in_language(session: Session, language: str) -> Session:
    from dataclasses import replace

    return replace(session, language=language)


# ---- the menu ---------------------------------------------------------------------------------------


def open_surveys(visit: Visit, desk: Desk) -> tuple[PublishedSurvey, ...]:
    """What the visitor may begin now."""
    now = desk.moment.now
    found = []
    for survey in desk.house.surveys.newest().values():
        chat = survey.playbook.survey.chat
        if survey.closed or chat.audience not in {"all", visit.kind}:
            continue
        if (chat.opens is not None and now < chat.opens) or (chat.closes is not None and now >= chat.closes):
            continue
        found.append(survey)
    return tuple(sorted(found, key=lambda survey: survey.playbook.survey.name))


def show_menu(visit: Visit, desk: Desk, first: str = "") -> None:
    """What is open to the visitor, to choose from."""
    _ = desk.say(visit)
    surveys = open_surveys(visit, desk)
    if not surveys:
        visit.say(Outgoing(text=first or _("Nothing is open at the moment. We will be glad if you look in again.")))
        leave(visit)
        return
    titles = [in_language(survey.playbook.title, language_of(visit, desk)) for survey in surveys]
    lines = [
        first,
        _("What would you like to do?"),
        *(f"{number} {title}" for number, title in enumerate(titles, start=1)),
    ]
    rows = tuple((Button(shorten(title, BUTTON)),) for title in titles)
    visit.say(Outgoing(text="\n".join(line for line in lines if line), rows=rows, placeholder=f"1–{len(titles)}"))
    _stand(visit, "menu", surveys=" ".join(survey.playbook.survey.name for survey in surveys))


async def _menu(visit: Visit, text: str, desk: Desk) -> bool:
    names = visit.dialog.get("surveys", "").split()
    newest = desk.house.surveys.newest()
    typed = normal(text)
    chosen = names[int(typed) - 1] if typed.isdigit() and len(typed) < 3 and 1 <= int(typed) <= len(names) else ""
    for name in names if not chosen else ():
        survey = newest.get(name)
        title = in_language(survey.playbook.title, language_of(visit, desk)) if survey else name
        if typed in {normal(title), normal(shorten(title, BUTTON)), normal(name)}:
            chosen = name
    leave(visit)
    if chosen in newest:
        await conversing.begin(visit, newest[chosen], desk)
        return True
    return False


# ---- text that belongs to nothing ---------------------------------------------------------------------


async def nothing_open(visit: Visit, desk: Desk) -> None:
    """The visitor sent something while nothing stands."""
    reply = desk.incoming.reply
    _ = desk.say(visit)
    receiver = _receiver(visit, desk)
    if isinstance(reply, Text) and receiver is not None and len(reply.text.strip()) >= WORTH_OFFERING:
        words, _kinds = redact(reply.text.strip()[:STRAY_LONGEST])
        _stand(visit, "offer", text=words, survey=receiver.playbook.survey.name)
        _ask_offer(visit, desk)
        return
    if not visit.kind:
        ask_kind(visit, desk)
        return
    show_menu(visit, desk, first="" if isinstance(reply, Text) else _("We cannot use that here."))


def _receiver(visit: Visit, desk: Desk) -> PublishedSurvey | None:
    """The survey that takes messages: the one with a ticket that is open to the visitor, or to anybody."""
    for survey in desk.house.surveys.newest().values():
        chat = survey.playbook.survey.chat
        if chat.ticket and not survey.closed and chat.audience in {"all", "warga", visit.kind}:
            return survey
    return None


def _ask_offer(visit: Visit, desk: Desk) -> None:
    _ = desk.say(visit)
    quoted = shorten(visit.dialog.get("text", ""), 120)
    text = _("We received: “{text}”\nWould you like to hand this in as an aspiration?").format(text=quoted)
    visit.say(Outgoing(text=text, rows=((Button(_("Yes")), Button(_("No"))),)))


async def _offer(visit: Visit, text: str, desk: Desk) -> bool:
    wish = yes_no(text)
    if wish is None:
        leave(visit)
        return False
    words, name = visit.dialog.get("text", ""), visit.dialog.get("survey", "")
    leave(visit)
    survey = desk.house.surveys.newest().get(name)
    if wish and survey is not None:
        if not visit.kind:
            visit.kind = "warga"
            visit.changed = True
        await conversing.begin(visit, survey, desk, message=words)
    elif visit.kind:
        show_menu(visit, desk)
    else:
        ask_kind(visit, desk)
    return True


# ---- a survey put aside -------------------------------------------------------------------------------


async def answered_aside(visit: Visit, conversation: Conversation, desk: Desk) -> bool:
    """The buttons under "put aside": go on, remind me tomorrow, stop all messages. False if it is none of them."""
    reply = desk.incoming.reply
    if not isinstance(reply, Text):
        return False
    _ = desk.say(visit)
    typed = normal(reply.text)
    if typed in {normal(_("Go on")), "lanjut", "lanjutkan", "terus", "lanju"} or yes_no(reply.text) is True:
        await conversing.take_up(visit, conversation, desk)
        return True
    if typed in {normal(_("Remind me tomorrow")), "ingatkan besok"}:
        due = (desk.moment.now + timedelta(days=1)).replace(hour=REMINDER_HOUR, minute=0, second=0, microsecond=0)
        desk.unit.plan(f"session:{conversation.id}:tomorrow", "session_reminder", due, str(conversation.id))
        visit.say(Outgoing(text=_("All right, we will write to you on {date}.").format(date=day(due, _))))
        return True
    return False
