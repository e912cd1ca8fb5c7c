"""What was said in a turn, as it is spoken: the answer with its pauses, and the device's own words around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skill.speaker.plain import said, speak_element, spoken
from skill.speaker.turns import Turn
from skill.speech.ssml import escaped
from skill.web.simulator.pieces import SENTENCE_END

_READ_OUT = frozenset({"digits", "telephone"})


def answer_of(turn: Turn) -> Mapping[str, Any]:
    """The body of the response that was spoken last in a turn; empty where none was."""
    for exchange in reversed(turn.exchanges):
        body = exchange.response.get("response")
        if isinstance(body, dict) and (body.get("outputSpeech") or body.get("card")):
            return body
    return {}


def spoken_ssml(turn: Turn) -> str:
    """All that is said in a turn as SSML; empty where nothing is."""
    return _around(turn.speech, answer_of(turn).get("outputSpeech"))


def reprompt_ssml(turn: Turn) -> str:
    """What is said when nobody answers, as SSML; empty where nothing is."""
    reprompt = answer_of(turn).get("reprompt")
    return _around(turn.reprompt, reprompt.get("outputSpeech") if isinstance(reprompt, dict) else None)


def numbers_to_call(ssml: str) -> list[str]:
    """The numbers that are read out digit by digit, where the first sentence says to call one at once."""
    try:
        read_out = [each for each in speak_element(ssml).iter("say-as") if each.get("interpret-as") in _READ_OUT]
        sentence = SENTENCE_END.split(spoken(ssml), maxsplit=1)[0]
    except ValueError:
        return []
    numbers = [*dict.fromkeys("".join(each.itertext()).strip() for each in read_out)]
    return numbers if numbers and numbers[0] in sentence else []


def _around(whole: str, output: Any) -> str:
    """The SSML of an answer with the plain words before and after it that a device adds of its own."""
    if not whole:
        return ""
    answer = said(output)
    ssml = output.get("ssml") if isinstance(output, dict) else None
    before, found, after = whole.partition(answer) if answer else (whole, "", "")
    if not found or not isinstance(ssml, str):
        return f"<speak>{escaped(whole)}</speak>"
    inner = ssml.strip().removeprefix("<speak>").removesuffix("</speak>")
    return f"<speak>{escaped(before)}{inner}{escaped(after)}</speak>"
