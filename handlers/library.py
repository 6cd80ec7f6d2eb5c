"""The published surveys at hand: read once a version, since a version never changes.

Which version is the newest is looked up again every few seconds, and at once after publishing here. Rule of the file:
it only remembers; publishing stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson

from handlers.visit import PublishedSurvey
from storage import surveys as stored
from storage.database import Transaction
from storage.surveys import SurveyVersion
from surveys import notation
from surveys.engine import compile_survey

FRESH = 2.0
"""Seconds for which the list of versions is believed."""


class Library:
    """``handlers.visit.Surveys``, filled from the database."""

    def __init__(self) -> None:
        self._by_id: dict[int, PublishedSurvey] = {}
        self._newest: Mapping[str, PublishedSurvey] = {}
        self._listed: tuple[SurveyVersion, ...] | None = None
        self._read_at: float | None = None

    def by_id(self, survey_id: int) -> PublishedSurvey:
        """Raises KeyError."""
        return self._by_id[survey_id]

    def newest(self) -> Mapping[str, PublishedSurvey]:
        """The newest version of each survey by name."""
        return self._newest

    def sealed(self) -> Mapping[int, frozenset[str]]:
        """By survey id: the questions whose words are stored encrypted."""
        return {survey_id: one.playbook.sealed for survey_id, one in self._by_id.items()}

    def stale(self, monotonic: float) -> bool:
        """Whether the list of versions is to be looked up again. ``monotonic``: seconds of a clock that never goes
        back."""
        return self._read_at is None or monotonic - self._read_at >= FRESH

    def outdated(self) -> None:
        """A version was published or closed just now."""
        self._read_at = None

    async def refresh(self, transaction: Transaction, monotonic: float) -> None:
        """Look up which versions there are; read the newest ones that are not known. Raises StorageError,
        SurveyError."""
        listed = await stored.listed(transaction)
        self._read_at = monotonic
        if listed == self._listed:
            return
        last = {version.name: version for version in listed}  # ordered by version: the last one stays
        closed = {version.id: version.state == "closed" for version in listed}
        await self.ensure(transaction, {version.id for version in last.values()})
        for survey_id, published in self._by_id.items():
            if published.closed != closed.get(survey_id, True):
                self._by_id[survey_id] = PublishedSurvey(survey_id, published.playbook, closed.get(survey_id, True))
        self._newest = {name: self._by_id[version.id] for name, version in last.items()}
        self._listed = listed

    async def ensure(self, transaction: Transaction, ids: Iterable[int]) -> None:
        """Read these versions if they are not known. Raises StorageError, SurveyError."""
        missing = [survey_id for survey_id in ids if survey_id not in self._by_id]
        if not missing:
            return
        for survey_id, data in (await stored.notations(transaction, missing)).items():
            self._by_id[survey_id] = PublishedSurvey(survey_id, compile_survey(notation.load(orjson.loads(data))))
