"""Takes out of a reply what no text can hold: NUL and lone surrogates, which people can neither see nor type.

Rule of the file: each becomes U+FFFD, the sign for an unreadable character, so that words keep their distance.
"""

from __future__ import annotations

import re
from dataclasses import replace

from surveys.messages import Edit, Media, Reply, Text

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def legible(reply: Reply) -> Reply:
    """The reply as it can be kept."""
    match reply:
        case Text(text) if not _plain(text):
            return Text(_UNREADABLE.sub("�", text))
        case Media(caption=caption) if not _plain(caption):
            return replace(reply, caption=_UNREADABLE.sub("�", caption))
        case Edit(message_id, inner) if (clean := legible(inner)) is not inner and isinstance(clean, Text | Media):
            return Edit(message_id, clean)
        case _:
            return reply


def _plain(text: str) -> bool:
    return (text.isascii() and "\x00" not in text) or _UNREADABLE.search(text) is None
