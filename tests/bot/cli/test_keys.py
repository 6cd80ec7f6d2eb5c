"""``suara keys``: the keys leave under a pass-phrase, come back, and never go where they do not belong."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.keys import VARIABLE
from storage.errors import KeyFileMissing
from storage.vault import Vault, open_vault
from tests.bot.cli.conftest import Installation

PHRASE = "empat kata yang mudah diingat"


@pytest.fixture
def phrase(tmp_path: Path) -> str:
    """A file with the pass-phrase."""
    file = tmp_path / "phrase"
    file.write_text(PHRASE + "\n", encoding="utf-8")
    return str(file)


def test_out_and_back(suara: Installation, tmp_path: Path, phrase: str) -> None:
    assert suara("migrate").code == 0
    key, out = suara.data / "suara.key", tmp_path / "stick"
    content = key.read_text(encoding="utf-8")
    done = suara("keys", "export", str(out), **{VARIABLE: phrase})
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        f"The keys are in {out}. Keep it away from the database and the backups, and the pass-phrase apart from it: "
        "without the two nobody can bring the data back.\n"
    )
    assert oct(out.stat().st_mode & 0o777) == "0o600"
    secrets = [json.loads(content)["pepper"], *json.loads(content)["keys"].values(), PHRASE]
    assert [secret for secret in secrets if secret in out.read_text(encoding="utf-8") + done.out] == []

    key.unlink()
    assert suara("migrate").err == (
        "The key file suara.key is missing, and the data cannot be read without it; "
        "bring it back: `suara keys import`.\n"
    )
    done = suara("keys", "import", str(out), **{VARIABLE: phrase})
    assert (done.code, done.out) == (0, f"The keys are in {key}.\n")
    assert key.read_text(encoding="utf-8") == content
    assert oct(key.stat().st_mode & 0o777) == "0o600"
    assert suara("migrate").code == 0
    assert suara("keys", "import", str(out), **{VARIABLE: phrase}).out == (
        "The key file is there already, and it is the same.\n"
    )


def test_another_pass_phrase(suara: Installation, tmp_path: Path, phrase: str) -> None:
    assert suara("migrate").code == 0
    out = tmp_path / "stick"
    assert suara("keys", "export", str(out), **{VARIABLE: phrase}).code == 0
    Path(phrase).write_text("lima kata yang mudah dilupakan orang", encoding="utf-8")
    refused = suara("keys", "import", str(out), **{VARIABLE: phrase})
    assert (refused.code, refused.out, refused.err) == (
        1, "", f"The pass-phrase is another one, or {out} is no exported key file.\n"
    )  # fmt: skip


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"salt": 1}', "PK"])
def test_a_file_that_is_none(suara: Installation, tmp_path: Path, phrase: str, content: str) -> None:
    file = tmp_path / "other"
    file.write_text(content, encoding="utf-8")
    refused = suara("keys", "import", str(file), **{VARIABLE: phrase})
    assert (refused.code, refused.err) == (1, f"The pass-phrase is another one, or {file} is no exported key file.\n")


def test_keys_of_another_database(suara: Installation, tmp_path: Path, phrase: str) -> None:
    """They would make the data unreadable."""
    assert suara("migrate").code == 0
    foreign = tmp_path / "foreign"
    foreign.write_text(Vault.new().exported(PHRASE), encoding="utf-8")
    before = (suara.data / "suara.key").read_bytes()
    refused = suara("keys", "import", str(foreign), "--force", **{VARIABLE: phrase})
    assert (refused.code, refused.err) == (1, "These keys belong to another database; nothing was changed.\n")
    assert (suara.data / "suara.key").read_bytes() == before


def test_before_there_is_a_database(suara: Installation, tmp_path: Path, phrase: str) -> None:
    """On a new machine the keys may come before the backup; a key file that is there is set aside only when asked."""
    vault = Vault.new()
    file = tmp_path / "stick"
    file.write_text(vault.exported(PHRASE), encoding="utf-8")
    done = suara("keys", "import", str(file), **{VARIABLE: phrase})
    assert (done.code, done.out.splitlines()[-1]) == (
        0, "There is no database yet; restore the backup that belongs to these keys: suara restore FILE"
    )  # fmt: skip
    file.write_text(Vault.new().exported(PHRASE), encoding="utf-8")
    key = suara.data / "suara.key"
    refused = suara("keys", "import", str(file), **{VARIABLE: phrase})
    assert (refused.code, refused.err) == (1, f"There is another key file: {key}. With --force it is set aside.\n")
    done = suara("keys", "import", str(file), "--force", **{VARIABLE: phrase})
    assert (done.code, done.err) == (0, f"The other key file is kept as {key}.old1.\n")
    assert (suara.data / "suara.key.old1").read_text(encoding="utf-8") == vault.as_json()


def test_a_foreign_key_file_stops_the_start(suara: Installation) -> None:
    assert suara("migrate").code == 0
    Vault.new().write(suara.data / "suara.key")
    refused = suara("migrate")
    assert (refused.code, refused.out, refused.err) == (
        1,
        "",
        "The key file suara.key belongs to other data; put the one that belongs to these data in its place.\n",
    )


def test_a_short_pass_phrase_and_none(suara: Installation, tmp_path: Path, phrase: str) -> None:
    assert suara("migrate").code == 0
    out = tmp_path / "stick"
    Path(phrase).write_text("rahasia", encoding="utf-8")
    assert suara("keys", "export", str(out), **{VARIABLE: phrase}).err == (
        "The pass-phrase should have 12 characters or more: four or five words do well.\n"
    )
    assert suara("keys", "export", str(out)).err == (
        f"There is no terminal to ask for the pass-phrase. Put it into a file and name that in {VARIABLE}.\n"
    )
    assert suara("keys", "export", str(out), **{VARIABLE: str(tmp_path / "none")}).err == (
        f"{VARIABLE} should be the path of a readable file.\n"
    )
    assert not out.exists()


def test_nothing_to_export(suara: Installation, tmp_path: Path, phrase: str) -> None:
    """No key file is made for the sake of exporting it."""
    assert suara("keys", "export", str(tmp_path / "stick"), **{VARIABLE: phrase}).code == 1
    assert not suara.data.exists()


def test_a_file_that_is_there_stays(suara: Installation, tmp_path: Path, phrase: str) -> None:
    assert suara("migrate").code == 0
    out = tmp_path / "stick"
    out.write_text("something else", encoding="utf-8")
    assert suara("keys", "export", str(out), **{VARIABLE: phrase}).code == 1
    assert out.read_text(encoding="utf-8") == "something else"


@pytest.mark.parametrize("again", [PHRASE, "sesuatu yang lain sama sekali"])
def test_asked_twice_on_a_terminal(suara: Installation, tmp_path: Path, again: str) -> None:
    """What is typed is not shown."""
    assert suara("migrate").code == 0
    out = tmp_path / "stick"
    terminal, other_end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "keys", "export", str(out)],
        stdin=other_end,
        stdout=other_end,
        stderr=other_end,
        cwd=suara.folder,
        env=suara._environ({}),
        start_new_session=True,
    )
    os.close(other_end)
    shown = _read_until(terminal, b"Pass-phrase: ")
    os.write(terminal, PHRASE.encode() + b"\n")
    shown += _read_until(terminal, b"The same once more: ")
    os.write(terminal, again.encode() + b"\n")
    shown += _read_until(terminal, b"")
    os.close(terminal)
    code = process.wait(timeout=20)
    assert PHRASE.encode() not in shown
    assert code == (0 if again == PHRASE else 1)
    assert out.exists() == (again == PHRASE)
    if again == PHRASE:
        written = (suara.data / "suara.key").read_text(encoding="utf-8")
        assert Vault.imported(out.read_text(encoding="utf-8"), PHRASE).as_json() == written


def _read_until(terminal: int, words: bytes) -> bytes:
    """What is shown up to these words; with none of them, to the end."""
    shown = b""
    while not words or words not in shown:
        try:
            more = os.read(terminal, 1000)
        except OSError:  # Linux's way to say that the other side is gone
            break
        if not more:
            break
        shown += more
    return shown


def test_two_that_start_at_once_share_one_key_file(tmp_path: Path) -> None:
    """Whoever is later takes the keys of the one that was quicker."""
    first = open_vault(tmp_path / "suara.key", create=True)
    with pytest.raises(FileExistsError):
        Vault.new().write(tmp_path / "suara.key", over=False)
    assert open_vault(tmp_path / "suara.key", create=True) == first
    assert [path.name for path in tmp_path.iterdir()] == ["suara.key"]
    with pytest.raises(KeyFileMissing):
        open_vault(tmp_path / "other.key", create=False)
