"""The learning hours (JP) somebody has: asked for in the chat, and noted by the office with its evidence.

Rules of the file: they count for those who proved to be an employee, and are shown to them alone. What the office notes
is written down with who noted it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from handlers.auditing import reasoned, record
from handlers.desk import Desk
from handlers.errors import Conflict, NotFound
from handlers.permissions import Actor, require
from handlers.visit import Visit
from outreach.learning_hours import Progress, progress, progress_line, shown_jp
from outreach.wording import short
from reports.learning_hours import LearningHours, learning_hours_of
from storage import learning_hours, rolls, roster, trainings
from storage.database import Transaction
from storage.enrolments import person_of
from storage.learning_hours import Earned
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from surveys.messages import Outgoing
from surveys.text.redaction import redact

Say = Callable[[str], str]
MOST_LINES = 12
MOST_JP = Decimal(2000)
LONGEST_EVIDENCE = 120
_JP = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")


async def tell(visit: Visit, desk: Desk) -> None:
    """JP saya: this year against the target, and what it is made of. Raises StorageError."""
    _ = desk.say(visit)
    transaction, year = desk.unit.transaction, desk.moment.now.year
    facts = None if visit.new else await roster.facts(transaction, visit.respondent_id)
    if facts is None:
        words = _("Learning hours (JP) count once you proved to be an employee. Type /verify with your NIP.")
        visit.say(Outgoing(text=words, keyboard="keep"))
        return
    person = person_of(visit.respondent_id)
    found = await learning_hours.of_person(transaction, person, year)
    mine = progress(sum((one.jp for one in found), Decimal(0)), facts.kind, desk.house.jp_targets)
    visit.say(Outgoing(text="\n".join([progress_line(year, mine, _), *_lines(found, _)]), keyboard="keep"))


def _lines(found: list[Earned], say: Say) -> list[str]:
    _ = say
    lines = [
        _("· {what}: {jp} JP").format(what=short(_what(one, say), 80), jp=shown_jp(one.jp, say))
        for one in found[-MOST_LINES:]
    ]
    left = len(found) - len(lines)
    return [*lines, _("and {number} more").format(number=left)] if left > 0 else lines


def _what(one: Earned, say: Say) -> str:
    return trainings.read_training(one.notation).title if one.notation else one.evidence or say("noted by the office")


async def note(unit: UnitOfWork, actor: Actor, number: str, year: int, jp: str, evidence: str, *, say: Say) -> Progress:
    """The office notes ``jp`` for the employee with this number; what they have of that year now, without a target.
    Raises NotAllowed, NotFound, Conflict, StorageError."""
    _ = say
    require(actor, "learning_hours.note")
    amount, words = _amount(jp, say), " ".join(evidence.split())
    if not words:
        raise Conflict(_("Please say what shows it, such as the number of the certificate."))
    if len(words) > LONGEST_EVIDENCE:
        raise Conflict(
            _("The evidence has {length} characters; at most {most}.").format(length=len(words), most=LONGEST_EVIDENCE)
        )
    if not 2000 <= year <= unit.now.year:
        raise Conflict(_("The year is from 2000 to {last}.").format(last=unit.now.year))
    person = (await rolls.by_number(unit.transaction, unit.vault, [number])).get(number)
    if person is None:
        raise NotFound(_("Nobody on the roster has this number. Compare it, or import the newest list."))
    theirs = (await rolls.units_of(unit.transaction, [person])).get(person, "-")
    require(actor, "learning_hours.note", unit=theirs)
    await learning_hours.note(unit.transaction, person, year, amount, redact(words)[0])
    total = await learning_hours.total(unit.transaction, person, year)
    if total < 0:
        raise Conflict(_("That would leave fewer than 0 JP."))
    await record(
        unit.transaction,
        unit.vault,
        actor,
        "learning_hours.note",
        now=unit.now,
        whom=f"respondent:{person}" if person.isdecimal() else person,
        after={"year": year, "jp": str(amount)},
        reason=words,
    )
    return Progress(earned=total, target=None)


def _amount(jp: str, say: Say) -> Decimal:
    """ "8", "10,67"; with a minus before it, it is taken back."""
    _ = say
    plain = jp.strip()
    minus = plain.startswith("-")
    try:
        amount = Decimal(plain.removeprefix("-").replace(",", ".")) if _JP.fullmatch(plain.removeprefix("-")) else None
    except InvalidOperation:
        amount = None
    if amount is None or not 0 < amount <= MOST_JP:
        raise Conflict(
            _("“{jp}” is no number of learning hours: it is more than 0 and at most {most}, such as 8 or 10,5.").format(
                jp=plain[:20], most=MOST_JP
            )
        )
    return -amount if minus else amount


async def by_unit(  # noqa: PLR0913 -- what it needs
    transaction: Transaction,
    vault: Vault,
    actor: Actor,
    year: int,
    *,
    targets: Mapping[str, Decimal],
    now: datetime,
    unit: str = "",
    reason: str | None = None,
    say: Say = str,
) -> LearningHours:
    """The table of a year, of ``unit`` or of all that are the actor's. With a ``reason``: names too, in a writing
    transaction, and written down. Raises NotAllowed, Conflict where that reason is none, ReportError, StorageError."""
    require(actor, "learning_hours.see", unit=unit)
    names, given = reason is not None, ""
    if reason is not None:
        require(actor, "learning_hours.name", unit=unit)
        given = reasoned(reason, say)
    units = frozenset({unit}) if unit else actor.units
    found = await learning_hours_of(transaction, vault, year, targets=targets, units=units, names=names, say=say)
    if names:
        whom = f"year:{year}:{unit}" if unit else f"year:{year}"
        await record(transaction, vault, actor, "learning_hours.name", now=now, whom=whom, reason=given)
    return found
