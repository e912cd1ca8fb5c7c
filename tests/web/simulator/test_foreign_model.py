"""The interaction model of another skill: what it understands, what can be said to it, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skill.web.simulator.foreign import ForeignError
from skill.web.simulator.foreign_model import load_model
from tests.web.simulator.hello import intent, model_file, schema


def test_understanding(tmp_path: Path) -> None:
    """Its samples are understood, and Amazon's own intents by what people say for them."""
    model = load_model(model_file(tmp_path))
    heard = model.understanding.hear("say hello")
    assert (heard.intent, heard.how) == ("HelloIntent", "sample")
    assert model.understanding.hear("stop").intent == "AMAZON.StopIntent"
    assert model.understanding.invocation_name == "my hello"


def test_types_that_are_not_known_here(tmp_path: Path) -> None:
    """In slots of types that only Amazon knows any words will do, and which ones these are is told."""
    model = load_model(model_file(tmp_path))
    assert model.taken_as_said == ("AMAZON.FirstName",)
    heard = model.understanding.hear("greet ada lovelace")
    assert heard.slots["name"].value == "ada lovelace"


def test_types_that_are_known(tmp_path: Path) -> None:
    """Lists of its own and numbers are understood, also where it adds to a list of Amazon's."""
    kinds = {"colour": "Colour", "number": "AMAZON.FOUR_DIGIT_NUMBER", "city": "AMAZON.City"}
    model = load_model(
        model_file(
            tmp_path,
            schema(
                intent("PaintIntent", "paint {number} walls {colour} in {city}", **kinds),
                Colour=["deep red"],
                **{"AMAZON.City": ["vienna"]},
            ),
        )
    )
    assert model.taken_as_said == ()
    slots = model.understanding.hear("paint twelve walls deep red in vienna").slots
    assert {name: slot.value for name, slot in slots.items()} == {
        "number": "12",
        "colour": "deep red",
        "city": "vienna",
    }
    assert model.phrases == ("paint five walls deep red in vienna",)


def test_phrases(tmp_path: Path) -> None:
    """What can be said to it is what opens it and a phrase of each intent, the skill's own before Amazon's."""
    model = load_model(model_file(tmp_path))
    assert (model.opening, model.phrases) == ("open my hello", ("hello", "stop greeting"))
    assert all(model.understanding.exactly(phrase) for phrase in model.phrases)


@pytest.mark.parametrize(("name", "title"), [("my hello", "My Hello"), ("ada's hello", "Ada's Hello")])
def test_title(name: str, title: str, tmp_path: Path) -> None:
    """It is called what it is opened by, as a title."""
    raw = schema()
    raw["interactionModel"]["languageModel"]["invocationName"] = name
    assert load_model(model_file(tmp_path, raw)).title == title


@pytest.mark.parametrize(
    ("name", "locale"),
    [("en-GB.json", "en-GB"), ("model.json", "en-US"), ("de-DE.json", "de-DE"), ("en_US.json", "en-US")],
)
def test_locale(name: str, locale: str, tmp_path: Path) -> None:
    """The file's name is its locale; in a language that the device does not speak, its own words are English."""
    model = load_model(model_file(tmp_path, name=name))
    assert model.locale == locale
    assert model.understanding.hear("stop").intent == "AMAZON.StopIntent"


def test_both_generations(tmp_path: Path) -> None:
    """A model is read also without the frame around it, and with a mark before the text."""
    path = Path(model_file(tmp_path, schema()["interactionModel"]))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_model(str(path)).understanding.exactly("hello")


@pytest.mark.parametrize(
    ("model", "complaint"),
    [
        ([], "this is no interaction model, TypeError"),
        ({}, "has no 'interactionModel'"),
        ({"interactionModel": {}}, "has no 'languageModel'"),
        ({"interactionModel": {"languageModel": {"intents": []}}}, "has no 'invocationName'"),
        (
            {"interactionModel": {"languageModel": {"invocationName": 7, "intents": []}}},
            "the invocationName is no text",
        ),
        (schema({"samples": []}), "has no 'name'"),
        (schema({"name": "AIntent", "samples": [7]}), "this is no interaction model"),
        (schema({"name": "AIntent", "slots": "x"}), "this is no interaction model"),
        (schema(intent("AIntent", "do {it}")), "AIntent has no slot it"),
        (schema(intent("AIntent", "do {it}", it="Nothing")), "AIntent has a slot of type Nothing"),
        (schema(intent("AIntent", "!")), "AIntent has a sample without words"),
    ],
)
def test_faults(model: Any, complaint: str, tmp_path: Path) -> None:
    """A fault is one line, with the file, what is wrong in it, and the cure."""
    path = model_file(tmp_path, model)
    with pytest.raises(ForeignError) as caught:
        load_model(path)
    assert str(caught.value).startswith(f"--model {path}: ")
    assert complaint in str(caught.value)
    assert "from the console" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files(tmp_path: Path) -> None:
    """A file that is not there, or no JSON, is named."""
    with pytest.raises(ForeignError, match="No such file or directory; give the file"):
        load_model(str(tmp_path / "absent.json"))
    with pytest.raises(ForeignError, match="Is a directory"):
        load_model(str(tmp_path))
    for text in (b"{", b"\xff\xfe{", b"[" * 100_000):
        (tmp_path / "bad.json").write_bytes(text)
        with pytest.raises(ForeignError, match=r"bad\.json: this is no JSON"):
            load_model(str(tmp_path / "bad.json"))
