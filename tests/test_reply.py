"""Replies: an open session has a reprompt and a closed one has none, and nothing goes out that a device refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.reply import LONGEST_SPEECH, SILENT, Card, Permission, Reply, to_response
from skill.screens.picture import Picture
from skill.speech.ssml import NOTHING, Speech

WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=50)
SPEECHES = st.builds(lambda words: Speech((words,)), WORDS)


def made(reply: Reply, *, playing: bool = False) -> Any:
    """The SDK's response."""
    return to_response(reply, playing=playing)


@given(SPEECHES, st.one_of(st.just(NOTHING), SPEECHES), st.booleans())
def test_open_exactly_with_a_reprompt(speech: Speech, reprompt: Speech, playing: bool) -> None:
    """The session's end is always explicit, and the session is open exactly when there is a reprompt."""
    response = made(Reply(speech, reprompt), playing=playing)
    assert response.output_speech.ssml == speech.ssml()
    assert response.should_end_session is not bool(reprompt)
    assert (response.reprompt is not None) == bool(reprompt)
    if reprompt:
        assert response.reprompt.output_speech.ssml == reprompt.ssml()
    assert response.directives is None


@pytest.mark.parametrize("playing", [True, False])
def test_silence_says_nothing_at_all(playing: bool) -> None:
    """The answer to an event has no words and does not speak of the session."""
    assert set(made(SILENT, playing=playing).to_dict().values()) == {None}


@pytest.mark.parametrize(("stops", "playing"), [(True, True), (True, False), (False, True), (False, False)])
def test_stream_is_stopped_only_when_it_plays(stops: bool, playing: bool) -> None:
    """Audio is stopped when it plays and the reply wants it stopped."""
    response = made(Reply(Speech(("Goodbye.",)), stops_audio=stops), playing=playing)
    kinds = [each.object_type for each in response.directives or ()]
    assert kinds == (["AudioPlayer.Stop"] if stops and playing else [])


def test_card_is_plain_text() -> None:
    """A card has the words as they are, as nothing in it is markup."""
    card = made(Reply(Speech(("Hello.",)), card=Card("Rest & move", "Less than < five"))).card
    assert (card.object_type, card.title, card.content) == ("Simple", "Rest & move", "Less than < five")


def test_longest_speech_fits_and_one_more_does_not() -> None:
    """Speech that a device would refuse is an error here, in the answer as in the reprompt."""
    room = LONGEST_SPEECH - len(NOTHING.ssml())
    longest, longer = Speech(("a" * room,)), Speech(("a" * (room + 1),))
    assert made(Reply(longest, longest)).output_speech.ssml == longest.ssml()
    for reply in (Reply(longer), Reply(Speech(("Well?",)), longer)):
        with pytest.raises(ValueError, match=f"{LONGEST_SPEECH + 1} characters"):
            made(reply)


def test_markup_counts() -> None:
    """The limit is for what is sent, escaped."""
    with pytest.raises(ValueError, match="longer than"):
        made(Reply(Speech(("&" * (LONGEST_SPEECH // 4),))))


def test_permission_hands_the_person_over() -> None:
    """To ask for a permission the platform takes over, so the session ends; a card on which to give it goes alone."""
    permission = Permission("alexa::alerts:timers:skill:readwrite", "what was wanted")
    for speech in (NOTHING, Speech(("I need leave.",))):
        response = made(Reply(speech, permission=permission))
        (directive,) = response.directives
        assert directive.object_type == "Connections.SendRequest"
        assert (directive.name, directive.token) == ("AskFor", "what was wanted")
        assert directive.payload == {
            "@type": "AskForPermissionsConsentRequest",
            "@version": "1",
            "permissionScope": "alexa::alerts:timers:skill:readwrite",
        }
        assert response.should_end_session is True
    card = made(Reply(Speech(("No.",)), card=Card("a", "b"), consent=permission.scope)).card
    assert (card.object_type, card.permissions) == ("AskForPermissionsConsent", [permission.scope])


def test_pictures_come_last() -> None:
    """A stream is stopped before anything is shown, and what happens on a screen is for the document that is shown."""
    speak = {"type": "SpeakItem", "componentId": "count"}
    for commands in ((), (speak,)):
        picture = Picture("a set", {"type": "APL"}, {"a": {}}, commands)
        response: Any = to_response(Reply(Speech(("Now.",)), stops_audio=True), playing=True, picture=picture)
        stopped, rendered, *executed = response.directives
        assert stopped.object_type == "AudioPlayer.Stop"
        assert rendered.object_type == "Alexa.Presentation.APL.RenderDocument"
        assert (rendered.token, rendered.document, rendered.datasources) == ("a set", {"type": "APL"}, {"a": {}})
        assert [(each.token, each.commands) for each in executed] == [("a set", [speak])] * len(commands)


@pytest.mark.parametrize("speech", [NOTHING, Speech(("Good.",))])
def test_waiting_says_nothing_of_the_end(speech: Speech) -> None:
    """Where the screen goes on, the session's end is left open, with words or without."""
    response = to_response(Reply(speech, waits=True), playing=False, picture=Picture("a", {}, {}))
    assert response.should_end_session is None
    assert response.reprompt is None
    assert (response.output_speech is not None) == bool(speech)
