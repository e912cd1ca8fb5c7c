"""A moving picture: a set that is counted on a screen, and what becomes of it when somebody is in danger."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from bench.pictures.scenes import Shot

if TYPE_CHECKING:
    from bench.pictures.camera import Camera

COUNTED = Shot("swinging", ("start the leg swings",), beats=4.0)
"""What it begins with."""

DANGER = "my face is drooping and my arm is weak"
"""What is said then."""

FRAME_MS, COUNTING_MS, URGENT_MS = 100, 7200, 3000
"""How long a picture of it lasts, the counting, and the advice."""

WIDTH, COLOURS = 800, 64
"""Pixels across, and colours."""


def make(camera: Camera, path: Path) -> None:
    """Write the moving picture."""
    camera.reach(COUNTED)
    frames = []
    for _ in range(COUNTING_MS // FRAME_MS):
        frames.append(_small(camera.picture()))
        camera.pass_time(FRAME_MS)
    camera.say(DANGER)
    frames.append(_small(camera.picture()))
    # The colours of all of it are those of a picture that has them all.
    both = Image.new("RGB", (WIDTH, 2 * frames[0].height))
    both.paste(frames[0])
    both.paste(frames[-1], (0, frames[0].height))
    colours = both.quantize(COLOURS)
    first, *others = (frame.quantize(palette=colours, dither=Image.Dither.NONE) for frame in frames)
    lasting = [FRAME_MS] * len(others) + [URGENT_MS]
    path.parent.mkdir(parents=True, exist_ok=True)
    first.save(path, save_all=True, append_images=others, duration=lasting, loop=0, optimize=True)


def _small(png: bytes) -> Image.Image:
    """A picture at the size of the moving one."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return picture.resize((WIDTH, picture.height * WIDTH // picture.width), Image.Resampling.LANCZOS)
