"""Errors of the use-cases: a sentence for the admin or the respondent.

HandlerError
├── NotAllowed   this person may not do that
├── NotFound     there is no such thing
└── Conflict     it cannot be done as things stand
"""

from __future__ import annotations


class HandlerError(Exception):
    """It could not be done."""


class NotAllowed(HandlerError):
    """That is not open to you."""


class NotFound(HandlerError):
    """There is no such thing."""


class Conflict(HandlerError):
    """It cannot be done as things stand."""
