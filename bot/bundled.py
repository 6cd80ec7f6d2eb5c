"""Where the data that comes with the program lies: translations and what is local to a district.

In the source tree it stands beside the packages, in an installed wheel inside this one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_HERE = Path(__file__).resolve().parent


def folder(name: Literal["locale", "catalog"]) -> Path:
    """The folder ``locale`` or ``catalog`` that came with the program."""
    installed = _HERE / "bundle" / name
    return installed if installed.is_dir() else _HERE.parent / name
