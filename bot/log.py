"""The program's diary: one line for each thing that happened, with nothing in it that nobody else may know.

Every line, ours and those of the libraries, tracebacks too, goes through one formatter, and ``Redaction`` works on
the finished line: whatever way a secret took into a record, it does not come out. Libraries are heard from WARNING on.
Rule: redact too much rather than too little; an operator loses a number, a person would lose more.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

HIDDEN = "[hidden]"

_PATTERNS = (
    # The Bot API carries the token in the path of every request; libraries put that address into their errors.
    (re.compile(r"\bbot\d{3,}(?::|%3A)[\w-]+", re.IGNORECASE), f"bot{HIDDEN}"),
    # A bare token: the bot's number, a colon and 35 characters; shorter ones are hidden too.
    (re.compile(r"(?<![\w.])\d{5,}(?::|%3A)[\w-]{16,}", re.IGNORECASE), HIDDEN),
    # The pass word in an address of a database or a proxy.
    (re.compile(r"(?<=://)([^/\s:@'\"]*):[^/\s@'\"]+@"), rf"\1:{HIDDEN}@"),
    (re.compile(r"(?i)(secret[-_]?token\\?['\"]?\s*[:=]\s*b?\\?['\"]?)[\w-]+"), rf"\1{HIDDEN}"),
    # NIK (16 digits), NIP and NI PPPK (18), also written in groups.
    (re.compile(r"(?<![\w.])\d(?:[ .-]?\d){14}(?:[ .-]?\d){1,3}(?![\w])"), HIDDEN),
    # Telephone: +62 812…, 62812…, 0812…, 021 …; eight digits or more after the prefix.
    (re.compile(r"(?<![\w.:/+-])(?:\+\d{1,3}|62|0(?!\.))(?:[ .()-]{0,2}\d){8,12}(?!\w)"), HIDDEN),
)

_OURS = frozenset({"bot", "web", "handlers", "reports", "storage", "insights", "outreach", "surveys"})


class Redaction:
    """Takes secrets and personal numbers out of a finished text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # Longest first, so that a secret that holds another goes whole.
        long_enough = {secret for secret in secrets if len(secret) >= 6}
        written = long_enough | {json.dumps(secret, ensure_ascii=False)[1:-1] for secret in long_enough}
        self._secrets = sorted(written, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without the secrets this was given, and without what looks like one or like a person's number."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text


def _worth_a_line(record: logging.LogRecord) -> bool:
    """What libraries say below WARNING is what they work on: addresses with the token, what people's photos tell."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in _OURS


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """structlog's own formatter; the finished line is redacted."""

    redaction = Redaction()

    def format(self, record: logging.LogRecord) -> str:
        return self.redaction(super().format(record))


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines; a record that cannot be written leaves its kind and place, not its content."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- the library's name
        kind = sys.exc_info()[0]
        sys.stderr.write(
            f"a line of the log could not be written ({kind.__name__ if kind else 'unknown'}): "
            f"{record.name}, {record.pathname}:{record.lineno}\n"
        )


def configure(
    level: str = "info",
    format: Literal["console", "json"] = "console",
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Send everything that is logged in this process to one stream (standard error), redacted.

    ``secrets`` are hidden wherever they appear, beside what is known by its looks. May be called again.
    """
    stream = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    look: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if format == "json"
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    formatter = _Formatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _plain, look],
    )
    formatter.redaction = Redaction(secrets)
    handler = _Handler(stream)
    handler.setFormatter(formatter)
    handler.addFilter(_worth_a_line)
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old, _Handler):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _last_words


def _plain(_logger: object, _name: str, event: EventDict) -> EventDict:
    """A library's message may be any object; a long number becomes text, so that JSON stays whole when it is hidden."""
    return {"event": str(event.pop("event", ""))} | {key: _texts(value) for key, value in event.items()}


def _texts(value: object) -> object:
    match value:
        case int() if abs(value) >= 10**7:
            return str(value)
        case dict():
            return {key: _texts(held) for key, held in value.items()}
        case list() | tuple():
            return [_texts(held) for held in value]
        case _:
            return value


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error that nobody caught is logged as everything else; Python itself would print it as it is."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("stopped by an unexpected error", exc_info=(kind, error, trace))
