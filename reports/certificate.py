"""A certificate: what its paper says, and what the page that its QR code leads to says of it.

Rule of the file: both say the same; whoever has the code learns what is printed and whether it counts, nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from outreach.learning_hours import shown_jp
from outreach.wording import days_in_words
from reports.render.pdf import Paper
from storage import certificates, trainings
from storage.certificates import Certificate
from storage.database import Transaction
from storage.trainings import Offered
from storage.vault import Vault
from surveys.speaking import day as day_in_words

Say = Callable[[str], str]
PATH = "/sertifikat/"
"""Where the page is; the code follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the page says. ``revoked_on`` "": it counts."""

    number: str
    name: str
    title: str
    when: str
    jp: str
    issued_on: str
    revoked_on: str


async def verified(transaction: Transaction, vault: Vault, code: str, *, say: Say) -> Verified | None:
    """The certificate whose QR code says ``code``; None where there is none. Raises StorageError."""
    found = await certificates.by_code(transaction, vault, code)
    offered = await trainings.session_of(transaction, found.session) if found is not None else None
    if found is None or offered is None:
        return None
    return Verified(
        number=found.number,
        name=found.name,
        title=offered.training.title,
        when=days_in_words(offered.session.days, say),
        jp=shown_jp(found.jp, say),
        issued_on=day_in_words(found.issued_on, say),
        revoked_on=day_in_words(found.revoked_on, say) if found.revoked_on else "",
    )


async def paper(
    transaction: Transaction, vault: Vault, number: str, *, office: str, public_url: str, language: str, say: Say
) -> tuple[Certificate, Paper] | None:
    """What is printed; None where there is no such certificate, or it was withdrawn. Raises StorageError."""
    found = await certificates.by_number(transaction, vault, number)
    offered = await trainings.session_of(transaction, found.session) if found is not None else None
    if found is None or offered is None or found.revoked_on is not None:
        return None
    return found, _paper(found, offered, office=office, public_url=public_url, language=language, say=say)


def _paper(found: Certificate, offered: Offered, *, office: str, public_url: str, language: str, say: Say) -> Paper:
    _ = say
    provider = offered.training.provider.strip()
    when = days_in_words(offered.session.days, say)
    place = offered.session.place.strip()
    return Paper(
        office=office,
        language=language,
        heading=_("Certificate"),
        number=found.number,
        numbered=_("Number: {number}").format(number=found.number),
        given=_("is given to"),
        name=found.name,
        attended=_("for having taken part in"),
        title=offered.training.title,
        when=" · ".join(part for part in (when, place, provider) if part),
        hours=_("{jp} learning hours (JP)").format(jp=shown_jp(found.jp, say)),
        issued=_("Issued on {day}").format(day=day_in_words(found.issued_on, say)),
        verify=_("Scan the code to see whether this certificate counts:"),
        address=f"{public_url}{PATH}{found.code}",
    )
