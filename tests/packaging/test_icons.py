"""The icons are their drawing, in the sizes of the store."""

from __future__ import annotations

import pytest
from resvg_py import svg_to_bytes

from bench.icons import rendered
from skill.packaging.icons import DRAWING, SIZES, file_of, png_size

GROUND = '<rect width="512" height="512" fill="#0f4f5c"/>'
SAFE = 236
"""Radius of the circle that everything but the ground stays in, of 256."""


@pytest.mark.parametrize("pixels", SIZES.values())
def test_icons_are_rendered_from_the_drawing(pixels: int) -> None:
    """To the last bit; after a change of the drawing, `make icons` makes them anew."""
    assert file_of(pixels).read_bytes() == rendered(pixels)


@pytest.mark.parametrize("pixels", SIZES.values())
def test_icons_have_their_size(pixels: int) -> None:
    """As the store measures it."""
    assert png_size(file_of(pixels).read_bytes()) == (pixels, pixels)


def test_nothing_is_lost_in_a_circle() -> None:
    """With a disc of the ground's colour over it, nothing of the drawing is seen, and without the disc it is."""
    drawing = DRAWING.read_text(encoding="utf-8")
    assert GROUND in drawing
    disc = f'<circle cx="256" cy="256" r="{SAFE}" fill="#0f4f5c"/></svg>'
    bare = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">{GROUND}</svg>'
    ground = svg_to_bytes(svg_string=bare, width=512)
    assert svg_to_bytes(svg_string=drawing.replace("</svg>", disc), width=512) == ground
    assert svg_to_bytes(svg_string=drawing, width=512) != ground


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(40), b"\x89PNG\r\n\x1a\n" + bytes(40)],
    ids=["nothing", "cut off", "a GIF", "no header"],
)
def test_what_is_no_png_has_no_size(data: bytes) -> None:
    """Whatever else it may be."""
    assert png_size(data) is None
