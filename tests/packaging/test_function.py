"""The function's zip file: the same every time, small, alone able to answer, and for the Python that it is made for."""

from __future__ import annotations

import json
import marshal
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from skill.assistant import answer, create_skill
from skill.packaging import function
from skill.packaging.function import NAME, FunctionPackage, package_function
from skill.packaging.package_error import PackageError
from skill.settings import IN_MEMORY, Settings
from skill.speech.manifest import MANIFEST
from tests.conftest import request

VERSION = "{}.{}".format(*sys.version_info)

LARGEST = 3 * 1024 * 1024
"""Bytes that the zip file may have."""

SLOW = {"yaml", "msgspec", "dateutil", "requests", "logging", "pathlib", "dataclasses", "inspect", "pickle"}
"""Modules that nobody waits for who only asks something."""

ALONE = """
import json, sys
sys.path[:] = [sys.argv[1], *[path for path in sys.path if "site-packages" not in path]]
import lambda_function
response = lambda_function.lambda_handler(json.load(sys.stdin), None)
places = {str(getattr(module, "__file__", "")) for name, module in sys.modules.items() if "_sdk_" in name}
print(json.dumps([response, sorted(sys.modules), sorted(places)]))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FunctionPackage:
    """The package for the Python that runs the tests."""
    return package_function(tmp_path_factory.mktemp("made"), sys.executable, VERSION)


def unpacked(package: FunctionPackage, folder: Path) -> Path:
    """A folder with what is in a package and nothing else."""
    with ZipFile(package.path) as file:
        file.extractall(folder)
    return folder


def asked(folder: Path, envelope: dict[str, Any]) -> Any:
    """What a package answers that was unpacked into a folder, with the modules it loaded and where the SDK's were."""
    ran = subprocess.run(
        [sys.executable, "-S", "-P", "-c", ALONE, str(folder)],
        input=json.dumps(envelope),
        env={"STEADY_LEGS_DATABASE": IN_MEMORY, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_same_bytes(made: FunctionPackage, tmp_path: Path) -> None:
    """Made once more, in another folder, it is the same to the last byte."""
    again = package_function(tmp_path, sys.executable, VERSION)
    assert again.path.read_bytes() == made.path.read_bytes()
    assert again.sizes == made.sizes


def test_small(made: FunctionPackage) -> None:
    """It is small, and its sizes are told by file."""
    size = made.path.stat().st_size
    assert sum(made.sizes.values()) < size < LARGEST
    with ZipFile(made.path) as file:
        assert {info.filename: info.compress_size for info in file.infolist()} == made.sizes
        assert {info.date_time for info in file.infolist()} == {function.LONG_AGO}


def test_what_is_in_it(made: FunctionPackage) -> None:
    """There are the skill, the SDK and the content as it is used, and nothing that only other doors need."""
    with ZipFile(made.path) as file:
        data = file.read("modules.bin")
    length = int.from_bytes(data[:8], "little")
    made_for, modules = marshal.loads(data[8 : 8 + length])  # noqa: S302  # made just now
    assert made_for == sys.implementation.cache_tag
    assert {"skill.assistant", "skill.storage.dynamodb", "skill.handlers.red_flags", "ask_sdk_core.skill"} <= set(
        modules
    )
    others = ("skill.web", "skill.speaker", "skill.cli", "skill.packaging", "skill.tracks", "skill.speech.voices")
    assert [name for name in modules if name.startswith((*others, "flask", "boto", "requests", "tests"))] == []
    parts = [name for name in made.sizes if name.startswith("skill/baked/")]
    assert len(parts) == 9
    assert [name for name in made.sizes if name.endswith((".py", ".yaml", ".bin")) and name != "modules.bin"] == []


@pytest.mark.parametrize("name", ["LaunchRequest/new_session", "CauseIntent/in_session", "RedFlagIntent/stroke_tia"])
def test_answers_alone(name: str, made: FunctionPackage, tmp_path: Path) -> None:
    """Alone in a folder it answers as the checkout does, and all that it loads comes out of it or with Python."""
    folder, envelope = unpacked(made, tmp_path), request(name)
    response, modules, places = asked(folder, envelope)
    skill: Any = create_skill(Settings(database=IN_MEMORY))
    assert response == answer(skill, envelope)
    skill.persistence_adapter.close()
    assert SLOW.isdisjoint(modules)
    assert all(place.startswith(str(folder)) for place in places)


def test_without_an_interpreter(tmp_path: Path) -> None:
    """Where there is no Python of that version the sources go along, which answer as well."""
    package = package_function(tmp_path / "out", None, "3.99")
    assert not package.compiled
    assert "modules.bin" not in package.sizes
    folder, envelope = unpacked(package, tmp_path / "alone"), request("RedFlagIntent/stroke_tia")
    response, modules, places = asked(folder, envelope)
    skill: Any = create_skill(Settings(database=IN_MEMORY))
    assert response == answer(skill, envelope)
    skill.persistence_adapter.close()
    assert "yaml" not in modules
    assert all(place.startswith(str(folder)) for place in places)


def test_for_another_python(made: FunctionPackage, tmp_path: Path) -> None:
    """A package that meets another Python than it was made for says so."""
    folder = unpacked(made, tmp_path)
    path = folder / "modules.bin"
    data = path.read_bytes()
    path.write_bytes(
        data.replace(sys.implementation.cache_tag.encode(), b"cpython-199"[: len(sys.implementation.cache_tag)], 1)
    )
    with pytest.raises(AssertionError, match=r"ImportError: .*modules\.bin was made for cpython-199"):
        asked(folder, request("LaunchRequest/new_session"))


def test_index_of_recordings(tmp_path: Path) -> None:
    """With recordings their index goes along, where the template says that it is; without one it is refused."""
    tracks = tmp_path / "tracks"
    tracks.mkdir()
    with pytest.raises(PackageError, match=rf"--tracks .*tracks: has no {MANIFEST}"):
        package_function(tmp_path, sys.executable, VERSION, tracks)
    (tracks / MANIFEST).write_text("{}", encoding="utf-8")
    package = package_function(tmp_path, sys.executable, VERSION, tracks)
    assert f"tracks/{MANIFEST}" in package.sizes
    assert "/var/task/tracks" in function.TEMPLATE.read_text(encoding="utf-8")


@pytest.mark.parametrize("python", [sys.executable, "/no/such/python", __file__])
def test_wrong_interpreter(python: str, tmp_path: Path) -> None:
    """An interpreter of another version, or none at all, is refused by name."""
    with pytest.raises(PackageError, match=r"must be Python 3\.99"):
        package_function(tmp_path, python, "3.99")


def test_version_of_the_template(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The template says for which Python it is made, and one that does not is at fault."""
    versions: list[str] = []

    def interpreter(version: str, given: str | None) -> str | None:
        versions.append(version)
        raise PackageError("stop")

    monkeypatch.setattr(function, "_interpreter", interpreter)
    with pytest.raises(PackageError, match="stop"):
        package_function(tmp_path)
    assert versions == ["3.13"]
    template = tmp_path / "template.yaml"
    template.write_text("Resources: {}\n", encoding="utf-8")
    monkeypatch.setattr(function, "TEMPLATE", template)
    with pytest.raises(PackageError, match=r"template\.yaml: names no Runtime"):
        package_function(tmp_path)


def test_outside_a_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the function's own files are not there, the error says so."""
    monkeypatch.setattr(function, "ENTRY", tmp_path / "lambda_function.py")
    with pytest.raises(PackageError, match="run this from a checkout"):
        package_function(tmp_path)


def test_faulty_content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What cannot be made out of the content keeps the package from being made, and the fault is named."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "sitecustomize.py").write_text(
        f"from skill.content import reading\nfrom pathlib import Path\nreading.DIRECTORY = Path({str(tmp_path)!r})\n",
        encoding="utf-8",
    )
    with pytest.raises(PackageError, match=r"locales\.yaml"):
        package_function(tmp_path, sys.executable, VERSION)
    assert not (tmp_path / NAME).exists()
