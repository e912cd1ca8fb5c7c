"""One image of many pictures: a row for each screen, a column for each device, drawn by the browser."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from skill.speaker.screen import Screen
from skill.web.simulator.words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HEIGHT = 150
"""Pixels of a picture on it."""

SHARP = 1.5
"""Pixels of the image for each of them."""

COLOURS = 128
"""Of the image; screens have few."""

STYLE = f"""
body {{ margin: 0; background: #f4f1ea; font: 15px "Noto Sans", sans-serif; color: #23363f; width: max-content; }}
table {{ border-spacing: 14px 12px; }}
th {{ font-weight: 600; }}
tbody th {{ text-align: right; max-width: 9em; overflow-wrap: break-word; }}
img {{ height: {HEIGHT}px; display: block; border-radius: 6px; }}
img.round {{ border-radius: 50%; }}
"""


def make(browser: Browser, folder: Path, rows: Sequence[str], columns: Mapping[str, Screen], path: Path) -> None:
    """Write the image of pictures of a folder, which are called by column and row."""
    page = browser.new_page(device_scale_factor=SHARP)
    source = folder / "sheet.html"
    source.write_text(_html(rows, columns), encoding="utf-8")
    page.goto(source.as_uri())
    drawn = page.locator("body").screenshot()
    page.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def _html(rows: Sequence[str], columns: Mapping[str, Screen]) -> str:
    called = words_of("en")["workbench"]["devices"]
    heads = "".join(f"<th>{escape(called[name])}</th>" for name in columns)
    body = "".join(f"<tr><th>{escape(row.replace('-', ' '))}</th>{_cells(row, columns)}</tr>" for row in rows)
    table = f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{table}'


def _cells(row: str, columns: Mapping[str, Screen]) -> str:
    return "".join(
        f'<td><img class="{screen.shape.lower()}" src="{escape(name)}-{escape(row)}.png" alt=""></td>'
        for name, screen in columns.items()
    )
