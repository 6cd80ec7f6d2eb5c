"""/pelatihan baru: an admin announces a session from the chat, in a few questions, and sees it before anybody does.

Rules of the file: heard from admins alone who may change trainings; each answer is looked through at once; nothing is
saved before the last word. A training that is in the catalogue is chosen, another one is put into it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from handlers import administering, training_office
from handlers.desk import Desk, Heard
from handlers.errors import HandlerError
from handlers.permissions import Actor, may
from handlers.visit import Visit
from outreach.training import FORMS, Training, TrainingSession, form_names
from outreach.training_checks import check_session, check_training
from outreach.training_days import NoDays, day_in_figures, read_days
from outreach.training_words import page
from storage import admins, trainings
from surveys.messages import Button, Outgoing
from surveys.speaking import shorten
from surveys.text.normal import normal

NEW = "learn_new"
"""The dialog; which question stands is in ``step``."""
DIALOGS = frozenset({NEW})
STEPS = ("title", "form", "jp", "days", "place", "capacity", "preview")
_USUAL = ("bimtek", "lokakarya", "sosialisasi", "seminar", "kursus", "coaching", "mentoring", "e_learning")
"""Forms on the buttons; the others are typed."""
_AT_HAND = 6
"""Trainings of the catalogue on the buttons."""
_BUTTON = 20


async def begun(visit: Visit, desk: Desk) -> bool:
    """Ask the first question, if an admin wants that. False where it is not one. Raises StorageError."""
    if await _actor(visit, desk) is None:
        return False
    visit.ask_between(NEW, step="title")
    await ask_again(visit, desk)
    return True


async def _actor(visit: Visit, desk: Desk) -> Actor | None:
    transaction = desk.unit.transaction
    admin = await admins.of_address(transaction, desk.unit.vault, visit.address_id)
    if admin is None:
        return None
    actor = await administering.acting(transaction, admin, visit.address.channel)
    return actor if may(actor, "trainings.change") else None


# ---- questions --------------------------------------------------------------------------------------


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question. Raises StorageError."""
    _ = desk.say(visit)
    step = visit.dialog["step"]
    rows: tuple[tuple[Button, ...], ...] = ()
    match step:
        case "title":
            known = (await trainings.catalogue(desk.unit.transaction))[:_AT_HAND]
            rows = tuple((Button(shorten(one.title, _BUTTON)),) for one in known)
            text = _("What is the training called? Type a title, or choose one that is there already.")
        case "form":
            names = form_names(_)
            rows = tuple((Button(_label(names[one])),) for one in _USUAL)
            text = _("Which form does it have? Choose, or type another one.")
        case "jp":
            text = _("How many learning hours (JP) is it worth? One is 45 minutes.")
        case "days":
            text = _("On which days, from when until when? For example: 1-2 Desember 2026, 08.00-15.30")
        case "place":
            text = _("Where is it held? Type the place, or the link (https://) if it is online.")
        case "capacity":
            rows = ((Button(_("No limit")),),)
            text = _("How many places are there?")
        case _:
            text = await _preview(visit, desk)
            rows = ((Button(_("Announce")),), (Button(_("Begin again")), Button(_("Cancel"))))
    visit.say(Outgoing(text=text, rows=rows))


async def _preview(visit: Visit, desk: Desk) -> str:
    _ = desk.say(visit)
    training, session = await _meant(visit.dialog, desk)
    text = page(
        training,
        session,
        timezone=desk.house.timezone,
        free=session.capacity or None,
        waiting=False,
        needs=(),
        status="",
        inside=True,
        say=_,
    )
    whom = _("for everybody") if not (training.units or training.positions) else _("for its units and positions")
    told = _("It will stand in PELATIHAN ({whom}); nobody is written to. Announce it?").format(whom=whom)
    return f"{text}\n{told}"


async def _meant(said: Mapping[str, str], desk: Desk) -> tuple[Training, TrainingSession]:
    """What was said so far, with what passes in place of the rest."""
    known = await trainings.one(desk.unit.transaction, said.get("key", ""))
    training = known or Training(
        key=said.get("key", ""),
        title=said.get("title", "…"),
        form=said.get("form", "bimtek"),
        jp=Decimal(said.get("jp", "1")),
    )
    days = read_days(said["days"], today=desk.moment.now.date()) if "days" in said else ()
    place = said.get("place", "…")
    session = TrainingSession(key="", training=training.key, days=days, capacity=int(said.get("capacity", "0")))
    if place.startswith("https://"):
        return training, replace(session, link=place)
    return training, replace(session, place=place)


