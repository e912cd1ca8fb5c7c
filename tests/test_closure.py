"""Nothing dangles: model, handlers, fixtures and content name the same things."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from skill.content import Tier, load
from skill.content.reading import DIRECTORY, read_yaml
from skill.handlers import answers
from skill.handlers.capability import CAPABILITIES, ROUTES, modules
from skill.handlers.red_flags import INTENTS
from skill.locales import model_path, published
from skill.triage.network import network
from tests.conftest import REQUESTS, TESTS, understanding

CONTENT = load("en")
MODEL = json.loads(model_path("en-US").read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
MODEL_INTENTS = {intent["name"] for intent in MODEL["intents"]}
UNKNOWN_INTENT = "NoSuchIntent"
STATES = {"new_session", "in_session", "mid_routine", "after_end"}
SOURCES = sorted((Path(answers.__file__).parents[1]).rglob("*.py"))
SUGGESTION = re.compile(r'"([^"]+)"')
ADDRESS = re.compile(r"^alexa,? ((ask|tell|open) steady legs (to )?)?", re.IGNORECASE)


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the content with the file it is in."""

    def inside(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from inside(part)

    for name in ("phrases", "topics", "causes", "remedies", "red_flags"):
        for text in inside(read_yaml(DIRECTORY / "en" / f"{name}.yaml")):
            yield name, text


def test_every_intent_has_one_handler() -> None:
    """Intents of the model are those that are handled, each by one route."""
    routes = Counter(name for each in CAPABILITIES for name in import_module(f"skill.handlers.{each}").ROUTES)
    assert [name for name, times in routes.items() if times > 1] == []
    intents = {name for name in routes if name.endswith("Intent")} | INTENTS
    assert intents == MODEL_INTENTS


def test_every_route_has_fixtures() -> None:
    """Each intent has a fixture in every state, and each other request that is handled has one."""
    cases: dict[str, set[str]] = {}
    for path in REQUESTS:
        cases.setdefault(path.parent.name, set()).add(path.stem)
    for intent in MODEL_INTENTS:
        assert cases.get(intent, set()) >= STATES, intent
    for name in set(modules(ROUTES)) - MODEL_INTENTS:
        assert cases.get(name), name


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_fixture_stands_where_it_belongs(path: Path) -> None:
    """A fixture's folder is its intent or type, and its intent and slots are in the model."""
    request = json.loads(path.read_text(encoding="utf-8"))["request"]
    intent = request.get("intent")
    assert path.parent.name == (intent["name"] if intent else request["type"])
    if intent and intent["name"] != UNKNOWN_INTENT:
        slots = {
            slot["name"]
            for each in MODEL["intents"]
            if each["name"] == intent["name"]
            for slot in each.get("slots", ())
        }
        assert set(intent.get("slots", {})) == slots


@pytest.mark.parametrize("locale", published())
def test_words_mean_one_thing(locale: str) -> None:
    """No words are samples of two intents, with slots filled in."""
    assert understanding(locale).ambiguities() == []


def test_suggestions_are_samples() -> None:
    """Everything a prompt suggests to say is understood exactly."""
    model = understanding("en-US")
    suggested = {(ADDRESS.sub("", phrase), name) for name, text in texts() for phrase in SUGGESTION.findall(text)}
    assert len(suggested) > 20
    for phrase, name in suggested:
        heard = model.hear(phrase)
        assert heard.how == "sample", f"{name}.yaml suggests {phrase!r}, which is no sample"


def test_ids_of_the_model_are_ids_of_the_content() -> None:
    """Slot values resolve to content, and all content can be asked for by name."""
    ids = {each["name"]: {value["id"] for value in each["values"]} for each in MODEL["types"]}
    assert ids["CauseName"] == set(CONTENT.causes)
    assert ids["RemedyName"] == set(CONTENT.remedies)
    assert ids["ExerciseName"] == set(CONTENT.exercises)
    assert ids["RoutineName"] == set(CONTENT.routines)
    assert ids["RedFlag"] == ids["Illness"] == set(CONTENT.red_flags)
    assert ids["CauseKind"] <= set(CONTENT.topics)


def test_every_phrase_is_used_and_every_used_phrase_is_there() -> None:
    """Phrases of the content are the phrases of the program."""
    constants: set[str] = set()
    said: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
                said |= {str(each.value) for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)}
    sides = {f"side.{side}" for counting in CONTENT.exercises.values() for side in counting.sides}
    assert {key for key in said if re.fullmatch(r"[a-z_]+\.[a-z_]+", key)} <= set(CONTENT.phrases)
    unused = {
        key
        for key in set(CONTENT.phrases) - sides
        if key not in constants and not (key.startswith("ask.") and key.split(".")[1] in constants)
    }
    assert unused == set()
    assert sides == {key for key in CONTENT.phrases if key.startswith("side.")}


def test_questions_ask_and_reprompts_are_short() -> None:
    """Every question ends with a question mark; its reprompt differs and is short, even beside a question alone."""
    questions = {key.split(".")[1] for key in CONTENT.phrases if key.startswith("ask.")}
    alone = {name for name in questions if name.startswith("which_")} | {"forget", "examples"}
    for name in questions:
        asked = [variant.text for variant in CONTENT.phrases[f"ask.{name}.question"]]
        again = [variant.text for variant in CONTENT.phrases[f"ask.{name}.reprompt"]]
        assert all(text.endswith("?") for text in asked), name
        assert not set(asked) & set(again), name
        assert all(len(text.split()) <= 12 for text in again), name
        assert name not in alone or max(map(len, again)) < min(map(len, asked)), name


def test_every_question_knows_yes_and_no() -> None:
    """What is asked as a yes-or-no question has a yes; the open questions are listed here."""
    open_questions = {
        "start",
        "examples",
        "help",
        "which_exercise",
        "which_cause",
        "which_count",
        "which_spoken",
        "which_tick",
    }
    started = {"short_routine", "exercise", "bath", "which_routine"}
    covered = set(answers.YES) | open_questions | started | {"after_advice"}
    asked = {key.split(".")[1] for key in CONTENT.phrases if key.startswith("ask.")}
    assert asked - covered - {"next_side", "next_round", "next_exercise", "last_set"} == set()


def test_triage_speaks_of_the_content() -> None:
    """What triage can find has advice, and all advice can be found."""
    for name in ("en", "en.second"):
        assert set(network(name).categories) == set(CONTENT.red_flags)
        assert set(network(name).tiers) == set(Tier)


def test_conversations_are_read() -> None:
    """There are dialogues to play."""
    assert len(list((TESTS / "conversations").glob("*.yaml"))) >= 10
