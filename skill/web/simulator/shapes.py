"""A response as the platform reads it: what must be there, and of what kind."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from skill.speaker.response_rules import LONGEST_TOKEN, LONGEST_URL

Token = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TOKEN)]
"""The skill's name for a stream or a screen."""


class Shape(msgspec.Struct, rename="camel"):
    """A part of a response; of keys that are not named anything may stand."""


class Speech(Shape):
    """Something that is said."""

    type: Literal["SSML", "PlainText"]
    """Which of the two holds the words."""
    ssml: str | None = None
    """Words with marks for how they are said."""
    text: str | None = None
    """Words alone."""


class Reprompt(Shape):
    """What is said when nobody answers."""

    output_speech: Speech | None = None
    """The words."""


class Card(Shape):
    """What is shown in the app."""

    type: Literal["Simple", "Standard", "LinkAccount", "AskForPermissionsConsent"]
    """What it is for."""
    title: str | None = None
    """Its heading."""
    content: str | None = None
    """What a simple one says."""
    text: str | None = None
    """What a standard one says."""
    permissions: list[str] | None = None
    """What one for permissions asks for."""


class Directive(Shape):
    """Anything that a device is told to do."""

    type: Annotated[str, msgspec.Meta(min_length=1)]
    """What it is told."""


class Body(Shape):
    """What the device does."""

    output_speech: Speech | None = None
    """What it says."""
    reprompt: Reprompt | None = None
    """What it says when nobody answers."""
    card: Card | None = None
    """What the app shows."""
    directives: list[Directive] | None = None
    """What else it does."""
    should_end_session: bool | None = None
    """Whether the conversation is over."""


class Response(Shape):
    """All of it."""

    response: Body
    """What the device does."""
    session_attributes: dict[str, Any] | None = None
    """What the skill gets back with the next request."""


class Stream(Shape):
    """What the player fetches."""

    token: Token
    """The skill's name for it."""
    url: Annotated[str, msgspec.Meta(max_length=LONGEST_URL)]
    """Where it is."""
    offset_in_milliseconds: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """Where in it to begin."""
    expected_previous_token: str | None = None
    """What must stand before it."""


class AudioItem(Shape):
    """What the player is given."""

    stream: Stream
    """The stream."""


class Play(Shape):
    """Play a stream."""

    play_behavior: Literal["REPLACE_ALL", "ENQUEUE", "REPLACE_ENQUEUED"]
    """What becomes of the streams before it."""
    audio_item: AudioItem
    """The stream."""


class Clear(Shape):
    """Empty the player's queue."""

    clear_behavior: Literal["CLEAR_ALL", "CLEAR_ENQUEUED"]
    """With the stream that plays, or without it."""


class Template(Shape):
    """What a screen shows first."""

    items: list[dict[str, Any]] | dict[str, Any] | None = None
    """Components, of which the first that fits is shown."""
    item: list[dict[str, Any]] | dict[str, Any] | None = None
    """The same by its other name."""
    parameters: list[str] | None = None
    """The names by which the document knows its data."""

    def roots(self) -> list[dict[str, Any]]:
        """The components, by whichever name."""
        several = self.item if self.items is None else self.items
        return [several] if isinstance(several, dict) else several or []


class Document(Shape):
    """A screen."""

    type: Literal["APL"]
    """What it is written in."""
    version: Annotated[str, msgspec.Meta(pattern=r"^\d+(\.\d+)*$")]
    """The version of that."""
    main_template: Template
    """What it shows."""
    imports: list[dict[str, Any]] | None = msgspec.field(default=None, name="import")
    """What else it is made of."""
    layouts: dict[str, dict[str, Any]] | None = None
    """Components of its own."""


class Render(Shape):
    """Show a screen."""

    document: dict[str, Any]
    """The screen."""
    token: Token | None = None
    """The skill's name for it."""
    datasources: dict[str, Any] | None = None
    """What it is filled with."""


class Execute(Shape):
    """Do something with the screen that is shown."""

    token: Token
    """Which screen that must be."""
    commands: list[Directive]
    """What to do."""
