"""What a screen shows: documents, the words of a language on them, and what is going on. No request is known here."""

from __future__ import annotations

SET_OVER = "set over"
"""The first argument of the event that tells that a set was spoken to its end; what the set is called follows."""
