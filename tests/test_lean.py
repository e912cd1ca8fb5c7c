"""The SDK's names, imported late: each is the one that the SDK's own packages have, and none comes too early."""

from __future__ import annotations

import subprocess
import sys

import pytest

from skill.lean import FACTORY, MODEL

EVERY_NAME = """
import ast
from importlib import import_module
from pathlib import Path
import skill, ask_sdk_model
top, named = Path(ask_sdk_model.__file__).parent, 0
for init in sorted(top.rglob("__init__.py")):
    package = import_module(".".join(("ask_sdk_model", *init.parent.relative_to(top).parts)))
    for node in ast.parse(init.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            for alias in node.names:
                value = getattr(package, alias.name)
                if alias.name != "ServiceClientFactory":
                    assert value.__module__ == f"{package.__name__}.{node.module}", value
                named += 1
    # Where a name is not found after its module, the package itself is run, and has this no more.
    assert "__getattr__" in vars(package), package
print(named)
"""


def run(program: str) -> str:
    """What a program prints in a process of its own, which complains of nothing."""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.stdout.strip()


def test_every_name_is_called_after_its_module() -> None:
    """Whatever the packages name is found where we look for it; a newer SDK that does otherwise is told here."""
    assert int(run(EVERY_NAME)) > 500


def test_what_is_not_there() -> None:
    """A name that the SDK does not have is missing as ever, and a package within a package is found."""
    program = """
import skill, ask_sdk_model
assert ask_sdk_model.ui.SimpleCard.__module__ == "ask_sdk_model.ui.simple_card"
for name in ("NoSuchThing", "no_such_thing", "__no_such_thing__"):
    assert not hasattr(ask_sdk_model, name), name
from ask_sdk_model import Slot
assert Slot is ask_sdk_model.Slot
"""
    assert run(program) == ""


def test_clients_of_services() -> None:
    """The factory knows its configuration without importing a client, and makes the SDK's own when asked for one."""
    program = f"""
import sys
import skill
from ask_sdk_model.services import ApiConfiguration, ServiceClientFactory
factory = ServiceClientFactory(ApiConfiguration())
assert isinstance(factory.api_configuration, ApiConfiguration)
assert not [name for name in sys.modules if name.endswith("_service_client")]
client = factory.get_ups_service()
assert type(client).__module__ == "ask_sdk_model.services.ups.ups_service_client"
assert sys.modules[{FACTORY!r}].ServiceClientFactory is not ServiceClientFactory
"""
    assert run(program) == ""


@pytest.mark.parametrize("first", ["skill", MODEL])
def test_whoever_comes_first(first: str) -> None:
    """Who imported the SDK before has it as it was, and the skill works with it all the same."""
    program = f"""
import sys, json
import {first}
import ask_sdk_model
early = "ask_sdk_model.application" in sys.modules
from skill.assistant import answer, create_skill
from skill.settings import Settings
skill = create_skill(Settings(database=":memory:"))
answer(skill, json.load(open("tests/requests/LaunchRequest/new_session.json")))
skill.persistence_adapter.close()
print(early)
"""
    assert run(program) == str(first == MODEL)
