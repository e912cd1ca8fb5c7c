"""The player: recordings really play, their count is seen as it is heard, and the skill hears of all that is done."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visitor import NEAR_MS, Visitor


def stream(visitor: Visitor) -> dict[str, Any]:
    """The player as the speaker told of it last."""
    player: dict[str, Any] = visitor.state["player"]
    return player


def moments(visitor: Visitor) -> dict[int, int]:
    """When each count is heard, in milliseconds of the recording."""
    return {count: ms for ms, count in stream(visitor)["cues"]}


@pytest.fixture
def playing(visitor: Visitor) -> Visitor:
    """Someone for whom the player plays a routine, once it was said how."""
    visitor.say("play the knee rotations")
    visitor.wait_until_seen("playing", audio="answer")
    visitor.hear_out()
    visitor.wait_until_seen("playing", audio="stream")
    visitor.wait_until_told("PlaybackStarted")
    return visitor


def test_waits_for_its_words(visitor: Visitor) -> None:
    """A recording is not heard before it was said what is to come, and then it really is."""
    visitor.say("play the knee rotations")
    visitor.wait_for_sound("answer")
    assert not visitor.sounds("stream")
    visitor.hear_out()
    visitor.wait_for_sound("stream")


def test_counts_with_the_recording(playing: Visitor) -> None:
    """Every count is seen when it is heard, also elsewhere in the recording, and what plays is named."""
    known, before = moments(playing), playing.now()
    playing.seek(known[3] - 500)
    playing.wait_until_told("PlaybackStarted", "PlaybackStopped", "PlaybackStarted")
    playing.see_counted(range(3, 6), known, after=before)
    expect(playing.page.get_by_role("region", name="Counting")).to_contain_text("5 of 10")
    expect(playing.page.get_by_role("region", name="Player")).to_contain_text("nee rotations")


def test_pauses_and_goes_on(playing: Visitor) -> None:
    """The skill is told where it really stopped, and goes on from there: three counts earlier, and none is lost."""
    page, known, before = playing.page, moments(playing), playing.now()
    playing.seek(known[7] - 200)
    playing.wait_until_seen("count", after=before, text="8")
    page.get_by_role("button", name="Pause", exact=True).click()
    pressed = playing.turn("press", 0)["exchanges"][0]["request"]
    stopped = page.locator("#stream").evaluate("audio => audio.currentTime * 1000")
    assert abs(pressed["context"]["AudioPlayer"]["offsetInMilliseconds"] - stopped) <= NEAR_MS
    playing.wait_until_told("PlaybackStopped")
    assert not playing.sounds("stream")
    expect(page.locator("#count")).to_have_text("8")
    again = playing.now()
    page.get_by_role("button", name="Play", exact=True).click()
    playing.turn("press", 1)
    # Seven are done by the beat of the eighth; the fifth is the first one of those that are done again.
    resumed = playing.wait_until_seen("playing", after=again, audio="stream")["ms"]
    assert known[5] - 300 - NEAR_MS <= stream(playing)["offset_ms"] <= known[5]
    assert resumed <= known[5]
    playing.wait_until_seen("count", after=again, text="5")


def test_goes_to_the_next(playing: Visitor) -> None:
    """At its end a recording is followed by the next, and the skill hears of all of it."""
    first = stream(playing)
    playing.seek(first["length_ms"] - 1500)
    playing.wait_until_seen("ended", audio="stream")
    playing.wait_until_told("PlaybackStarted", "PlaybackNearlyFinished", "PlaybackFinished", "PlaybackStarted")
    assert stream(playing)["token"] != first["token"]
    playing.wait_for_sound("stream")


def test_makes_room_for_words(playing: Visitor) -> None:
    """While somebody speaks and is answered the recording is still, and then it goes on from where it was."""
    turn = playing.say("how many are left")
    assert not playing.sounds("stream")
    stopped = next(
        each["request"]["request"]["offsetInMilliseconds"]
        for each in turn["exchanges"]
        if each["request"]["request"]["type"] == "AudioPlayer.PlaybackStopped"
    )
    playing.hear_out()
    playing.wait_until_told("PlaybackStarted", "PlaybackStopped", "PlaybackStarted")
    assert abs(stream(playing)["offset_ms"] - stopped) <= NEAR_MS
    playing.wait_for_sound("stream")


def test_bar_by_keys(playing: Visitor) -> None:
    """The bar moves by keys, also while the speaker is slow to follow, and says in words where it is."""
    page, bar = playing.page, playing.page.get_by_role("slider", name="Position")
    playing.seek(30_000)
    bar.focus()

    def follow(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/local", follow)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
    playing.turn("seek", 5)
    page.unroute_all(behavior="wait")
    _, first, *others = (each["asked"]["offset_ms"] for each in playing.asked("seek"))
    assert all(later >= earlier + 1000 for earlier, later in pairwise((first, *others)))
    expect(bar).to_have_attribute("aria-valuetext", re.compile("^0:3[4-9] of "))
    assert page.locator("#stream").evaluate("audio => audio.currentTime * 1000") >= others[-1]


CONTROLS = """
window.controls = {};
const set = MediaSession.prototype.setActionHandler;
MediaSession.prototype.setActionHandler = function (action, handler) {
  controls[action] = handler;
  return set.call(this, action, handler);
};
"""
"""Keeps what the system would call when somebody uses its controls, which no test can reach."""


def test_lock_screen(newcomer: Visitor) -> None:
    """The system knows what plays, and its controls do what those of the page do."""
    page = newcomer.page
    page.add_init_script(CONTROLS)
    newcomer.open()
    newcomer.say("play the knee rotations")
    newcomer.wait_until_seen("playing", audio="answer")
    newcomer.hear_out()
    newcomer.wait_for_sound("stream")
    known = "[navigator.mediaSession.metadata.title, navigator.mediaSession.playbackState]"
    assert page.evaluate(known) == ["knee rotations", "playing"]
    page.evaluate("controls.seekto({ seekTime: 30 })")
    newcomer.turn("seek", 0)
    assert abs(stream(newcomer)["offset_ms"] - 30_000) <= NEAR_MS
    first = stream(newcomer)["token"]
    page.evaluate("controls.nexttrack()")
    newcomer.turn("press", 0)
    assert stream(newcomer)["token"] != first
    page.evaluate("controls.pause()")
    newcomer.turn("press", 1)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert page.evaluate(known) == ["knee rotations", "paused"]
    assert not newcomer.sounds("stream")
    page.evaluate("controls.play()")
    newcomer.wait_for_sound("stream")


def test_recording_that_cannot_be_played(playing: Visitor) -> None:
    """What the browser cannot play has failed, and the skill is told so."""
    playing.page.route("**/local/tracks/**", lambda route: route.abort())
    playing.page.get_by_role("button", name="Next", exact=True).click()
    playing.wait_until_told("PlaybackFailed")
    playing.wrong = [each for each in playing.wrong if "ERR_FAILED" not in each]
