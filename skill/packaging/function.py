"""The zip file of the skill for AWS Lambda: what it needs at run time, in the form that starts fastest.

The same files give the same bytes. Content is checked and unpacked beforehand, and all modules stand compiled in one
file, which a Lambda of that Python reads without looking for anything. boto3 is left out, as Lambda has it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, which
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from skill.packaging import compiling
from skill.packaging.modules import ROOT, is_package, others, ours
from skill.packaging.package_error import PackageError
from skill.speech.manifest import MANIFEST

ENTRY = ROOT / "lambda" / "lambda_function.py"
"""What Lambda calls."""

TEMPLATE = ROOT / "lambda" / "template.yaml"
"""What says on which Python the function runs, and where it finds the index of recordings."""

NAME = "steady-legs-lambda.zip"
"""What the file is called that the template deploys."""

FIRST = {"skill": "skill/__init__", "skill.bundle": "skill/bundle", "skill.lean": "skill/lean"}
"""Modules that stand by themselves, as they find the others; with the names of their files."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""When each file of the zip was made, as far as the zip tells."""


@dataclass(frozen=True, slots=True)
class FunctionPackage:
    """The zip file that was made."""

    path: Path
    """Where it is."""
    version: str
    """The version of Python that it is for."""
    compiled: bool
    """Whether its code is compiled; where it is not, it starts more slowly."""
    sizes: Mapping[str, int]
    """Bytes of each file in the zip."""


def package_function(
    out: Path, python: str | None = None, version: str | None = None, tracks: Path | None = None
) -> FunctionPackage:
    """Write the zip file into a folder for a version of Python, which is the template's where none is given.

    `python` is an interpreter of that version, else one is looked for. `tracks` is a folder of rendered recordings,
    whose index goes along. Raises PackageError without a checkout or an index, for an interpreter that does not fit,
    and for a fault in the content.
    """
    if not ENTRY.is_file() or not TEMPLATE.is_file():
        raise PackageError(f"{ENTRY.parent}: the function's files are not there; run this from a checkout")
    version = version or _template_version()
    interpreter = _interpreter(version, python)
    modules = {**ours(ENTRY), **others()}
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        baked = made / "skill" / "baked"
        baked.mkdir(parents=True)
        _run(sys.executable, "-m", "skill.packaging.baking", str(baked))
        if interpreter:
            _compile(interpreter, modules, made)
        else:
            _copy(modules, made)
        if tracks:
            _index(tracks, made / "tracks")
        out.mkdir(parents=True, exist_ok=True)
        return FunctionPackage(out / NAME, version, interpreter is not None, _zip(made, out / NAME))


def _template_version() -> str:
    found = re.search(r"^\s*Runtime:\s*python(3\.\d+)\s*$", TEMPLATE.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise PackageError(f"{TEMPLATE}: names no Runtime such as python3.13")
    return found[1]


def _interpreter(version: str, given: str | None) -> str | None:
    """An interpreter of that version, if there is one."""
    if given:
        if _version_of(given) != version:
            raise PackageError(f"--python {given}: must be Python {version}, on which the function runs")
        return given
    candidates = (sys.executable, which(f"python{version}"))
    return next((each for each in candidates if each and _version_of(each) == version), None)


def _version_of(interpreter: str) -> str | None:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([interpreter, "-I", "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # given by whoever calls us
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _compile(interpreter: str, modules: Mapping[str, Path], made: Path) -> None:
    job = made.with_name("job.json")
    asked = {
        "modules": {name: (str(file), is_package(file)) for name, file in modules.items() if name not in FIRST},
        "beside": {"lambda_function": str(ENTRY), **{FIRST[name]: str(modules[name]) for name in FIRST}},
        "path": str(ROOT),
    }
    job.write_text(json.dumps(asked), encoding="utf-8")
    _run(interpreter, "-s", "-P", compiling.__file__, str(job), str(made))


def _copy(modules: Mapping[str, Path], made: Path) -> None:
    for name, file in {**modules, "lambda_function": ENTRY}.items():
        place = made.joinpath(*name.split("."))
        target = place / file.name if is_package(file) else place.with_suffix(".py")
        target.parent.mkdir(parents=True, exist_ok=True)
        copy(file, target)


def _index(tracks: Path, folder: Path) -> None:
    if not (tracks / MANIFEST).is_file():
        raise PackageError(f"--tracks {tracks}: has no {MANIFEST}; make one with: steady-legs tracks render")
    folder.mkdir()
    copy(tracks / MANIFEST, folder)


def _run(*command: str) -> None:
    # Sets come in the same order every time.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)  # noqa: S603  # our own programs
    if done.returncode:
        raise PackageError(done.stderr.strip().rpartition("\n")[2] or f"{command[0]} failed")


def _zip(made: Path, path: Path) -> dict[str, int]:
    sizes: dict[str, int] = {}
    files = {file.relative_to(made).as_posix(): file for file in made.rglob("*") if file.is_file()}
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as package:
        for name, file in sorted(files.items()):
            info = ZipInfo(name, LONG_AGO)
            info.external_attr = 0o644 << 16
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, file.read_bytes(), compresslevel=9)
            sizes[name] = info.compress_size
    return sizes
