"""``suara version``: the command and the module are the same program."""

from __future__ import annotations

import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path


def test_version_by_both_names() -> None:
    commands = ([sys.executable, "-m", "bot"], [str(Path(sys.executable).with_name("suara"))])
    said = [subprocess.run([*c, "version"], capture_output=True, text=True, check=True).stdout for c in commands]
    line = f"suara {version('suara-alak')} (Python {platform.python_version()}, {platform.system()})\n"
    assert said == [line, line]
