"""Audio requests, which arrive whether or not a stream is playing."""

from __future__ import annotations

from skill.handlers.capability import Route
from skill.handlers.turn import Turn
from skill.reply import SILENT, Reply


def not_offered(turn: Turn) -> Reply:
    """Shuffling and looping make no sense for a routine."""
    return turn.ask(turn.say("audio.not_offered"), "carry_on" if turn.session.position else "anything")


def noted(turn: Turn) -> Reply:
    """An event of a player that has nothing of ours to play."""
    return SILENT


ROUTES: dict[str, Route] = {
    **dict.fromkeys(
        ("AMAZON.LoopOffIntent", "AMAZON.LoopOnIntent", "AMAZON.ShuffleOffIntent", "AMAZON.ShuffleOnIntent"),
        not_offered,
    ),
    **dict.fromkeys(
        (
            "AudioPlayer.PlaybackFailed",
            "AudioPlayer.PlaybackFinished",
            "AudioPlayer.PlaybackNearlyFinished",
            "AudioPlayer.PlaybackStarted",
            "AudioPlayer.PlaybackStopped",
            "PlaybackController.NextCommandIssued",
            "PlaybackController.PauseCommandIssued",
            "PlaybackController.PlayCommandIssued",
            "PlaybackController.PreviousCommandIssued",
        ),
        noted,
    ),
}
