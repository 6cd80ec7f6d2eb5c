"""RALAT: answers that may be changed are put up for that; anything else is noted for the office.

Rule of the file: a note is redacted before it is written.
"""

from __future__ import annotations

from handlers import beginning
from handlers.data_requests import log, until
from handlers.desk import Desk, Heard, language_of
from handlers.visit import PublishedSurvey, Visit
from surveys.messages import Button, Outgoing
from surveys.survey import in_language
from surveys.text.normal import normal
from surveys.text.redaction import redact

CORRECT = "privacy_correct"
"""The question what should be corrected, as a dialog."""
LONGEST_NOTE = 1000


async def correct(visit: Visit, desk: Desk) -> None:
    """Answers that may be changed are put up for that; anything else is noted for the office."""
    _ = desk.say(visit)
    found = await _editable(visit, desk)
    if len(found) == 1:
        await log(visit, desk, "correct")
        await beginning.begin(visit, found[0], desk)
        return
    ask_what(visit, desk, tuple(found))


async def _editable(visit: Visit, desk: Desk) -> list[PublishedSurvey]:
    found = []
    for name, survey in sorted(desk.house.surveys.newest().items()):
        chat, now = survey.playbook.survey.chat, desk.moment.now
        if not (chat.editable and chat.once and chat.anonymous == "no") or (chat.closes and now >= chat.closes):
            continue
        if await desk.unit.finished(visit.respondent_id, name) is not None:
            found.append(survey)
    return found


def ask_what(visit: Visit, desk: Desk, editable: tuple[PublishedSurvey, ...] = ()) -> None:
    """What should be corrected? ``editable``: surveys whose answers they may change themselves."""
    _ = desk.say(visit)
    titles = [in_language(one.playbook.title, language_of(visit, desk)) for one in editable]
    lines = [f"{number} {title}" for number, title in enumerate(titles, start=1)]
    lines.append(
        _("What should be corrected? Please write it in a few words; an officer corrects it within 3 x 24 hours.")
    )
    visit.say(Outgoing(text="\n".join(lines), rows=((Button(_("Cancel")),),)))
    names = " ".join(one.playbook.survey.name for one in editable)
    visit.ask_between(CORRECT, **({"surveys": names} if names else {}))


async def told(visit: Visit, text: str, desk: Desk) -> Heard:
    """The answer to that."""
    _ = desk.say(visit)
    typed, names = normal(text), visit.dialog.get("surveys", "").split()
    if typed in {normal(_("Cancel")), "batal"}:
        visit.say(Outgoing(text=_("All right, nothing is changed.")))
        return "closed"
    if typed.isdigit() and 1 <= int(typed[:4]) <= len(names):
        survey = desk.house.surveys.newest().get(names[int(typed[:4]) - 1])
        if survey is not None:
            await log(visit, desk, "correct")
            await beginning.begin(visit, survey, desk)
            return "yes"
    words, _kinds = redact(text.strip()[:LONGEST_NOTE])
    await log(visit, desk, "correct", done=False, note=words)
    done_by = until(visit, desk)
    visit.say(
        Outgoing(
            text=_("Thank you, your correction is noted. It is done by {date} at the latest.").format(date=done_by)
        )
    )
    return "closed"
