"""Pages of the dashboard, one file each: put ``web/admin/pages/x.py`` there and it is served and in the navigation.

A file has ``TITLE`` (marked with ``later``), ``PLACE`` (a number: where it stands in the navigation), ``VIEWS`` and
``ACTIONS`` (``web.admin.call``). ``/admin/x`` is its first view; the navigation shows it to those whose role may open
that. Rule of the folder: a page asks ``handlers`` and shows what they say; the shell has asked for the act before.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from surveys.registry import Registry

pages: Mapping[str, ModuleType] = Registry(__name__)
