"""What one reply does to a session.

Rule of the file: ``start``, ``resume``, ``take_up``, ``fetched`` and ``expire`` are functions of what they are
given; an
unreadable reply is the event Rejected, never an exception. Commands are heard in every state, but the exact label of a
choice that stands wins over a command word.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import assert_never

from surveys.engine import late, walk
from surveys.engine.belated import belongs_before
from surveys.engine.closing import another, begin_again, looked_through
from surveys.engine.correcting import correct
from surveys.engine.draft import Draft
from surveys.engine.legible import legible
from surveys.engine.orders import HEARD, obey, pause, say_again
from surveys.engine.playbook import Playbook
from surveys.engine.taking import answer, confirm, read, specify
from surveys.events import Ended, Resumed, Stale, Step, Waiting
from surveys.messages import Edit, Media, Press, Reply, Text
from surveys.questions import Read, Toggled
from surveys.session import UNTIL, Answer, Place, Session
from surveys.text.choices import exactly
from surveys.text.commands import ALWAYS, Command, command_word, spoken_command
from surveys.text.redaction import redact

Say = Callable[[str], str]


def start(
    playbook: Playbook,
    *,
    language: str,
    now: datetime,
    rng: random.Random,
    say: Say,
    facts: Mapping[str, str] | None = None,
    test: bool = False,
) -> Step:
    """A new session, its first question asked."""
    chat = playbook.survey.chat
    session = Session(
        survey=playbook.survey.name,
        version=playbook.survey.version,
        language=language if language in playbook.survey.languages else playbook.survey.languages[0],
        started=now,
        touched=now,
        expires=_until(playbook, facts or {}, now),
        seed=rng.getrandbits(32),
        test=test,
        anonymous=chat.anonymous != "no",
        facts=dict(facts or {}),
    )
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    walk.from_top(draft)
    draft.total = walk.count_units(draft)
    return draft.step()


def _until(playbook: Playbook, facts: Mapping[str, str], now: datetime) -> datetime:
    """When the session is over if nothing more is said."""
    kept = now + timedelta(days=playbook.survey.chat.expires_days)
    return min(kept, datetime.fromisoformat(facts[UNTIL])) if UNTIL in facts else kept


def reopen(
    playbook: Playbook,
    answers: Mapping[Place, Answer],
    *,
    language: str,
    now: datetime,
    rng: random.Random,
    say: Say,
    facts: Mapping[str, str] | None = None,
) -> Step:
    """A response that was sent (``chat_editable``), for changing: its answers stand in the review."""
    first = start(playbook, language=language, now=now, rng=rng, say=say, facts=facts).session
    draft = Draft(playbook, first, say=say, now=now, rng=rng)
    draft.answers.update(answers)
    for place in answers:
        for depth, repeat in enumerate(playbook.nodes[place.name].repeats):
            outer = Place(repeat, place.position[:depth])
            draft.repeats[outer] = max(draft.repeats.get(outer, 1), place.position[depth])
            draft.closed.add(outer)
    draft.anonymous = False
    for _ in playbook.ops:
        draft.events.clear()
        walk.from_top(draft)
        if draft.doing == "repeating" and draft.at is not None:
            draft.closed.add(draft.at)
        elif (
            draft.doing == "asking"
            and draft.at is not None
            and not draft.required(playbook.item(draft.at.name), draft.at)
        ):
            draft.skipped.add(draft.at)
        else:
            break
    return draft.step()


def heard(
    playbook: Playbook, session: Session, text: str, *, say: Say, now: datetime, rng: random.Random
) -> Command | None:
    """The command word in ``text``, None where it is none or where it is the label of a choice that stands."""
    word = command_word(text)
    if word is None:
        return None
    return _heard(Draft(playbook, session, say=say, now=now, rng=rng), text)


def _heard(draft: Draft, text: str) -> Command | None:
    word = command_word(text)
    if word is None or draft.at is None or text.startswith("/"):
        return word
    if draft.doing == "specifying":  # "data", "bahasa inggris" are words for "other"; only the ways out are heard
        return word if word in HEARD or _with_more(text) else None
    if draft.doing != "asking":
        return word
    item = draft.playbook.item(draft.at.name)
    if item.question.choices and exactly(text, draft.choices(item, draft.at), draft.language) is not None:
        return None
    match read(draft, item, draft.at, Text(text)):
        case Toggled():
            return None  # the button that turns the page says "next"
        case Read() if word not in ALWAYS and not _with_more(text):
            return None  # "lanjut" is a yes to a notice, "data" a word of a story
        case _:
            return word


def _with_more(text: str) -> bool:
    """Whether the word has what belongs to it, such as the code of PINDAH: that is said to nobody else."""
    spoken = spoken_command(text)
    return spoken is not None and bool(spoken.argument)


def resume(
    playbook: Playbook,
    session: Session,
    reply: Reply,
    *,
    now: datetime,
    rng: random.Random,
    say: Say,
    message_id: str = "",
    unseen: bool = False,
) -> Step:
    """What ``reply`` does. ``unseen``: it was typed before the person saw the prompt that stands now."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    if session.doing in {"done", "stopped", "expired"}:
        draft.tell(Stale())
        return draft.step()
    draft.touched = now
    draft.expires = _until(playbook, session.facts, now)
    reply = legible(reply)
    if isinstance(reply, Edit):
        correct(draft, reply)
    elif isinstance(reply, Press):
        late.press(draft, reply, message_id)
    elif not (isinstance(reply, Media) and reply.album and reply.album == session.album) or not late.join_album(
        draft, reply
    ):
        _said(draft, reply, message_id, unseen=unseen or late.said_twice(draft, reply, message_id))
    return draft.step()


