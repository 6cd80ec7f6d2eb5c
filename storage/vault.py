"""The keys of the office: what identifies people is unreadable without the key file that lies beside the database.

Rule of the file: pure of SQL and of the network. A value is sealed for one place ("session/state/17"): moved to
another row it cannot be opened. Lookups are keyed hashes, so that somebody can be found again without being readable.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from storage.errors import KeyFileMissing, Sealed

_VERSION = b"v1:"
_NONCE = 12
_LOOKUP = 16
_EXPORT = "suara-keys-1"


@dataclass(frozen=True, slots=True)
class Vault:
    """AES-256 keys by id (the current one seals, all open) and the pepper of the lookups."""

    keys: Mapping[str, bytes] = field(repr=False)
    current: str
    pepper: bytes = field(repr=False)
    _ciphers: dict[bytes, AESGCM] = field(default_factory=dict, repr=False, compare=False)
    _seal_with: list[tuple[bytes, AESGCM]] = field(default_factory=list, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, key in self.keys.items():
            self._ciphers[name.encode()] = AESGCM(key)
        self._seal_with.append((_VERSION + self.current.encode() + b":", self._ciphers[self.current.encode()]))

    @staticmethod
    def new() -> Vault:
        """Fresh keys."""
        return Vault({"k1": secrets.token_bytes(32)}, "k1", secrets.token_bytes(32))

    def seal(self, place: bytes, plain: bytes) -> bytes:
        """``v1:<key id>:<nonce><ciphertext>``, readable only at ``place`` (table/column/row)."""
        head, cipher = self._seal_with[0]
        nonce = os.urandom(_NONCE)
        return head + nonce + cipher.encrypt(nonce, plain, place)

    def unseal(self, place: bytes, sealed: bytes) -> bytes:
        """What was sealed for ``place``. Raises Sealed."""
        try:
            version, name, rest = sealed.split(b":", 2)
            if version + b":" != _VERSION:
                raise Sealed
            return self._ciphers[name].decrypt(rest[:_NONCE], rest[_NONCE:], place)
        except (InvalidTag, KeyError, ValueError) as error:
            raise Sealed(Sealed.__doc__) from error

    def lookup(self, purpose: str, text: str) -> bytes:
        """16 bytes by which ``text`` is found again; another purpose gives other bytes."""
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.pepper, message, "sha256")[:_LOOKUP]

    def rotated(self) -> Vault:
        """The same, with a new current key; what older keys sealed stays readable."""
        name = f"k{len(self.keys) + 1}"
        return Vault({**self.keys, name: secrets.token_bytes(32)}, name, self.pepper)

    def as_json(self) -> str:
        """The content of the key file."""
        return json.dumps(
            {
                "keys": {name: _text(key) for name, key in self.keys.items()},
                "current": self.current,
                "pepper": _text(self.pepper),
            },
            indent=1,
        )

    @staticmethod
    def from_json(content: str) -> Vault:
        """Read the content of a key file. Raises Sealed."""
        try:
            data = json.loads(content)
            keys = {str(name): base64.b64decode(key) for name, key in data["keys"].items()}
            return Vault(keys, data["current"], base64.b64decode(data["pepper"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Sealed("The key file is damaged; restore it from the copy that was kept.") from error

    def exported(self, pass_phrase: str) -> str:
        """The keys under a pass-phrase (scrypt, 2^17 rounds), to be kept away from the database."""
        salt = secrets.token_bytes(16)
        nonce = os.urandom(_NONCE)
        body = AESGCM(_stretched(pass_phrase, salt)).encrypt(nonce, self.as_json().encode(), _EXPORT.encode())
        return json.dumps(
            {"format": _EXPORT, "salt": _text(salt), "nonce": _text(nonce), "keys": _text(body)}, indent=1
        )

    @staticmethod
    def imported(content: str, pass_phrase: str) -> Vault:
        """What ``exported`` wrote. Raises Sealed for another pass-phrase or a damaged file."""
        try:
            data = json.loads(content)
            key = _stretched(pass_phrase, base64.b64decode(data["salt"]))
            body = base64.b64decode(data["keys"])
            plain = AESGCM(key).decrypt(base64.b64decode(data["nonce"]), body, _EXPORT.encode())
        except (InvalidTag, KeyError, TypeError, ValueError) as error:
            raise Sealed("The pass-phrase is another one, or the file is damaged.") from error
        return Vault.from_json(plain.decode())

    def write(self, path: Path, *, over: bool = True) -> None:
        """Write the key file so that its owner alone can read it; never half. Where not ``over`` another: raises
        FileExistsError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(self.as_json())
            file.flush()
            os.fsync(file.fileno())
        if over:
            draft.replace(path)
            return
        try:
            os.link(draft, path)  # unlike renaming, never over another
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            if path.exists():
                raise FileExistsError from None
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def open_vault(path: Path, *, create: bool) -> Vault:
    """The keys in ``path``; made there at first start where ``create`` says that there is no database yet. Raises
    Sealed."""
    try:
        return Vault.from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if not create:
            raise KeyFileMissing(KeyFileMissing.__doc__) from None
    vault = Vault.new()
    try:
        vault.write(path, over=False)
    except FileExistsError:  # another process started at the same moment
        return Vault.from_json(path.read_text(encoding="utf-8"))
    return vault


def fingerprint(vault: Vault) -> str:
    """Tells one key file from another without giving anything away: kept in the database, compared at start."""
    return hashlib.sha256(b"suara-fingerprint" + hmac.digest(vault.pepper, b"fingerprint", "sha256")).hexdigest()[:16]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _stretched(pass_phrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(pass_phrase.encode())
