"""Edited messages: one that gave an answer corrects it, one that could not be read is a new try.

Rule of the file: what stands goes on standing, unless the correction took it away or opened an earlier question.
"""

from __future__ import annotations

from dataclasses import replace

from surveys.engine import told, walk
from surveys.engine.draft import Draft
from surveys.engine.playbook import Item
from surveys.engine.taking import LONGEST_RAW, ends_here, kept_raw, new_media_id, pair, read, redacted, wants_words
from surveys.engine.taking import answer as take_answer
from surveys.events import Answered, Corrected, Dropped, Redacted, Stale, Wanted
from surveys.messages import Edit, Media, Text
from surveys.questions import Read, Sent
from surveys.session import Answer, Doing, Place, Session
from surveys.text.redaction import redact

_KEPT = ("turn", "selection", "candidates", "page", "tries", "rejected_id", "last_raw", "resume_doing")


def knows(session: Session, message_id: str) -> bool:
    """Whether an edit of this message means something to the session."""
    return bool(message_id) and (
        told.among(session.rejected_id, message_id)
        or any(told.said_in(answer, message_id) for answer in session.answers.values())
    )


def correct(draft: Draft, edit: Edit) -> None:
    """Change the answer that this message gave."""
    place = next((place for place, answer in draft.answers.items() if told.said_in(answer, edit.message_id)), None)
    if place is None:
        a_try = told.among(draft.rejected_id, edit.message_id)
        if a_try and draft.doing in {"asking", "confirming", "specifying"}:
            draft.doing, draft.candidates = "asking", ()
            take_answer(draft, edit.reply, edit.message_id)
        else:
            draft.tell(Stale(silent=True))
        return
    item = draft.playbook.item(place.name)
    before = _Standing(draft)
    changed = _changed(draft, item, place, edit)
    if isinstance(changed, str):
        draft.tell(Corrected(place, kept=True, reason=changed))
        return
    if not changed:
        draft.tell(Stale(silent=True))
        return
    for one in changed:
        draft.tell(Answered(one, draft.answers[one]))
    draft.tell(Corrected(place))
    if any(ends_here(draft, draft.playbook.item(one.name)) for one in changed):
        return
    known = len(draft.events)
    walk.from_top(draft)
    before.come_back(draft, known)
    if any(one.name in draft.playbook.steers for one in changed):
        draft.total = walk.count_units(draft)


def _changed(draft: Draft, item: Item, place: Place, edit: Edit) -> list[Place] | str:
    """Where another value stands now; else why it may not stand, "" where the message cannot be read."""
    answer = draft.answers[place]
    reply = edit.reply
    if isinstance(reply, Text) and answer.pages and answer.raw:
        return _words_beside(draft, place, reply)
    if isinstance(reply, Text) and " " in answer.message_id:
        return _part(draft, item, place, edit.message_id, reply)
    if isinstance(reply, Text) and "chat_pair" in item.question.parameters:
        both = pair(draft, item, place, reply.text)
        if both is not None and draft.answers.get(both[1][0], answer).message_id == edit.message_id:
            said = [(one, Answer(value, reply.text, "", edit.message_id)) for one, value in both]
            return [one for one, given in said if draft.put(one, given)]
    if isinstance(reply, Text) and _gave_the_words(item, answer, edit.message_id):
        return _words(draft, place, reply)
    if any(p != place and told.said_in(other, edit.message_id) for p, other in draft.answers.items()):
        return ""  # it answered two questions and no longer reads as two answers
    clean, kinds = redacted(item, reply)
    parsed = read(draft, item, place, clean)
    if isinstance(parsed, Sent):
        return _file(draft, place, edit.message_id, parsed.media, kinds)
    if not isinstance(parsed, Read):
        return ""
    if reason := draft.broken(item, place, parsed.value):
        return reason
    if wants_words(item, parsed.value) and not parsed.other:
        return [] if parsed.value == answer.value else ""
    other, more = redact(parsed.other)
    _tell_masked(draft, (*kinds, *more))
    raw = clean.text if isinstance(clean, Text) else ""
    return [place] if draft.put(place, Answer(parsed.value, kept_raw(item, raw), other, edit.message_id)) else []


