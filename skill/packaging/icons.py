"""The icons of the skill's page: drawn once, and rendered in the sizes that the store wants."""

from __future__ import annotations

import struct
from pathlib import Path

IMAGES = Path(__file__).with_name("images")
"""Where drawing and icons are."""

DRAWING = IMAGES / "icon.svg"
"""What the icons are rendered from."""

SIZES = {"small": 108, "large": 512}
"""Width and height of each icon, in pixels."""

_SIGNATURE, _HEADER = b"\x89PNG\r\n\x1a\n", struct.Struct(">4x4sII")


def file_of(pixels: int) -> Path:
    """The file of the icon of that width and height."""
    return IMAGES / f"icon_{pixels}.png"


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, in pixels; None for what is no PNG."""
    if not data.startswith(_SIGNATURE) or len(data) < len(_SIGNATURE) + _HEADER.size:
        return None
    kind, width, height = _HEADER.unpack_from(data, len(_SIGNATURE))
    return (width, height) if kind == b"IHDR" else None
