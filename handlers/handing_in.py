"""A task after a training is handed in: words, photos and documents, looked through, then sent.

Rules of the file: words lose the numbers that identify people before they are kept anywhere. What was collected stands
in the dialog, encrypted, until it is sent or given up; only files that are sent are fetched, as those of surveys are.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence

from handlers import reminding, task_news
from handlers.desk import Desk, Heard
from handlers.visit import Visit
from outreach import tasks as rules
from outreach.tasks import OPEN, Evidence, Task, evidence_names
from outreach.wording import short
from storage import submissions, tasks
from storage.tasks import Assignment
from surveys.messages import Button, Media, Outgoing
from surveys.speaking import masked_notice, shorten
from surveys.text.commands import Command
from surveys.text.normal import normal
from surveys.text.redaction import redact

DIALOGS = frozenset({"task_handin"})
BUTTONS: frozenset[Command] = frozenset({"send", "cancel"})
"""Words that are buttons here and no commands."""
LONGEST = 3000
"""Characters of what is written."""
MOST_FILES = 10
LARGEST = 20_000_000
"""Bytes of a file: what Telegram gives out to a bot (Bot API, "getFile")."""
_SHOWN = 400
_KINDS: dict[str, Evidence] = {"image": "photo", "file": "doc"}


def begin(visit: Visit, desk: Desk, given: Assignment, task: Task) -> None:
    """Ask for it."""
    _ = desk.say(visit)
    names = evidence_names(_)
    visit.say(
        Outgoing(
            text=_(
                "Task “{title}”. Please send {evidence}, one after the other; when all is there, press Send. Please no "
                "names or numbers of citizens."
            ).format(title=short(task.title, 80), evidence=_listed(task, names)),
            rows=_rows(desk, visit),
        )
    )
    visit.ask_between("task_handin", of=str(given.id), words="", files="")


def _listed(task: Task, names: object) -> str:
    assert isinstance(names, dict)  # noqa: S101 -- as it was made above
    return ", ".join(names[one] for one in names if one in task.evidence)


def _rows(desk: Desk, visit: Visit, *, empty: bool = True) -> tuple[tuple[Button, ...], ...]:
    _ = desk.say(visit)
    if empty:
        return ((Button(_("Cancel")),),)
    return ((Button(_("Send")), Button(_("Empty it"))), (Button(_("Cancel")),))


async def ask_again(visit: Visit, desk: Desk) -> None:
    """What was collected, and what can be done with it. Raises StorageError."""
    found = await _standing(visit, desk)
    if found is None:
        return
    if visit.dialog["words"] or visit.dialog["files"]:
        _review(visit, desk)
    else:
        begin(visit, desk, *found)


async def answered(visit: Visit, text: str, desk: Desk) -> Heard:
    """A button, or more of the words. Raises StorageError."""
    _ = desk.say(visit)
    typed = normal(text)
    found = await _standing(visit, desk)
    if found is None:
        visit.say(Outgoing(text=_("This task is no longer to be handed in."), keyboard="keep"))
        return "closed"
    given, task = found
    if typed in {normal(_("Cancel")), "batal"}:
        visit.say(Outgoing(text=_("All right, nothing was sent. Type TUGAS to begin again.")))
        return "closed"
    if typed == normal(_("Empty it")):
        begin(visit, desk, given, task)
        return "yes"
    if typed in {normal(_("Send")), "kirim"} or typed == normal(_("Send it anyway")):
        return await _send(visit, desk, given, task, sure=typed == normal(_("Send it anyway")))
    if typed == normal(_("Add to it")):
        _review(visit, desk)
        return "yes"
    _add_words(visit, text, desk, task)
    return "yes"


def _add_words(visit: Visit, text: str, desk: Desk, task: Task) -> None:
    _ = desk.say(visit)
    if "text" not in task.evidence:
        words = _("This task asks for {evidence}.").format(evidence=_listed(task, evidence_names(_)))
        visit.say(Outgoing(text=words, keyboard="keep"))
        return
    clean, kinds = redact(text.strip())
    whole = "\n".join(one for one in (visit.dialog["words"], clean) if one)
    if len(whole) > LONGEST:
        words = _("That is too long: at most {most} characters. What was there before stays.").format(most=LONGEST)
        visit.say(Outgoing(text=words, keyboard="keep"))
        return
    if kinds:
        visit.say(Outgoing(text=masked_notice(kinds, _), keyboard="keep"))
    _keep(visit, words=whole)
    _review(visit, desk)


async def sent(visit: Visit, media: Media, desk: Desk) -> None:
    """A photo, a document, or something else. Raises StorageError."""
    _ = desk.say(visit)
    found = await _standing(visit, desk)
    if found is None:
        visit.close()
        visit.say(Outgoing(text=_("This task is no longer to be handed in."), keyboard="keep"))
        return
    task = found[1]
    kind = _KINDS.get(media.kind)
    files = _files(visit)
    again = bool(media.album) and visit.dialog.get("of_album") == media.album
    problem = ""
    if kind is None or kind not in task.evidence:
        problem = _("This task asks for {evidence}.").format(evidence=_listed(task, evidence_names(_)))
    elif media.size > LARGEST:
        problem = _("This file is too large: at most 20 MB. Please send a smaller one.")
    elif len(files) >= MOST_FILES:
        problem = _("At most {most} files. What was there before stays.").format(most=MOST_FILES)
    if problem or kind is None:
        if not again:
            visit.say(Outgoing(text=problem, keyboard="keep"))
        _keep(visit, of_album=media.album)
        return
    kept = [[one.kind, one.reference, one.mime, one.size, one.file_name] for one in (*files, media)]
    _keep(visit, files=json.dumps(kept), of_album=media.album)
    if media.caption.strip() and "text" in task.evidence:
        _add_words(visit, media.caption, desk, task)
    elif not again:
        _review(visit, desk)


def _keep(visit: Visit, **more: str) -> None:
    visit.dialog = {**visit.dialog, **more}
    visit.changed = True


def _files(visit: Visit) -> list[Media]:
    """What was collected."""
    kept = json.loads(visit.dialog["files"] or "[]")
    return [
        Media(kind=kind, reference=reference, mime=mime, size=size, file_name=name)
        for kind, reference, mime, size, name in kept
    ]


def _review(visit: Visit, desk: Desk) -> None:
    """What is there so far."""
    _ = desk.say(visit)
    words, files = visit.dialog["words"], _files(visit)
    lines = [_("This is what you have so far:")]
    if words:
        lines.append(f"“{shorten(words, _SHOWN)}”")
    if files:
        lines.append(_("📎 files: {number}").format(number=len(files)))
    lines.append(_("Add more, or press Send."))
    visit.say(Outgoing(text="\n".join(lines), rows=_rows(desk, visit, empty=False)))


async def _standing(visit: Visit, desk: Desk) -> tuple[Assignment, Task] | None:
    """The task that is being handed in, where it is still theirs to do. Raises StorageError."""
    found = await tasks.assignment_of(desk.unit.transaction, int(visit.dialog["of"]), lock=True)
    if found is None or found[0].respondent_id != visit.respondent_id or found[0].state not in OPEN:
        return None
    return found


async def _send(visit: Visit, desk: Desk, given: Assignment, task: Task, *, sure: bool) -> Heard:
    _ = desk.say(visit)
    words, files = visit.dialog["words"], _files(visit)
    if not words and not files:
        visit.say(Outgoing(text=_("There is nothing yet. Please send your work first."), rows=_rows(desk, visit)))
        return "yes"
    there = {*(_KINDS[one.kind] for one in files), *(["text"] if words else [])}
    missing = [name for kind, name in evidence_names(_).items() if kind in task.evidence - there]
    if missing and not sure:
        text = _("Not there yet: {evidence}. Would you like to send it all the same?").format(
            evidence=", ".join(missing)
        )
        visit.say(Outgoing(text=text, rows=((Button(_("Send it anyway")), Button(_("Add to it"))),)))
        return "yes"
    await _hand_in(visit, desk, given, task, words, files)
    text = _("✅ Your task is handed in: {number} files. You hear from us when it is assessed.")
    visit.say(Outgoing(text=text.format(number=len(files))))
    return "closed"


async def _hand_in(visit: Visit, desk: Desk, given: Assignment, task: Task, words: str, files: Sequence[Media]) -> None:
    unit = desk.unit
    names = [secrets.token_urlsafe(12) for _file in files]
    for name, media in zip(names, files, strict=True):
        unit.want_media(name, visit.address.channel, media)
    now = rules.moved(given.state, "handed_in")
    await submissions.hand_in(unit.transaction, unit.vault, given.id, words, names, now=unit.now)
    await tasks.move(unit.transaction, given.id, now, unit.now)
    await task_news.plan_waiting(unit, await _judges(desk, given, task), calendar=desk.house.calendar)
    await reminding.plan_session(unit, task.session)


async def _judges(desk: Desk, given: Assignment, task: Task) -> set[str]:
    """Whom it waits for."""
    transaction = desk.unit.transaction
    if task.assessor == "peer":
        others = await submissions.who_handed_in(transaction, task.key)
        return {str(one) for one in others if one != given.respondent_id} or {task_news.OFFICE}
    if task.assessor == "supervisor":
        known = await tasks.participants(transaction, desk.unit.vault, [given.respondent_id])
        above = {str(one.superior_id) for one in known if one.superior_id is not None}
        return above | ({task_news.OFFICE} if given.double or not above else set())
    return {task_news.OFFICE}
