"""One instance at a time on one data folder: two that write the same file would each think the other dead.

Rule of the file: the lock is the operating system's and goes with the process, however it ends; the file stays.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from storage.errors import InUse


class InstanceLock:
    """Held from ``take`` to ``release`` or the end of the process. ``say``: gettext of whoever starts it."""

    def __init__(self, folder: Path, say: Callable[[str], str] = str) -> None:
        self._path = folder / "suara.lock"
        self._say = say
        self._descriptor: int | None = None

    def take(self) -> None:
        """Raises InUse where another instance has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
        except OSError:
            other = os.read(descriptor, 20).decode(errors="replace").strip() if sys.platform != "win32" else ""
            os.close(descriptor)
            raise InUse(self._taken(other)) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor

    def _taken(self, other: str) -> str:
        _ = self._say
        if not other.isdecimal():
            words = _(
                "Another instance works on the data folder {folder}. Stop it first, or choose another folder "
                "(data.folder)."
            )
            return words.format(folder=self._path.parent)
        words = _(
            "Another instance (process {number}) works on the data folder {folder}. Stop it first, or choose another "
            "folder (data.folder)."
        )
        return words.format(number=other, folder=self._path.parent)

    def release(self) -> None:
        """Let another instance start."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def holder(folder: Path) -> str | None:
    """Who works on this data folder: the number of the process ("" where that cannot be read), None if nobody does."""
    try:
        descriptor = os.open(folder / "suara.lock", os.O_RDWR)
    except OSError:
        return None
    try:
        _lock(descriptor)
    except OSError:
        number = os.read(descriptor, 20).decode(errors="replace").strip() if sys.platform != "win32" else ""
        return number if number.isdecimal() else ""
    finally:
        os.close(descriptor)
    return None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # a byte far behind the number, which stays readable
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
