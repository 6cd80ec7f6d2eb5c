"""How a number of people is shown to an admin: small ones are not, unless they may see the names anyway.

Source: fewer than five people can often be told by those who know the office (docs/privasi-anonim.md).
"""

from __future__ import annotations

from web.admin.call import Call

FEWEST = 5


def shown(count: int, call: Call) -> str:
    """The number, or that there are fewer than five."""
    if 0 < count < FEWEST and not call.may("identities.open"):
        return f"< {FEWEST}"
    return str(count)