def _said(draft: Draft, reply: Reply, message_id: str, *, unseen: bool) -> None:
    """A reply of the person to what they see, or to what they saw before (``unseen``).

    Once something was refused here, whatever follows was written with this question in view.
    """
    word = _heard(draft, reply.text) if isinstance(reply, Text) else None
    if unseen and not draft.tries and (word is None or (isinstance(reply, Text) and reply.text == draft.last_raw)):
        late.unseen(draft, reply, message_id)
        return
    ours = draft.doing != "asking"
    if word in HEARD:
        obey(draft, word)
    else:
        _reply(draft, reply, message_id)
    if isinstance(reply, Text) and (ours or word in HEARD) and not draft.candidates:
        draft.last_raw = redact(reply.text)[0]


def take_up(playbook: Playbook, session: Session, *, now: datetime, rng: random.Random, say: Say) -> Step:
    """Go on after a pause, or say again what stands."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    draft.touched = now
    draft.expires = _until(playbook, session.facts, now)
    if draft.doing == "paused":
        draft.doing = draft.resume_doing
        draft.tell(Resumed())
    say_again(draft)
    return draft.step()


def lay_aside(playbook: Playbook, session: Session, *, how: str, now: datetime, rng: random.Random, say: Say) -> Step:
    """Pause without a word from the person in this session (another survey begins): ``how`` is "later" or "stop"."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    pause(draft, "stop" if how == "stop" else "later")
    return draft.step()


def expire(
    playbook: Playbook, session: Session, *, now: datetime, rng: random.Random, say: Say, stopped: bool = False
) -> Step:
    """Over without being sent: its time is up, or (``stopped``) the person ended it."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    draft.doing = "stopped" if stopped else "expired"
    draft.tell(Ended("stopped" if stopped else "expired"))
    return draft.step()


def fetched(
    playbook: Playbook, session: Session, media_id: str, *, kept: bool, now: datetime, rng: random.Random, say: Say
) -> Step:
    """The file ``media_id`` is stored (``kept``), or cannot be had: then its question is asked again."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    if media_id not in draft.waiting:
        return draft.step()
    draft.waiting.discard(media_id)
    if kept:
        late.fetched(draft)
    else:
        late.lose(draft, media_id)
    return draft.step()


def _reply(draft: Draft, reply: Reply, message_id: str) -> None:
    match draft.doing:
        case "asking" | "reviewing" if belongs_before(draft, reply):
            pass
        case "asking":
            answer(draft, reply, message_id)
        case "confirming":
            confirm(draft, reply, message_id)
        case "specifying":
            specify(draft, reply, message_id)
        case "reviewing" | "jumping":
            looked_through(draft, reply)
        case "repeating":
            another(draft, reply)
        case "restarting":
            begin_again(draft, reply)
        case "fetching":
            draft.tell(Waiting())
        case "paused":
            draft.doing = draft.resume_doing
            draft.tell(Resumed())
            say_again(draft)
        case "done" | "stopped" | "expired":
            draft.tell(Stale())
        case _:
            assert_never(draft.doing)
