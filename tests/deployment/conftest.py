"""What is deployed: the template with all that it can have, and the package as Lambda starts it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import ZipFile

import pytest

from skill.packaging.function import package_function
from tests.deployment.instance import Function, Instance, Runtime, instance, runtime_of
from tests.deployment.stack import WHOLE, deployed, template_text

Start: TypeAlias = Callable[..., AbstractContextManager[Instance]]
"""Starts an instance with the variables that it is given."""


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """The template with all that it can have."""
    return deployed(template_text(), **WHOLE)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip file for the Python that runs the tests."""
    version = "{}.{}".format(*sys.version_info)
    return package_function(tmp_path_factory.mktemp("package"), sys.executable, version).path


@pytest.fixture
def code(package: Path, tmp_path: Path) -> Path:
    """A folder with what is in it, and nothing else."""
    folder = tmp_path / "task"
    with ZipFile(package) as file:
        file.extractall(folder)
    return folder


@pytest.fixture
def lambdas(tmp_path: Path) -> Runtime:
    """What Lambda runs it with."""
    return runtime_of(sys.executable, tmp_path / "runtime")


@pytest.fixture
def start(code: Path, lambdas: Runtime, tmp_path: Path) -> Start:
    """Start an instance with these variables, and records that outlive it."""
    always = {"STEADY_LEGS_DATABASE": str(tmp_path / "kept.sqlite3")}
    return lambda **environment: instance(Function(code, environment=always | environment), lambdas, tmp_path / "log")
