"""One person on several channels: a code from here, typed there, joins both, and what was half done goes on.

Rules of the file: a code serves once, for 15 minutes, and only after the one who types it says that they asked for it
themselves: whoever joins sees what the other one answered. A survey stands on one screen at a time; where it was
answered elsewhere since, it is shown anew before an answer counts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import choosing, conversing, enrolling, identifying, knowing, seating
from handlers.desk import Desk, Heard, current, put_aside
from handlers.visit import Conversation, Visit
from storage import joining, proving
from surveys.messages import Button, Outgoing
from surveys.text.yes_no import yes_no

JOIN = "join"
"""The question whether to join, as a dialog."""
DIALOGS = frozenset({JOIN})
PAYLOAD = "move_"
"""How the code is called in a link: "move_1234ABCD"."""
_CODE = re.compile(r"(\d{4})[\s-]?([A-Z]{4})")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


async def hand_out(visit: Visit, desk: Desk) -> None:
    """Give a code. Raises StorageError."""
    _ = desk.say(visit)
    rng, unit = desk.moment.rng, desk.unit
    await seating.rise(visit, desk)
    code = f"{rng.randrange(10_000):04}" + "".join(rng.choice(_LETTERS) for _place in range(4))
    await joining.issue(unit.transaction, unit.vault, visit.respondent_id, visit.address.channel, code, unit.now)
    text = _(
        "To go on in another channel (Telegram or the web chat), open it and type there within 15 minutes:\n"
        "/move {code}\nGive this code to nobody: it opens your answers."
    ).format(code=f"{code[:4]}-{code[4:]}")
    links = [link for channel, link in desk.house.ways(PAYLOAD + code) if channel != visit.address.channel]
    if links:
        text = "\n".join([text, _("Or open this link there:"), *links])
    visit.say(Outgoing(text=text, keyboard="keep", secret=True))


async def typed(visit: Visit, argument: str, desk: Desk) -> bool:
    """A code was typed: is it really theirs? False where the code is good for nothing. Raises StorageError."""
    _ = desk.say(visit)
    unit = desk.unit
    found = _CODE.fullmatch(argument.strip().upper())
    code = found[1] + found[2] if found else ""
    wait = await proving.try_again_at(
        unit.transaction,
        [unit.vault.lookup("guess", f"joining {visit.address.channel} {visit.address.external_id}")],
        unit.now,
    )
    meant = await joining.meant(unit.transaction, unit.vault, code, unit.now) if code and wait is None else None
    if wait is not None:
        at = wait.astimezone(desk.house.timezone)
        words = _("There were several tries. Please try again after {time}.").format(time=f"{at:%H.%M}")
    elif meant is None:
        words = _("This code does not serve (any more). Please type /move in the other channel for a new one.")
    elif meant.respondent_id == visit.respondent_id:
        words = _("This code is from this conversation. Please type it in the other channel.")
    else:
        visit.ask_between(JOIN, code=code)
        ask(visit, desk)
        return True
    visit.say(Outgoing(text=words, keyboard="keep"))
    return False


def ask(visit: Visit, desk: Desk) -> None:
    """Shall both be one?"""
    _ = desk.say(visit)
    text = _(
        "Join this conversation with the other one? Answers and tickets of both become one. Please answer Yes only if "
        "you asked for this code yourself."
    )
    visit.say(Outgoing(text=text, rows=((Button(_("Yes")), Button(_("No"))),)))


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    ask(visit, desk)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to that. Raises StorageError."""
    _ = desk.say(visit)
    wish = yes_no(text)
    if wish is None:
        ask(visit, desk)
        return "yes"
    code, unit = visit.dialog.get("code", ""), desk.unit
    spent = _("This code does not serve (any more). Please type /move in the other channel for a new one.")
    meant = await joining.meant(unit.transaction, unit.vault, code, unit.now) if wish else None
    if meant is None or meant.respondent_id == visit.respondent_id:
        visit.say(Outgoing(text=spent if wish else _("All right, both stay apart."), keyboard="keep"))
        return "closed"
    await seating.rise(visit, desk)
    if await joining.different_employees(unit.transaction, meant.respondent_id, visit.respondent_id):
        visit.say(Outgoing(text=_("These are two employees; they cannot be joined."), keyboard="keep"))
        return "closed"
    if await joining.person(unit.transaction, meant.respondent_id) is None or not await joining.spend(
        unit.transaction, unit.vault, code
    ):
        visit.say(Outgoing(text=spent, keyboard="keep"))
        return "closed"
    visit.settle()
    await identifying.become_one(visit, meant.respondent_id, desk, reason="code")
    for conversation in visit.conversations:
        stands_at(conversation, visit)
    visit.say(Outgoing(text=_("✅ Both conversations are one now.")))
    await _stand(visit, desk)
    return "yes"


async def _stand(visit: Visit, desk: Desk) -> None:
    """What stands is said again."""
    conversation = current(visit) or put_aside(visit)
    if conversation is not None:
        await conversing.take_up(visit, conversation, desk)
    elif visit.kind:
        choosing.show_menu(visit, desk)
    else:
        enrolling.ask_kind(visit, desk)


# ---- on which screen a survey stands ------------------------------------------------------------------


def stands_at(conversation: Conversation, visit: Visit) -> None:
    """From now on it is answered at this address."""
    session = conversation.session
    conversation.session = replace(session, facts={**session.facts, knowing.AT: str(visit.address_id)})
    conversation.changed = True


async def came_over(visit: Visit, conversation: Conversation, desk: Desk) -> bool:
    """Show the survey anew where it was answered on another screen since. False where it stands here.

    What was typed belongs to a question that is gone, so it is no answer. Raises StorageError."""
    at = conversation.session.facts.get(knowing.AT)
    if at is None or at == str(visit.address_id):
        return False
    stands_at(conversation, visit)
    _ = desk.say(visit)
    visit.say(Outgoing(text=_("You went on in another channel meanwhile. This is where it stands:")))
    await conversing.take_up(visit, conversation, desk)
    return True
