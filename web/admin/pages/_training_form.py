"""The form of a training: what stands in its fields, and the training that they mean.

Rule of the file: what cannot be read is one sentence; whether the training is all right is judged by
``handlers.training_office``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import FormData

from outreach import typed
from outreach.reminder_names import WORDED, counted_from, rule_names
from outreach.reminders import rule
from outreach.training import FORMS, ReminderSettings, Say, Training, form_names
from outreach.training_words import hours_number

PLAIN = ("title", "provider", "description")
SPLIT = {"skills": "\n", "attachments": "\n"}
CHOSEN = ("competences", "units", "positions")
FIELDS = 400
"""How many a form has at most: a box for each unit, position and competence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """One rule in the form. ``offsets`` None: it has no days; ``words`` None: it says no sentence of the training's."""

    key: str
    name: str
    on: bool
    offsets: str | None
    counted: str
    words: str | None


def filled(training: Training, say: Say) -> dict[str, object]:
    """What stands in the fields for it."""
    return {
        **{name: getattr(training, name) for name in PLAIN},
        **{name: sign.join(getattr(training, name)) for name, sign in SPLIT.items()},
        **{name: frozenset(getattr(training, name)) for name in CHOSEN},
        "form": training.form,
        "jp": hours_number(training.jp),
        "reminders": reminding(training.reminders, say),
    }


def typed_again(fields: FormData, say: Say) -> dict[str, object]:
    """What was typed, for a form that is shown once more."""
    names = rule_names(say)

    def text(name: str) -> str:
        value = fields.get(name, "")
        return value if isinstance(value, str) else ""

    rules = [
        replace(
            one,
            on=bool(text(f"on.{one.key}")),
            offsets=None if one.offsets is None else text(f"offsets.{one.key}"),
            words=None if one.words is None else text(f"words.{one.key}"),
        )
        for one in reminding(ReminderSettings(), say)
        if one.key in names
    ]
    return {
        **{name: text(name) for name in (*PLAIN, *SPLIT, "form", "jp")},
        **{name: frozenset(str(value) for value in fields.getlist(name)) for name in CHOSEN},
        "reminders": rules,
    }


def reminding(settings: ReminderSettings, say: Say) -> list[Reminding]:
    """The rules as this training has them."""
    counted = counted_from(say)
    found = []
    for key, name in rule_names(say).items():
        usual = rule(key).OFFSETS
        days = ", ".join(map(str, settings.offsets_of(key, usual))) if usual else None
        words = settings.texts.get(key, "") if key in WORDED else None
        on = key not in settings.off
        found.append(Reminding(key=key, name=name, on=on, offsets=days, counted=counted.get(key, ""), words=words))
    return found


def meant(before: Training, fields: FormData, say: Say) -> Training:
    """``before`` as the form wants it. Raises NoNumber."""

    def text(name: str) -> str:
        value = fields.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def chosen(name: str, order: Sequence[str] = ()) -> list[str]:
        values = {value for value in fields.getlist(name) if isinstance(value, str) and value}
        return sorted(values, key=lambda one: (order.index(one) if one in order else len(order), one))

    def lines(name: str) -> tuple[str, ...]:
        return tuple(line for part in text(name).splitlines() if (line := " ".join(part.split())))

    return replace(
        before,
        title=" ".join(text("title").split()),
        form=text("form"),
        jp=typed.number(text("jp"), say),
        provider=" ".join(text("provider").split()),
        description=text("description").replace("\r\n", "\n"),
        competences=tuple(chosen("competences", before.competences)),
        skills=lines("skills"),
        attachments=lines("attachments"),
        units=frozenset(chosen("units")),
        positions=frozenset(chosen("positions")),
        reminders=_settings(before.reminders, text, say),
    )


def _settings(before: ReminderSettings, text: Say, say: Say) -> ReminderSettings:
    """What is as usual is not kept, so that it follows the rule."""
    names = rule_names(say)
    off = {key for key in names if not text(f"on.{key}")} | (before.off - set(names))
    offsets, texts = dict(before.offsets), dict(before.texts)
    for key in names:
        usual = rule(key).OFFSETS
        if usual and key not in off:
            days = typed.days(text(f"offsets.{key}"), say)
            if days == tuple(sorted(usual, reverse=True)):
                offsets.pop(key, None)
            else:
                offsets[key] = days
        if key in WORDED:
            words = " ".join(text(f"words.{key}").split())
            texts = {**{k: v for k, v in texts.items() if k != key}, **({key: words} if words else {})}
    return replace(before, off=frozenset(off), offsets=offsets, texts=texts)


def labelled(names: Mapping[str, str], there: Collection[str]) -> list[tuple[str, str]]:
    """(key, label) for the boxes: what the lists name, and what the training names beside."""
    return [*names.items(), *((key, key) for key in sorted(set(there) - set(names)))]


def forms(say: Say) -> list[tuple[str, str]]:
    """Every form of a training, as a list to choose from."""
    names = form_names(say)
    return [(one, names[one]) for one in FORMS]
