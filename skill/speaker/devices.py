"""Devices that can be chosen: a speaker without a screen, and one of each kind of screen there is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from skill.speaker.screen import Screen

DEVICES: Mapping[str, Screen | None] = MappingProxyType(
    {
        "none": None,
        "spot": Screen(480, 480, shape="ROUND"),
        "show5": Screen(960, 480),
        "show8": Screen(1280, 800, 213),
        "show10": Screen(1280, 800),
        "show15": Screen(1920, 1080),
        "tv": Screen(1920, 1080, 320, mode="TV"),
    }
)
"""Their screens, by the names that they are chosen by."""
