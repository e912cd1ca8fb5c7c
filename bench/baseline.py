"""Programs of this folder with the packages that they need, compiled, as somebody deploys them who takes care."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent


def unpack(python: str, folder: Path, programs: Iterable[str], packages: Iterable[str]) -> Path:
    """The folder, with programs and installed packages in it, and with bytecode of the Python that runs them."""
    folder.mkdir()
    for program in programs:
        shutil.copy(HERE / f"{program}.py", folder)
    for name in packages:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise SystemExit(f"{name} is not installed; run: make install")
        source = Path(spec.origin)
        if source.name == "__init__.py":
            shutil.copytree(source.parent, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    subprocess.run([python, "-W", "ignore", "-m", "compileall", "-q", str(folder)], check=True)
    return folder
