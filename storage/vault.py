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
from dataclasses import dataclass, field, replace
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
    """AES-256 keys by id (the current one seals, all open) and the pepper of the lookups.

    While keys are changed (``storage.rotating``) rows may stand under ``older`` peppers as well; afterwards those are
    ``retired``: they tell which older backups these keys belong to.
    """

    keys: Mapping[str, bytes] = field(repr=False)
    current: str
    pepper: bytes = field(repr=False)
    older: tuple[bytes, ...] = field(default=(), repr=False)
    retired: tuple[bytes, ...] = field(default=(), repr=False)
    site: bytes = field(default=b"", repr=False)
    """Signs the cookies of visitors; outlives a change of the pepper, so that nobody loses their conversation."""
    _ciphers: dict[bytes, AESGCM] = field(init=False, default_factory=dict, repr=False, compare=False)
    _seal_with: list[tuple[bytes, AESGCM]] = field(init=False, default_factory=list, repr=False, compare=False)

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

    def lookups(self, purpose: str, text: str) -> tuple[bytes, ...]:
        """Every hash under which ``text`` may stand now, the current one first."""
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return tuple(hmac.digest(one, message, "sha256")[:_LOOKUP] for one in (self.pepper, *self.older))

    def site_key(self) -> bytes:
        """32 bytes that sign cookies and forms of the site."""
        return self.site or self.lookup("site", "cookies") + self.lookup("site", "forms")

    # ---- changing keys (storage.rotating) -------------------------------------------------------------

    def prepared(self) -> Vault:
        """The same with a new key and a new pepper that are known but not used yet."""
        keys = {**self.keys, f"k{len(self.keys) + 1}": secrets.token_bytes(32)}
        return replace(self, keys=keys, older=(secrets.token_bytes(32),), site=self.site_key())

    def turned(self) -> Vault:
        """What was prepared is used from now on; what stands under the others stays readable."""
        return replace(self, current=list(self.keys)[-1], pepper=self.older[0], older=(self.pepper, *self.older[1:]))

    def settled(self) -> Vault:
        """Nothing stands under older peppers any more."""
        return replace(self, older=(), retired=(*self.retired, *self.older))

    def belonging_to(self, wanted: str) -> Vault:
        """As ``self``, ready for data whose fingerprint is ``wanted``: those of an older backup stand under a retired
        pepper."""
        back = tuple(one for one in self.retired if _fingerprint(one) == wanted)
        kept = tuple(one for one in self.retired if one not in back)
        return replace(self, older=(*self.older, *back), retired=kept) if back else self

    def adopt(self, other: Vault) -> None:
        """Become ``other``, for everybody who holds this one: the key file was changed while the process runs."""
        for one in ("keys", "current", "pepper", "older", "retired", "site"):
            object.__setattr__(self, one, getattr(other, one))
        self._ciphers.update(other._ciphers)
        self._seal_with[:] = other._seal_with

    def as_json(self) -> str:
        """The content of the key file."""
        return json.dumps(
            {
                "keys": {name: _text(key) for name, key in self.keys.items()},
                "current": self.current,
                "pepper": _text(self.pepper),
                "older": [_text(one) for one in self.older],
                "retired": [_text(one) for one in self.retired],
                "site": _text(self.site),
            },
            indent=1,
        )

    @staticmethod
    def from_json(content: str) -> Vault:
        """Read the content of a key file. Raises Sealed."""
        try:
            data = json.loads(content)
            keys = {str(name): base64.b64decode(key) for name, key in data["keys"].items()}
            return Vault(
                keys,
                data["current"],
                base64.b64decode(data["pepper"]),
                older=tuple(base64.b64decode(one) for one in data.get("older", ())),
                retired=tuple(base64.b64decode(one) for one in data.get("retired", ())),
                site=base64.b64decode(data.get("site", "")),
            )
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
    return _fingerprint(vault.pepper)


def fingerprints(vault: Vault) -> tuple[str, ...]:
    """Of every state of the data that these keys can read, the current one first: changed keys still read the backups
    that were made before."""
    return tuple(_fingerprint(one) for one in (vault.pepper, *vault.older, *vault.retired))


def _fingerprint(pepper: bytes) -> str:
    return hashlib.sha256(b"suara-fingerprint" + hmac.digest(pepper, b"fingerprint", "sha256")).hexdigest()[:16]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _stretched(pass_phrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(pass_phrase.encode())
