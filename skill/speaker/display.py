"""What a device's screen shows: the document that was sent last, and what it has been told to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from skill.speaker.response_rules import directives


@dataclass(frozen=True, slots=True)
class Shown:
    """A document on the screen."""

    number: int
    """The how-manieth it is; the same document sent again has another number."""
    token: str
    """The skill's name for it; empty where it has none."""
    document: Mapping[str, Any]
    """How it looks."""
    datasources: Mapping[str, Any]
    """What it tells."""


@dataclass(slots=True)
class Display:
    """A screen that shows nothing at first."""

    shown: Shown | None = None
    """What it shows."""
    commands: list[Mapping[str, Any]] = field(default_factory=list)
    """What the last answer told the document to do, in order; empty once it is taken."""
    _number: int = field(default=0, init=False)

    def follow(self, response: Mapping[str, Any], *, stays: bool) -> None:
        """Do as an answer says; without a new document the old one is left only where it `stays`."""
        self.commands = []
        rendered = False
        for directive in directives(response.get("response")):
            match directive.get("type"):
                case "Alexa.Presentation.APL.RenderDocument":
                    rendered |= self._render(directive)
                case "Alexa.Presentation.APL.ExecuteCommands":
                    self._execute(directive)
        if not (stays or rendered):
            self.clear()

    def taken(self) -> list[Mapping[str, Any]]:
        """What the document was told to do, to be done now and not again."""
        commands, self.commands = self.commands, []
        return commands

    def clear(self) -> None:
        """Show nothing."""
        self.shown, self.commands = None, []

    def _render(self, directive: Mapping[str, Any]) -> bool:
        """Show a document; False for one that is none."""
        document, sources = directive.get("document"), directive.get("datasources")
        if not isinstance(document, dict):
            return False
        self._number += 1
        token = directive.get("token")
        token = token if isinstance(token, str) else ""
        self.shown = Shown(self._number, token, document, sources if isinstance(sources, dict) else {})
        self.commands = []
        return True

    def _execute(self, directive: Mapping[str, Any]) -> None:
        """Have the document do something; commands for another document are dropped."""
        commands = directive.get("commands")
        if self.shown and directive.get("token") == self.shown.token and isinstance(commands, list):
            self.commands += [each for each in commands if isinstance(each, dict)]
