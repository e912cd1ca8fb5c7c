"""Somebody at the page: what they do, and what comes of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.browser.watching import SKIP, SKIPPED, WATCH, WATCH_SCREEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Response

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
"""What makes a browser quiet enough to be tested with."""


NEAR_MS = 150
"""So near to its sound a count is seen."""


def moments(marks: list[Any]) -> dict[int, int]:
    """When each count is heard, in milliseconds of its sound."""
    return {count: ms for ms, _, count in marks if count}


def installed() -> str | None:
    """Where this machine has Chromium; None where it has none."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@dataclass(slots=True)
class Visitor:
    """Somebody at the page."""

    page: Page
    """What they look at."""
    speaker: str
    """Where that is."""
    wrong: list[str] = field(default_factory=list)
    """What went wrong."""
    answers: list[dict[str, Any]] = field(default_factory=list)
    """What the speaker answered, each with what it was asked."""

    @classmethod
    @contextmanager
    def at(cls, browser: Browser, speaker: str, *, opened: bool = True, **options: Any) -> Iterator[Visitor]:
        """A visitor; fails at the end when anything went wrong that was not expected."""
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        visitor = cls(context.new_page(), speaker)
        visitor.page.add_init_script(WATCH)
        visitor.page.add_init_script(WATCH_SCREEN)
        visitor._listen()
        if opened:
            visitor.open()
        yield visitor
        context.close()
        assert visitor.wrong == [], visitor.wrong

    def open(self) -> None:
        """Open the page, and wait until there is something to say."""
        self.page.goto(self.speaker)
        self.page.wait_for_selector("#suggestions button")

    def say(self, text: str) -> dict[str, Any]:
        """Say something; the turn that came of it."""
        before = len(self.asked("say"))
        self.page.fill("#words", text)
        self.page.press("#words", "Enter")
        return self.turn("say", before)

    def turn(self, act: str, before: int) -> dict[str, Any]:
        """The last turn of an act, once it was done more often than before."""
        for _ in range(1200):
            done = self.asked(act)
            if len(done) > before and done[-1]["answer"]:
                turns = done[-1]["answer"]["turns"]
                return turns[-1] if turns else {}
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{act} was not answered")

    def asked(self, act: str) -> list[dict[str, Any]]:
        """All that was asked for of a kind, with its answers."""
        return [each for each in self.answers if each["asked"].get("do") == act]

    def told(self) -> list[str]:
        """The requests to the skill so far, by the last part of their names."""
        exchanges = (
            exchange
            for each in self.answers
            for turn in (each["answer"] or {}).get("turns", ())
            for exchange in turn["exchanges"]
        )
        return [exchange["request"]["request"]["type"].rpartition(".")[2] for exchange in exchanges]

    def seen(self, what: str) -> list[dict[str, Any]]:
        """What was noted of a kind."""
        noted: list[dict[str, Any]] = self.page.evaluate("window.seen")
        return [each for each in noted if each["what"] == what]

    def wait_until_seen(self, what: str, times: int = 1, *, after: float = 0, **like: Any) -> dict[str, Any]:
        """The last of so many notes of a kind since a moment of the page, waited for."""
        noted: dict[str, Any] = self.page.evaluate("(asked) => until(...asked)", [what, like, times, after])
        return noted

    def counted(self, *, after: float = 0) -> list[tuple[int, float]]:
        """The counts that were seen since a moment of the page, each with the milliseconds of its sound then."""
        return [
            (int(each["text"]), each["ms"])
            for each in self.seen("count")
            if each["at"] > after and each["text"].isdecimal()
        ]

    def see_counted(self, counts: range, heard: dict[int, int], *, after: float = 0) -> None:
        """See these counts one after the other since a moment of the page, each when it is heard."""
        self.wait_until_seen("count", after=after, text=str(counts[-1]))
        seen = [(count, ms - heard[count]) for count, ms in self.counted(after=after) if count >= counts[0]]
        assert [count for count, _ in seen] == [*counts]
        # One frame may be lost on a busy machine, but what is really late is so at every count.
        assert sorted(abs(ms) for _, ms in seen)[-2] <= NEAR_MS, seen

    def now(self) -> float:
        """The moment by the clock of the page, in milliseconds."""
        return float(self.page.evaluate("performance.now()"))

    def sounds(self, audio: str) -> bool:
        """Whether something is really heard: its time goes on."""
        where = f"#{audio}"
        before = self.page.eval_on_selector(where, "audio => audio.currentTime")
        self.page.wait_for_timeout(250)
        after = self.page.eval_on_selector(where, "audio => audio.paused ? -1 : audio.currentTime")
        return bool(after > before)

    def wait_for_sound(self, audio: str) -> None:
        """Return once something is heard."""
        for _ in range(100):
            if self.sounds(audio):
                return
        raise AssertionError(f"nothing is heard of {audio}")

    def hear_out(self) -> None:
        """Be done with the answer, as if all of it had been said."""
        self.page.locator("#answer").dispatch_event("ended")

    def skip_the_opening(self) -> dict[int, int]:
        """Be done with what a screen says before it counts, as if all of it had been said; when each count is heard."""
        (opening, _), (_, marks) = self.state["screen"]["sounds"].items()
        self.wait_until_seen("playing", url=opening)
        self.page.evaluate(SKIP)
        self.page.frames[1].evaluate(SKIPPED)
        self.hear_out()
        return moments(marks)

    def seek(self, offset_ms: int) -> None:
        """Move the bar of the player."""
        before = len(self.asked("seek"))
        self.page.locator("#seek").evaluate(
            "(bar, ms) => { bar.value = ms; bar.dispatchEvent(new Event('change')); }", offset_ms
        )
        self.turn("seek", before)

    def wait_until_told(self, *kinds: str) -> None:
        """Return once the last requests of the player to the skill were these."""
        for _ in range(600):
            told = [each for each in self.told() if each.startswith("Playback")]
            if told[-len(kinds) :] == [*kinds]:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"the skill was told {told[-6:]}")

    @property
    def state(self) -> dict[str, Any]:
        """How things stand, as the speaker told last."""
        told = (each["answer"]["state"] for each in reversed(self.answers) if each["answer"])
        state: dict[str, Any] = next(told)
        return state

    def on_screen(self, text: str) -> Locator:
        """What is on the screen with just that text."""
        return self.page.frame_locator("#screen iframe").get_by_text(text, exact=True).first

    def touch(self, text: str) -> dict[str, Any]:
        """Put a finger on the screen where a text is; the turn that came of it."""
        # The browser's own driver does not know that the frame is scaled.
        middle = "(each) => { const r = each.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }"
        inside = self.on_screen(text).evaluate(middle)
        outside = self.page.locator("#screen iframe").evaluate(
            "(each) => { const r = each.getBoundingClientRect(); return [r.x, r.y, r.width / each.offsetWidth]; }"
        )
        before = len(self.asked("touch"))
        self.page.mouse.move(*(edge + place * outside[2] for edge, place in zip(outside, inside, strict=False)))
        self.page.mouse.down()
        # No finger is quicker, and the renderer looks once a frame.
        self.page.wait_for_timeout(100)
        self.page.mouse.up()
        return self.turn("touch", before)

    def choose_device(self, name: str) -> None:
        """Have another device."""
        before = len(self.asked("open"))
        self.page.click("#settings summary")
        self.page.select_option("#device", name)
        self.turn("open", before)
        self.page.click("#settings summary")

    def _listen(self) -> None:
        page = self.page
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None)
        page.on("request", lambda asked: self._check(asked.url))
        # A method of a class with slots cannot be given: what is noted about it finds no place.
        page.on("response", lambda response: self._answered(response))  # noqa: PLW0108

    def _check(self, url: str) -> None:
        if not url.startswith((self.speaker, "data:", "blob:")):
            self.wrong.append(f"asked for {url}")

    def _answered(self, response: Response) -> None:
        if response.request.method == "POST" and response.url == f"{self.speaker}local":
            asked = json.loads(response.request.post_data or "{}")
            entry: dict[str, Any] = {"asked": asked, "answer": None}
            self.answers.append(entry)
            entry["answer"] = response.json()
