"""Somebody at the page: what they do, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

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

WATCH = """
window.seen = [];
document.addEventListener("DOMContentLoaded", () => {
  if (window !== top) return;
  const note = (what, more) => seen.push({ what, at: performance.now(), ...more });
  document.addEventListener("keydown", (event) => note("key", { key: event.key }), true);
  for (const id of ["answer", "stream"]) {
    const audio = document.getElementById(id);
    for (const what of ["playing", "pause", "ended", "seeked"])
      audio.addEventListener(what, () => note(what, { audio: id, ms: audio.currentTime * 1000 }));
  }
  const count = document.getElementById("count");
  const tell = () => {
    const [answer, stream] = ["answer", "stream"].map((id) => document.getElementById(id));
    const audio = answer.paused || answer.ended ? stream : answer;
    note("count", { text: count.textContent, audio: audio.id, ms: audio.currentTime * 1000 });
  };
  new MutationObserver(tell).observe(count, { childList: true, characterData: true, subtree: true });
});
"""
"""Notes with their moments what is pressed, what sounds and what is counted."""


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
        for _ in range(400):
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

    def wait_until_seen(self, what: str, times: int = 1, **like: Any) -> dict[str, Any]:
        """The last of so many notes of a kind, waited for."""
        for _ in range(1200):
            noted = [each for each in self.seen(what) if like.items() <= each.items()]
            if len(noted) >= times:
                return noted[-1]
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{what} {like} was not seen {times} times")

    def sounds(self, audio: str) -> bool:
        """Whether something is really heard: its time goes on."""
        where = f"#{audio}"
        before = self.page.eval_on_selector(where, "audio => audio.currentTime")
        self.page.wait_for_timeout(400)
        after = self.page.eval_on_selector(where, "audio => audio.paused ? -1 : audio.currentTime")
        return bool(after > before)

    def wait_for_sound(self, audio: str) -> None:
        """Return once something is heard."""
        for _ in range(60):
            if self.sounds(audio):
                return
        raise AssertionError(f"nothing is heard of {audio}")

    def hear_out(self) -> None:
        """Be done with the answer, as if all of it had been said."""
        self.page.locator("#answer").dispatch_event("ended")

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
