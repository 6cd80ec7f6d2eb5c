"""Which surveys are published, and how much each version is answered."""

from __future__ import annotations

from sqlalchemy import insert

from reports.versions import PublishedVersion, published, what_changed
from storage.tables import session
from surveys.comparing import compare
from tests.reports.office import BEGUN, Office
from tests.surveys.forms import survey_of

FORM = """
| survey | | | | |
| | type | name | label | relevant |
| | select_one warna | warna | Warna? | |
| | text | usul | Usul? | {} |
{}

| choices | | | |
| | list_name | name | label |
| | warna | merah | Merah |
| | warna | {} | Hijau |

| settings | | |
| | form_title | form_id |
| | Warna | warna |
"""
FIRST = FORM.format("", "", "hijau")
SECOND = FORM.format("${warna} = 'merah'", "| | integer | umur | Umur? | |", "hijau_tua")


async def test_responses_and_sessions_are_counted(office: Office) -> None:
    first = await office.publish(FIRST)
    for number in range(3):
        await office.respond(first, {"usul": "a"}, response_id=number + 1)
    await office.respond(first, {"usul": "a"}, response_id=4, test=True)
    await office.respond(first, {"usul": "a"}, response_id=5, state="open")
    second = await office.publish(SECOND, 2)
    row = {"id": 1, "respondent_id": office.respondents[0], "survey_id": first, "response_id": 5, "state": b"x"}
    row |= {"doing": "asking", "touched_at": BEGUN, "expires_at": BEGUN}
    async with office.database.write() as transaction:
        await transaction.run(insert(session), [row])
    async with office.database.read() as transaction:
        found = await published(transaction)
        other = await published(transaction, "lain")
    assert other == ()
    assert found == (
        PublishedVersion(survey=office.surveys[first], closed=False, published_at=BEGUN, complete=3, answering=1),
        PublishedVersion(survey=office.surveys[second], closed=False, published_at=BEGUN, complete=0, answering=0),
    )


def test_changes_are_put_into_words() -> None:
    compared = compare(survey_of(FIRST), survey_of(SECOND)).questions
    assert {one.name: what_changed(one, str) for one in compared} == {
        "warna": "choices added: hijau_tua; choices gone: hijau",
        "usul": "asked under another condition",
        "umur": "new",
    }
    back = compare(survey_of(SECOND), survey_of(FIRST)).questions
    assert what_changed(back[-1], str) == "no longer asked"
    assert [what_changed(one, str) for one in compare(survey_of(FIRST), survey_of(FIRST)).questions] == ["", ""]
