"""Files that went through the platform: by file id for getFile, by path for the download.

Rule of the file: a download link lives for an hour (https://core.telegram.org/bots/api#getfile).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

from PIL import Image

_LINK_LIVES = 3600.0
_FOLDERS = {"photo": "photos", "voice": "voice", "audio": "music", "video": "videos", "video_note": "video_notes",
            "document": "documents", "sticker": "stickers", "animation": "animations"}  # fmt: skip
_ENDINGS = {"image/jpeg": "jpg", "audio/ogg": "oga", "audio/mpeg": "mp3", "video/mp4": "mp4", "image/webp": "webp"}


@cache
def picture(width: int = 96, height: int = 64) -> bytes:
    """A small JPEG."""
    written = io.BytesIO()
    Image.new("RGB", (width, height), (40, 120, 90)).save(written, "JPEG")
    return written.getvalue()


class Files:
    """Everything anybody sent."""

    def __init__(self) -> None:
        self._data: dict[str, bytes] = {}
        self._size: dict[str, int] = {}
        self._path: dict[str, str] = {}
        self._described: dict[str, Mapping[str, object]] = {}
        self._links: dict[str, tuple[str, float]] = {}

    def put(
        self,
        kind: str,
        data: bytes,
        *,
        name: str = "",
        mime: str = "",
        size: int = 0,
        width: int = 96,
        height: int = 64,
        seconds: int = 3,
    ) -> dict[str, object]:
        """The fields of a message that carries it. ``size`` says it is larger than the bytes given."""
        number = len(self._path) + 1
        file_id = self._add(kind, number, data, mime, size or len(data))
        part: dict[str, object] = {
            "file_id": file_id, "file_unique_id": f"AQAD{number:08d}", "file_size": size or len(data),
        }  # fmt: skip
        described: dict[str, object]
        match kind:
            case "photo":
                small = self._add(kind, number + 1, picture(32, 24), mime, len(picture(32, 24)))
                thumb = {"file_id": small, "file_unique_id": f"AQAD{number + 1:08d}", "width": 32, "height": 24,
                         "file_size": len(picture(32, 24))}  # fmt: skip
                described = {"photo": [thumb, part | {"width": width, "height": height}]}
            case "voice":
                described = {"voice": part | {"duration": seconds, "mime_type": mime or "audio/ogg"}}
            case "audio":
                described = {
                    "audio": part | {"duration": seconds, "mime_type": mime or "audio/mpeg", "file_name": name}
                }
            case "video":
                described = {
                    "video": part
                    | {"width": width, "height": height, "duration": seconds, "mime_type": mime or "video/mp4"}
                    | ({"file_name": name} if name else {})
                }
            case "video_note":
                described = {"video_note": part | {"length": 240, "duration": seconds}}
            case "animation":
                film = part | {"width": width, "height": height, "duration": seconds, "mime_type": "video/mp4"}
                described = {"animation": film, "document": part | {"mime_type": "video/mp4"}}
            case "sticker":
                described = {
                    "sticker": part
                    | {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
                }
            case _:
                described = {"document": part | {"file_name": name, "mime_type": mime or "application/octet-stream"}}
        self._described[file_id] = described
        return described

    def _add(self, kind: str, number: int, data: bytes, mime: str, size: int) -> str:
        file_id = f"AgACAgUAAxkBAAI{kind.title()}{number:08d}"
        ending = _ENDINGS.get(mime, "jpg" if kind == "photo" else "bin")
        self._data[file_id], self._size[file_id] = data, size
        self._path[file_id] = f"{_FOLDERS.get(kind, 'documents')}/file_{number}.{ending}"
        return file_id

    def described(self, file_id: str) -> Mapping[str, object] | None:
        return self._described.get(file_id)

    def link(self, file_id: str, now: float) -> dict[str, object] | None:
        """What getFile answers."""
        if file_id not in self._path:
            return None
        self._links[self._path[file_id]] = (file_id, now + _LINK_LIVES)
        return {
            "file_id": file_id, "file_unique_id": file_id[-8:], "file_size": self._size[file_id],
            "file_path": self._path[file_id],
        }  # fmt: skip

    def download(self, path: str, now: float) -> bytes | None:
        """The bytes behind a link, None if it is unknown or an hour old."""
        file_id, until = self._links.get(path, ("", 0.0))
        return self._data[file_id] if until > now else None
