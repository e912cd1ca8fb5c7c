"""What a screen shows as the page gets it: data sources as a device gets them from Amazon's cloud."""

from __future__ import annotations

from typing import Any

from skill.speaker.display import Shown
from skill.web.simulator.screens import Screens


def shown(number: int = 1, **sources: Any) -> Shown:
    """A document with data sources."""
    return Shown(number, "token", {"type": "APL"}, sources)


def source(*transformers: dict[str, str], **properties: Any) -> dict[str, Any]:
    """A data source with transformers."""
    return {"type": "object", "properties": properties, "transformers": list(transformers)}


def transformer(kind: str, path: str, name: str | None = None) -> dict[str, str]:
    """What is done to a property."""
    return {"transformer": kind, "inputPath": path, **({"outputName": name} if name else {})}


def told(screen: Shown, said: list[str] | None = None) -> dict[str, Any]:
    """What the page gets; sounds are named by what they say."""

    def say(ssml: str) -> dict[str, Any]:
        (said if said is not None else []).append(ssml)
        return {"url": f"/local/speech/{len(said or ())}.mp3", "marks": [(0, ssml, None)]}

    return Screens().told(screen, say)


def test_words_become_a_sound() -> None:
    """The property has the address of the sound, and the page gets its marks."""
    ssml = "<speak>Hello.</speak>"
    made = told(shown(data=source(transformer("ssmlToSpeech", "ssml", "speech"), ssml=ssml)), [])
    assert made["datasources"]["data"]["properties"] == {"ssml": ssml, "speech": "/local/speech/1.mp3"}
    assert made["sounds"] == {"/local/speech/1.mp3": [(0, ssml, None)]}
    assert (made["number"], made["token"], made["document"]) == (1, "token", {"type": "APL"})


def test_words_become_text() -> None:
    """A property deep inside may be replaced by its own plain words; what is malformed stays."""
    data = source(
        transformer("ssmlToText", "deep.ssml"),
        transformer("ssmlToText", "broken"),
        deep={"ssml": "<speak>One <break time='1s'/>two.</speak>"},
        broken="<speak>",
    )
    assert told(shown(data=data))["datasources"]["data"]["properties"] == {
        "deep": {"ssml": "One two."},
        "broken": "<speak>",
    }


def test_what_cannot_be_transformed() -> None:
    """It stays as it was sent."""
    data = source(transformer("ssmlToSpeech", "a.b"), transformer("other", "a"), a="words")
    assert told(shown(data=data, other=7, plain={"properties": {"a": 1}}))["datasources"] == {
        "data": data,
        "other": 7,
        "plain": {"properties": {"a": 1}},
    }


def test_sounds_are_made_once() -> None:
    """As long as the same document is shown; the same one sent again has sounds of its own."""
    screens, said = Screens(), list[str]()
    data = source(transformer("ssmlToSpeech", "ssml", "speech"), ssml="<speak>Hello.</speak>")

    def say(ssml: str) -> dict[str, Any]:
        said.append(ssml)
        return {"url": None, "marks": []}

    for number in (1, 1, 2):
        assert screens.told(shown(number, data=data), say)["sounds"] == {"silent:0": []}
    assert len(said) == 2
