"""Renders the icons of the skill package out of their drawing: `make icons`."""

from __future__ import annotations

from resvg_py import svg_to_bytes

from skill.packaging.icons import DRAWING, SIZES, file_of


def rendered(pixels: int) -> bytes:
    """The drawing as a PNG of that width and height; the same bytes on every machine."""
    return bytes(svg_to_bytes(svg_path=str(DRAWING), width=pixels, height=pixels, skip_system_fonts=True))


def main() -> None:
    """Write the icon of every size."""
    for pixels in SIZES.values():
        file_of(pixels).write_bytes(rendered(pixels))
        print(file_of(pixels))


if __name__ == "__main__":
    main()
