"""Another skill in this speaker: a handler, the SDK's object or what builds one, and what may be wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from skill.speaker.device import Device
from skill.speaker.envelopes import LOCAL_SKILL
from skill.web.simulator.foreign import ForeignError, load_skill, no_danger
from skill.web.simulator.foreign_model import load_model
from tests.web.simulator.hello import LAMBDA, SDK, model_file


def device(skill_name: str, folder: Path) -> Device:
    """A device with another skill and its model."""
    skill, model = load_skill(skill_name), load_model(model_file(folder))
    return Device(
        skill.answer,
        model.understanding,
        model.locale,
        lambda: datetime(2026, 1, 15, tzinfo=UTC),
        no_danger,
        application_id=skill.application_id,
    )


def test_ten_lines(folder: Path) -> None:
    """A skill of ten lines is opened, asks, answers, ends, and is stopped; what is ours is nobody's business there."""
    (folder / "tiny.py").write_text(LAMBDA, encoding="utf-8")
    speaker = device("tiny:handler", folder)
    assert speaker.launch().speech == "Say hello. Shall I greet you?"
    assert speaker.in_session
    turn = speaker.say("say hello")
    assert turn.speech == "Hello, world!"
    assert turn.broken_rules() == []
    assert not speaker.in_session
    assert speaker.say("ask my hello to say hello").speech == "Hello, world!"
    urgent = speaker.say("my face is drooping")
    assert urgent.heard is not None
    assert urgent.heard.how == "none"


@pytest.mark.parametrize("name", ["builder", "skill", "handler"])
def test_by_the_sdk(name: str, folder: Path) -> None:
    """A skill of the SDK answers in any of its forms, hears slots, and has a context as on Lambda."""
    (folder / "by_sdk.py").write_text(SDK, encoding="utf-8")
    skill = load_skill(f"by_sdk:{name}")
    own = "amzn1.ask.skill.11111111-2222-4333-8444-555555555555"
    assert skill.application_id == (LOCAL_SKILL if name == "handler" else own)
    if name != "handler":  # it looks for an id that only the other two tell
        assert device(f"by_sdk:{name}", folder).say("greet ada").speech == "Hello, ada! 36"


def test_in_a_package(folder: Path) -> None:
    """A module inside a package is found, and so is what it imports from beside it."""
    (folder / "mine").mkdir()
    (folder / "mine" / "__init__.py").touch()
    (folder / "beside.py").write_text("WORDS = 'from beside'", encoding="utf-8")
    (folder / "mine" / "entry.py").write_text("import beside\ndef f(event, context): return beside.WORDS", "utf-8")
    answered: Any = load_skill("mine.entry:f").answer({})
    assert answered == "from beside"


def test_context(folder: Path) -> None:
    """The context tells what handlers ask of it."""
    text = "def f(event, context): return [context.function_name, context.get_remaining_time_in_millis()]"
    (folder / "asks.py").write_text(text, encoding="utf-8")
    answered: Any = load_skill("asks:f").answer({})
    assert answered == ["local", 8000]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("bad", "", "give a module and what answers in it, such as hello:handler"),
        ("bad:", "", "give a module and what answers in it"),
        (":handler", "", "give a module and what answers in it"),
        ("a-b:handler", "", "give a module and what answers in it"),
        ("bad.py:handler.x", "", "give a module and what answers in it"),
        ("absent:handler", "", "there is no module absent in"),
        ("bad.absent:handler", "", "there is no module bad.absent in"),
        ("skill:handler", "", "skill is this program's own package; give yours another name"),
        ("bad:handler", "import no_such_thing", "bad needs no_such_thing; install that"),
        ("bad:handler", "\n\nx = = 1", "bad cannot be imported, SyntaxError in line 3; mend that first"),
        ("bad:handler", "def f():\n    1 / 0\nf()", "bad cannot be imported, ZeroDivisionError in f, bad.py:2"),
        ("bad:handler", "raise SystemExit(3)", "bad cannot be imported, SystemExit in <module>, bad.py:1"),
        ("bad:handler", "from json import dumps\ndef other(): pass", "bad has no handler; it has other"),
        ("bad:handler", "", "bad has no handler; it has nothing that answers"),
        ("bad:handler", "handler = 7", "it is of type int; give a function of (event, context)"),
        ("bad:handler", "class handler: pass", "it is a class; give a function of (event, context)"),
        ("bad:handler", "async def handler(a, b): pass", "it is async; give a function of (event, context)"),
        ("bad:handler", "def handler(event): pass", "too many positional arguments; give a function of (event"),
    ],
)
def test_faults(name: str, text: str, complaint: str, folder: Path) -> None:
    """A fault is one line, with the part that is at fault and the cure."""
    (folder / "bad.py").write_text(text, encoding="utf-8")
    with pytest.raises(ForeignError) as caught:
        load_skill(name)
    assert str(caught.value).startswith(f"--skill {name}: ")
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
