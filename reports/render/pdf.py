"""A certificate as PDF: one page whose QR code leads to the page that says whether it counts.

Rules of the file: what came from people goes in as data and is never read as markup. Typst is there only where the
office asked for certificates, so it is imported where it is used.
"""

from __future__ import annotations

import importlib.util
import io
import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import segno

_TEMPLATE = Path(__file__).with_name("certificate.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on it, in words. ``address``: where the QR code leads."""

    office: str
    language: str
    heading: str
    number: str
    numbered: str
    given: str
    name: str
    attended: str
    title: str
    when: str
    hours: str
    issued: str
    verify: str
    address: str


def possible() -> bool:
    """Whether what it takes is installed."""
    return importlib.util.find_spec("typst") is not None


def certificate(paper: Paper, on: date) -> bytes:
    """The page. The same paper of the same day is the same file. Takes some tenths of a second."""
    import typst

    picture = io.BytesIO()
    segno.make(paper.address, error="m", micro=False).save(picture, kind="svg", border=1, xmldecl=False)
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"told": json.dumps(asdict(paper)), "picture": picture.getvalue().decode()},
        ignore_system_fonts=True,
        timestamp=int(datetime.combine(on, time(), UTC).timestamp()),
    )
    assert isinstance(made, bytes)  # noqa: S101 -- one document, not a list of pages
    return made
