"""Takes pictures of a device's screen in the page of a local speaker, at the screen's own size and at any moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from bench.pictures.scenes import FORGET, Shot
from skill.screens.picture import FIRST_BEAT_MS
from tests.browser.visitor import FLAGS, Visitor, installed
from tests.web.serving import free_port, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from skill.speaker.screen import Screen

ROOM = 200
"""Pixels of the page around the screen."""

# Nothing of the page but the frame, with one pixel of the screen for each of its own.
BARE = """() => {
  const style = new CSSStyleSheet();
  style.replaceSync(`
    .bezel { position: fixed !important; inset: 0; z-index: 9; width: 100% !important; height: 100% !important;
      margin: 0 !important; outline: 0 !important; border-radius: 0 !important; }
    .bezel iframe { transform: none !important; }
    * { contain: none !important; container-type: normal !important; }
  `);
  document.adoptedStyleSheets = [style];
}"""
"""Makes the page show the screen alone."""

NOTE = """
addEventListener("message", ({ data }) => data?.tell === "drawn" && (window.drawn = data.number));
"""
"""Notes which document the screen has drawn."""

BEGAN = "performance.now() - document.getElementById('answer').currentTime * 1000"
"""When what is heard began."""

TRIES = 5
"""How often a count is tried to be met."""

SETTLE_MS = 300
"""In so short a time what was told to a screen has come about."""

SPOKEN_MS, MOST_ACTS = 60_000, 50
"""Longer than anything that is said before a count, and more than has to be done until all of it is said."""

FRAMES_MS = 300
"""In so short a time a screen draws what has changed, be it much."""


@contextmanager
def speaker(folder: Path) -> Iterator[str]:
    """The address of a local speaker that remembers nothing."""
    port, run = free_port(), "import sys; from skill.cli import main; sys.exit(main())"
    kept = {"STEADY_LEGS_DATABASE": ":memory:", "XDG_CACHE_HOME": str(folder)}
    with served(folder, port, "-c", run, "serve", "--unverified", "--port", str(port), **kept):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, as it is installed on this machine; exits with the cure where there is none."""
    found = installed()
    if found is None:
        sys.exit("no chromium is on the PATH; install the system package chromium to take pictures")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass(slots=True)
class Camera:
    """A device, and time that goes as fast as it is told to."""

    visitor: Visitor
    """Who talks to it."""

    @classmethod
    @contextmanager
    def at(cls, browser: Browser, speaker: str, device: str, screen: Screen) -> Iterator[Camera]:
        """A camera before one device; fails at the end when the page had an error."""
        size = {"width": screen.width + ROOM, "height": screen.height + ROOM}
        with Visitor.at(browser, speaker, opened=False, viewport=size) as visitor:
            visitor.page.clock.install()
            visitor.page.add_init_script(NOTE)
            visitor.open()
            visitor.choose_device(device)
            visitor.page.evaluate(BARE)
            yield cls(visitor)

    def reach(self, shot: Shot) -> None:
        """Talk until a screen is there, from a beginning."""
        for _ in range(TRIES):
            self._talk(shot)
            if shot.beats is None:
                if shot.later_s:
                    self.stop_time()
                    self.pass_time(shot.later_s * 1000)
                return
            self._count(shot.beats)
            # A machine that is busy may be so late that time was told to pass when it already counted.
            if shot.beats < 0 or self._is_seen(str(int(shot.beats) + 1)):
                return
        raise AssertionError(f"{shot.name} was never at its count")

    def say(self, words: str) -> None:
        """Say something where time may stand still, until the screen shows what came of it."""
        self.visitor.page.clock.resume()
        self.visitor.say(words)
        self._settle()

    def picture(self) -> bytes:
        """What is on the screen now, as a PNG."""
        return self.visitor.page.locator("#screen iframe").screenshot()

    def stop_time(self) -> float:
        """Have time stand still on the screen; its milliseconds."""
        self.visitor.page.clock.pause_at(self.visitor.page.evaluate("Date.now() / 1000 + 1"))
        now: float = self.visitor.page.evaluate("performance.now()")
        return now

    def pass_time(self, ms: float) -> None:
        """Let time pass on a screen on which it stands still, and have it drawn."""
        clock = self.visitor.page.clock
        frames = min(int(ms), FRAMES_MS)
        if ms > frames:
            clock.fast_forward(int(ms) - frames)
        clock.run_for(frames)

    def _talk(self, shot: Shot) -> None:
        """Say what leads to a screen, in a new conversation."""
        page = self.visitor.page
        page.clock.resume()
        before = len(self.visitor.asked("open"))
        # The button is in settings that are closed.
        page.locator("#locale").evaluate("(choice, locale) => { choice.value = locale; }", shot.locale)
        page.locator("#fresh").evaluate("button => button.click()")
        self.visitor.turn("open", before)
        for words in (*FORGET, *shot.said):
            self.visitor.say(words)
        self._settle()

    def _is_seen(self, text: str) -> bool:
        """Whether a text is on the screen."""
        return self.visitor.page.frame_locator("#screen iframe").get_by_text(text, exact=True).count() > 0

    def _count(self, beats: float) -> None:
        """Be done with what is said before the count, and let it come so far."""
        told, page = self._shown()["routine"]["properties"], self.visitor.page
        # A screen waits for the end of what it says, and as long as that usually takes.
        acts = cycle((lambda: page.clock.fast_forward(SPOKEN_MS), self.visitor.hear_out))
        for act in islice(acts, MOST_ACTS):
            if page.get_attribute("#answer", "src") == told["counts_speech"]:
                break
            act()
            page.wait_for_timeout(SETTLE_MS)
        else:
            raise AssertionError("nothing is counted")
        self.visitor.wait_for_sound("answer")
        began = page.evaluate(BEGAN)
        self.pass_time(began + FIRST_BEAT_MS + told["first_ms"] + beats * told["pace_ms"] - self.stop_time())

    def _settle(self) -> None:
        """Wait until the screen has drawn what it was told last."""
        number = self._screen()["number"]
        self.visitor.page.wait_for_function("number => window.drawn === number", arg=number)
        self.visitor.page.wait_for_timeout(SETTLE_MS)

    def _screen(self) -> dict[str, Any]:
        """The document on the screen, as the page was told of it last."""
        told: dict[str, Any] = [each["answer"]["state"]["screen"] for each in self.visitor.answers if each["answer"]][
            -1
        ]
        return told

    def _shown(self) -> dict[str, Any]:
        """What it shows, by its name."""
        shown: dict[str, Any] = self._screen()["datasources"]
        return shown
