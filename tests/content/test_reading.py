"""Reading content: whatever is wrong with a file, the error names the file and the key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from skill.content.model import Source, Topic
from skill.content.reading import ContentError, flattened, read, read_entries, read_yaml

SOURCE = "title: T, publisher: P, url: U"
TOPIC = "title: T, reviewed: 2026-11-22"


def written(folder: Path, text: str) -> Path:
    """A file with that text."""
    path = folder / "words.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_entries_are_typed(tmp_path: Path) -> None:
    """A good file becomes values by key."""
    path = written(tmp_path, f"a: {{{SOURCE}, opened: true}}\n1: {{{SOURCE}, opened: false}}\n")
    assert read_entries(path, Source) == {"a": Source("T", "P", "U", True), "1": Source("T", "P", "U", False)}
    assert read(written(tmp_path, "[zero, one]"), tuple[str, ...]) == ("zero", "one")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"a: {{{SOURCE}}}", ["a: ", "`opened`"]),
        (f"a: {{{SOURCE}, opened: true, colour: red}}", ["a: ", "'colour'"]),
        ("a: {title: 7, publisher: P, url: U, opened: true}", ["a: ", "$.title"]),
        ("a: {title: T, publisher: P, url: U, opened: maybe}", ["a: ", "$.opened"]),
        ("a: {}\nb: {}\na: {}", ["'a' stands twice", "line 1"]),
        ("a:\n  title: T\n  title: U", ["'title' stands twice", "line 2"]),
        ("a: [", ["line"]),
        ("a: {{}: 1}", ["line"]),
        ("a: nothing", ["a: ", "object"]),
        ("[a]", ["named entries"]),
        ("{}", ["named entries"]),
        ("", ["named entries"]),
    ],
)
def test_fault_names_file_and_key(text: str, named: list[str], tmp_path: Path) -> None:
    """A missing, unknown, mistyped or repeated key and broken YAML are told apart, with file and key."""
    path = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_entries(path, Source)
    assert all(piece in str(caught.value) for piece in [str(path), *named]), caught.value


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"a: {{{TOPIC}, claim: {{say: A., sources: [b], loud: true}}}}", ["a: ", "'loud'", "$.claim"]),
        (f"a: {{{TOPIC}, claim: {{say: 'An {{open brace.', sources: [b]}}}}", ["a: ", "$.claim.say"]),
        (f"a: {{{TOPIC}, claim: {{say: 'A {{0}}.', sources: [b]}}}}", ["a: ", "plain name", "$.claim.say"]),
        (f"a: {{{TOPIC}, claim: {{say: 7, sources: [b]}}}}", ["a: ", "expected text", "$.claim.say"]),
        ("a: {title: T, reviewed: soon, claim: {say: A., sources: [b]}}", ["a: ", "$.reviewed"]),
        ("a: {title: T, reviewed: 2026-13-45, claim: {say: A., sources: [b]}}", ["month"]),
    ],
)
def test_fault_inside_an_entry_is_named(text: str, named: list[str], tmp_path: Path) -> None:
    """A fault further down is named with its place."""
    path = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_entries(path, Topic)
    assert all(piece in str(caught.value) for piece in [str(path), *named]), caught.value


def test_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A file that is missing or not UTF-8 is an error that names it."""
    missing, latin = tmp_path / "missing.yaml", tmp_path / "latin.yaml"
    latin.write_bytes("a: caf\u00e9".encode("latin-1"))
    for path in (missing, latin, tmp_path):
        with pytest.raises(ContentError, match=path.name):
            read_yaml(path)


def test_phrases_are_flattened(tmp_path: Path) -> None:
    """Nested phrases get dotted keys, and a lone sentence is a list of one."""
    path = written(tmp_path, "a: {b: One., c: ['Two {name}.', 'Too, {name}.']}")
    phrases = dict(flattened(read_yaml(path), path))
    assert {key: [each.text for each in variants] for key, variants in phrases.items()} == {
        "a.b": ["One."],
        "a.c": ["Two {name}.", "Too, {name}."],
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "the file"),
        ("a: {}", "a must hold"),
        ("a: {b: 7}", "a.b must be a sentence"),
        ("a: {b: []}", "a.b must be a sentence"),
        ("a: {b: ' '}", "a.b must be a sentence"),
        ("a: {b: [One., 2]}", "a.b must be a sentence"),
        ("a: {b: 'An {open brace.'}", "a.b: "),
        ("a: {b: ['One {x}.', Two.]}", "variants of a.b"),
    ],
)
def test_phrase_fault_names_file_and_key(text: str, named: str, tmp_path: Path) -> None:
    """A phrase that cannot be said is an error that names file and key."""
    path = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        flattened(read_yaml(path), path)
    assert str(path) in str(caught.value)
    assert named in str(caught.value)


RACE = """
import sys, threading
from skill.content import load
from skill.content.reading import DIRECTORY
sys.setswitchinterval(1e-6)
together = threading.Barrier(8)
def run():
    together.wait()
    load.__wrapped__("en", DIRECTORY)
threads = [threading.Thread(target=run) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


def test_threads_may_read_first_at_the_same_time() -> None:
    """The first requests to a server come on several threads, and none takes the process down."""
    runs = [subprocess.Popen([sys.executable, "-c", RACE]) for _ in range(4)]
    assert [run.wait(60) for run in runs] == [0, 0, 0, 0]
