"""What Amazon's own intents understand, and how many ways of saying the same an intent of one's own should have."""

from __future__ import annotations

FEWEST_SAMPLES = 15
"""Of an intent of one's own; people put the same wish in at least so many ways."""

BUILT_IN_WORDS = {
    "Cancel": ("cancel", "never mind", "forget it"),
    "Help": ("help", "help me", "can you help me"),
    "Next": ("next", "skip", "skip forward"),
    "No": ("no", "no thanks"),
    "Pause": ("pause", "pause that"),
    "Previous": ("previous", "go back", "skip back"),
    "Repeat": ("repeat", "say that again", "repeat that"),
    "Resume": ("resume", "continue", "keep going"),
    "StartOver": ("start over", "restart", "start again"),
    "Stop": ("stop", "off", "shut up"),
    "Yes": ("yes", "yes please", "sure"),
}
"""What Amazon says that its intents understand without samples."""

CLAIMED = {"skip": "SkipIntent"}
"""Amazon's words that an intent here wants for itself: to skip is to leave an exercise out, next is the next set."""
