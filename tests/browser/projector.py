"""Screens without a page around them: what a device draws of a picture, and where each of its texts came to be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeAlias

from skill.screens.picture import Picture
from skill.speaker.screen import Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

LISTEN = """
window.told = [];
addEventListener("message", ({ data }) => data.tell && told.push(data));
"""
"""Notes what the frame tells, which here tells itself."""

RENDER = """async (message) => {
  const before = told.length;
  postMessage({ do: "render", theme: "dark", ...message }, "*");
  const over = ({ tell, number }) => number === message.number && (tell === "drawn" || tell === "failed");
  while (!told.slice(before).some(over)) await new Promise((go) => setTimeout(go, 10));
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  return told.slice(before).filter(({ tell }) => tell === "failed").map(({ why }) => why);
}"""
"""Draws a picture, and tells what failed."""

TEXTS = """() => {
  const shown = { opacityProperty: true, visibilityProperty: true };
  const inner = (one, { left, top, right, bottom }) =>
    [Math.max(one[0], left), Math.max(one[1], top), Math.min(one[2], right), Math.min(one[3], bottom)];
  const lines = (text) => {
    const found = [];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { data } = node;
      const range = document.createRange();
      range.setStart(node, data.length - data.trimStart().length);
      range.setEnd(node, data.trimEnd().length);
      found.push(...range.getClientRects());
    }
    return found.map(({ left, top, right, bottom }) => [left, top, right, bottom]);
  };
  const texts = [...document.querySelectorAll("#view p")].filter((each) => each.textContent);
  return texts.filter((each) => each.checkVisibility(shown)).map((each) => {
    let clip = inner([0, 0, innerWidth, innerHeight], each.parentElement.getBoundingClientRect());
    for (let holder = each.parentElement; holder; holder = holder.parentElement)
      if (getComputedStyle(holder).overflow !== "visible") clip = inner(clip, holder.getBoundingClientRect());
    const scale = each.getBoundingClientRect().width / each.offsetWidth;
    const size = parseFloat(getComputedStyle(each).fontSize) * scale;
    return { text: each.textContent, size, clip, lines: lines(each) };
  });
}"""
"""Every text that is drawn: its letters' size, its lines, and the box outside of which nothing of it is seen."""

GRAPHICS = """() => [...document.querySelectorAll("#view svg")].map((each) => {
  const { left, top, right, bottom } = (each.querySelector("g") ?? each).getBoundingClientRect();
  return [left, top, right, bottom];
})"""
"""Where something is drawn that is no text."""

Box: TypeAlias = tuple[float, ...]
"""Pixels from the upper left: left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text on a screen."""

    text: str
    """What it says."""
    size: float
    """The size of its letters."""
    clip: Box
    """Nothing of it can be seen outside of this."""
    lines: tuple[Box, ...]
    """Where its lines are."""


class Projector:
    """Draws pictures on one device."""

    def __init__(self, page: Page, screen: Screen) -> None:
        self.page, self.screen = page, screen
        self.warnings: list[str] = []
        self._number = 0
        page.on("console", self._note)

    @classmethod
    @contextmanager
    def of(cls, browser: Browser, speaker: str, screen: Screen) -> Iterator[Projector]:
        """A projector of the files that a speaker serves."""
        context = browser.new_context(viewport={"width": screen.width, "height": screen.height})
        page = context.new_page()
        page.add_init_script(LISTEN)
        projector = cls(page, screen)
        page.goto(f"{speaker}local/screen.html")
        page.wait_for_function("told.some(({ tell }) => tell === 'ready')")
        yield projector
        context.close()

    def show(self, picture: Picture) -> list[Drawn]:
        """Draw a picture; its texts."""
        self._number += 1
        message = {
            "number": self._number,
            "document": picture.document,
            "datasources": picture.datasources,
            "viewport": asdict(self.screen),
        }
        failed = self.page.evaluate(RENDER, message)
        assert failed == [], failed
        return [
            Drawn(each["text"], each["size"], tuple(each["clip"]), tuple(map(tuple, each["lines"])))
            for each in self.page.evaluate(TEXTS)
        ]

    def graphics(self) -> list[Box]:
        """Where the drawings are of the picture that is shown."""
        return [tuple(each) for each in self.page.evaluate(GRAPHICS)]

    def _note(self, said: ConsoleMessage) -> None:
        if said.type in {"warning", "error"}:
            self.warnings.append(said.text)
