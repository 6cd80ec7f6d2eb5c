"""The office's working calendar: its list of holidays, and the days and hours of the settings.

Rule of the file: it reads; what a day or an hour means stands in ``outreach.calendar``. A holiday that cannot be read
is told and left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.bundled import folder
from bot.config import Config, hours
from outreach.calendar import MORNING, WINDOWS, Calendar, Holiday, Settings, calendar_of
from outreach.holidays import read_holidays

FILE = "holidays.csv"


def calendar(config: Config, say: Callable[[str], str], tell: Callable[[str], None] = lambda _line: None) -> Calendar:
    """The calendar of these settings. ``tell``: takes a sentence for each row that cannot be used."""
    found: list[Holiday] = []
    for path in (folder("catalog") / config.locale.catalog / FILE, config.folder / FILE):
        if path.is_file():
            read = read_holidays(path.read_bytes(), say)
            found += read.holidays
            for problem in read.problems:
                tell(f"{path.name}: {problem}")
    said = config.reminders
    spans = {"asn": said.asn, "stakeholder": said.asn, "warga": said.warga, MORNING: said.morning}
    windows = {}
    for name, span in spans.items():
        opens, closes = hours(span)
        windows[name] = replace(WINDOWS[name], opens=opens, closes=closes)
    settings = Settings(timezone=config.timezone, windows=windows, reminds_at=said.at, afternoon=said.afternoon)
    return calendar_of(found, settings)
