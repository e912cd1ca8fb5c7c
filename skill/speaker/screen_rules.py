"""What a device with a screen accepts of documents and commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skill.speaker.ssml_rules import broken_ssml_rules

APL = "Alexa.Presentation.APL"
"""The interface of a screen."""

RENDER, EXECUTE = f"{APL}.RenderDocument", f"{APL}.ExecuteCommands"
"""The directives that show a document and that make something happen on it."""

LONGEST_TOKEN = 1024
"""Characters of the token of a document."""

_SPOKEN = ("properties", "transformers")


def broken_screen_rules(directives: Sequence[Mapping[str, Any]], newest: object) -> Iterator[str]:
    """Name every rule that directives break, a line each; `newest` is the version that the device says it knows."""
    rendered = [each for each in directives if each.get("type") == RENDER]
    if len(rendered) > 1:
        yield "a response must show no more than one document"
    for each in rendered:
        yield from _document(each, newest)
    for each in directives:
        if each.get("type") == EXECUTE:
            yield from _commands(each, rendered)


def is_shown(directives: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a document is shown."""
    return any(each.get("type") == RENDER for each in directives)


def _document(directive: Mapping[str, Any], newest: object) -> Iterator[str]:
    token, document, sources = (directive.get(key) for key in ("token", "document", "datasources"))
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        yield f"the token of a document must have 1 to {LONGEST_TOKEN} characters and is {token!r:.40}"
    if not isinstance(document, dict):
        yield "a document must be an object"
        return
    kind = document.get("type")
    if kind == "Link":
        return
    if kind != "APL":
        yield f"a document must be of type APL and is {kind!r}"
    version, known = _version(document.get("version")), _version(newest)
    if version is None:
        yield f'the version of a document must be one such as "1.4" and is {document.get("version")!r}'
    elif known is not None and version > known:
        yield f"the document is of version {document['version']}, and the device knows none after {newest}"
    if document.get("import"):
        yield "the document imports packages, which have to be fetched before anything is seen"
    if not isinstance(document.get("mainTemplate"), dict):
        yield "the document has no mainTemplate"
    if sources is not None and not isinstance(sources, dict):
        yield "datasources must be an object"
    for name, source in sources.items() if isinstance(sources, dict) else ():
        yield from _spoken(name, source)


def _spoken(name: str, source: Any) -> Iterator[str]:
    """The speech that the platform is to make of a data source."""
    properties, transformers = (source.get(key) if isinstance(source, dict) else None for key in _SPOKEN)
    for each in transformers if isinstance(transformers, list) else ():
        path = each.get("inputPath") if isinstance(each, dict) else None
        ssml = properties.get(path) if isinstance(properties, dict) and isinstance(path, str) else None
        if isinstance(ssml, str) and each.get("transformer") == "ssmlToSpeech":
            yield from (f"{name}.{path} {rule}" for rule in broken_ssml_rules(ssml))
            if "<audio" in ssml:
                yield f"{name}.{path} has an <audio>, which no screen speaks"


def _commands(directive: Mapping[str, Any], rendered: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    token, commands = directive.get("token"), directive.get("commands")
    if not isinstance(token, str) or not token:
        yield "commands must name the token of the document that they are for"
    if rendered and token not in [each.get("token") for each in rendered]:
        yield f"commands are for the document {token!r}, which is not the one that is shown"
    if not isinstance(commands, list) or not commands or not all(_is_command(each) for each in commands):
        yield "commands must be a list of objects with a type"


def _is_command(raw: Any) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get("type"), str)


def _version(raw: object) -> tuple[int, ...] | None:
    """A version as numbers; None when it is none."""
    parts = raw.split(".") if isinstance(raw, str) else [""]
    return tuple(map(int, parts)) if all(part.isascii() and part.isdecimal() for part in parts) else None
