"""Who works in which unit, how an employee proves to be one, and how several conversations are one person's.

Rules of the file: an employee's number, name, phone and superior are encrypted, each sealed for its own row
("employee/name/17"), with keyed hashes beside those that must be found again. Codes are kept as keyed hashes alone.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, LargeBinary, Table, Text

from storage.tables import Id, Instant, metadata

org_unit = Table(
    "org_unit",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),  # as in the district's lists: kel_nbd
    Column("parent", Text, nullable=False, server_default=""),  # "" at the top
    Column("label", Text, nullable=False),
    sqlite_with_rowid=False,
)

employee = Table(
    "employee",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # random
    Column("lookup", LargeBinary(16), nullable=False, unique=True),  # keyed hash of the number
    Column("number", LargeBinary, nullable=False),  # encrypted, as the next two
    Column("name", LargeBinary, nullable=False),
    Column("phone", LargeBinary),
    Column("phone_lookup", LargeBinary(16)),  # keyed hash; NULL where several share the phone: it proves nothing
    Column("superior", LargeBinary),  # the superior's number, encrypted
    Column("superior_lookup", LargeBinary(16), index=True),
    Column("kind", Text, nullable=False),  # PNS | CPNS | PPPK | PPPK_PARUH_WAKTU
    Column("unit", ForeignKey("org_unit.key"), nullable=False, index=True),
    Column("position", Text, nullable=False, server_default=""),  # jabatan.csv
    Column("grade", Text, nullable=False, server_default=""),  # jenjang.csv
    Column("rank", Text, nullable=False, server_default=""),  # III/a, IX
    Column("respondent_id", ForeignKey("respondent.id", ondelete="SET NULL"), unique=True),  # who proved to be them
    Column("left_on", Date),  # no longer in the roster
)

employee_code = Table(
    "employee_code",
    metadata,
    Column("employee_id", ForeignKey("employee.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("seal", LargeBinary(16), nullable=False),  # keyed hash of the employee and the code
    Column("expires_at", Instant, nullable=False),
)

guess = Table(
    "guess",
    metadata,
    Column("lookup", LargeBinary(16), primary_key=True),  # keyed hash of the address, or of the number tried
    Column("tries", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)

joining_code = Table(
    "joining_code",
    metadata,
    Column("seal", LargeBinary(16), primary_key=True),  # keyed hash of the code
    Column("respondent_id", ForeignKey("respondent.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("channel", Text, nullable=False),  # where it was asked for
    Column("expires_at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)

profile = Table(
    "profile",
    metadata,
    Column("address_id", ForeignKey("address.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column(
        "respondent_id",
        ForeignKey("respondent.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    Column("label", LargeBinary, nullable=False),  # the name they go by, encrypted
    sqlite_with_rowid=False,
)
