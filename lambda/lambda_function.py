"""The entry of the skill on AWS Lambda."""

from __future__ import annotations

import gc
import os
from typing import Any

from skill.assistant import answer, create_skill
from skill.settings import Settings
from skill.warming import prepare, warm

skill = create_skill(Settings.from_environment())

if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
    from snapshot_restore_py import register_before_snapshot

    register_before_snapshot(prepare, skill)
else:
    warm()

gc.freeze()
gc.enable()


def lambda_handler(event: Any, context: Any) -> dict[str, Any]:
    """The response envelope for a request envelope; raises EnvelopeError for anything else."""
    return answer(skill, event, context)
