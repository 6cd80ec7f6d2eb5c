"""The notices of a district, read once at start.

Rule of the file: a file that is not as it should be stops the start with a sentence that names it.
"""

from __future__ import annotations

from bot.bundled import folder
from handlers.notices import Notices, read


def notices(catalog: str) -> Notices:
    """Those of ``catalog/<catalog>/notices``. Raises Conflict."""
    place = folder("catalog") / catalog / "notices"
    files = sorted(path for path in place.glob("*.md") if path.name != "README.md") if place.is_dir() else []
    return read((path.name, path.read_text(encoding="utf-8")) for path in files)
