"""Trainings: the catalogue, and one training with its reminders and sessions, shown and changed.

Rule of the file: what is done stands in ``handlers.training_office``, as for the terminal and the chat; a form that
cannot be saved is shown once more as it was typed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from starlette.responses import Response

from handlers import training_lists, training_office
from handlers.errors import Conflict, HandlerError
from handlers.training_lists import Counted, InCatalogue
from outreach.training import Training, form_names
from outreach.training_words import hours_number
from outreach.typed import NoNumber
from outreach.wording import days_in_words
from storage import trainings
from storage.competences import competence_names
from storage.unit_of_work import UnitOfWork
from web.admin import district
from web.admin.call import Action, Call, View, later, refusing
from web.admin.pages import _training_form as form
from web.problems import SaidWhy

TITLE = later("Trainings")
PLACE = 24
SAID = {"saved": later("Saved."), "archived": later("It is offered no more. Sessions that are announced stay.")}
NEW = "_new"
"""In the address of the empty form: no training is called so, since their keys begin with a letter."""
KEY = re.compile(r"[a-z0-9_]{1,60}")
_BEFORE = timedelta(days=365)
"""Sessions that ended so long ago are on the pages yet."""


async def show(call: Call) -> Response:
    """The catalogue."""
    _ = call.say
    found = await _catalogue(call)
    names = form_names(_)
    return call.page(
        "trainings.html",
        rows=[(one, names.get(one.training.form, one.training.form), hours_number(one.training.jp)) for one in found],
    )


async def one(call: Call) -> Response:
    """A training with everything that is set of it."""
    _, key = call.say, call.request.path_params["key"]
    found = next((one for one in await _catalogue(call) if one.training.key == key), None)
    if found is None:
        raise SaidWhy(404, _("There is no such training."))
    training = found.training
    async with call.house.database.read() as transaction:
        competences = await competence_names(transaction, call.language)
    said = SAID.get(call.asked("said"), "")
    return call.page(
        "training.html",
        notice=_(said) if said else "",
        one=training,
        offered=found.offered,
        form=form_names(_).get(training.form, training.form),
        jp=hours_number(training.jp),
        competences=[competences.get(name, name) for name in training.competences],
        units=_labels(training.units, await district.units(call)),
        positions=_labels(training.positions, district.positions(call)),
        rules=form.reminding(training.reminders, _),
        sessions=[_session(counted, call) for counted in reversed(found.sessions)],
    )


async def edit(call: Call) -> Response:
    """The form, filled; for a new training empty."""
    key = call.request.path_params.get("key", "")
    if not key:
        return await _form(call, Training(key="", title="", form="bimtek", jp=Decimal(8)))
    return await _form(call, await known(call, key))


async def put(call: Call) -> Response:
    """What the form says is saved."""
    _, house = call.say, call.house
    before = await known(call, call.text("key")) if call.text("key") else None
    async with house.database.read() as transaction:
        taken = {one.key for one in await trainings.catalogue(transaction, archived=True)}
    units, positions = set(await district.units(call)), set(district.positions(call))
    fresh = Training(key=training_office.key_for(call.text("title"), taken), title="", form="", jp=Decimal(0))
    try:
        training = form.meant(before or fresh, call.fields, _)
        _check_files(call, training, before)
        async with house.database.write() as transaction:
            unit = UnitOfWork(transaction, house.vault, now=call.site.clock())
            await training_office.put(unit, call.actor, training, units=units, positions=positions, say=_)
            await unit.flush()
    except (HandlerError, NoNumber) as wrong:
        return await _form(call, before or fresh, bad=str(wrong))
    return call.to(f"trainings/{training.key}?said=saved")


async def archive(call: Call) -> Response:
    """It is offered no more."""
    key = (await known(call, call.text("key"))).key
    with refusing(call):
        async with call.house.database.write() as transaction:
            unit = UnitOfWork(transaction, call.house.vault, now=call.site.clock())
            await training_office.archive(unit, call.actor, key, say=call.say)
            await unit.flush()
    return call.to(f"trainings/{key}?said=archived")


async def known(call: Call, key: str) -> Training:
    """The training of that key. Raises SaidWhy where there is none."""
    found = None
    if KEY.fullmatch(key):
        async with call.house.database.read() as transaction:
            found = await trainings.one(transaction, key)
    if found is None:
        raise SaidWhy(404, call.say("There is no such training."))
    return found


async def _form(call: Call, training: Training, *, bad: str = "") -> Response:
    _ = call.say
    async with call.house.database.read() as transaction:
        there = await trainings.one(transaction, training.key)
        competences = await competence_names(transaction, call.language)
    return call.page(
        "training_form.html",
        status=422 if bad else 200,
        bad=bad,
        key="" if there is None else training.key,
        title="" if there is None else there.title,
        values=form.typed_again(call.fields, _) if bad else form.filled(training, _),
        forms=form.forms(_),
        competences=form.labelled(competences, training.competences),
        units=form.labelled(await district.units(call), training.units),
        positions=form.labelled(district.positions(call), training.positions),
    )


async def _catalogue(call: Call) -> list[InCatalogue]:
    today = _today(call)
    with refusing(call):
        async with call.house.database.read() as transaction:
            unit = UnitOfWork(transaction, call.house.vault, now=call.site.clock())
            return await training_lists.catalogue(unit, call.actor, since=today - _BEFORE, today=today)


def _session(counted: Counted, call: Call) -> tuple[Counted, str, str]:
    """With its days and its state in words."""
    _, session = call.say, counted.offered.session
    over = session.last.date < _today(call)
    state = _("called off") if session.cancelled else _("over") if over else _("to come")
    return counted, days_in_words(session.days, _), state


def _check_files(call: Call, training: Training, before: Training | None) -> None:
    """Raises Conflict where a file that is newly named is not there."""
    _, chat = call.say, call.site.chat
    folder = None if chat is None or chat.media is None else chat.media.resolve()
    before_it = frozenset(before.attachments) if before is not None else frozenset[str]()
    for file in training.attachments:
        path = None if folder is None else (folder / file).resolve()
        there = path is not None and folder is not None and path.is_relative_to(folder) and path.is_file()
        if file not in before_it and not there:
            words = _("The file {file} is missing: put it into the folder survey_media first.")
            raise Conflict(words.format(file=file))


def _labels(keys: frozenset[str], names: dict[str, str]) -> list[str]:
    return sorted(names.get(key, key) for key in keys)


def _today(call: Call) -> date:
    return call.site.clock().astimezone(call.site.timezone).date()


VIEWS = (
    View("", "trainings.see", show),
    View(f"/{NEW}", "trainings.change", edit),
    View("/{key}", "trainings.see", one),
    View("/{key}/ubah", "trainings.change", edit),
)
ACTIONS = (
    Action("/put", "trainings.change", put, fields=form.FIELDS),
    Action("/archive", "trainings.change", archive),
)
