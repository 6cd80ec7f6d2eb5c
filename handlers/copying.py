"""The copy that a person may take along: everything that is held about them, as JSON for machines and as a workbook.

Rule of the file: pure but for a folder that the workbook grows in; the same content in both.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from handlers.reading_back import entry_lines, read_back
from handlers.visit import PublishedSurvey
from outreach import enrolment
from outreach import tasks as task_rules
from outreach.reminding import reason_names
from reports.base import Batch, Column, Row, Sheet
from reports.render import xlsx
from storage.documents import Document
from storage.dossier import Dossier
from storage.responses import written
from storage.task_owners import Held
from surveys.engine import load_session
from surveys.session import Answer, Place
from surveys.survey import in_language

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "data-saya"
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
"""What Excel takes in no name of a sheet."""


def named(now: datetime, timezone: tzinfo) -> str:
    """How the files of a copy made now are called, without their endings."""
    return f"{NAME}-{now.astimezone(timezone):%Y-%m-%d}"


class Copy:
    """One dossier, put into words."""

    def __init__(
        self,
        held: Dossier,
        survey: Callable[[int], PublishedSurvey],
        *,
        office: str,
        language: str,
        say: Callable[[str], str],
        timezone: tzinfo,
        now: datetime,
        handed: frozenset[str] = frozenset(),
    ) -> None:
        self._held = held
        self._survey = survey
        self._office = office
        self._language = language
        self._say = say
        self._timezone = timezone
        self._now = now
        self._handed = handed
        self._names = {one.id: one.name for one in held.files}

    def documents(self) -> tuple[Document, Document]:
        """The two files."""
        name = named(self._now, self._timezone)
        return (
            Document(f"{name}.json", JSON, self._json()),
            Document(f"{name}.xlsx", XLSX, self._workbook()),
        )

    # ---- JSON ---------------------------------------------------------------------------------------

    def _json(self) -> bytes:
        held = self._held
        content: dict[str, Any] = {
            "format": "suara-data-1",
            "office": self._office,
            "made_at": self._moment(self._now),
            "you": {
                "kind": held.kind,
                "language": held.language,
                "announcements_stopped": held.opted_out,
                "known_since": held.since.isoformat(),
                "addresses": [{"channel": channel, "number": number} for channel, number in held.addresses],
                "names": list(held.names),
            },
            "agreements": [
                {
                    "purpose": one.purpose,
                    "notice_version": one.version,
                    "action": one.action,
                    "at": self._moment(one.at),
                    "channel": one.channel,
                }
                for one in held.consents
            ],
            "responses": [
                {
                    "survey": one.survey_name,
                    "version": one.version,
                    "state": one.state,
                    "started_at": self._moment(one.started_at),
                    "completed_at": self._moment(one.completed_at),
                    "confidential": one.confidential,
                    "ticket": one.ticket,
                    "occasion": one.occasion,
                    "answers": self._answers(one.survey_id, one.answers),
                }
                for one in held.responses
            ],
            "not_sent": [
                {
                    "survey": self._survey(one.survey_id).playbook.survey.name,
                    "answers": self._answers(one.survey_id, load_session(state).answers),
                }
                for one, state in held.sessions
                if one.response_id is None
            ],
            "aspirations": [
                {
                    "number": one.number,
                    "state": one.state,
                    "opened_on": one.opened_on.isoformat(),
                    "history": [
                        {"at": self._moment(at), "state": state, "note": note} for at, state, note in one.history
                    ],
                }
                for one in held.tickets
            ],
            "trainings": [
                {
                    "training": one.training.title,
                    "session": one.session.key,
                    "days": [day.date.isoformat() for day in one.session.in_order],
                    "state": one.enrolment.state,
                    "since": self._moment(one.enrolment.since),
                    "reason": one.enrolment.reason,
                }
                for one in held.enrolments
            ],
            "attendance": [
                {
                    "session": one.session,
                    "day": one.came.day.isoformat(),
                    "at": self._moment(one.came.at),
                    "how": one.came.how,
                    "late": one.came.late,
                }
                for one in held.attendance
            ],
            "learning_hours": [
                {"year": one.year, "jp": str(one.jp), "session": one.session, "evidence": one.evidence}
                for one in held.learning_hours
            ],
            "certificates": [
                {
                    "number": one.number,
                    "name": one.name,
                    "session": one.session,
                    "jp": str(one.jp),
                    "issued_on": one.issued_on.isoformat(),
                    "withdrawn_on": one.revoked_on.isoformat() if one.revoked_on else "",
                }
                for one in held.certificates
            ],
            "tasks": [
                {
                    "task": one.task.key,
                    "title": one.task.title,
                    "state": one.assignment.state,
                    "due_at": self._moment(one.assignment.due_at),
                    "handed_in": [
                        {
                            "turn": given.turn,
                            "at": self._moment(given.at),
                            "words": given.words,
                            "files": [self._names[one] for one in given.files if one in self._names],
                        }
                        for given in one.submissions
                    ],
                    "assessed": [
                        {"at": self._moment(judged.at), "levels": dict(judged.levels), "remark": judged.remark}
                        for judged in one.remarks
                    ],
                }
                for one in held.tasks
            ],
            "requests": [
                {
                    "kind": one.kind,
                    "channel": one.channel,
                    "asked_at": self._moment(one.asked_at),
                    "due_at": self._moment(one.due_at),
                    "done_at": self._moment(one.done_at),
                    "note": one.note,
                }
                for one in held.requests
            ],
            "files": [
                {
                    "name": one.name,
                    "kind": one.kind,
                    "mime": one.mime,
                    "bytes": one.size,
                    "handed_over": one.id in self._handed,
                }
                for one in held.files
            ],
            "took_part_in": [{"survey": name, "occasion": occasion} for name, occasion in held.participations],
            "employee": None if held.employee is None else asdict(held.employee),
            "reminders": [
                {
                    "rule": one.rule,
                    "due_at": self._moment(one.due_at),
                    "outcome": one.outcome,
                    "at": self._moment(one.at),
                    "button": one.answer,
                }
                for one in held.reminders
            ],
            "mentoring": [
                {"pair": one.pair, "day": one.day.isoformat(), "at": self._moment(one.at), "words": one.words}
                for one in held.meetings
            ],
        }
        return json.dumps(content, ensure_ascii=False, indent=1).encode()

    def _answers(self, survey_id: int, answers: dict[Place, Answer] | Any) -> list[dict[str, Any]]:
        playbook = self._survey(survey_id).playbook
        asked = [place for place in answers if place.name in playbook.at]
        order = {name: number for number, name in enumerate(playbook.at)}
        return [
            {
                "question": written(place),
                "value": "" if answers[place].value in answers[place].pages else answers[place].value,
                "other": answers[place].other,
                "files": [self._names[one] for one in answers[place].pages if one in self._names],
            }
            for place in sorted(asked, key=lambda one: (order[one.name], one.position))
        ]

    def _moment(self, moment: datetime | None) -> str:
        return moment.astimezone(self._timezone).isoformat(timespec="seconds") if moment else ""

    # ---- workbook -----------------------------------------------------------------------------------

    def _workbook(self) -> bytes:
        sheets, rows = zip(*self._sheets(), strict=True)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "copy.xlsx"
            with xlsx.writing(path, sheets, written=[], say=self._say) as book:
                for number, some in enumerate(rows):
                    if some:
                        book.write(Batch(number, some))
            return path.read_bytes()

    def _sheets(self) -> tuple[tuple[Sheet, list[Row]], ...]:
        _, held = self._say, self._held
        about: list[Row] = [
            (_("Office"), self._office),
            (_("Made on"), self._at(self._now)),
            (_("You write as"), held.kind),
            (_("Language"), held.language),
            (_("Announcements stopped"), _("Yes") if held.opted_out else _("No")),
            (_("Known since"), held.since),
            *((_("Address ({channel})").format(channel=channel), number) for channel, number in held.addresses),
            *((_("Name where several share a phone"), name) for name in held.names),
            *(
                (_("Took part in"), f"{name} ({occasion})" if occasion else name)
                for name, occasion in held.participations
            ),
            *(entry_lines(held.employee, _) if held.employee is not None else ()),
        ]
        agreements: list[Row] = [
            (self._at(one.at), one.purpose, one.version, one.action, one.channel) for one in held.consents
        ]
        answers: list[Row] = []
        for response in held.responses:
            answers += self._lines(
                response.survey_id, response.answers, self._at(response.completed_at), response.ticket
            )
        for one, state in held.sessions:
            if one.response_id is None:
                answers += self._lines(one.survey_id, load_session(state).answers, None, _("(not sent)"))
        kinds = {"image": _("photo"), "audio": _("recording"), "video": _("video"), "file": _("document")}
        outcomes = {**reason_names(_), "sent": _("sent"), "put_off": _("put off to a later time")}
        aspirations: list[Row] = [
            (one.number, self._at(at), state, note)
            for one in held.tickets
            for at, state, note in (one.history or ((None, one.state, ""),))
        ]
        states = enrolment.state_names(_)
        trainings: list[Row] = [
            (
                one.training.title,
                one.session.first.date,
                one.session.last.date,
                states[one.enrolment.state],
                one.enrolment.reason,
            )
            for one in held.enrolments
        ]
        learned: list[Row] = [
            *((_("Attendance"), self._at(one.came.at), one.session, None, "") for one in held.attendance),
            *(
                (_("Learning hours (JP)"), None, one.session, float(one.jp), f"{one.year} {one.evidence}".strip())
                for one in held.learning_hours
            ),
            *(
                (_("Certificate"), None, one.session, float(one.jp), f"{one.number}, {one.name}")
                for one in held.certificates
            ),
        ]
        tasks: list[Row] = [row for one in held.tasks for row in self._task(one)]
        reminded: list[Row] = [
            (self._at(one.due_at), one.rule, outcomes.get(one.outcome, one.outcome), one.answer)
            for one in held.reminders
        ]
        reminded += [(self._at(one.at), _("mentoring"), one.words or _("met"), "") for one in held.meetings]
        files: list[Row] = [
            (one.name, kinds.get(one.kind, one.kind), one.size, _("Yes") if one.id in self._handed else _("No"))
            for one in held.files
        ]
        requests: list[Row] = [
            (self._at(one.asked_at), one.kind, one.channel, self._at(one.due_at), self._at(one.done_at), one.note)
            for one in held.requests
        ]
        return (
            (_sheet(_("About you"), _("What"), _("Value")), about),
            (_sheet(_("Agreements"), _("When"), _("Purpose"), _("Version"), _("Said"), _("Channel")), agreements),
            (_sheet(_("Answers"), _("Survey"), _("Sent"), _("Ticket number"), _("Question"), _("Answer")), answers),
            (_sheet(_("Aspirations"), _("Ticket number"), _("When"), _("State"), _("Note")), aspirations),
            (_sheet(_("Trainings"), _("Training"), _("From"), _("Until"), _("State"), _("Reason")), trainings),
            (_sheet(_("Attendance and JP"), _("What"), _("When"), _("Session"), _("JP"), _("Note")), learned),
            (_sheet(_("Tasks"), _("Task"), _("When"), _("State"), _("Words"), _("Note")), tasks),
            (_sheet(_("Files"), _("File"), _("Kind"), _("Bytes"), _("Handed over with this copy")), files),
            (_sheet(_("Reminders"), _("When"), _("What"), _("State"), _("Button")), reminded),
            (_sheet(_("Requests"), _("When"), _("What"), _("Channel"), _("Due"), _("Done"), _("Note")), requests),
        )

    def _task(self, one: Held) -> list[Row]:
        """A task, each turn of it, and what was said of that."""
        names = task_rules.state_names(self._say)
        rows: list[Row] = [(one.task.title, self._at(one.assignment.since), names[one.assignment.state], "", "")]
        for given in one.submissions:
            told = [judged for judged in one.remarks if judged.submission_id == given.id]
            levels = "; ".join(" ".join(map(str, judged.levels.values())) for judged in told)
            remarks = "; ".join(part for part in (levels, *(judged.remark for judged in told)) if part)
            rows.append((one.task.title, self._at(given.at), names["handed_in"], given.words, remarks))
        return rows

    def _lines(self, survey_id: int, answers: Any, sent: datetime | None, number: str) -> list[Row]:
        playbook = self._survey(survey_id).playbook
        title = in_language(playbook.title, self._language)
        return [
            (title, sent, number, question, shown)
            for question, shown in read_back(playbook, answers, self._language, self._say, self._names)
        ]

    def _at(self, moment: datetime | None) -> datetime | None:
        return moment.astimezone(self._timezone).replace(tzinfo=None) if moment else None


def _sheet(name: str, *headings: str) -> Sheet:
    return Sheet(_NO_TITLE.sub("-", name), tuple(Column(heading=heading, width=24, wrap=True) for heading in headings))
