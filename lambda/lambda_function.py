"""The entry of the skill on AWS Lambda."""

from __future__ import annotations

from typing import Any

from skill.assistant import answer, create_skill
from skill.settings import Settings

skill = create_skill(Settings.from_environment())


def lambda_handler(event: Any, context: Any) -> dict[str, Any]:
    """The response envelope for a request envelope; raises EnvelopeError for anything else."""
    return answer(skill, event, context)
