"""Pictures of every screen on every device: `python -m bench.pictures [DEVICE…] [SCREEN…]`.

They are put into `build/pictures`. Where none is left out, what is shown of them elsewhere is made anew in
`docs/pictures`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.pictures import clip, sheet
from bench.pictures.camera import Camera, chromium, speaker
from bench.pictures.scenes import SHOTS, SHOWN
from skill.speaker.devices import DEVICES

ROOT = Path(__file__).resolve().parents[2]
PICTURES, DOCS = ROOT / "build" / "pictures", ROOT / "docs" / "pictures"
"""Where all of them are put, and where those that are shown."""

SCREENS = {name: screen for name, screen in DEVICES.items() if screen}
"""The devices."""

CLIP_ON = "show8"
"""The device of the moving picture."""


def main(names: list[str]) -> None:
    """Take those pictures that are named by device or screen; all of them where none is."""
    devices = {name: screen for name, screen in SCREENS.items() if name in names} or SCREENS
    shots = [shot for shot in SHOTS if shot.name in names] or SHOTS
    if unknown := set(names) - SCREENS.keys() - {shot.name for shot in SHOTS}:
        sys.exit(f"{min(unknown)}: no such device or screen; there are {', '.join(SCREENS)}, and the screens of SHOTS")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, speaker(Path(folder)) as address, chromium() as browser:
        for name, screen in devices.items():
            with Camera.at(browser, address, name, screen) as camera:
                for shot in shots:
                    camera.reach(shot)
                    (PICTURES / f"{name}-{shot.name}.png").write_bytes(camera.picture())
                if name == CLIP_ON and not names:
                    clip.make(camera, DOCS / "routine.gif")
            print(name)
        sheet.make(browser, PICTURES, [shot.name for shot in shots], devices, PICTURES / "all.png")
        if not names:
            sheet.make(browser, PICTURES, SHOWN, SCREENS, DOCS / "screens.png")


if __name__ == "__main__":
    main(sys.argv[1:])
