"""The settings of an office: ``config.toml``, over it the environment, under it values that work without either.

Every key stands in ``config.example.toml``. Rule of the file: what may stand there and what follows from it; how it is
read, and what is said of what is wrong, stands in ``config_file``.

ConfigError    key, found, expected
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from bot.bundled import folder
from bot.wording import languages, later
from outreach.certificate_number import fits
from outreach.learning_hours import TARGETS
from outreach.roster import KINDS

Say = Callable[[str], str]


class ConfigError(Exception):
    """A setting is wrong: ``key`` says which, ``found`` what stands there (no secret), ``expected`` what should."""

    def __init__(self, key: str, found: str, expected: str, *, place: str = "", say: Say = str) -> None:
        self.key = key
        self.found = found
        self.expected = expected
        self.place = place
        _ = say
        line = _("{key} is {found}; expected: {expected}.").format(key=key, found=found, expected=expected)
        super().__init__(f"{place}: {line}" if place else line)


def _wrong(expected: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError("expected", "{sentence}", {"sentence": expected, "values": values})


def _address(value: object) -> object:
    """An http(s) address without a slash at its end, or none."""
    if isinstance(value, str) and value and not value.startswith(("http://", "https://")):
        raise _wrong(later("an address that begins with https:// or http://"))
    return value.rstrip("/") if isinstance(value, str) else value


def _token(value: object) -> object:
    number, _, rest = value.partition(":") if isinstance(value, str) else ("0", "", "0")
    if value and not (number.isascii() and number.isdigit() and rest):
        raise _wrong(later("the token from @BotFather: digits, a colon, letters"))
    return value


def _webhook_secret(value: object) -> object:
    # What core.telegram.org/bots/api#setwebhook allows in secret_token.
    letters = value.replace("_", "").replace("-", "") if isinstance(value, str) else "x"
    if value and not (letters.isascii() and letters.isalnum() and len(str(value)) <= 256):
        raise _wrong(later("at most 256 characters of A-Z, a-z, 0-9, _ and -"))
    return value


_SHORTEST_SECRET = 4
"""Characters; what is shorter stands everywhere."""


def _database(value: object) -> object:
    known = ("sqlite://", "sqlite+aiosqlite://", "postgresql://", "postgresql+psycopg://", "postgres://")
    if not isinstance(value, str) or not value:
        return value
    if not value.startswith(known):
        raise _wrong(later("an address that begins with sqlite:/// or postgresql://"))
    try:
        where = urlsplit(value)
        whole = where.port is None or where.port > 0
    except ValueError:
        whole = False
    if not whole or (value.startswith("sqlite") and not where.path.strip("/")):
        raise _wrong(
            later(
                "sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME with @ : / # in the password written as "
                "%40 %3A %2F %23"
            )
        )
    return value


def _language(value: object) -> object:
    if value not in languages():
        raise _wrong(later("one of {names}"), names=", ".join(languages()))
    return value


def _timezone(value: object) -> object:
    try:
        ZoneInfo(str(value))
    except (OSError, ValueError, KeyError):
        raise _wrong(later("a time zone such as Asia/Makassar")) from None
    return value


def _catalog(value: object) -> object:
    names = sorted(found.name for found in folder("catalog").iterdir() if found.is_dir())
    if value not in names:
        raise _wrong(later("one of {names}"), names=", ".join(names))
    return value


def _numbers(value: object) -> object:
    """From the environment a list comes as "1,2,3"."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _numbering(value: object) -> object:
    if not isinstance(value, str) or not 0 < len(value) <= 80 or not fits(value):
        raise _wrong(later("a pattern with {{number}}, and {{year}}, {{month}} or {{training}} where wanted"))
    return value


def _targets(value: object) -> object:
    """From the environment they come as "PNS=20,PPPK=24"."""
    if isinstance(value, str):
        value = dict(part.strip().split("=", 1) for part in value.split(",") if "=" in part)
    try:
        targets = {str(kind): Decimal(str(jp)) for kind, jp in value.items()}  # type: ignore[attr-defined]
    except (AttributeError, ArithmeticError):
        targets = {"": Decimal(0)}
    if any(kind not in KINDS or not 0 < jp <= 1000 for kind, jp in targets.items()):
        raise _wrong(later("learning hours by kind ({kinds}), such as {{ PNS = 20 }}"), kinds=", ".join(KINDS))
    return targets


