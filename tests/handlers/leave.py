"""Timers and reminders that are asked for, and services that answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ask_sdk_model.services import ApiClient, ApiClientRequest, ApiClientResponse

from skill.services import REMINDERS_SCOPE, TIMERS_SCOPE
from tests.conftest import Envelope
from tests.handlers.asking import asked

BATH_IS_OUT: dict[str, Any] = {"withheld": ["calf_massage", "foot_bath"]}
SCOPES = {"timer": TIMERS_SCOPE, "reminder": REMINDERS_SCOPE}
QUESTIONS = {"timer": {"asked": "timer"}, "reminder": {"asked": "remind:21:30"}}

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


class Answering(ApiClient):
    """A service that answers all requests alike."""

    def __init__(self, status: int, body: str = "{}") -> None:
        self.answer = ApiClientResponse(status_code=status, body=body)
        self.requests: list[ApiClientRequest] = []

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Answer, and remember the request."""
        self.requests.append(request)
        return self.answer


def yes(kind: str, state: Mapping[str, Any] | None = None) -> Envelope:
    """A yes to whether to set one."""
    return asked("AMAZON.YesIntent", {**QUESTIONS[kind], **(state or {})})