def _part(draft: Draft, item: Item, place: Place, message_id: str, reply: Text) -> list[Place] | str:
    """One message of a story told in several."""
    parts = told.parts_of(draft.answers[place])
    words, kinds = redact(reply.text.strip())
    value, ids = told.joined(
        tuple(told.Part(part.message_id, words if part.message_id == message_id else part.words) for part in parts)
        or (told.Part("", ""),)
    )
    if not parts or not words or redact(value)[1]:
        return ""
    if reason := draft.broken(item, place, value):
        return reason
    _tell_masked(draft, kinds)
    return [place] if draft.put(place, Answer(value, kept_raw(item, value), "", ids)) else []


def _gave_the_words(item: Item, answer: Answer, message_id: str) -> bool:
    """Whether this message was the answer to "which other?"."""
    apart = "|" in answer.message_id or answer.raw == answer.other
    return wants_words(item, answer.value) and bool(answer.other) and apart and told.last_of(answer) == message_id


def _words(draft: Draft, place: Place, reply: Text) -> list[Place] | str:
    """Other words for the same choice."""
    words, kinds = redact(reply.text.strip())
    words = words[:LONGEST_RAW]
    if not words:
        return ""
    _tell_masked(draft, kinds)
    return [place] if draft.put(place, replace(draft.answers[place], raw=words, other=words)) else []


def _words_beside(draft: Draft, place: Place, reply: Text) -> list[Place] | str:
    """Other words beside a file; what was written under the file itself stays below them."""
    answer = draft.answers[place]
    words, kinds = redact(reply.text.strip())
    if not words or len(words) > LONGEST_RAW or " " in answer.message_id or not answer.other.startswith(answer.raw):
        return ""
    _tell_masked(draft, kinds)
    below = answer.other.removeprefix(answer.raw)
    return [place] if draft.put(place, replace(answer, raw=words, other=words + below)) else []


def _file(draft: Draft, place: Place, message_id: str, media: Media, kinds: tuple[str, ...]) -> list[Place]:
    """Another picture, or another line under it: the file is fetched anew, further ones of its album stay."""
    _tell_masked(draft, kinds)
    media_id, old = new_media_id(draft), draft.answers[place].pages
    draft.waiting.difference_update(old[:1])
    draft.waiting.add(media_id)
    draft.tell(Wanted(media_id, place, media))
    draft.put(place, Answer(media_id, "", media.caption, message_id, (media_id, *old[1:])))
    return [place]


def _tell_masked(draft: Draft, kinds: tuple[str, ...]) -> None:
    if kinds:
        draft.tell(Redacted(tuple(dict.fromkeys(kinds))))


class _Standing:
    """What stands while an earlier answer is corrected."""

    def __init__(self, draft: Draft) -> None:
        self._at, self._doing = draft.at, draft.doing
        self._fields = {name: getattr(draft, name) for name in _KEPT}
        self._open_to = self._choices(draft)

    def _choices(self, draft: Draft) -> list[str]:
        if self._at is None or self._at.name not in draft.playbook.at or self._doing == "repeating":
            return []
        item = draft.playbook.item(self._at.name)
        return [choice.name for choice in draft.choices(item, self._at)]

    def come_back(self, draft: Draft, known: int) -> None:
        """After the walk from the top, whose events begin at ``known``: what stood stands again, where it still can."""
        landed: tuple[Place | None, Doing] = (draft.at, draft.doing)
        match self._doing:
            case "paused" | "restarting":
                self._restore(draft, known)
                draft.at, draft.resume_doing, draft.doing = landed[0], landed[1], self._doing
            case "fetching" if landed == (None, "reviewing"):
                self._restore(draft, known)
            case "repeating" if landed == (self._at, "repeating"):
                self._restore(draft, known)
            case "asking" | "confirming" | "specifying" if self._stands(draft, landed):
                self._restore(draft, known)
            case _:
                pass

    def _stands(self, draft: Draft, landed: tuple[Place | None, Doing]) -> bool:
        given = self._at in draft.answers or self._at in draft.skipped
        return (given or landed == (self._at, "asking")) and self._choices(draft) == self._open_to

    def _restore(self, draft: Draft, known: int) -> None:
        draft.at, draft.doing = self._at, self._doing
        for name, value in self._fields.items():
            setattr(draft, name, value)
        draft.events[known:] = [event for event in draft.events[known:] if isinstance(event, Dropped)]
