"""A photo or a recording that comes after the words it belongs to, when the next question stands already.

People write, see the next question, and only then send the photo. Rule of the file: it goes to the question answered
last where that takes files and the one that stands takes none; words that were said there stay, beside the file.
"""

from __future__ import annotations

from dataclasses import replace

from surveys.engine.draft import Draft
from surveys.engine.late import add, last_answered
from surveys.engine.orders import say_again
from surveys.engine.playbook import Item
from surveys.engine.taking import new_media_id, read, redacted, standing, with_words, words_of
from surveys.events import Answered, Joined, Redacted, Wanted
from surveys.messages import Media, Reply
from surveys.questions import Sent
from surveys.session import Answer, Place


def belongs_before(draft: Draft, reply: Reply) -> bool:
    """Put the file where it belongs, and say again what stands. False where it belongs nowhere else."""
    last = last_answered(draft) if isinstance(reply, Media) else None
    if last is None or (draft.doing == "asking" and last[0] == draft.at):
        return False
    if draft.doing == "asking" and isinstance(read(draft, *standing(draft), reply), Sent):
        return False
    place, item, answer = last
    media, kinds = redacted(item, reply)
    if not isinstance(media, Media) or not isinstance(read(draft, item, place, media), Sent):
        return False
    if kinds:
        draft.tell(Redacted(kinds))
    draft.album, draft.album_place = media.album, place if media.album else None
    if answer.pages:
        if add(draft, place, item, answer, media):
            draft.tell(Joined(place))
    else:
        draft.tell(Joined(place))
        _beside(draft, place, item, answer, media)
    say_again(draft)
    return True


def _beside(draft: Draft, place: Place, item: Item, answer: Answer, media: Media) -> None:
    """The words stand under the file from now on, as a caption does."""
    media_id = new_media_id(draft)
    whole = replace(
        answer,
        value=media_id,
        raw=words_of(item, answer),
        other=with_words(item, answer, media.caption),
        pages=(media_id,),
    )
    draft.put(place, whole)
    draft.waiting.add(media_id)
    draft.tell(Wanted(media_id, place, media), Answered(place, whole))