# ---- answers ----------------------------------------------------------------------------------------


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to the question that stands. Raises StorageError."""
    _ = desk.say(visit)
    typed, step = normal(text), visit.dialog["step"]
    actor = await _actor(visit, desk)
    if actor is None or typed in {"batal", "cancel", normal(_("Cancel"))}:
        visit.say(Outgoing(text=_("All right, nothing was saved.")))
        return "closed"
    if typed in {"kembali", "back", "balik"}:
        await _step(visit, desk, _before(visit.dialog))
        return "yes"
    if step == "preview":
        if typed in {normal(_("Begin again")), "ulang"}:
            visit.ask_between(NEW, step="title")
            await ask_again(visit, desk)
            return "yes"
        if typed != normal(_("Announce")):
            await ask_again(visit, desk)
            return "yes"
        return await _announced(visit, actor, desk)
    try:
        more = await _understood(visit, " ".join(text.split()) if step != "days" else text, desk)
    except ValueError as wrong:
        visit.say(Outgoing(text=str(wrong), keyboard="keep"))
        return "yes"
    said = {name: value for name, value in visit.dialog.items() if name not in {"doing", "before", "step"}}
    known = step == "title" and await trainings.one(desk.unit.transaction, more["key"]) is not None
    after = "days" if known else STEPS[STEPS.index(step) + 1]
    await _step(visit, desk, after, **{**said, **more})
    return "yes"


def _before(dialog: Mapping[str, str]) -> str:
    """The question before this one."""
    step = dialog["step"]
    if step == "days" and "form" not in dialog:
        return "title"
    return STEPS[max(0, STEPS.index(step) - 1)]


async def _step(visit: Visit, desk: Desk, step: str, **said: str) -> None:
    kept = said or {n: v for n, v in visit.dialog.items() if n not in {"doing", "before", "step"}}
    visit.ask_between(NEW, **{**kept, "step": step})
    await ask_again(visit, desk)


async def _understood(visit: Visit, text: str, desk: Desk) -> dict[str, str]:
    """What the answer says. Raises ValueError with a sentence."""
    _ = desk.say(visit)
    step, said = visit.dialog["step"], dict(visit.dialog)
    match step:
        case "title":
            more = await _titled(text, desk)
        case "form":
            more = {"form": _form(text, desk, visit)}
        case "jp":
            found = re.search(r"\d+(?:[.,]\d+)?", text)
            more = {"jp": _decimal(found[0] if found else text, _("Please type a number, such as 16."))}
        case "days":
            try:
                days = read_days(text, today=desk.moment.now.date(), say=_)
            except NoDays as wrong:
                raise ValueError(str(wrong)) from None
            more = {"days": day_in_figures(days)}
        case "place":
            more = {"place": text}
        case _:
            number = re.search(r"\d{1,5}", text)
            if normal(text) in {normal(_("No limit")), "bebas"}:
                more = {"capacity": "0"}
            elif number is not None:
                more = {"capacity": str(int(number[0]))}
            else:
                raise ValueError(_("Please type a number, such as 16."))
    _look_through(await _meant({**said, **more}, desk), step, desk, visit)
    return more


def _look_through(meant: tuple[Training, TrainingSession], step: str, desk: Desk, visit: Visit) -> None:
    """Raises ValueError with what hinders."""
    _ = desk.say(visit)
    training, session = meant
    found = check_training(training, units=training.units, positions=training.positions, say=_)
    if step in {"days", "place", "capacity"}:
        found += check_session(session, now=desk.moment.now, timezone=desk.house.timezone, taken=0, say=_)
    if found:
        raise ValueError(found[0])


async def _titled(text: str, desk: Desk) -> dict[str, str]:
    """The training that is named, or a new one with a key made of its title."""
    every = await trainings.catalogue(desk.unit.transaction, archived=True)
    for one in every:
        if normal(text) in {normal(one.title), normal(shorten(one.title, _BUTTON))}:
            return {"key": one.key, "title": one.title}
    return {"key": training_office.key_for(text, {one.key for one in every}), "title": text}


def _form(text: str, desk: Desk, visit: Visit) -> str:
    """Raises ValueError where it names none, or several."""
    _ = desk.say(visit)
    typed, names = normal(text), form_names(_)
    exact = [one for one in FORMS if typed in {normal(one), normal(names[one]), normal(_label(names[one]))}]
    begun_ = [one for one in FORMS if normal(names[one]).startswith(typed)] if len(typed) > 3 else []
    found = exact or begun_
    if len(found) != 1:
        words = _("The form “{form}” is not known: choose one of the list.").format(form=text[:40])
        raise ValueError(f"{words} {', '.join(names.values())}")
    return found[0]


def _label(name: str) -> str:
    """A form on a button: "bimtek" where it stands in brackets behind a longer name, else the first word."""
    brief = re.search(r"\((.+)\)", name)
    return shorten(brief[1] if brief and len(name) > _BUTTON else name.partition(",")[0], _BUTTON)


def _decimal(text: str, words: str) -> str:
    try:
        return str(Decimal(text.replace(",", ".")))
    except InvalidOperation:
        raise ValueError(words) from None


async def _announced(visit: Visit, actor: Actor, desk: Desk) -> Heard:
    _ = desk.say(visit)
    training, session = await _meant(visit.dialog, desk)
    unit = desk.unit
    try:
        if await trainings.one(unit.transaction, training.key) is None:
            await training_office.put(unit, actor, training, units=(), positions=(), say=_)
        offered = await training_office.announce(unit, actor, session, timezone=desk.house.timezone, say=_)
    except HandlerError as refused:
        visit.say(Outgoing(text=str(refused), keyboard="keep"))
        return "yes"
    lines = [_("✅ Announced: {title}. Pass this link on:").format(title=offered.training.title)]
    lines += [link for _channel, link in desk.house.ways(f"t-{offered.session.key}")]
    lines += [] if len(lines) > 1 else [f"/start t-{offered.session.key}"]
    visit.say(Outgoing(text="\n".join(lines)))
    return "closed"
