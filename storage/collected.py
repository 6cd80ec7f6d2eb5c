"""What one batch has collected so far, row by row, before it is written at once.

Rule of the file: rows by key, so that what is said twice about one row is written once and the last word counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from storage import deliveries


@dataclass(slots=True)
class Collected:
    """Rows by key, as they will be written."""

    respondents: dict[int, dict[str, Any]] = field(default_factory=dict)
    addresses: dict[int, dict[str, Any]] = field(default_factory=dict)
    responses: dict[int, dict[str, Any]] = field(default_factory=dict)
    response_ends: dict[int, dict[str, Any]] = field(default_factory=dict)
    confidential: dict[int, bool] = field(default_factory=dict)
    dropped_responses: set[int] = field(default_factory=set)
    answers: dict[tuple[int, str], dict[str, Any] | None] = field(default_factory=dict)
    new_sessions: dict[int, dict[str, Any]] = field(default_factory=dict)
    sessions: dict[int, dict[str, Any]] = field(default_factory=dict)
    over_sessions: dict[int, Collection[str]] = field(default_factory=dict)
    dropped_files: set[str] = field(default_factory=set)
    pending: list[dict[str, Any]] = field(default_factory=list)
    participations: set[tuple[int, str]] = field(default_factory=set)
    media: list[dict[str, Any]] = field(default_factory=list)
    tickets: list[dict[str, Any]] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)
    dues: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    incidents: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[deliveries.Draft] = field(default_factory=list)
    marks: list[deliveries.Mark] = field(default_factory=list)

    def forget_responses(self) -> None:
        """What was collected for responses that are dropped is not written."""
        gone = self.dropped_responses
        self.answers = {key: row for key, row in self.answers.items() if key[0] not in gone}
        self.response_ends = {key: row for key, row in self.response_ends.items() if key not in gone}
        self.confidential = {key: kept for key, kept in self.confidential.items() if key not in gone}
        never_stored = gone & self.responses.keys()
        for response_id in never_stored:
            del self.responses[response_id]
        gone -= never_stored
