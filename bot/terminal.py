"""The screen a command was given at: what it is told, how far it is, and the settings that hold there.

Rules: what was asked for goes to standard output, everything else to standard error; a bar is drawn on a terminal
alone, elsewhere plain lines say the same; what is shown on standard error is redacted like the log.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.wording import catalogue, settled_language

if TYPE_CHECKING:  # pydantic takes 70 ms to import; a help page does without
    from rich.progress import Progress

    from bot.config import Config

Item = TypeVar("Item")


@dataclass(slots=True)
class Terminal:
    """One call of the program."""

    environ: Mapping[str, str]
    config_file: Path | None = None
    _config: Config | None = field(default=None, repr=False)

    @property
    def config(self) -> Config:
        """The settings; from here on the log tells what needs attention. Raises ConfigError."""
        if self._config is None:
            from bot import log
            from bot.config_file import load

            self._config = load(self.config_file, self.environ)
            level = "error" if self._config.log.level == "error" else "warning"
            log.configure(level, self._config.log.format, secrets=self._config.secrets())
        return self._config

    def log_on(self) -> None:
        """From here on the log tells as much as the settings say: for what runs until it is stopped."""
        from bot import log

        log.configure(self.config.log.level, self.config.log.format, secrets=self.config.secrets())

    @property
    def language(self) -> str:
        """The settings' language, else the machine's."""
        return settled_language(self.config_file, self.environ)

    def gettext(self, sentence: str) -> str:
        """A sentence in that language; bound as ``_`` where it is used."""
        return catalogue(self.language).gettext(sentence)

    def say(self, line: str) -> None:
        """One line of what was asked for."""
        print(line, flush=True)

    def note(self, line: str) -> None:
        """One line about how it goes."""
        print(line, file=sys.stderr, flush=True)

    def complain(self, words: str) -> None:
        """What went wrong, without secrets."""
        from bot.log import Redaction

        secrets = self._config.secrets() if self._config else ()
        print(Redaction(secrets)(words), file=sys.stderr, flush=True)

    def progress(self, items: Iterable[Item], *, label: str, total: int | None = None) -> Iterator[Item]:
        """Hand the items on and show how far that is. ``total`` is taken from the items where they know it."""
        if total is None and isinstance(items, Sized):
            total = len(items)
        if sys.stderr.isatty():
            yield from _bar(items, label, total)
        else:
            yield from self._lines(items, label, total)

    @contextmanager
    def meter(self, label: str) -> Iterator[Callable[[int, int], None]]:
        """For work that counts by itself: what is yielded is called with (done, total), as often as one likes."""
        if not sys.stderr.isatty():
            told = 0

            def tell(done: int, total: int) -> None:
                nonlocal told
                tenth = done * 10 // total if total else 10
                if tenth > told:
                    told = tenth
                    self.note(f"{label}: {done}/{total}")

            yield tell
            return
        with _progress() as bar:
            task = bar.add_task(label, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def _lines(self, items: Iterable[Item], label: str, total: int | None) -> Iterator[Item]:
        """About ten lines in all; without a total one at 1, 10, 100 …"""
        step = max(1, (total or 0) // 10)
        done = 0
        for done, item in enumerate(items, 1):
            yield item
            if total and (done % step == 0 or done == total):
                self.note(f"{label}: {done}/{total}")
            elif not total and str(done).strip("0") == "1":
                self.note(f"{label}: {done}")
        if not total:
            self.note(f"{label}: {done}")


def _bar(items: Iterable[Item], label: str, total: int | None) -> Iterator[Item]:
    with _progress() as bar:
        yield from bar.track(items, total=total, description=label)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
