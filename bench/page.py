"""What the page of the local speaker weighs, and how soon it is there and answers: `python -m bench.page [ROUNDS]`.

Chromium asks a speaker on this machine that is served as people have it. Bytes are those on the wire, headers and all,
of a browser that was never here before. The first paint with something in it is the browser's own figure. An answer
begins when the browser begins to play it, counted from the press of Enter; what is asked again, the voice said before.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.pictures.camera import chromium, speaker
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

HEAVIEST, LATEST_MS = 150_000, 300
"""Bytes of the page without the renderer, and milliseconds until it is painted, that it must not go beyond."""

LOADS = 5
"""How often the page is opened in a round."""

SAID = ("why is my leg numb", "what helps", "is it my diabetes", "my face is drooping", "start the toe stretches")
"""What is asked: short and long answers, danger, and a set with its counts."""

SETTLED_MS = 2000
"""In so much time all is there that was asked for."""

LEARNING_MS = 5000
"""In so much time a voice that nobody speaks to has learnt to count."""

SEEN = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
"""Milliseconds until something was seen."""

OPENED = "performance.getEntriesByType('resource').find((each) => each.name.endsWith('/local')).responseEnd"
"""Milliseconds until something could be said."""


def main(rounds: int) -> None:
    """Print what it weighs and how long it takes, each round with a new speaker, and how that is to its bars."""
    seen: list[float] = []
    opened: list[float] = []
    first: dict[str, list[float]] = {said: [] for said in SAID}
    again: dict[str, list[float]] = {said: [] for said in SAID}
    with chromium() as browser:
        for number in range(rounds):
            with tempfile.TemporaryDirectory() as folder, speaker(Path(folder)) as address:
                if number == 0:
                    weight = _weigh(browser, address)
                for _ in range(LOADS):
                    with Visitor.at(browser, address) as visitor:
                        seen.append(visitor.page.evaluate(SEEN))
                        opened.append(visitor.page.evaluate(OPENED))
                with Visitor.at(browser, address) as visitor:
                    visitor.page.wait_for_timeout(LEARNING_MS)
                    for times in (first, again, again):
                        for said in SAID:
                            times[said].append(_sounded(visitor, said))
    print(f"{'milliseconds':<50} {'least':>6} {'median':>7} {'most':>6}")
    _print_times("until it is painted", seen)
    _print_times("until something can be said", opened)
    for said in SAID:
        _print_times(f"until {said!r} is answered aloud", first[said])
        _print_times("the same once more", again[said])
    for what, came, bar in (("bytes", weight, HEAVIEST), ("ms until it is painted", median(seen), LATEST_MS)):
        print(f"{came:>10,.0f} {what}, {'within' if came <= bar else 'BEYOND'} {bar:,}")


def _weigh(browser: Browser, address: str) -> int:
    """The bytes of the page until something can be said, after printing them by kind and what is added later."""
    with Visitor.at(browser, address, opened=False) as visitor:
        page = visitor.page
        finished: list[Request] = []
        page.on("requestfinished", lambda each: finished.append(each))  # noqa: PLW0108  # a built-in one cannot be given

        def weight(title: str) -> int:
            page.wait_for_timeout(SETTLED_MS)
            by_kind: Counter[str] = Counter()
            for each in finished:
                sizes = each.sizes()
                by_kind[each.resource_type] += sizes["responseHeadersSize"] + sizes["responseBodySize"]
            print(f"{by_kind.total():>10,} bytes, {len(finished)} files: {title}")
            for kind, size in by_kind.most_common():
                print(f"{size:>10,} {kind}")
            finished.clear()
            return by_kind.total()

        visitor.open()
        whole = weight("the page")
        page.click("#settings summary")
        page.click("#open-workbench")
        weight("the workbench, once it is opened")
        page.click("#settings summary")
        visitor.choose_device("show8")
        weight("a screen with Amazon's renderer, once a device has one")
    return whole


def _sounded(visitor: Visitor, said: str) -> float:
    """Milliseconds from Enter to the sound of the answer."""
    before = len(visitor.seen("playing"))
    visitor.say(said)
    began = visitor.wait_until_seen("playing", before + 1)
    entered = next(each for each in reversed(visitor.seen("key")) if each["key"] == "Enter")
    return float(began["at"] - entered["at"])


def _print_times(what: str, times: Sequence[float]) -> None:
    print(f"{what:<50} {min(times):>6.0f} {median(times):>7.0f} {max(times):>6.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
