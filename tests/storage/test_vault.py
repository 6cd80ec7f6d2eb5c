"""Keys: what is sealed opens at its place alone, lookups find, the file is its owner's."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import KeyFileMissing, Sealed
from storage.vault import Vault, fingerprint, open_vault

VAULT = Vault.new()


@given(st.binary(max_size=2000), st.binary(min_size=1, max_size=40))
def test_what_is_sealed_opens_at_its_place(plain: bytes, place: bytes) -> None:
    sealed = VAULT.seal(place, plain)
    assert VAULT.unseal(place, sealed) == plain
    assert sealed.startswith(b"v1:k1:")


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]),
        lambda sealed: b"v2" + sealed[2:],
        lambda sealed: sealed.replace(b":k1:", b":k9:"),
        lambda sealed: b"",
    ],
)
def test_what_was_tampered_with_stays_shut(spoilt: object) -> None:
    sealed = VAULT.seal(b"session/state/1", b"rahasia")
    with pytest.raises(Sealed):
        VAULT.unseal(b"session/state/1", spoilt(sealed))  # type: ignore[operator]


def test_another_row_or_another_key_stays_shut() -> None:
    sealed = VAULT.seal(b"session/state/1", b"rahasia")
    with pytest.raises(Sealed):
        VAULT.unseal(b"session/state/2", sealed)
    with pytest.raises(Sealed):
        Vault.new().unseal(b"session/state/1", sealed)


def test_a_new_key_seals_and_the_old_ones_open() -> None:
    older = VAULT.seal(b"x", b"lama")
    prepared = VAULT.prepared()
    assert prepared.seal(b"x", b"baru").startswith(b"v1:k1:")
    assert prepared.lookup("address", "7") == VAULT.lookup("address", "7")
    turned = prepared.turned()
    assert turned.unseal(b"x", older) == b"lama"
    assert turned.seal(b"x", b"baru").startswith(b"v1:k2:")
    assert turned.lookups("address", "7")[1:] == (VAULT.lookup("address", "7"),)
    assert turned.settled().lookups("address", "7") == (turned.lookup("address", "7"),)


def test_lookups_differ_by_purpose_text_and_pepper() -> None:
    same = VAULT.lookup("address", "7")
    assert len(same) == 16
    assert len({same, VAULT.lookup("pin", "7"), VAULT.lookup("address", "8"), Vault.new().lookup("address", "7")}) == 4


def test_the_key_file_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "suara.key"
    made = open_vault(path, create=True)
    assert open_vault(path, create=True) == made
    assert fingerprint(open_vault(path, create=False)) == fingerprint(made)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["suara.key"]


def test_a_missing_or_damaged_key_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing, match="keys import"):
        open_vault(tmp_path / "suara.key", create=False)
    (tmp_path / "suara.key").write_text("{")
    with pytest.raises(Sealed, match="damaged"):
        open_vault(tmp_path / "suara.key", create=True)


def test_keys_travel_under_a_pass_phrase() -> None:
    exported = VAULT.exported("kuda lari di pantai")
    assert Vault.imported(exported, "kuda lari di pantai") == VAULT
    with pytest.raises(Sealed):
        Vault.imported(exported, "kuda lari di gunung")
    with pytest.raises(Sealed):
        Vault.imported("{}", "kuda lari di pantai")


def test_keys_do_not_show_themselves() -> None:
    assert "b'" not in repr(VAULT)
