"""What the competences are called: as the survey of needs calls them, in somebody's language.

Rule of the file: the newest version speaks; a competence that it does not name keeps its key.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from storage import surveys
from storage.database import Transaction
from surveys import notation
from surveys.survey import in_language

NEEDS = "tna_asn"
"""The survey that asks what people need to learn."""
COMPETENCES = "top3"
"""Its question whose choices are the competences."""


async def competence_names(transaction: Transaction, language: str) -> Mapping[str, str]:
    """Key to name, in the survey's order; nothing where it is not published. Raises StorageError."""
    versions = [one for one in await surveys.listed(transaction) if one.name == NEEDS]
    if not versions:
        return {}
    newest = max(versions, key=lambda one: one.version).id
    form = notation.load(orjson.loads((await surveys.notations(transaction, [newest]))[newest]))
    asked = next((question for question in form.questions() if question.name == COMPETENCES), None)
    if asked is None:
        return {}
    choices = asked.choices or form.tables.get(asked.list_name, ())
    return {one.name: in_language(one.label, language) or one.name for one in choices}
