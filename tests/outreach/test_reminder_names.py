"""Every rule that serves a training has a name, and those with days say from when they count."""

from __future__ import annotations

from outreach.reminder_names import WORDED, counted_from, rule_names
from outreach.reminders import RULES, rule

OF_SURVEYS = {"survey_closing", "unfinished_survey"}


def test_every_rule_of_trainings_has_a_name() -> None:
    assert set(rule_names(str)) == set(RULES) - OF_SURVEYS
    assert set(counted_from(str)) == {name for name in rule_names(str) if rule(name).OFFSETS}
    assert set(WORDED) <= set(rule_names(str))
