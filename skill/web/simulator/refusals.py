"""What a device cannot use of a response; it then says that there was a problem with the skill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from skill.speaker.response_rules import CONVERSATION, INTERFACES, LARGEST_RESPONSE, at, directives
from skill.speaker.screen_rules import APL, EXECUTE, RENDER
from skill.speaker.ssml_rules import FETCHABLE, LONGEST_SPEECH, broken_ssml_rules
from skill.web.simulator.shapes import Clear, Directive, Document, Execute, Play, Render, Response, Shape, Speech

COMPONENTS = frozenset(
    {
        *("Container", "EditText", "FlexSequence", "Frame", "GridSequence", "Image", "Pager", "ScrollView"),
        *("Sequence", "Text", "TouchWrapper", "VectorGraphic", "Video"),
    }
)
"""What a screen can be made of without anything imported."""

_SHAPES: Mapping[str, type[Shape]] = {
    "AudioPlayer.Play": Play,
    "AudioPlayer.ClearQueue": Clear,
    RENDER: Render,
    EXECUTE: Execute,
}


def refusals(request: Mapping[str, Any], response: Any, size: int) -> Iterator[str]:
    """Name every reason for which a device cannot use a response to a request: what is wrong, and where.

    The response is a JSON value of `size` bytes. No reason holds what anybody said.
    """
    try:
        body = msgspec.convert(response, Response).response
    except msgspec.ValidationError as error:
        yield f"the response: {error}"
        return
    if size > LARGEST_RESPONSE:
        yield f"the response has {size} bytes and may have {LARGEST_RESPONSE}"
    kind = str(at(request, "request", "type"))
    if kind not in CONVERSATION and (body.output_speech or body.reprompt or body.card):
        yield f"the answer to {kind} must have no speech, no reprompt and no card"
    yield from _speech("$.response.outputSpeech", body.output_speech)
    yield from _speech("$.response.reprompt.outputSpeech", body.reprompt.output_speech if body.reprompt else None)
    supported = at(request, "context", "System", "device", "supportedInterfaces")
    for directive in directives(response["response"]):
        yield from _directive(directive, supported if isinstance(supported, dict) else {})


def _speech(place: str, speech: Speech | None) -> Iterator[str]:
    if speech is None:
        return
    key, said = ("ssml", speech.ssml) if speech.type == "SSML" else ("text", speech.text)
    if said is None:
        yield f"{place} has no {key}"
    elif key == "ssml":
        # A rule may quote where it stumbled, and skills repeat what people say.
        yield from (f"{place}.ssml {rule.partition(' near ')[0]}" for rule in broken_ssml_rules(said))
    elif len(said) > LONGEST_SPEECH:
        yield f"{place}.text has {len(said)} characters and may have {LONGEST_SPEECH}"


def _directive(directive: Mapping[str, Any], supported: Mapping[str, Any]) -> Iterator[str]:
    kind: str = directive["type"]
    for interface in INTERFACES:
        if kind.startswith(f"{interface}.") and interface not in supported:
            yield f"{kind} goes to a device that does not have {interface}"
    try:
        shape = msgspec.convert(directive, _SHAPES.get(kind, Directive))
        if isinstance(shape, Render):
            yield from (f"{kind}: {fault}" for fault in _screen(shape.document, supported))
    except msgspec.ValidationError as error:
        yield f"{kind}: {error}"
        return
    if isinstance(shape, Play) and not re.fullmatch(FETCHABLE, shape.audio_item.stream.url):
        yield f"{kind}: the url of the stream must begin with https://"


def _screen(raw: Mapping[str, Any], supported: Mapping[str, Any]) -> Iterator[str]:
    """Why a device cannot show a document; raises ValidationError for one of the wrong shape."""
    # One that is kept in Amazon's own store is known by its address alone.
    if raw.get("type") == "Link":
        return
    document = msgspec.convert(raw, Document)
    newest = at(supported, APL, "runtime", "maxVersion")
    if isinstance(newest, str) and _numbers(document.version) > _numbers(newest):
        yield f"the document has version {document.version}, and the newest that the device shows is {newest}"
    roots = document.main_template.roots()
    if not roots:
        yield "the mainTemplate of the document has no items"
    known = COMPONENTS | (document.layouts or {}).keys()
    if not document.imports and not all(str(root.get("type")) in known for root in roots):
        yield "an item of the mainTemplate is neither a component nor a layout of the document"


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]
