"""What talks to the door as the page does, and makes sure of the shape of every answer."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from skill.web.simulator.home import Home
from skill.web.simulator.page import add_page

TURN = {
    "audio",
    "call",
    "card",
    "exchanges",
    "failure",
    "heard",
    "number",
    "reprompt",
    "reprompt_audio",
    "session",
    "speech",
    "stored",
    "urgent",
    "utterance",
}
"""The keys of a turn."""

STATE = {"device", "emergency", "in_session", "locale", "player", "screen", "suggestions", "viewport"}
"""The keys of how things stand."""


class Page:
    """What talks to the door."""

    def __init__(self, home: Home, device: str = "none", locale: str = "en-US", voice: str = "none") -> None:
        app = Flask("page", static_folder=None)
        self.door = add_page(app, home, voice=voice)
        self.client: FlaskClient = app.test_client()
        self.id: str | None = None
        self.answer = self("open", locale=locale, device=device)

    def __call__(self, act: str, **asked: Any) -> dict[str, Any]:
        """Do something; the answer."""
        response = self.client.post("/local", json={"do": act, "conversation": self.id, **asked})
        self.answer = response.get_json()
        assert response.status_code == 200, self.answer
        self.id = self.answer["conversation"]
        assert set(self.answer["state"]) == STATE
        assert all(set(turn) == TURN for turn in self.answer["turns"])
        return self.answer

    def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Say something; the turn that came of it."""
        (turn,) = self("say", text=text, **more)["turns"]
        assert isinstance(turn, dict)
        return turn

    def heard(self, stream: str, offset_ms: int, **more: Any) -> None:
        """Tell how far a stream was heard."""
        asked = {"token": stream, "offset_ms": offset_ms, **more}
        self("heard", **asked)

    @property
    def state(self) -> dict[str, Any]:
        """How things stand."""
        state: dict[str, Any] = self.answer["state"]
        return state

    def told(self) -> list[str]:
        """The requests of the last answer."""
        exchanges = [each for turn in self.answer["turns"] for each in turn["exchanges"]]
        return [each["request"]["request"]["type"].rpartition(".")[2] for each in exchanges]
