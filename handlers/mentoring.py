"""Mentoring: pairs are named by the office, and both tell of their meetings.

Rules of the file: an office's act asks who may, says in a sentence what hinders it, and is audited; what was talked
about is for those two and for who looks after the pairs, masked as everything typed, and encrypted.
"""

from __future__ import annotations

from datetime import date

from handlers.desk import Desk, Heard
from handlers.visit import Visit
from storage import mentoring
from storage.mentoring import Told
from surveys.messages import Button, Outgoing
from surveys.text.normal import normal
from surveys.text.redaction import redact

NOTE = "mentoring"
"""The question what was talked about, as a dialog."""
DIALOGS = frozenset({NOTE})
LONGEST_NOTE = 500


async def met(visit: Visit, pair: str, place: int, respondent_id: int, desk: Desk) -> None:
    """They met: what was it about? Raises StorageError."""
    _ = desk.say(visit)
    known = (await mentoring.by_key(desk.unit.transaction, desk.unit.vault, [pair])).get(pair)
    if known is None or not known.pair.check_ins:
        visit.say(Outgoing(text=_("This is over. Thank you."), keyboard="keep"))
        return
    day = known.pair.check_ins[min(place, len(known.pair.check_ins) - 1)]
    await _tell(pair, day, respondent_id, "", desk)
    visit.ask_between(NOTE, pair=pair, day=day.isoformat(), person=str(respondent_id))
    await ask_again(visit, desk)


async def ask_again(visit: Visit, desk: Desk) -> None:
    """Say the standing question once more."""
    _ = desk.say(visit)
    text = _("Thank you, your meeting is noted. What did you talk about? One or two sentences are enough.")
    visit.say(Outgoing(text=text, rows=((Button(_("Skip")),),)))


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """What it was about. Raises StorageError."""
    _ = desk.say(visit)
    if normal(text) in {normal(_("Skip")), "lewati", "lewat", "skip"}:
        visit.say(Outgoing(text=_("All right."), keyboard="remove"))
        return "closed"
    words = redact(" ".join(text.split()))[0][:LONGEST_NOTE]
    said = visit.dialog
    await _tell(said["pair"], date.fromisoformat(said["day"]), int(said["person"]), words, desk)
    visit.say(Outgoing(text=_("Thank you. It is noted."), keyboard="remove"))
    return "closed"


async def _tell(pair: str, day: date, respondent_id: int, words: str, desk: Desk) -> None:
    told = Told(pair=pair, day=day, respondent_id=respondent_id, held=True, at=desk.unit.now, words=words)
    await mentoring.tell(desk.unit.transaction, desk.unit.vault, told)
