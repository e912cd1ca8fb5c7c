"""What Amazon knows and takes, as its documentation has it."""

from __future__ import annotations

from typing import Final

BUILT_IN: Final = "AMAZON."
"""Begins the names of all that is Amazon's own."""

NUMBER, TIME, FREE_TEXT = f"{BUILT_IN}NUMBER", f"{BUILT_IN}TIME", f"{BUILT_IN}SearchQuery"
"""Its slot types that the skill uses."""

FEWEST_SAMPLES = 15
"""Of an intent of one's own; people put the same wish in at least so many ways."""

MOST_BYTES, MOST_INTENTS, MOST_INTENTS_AND_TYPES, LONGEST_PHRASE = 1_500_000, 250, 350, 140

REQUIRED = ("Cancel", "Help", "Stop", "NavigateHome", "Fallback", "Pause", "Resume")
"""The last two because the skill plays audio."""

KNOWN = {
    f"{BUILT_IN}{name}Intent"
    for name in (
        *REQUIRED,
        *("Yes", "No", "Repeat", "Next", "Previous", "StartOver", "LoopOn", "LoopOff", "ShuffleOn", "ShuffleOff"),
        *("Select", "SendToPhone"),
    )
}

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

WAKE_WORDS = {"alexa", "amazon", "echo", "computer", "ziggy"}
LAUNCH_WORDS = {"ask", "begin", "enable", "launch", "load", "open", "play", "run", "start", "tell", "use"}
CONNECTORS = {"about", "and", "by", "for", "from", "if", "in", "that", "to", "using", "whether", "with"}
"""Alexa takes them, at the start, for the joint between the skill's name and what is asked."""
SMALL_WORDS = {"a", "an", "the", "as", "at", "of", "off", "on", "onto", "out", "over", "up"} | CONNECTORS
