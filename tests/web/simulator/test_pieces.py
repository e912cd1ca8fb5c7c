"""An answer is taken apart into what is said, what is silent and what is counted, and a count is on its beat."""

from __future__ import annotations

import pytest

from skill.content import load
from skill.locales import find
from skill.routine.cues import cue_sheet
from skill.routine.plan import FASTEST, SLOWEST, Preferences, Spoken, make_plan
from skill.speech.ssml import Counted, Pause, Speech
from skill.web.simulator.pieces import Phrase, Run, pieces

CONTENT = load("en")
NUMBERS = find("en-US").number_words


def phrase(text: str) -> Phrase:
    """What is said as it is read."""
    return Phrase(text, text)


def test_words_and_pauses() -> None:
    """Sentences one by one, and pauses as they are named or measured; neighbours are one pause."""
    ssml = (
        '<speak>Hello. How <emphasis>are</emphasis> you?<break time="1s"/><break time="250ms"/>'
        '<p>Fine.</p><s>And you</s><break strength="strong"/>I see<break/></speak>'
    )
    assert pieces(ssml, NUMBERS) == [
        phrase("Hello."),
        phrase("How are you?"),
        Pause(1250),
        phrase("Fine."),
        phrase("And you"),
        Pause(700),
        phrase("I see"),
        Pause(400),
    ]


@pytest.mark.parametrize(
    ("ssml", "spoken", "shown"),
    [
        ('call <say-as interpret-as="digits">911</say-as> now', "call 9 1 1 now", "call 911 now"),
        ('<say-as interpret-as="telephone">1-800-22</say-as>!', "1, 8 0 0, 2 2!", "1-800-22!"),
        ('<say-as interpret-as="date">2026</say-as>', "2026", "2026"),
        ('<sub alias="aluminium">Al</sub>', "aluminium", "aluminium"),
        ('<audio src="https://example.org/a.mp3"/>ding', "ding", "ding"),
    ],
)
def test_what_is_read_out(ssml: str, spoken: str, shown: str) -> None:
    """Numbers to call are spoken in single digits and shown as they are; sounds from elsewhere are left out."""
    assert pieces(f"<speak>{ssml}</speak>", NUMBERS) == [Phrase(spoken, shown)]


def test_nothing_and_malformed() -> None:
    """Nothing is nothing, and what is malformed is an error."""
    assert pieces("<speak></speak>", NUMBERS) == []
    with pytest.raises(ValueError, match="well-formed"):
        pieces("<speak>a<b></speak>", NUMBERS)


@pytest.mark.parametrize("spoken", ["every", "fifth", "last_ten"])
@pytest.mark.parametrize("tempo", [FASTEST, 0, SLOWEST])
@pytest.mark.parametrize("done", [0, 1, 4, 7])
def test_counted_sets_are_on_their_grid(spoken: Spoken, tempo: int, done: int) -> None:
    """Each set of the full routine comes out with the beats and counts that it was made from, to the millisecond."""
    plan = make_plan(CONTENT, "full", Preferences(tempo=tempo, spoken=spoken))
    for each in plan.sets:
        sheet = cue_sheet(CONTENT, each, done)
        said = Speech(("Now the left leg.", Pause(2400), Counted(sheet), "Good. Shall we go on?"))
        *before, run, good, question = pieces(said.ssml(), NUMBERS)
        assert before == [phrase("Now the left leg."), Pause(2400)]
        assert (good, question) == (phrase("Good."), phrase("Shall we go on?"))
        assert isinstance(run, Run)
        assert [(cue.offset_ms, cue.words) for cue in run.cues] == [(cue.offset_ms, cue.words) for cue in sheet.cues]
        assert [cue.count for cue in run.cues] == [cue.count for cue in sheet.cues]
        assert run.pace_ms == sheet.pace_ms


def test_few_words_are_not_counted() -> None:
    """Words with pauses between them are no count while there are few of them, nor where they keep no beat."""
    few = "".join(f'word<break time="{ms}ms"/>' for ms in (500, 600, 700))
    assert not any(isinstance(piece, Run) for piece in pieces(f"<speak>{few}</speak>", NUMBERS))
    uneven = "".join(f'word<break time="{ms}ms"/>' for ms in (510, 1730, 330, 990, 2210, 450, 1370, 680, 1130))
    assert not any(isinstance(piece, Run) for piece in pieces(f"<speak>{uneven}</speak>", NUMBERS))


def test_words_that_are_no_numbers() -> None:
    """What is on a beat but no number has no count."""
    ssml = "".join('left<break time="700ms"/>right<break time="700ms"/>' for _ in range(6))
    (run,) = pieces(f"<speak>{ssml}</speak>", NUMBERS)
    assert isinstance(run, Run)
    assert {cue.count for cue in run.cues} == {None}