def _hour(value: object) -> object:
    """ "09:00", or "09.00" as it is written here."""
    try:
        return time.fromisoformat(value.strip().replace(".", ":")) if isinstance(value, str) else value
    except ValueError:
        raise _wrong(later("an hour such as 09.00")) from None


def _hours(value: object) -> object:
    try:
        opens, closes = hours(value if isinstance(value, str) else "")
    except ValueError:
        raise _wrong(later("two hours such as 08.00-16.00")) from None
    if opens >= closes:
        raise _wrong(later("two hours such as 08.00-16.00"))
    return value


def hours(span: str) -> tuple[time, time]:
    """From when until before when: "08.00-16.00". Raises ValueError."""
    opens, closes = (time.fromisoformat(part.strip().replace(".", ":")) for part in span.split("-"))
    return opens, closes


Address = Annotated[str, BeforeValidator(_address)]
Hour = Annotated[time, BeforeValidator(_hour)]
Hours = Annotated[str, BeforeValidator(_hours)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Data(_Section):
    """Where the office's own files lie: database, keys, photos, backups."""

    folder: Path = Path("data")
    """Relative to the folder of config.toml, without one to the current folder."""


class DatabaseSettings(_Section):
    """Where answers are kept."""

    url: Annotated[SecretStr, BeforeValidator(_database)] = SecretStr("")
    """"" is a SQLite file in the data folder. May hold a password, hence a secret."""


class Telegram(_Section):
    """The bot on Telegram."""

    token: Annotated[SecretStr, BeforeValidator(_token)] = SecretStr("")
    """From @BotFather; "" is no Telegram."""
    base_url: Address = "https://api.telegram.org/bot"
    base_file_url: Address = "https://api.telegram.org/file/bot"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Address = ""
    """The public address Telegram sends to; "" is web.public_url with /hooks/telegram."""
    webhook_secret: Annotated[SecretStr, BeforeValidator(_webhook_secret)] = SecretStr("")
    messages_per_second: Annotated[float, Field(ge=0, le=1000)] = 25
    """Proactive messages (broadcasts, reminders); 0 is no limit."""
    max_connections: Annotated[int, Field(ge=1, le=100)] = 100
    """Connections Telegram may open to the webhook at once."""


class Web(_Section):
    """Dashboard, web chat and HTTP interface."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """0 takes any free port."""
    public_url: Address = ""
    """As people reach it from outside, for links."""


class Locale(_Section):
    """Language, time and place of the office."""

    language: Annotated[str, BeforeValidator(_language)] = "id"
    timezone: Annotated[str, BeforeValidator(_timezone)] = "Asia/Makassar"
    catalog: Annotated[str, BeforeValidator(_catalog)] = "alak"
    """Places, units and services: a folder of catalog/."""


class Limits(_Section):
    """How much is taken on at once."""

    waiting: Annotated[int, Field(ge=1, le=1_000_000)] = 2000
    """Messages waiting; beyond them a webhook is told to come again later."""
    batch: Annotated[int, Field(ge=1, le=10_000)] = 200
    """Messages handled in one transaction."""
    per_person: Annotated[int, Field(ge=1, le=10_000)] = 20
    """Messages of one person among those waiting."""
    careful_seconds: Annotated[int, Field(ge=0, le=86_400)] = 120
    """After a process died, how long messages are handled one by one, to find one that kills."""


class Log(_Section):
    """What the program tells on standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


class Backup(_Section):
    """The nightly copy."""

    keep: Annotated[int, Field(ge=0, le=1000)] = 14
    """How many are kept; 0 makes none."""
    hour: Annotated[int, Field(ge=0, le=23)] = 2
    """Local time."""
    folder: Annotated[Path | None, BeforeValidator(lambda value: value or None)] = None
    """Without one: backups in the data folder."""


class Admin(_Section):
    """Who looks after the program."""

    telegram_ids: Annotated[tuple[int, ...], BeforeValidator(_numbers)] = ()
    """Telegram numbers of those who are told when something is wrong."""


class Privacy(_Section):
    """Who answers for personal data."""

    contact: str = ""
    """The officer people turn to with questions about their data (PPDP), as the notices name them."""


class TrainingSettings(_Section):
    """What trainings earn."""

    certificates: bool = False
    """Certificates are made as PDF; it takes a package more, which ``make run`` installs."""
    certificate_number: Annotated[str, BeforeValidator(_numbering)] = "{number:03}/SERT-ALAK/{month}/{year}"
    """How the office numbers them."""
    jp_targets: Annotated[dict[str, Decimal], BeforeValidator(_targets)] = dict(TARGETS)
    """Learning hours a year by employment kind."""


class Reminders(_Section):
    """When people may be reminded, by the office's clock."""

    at: Hour = time(9)
    """The hour at which a reminder is sent that counts in days."""
    afternoon: Hour = time(15, 30)
    """When "this afternoon" is."""
    asn: Hours = "08.00-16.00"
    """For civil servants and organisations, on working days."""
    warga: Hours = "09.00-19.00"
    """For citizens, on working days and Saturdays."""
    morning: Hours = "06.30-07.00"
    """For the reminder on the morning of a training."""


class Config(_Section):
    """All settings, checked. ``load`` makes one."""

    data: Data = Data()
    database: DatabaseSettings = DatabaseSettings()
    telegram: Telegram = Telegram()
    web: Web = Web()
    locale: Locale = Locale()
    limits: Limits = Limits()
    log: Log = Log()
    backup: Backup = Backup()
    admin: Admin = Admin()
    privacy: Privacy = Privacy()
    training: TrainingSettings = TrainingSettings()
    reminders: Reminders = Reminders()

    _file: Path | None = PrivateAttr(default=None)

    @property
    def file(self) -> Path | None:
        """The config.toml that was read."""
        return self._file

    @property
    def trial(self) -> bool:
        """Nobody has set anything up yet: no config.toml."""
        return self._file is None

    @property
    def folder(self) -> Path:
        """The data folder, absolute."""
        return self._absolute(self.data.folder)

    @property
    def key_file(self) -> Path:
        """The keys that the database cannot be read without."""
        return self.folder / "suara.key"

    @property
    def audit_mark(self) -> Path:
        """How far the audit once reached: where whoever holds the database alone does not come."""
        return self.folder / "suara.audit"

    @property
    def backups(self) -> Path:
        """The folder of the nightly copies, absolute."""
        return self._absolute(self.backup.folder) if self.backup.folder else self.folder / "backups"

    @property
    def database_url(self) -> str:
        """With the password: for the driver alone."""
        url = self.database.url.get_secret_value()
        if url.startswith("postgres://"):
            return "postgresql" + url.removeprefix("postgres")
        return url or f"sqlite+aiosqlite:///{(self.folder / 'suara.sqlite3').as_posix()}"

    @property
    def public_url(self) -> str:
        """The address of the pages for links, without a slash at its end."""
        return self.web.public_url or f"http://{self.web.host}:{self.web.port}"

    @property
    def webhook_url(self) -> str:
        """What Telegram is told in webhook mode."""
        return self.telegram.webhook_url or f"{self.public_url}/hooks/telegram"

    @property
    def timezone(self) -> ZoneInfo:
        """The office's time."""
        return ZoneInfo(self.locale.timezone)

    def secrets(self) -> tuple[str, ...]:
        """Every secret in plain, for the log to hide."""
        values = (self.telegram.token, self.telegram.webhook_secret, self.database.url)
        plain = [value.get_secret_value() for value in values]
        password = urlsplit(plain[-1]).password or ""
        return tuple(one for one in (*plain, password, unquote(password)) if len(one) >= _SHORTEST_SECRET)

    def _absolute(self, path: Path) -> Path:
        base = self._file.parent if self._file else Path.cwd()
        return (base / path.expanduser()).absolute()


def fields() -> dict[tuple[str, str], FieldInfo]:
    """Every key there is, by section and name."""
    return {
        (section, key): field
        for section, part in Config.model_fields.items()
        for key, field in part.annotation.model_fields.items()  # type: ignore[union-attr]
    }
