"""Dialogue files: ours are read and written without loss, and a fault is named with its line, its key and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from skill.content.reading import read_yaml
from skill.web.simulator.dialogues import read_dialogue, write_dialogue
from skill.web.simulator.steps import ReplayError, Script, Step
from tests.conftest import TESTS

CONVERSATIONS = sorted((TESTS / "conversations").glob("*.yaml"))


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
def test_ours(path: Path, tmp_path: Path) -> None:
    """Each of our files is read, and written again it says the same."""
    script = read_dialogue(path.read_text(encoding="utf-8"))
    written = tmp_path / "written.yaml"
    written.write_text(write_dialogue(script, path.stem), encoding="utf-8")
    usual = {"after": 5}
    before, after = ([{**usual, **turn} for turn in read_yaml(each)["turns"]] for each in (path, written))
    assert after == before
    assert read_dialogue(written.read_text(encoding="utf-8")) == script


def test_written() -> None:
    """A file says no more than it must, a turn a line, and quotes what YAML would take for something else."""
    steps = (
        Step("launch"),
        Step("say", "yes", 7.0, {"intent": "AMAZON.YesIntent", "says": ["Shall we, or not?"], "ends": False}),
        Step("say", "12", 2.5),
        Step("silence", after_s=0.0),
        Step("press", "pause"),
    )
    assert write_dialogue(Script(steps, "en-GB", True), "Two\nlines") == (
        "# Two lines\n"
        "locale: en-GB\n"
        "recordings: true\n"
        "turns:\n"
        "  - {launch: true}\n"
        "  - {say: 'yes', after: 7, intent: AMAZON.YesIntent, says: ['Shall we, or not?'], ends: false}\n"
        "  - {say: '12', after: 2.5}\n"
        "  - {silence: true, after: 0}\n"
        "  - {press: pause}\n"
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "a dialogue has turns, such as"),
        ("- say: hello", "a dialogue has turns, such as"),
        ("turns: hello", "turns: give a list"),
        ("turns: []", "of 0 turns"),
        ("local: en-GB\nturns: [{launch: true}]", "local means nothing here; there is locale, recordings, turns"),
        ("locale: 7\nturns: [{launch: true}]", "locale: give a text"),
        ("recordings: maybe\nturns: [{launch: true}]", "recordings: give true or false"),
        ("turns:\n  - {say: a}\n  - hello", "line 3: a turn has keys, such as say: hello"),
        ("turns:\n  - {say: a}\n  - {sayz: a}", "line 3: sayz means nothing here; there is say, launch"),
        ("turns:\n  - {after: 3}", "line 2: a turn has one of say, launch, silence, press, wait"),
        ("turns:\n  - {say: a, launch: true}", "line 2: a turn has one of say"),
        ("turns:\n  - {say: yes}", "line 2: say: give words, in quotes"),
        ("turns:\n  - {say: ' '}", "line 2: say: give words"),
        ("turns:\n  - {launch: false}", "line 2: launch: give true"),
        ("turns:\n  - {press: stop}", "line 2: press: give one of play, pause, next, previous"),
        ("turns:\n  - {press: [play]}", "line 2: press: give one of"),
        ("turns:\n  - {wait: true, after: -1}", "line 2: after: give seconds from 0 to"),
        ("turns:\n  - {wait: true, after: .nan}", "line 2: after: give seconds from 0 to"),
        ("turns:\n  - {wait: true, after: true}", "line 2: after: give seconds from 0 to"),
        ("turns:\n  - {say: a, says: b}", "line 2: says: give a list"),
        ("turns:\n  - {say: a, says: [911]}", "line 2: says: give texts, in quotes"),
        ("turns:\n  - {say: a, ends: 1}", "line 2: ends: give true or false"),
        ("turns:\n  - {say: a, say: b}", "line 2: say stands twice; leave one of them"),
        ("turns: [{say: a}]\nturns: [{say: b}]", "line 2: turns stands twice"),
        ('turns:\n  - {say: "a', "line 2: this is no YAML, found unexpected end of stream; put odd words in quotes"),
        ("turns: &again [*again]", "line 1: a turn has keys"),
        ("turns: [{? [a] : b}]", "line 1: this is no YAML"),
        ("!!python/object:os.system {}", "line 1: this is no YAML"),
        ("turns: [{say: 2026-13-45}]", "this is no YAML"),
        ("\x00", "this is no YAML"),
    ],
)
def test_faults(text: str, complaint: str) -> None:
    """A fault is named with its place and the cure."""
    with pytest.raises(ReplayError) as caught:
        read_dialogue(text)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
