"""Pages, one file each: put ``web/pages/x.py`` there and its addresses are served.

Rule of the folder: a file defines ``routes(site)``, the addresses it answers. Files whose name begins with ``_`` belong
to the page they name. No rule of the domain stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from surveys.registry import Registry

pages: Mapping[str, ModuleType] = Registry(__name__)
