"""Sets the program up in the folder .venv beside it, once; afterwards it only looks whether that is still right.

Started by ``make run`` and ``make test`` with the machine's own Python (on Windows: ``py -m bot.install``), before
anything is installed. Rule of the file: the standard library alone, and syntax that an older Python can still read,
so that it can say which Python is needed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "installed"
OLDEST = (3, 11)

# Each lock holds the ones before it, so that what the last asks for is enough for all.
LOCKS = ("requirements.lock", "requirements-postgres.lock", "requirements-pdf.lock", "requirements-dev.lock")


class SetupError(Exception):
    """The machine lacks something: the message names it."""


def sentence(english: str, indonesian: str) -> str:
    """The one the person at this machine reads; the catalogues are not there yet."""
    names = ("SUARA_LOCALE__LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return indonesian if chosen.lower().startswith("id") else english


def interpreter(venv: Path) -> Path:
    """The Python inside a virtual environment, on Windows too."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_lock(*, tests: bool) -> str:
    """Which lock this machine needs: what writes certificates only where the settings ask for them, the database
    server's driver only where they name such a server."""
    if tests:
        return LOCKS[3]
    if setting("training", "certificates").lower() in {"true", "1", "yes", "on"}:
        return LOCKS[2]
    return LOCKS[1] if setting("database", "url").startswith("postgres") else LOCKS[0]


def setting(section: str, key: str) -> str:
    """A setting as the program will read it, "" where it is not set. What is wrong, the program says later."""
    name = f"SUARA_{section}__{key}".upper()
    if os.environ.get(name):
        return os.environ[name]
    try:
        secret = os.environ.get(f"{name}_FILE", "")
        if secret:
            return Path(secret).read_text(encoding="utf-8").strip()
        import tomllib

        settings = tomllib.loads(Path(os.environ.get("SUARA_CONFIG") or ROOT / "config.toml").read_text("utf-8"))
        return str(settings[section][key])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def fingerprint(lock: str) -> str:
    """Changes when there is something to install: another lock, another list of packages, another Python."""
    content = (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content + repr(sys.version_info[:2]).encode()).hexdigest()


def up_to_date(lock: str) -> bool:
    """Whether this lock, or one that holds it, was installed as it stands."""
    stamp = STAMPS / lock
    return interpreter(VENV).exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint(lock)


def create_venv() -> None:
    """An empty .venv with pip, unless a sound one is there."""
    python = interpreter(VENV)
    asked = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])!r})"
    if (
        python.exists()
        and subprocess.run([str(python), "-c", asked], stderr=subprocess.DEVNULL, check=False).returncode == 0
    ):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise SetupError(
            sentence(
                f"Python's venv module is missing. Install it with: sudo apt install {package}",
                f"Modul venv untuk Python belum ada. Pasang dengan: sudo apt install {package}",
            )
        )
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise SetupError(f"python -m venv {VENV}: {(made.stderr or made.stdout).strip()}")


def install(lock: str) -> None:
    """What the lock lists, each file checked against its hash, and the program itself from this folder."""
    total = sum("==" in line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines())
    pip("install", "--require-hashes", "-r", str(ROOT / lock), total=total)
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))


def pip(*arguments: str, total: int = 0) -> None:
    """Run pip, show how far it is, and keep its words for the case that it fails."""
    command = [str(interpreter(VENV)), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    said = []
    seen = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace"
    ) as running:
        for line in running.stdout or ():
            said.append(line.rstrip())
            if total and line.startswith("Collecting "):
                seen += 1
                show(seen, total)
    if total and sys.stdout.isatty():
        print()
    if running.returncode != 0:
        raise SetupError(
            "\n".join(said[-15:])
            + "\n"
            + sentence(
                "The packages could not be installed (pip's last words are above). "
                "Check the connection to the network, then give the same command again.",
                "Paket belum dapat dipasang (pesan terakhir pip ada di atas). "
                "Mohon periksa sambungan jaringan, lalu jalankan perintah yang sama sekali lagi.",
            )
        )


def show(seen: int, total: int) -> None:
    """One line that counts up on a terminal, a few plain lines elsewhere."""
    if sys.stdout.isatty():
        print(sentence(f"\r  {seen} of {total} packages", f"\r  {seen} dari {total} paket"), end="", flush=True)
    elif seen % 25 == 0:
        print(sentence(f"  {seen} of {total} packages", f"  {seen} dari {total} paket"), flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Set up what is missing. 0: everything is there; 1: something is missing, and the last line says what."""
    parser = argparse.ArgumentParser(prog="python -m bot.install", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tests", action="store_true", help="also what the tests, the checks and make lock need")
    lock = wanted_lock(tests=parser.parse_args(arguments).tests)
    try:
        if sys.version_info < OLDEST:
            found = ".".join(map(str, sys.version_info[:3]))
            raise SetupError(
                sentence(
                    f"Python 3.11 or newer is needed; this one is {found}.",
                    f"Dibutuhkan Python 3.11 atau yang lebih baru; yang ada {found}.",
                )
            )
        if up_to_date(lock):
            return 0
        print(sentence("Setting up in .venv (only this time) …", "Menyiapkan .venv (hanya kali ini) …"), flush=True)
        create_venv()
        install(lock)
        STAMPS.mkdir(exist_ok=True)
        for name in LOCKS[: LOCKS.index(lock) + 1]:
            (STAMPS / name).write_text(fingerprint(name), encoding="utf-8")
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
