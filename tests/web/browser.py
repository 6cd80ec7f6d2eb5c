"""A browser without JavaScript: reads pages, keeps cookies, sends the forms it was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
from starlette.types import ASGIApp


@dataclass(slots=True)
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """(label, name, value)."""


@dataclass(slots=True)
class Bubble:
    number: int
    theirs: bool
    text: str = ""


class Page(HTMLParser):
    """What a page says: its bubbles, forms and everything that is text."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.status = response.status_code
        self.headers = response.headers
        self.html = response.text
        self.forms: list[Form] = []
        self.bubbles: list[Bubble] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._button: list[str] | None = None
        self._button_of: tuple[str, str] = ("", "")
        self._in = ""
        self.feed(response.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._form = Form(given.get("action", ""))
                self.forms.append(self._form)
            case "input" | "textarea" if self._form is not None and given.get("type") != "file":
                self._form.fields[given["name"]] = given.get("value", "")
            case "button":
                self._button = []
                self._button_of = (given.get("name", ""), given.get("value", ""))
            case "div" if "data-number" in given:
                self.bubbles.append(Bubble(int(given["data-number"]), "theirs" in given["class"].split()))
            case "p" if given.get("class") == "said":
                self._in = "said"

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._form = None
            case "button":
                if self._form is not None and self._button is not None:
                    self._form.buttons.append(("".join(self._button).strip(), *self._button_of))
                self._button = None
            case "p":
                self._in = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._button is not None:
            self._button.append(data)
        if self._in == "said":
            self.bubbles[-1].text += data

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def talk(self) -> list[tuple[str, str]]:
        """(">" or "<", text) of each bubble."""
        return [(">" if bubble.theirs else "<", bubble.text) for bubble in self.bubbles]

    @property
    def buttons(self) -> list[str]:
        """Labels of all buttons but the one beside the message field."""
        return [label for form in self.forms if "text" not in form.fields for label, _name, _value in form.buttons]

    @property
    def answers(self) -> list[str]:
        """Labels of what may be answered with now: in bubbles and below them."""
        return [
            label
            for form in self.forms
            if form.action == "/chat" and "text" not in form.fields
            for label, _name, _value in form.buttons
        ]

    def form(self, label: str) -> tuple[Form, dict[str, str]]:
        """The form that holds the button, and the fields it sends."""
        for form in self.forms:
            for found, name, value in form.buttons:
                if found == label:
                    return form, {**form.fields, **({name: value} if name else {})}
        raise AssertionError(f"no button {label!r} among {self.buttons}")


class Browser:
    """One visitor."""

    def __init__(self, app: ASGIApp | None, *, base: str = "http://alak.test", address: str = "10.0.0.1") -> None:
        """``app`` None: a real server at ``base``."""
        transport = httpx.ASGITransport(app, client=(address, 1)) if app is not None else None
        self.client = httpx.AsyncClient(transport=transport, base_url=base, follow_redirects=True, timeout=30)

    async def open(self, path: str, **headers: str) -> Page:
        return Page(await self.client.get(path, headers=headers))

    async def press(self, page: Page, label: str, **more: str) -> Page:
        """Press a button of the page."""
        form, fields = page.form(label)
        return await self.post(form.action, {**fields, **more})

    async def write(self, page: Page, text: str, files: Any = None) -> Page:
        """Write into the message field and send."""
        form = next(form for form in page.forms if "text" in form.fields)
        return await self.post(form.action, {**form.fields, "text": text}, files=files)

    async def post(self, path: str, fields: dict[str, str], *, files: Any = None, **headers: str) -> Page:
        origin = str(self.client.base_url).rstrip("/")
        given = {"origin": origin, **headers}
        return Page(await self.client.post(path, data=fields, files=files, headers=given))

    async def post_json(self, path: str, fields: dict[str, str], *, files: Any = None) -> httpx.Response:
        """As the page's script sends it."""
        origin = str(self.client.base_url).rstrip("/")
        headers = {"origin": origin, "accept": "application/json"}
        return await self.client.post(path, data=fields, files=files, headers=headers)
