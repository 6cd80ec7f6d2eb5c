"""Errors of the store: what could not be kept or found.

StorageError
├── Missing      the row that was asked for does not exist
├── Duplicate    a row with that name or number exists already
├── Busy         somebody else holds the lock; try again
├── Unavailable  the database cannot be reached, or cannot write
├── Full         the disk, or the database's share of it, has no room left: nothing was kept
├── Sealed       an encrypted value cannot be read: the key file is another one, or the value was tampered with
│   ├── KeyFileMissing  there are data, but no key file
│   └── KeyFileForeign  the key file belongs to other data
├── Damaged      a backup is not whole, or is none
├── Newer        a backup of a later version of the program
├── Outdated     the tables are of another version of the program
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


class Unreached(Unavailable):
    """The database cannot be reached: does its server run, and is database.url right (host, port, name, password)?"""


class Full(StorageError):
    """The disk is full: make room, then it goes on by itself."""


class Sealed(StorageError):
    """This value cannot be read with the keys at hand; restore the key file that belongs to this database."""


class KeyFileMissing(Sealed):
    """The key file suara.key is missing, and the data cannot be read without it; bring it back: `suara keys import`."""


class KeyFileForeign(Sealed):
    """The key file suara.key belongs to other data; put the one that belongs to these data in its place."""


class Damaged(StorageError):
    """This file is no whole backup: it is cut short, damaged, or of another program. Please take another one."""


class Newer(StorageError):
    """This backup was made by a newer version of the program; please restore it with that version."""


class Outdated(StorageError):
    """The tables are of another version of the program; please bring them up to date first: `suara migrate`."""


class InUse(StorageError):
    """Another instance works on this data folder; stop it first, or choose another folder."""
