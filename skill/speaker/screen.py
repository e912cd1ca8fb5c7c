"""A screen, as request envelopes describe it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen."""

    width: int = 1280
    """Pixels across."""
    height: int = 800
    """Pixels down."""
    dpi: int = 160
    """Pixels an inch."""
    shape: Literal["RECTANGLE", "ROUND"] = "RECTANGLE"
    """Its outline."""
    mode: Literal["HUB", "TV", "MOBILE"] = "HUB"
    """What it is a part of."""
    newest_document: str = "2024.3"
    """The newest version of screen documents it can show."""

    def viewports(self) -> dict[str, Any]:
        """It, as both generations of the format describe it."""
        pixels = {"pixelWidth": self.width, "pixelHeight": self.height}
        return {
            "Viewports": [
                {
                    "type": "APL",
                    "id": "main",
                    "shape": self.shape,
                    "dpi": self.dpi,
                    "presentationType": "STANDARD",
                    "canRotate": False,
                    "configuration": {"current": {"mode": self.mode, "size": {"type": "DISCRETE", **pixels}}},
                }
            ],
            "Viewport": {
                "mode": self.mode,
                "shape": self.shape,
                **pixels,
                "dpi": self.dpi,
                "currentPixelWidth": self.width,
                "currentPixelHeight": self.height,
                "touch": [] if self.mode == "TV" else ["SINGLE"],
            },
        }
