"""Replies that are not about the question that stands: presses under a message, edits, later photos of an album,
and what was typed before the person saw the prompt.

Rule of the file: what belongs to an earlier question is a correction or is passed over; it is never a wrong answer.
"""

from __future__ import annotations

from dataclasses import replace

from surveys.engine import walk
from surveys.engine.closing import complete
from surveys.engine.draft import Draft
from surveys.engine.orders import obey, say_again
from surveys.engine.playbook import Item
from surveys.engine.taking import (
    LONGEST_RAW,
    ends_here,
    kept_raw,
    let_stand,
    new_media_id,
    read,
    redacted,
    standing,
    take,
    wants_words,
)
from surveys.engine.taking import (
    answer as take_answer,
)
from surveys.events import Answered, Corrected, Dropped, Lost, Redacted, Stale, Wanted
from surveys.messages import Edit, Media, Press, Text
from surveys.questions import Read
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


def unseen_text(draft: Draft, text: Text) -> None:
    """A message typed before the person saw this prompt: a double tap is passed over, the rest of a long story joins
    it, and
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
    say_again(draft)


def _last_told(draft: Draft) -> tuple[Place, Item, Answer] | None:
    """The free text that was answered just before what stands now."""
    for place, answer in reversed(draft.answers.items()):
        item = draft.playbook.item(place.name)
        if not item.asks:
            continue
        told = (
            item.question.type == "text"
            and not item.question.chat_kind
            and answer.raw == draft.last_raw
            and not answer.pages
        )
        return (place, item, answer) if told else None
    return None


def correct(draft: Draft, edit: Edit) -> None:
    """An edited message corrects the answer it gave; an edit of the message that could not be read is a new try."""
    place = next(
        (p for p, answer in draft.answers.items() if edit.message_id and answer.message_id == edit.message_id), None
    )
    if place is None:
        if edit.message_id and edit.message_id == draft.rejected_id and draft.doing == "asking":
            take_answer(draft, edit.reply, edit.message_id)
        else:
            draft.tell(Stale(silent=True))
        return
    item = draft.playbook.item(place.name)
    clean, kinds = redacted(item, edit.reply)
    parsed = read(draft, item, place, clean)
    if not isinstance(parsed, Read) or draft.broken(item, place, parsed.value) or wants_words(item, parsed.value):
        draft.tell(Corrected(place, kept=True))
        return
    if kinds:
        draft.tell(Redacted(kinds))
    raw = clean.text if isinstance(clean, Text) else ""
    changed = draft.put(place, Answer(parsed.value, kept_raw(item, raw), parsed.other, edit.message_id))
    if not changed:
        draft.tell(Stale(silent=True))
        return
    draft.tell(Answered(place, draft.answers[place]), Corrected(place))
    if ends_here(draft, item):
        return
    stood, doing = draft.at, draft.doing
    known = len(draft.events)
    walk.settle(draft, item.name)
    if (draft.at, draft.doing) == (stood, doing) and stood is not None:
        draft.events[known:] = [event for event in draft.events[known:] if isinstance(event, Dropped)]


def join_album(draft: Draft, media: Media) -> None:
    """A later photo of the album that gave an answer joins it silently."""
    place = draft.album_place
    if place is None:
        return
    media_id = new_media_id(draft)
    answer = draft.answers[place]
    joined = replace(answer, pages=(*answer.pages, media_id))
    draft.put(place, joined)
    draft.waiting.add(media_id)
    draft.tell(Wanted(media_id, place, media), Answered(place, joined), Stale(silent=True))


def lose(draft: Draft, media_id: str) -> None:
    """The file cannot be had: its answer goes and its question is asked again."""
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
        complete(draft)
