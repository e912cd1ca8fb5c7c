"""Words come one after the other, each as long as its voice takes, with the silences between."""

from __future__ import annotations

import pytest

from skill.speaker.timeline import Moment, timeline


def test_words_silences_and_recordings() -> None:
    """Breaks and recordings take their time, and markup inside words does not part them."""
    ssml = (
        '<speak>Call <say-as interpret-as="digits">911</say-as> now.<break time="1s"/><break time="250ms"/>one'
        '<audio src="https://example.org/a.mp3"/>two<break/></speak>'
    )
    moments = timeline(ssml, lambda words: 100.0 * len(words.split()), lambda url: 5000.0 if url else 0.0)
    assert moments == [
        Moment(0, 300, "Call 911 now."),
        Moment(1550, 1650, "one"),
        Moment(6650, 6750, "two"),
    ]


def test_malformed_is_refused() -> None:
    """What no device would say has no moments."""
    with pytest.raises(ValueError, match="well-formed"):
        timeline("<speak>one", lambda words: 0, lambda url: 0)
