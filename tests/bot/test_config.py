"""Settings: what holds without them, where they come from, and the one line that says what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Config, ConfigError, fields
from bot.config_file import load

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "1234567890:AAExampleExampleExampleExampleExam"

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_without_a_file_it_is_a_trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(environ={})
    assert config.model_dump() == Config().model_dump()
    assert config.trial
    assert config.folder == tmp_path / "data"
    assert config.database_url == f"sqlite+aiosqlite:///{tmp_path}/data/suara.sqlite3"
    assert config.public_url == "http://127.0.0.1:8000"
    assert config.secrets() == ()


def test_a_file_here_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    write("[web]\nport = 8080\n")
    monkeypatch.chdir(tmp_path)
    config = load(environ={})
    assert (config.web.port, config.trial, config.file) == (8080, False, tmp_path / "config.toml")


def test_the_example_is_what_holds_without_it() -> None:
    path = ROOT / "config.example.toml"
    assert load(path, {}).model_dump() == Config().model_dump()
    example = tomllib.loads(path.read_text(encoding="utf-8"))
    assert [(section, key) for section, table in example.items() for key in table] == list(fields())


def test_paths_count_from_the_file(tmp_path: Path, write: Write) -> None:
    config = load(write('[data]\nfolder = "answers"\n[backup]\nfolder = "../copies"\n'), {})
    assert config.folder == tmp_path / "answers"
    assert config.backups == tmp_path / ".." / "copies"
    assert load(write(""), {}).backups == tmp_path / "data" / "backups"


def test_the_environment_stands_over_the_file(tmp_path: Path, write: Write) -> None:
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n", encoding="utf-8")
    environ = {
        "SUARA_CONFIG": str(write('[web]\nport = 1\n[telegram]\nbase_url = "http://127.0.0.1:9/bot/"\n')),
        "SUARA_WEB__PORT": "2",
        "SUARA_WEB__ENABLED": "false",
        "SUARA_TELEGRAM__TOKEN_FILE": str(secret),
        "SUARA_ADMIN__TELEGRAM_IDS": "12, 34",
        "SUARA_BACKUP__FOLDER": "",
        "SUARA_OTHER": "not ours",
    }
    config = load(environ=environ)
    assert (config.web.port, config.web.enabled) == (2, False)
    assert config.telegram.base_url == "http://127.0.0.1:9/bot"
    assert config.telegram.token == SecretStr(TOKEN)
    assert config.admin.telegram_ids == (12, 34)
    assert config.secrets() == (TOKEN,)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:////var/lib/a.sqlite3", "sqlite:////var/lib/a.sqlite3"),
        ("postgresql://u:p@h/n", "postgresql://u:p@h/n"),
        ("postgres://u:p@h/n", "postgresql://u:p@h/n"),
        ("postgresql+psycopg://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
    ],
)
def test_forms_of_a_database_address(url: str, expected: str) -> None:
    assert load(environ={"SUARA_DATABASE__URL": url}).database_url == expected


def test_webhook_address(write: Write) -> None:
    settings = f'[telegram]\nmode = "webhook"\nwebhook_secret = "s3cret"\ntoken = "{TOKEN}"\n'
    given = load(write(settings + 'webhook_url = "https://a.example/x"\n'), {})
    assert given.webhook_url == "https://a.example/x"
    derived = load(write(settings + '[web]\npublic_url = "https://a.example/"\n'), {})
    assert derived.webhook_url == "https://a.example/hooks/telegram"


WRONG = [
    ('[telegram]\nmode = "pol"', 'telegram.mode is "pol"', "one of polling, webhook"),
    ("[web]\nport = 70000", "web.port is 70000", "a whole number from 0 to 65535"),
    ('[web]\nport = "many"', 'web.port is "many"', "a whole number from 0 to 65535"),
    ('[web]\nenabled = "perhaps"', 'web.enabled is "perhaps"', "true or false"),
    ("[web]\nhost = 5", "web.host is 5", "text in quotation marks"),
    ("[web]\nprt = 8000", "web.prt is no known key", "perhaps web.port"),
    ("[data]\nquite_other = 1", "data.quite_other is no known key", "one of folder"),
    ("[wbe]\nport = 8000", "wbe is no known key", "perhaps web"),
    ("web = 5", "web is 5", "a section [web]"),
    (
        '[web]\npublic_url = "suara.id"',
        'web.public_url is "suara.id"',
        "an address that begins with https:// or http://",
    ),
    ('[locale]\ntimezone = "WITA"', 'locale.timezone is "WITA"', "a time zone such as Asia/Makassar"),
    ('[locale]\ncatalog = "oebobo"', 'locale.catalog is "oebobo"', "one of alak"),
    ('[locale]\nlanguage = "xx"', 'locale.language is "xx"', "one of en, id"),
    (
        "[telegram]\nmessages_per_second = -1",
        "telegram.messages_per_second is -1",
        "a number from 0 to 1000",
    ),
    ('[admin]\ntelegram_ids = ["x"]', 'admin.telegram_ids is ["x"]', "a list of whole numbers"),
    (
        '[telegram]\ntoken = "hunter2"',
        "telegram.token is hidden here",
        "the token from @BotFather: digits, a colon, letters",
    ),
    ("[telegram]\ntoken = 5", "telegram.token is hidden here", "text in quotation marks"),
    (
        '[telegram]\nwebhook_secret = "hunter 2"',
        "telegram.webhook_secret is hidden here",
        "at most 256 characters of A-Z, a-z, 0-9, _ and -",
    ),
    (
        '[database]\nurl = "mysql://root:hunter2@h/n"',
        "database.url is hidden here",
        "an address that begins with sqlite:/// or postgresql://",
    ),
    (
        f'[telegram]\nmode = "webhook"\ntoken = "{TOKEN}"',
        "telegram.webhook_secret is empty",
        "a secret of your own (A-Z, a-z, 0-9, _ and -), since telegram.mode is webhook",
    ),
    (
        f'[telegram]\nmode = "webhook"\nwebhook_secret = "s"\ntoken = "{TOKEN}"',
        "telegram.webhook_url is empty",
        "the public address of this machine, since telegram.mode is webhook",
    ),
]


@pytest.mark.parametrize(("text", "found", "expected"), WRONG, ids=[found for _text, found, _expected in WRONG])
def test_a_wrong_file_is_one_clear_line(text: str, found: str, expected: str, write: Write) -> None:
    path = write(text)
    with pytest.raises(ConfigError) as caught:
        load(path, {"LANG": "C.UTF-8"})
    assert str(caught.value) == f"{path}: {found}; expected: {expected}."


def test_a_token_at_the_wrong_place_stays_hidden(write: Write) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(f'[telegram]\nmode = "{TOKEN}"\n'), {"LANG": "C"})
    assert caught.value.key == "telegram.mode"
    assert caught.value.found == '"[hidden]"'
    assert caught.value.expected == "one of polling, webhook"


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        ({"SUARA_WEB__PORT": "x"}, 'SUARA_WEB__PORT is "x"; expected: a whole number from 0 to 65535.'),
        ({"SUARA_WEB__PRT": "1"}, "SUARA_WEB__PRT is no known key; expected: perhaps web.port."),
        ({"SUARA_WBE__PORT": "1"}, "SUARA_WBE__PORT is no known key; expected: perhaps web."),
        ({"SUARA_WEB__PORT_FILE": "/x"}, "SUARA_WEB__PORT_FILE is not for this key; expected: SUARA_WEB__PORT."),
        (
            {"SUARA_TELEGRAM__TOKEN_FILE": "/nowhere/token"},
            'SUARA_TELEGRAM__TOKEN_FILE is "/nowhere/token"; expected: the path of a readable file.',
        ),
        (
            {"SUARA_CONFIG": "/nowhere/config.toml"},
            "/nowhere/config.toml is missing; expected: a settings file; config.example.toml is one to copy.",
        ),
    ],
)
def test_a_wrong_environment_is_one_clear_line(environ: dict[str, str], line: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(environ={"LANG": "C", **environ})
    assert str(caught.value) == line


def test_what_is_no_toml_is_said_with_its_line(write: Write) -> None:
    path = write("[web]\nport = \n")
    with pytest.raises(ConfigError) as caught:
        load(path, {"LANG": "C"})
    assert str(caught.value) == (
        f"{path} is not readable in line 2; expected: lines such as port = 8000 under a [section]."
    )


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, {"LANG": "C"})
    assert (caught.value.key, caught.value.expected) == (str(tmp_path), "a text file in UTF-8")


def test_it_complains_in_the_language_of_the_office(write: Write) -> None:
    path = write('[locale]\nlanguage = "id"\n[web]\nport = 70000\n')
    with pytest.raises(ConfigError) as caught:
        load(path, {"LANG": "C"})
    assert str(caught.value) == f"{path}: web.port berisi 70000; seharusnya: bilangan bulat dari 0 sampai 65535."


def test_secrets_are_not_shown_when_settings_are() -> None:
    environ = {
        "SUARA_TELEGRAM__TOKEN": TOKEN,
        "SUARA_TELEGRAM__WEBHOOK_SECRET": "hunter2",
        "SUARA_DATABASE__URL": "postgresql://suara:hunter3@h/n",
    }
    config = load(environ=environ)
    shown = f"{config} {config!r} {config.telegram} {config.model_dump_json()}"
    assert [secret for secret in (TOKEN, "hunter2", "hunter3") if secret in shown] == []
    assert config.secrets() == (TOKEN, "hunter2", "postgresql://suara:hunter3@h/n", "hunter3", "hunter3")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Config().web.port = 1
