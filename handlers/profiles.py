"""Several people on one phone: who is writing now, by the names they go by.

Rules of the file: each of them is a respondent of their own with their own sessions and agreement; the address has one
who is writing. Where nobody is (the one who was deleted their data, or was forgotten), nothing is heard before it is
known who writes, but STOP. A name is what they choose to be called, nothing official, and stands encrypted.
"""

from __future__ import annotations

from handlers import beginning, choosing, conversing, enrolling, links, privacy, seating
from handlers.desk import Desk, Heard, current, put_aside
from handlers.visit import Visit
from storage import erasing, joining
from storage.joining import Profile
from surveys.messages import Button, Outgoing
from surveys.speaking import shorten
from surveys.text.commands import spoken_command
from surveys.text.normal import normal

WHO, NAME, ANOTHER = "profile", "profile_name", "profile_another"
"""Who is writing, how the one who writes is called, how another one is called: the dialogs."""
DIALOGS = frozenset({WHO, NAME, ANOTHER})
LONGEST = 20
"""Characters of a name: it is a button's label."""
MOST = 8


async def show(visit: Visit, desk: Desk) -> None:
    """Who writes here; the first time, how the one who does is called. Raises StorageError."""
    people = await joining.profiles(desk.unit.transaction, desk.unit.vault, visit.address_id)
    if people:
        ask_who(visit, desk, people)
    else:
        ask_name(visit, desk, NAME)


def ask_name(visit: Visit, desk: Desk, doing: str, **more: str) -> None:
    """How are they called?"""
    _ = desk.say(visit)
    if doing == NAME:
        text = _(
            "If several people share this chat, each gets their own answers. What are you called, you who wrote here "
            "so far? A first name is enough."
        )
    else:
        text = _("What is the other person called? A first name is enough.")
    visit.say(Outgoing(text=text, rows=((Button(_("No need")),),)))
    visit.ask_between(doing, **more)


def ask_who(visit: Visit, desk: Desk, people: list[Profile], then: str = "", **more: str) -> None:
    """Who is writing? ``more``: "starts", they wrote MULAI; "nobody", none of them is seated."""
    _ = desk.say(visit)
    rows = [(Button(one.label),) for one in people]
    if len(people) < MOST:
        rows.append((Button(_("Somebody else")),))
    visit.say(Outgoing(text=_("Who is writing now?"), rows=tuple(rows)))
    visit.ask_between(WHO, then=then, **more)


async def asked_who(visit: Visit, desk: Desk, then: str) -> bool:
    """At /start, where several people share the address. False where one has it. Raises StorageError."""
    if not visit.shared:
        return False
    people = await joining.profiles(desk.unit.transaction, desk.unit.vault, visit.address_id)
    if len(people) < 2:
        return False
    ask_who(visit, desk, people, then, **({} if then else {"starts": "yes"}))
    return True


async def seats_nobody(visit: Visit, desk: Desk) -> bool:
    """Whether people share this address and it is not known which of them writes. Raises StorageError."""
    if "nobody" in visit.dialog:
        return True
    return visit.new and visit.shared and await joining.sharing(desk.unit.transaction, visit.address_id) > 0


async def heard_by_nobody(visit: Visit, text: str, desk: Desk) -> None:
    """Nothing is heard but who is writing. Raises StorageError."""
    if "nobody" in visit.dialog:
        await answered(visit, text, desk)
        return
    people = await joining.profiles(desk.unit.transaction, desk.unit.vault, visit.address_id)
    spoken = spoken_command(text)
    starts = spoken is not None and spoken.command == "start"
    then = spoken.argument.strip() if spoken is not None and starts else ""
    ask_who(visit, desk, people, then, nobody="yes", **({"starts": "yes"} if starts and not then else {}))


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more. Raises StorageError."""
    if visit.dialog["doing"] == WHO:
        people = await joining.profiles(desk.unit.transaction, desk.unit.vault, visit.address_id)
        ask_who(visit, desk, people, **_kept(visit))
    else:
        ask_name(visit, desk, visit.dialog["doing"], **_kept(visit))


def _kept(visit: Visit) -> dict[str, str]:
    """What belongs to the question that stands."""
    return {name: visit.dialog[name] for name in ("then", "starts", "nobody") if name in visit.dialog}


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to any of them. Raises StorageError."""
    if visit.dialog["doing"] == WHO:
        return await who_chosen(visit, text, desk)
    return await name_given(visit, text, desk)


