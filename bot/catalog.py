"""The lists of a district (kelurahan, units, services …): the .csv files of one folder, by name.

Rule of the file: files are read and handed on as they are; what stands in them is understood elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def files(folder: Path) -> Mapping[str, bytes]:
    """Every .csv file directly in ``folder``: file name to content, in alphabetical order.

    Raises FileNotFoundError, with a sentence that says what to do, where there is no such folder or no list in it.
    """
    if not folder.is_dir():
        raise FileNotFoundError(
            f"The catalog folder {folder} is not there. Copy catalog/alak there and edit its lists."
        )
    found = {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() == ".csv" and not path.name.startswith((".", "~")) and path.is_file()
    }
    if not found:
        raise FileNotFoundError(
            f"The catalog folder {folder} holds no .csv file. Copy those of catalog/alak and edit them."
        )
    return found
