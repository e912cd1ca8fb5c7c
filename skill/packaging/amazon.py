"""What Amazon knows and takes, as its documentation has it."""

from __future__ import annotations

from typing import Final

BUILT_IN: Final = "AMAZON."
"""Begins the names of all that is Amazon's own."""

MOST_BYTES, MOST_INTENTS, MOST_INTENTS_AND_TYPES, LONGEST_PHRASE = 1_500_000, 250, 350, 140
"""Of an interaction model, and characters of a value in it."""

SHORTEST_NAME, LONGEST_NAME, LONGEST_SUMMARY, LONGEST_TEXT = 2, 50, 160, 4000
"""Characters of what the store shows, the last of a description and of the instructions for testers."""

EXAMPLES, MOST_KEYWORDS = 3, 30
"""Phrases on the skill's page, and words that it is found by."""

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

WAKE_WORDS = {"alexa", "amazon", "echo", "computer", "ziggy"}
LAUNCH_WORDS = {"ask", "begin", "enable", "launch", "load", "open", "play", "run", "start", "tell", "use"}
CONNECTORS = {"about", "and", "by", "for", "from", "if", "in", "that", "to", "using", "whether", "with"}
"""Alexa takes them, at the start, for the joint between the skill's name and what is asked."""
SMALL_WORDS = {"a", "an", "the", "as", "at", "of", "off", "on", "onto", "out", "over", "up"} | CONNECTORS
PRODUCT_WORDS = {"skill", "app"}
"""What every skill is, so no name of one says it."""
