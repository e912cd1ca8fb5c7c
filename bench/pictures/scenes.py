"""What is pictured: each screen by the words that lead to it."""

from __future__ import annotations

from dataclasses import dataclass

FORGET: tuple[str, ...] = ("forget me", "yes")
"""Said before each, as all speakers of one server know the same person."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen."""

    name: str
    """What its file is called."""
    said: tuple[str, ...]
    """What is said to get there, after which nothing of it is known."""
    beats: float | None = None
    """How far the set is that is led, in counts from its first beat; None where nothing is counted."""
    later_s: int = 0
    """How long after the last word it is taken."""
    locale: str = "en-US"
    """Where the device is."""


SHOTS = (
    Shot("menu", ("open steady legs",)),
    Shot("menu-again", ("start the short routine", "stop", "open steady legs")),
    Shot("help", ("open steady legs", "help")),
    Shot("causes", ("why is my leg numb",)),
    Shot("cause", ("is it my diabetes", "yes")),
    Shot("helps", ("what helps",)),
    Shot("doctor", ("when should i see a doctor",)),
    Shot("sources", ("tell me about the leg swings", "who says so")),
    Shot("question", ("remind me every day at eight in the evening",)),
    Shot("advice", ("my foot is always numb",)),
    Shot("leg-swings", ("tell me about the leg swings",)),
    Shot("calf-massage", ("what is a calf massage",)),
    Shot("knee-rotations", ("how do i do the knee rotations",)),
    Shot("toe-stretches", ("how do i do the toe stretches",)),
    Shot("foot-bath", ("what is a foot bath",)),
    Shot("ready", ("start the leg swings",), beats=-1.6),
    Shot("swinging", ("start the leg swings",), beats=37.5),
    Shot("swinging-right", ("start the leg swings", "next"), beats=7.95),
    Shot("massaging", ("start the calf massage",), beats=11.3),
    Shot("rotating", ("start the knee rotations",), beats=4.6),
    Shot("stretching", ("start the toe stretches",), beats=18.5),
    Shot("paused", ("start the full routine", "pause")),
    Shot("bathing", ("start the foot bath", "yes", "yes"), later_s=75),
    Shot("bathed", ("start the foot bath", "yes", "yes"), later_s=601),
    Shot("urgent", ("my face is drooping and my arm is weak",)),
    Shot("urgent-two-numbers", ("my face is drooping and my arm is weak",), locale="en-IN"),
    Shot("urgent-poison", ("i swallowed poison",)),
    Shot("urgent-crisis", ("i want to kill myself",)),
    Shot("urgent-today", ("i have diabetes and a wound on my foot",)),
)
"""All of them, in the order of a first visit."""

SHOWN = ("menu", "causes", "leg-swings", "swinging", "massaging", "rotating", "stretching", "bathing", "urgent")
"""Those that are shown to whoever has not seen any."""
