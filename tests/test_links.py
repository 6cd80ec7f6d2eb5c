"""Every link and picture in a document leads somewhere: to a file that is there, and to a heading that stands in it.

Rule of the file: addresses of other sites are not asked; nothing here uses the network.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("*.md", "docs/**/*.md", "catalog/**/*.md", "benchmarks/**/*.md")
_BLOCK = re.compile(r"^(`{3,}).*?^\1\s*$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|(?:src|href)=\"([^\"]+)\"")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
PICTURE_MOST = 150_000
"""Bytes: a document is read on slow lines too."""


@cache
def documents() -> tuple[Path, ...]:
    return tuple(sorted({path for pattern in PLACES for path in ROOT.glob(pattern)}))


@cache
def words(path: Path) -> str:
    """A document without its code, in which brackets are no links."""
    return _CODE.sub("", _BLOCK.sub("", path.read_text(encoding="utf-8")))


@cache
def headings(path: Path) -> frozenset[str]:
    """What a link can name after "#"; the second heading of a name has -1 behind it."""
    text = _BLOCK.sub("", path.read_text(encoding="utf-8"))
    times: Counter[str] = Counter()
    found = set()
    for heading in re.findall(r"^#{1,6} (.+?)\s*$", text, re.MULTILINE):
        name = anchor(heading)
        found.add(f"{name}-{times[name]}" if times[name] else name)
        times[name] += 1
    return frozenset(found)


def anchor(heading: str) -> str:
    """The name that code forges give to a heading."""
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


def links(path: Path) -> Iterator[str]:
    for in_brackets, in_quotes in _LINK.findall(words(path)):
        target = in_brackets or in_quotes
        if not _ELSEWHERE.match(target):
            yield unquote(target)


def broken(path: Path) -> list[str]:
    found = []
    for target in links(path):
        file, _sign, heading = target.partition("#")
        there = path.parent / file if file else path
        if not there.exists() or (heading and there.suffix == ".md" and heading not in headings(there)):
            found.append(target)
    return found


def test_there_are_documents_and_links() -> None:
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md"} <= {path.name for path in documents()}
    assert sum(1 for path in documents() for _link in links(path)) > 50


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    assert broken(path) == []


def test_every_document_is_in_the_list() -> None:
    """docs/README.md names every document of its folder; the decisions as one."""
    listed = {(ROOT / "docs" / target.partition("#")[0]).resolve() for target in links(ROOT / "docs" / "README.md")}
    here = {path.resolve() for path in (ROOT / "docs").glob("*.md")} - {(ROOT / "docs" / "README.md").resolve()}
    assert sorted(path.name for path in here - listed) == []


def test_pictures_are_small_and_all_are_shown() -> None:
    pictures = sorted((ROOT / "docs" / "images").glob("*"))
    shown = {(path.parent / target).resolve() for path in documents() for target in links(path)}
    assert [path.name for path in pictures if path.stat().st_size > PICTURE_MOST] == []
    assert [path.name for path in pictures if path.resolve() not in shown] == []


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Masa tunggu", "masa-tunggu"),
        ("Ejaan, angka, dan waktu", "ejaan-angka-dan-waktu"),
        ("`catalog.csv` dan yang lain", "catalogcsv-dan-yang-lain"),
        ("[Satu](satu.md) tautan", "satu-tautan"),
    ],
)
def test_how_a_heading_is_named(heading: str, name: str) -> None:
    assert anchor(heading) == name
