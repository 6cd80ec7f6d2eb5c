"""HAPUS: everything that is held about somebody goes, at once and after two taps.

Rule of the file: what stays, and why, is said before; nothing is deleted by a yes that was meant for something else.
"""

from __future__ import annotations

from handlers import taking_part
from handlers.data_requests import log
from handlers.desk import Desk, Heard
from handlers.visit import Visit
from storage import erasing
from surveys.messages import Button, Outgoing
from surveys.text.normal import normal
from surveys.text.vocabulary import POLITE
from surveys.text.yes_no import yes_no

DELETE = "privacy_delete"
"""The question whether it shall be so, as a dialog."""


def ask_delete(visit: Visit, desk: Desk) -> None:
    """What goes, what stays and why; and whether it shall be so."""
    _ = desk.say(visit)
    text = _(
        "Delete everything we hold about you? Answers, aspirations with your contact, files, the address of this chat "
        "and what was said here go at once and cannot be brought back.\n"
        "What stays: proof of what you agreed to (5 years, without your name or address), the office's own list of "
        "employees, and anonymous answers, which bear no link to you. Backups made before are overwritten in turn."
    )
    if visit.kind == "asn":
        text += "\n" + _(
            "Your attendance, learning hours (JP) and certificates go as well: nobody can verify them then."
        )
    visit.say(Outgoing(text=text, rows=((Button(_("Yes, delete everything")),), (Button(_("Cancel")),))))
    visit.ask_between(DELETE)
    visit.moved = True


_DELETE = frozenset({"hapus", "hapuskan", "delete"})
_ALL_OF_IT = POLITE | frozenset(
    [
        "ya",
        "iya",
        "yes",
        "hapus",
        "hapuskan",
        "delete",
        "semua",
        "semuanya",
        "data",
        "saya",
        "beta",
        "saja",
        "sekarang",
        "everything",
        "all",
        "of",
        "it",
        "my",
        "now",
    ]
)
_NOT = frozenset({"jangan", "tidak", "tak", "bukan", "batal", "batalkan", "sonde", "not", "dont", "no", "cancel"})


def says_delete(typed: str) -> bool:
    """Whether that is all it says: a wish that something else be deleted is none."""
    said = set(typed.split())
    return bool(said & _DELETE) and said <= _ALL_OF_IT and not said & _NOT


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to that."""
    _ = desk.say(visit)
    typed = normal(text)
    if typed in {normal(_("Cancel")), "2"} or _NOT & set(typed.split()) or yes_no(text) is False:
        visit.say(Outgoing(text=_("All right, nothing was deleted.")))
        return "closed"
    if says_delete(typed) or ((typed == "1" or yes_no(text) is True) and not desk.unseen):
        await delete(visit, desk)
    else:  # what cannot be brought back is not lost to the survey below, nor done by a yes that was meant for it
        ask_delete(visit, desk)
    return "yes"


async def delete(visit: Visit, desk: Desk) -> None:
    """Delete now: in this transaction, after everything else of it was written."""
    _ = desk.say(visit)
    unit, gone, now = desk.unit, visit.respondent_id, desk.moment.now
    visit.settle()
    visit.say(
        Outgoing(
            text=_(
                "Everything we held about you is deleted, the address of this chat included. Thank you. Type START to "
                "begin anew."
            )
        )
    )
    if visit.new:
        return
    await log(visit, desk, "delete")
    for conversation in visit.conversations:
        conversation.over = True
    visit.respondent_id, visit.new, visit.changed = unit.new_id(), True, True
    visit.kind, visit.language, visit.opted_out = "", "", False
    desk.house.notices.settled.discard(gone)
    address_id, successor = visit.address_id, visit.respondent_id

    async def erase() -> None:
        sessions = await taking_part.sessions_to_come(unit, gone)
        await erasing.erase(unit.transaction, gone, address_id=address_id, successor=successor, now=now)
        await taking_part.freed(unit, sessions, timezone=desk.house.timezone)

    unit.afterwards(erase)
