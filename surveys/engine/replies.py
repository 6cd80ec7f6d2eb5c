"""What one reply does to a session.

Rule of the file: ``start``, ``resume``, ``take_up``, ``fetched`` and ``expire`` are functions of what they are given; an
unreadable reply is the event Rejected, never an exception. Commands are heard in every state, but the exact label of a
choice that stands wins over a command word.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from surveys.engine import review, walk
from surveys.engine.draft import Draft
from surveys.engine.playbook import Item, Playbook
from surveys.events import (
    Answered,
    Asked,
    Completed,
    Corrected,
    Doubted,
    Dropped,
    Ended,
    Helped,
    Lost,
    Paused,
    Redacted,
    Rejected,
    Repeating,
    Restarting,
    Resumed,
    Reviewed,
    Skipped,
    Specified,
    Stale,
    Step,
    Waiting,
    Wanted,
)
from surveys.messages import Edit, Media, Press, Reply, Text
from surveys.questions import Parsed, Read, Sent, Toggled, Unreadable, Unsure
from surveys.session import Answer, Place, Session
from surveys.text.choices import exactly
from surveys.text.commands import Command, command_word
from surveys.text.redaction import redact
from surveys.text.yes_no import yes_no

Say = Callable[[str], str]

_HEARD: frozenset[Command] = frozenset({"help", "skip", "back", "later", "stop", "restart"})
"""Command words that the engine carries out; all others are the caller's."""
LONGEST_RAW = 4096
"""Characters of what was typed that are kept beside what was understood."""


def start(  # noqa: PLR0913 -- a new session is made of these
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
        expires=now + timedelta(days=chat.expires_days),
        seed=rng.getrandbits(32),
        test=test,
        anonymous=chat.anonymous != "no",
        facts=dict(facts or {}),
    )
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    draft.total = walk.count_units(draft)
    walk.from_top(draft)
    return draft.step()


def heard(playbook: Playbook, session: Session, text: str, *, say: Say, now: datetime, rng: random.Random) -> Command | None:
    """The command word in ``text``, None where it is none or where it is the label of a choice that stands."""
    word = command_word(text)
    if word is None or session.doing != "asking" or session.at is None or text.startswith("/"):
        return word
    item = playbook.item(session.at.name)
    if not item.question.choices:
        return word
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    return None if exactly(text, draft.choices(item, session.at), session.language) is not None else word


