"""A message that waits comes back as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
from hypothesis import given
from hypothesis import strategies as st

from storage.outgoing_notation import dump, load
from surveys.messages import Button, Outgoing

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
buttons = st.builds(Button, label=words, data=words, url=words, ask=st.sampled_from(["", "location", "contact"]))
outgoings = st.builds(
    Outgoing,
    text=words,
    rows=st.lists(st.lists(buttons, max_size=3).map(tuple), max_size=3).map(tuple),
    keyboard=st.sampled_from(["keep", "remove"]),
    placeholder=words,
    media=st.lists(st.tuples(st.sampled_from(["image", "audio"]), words), max_size=2).map(tuple),
    edits=words,
    acknowledges=words,
    secret=st.booleans(),
    tag=words,
    erases_since=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(outgoings)
def test_a_message_comes_back_as_it_was(outgoing: Outgoing) -> None:
    assert load(dump(outgoing)) == outgoing


def test_what_an_older_version_wrote_is_read() -> None:
    assert load(orjson.dumps(["halo", [["ya"]], "remove", "", [], "", "", False, "q"])) == Outgoing(
        text="halo", rows=((Button("ya"),),), tag="q"
    )
    assert load(dump(Outgoing(text="x", erases_since=datetime(2026, 1, 1, tzinfo=UTC)))).erases_since == datetime(
        2026, 1, 1, tzinfo=UTC
    )
