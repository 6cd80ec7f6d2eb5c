"""``make soak``: the crash test, long: each of its set-ups with 500 kills. Takes about two hours.

``python -m benchmarks.soak [--kills N] [NAME …]``: NAME picks set-ups by a part of their name (polling_on_sqlite …).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run them one after the other; the exit code is pytest's."""
    parser = argparse.ArgumentParser(prog="make soak", description="Kill it hundreds of times and count what was lost.")
    parser.add_argument("--kills", type=int, default=500, help="in each set-up (500)")
    parser.add_argument("names", nargs="*", help="parts of the names of set-ups; without any: all four")
    options = parser.parse_args()
    chosen = ["-k", " or ".join(options.names)] if options.names else []
    command = [sys.executable, "-m", "pytest", "tests/crash/test_crash.py", "-s", "-v", "-p", "no:xdist", *chosen]
    environ = {**os.environ, "SUARA_CRASH_KILLS": str(options.kills)}
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
