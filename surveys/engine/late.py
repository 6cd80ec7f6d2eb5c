"""Replies that are not about the question that stands: presses under a message, later photos of an album, files that
cannot be had, and what was sent before the person saw the prompt.

Rule of the file: what belongs to an earlier question joins it or is passed over; it is never a wrong answer.
"""

from __future__ import annotations

from dataclasses import replace

from surveys.engine import told, walk
from surveys.engine.draft import Draft
from surveys.engine.orders import obey, say_again
from surveys.engine.playbook import Item
from surveys.engine.sending import send
from surveys.engine.taking import LONGEST_RAW, let_stand, new_media_id, read, standing, take, words_of
from surveys.events import Answered, Dropped, Full, Lost, Redacted, Rejected, Stale, Wanted
from surveys.messages import Media, Press, Reply, Text
from surveys.questions import Sent, Unreadable
from surveys.questions.media import most_files
from surveys.session import Answer, Place
from surveys.text.redaction import redact


def press(draft: Draft, pressed: Press, message_id: str) -> None:
    """An inline button: of the prompt that stands, or of one that is past."""
    turn, _, action = pressed.data.partition(":")
    if turn != str(draft.turn) or draft.doing != "asking" or draft.at is None:
        draft.tell(Stale())
        return
    if action in {"skip", "back", "help"}:
        obey(draft, action)  # type: ignore[arg-type]  # these three are command words
        return
    item, place = standing(draft)
    if action == "keep" and (proposal := walk.proposed(draft, item, place)):
        let_stand(draft, item, place, draft.answers.get(place) or Answer(proposal))
        return
    take(
        draft,
        item,
        place,
        read(draft, item, place, Press(action, pressed.message_id, pressed.callback_id)),
        raw="",
        message_id=message_id,
    )


def said_twice(draft: Draft, reply: Reply, message_id: str) -> bool:
    """A double tap: the same words again in the very next message of the conversation, with none of ours between."""
    if not isinstance(reply, Text) or not message_id.isdecimal() or redact(reply.text)[0] != draft.last_raw:
        return False
    last = next((told.last_of(answer) for answer in reversed(draft.answers.values()) if answer.message_id), "")
    return last.isdecimal() and int(message_id) == int(last) + 1


def unseen(draft: Draft, reply: Reply, message_id: str) -> None:
    """Sent before the person saw this prompt: a double tap is passed over, the rest of a long story joins it, and so
    does another file; anything else is not taken for an answer."""
    if isinstance(reply, Text) and redact(reply.text)[0] == draft.last_raw:
        draft.tell(Stale(silent=True))
        return
    last = last_answered(draft)
    if last is not None and isinstance(reply, Text) and _goes_on(draft, *last, reply, message_id):
        return
    if last is not None and isinstance(reply, Media) and _joins(draft, *last, reply):
        return
    draft.tell(Stale())
    say_again(draft)


def last_answered(draft: Draft) -> tuple[Place, Item, Answer] | None:
    """The question that was answered last, and its answer."""
    for place, answer in reversed(draft.answers.items()):
        item = draft.playbook.item(place.name)
        if item.asks:
            return place, item, answer
    return None


def _goes_on(draft: Draft, place: Place, item: Item, answer: Answer, text: Text, message_id: str) -> bool:
    """Let the words go on with the free text that was answered last. False if they cannot."""
    question = item.question
    if question.type != "text" or question.chat_kind or answer.raw != draft.last_raw or answer.pages:
        return False
    value, ids = told.joined((*told.parts_of(answer), told.Part(message_id, text.text.strip())))
    clean, kinds = redact(value)
    if draft.broken(item, place, clean):
        return False
    if kinds:
        draft.tell(Redacted(tuple(kinds)))
        ids = " ".join(one.partition(":")[0] for one in ids.split())  # the lengths no longer hold
    whole = Answer(clean, clean[:LONGEST_RAW], answer.other, ids)
    if place == draft.at and draft.doing == "asking":  # more was asked of it
        let_stand(draft, item, place, whole)
        return True
    draft.put(place, whole)
    draft.last_raw = whole.raw
    draft.tell(Answered(place, whole), Stale(silent=True))
    return True


def _joins(draft: Draft, place: Place, item: Item, answer: Answer, media: Media) -> bool:
    if not answer.pages or not isinstance(read(draft, item, place, media), Sent):
        return False
    add(draft, place, item, answer, media)
    return True


def join_album(draft: Draft, media: Media) -> bool:
    """A later photo of the album that was dealt with last: it joins the answer silently, or is passed over as silently
    as its album was refused aloud. False where it is an answer of its own."""
    place = draft.album_place
    answer = None if place is None else draft.answers.get(place)
    if place is None or answer is None:
        if draft.doing == "asking" and isinstance(read(draft, *standing(draft), media), Sent):
            return False
        draft.tell(Stale(silent=True))
        return True
    item = draft.playbook.item(place.name)
    parsed = read(draft, item, place, media)
    if isinstance(parsed, Unreadable):
        draft.tell(Rejected(parsed.expected, draft.tries))
    else:
        add(draft, place, item, answer, media)
    return True


def add(draft: Draft, place: Place, item: Item, answer: Answer, media: Media) -> bool:
    """Another file of the same answer. False where it holds as many as it may."""
    most = most_files(item.question)
    if len(answer.pages) >= most:
        told_already = media.album and draft.album_told == media.album
        draft.album_told = media.album
        draft.tell(Stale(silent=True) if told_already else Full(most))
        return False
    media_id = new_media_id(draft)
    more = replace(answer, pages=(*answer.pages, media_id))
    draft.put(place, more)
    draft.waiting.add(media_id)
    draft.tell(Wanted(media_id, place, media), Answered(place, more), Stale(silent=True))
    return True


def fetched(draft: Draft) -> None:
    """A file arrived. What was handed in before is complete with the last of them, even if put aside since."""
    if draft.waiting:
        return
    if draft.doing == "fetching" or (draft.doing == "paused" and draft.resume_doing == "fetching"):
        send(draft)


def lose(draft: Draft, media_id: str) -> None:
    """The file cannot be had: its answer goes and its question is asked again, at once."""
    for place, answer in list(draft.answers.items()):
        if media_id not in answer.pages:
            continue
        left = tuple(page for page in answer.pages if page != media_id)
        if left:
            draft.answers[place] = replace(answer, value=left[0], pages=left)
            draft.tell(Answered(place, draft.answers[place]))
            break
        words = words_of(draft.playbook.item(place.name), answer)
        if words:  # they were told before the file came, and stand without it
            draft.answers[place] = Answer(words, words[:LONGEST_RAW], "", answer.message_id)
            draft.tell(Answered(place, draft.answers[place]), Lost(place))
        else:
            draft.forget(place)
            draft.tell(Dropped(place), Lost(place))
        _ask_again(draft)
        return
    fetched(draft)


def _ask_again(draft: Draft) -> None:
    """To the first open question; where the survey was put aside it stays so."""
    aside = draft.doing == "paused"
    known = len(draft.events)
    draft.at = None
    walk.from_top(draft)
    if aside:
        draft.resume_doing, draft.doing = draft.doing, "paused"
        del draft.events[known:]
