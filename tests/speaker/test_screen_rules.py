"""Tests of what a device accepts of documents and commands."""

from __future__ import annotations

from typing import Any

import pytest

from skill.speaker.response_rules import broken_rules
from tests.speaker.responses import APL, DOCUMENT, farewell, question, request, ssml

SPEAK = {"type": "SpeakItem", "componentId": "a"}
EXECUTE = {"type": "Alexa.Presentation.APL.ExecuteCommands", "token": "t", "commands": [SPEAK]}
SPOKEN = {
    "properties": {"a": "<speak>one</speak>"},
    "transformers": [{"inputPath": "a", "transformer": "ssmlToSpeech"}],
}


def screen(newest: Any = "2024.3", kind: str = "IntentRequest") -> dict[str, Any]:
    """A request of a device with a screen."""
    asked = request(kind)
    interfaces = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": newest}}}
    asked["context"]["System"]["device"]["supportedInterfaces"] = interfaces
    return asked


def document(**changes: Any) -> dict[str, Any]:
    """A directive that shows a document with changes to it; None takes a key out."""
    changed = {key: value for key, value in {**DOCUMENT, **changes}.items() if value is not None}
    return {**APL, "document": changed}


@pytest.mark.parametrize(
    "directives",
    [
        [APL],
        [APL, EXECUTE],
        [EXECUTE],
        [{**APL, "datasources": {"a": SPOKEN, "b": {}, "c": [], "d": {"transformers": None}}}],
        [document(version="2024.3")],
        [document(**{"import": []})],
        [{**APL, "document": {"type": "Link", "src": "doc://alexa/apl/documents/a"}}],
        [{**APL, "datasources": {"a": {"transformers": [{"inputPath": "b", "transformer": "textToHint"}]}}}],
    ],
)
def test_good(directives: list[dict[str, Any]]) -> None:
    """What a screen can do with breaks no rule."""
    assert broken_rules(screen(), question(directives=directives)) == []


@pytest.mark.parametrize(
    ("directives", "rule"),
    [
        ([APL, APL], "a response must show no more than one document"),
        ([{**APL, "token": ""}], "the token of a document must have 1 to 1024 characters and is ''"),
        ([{**APL, "token": None}], "the token of a document must have 1 to 1024 characters and is None"),
        ([{**APL, "document": []}], "a document must be an object"),
        ([document(type="APLA")], "a document must be of type APL and is 'APLA'"),
        ([document(version=None)], 'the version of a document must be one such as "1.4" and is None'),
        ([document(version="new")], "the version of a document must be one such as \"1.4\" and is 'new'"),
        ([document(version="2024.4")], "the document is of version 2024.4, and the device knows none after 2024.3"),
        (
            [document(**{"import": [{"name": "alexa-layouts"}]})],
            "the document imports packages, which have to be fetched before anything is seen",
        ),
        ([document(mainTemplate=None)], "the document has no mainTemplate"),
        ([{**APL, "datasources": []}], "datasources must be an object"),
        (
            [{**APL, "datasources": {"d": {**SPOKEN, "properties": {"a": "<speak><b>x</b></speak>"}}}}],
            "d.a has a <b>, which no device knows",
        ),
        (
            [
                {
                    **APL,
                    "datasources": {"d": {**SPOKEN, "properties": {"a": '<speak><audio src="https://a/b"/></speak>'}}},
                }
            ],
            "d.a has an <audio>, which no screen speaks",
        ),
        (
            [APL, {**EXECUTE, "token": "other"}],
            "commands are for the document 'other', which is not the one that is shown",
        ),
        ([{**EXECUTE, "token": ""}], "commands must name the token of the document that they are for"),
        ([{**EXECUTE, "commands": []}], "commands must be a list of objects with a type"),
        ([{**EXECUTE, "commands": [{}]}], "commands must be a list of objects with a type"),
        ([{**EXECUTE, "commands": SPEAK}], "commands must be a list of objects with a type"),
    ],
)
def test_broken(directives: list[dict[str, Any]], rule: str) -> None:
    """Each rule is named by a line when it is broken."""
    assert broken_rules(screen(), question(directives=directives)) == [rule]


@pytest.mark.parametrize("newest", [None, "", "new", 7])
def test_screens_without_a_version(newest: Any) -> None:
    """Nothing is too new for a screen that does not say what it knows."""
    assert broken_rules(screen(newest), question(directives=[document(version="9.9")])) == []


def test_older_versions_come_before_newer_ones() -> None:
    """By number, and not by letter."""
    assert broken_rules(screen("1.10"), question(directives=[document(version="1.9")])) == []
    assert broken_rules(screen("1.9"), question(directives=[document(version="1.10")])) != []


def test_waiting_for_the_screen() -> None:
    """The end of a session may be left open where a document is shown and nothing is asked, and nowhere else."""
    waiting = {"shouldEndSession": None, "directives": [APL]}
    assert broken_rules(screen(), farewell(**waiting)) == []
    assert broken_rules(screen(), farewell(**waiting, outputSpeech=None)) == []
    asks = "the session waits for the screen, but something is asked"
    assert broken_rules(screen(), farewell(**waiting, outputSpeech=ssml("Shall we?"))) == [asks]
    assert broken_rules(screen(), question(**waiting, outputSpeech=ssml("A long good-bye."))) == [asks]
    left_out = "shouldEndSession must be true or false and is None"
    assert left_out in broken_rules(screen(), farewell(shouldEndSession=None, directives=[EXECUTE]))
    assert left_out in broken_rules(request(), farewell(shouldEndSession=None))


def test_what_comes_too_late() -> None:
    """An event of a screen may be answered by nothing at all; words may not."""
    nothing = {"version": "1.0", "response": {}}
    assert broken_rules(screen(kind="Alexa.Presentation.APL.UserEvent"), nothing) == []
    assert broken_rules(screen(), nothing) != []
