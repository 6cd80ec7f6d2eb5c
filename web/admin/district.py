"""The district's units and positions with their names, as lists to choose from.

Rule of the file: a list of the district that is missing is one sentence that says where it belongs.
"""

from __future__ import annotations

from handlers import rostering
from web.admin.call import Call
from web.problems import SaidWhy


async def units(call: Call) -> dict[str, str]:
    """Unit to its name, those that lists of employees added included. Raises SaidWhy, StorageError."""
    try:
        lists = call.house.lists()
    except (FileNotFoundError, KeyError) as error:
        words = call.say("A list of the district is missing ({name}): put it into the catalog folder.")
        raise SaidWhy(409, words.format(name=str(error).strip("'"))) from None
    async with call.house.database.read() as transaction:
        whole = await rostering.lists_with_units(transaction, lists)
    names = call.house.units()
    return {one.key: names.get(one.key, {}).get(call.language, one.label) or one.key for one in whole.units}


def positions(call: Call) -> dict[str, str]:
    """Position to its name."""
    return {key: names.get(call.language, key) for key, names in call.house.positions().items()}