async def who_chosen(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to who is writing. Raises StorageError."""
    _ = desk.say(visit)
    people = await joining.profiles(desk.unit.transaction, desk.unit.vault, visit.address_id)
    if normal(text) in {normal(_("Somebody else")), "orang lain", "yang lain", "lain"} and len(people) < MOST:
        ask_name(visit, desk, ANOTHER, **_kept(visit))
        return "yes"
    chosen = next((one for one in people if normal(one.label) == normal(text)), None)
    if chosen is None and text.strip().isdecimal() and 1 <= int(text[:3]) <= len(people):
        chosen = people[int(text[:3]) - 1]
    if chosen is None:
        ask_who(visit, desk, people, **_kept(visit))
        return "yes"
    then, starts, nobody = (visit.dialog.get(name, "") for name in ("then", "starts", "nobody"))
    if chosen.respondent_id == visit.respondent_id and not then and (visit.dialog.get("before") or current(visit)):
        if starts:
            await privacy.start(visit, desk)
        visit.say(Outgoing(text=_("{name} is writing now.").format(name=chosen.label), keyboard="keep"))
        return "closed"
    visit.settle()
    if chosen.respondent_id != visit.respondent_id:
        before = visit.respondent_id
        await seating.rise(visit, desk)
        await seating.sit(visit, chosen.respondent_id, desk)
        if nobody:
            await _forget(visit, before, desk)
    _ = desk.say(visit)
    visit.say(Outgoing(text=_("{name} is writing now.").format(name=chosen.label)))
    if starts:
        await privacy.start(visit, desk)
    await _stand(visit, desk, then)
    return "yes"


async def name_given(visit: Visit, text: str, desk: Desk) -> Heard:
    """A name. Raises StorageError."""
    _ = desk.say(visit)
    doing, unit = visit.dialog["doing"], desk.unit
    if normal(text) in {normal(_("No need")), "tidak usah", "tidak jadi"}:
        if "nobody" in visit.dialog:
            people = await joining.profiles(unit.transaction, unit.vault, visit.address_id)
            ask_who(visit, desk, people, **_kept(visit))
            return "yes"
        visit.say(Outgoing(text=_("All right."), keyboard="keep"))
        return "closed"
    people = await joining.profiles(unit.transaction, unit.vault, visit.address_id)
    name = shorten(" ".join(text.split()), LONGEST)
    taken = {normal(one.label) for one in people} | {normal(_("Somebody else")), normal(_("No need"))}
    odd = spoken_command(name) is not None or any(char.isdecimal() for char in name)
    if odd or not any(char.isalpha() for char in name):
        visit.say(Outgoing(text=_("Please type a name without digits, such as Maria."), keyboard="keep"))
        return "yes"
    if normal(name) in taken:
        visit.say(Outgoing(text=_("This name is taken here already. Please type another one."), keyboard="keep"))
        return "yes"
    nobody = "nobody" in visit.dialog
    visit.settle()
    await seating.rise(visit, desk)
    if doing == ANOTHER and not nobody:
        opted_out = visit.opted_out
        await seating.sit(visit, unit.new_id(), desk)
        visit.opted_out = opted_out  # an opt-out covers the address
        await seating.rise(visit, desk)
    await joining.keep_profile(unit.transaction, unit.vault, visit.address_id, visit.respondent_id, name)
    visit.shared = True
    if doing == ANOTHER:
        visit.say(Outgoing(text=_("{name} is writing now.").format(name=name)))
        enrolling.ask_kind(visit, desk)
        return "yes"
    ask_who(visit, desk, await joining.profiles(unit.transaction, unit.vault, visit.address_id))
    return "yes"


async def _forget(visit: Visit, number: int, desk: Desk) -> None:
    """Nobody was ``number``: it goes, once the address is another's."""
    await seating.rise(visit, desk)
    await erasing.forget_number(desk.unit.transaction, number)


async def _stand(visit: Visit, desk: Desk, then: str) -> None:
    """What the one who writes had open, the survey the link named, or the menu."""
    survey = desk.house.surveys.newest().get(then)
    standing = current(visit) or put_aside(visit)
    if survey is not None and visit.kind:
        await beginning.begin(visit, survey, desk)
    elif visit.kind and links.leads(then):
        await links.follow(visit, then, desk)
    elif standing is not None:
        await conversing.take_up(visit, standing, desk)
    elif visit.kind:
        choosing.show_menu(visit, desk)
    else:
        enrolling.ask_kind(visit, desk, then)
