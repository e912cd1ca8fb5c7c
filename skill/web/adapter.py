"""The skill in a Flask application of one's own: flask-ask-sdk's SkillAdapter with our verification for its own.

    skill = create_skill(Settings.from_environment())
    VerifiedAdapter(skill, Verifier(), app).register(app, "/alexa")

`steady-legs serve` does without it, as it was found worse in every respect (`bench/dispatch.py`): it reads a body
before it verifies it, answers 500 to whatever is bad, takes longer for each request, and loads a dozen packages more
into a process that is open to the world. So here, too, it registers the skill and leaves the dispatch to the same door.

Its package cannot be imported where the system's OpenSSL is 3.0.10 or newer: certvalidator, which checks chains for the
SDK's verifier, imports oscrypto, whose newest release cannot read a version with two digits in it. Only there, and only
while the adapter is imported, a certvalidator without a validator stands in. The SDK's own verifier, which is not used
here, then refuses every request. Nothing that is installed is edited.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from ask_sdk_core.skill import CustomSkill
from flask import Flask, Response
from oscrypto.errors import LibraryNotFoundError

from skill.assistant import answer
from skill.web.chains import Clock
from skill.web.door import Door
from skill.web.verification import Verifier, utc_now


@contextmanager
def _no_certvalidator() -> Iterator[None]:
    """While it lasts, certvalidator's errors are to be had and its validator is none."""
    name = "certvalidator"
    stand_in: Any = ModuleType(name)
    spec = find_spec(name)
    stand_in.__path__ = spec.submodule_search_locations if spec else []
    sys.modules[name] = stand_in
    try:
        from certvalidator.errors import ValidationError

        def refuse(*_: object) -> None:
            raise ValidationError("oscrypto cannot read the version of this system's OpenSSL")

        stand_in.CertificateValidator = refuse
        yield
    finally:
        # Whoever else imports it is told what is wrong.
        del sys.modules[name]


__all__ = ["SkillAdapter", "VerifiedAdapter"]

try:
    from flask_ask_sdk.skill_adapter import SkillAdapter
except LibraryNotFoundError:
    with _no_certvalidator():
        from flask_ask_sdk.skill_adapter import SkillAdapter


class VerifiedAdapter(SkillAdapter):  # type: ignore[misc]  # its package has no types
    """Registers a skill as SkillAdapter does, under the id of the skill."""

    def __init__(
        self, skill: CustomSkill, verifier: Verifier, app: Flask | None = None, clock: Clock = utc_now
    ) -> None:
        self._door = Door(partial(answer, skill), skill.skill_id, verifier, clock)
        super().__init__(skill, skill.skill_id, app=app)

    def dispatch_request(self) -> Response:
        """Answer the request that Flask is at; raises BadRequest for one that is not Alexa's."""
        return self._door()
