from __future__ import annotations

import pytest

from bot.channels import channels
from bot.channels.base import Capabilities, SendError


def test_every_channel_states_what_it_can_show() -> None:
    assert "telegram" in channels
    assert {name: type(channels[name].CAPABILITIES) for name in channels} == dict.fromkeys(channels, Capabilities)


@pytest.mark.parametrize(
    ("given", "flags"),
    [
        ({}, (False, False, False)),
        ({"permanent": True}, (True, False, False)),
        ({"address_gone": True}, (True, True, False)),
        ({"stopped": True}, (True, True, True)),
        ({"ambiguous": True}, (False, False, False)),
        ({"retry_after": 3.0}, (False, False, False)),
    ],
)
def test_who_is_gone_is_gone_for_good(given: dict[str, bool], flags: tuple[bool, bool, bool]) -> None:
    error = SendError(**given)  # type: ignore[arg-type]
    assert (error.permanent, error.address_gone, error.stopped) == flags
    assert str(error) == "The message did not arrive, or nobody knows whether it did."