def resume(  # noqa: PLR0913 -- a reply, its circumstances, the clock and the dice
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
    draft.expires = now + timedelta(days=playbook.survey.chat.expires_days)
    if isinstance(reply, Media) and reply.album and reply.album == session.album and session.album_place in session.answers:
        _join_album(draft, reply)
    elif isinstance(reply, Edit):
        _correct(draft, reply)
    elif isinstance(reply, Press):
        _press(draft, reply, message_id)
    elif unseen and isinstance(reply, Text) and command_word(reply.text) is None:
        _unseen(draft, reply)
    else:
        word = heard(playbook, session, reply.text, say=say, now=now, rng=rng) if isinstance(reply, Text) else None
        if word in _HEARD:
            _obey(draft, word)
        else:
            _reply(draft, reply, message_id)
    return draft.step()


def take_up(playbook: Playbook, session: Session, *, now: datetime, rng: random.Random, say: Say) -> Step:
    """Go on after a pause, or say again what stands."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    draft.touched = now
    draft.expires = now + timedelta(days=playbook.survey.chat.expires_days)
    if draft.doing == "paused":
        draft.doing = draft.resume_doing
        draft.tell(Resumed())
    _again(draft)
    return draft.step()


def lay_aside(
    playbook: Playbook, session: Session, *, how: str, now: datetime, rng: random.Random, say: Say
) -> Step:
    """Pause without a word from the person in this session (another survey begins): ``how`` is "later" or "stop"."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    _pause(draft, "stop" if how == "stop" else "later")
    return draft.step()


def expire(playbook: Playbook, session: Session, *, now: datetime, rng: random.Random, say: Say, stopped: bool = False) -> Step:
    """Over without being sent: its time is up, or (``stopped``) the person ended it."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    draft.doing = "stopped" if stopped else "expired"
    draft.tell(Ended("stopped" if stopped else "expired"))
    return draft.step()


def fetched(  # noqa: PLR0913
    playbook: Playbook, session: Session, media_id: str, *, kept: bool, now: datetime, rng: random.Random, say: Say
) -> Step:
    """The file ``media_id`` is stored (``kept``), or cannot be had: then its question is asked again."""
    draft = Draft(playbook, session, say=say, now=now, rng=rng)
    if media_id not in draft.waiting:
        return draft.step()
    draft.waiting.discard(media_id)
    if not kept:
        _lose(draft, media_id)
    elif draft.doing == "fetching" and not draft.waiting:
        _complete(draft)
    return draft.step()


# ---- one kind of reply each -------------------------------------------------------------------------


def _reply(draft: Draft, reply: Reply, message_id: str) -> None:
    match draft.doing:
        case "asking":
            _answer(draft, reply, message_id)
        case "confirming":
            _confirm(draft, reply, message_id)
        case "specifying":
            _specify(draft, reply, message_id)
        case "reviewing" | "jumping":
            _review(draft, reply)
        case "repeating":
            _repeat(draft, reply)
        case "restarting":
            _restart(draft, reply)
        case "fetching":
            draft.tell(Waiting())
        case "paused":
            draft.doing = draft.resume_doing
            draft.tell(Resumed())
            _again(draft)
        case "done" | "stopped" | "expired":
            draft.tell(Stale())
        case _:
            assert_never(draft.doing)


def _standing(draft: Draft) -> tuple[Item, Place]:
    if draft.at is None:  # a state that names no question asks none
        msg = f"no question stands while {draft.doing}"
        raise AssertionError(msg)
    return draft.playbook.item(draft.at.name), draft.at


def _answer(draft: Draft, reply: Reply, message_id: str) -> None:
    item, place = _standing(draft)
    raw = reply.text if isinstance(reply, Text) else ""
    standing = draft.answers.get(place)
    if standing is not None and raw and raw.strip() == keep_label(draft.say):
        draft.calm()
        draft.tell(Answered(place, standing))
        walk.settle(draft, place.name)
        return
    if raw and "chat_pair" in item.question.parameters and _pair(draft, item, place, raw, message_id):
        return
    clean, kinds = _redacted(item, reply)
    _take(draft, item, place, _read(draft, item, place, clean), raw=clean.text if isinstance(clean, Text) else "", message_id=message_id, kinds=kinds)


def keep_label(say: Say) -> str:
    """The button that lets the present answer stand."""
    _ = say
    return _("Keep it")


def _redacted(item: Item, reply: Reply) -> tuple[Reply, tuple[str, ...]]:
    """Free text without the numbers that identify people; questions that ask for such a number are left alone."""
    if isinstance(reply, Text) and item.question.type in {"text", "barcode"} and not item.question.chat_kind:
        clean, kinds = redact(reply.text)
        return (Text(clean), tuple(kinds)) if kinds else (reply, ())
    if isinstance(reply, Media) and reply.caption:
        clean, kinds = redact(reply.caption)
        return replace(reply, caption=clean), tuple(kinds)
    return reply, ()


def _read(draft: Draft, item: Item, place: Place, reply: Reply) -> Parsed:
    if item.kind is None:
        msg = f"{item.name} asks nothing"
        raise AssertionError(msg)
    return item.kind.parse(item.question, reply, draft.asking(item, place))


def _take(  # noqa: PLR0913
    draft: Draft, item: Item, place: Place, parsed: Parsed, *, raw: str, message_id: str, kinds: tuple[str, ...] = ()
) -> None:
    match parsed:
        case Read(value, other):
            reason = draft.broken(item, place, value)
            if reason:
                _reject(draft, reason, message_id)
            elif _wants_words(item, value) and not other:
                draft.calm()
                draft.doing, draft.candidates = "specifying", (value,)
                draft.turn += 1
                draft.tell(Specified(place))
            else:
                if kinds:
                    draft.tell(Redacted(kinds))
                _let_stand(draft, item, place, Answer(value, _raw(item, raw), redact(other)[0], message_id))
        case Unsure(values):
            fitting = tuple(value for value in values if not draft.broken(item, place, value))
            if not fitting:
                _reject(draft, draft.broken(item, place, values[0]) or draft.say("That answer does not fit this question."), message_id)
                return
            draft.tries = 0
            draft.doing, draft.candidates = "confirming", fitting
            draft.last_raw = _raw(item, raw)
            draft.turn += 1
            draft.tell(_doubt(draft, item, place))
        case Unreadable(expected):
            _reject(draft, expected, message_id)
        case Toggled(selection, page):
            draft.selection, draft.page, draft.tries = selection, page, 0
            draft.tell(Asked(place, changes=True))
        case Sent(media):
            if kinds:
                draft.tell(Redacted(kinds))
            _file(draft, item, place, media, message_id)
        case _:
            assert_never(parsed)


def _raw(item: Item, raw: str) -> str:
    """What was typed, as it may be kept: without numbers that identify people, unless the question asks for them."""
    return raw[:LONGEST_RAW] if item.question.chat_kind else redact(raw[:LONGEST_RAW])[0]


def _wants_words(item: Item, value: str) -> bool:
    return item.question.or_other and "other" in value.split()


def _let_stand(draft: Draft, item: Item, place: Place, answer: Answer) -> None:
    draft.put(place, answer)
    draft.calm()
    draft.last_raw = answer.raw
    draft.tell(Answered(place, answer))
    if _ends(draft, item):
        return
    walk.settle(draft, item.name)


def _ends(draft: Draft, item: Item) -> bool:
    """Decide what hangs on answers: whether anything may be kept with the person, and whether this is the end."""
    playbook = draft.playbook
    decides = playbook.anonymous_if
    if decides is not None and playbook.survey.chat.anonymous == "choice" and item.name in decides.names:
        said = {place.name for place in (*draft.answers, *draft.skipped)}
        draft.anonymous = not decides.names <= said or decides.truth(draft.stand(Place("")))
    ends = playbook.ends_if
    if ends is None or item.name not in ends.names or not ends.truth(draft.stand(Place(""))):
        return False
    draft.doing, draft.at = "stopped", None
    draft.tell(Ended("stopped"))
    return True


def _reject(draft: Draft, reason: str, message_id: str = "") -> None:
    draft.tries += 1
    draft.rejected_id = message_id
    draft.tell(Rejected(reason, draft.tries))


def _doubt(draft: Draft, item: Item, place: Place) -> Doubted:
    asking = draft.asking(item, place)
    kind = item.kind
    return Doubted(place, tuple((value, kind.dump(item.question, value, asking) if kind else value) for value in draft.candidates))


def _pair(draft: Draft, item: Item, place: Place, raw: str, message_id: str) -> bool:
    """ "3 5" answers this question and the one paired with it. False if it does not read as both."""
    parts = raw.replace(",", " ").replace("/", " ").split()
    if len(parts) != 2 or not all(part.isdigit() for part in parts):  # noqa: PLR2004
        return False
    other = draft.playbook.item(item.question.parameters["chat_pair"])
    other_place = Place(other.name, place.position)
    first = _read(draft, item, place, Text(parts[0]))
    second = _read(draft, other, other_place, Text(parts[1]))
    if not isinstance(first, Read) or not isinstance(second, Read):
        return False
    if draft.broken(item, place, first.value) or draft.broken(other, other_place, second.value):
        return False
    draft.put(place, Answer(first.value, raw, "", message_id))
    draft.put(other_place, Answer(second.value, raw, "", message_id))
    draft.calm()
    draft.last_raw = raw
    draft.tell(Answered(place, draft.answers[place]), Answered(other_place, draft.answers[other_place]))
    draft.at = other_place
    walk.settle(draft, item.name if item.name in draft.playbook.looks_ahead else other.name)
    return True


def _confirm(draft: Draft, reply: Reply, message_id: str) -> None:
    item, place = _standing(draft)
    if isinstance(reply, Text):
        chosen = _candidate(draft, item, place, reply.text)
        if chosen is not None:
            raw = draft.last_raw
            if _wants_words(item, chosen):
                _take(draft, item, place, Read(chosen), raw=raw, message_id=message_id)
            else:
                _let_stand(draft, item, place, Answer(chosen, raw, "", message_id))
            return
        if yes_no(reply.text) is False or reply.text.strip() == draft.say("None of these"):
            walk.ask(draft, place)
            return
        if yes_no(reply.text) is True:
            draft.tell(_doubt(draft, item, place))
            return
    draft.doing, draft.candidates = "asking", ()
    _answer(draft, reply, message_id)


def _candidate(draft: Draft, item: Item, place: Place, text: str) -> str | None:
    """Which of the values offered ``text`` takes: "ya" for a single one, else its label or number."""
    if len(draft.candidates) == 1:
        return draft.candidates[0] if yes_no(text) is True else None
    typed = text.strip().casefold()
    for number, (value, label) in enumerate(_doubt(draft, item, place).candidates, start=1):
        if typed in {label.casefold(), str(number)}:
            return value
    return None


def _specify(draft: Draft, reply: Reply, message_id: str) -> None:
    item, place = _standing(draft)
    _ = draft.say
    if not isinstance(reply, Text) or not reply.text.strip():
        _reject(draft, _("Please type it in a few words."), message_id)
        return
    words, kinds = redact(reply.text.strip())
    if kinds:
        draft.tell(Redacted(tuple(kinds)))
    _let_stand(draft, item, place, Answer(draft.candidates[0], words[:LONGEST_RAW], words[:LONGEST_RAW], message_id))


def _repeat(draft: Draft, reply: Reply) -> None:
    place = draft.at
    wish = yes_no(reply.text) if isinstance(reply, Text) else None
    if place is None or wish is None:
        _reject(draft, draft.say("Please answer Yes or No."))
        return
    if wish:
        draft.repeats[place] = draft.repeats.get(place, 0) + 1
    else:
        draft.closed.add(place)
    walk.from_top(draft)


def _restart(draft: Draft, reply: Reply) -> None:
    wish = yes_no(reply.text) if isinstance(reply, Text) else None
    if wish is None:
        _reject(draft, draft.say("Please answer Yes or No."))
        return
    draft.doing = draft.resume_doing
    if wish:
        for place in list(draft.answers):
            if draft.playbook.item(place.name).asks:
                draft.tell(Dropped(place))
        draft.answers.clear()
        draft.skipped.clear()
        draft.repeats.clear()
        draft.closed.clear()
        draft.waiting.clear()
        draft.anonymous = draft.playbook.survey.chat.anonymous != "no"
        draft.total = walk.count_units(draft)
        walk.from_top(draft)
    else:
        _again(draft)


def _review(draft: Draft, reply: Reply) -> None:
    wish = review.read(draft, reply.text) if isinstance(reply, Text) else review.Unclear()
    match wish:
        case review.Send():
            if draft.waiting:
                draft.doing = "fetching"
                draft.tell(Waiting())
            else:
                _complete(draft)
        case review.Choose():
            draft.doing = "jumping"
            draft.turn += 1
            draft.tell(Reviewed(choosing=True))
        case review.Back():
            draft.doing = "reviewing"
            draft.turn += 1
            draft.tell(Reviewed())
        case review.Jump(place):
            walk.ask(draft, place)
        case review.Unclear():
            _ = draft.say
            reason = (
                _("Please type the number of the answer to change.")
                if draft.doing == "jumping"
                else _("Please press Send to hand in your answers, or Change to correct one.")
            )
            _reject(draft, reason)
        case _:
            assert_never(wish)


def _complete(draft: Draft) -> None:
    for item in draft.playbook.items():
        if item.question.type == "end":
            draft.answers[Place(item.name)] = Answer(draft.now.isoformat(timespec="milliseconds"))
    draft.doing, draft.at = "done", None
    draft.tell(Completed())


# ---- presses, edits, albums, messages typed too early --------------------------------------------------


def _press(draft: Draft, press: Press, message_id: str) -> None:
    turn, _, action = press.data.partition(":")
    if turn != str(draft.turn) or draft.doing != "asking" or draft.at is None:
        draft.tell(Stale())
        return
    if action in {"skip", "back", "help"}:
        _obey(draft, action)  # type: ignore[arg-type]  # these three are command words
        return
    item, place = _standing(draft)
    if action == "keep" and place in draft.answers:
        _let_stand(draft, item, place, draft.answers[place])
        return
    _take(draft, item, place, _read(draft, item, place, Press(action, press.message_id, press.callback_id)), raw="", message_id=message_id)


def _unseen(draft: Draft, text: Text) -> None:
    """A message typed before the person saw this prompt: a double tap is passed over, the rest of a long story joins it, and
    anything else is not taken for an answer."""
    if redact(text.text)[0] == draft.last_raw:
        draft.tell(Stale(silent=True))
        return
    last = _last_told(draft)
    if last is not None:
        place, item, answer = last
        clean, kinds = redact(f"{answer.value}\n{text.text}")
        joined = Answer(clean, clean[:LONGEST_RAW], answer.other, answer.message_id, answer.pages)
        if not draft.broken(item, place, clean):
            if kinds:
                draft.tell(Redacted(tuple(kinds)))
            draft.put(place, joined)
            draft.tell(Answered(place, joined), Stale(silent=True))
            return
    draft.tell(Stale())
    _again(draft)


def _last_told(draft: Draft) -> tuple[Place, Item, Answer] | None:
    """The free text that was answered just before what stands now."""
    for place, answer in reversed(draft.answers.items()):
        item = draft.playbook.item(place.name)
        if not item.asks:
            continue
        told = item.question.type == "text" and not item.question.chat_kind and answer.raw == draft.last_raw and not answer.pages
        return (place, item, answer) if told else None
    return None


def _correct(draft: Draft, edit: Edit) -> None:
    """An edited message corrects the answer it gave; an edit of the message that could not be read is a new try."""
    for place, answer in draft.answers.items():
        if edit.message_id and answer.message_id == edit.message_id:
            break
    else:
        if edit.message_id and edit.message_id == draft.rejected_id and draft.doing == "asking":
            _answer(draft, edit.reply, edit.message_id)
        else:
            draft.tell(Stale(silent=True))
        return
    item = draft.playbook.item(place.name)
    clean, kinds = _redacted(item, edit.reply)
    parsed = _read(draft, item, place, clean)
    if not isinstance(parsed, Read) or draft.broken(item, place, parsed.value) or _wants_words(item, parsed.value):
        draft.tell(Corrected(place, kept=True))
        return
    if kinds:
        draft.tell(Redacted(kinds))
    raw = clean.text if isinstance(clean, Text) else ""
    changed = draft.put(place, Answer(parsed.value, _raw(item, raw), parsed.other, edit.message_id))
    if not changed:
        draft.tell(Stale(silent=True))
        return
    draft.tell(Answered(place, draft.answers[place]), Corrected(place))
    if _ends(draft, item):
        return
    stood, doing = draft.at, draft.doing
    known = len(draft.events)
    walk.settle(draft, item.name)
    if (draft.at, draft.doing) == (stood, doing) and stood is not None:
        draft.events[known:] = [event for event in draft.events[known:] if isinstance(event, Dropped)]


def _join_album(draft: Draft, media: Media) -> None:
    place = draft.album_place
    if place is None:
        return
    media_id = _media_id(draft)
    answer = draft.answers[place]
    joined = replace(answer, pages=(*answer.pages, media_id))
    draft.put(place, joined)
    draft.waiting.add(media_id)
    draft.tell(Wanted(media_id, place, media), Answered(place, joined), Stale(silent=True))


def _file(draft: Draft, item: Item, place: Place, media: Media, message_id: str) -> None:
    media_id = _media_id(draft)
    draft.waiting.add(media_id)
    draft.album, draft.album_place = media.album, place if media.album else None
    draft.tell(Wanted(media_id, place, media))
    _let_stand(draft, item, place, Answer(media_id, "", media.caption, message_id, (media_id,)))


def _media_id(draft: Draft) -> str:
    return f"{draft.rng.getrandbits(96):024x}"


def _lose(draft: Draft, media_id: str) -> None:
    for place, answer in list(draft.answers.items()):
        if media_id not in answer.pages:
            continue
        left = tuple(page for page in answer.pages if page != media_id)
        if left:
            draft.answers[place] = replace(answer, value=left[0], pages=left)
            draft.tell(Answered(place, draft.answers[place]))
        else:
            draft.forget(place)
            draft.tell(Dropped(place), Lost(place))
            if draft.doing in {"fetching", "reviewing", "jumping"}:
                walk.from_top(draft)
            return
    if draft.doing == "fetching" and not draft.waiting:
        _complete(draft)


# ---- commands ---------------------------------------------------------------------------------------


def _obey(draft: Draft, word: Command | None) -> None:
    match word:
        case "help":
            draft.tell(Helped())
        case "skip":
            _skip(draft)
        case "back":
            _back(draft)
        case "later" | "stop":
            _pause(draft, word)
        case "restart":
            if draft.doing != "restarting":
                draft.resume_doing = "asking" if draft.doing in {"confirming", "specifying", "paused"} else draft.doing
            draft.doing = "restarting"
            draft.turn += 1
            draft.tell(Restarting())
        case _:
            msg = f"{word} is not for the engine"
            raise AssertionError(msg)


def _skip(draft: Draft) -> None:
    _ = draft.say
    if draft.doing == "repeating" and draft.at is not None:
        draft.closed.add(draft.at)
        walk.from_top(draft)
        return
    if draft.doing not in {"asking", "confirming", "specifying"} or draft.at is None:
        _reject(draft, _("There is nothing to skip here."))
        return
    item, place = _standing(draft)
    if draft.required(item, place):
        template = item.required_message.template(draft.language)
        reason = template.text(draft.stand(place)) if template else _("We need an answer to this question. Type LATER to go on another time.")
        draft.doing, draft.candidates = "asking", ()
        _reject(draft, reason)
        return
    if draft.forget(place) is not None:
        draft.tell(Dropped(place))
    draft.skipped.add(place)
    draft.calm()
    draft.last_raw = ""
    draft.tell(Skipped(place))
    if _ends(draft, item):
        return
    walk.settle(draft, item.name)


def _back(draft: Draft) -> None:
    if draft.doing in {"confirming", "specifying", "jumping", "restarting", "fetching"}:
        if draft.doing == "restarting":
            draft.doing = draft.resume_doing
        elif draft.doing in {"jumping", "fetching"}:
            draft.doing = "reviewing"
        else:
            draft.doing, draft.candidates = "asking", ()
        _again(draft)
        return
    before = [place for place, _ in draft.asked_places()]
    if draft.doing == "asking" and draft.at in before:
        before = before[: before.index(draft.at)]
    elif draft.doing == "asking" and draft.at is not None:
        here = draft.at
        order = [place for place, _ in walk.places(draft)]
        before = [place for place in before if order.index(place) < order.index(here)]
    if not before:
        _reject(draft, draft.say("This is the first question."))
        return
    walk.ask(draft, before[-1])


def _pause(draft: Draft, how: Command) -> None:
    if draft.doing != "paused":
        draft.resume_doing = draft.doing
    draft.doing = "paused"
    draft.tell(Paused("stop" if how == "stop" else "later"))


def _again(draft: Draft) -> None:
    """Say again what stands."""
    draft.turn += 1
    match draft.doing:
        case "asking" if draft.at is not None:
            draft.page, draft.tries = 0, 0
            draft.tell(Asked(draft.at))
        case "confirming":
            draft.tell(_doubt(draft, *_standing(draft)))
        case "specifying" if draft.at is not None:
            draft.tell(Specified(draft.at))
        case "repeating" if draft.at is not None:
            draft.tell(Repeating(draft.at, draft.repeats.get(draft.at, 0)))
        case "restarting":
            draft.tell(Restarting())
        case "reviewing" | "jumping":
            draft.tell(Reviewed(choosing=draft.doing == "jumping"))
        case "fetching":
            draft.tell(Waiting())
        case _:
            walk.from_top(draft)
