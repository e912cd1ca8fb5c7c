"""What the skill uses of the platform: the manifest asks for this and for nothing else."""

from __future__ import annotations

import re

from skill.handlers.capability import ROUTES, modules
from skill.services import REMINDERS_SCOPE, TIMERS_SCOPE

PERMISSIONS = (REMINDERS_SCOPE, TIMERS_SCOPE)
"""What a person is asked to allow."""

INTERFACES = ("ALEXA_PRESENTATION_APL", "AUDIO_PLAYER")
"""Those whose directives the skill gives; it handles more than they bring, as a device may send anything."""

SKILL_EVENT = "AlexaSkillEvent."
"""Begins the types of requests that tell what happens to the skill as a whole."""

_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def handled() -> frozenset[str]:
    """Every intent and type of request that a handler is there for."""
    return frozenset(modules(ROUTES))


def events() -> list[str]:
    """The skill events that are handled, as a subscription names them: SkillDisabled is SKILL_DISABLED."""
    names = [name.removeprefix(SKILL_EVENT) for name in handled() if name.startswith(SKILL_EVENT)]
    return sorted(_INNER_CAPITAL.sub("_", name).upper() for name in names)
