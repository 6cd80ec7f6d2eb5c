"""Takes out of a message what no database takes: NUL and lone surrogates, which people cannot see or type.

Rule of the file: each is replaced by U+FFFD (the sign for an unreadable character), so that words keep their distance
and the reader sees that something was there.
"""

from __future__ import annotations

import re
from dataclasses import replace

from surveys.messages import Edit, Incoming, Media, Other, Press, Reply, Text

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST_ID = 200
"""Characters of an id; longer ones are no platform's."""


def text(value: str) -> str:
    """The same without NUL and lone surrogates."""
    if value.isascii() and "\x00" not in value:
        return value
    return _UNREADABLE.sub("�", value)


def cleaned(incoming: Incoming) -> Incoming:
    """The message as it may be stored. Raises ValueError for ids that are no platform's."""
    address = incoming.address
    for part in (address.external_id, incoming.external_id, incoming.message_id):
        if len(part) > LONGEST_ID or text(part) != part:
            raise ValueError("no id of a platform")
    reply = _reply(incoming.reply)
    if reply is incoming.reply and text(incoming.sender_name) == incoming.sender_name:
        return incoming
    return replace(
        incoming,
        reply=reply,
        sender_name=text(incoming.sender_name),
    )


def _reply(reply: Reply) -> Reply:
    if isinstance(reply, Text):
        clean = text(reply.text)
        return reply if clean == reply.text else Text(clean)
    if isinstance(reply, Press):
        press = Press(text(reply.data), text(reply.message_id), text(reply.callback_id))
        return reply if press == reply else press
    if isinstance(reply, Media):
        return replace(
            reply,
            reference=text(reply.reference),
            mime=text(reply.mime),
            file_name=text(reply.file_name),
            caption=text(reply.caption),
            album=text(reply.album),
        )
    if isinstance(reply, Edit):
        inner = _reply(reply.reply)
        return Edit(text(reply.message_id), inner) if isinstance(inner, Text | Media) else reply
    if isinstance(reply, Other):
        return Other(text(reply.what))
    return reply
