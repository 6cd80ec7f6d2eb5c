"""Errors of the store: what could not be kept or found.

StorageError
├── Missing      the row that was asked for does not exist
├── Duplicate    a row with that name or number exists already
├── Busy         somebody else holds the lock; try again
├── Unavailable  the database cannot be reached, or cannot write
├── Full         the disk, or the database's share of it, has no room left: nothing was kept
├── Sealed       an encrypted value cannot be read: the key file is another one, or the value was tampered with
└── InUse        another instance works on this data folder
"""

from __future__ import annotations


class StorageError(Exception):
    """The store could not do it."""


class Missing(StorageError):
    """There is no such row."""


class Duplicate(StorageError):
    """It exists already."""


class Busy(StorageError):
    """Somebody else is writing; try again."""


class Unavailable(StorageError):
    """The database cannot be reached, or cannot write."""


class Full(StorageError):
    """The disk is full: make room, then it goes on by itself."""


class Sealed(StorageError):
    """This value cannot be read with the keys at hand; restore the key file that belongs to this database."""


class InUse(StorageError):
    """Another instance works on this data folder; stop it first, or choose another folder."""
