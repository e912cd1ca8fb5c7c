"""The command `steady-legs`: the doors for people and scripts."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, get_args

from skill import locales
from skill.console import UsageError, show
from skill.content.reading import ContentError
from skill.packaging.commands import add_packages
from skill.packaging.package_error import PackageError
from skill.settings import IN_MEMORY, PREFIX, Settings, SettingsError
from skill.web.command import add_serving

if TYPE_CHECKING:
    from skill.speaker.player import Player, PlayerState

LAMBDA_ENTRY = Path(__file__).resolve().parents[1] / "lambda" / "lambda_function.py"
"""The file that Lambda runs."""

TALK_HINT = 'Say "open steady legs" or "why is my leg numb". An empty line is silence; Ctrl-D ends.'
"""What a person at a terminal is told first."""

PLAYER_SIGNS = {"PLAYING": "▶", "PAUSED": "⏸", "STOPPED": "⏹", "FINISHED": "⏹"}
"""What is printed before a stream, by what the player does with it."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it is done, 2 with one line on standard error when it cannot be."""
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], None] = options.run
        run(options)
    except (UsageError, SettingsError, ContentError, PackageError) as error:
        print(f"steady-legs: {error}", file=sys.stderr)  # noqa: T201  # what a command is for
        return 2
    except BrokenPipeError:
        # Whoever read our output has had enough; standard output is gone, so nothing may flush to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Fail with the one line that every other fault has."""
        raise UsageError(f"{message}; see {self.prog} --help")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="steady-legs", description="A voice skill about leg numbness.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], description: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=description, description=description)
        sub.set_defaults(run=run)
        return sub

    talk = command("talk", _talk, "Talk to the skill in the terminal, a line an utterance.")
    ask = command("ask", _ask, "Say each utterance to a new device of a new person; nothing is kept.")
    triage = command("triage", _triage, "Say what urgency each text carries.")
    for sub in (ask, triage):
        sub.add_argument("text", nargs="?", help="the words")
        sub.add_argument("--file", help="a file with a line for each; - is standard input")
    triage.add_argument("--why", action="store_true", help="add the words that decided")
    ask.add_argument("--json", action="store_true", help="print whole envelopes, an object a line")
    for sub in (talk, ask, triage):
        sub.add_argument("--locale", default="en-US", help="such as en-GB (default: %(default)s)")
    invoke = command("invoke", _invoke, "Send request fixtures through the Lambda entry.")
    invoke.add_argument("files", nargs="+", metavar="FILE", help="a JSON file with a request envelope")
    tracks = commands.add_parser("tracks", help="Make recordings of the routines.").add_subparsers(required=True)
    _rendering(tracks.add_parser("render", description="Render every set as a recording, with an index."))
    add_packages(commands.add_parser("package", help="Make what is deployed.").add_subparsers(required=True))
    serving = "Serve the skill over HTTP, to Alexa, and the page of the local speaker."
    add_serving(commands.add_parser("serve", help=serving, description=serving))
    return parser


def _rendering(parser: argparse.ArgumentParser) -> None:
    from skill.routine.plan import FASTEST, SLOWEST, Spoken

    tempi = range(FASTEST, SLOWEST + 1)
    parser.set_defaults(run=_render)
    parser.add_argument("--out", required=True, metavar="DIR", help="where the recordings and their index go")
    parser.add_argument("--voice", default="auto", help="auto, pico, espeak, piper or gtts (default: %(default)s)")
    parser.add_argument("--locale", default="en-US", help="whose accent is spoken (default: %(default)s)")
    parser.add_argument("--routine", action="append", metavar="NAME", help="a routine or exercise; again for more")
    parser.add_argument(
        "--tempo", action="append", type=int, choices=tempi, help="steps faster (below zero) or slower; again for more"
    )
    parser.add_argument(
        "--spoken", action="append", choices=get_args(Spoken), help="which counts are said; again for more"
    )
    parser.add_argument("--ticks", choices=("off", "on", "both"), default="off", help="a soft tick on every beat")
    parser.add_argument("--jobs", type=int, help="processes (default: one a processor)")


def _render(options: argparse.Namespace) -> None:
    from skill.tracks import TracksError, render_tracks

    _locale(options.locale)
    if options.jobs is not None and options.jobs < 1:
        raise UsageError(f"--jobs {options.jobs}: give one or more")
    try:
        render_tracks(options)
    except TracksError as error:
        raise UsageError(str(error)) from error


def _talk(options: argparse.Namespace) -> None:
    from skill.speaker.local import local_speaker

    speaker = local_speaker(_locale(options.locale), Settings.from_environment())
    at_terminal = sys.stdin.isatty()
    if at_terminal:
        show(f"{TALK_HINT}\n")
    shown = speaker.player.state
    for line in _lines(sys.stdin, prompt="> " if at_terminal else ""):
        if not line and not at_terminal:
            continue
        if not at_terminal:
            show(f"> {line}")
        speaker.catch_up()
        shown = _show_player(speaker.player, shown)
        turn = speaker.say(line) if line else speaker.silence()
        show(turn.speech)
        shown = _show_player(speaker.player, shown)
        show("")


def _show_player(player: Player, shown: PlayerState) -> PlayerState:
    """Print what a player does if that is not what was shown last; what is shown from now on."""
    state, seconds = player.state, player.state.offset_ms // 1000
    if (state.activity, state.token) != (shown.activity, shown.token):
        show(f"{PLAYER_SIGNS.get(state.activity, '')} {player.title} {seconds // 60}:{seconds % 60:02}")
    return state


def _ask(options: argparse.Namespace) -> None:
    from skill.speaker.envelopes import account_id
    from skill.speaker.local import local_speaker

    speaker = local_speaker(_locale(options.locale), Settings(database=IN_MEMORY))
    for number, utterance in enumerate(_texts(options)):
        turn = replace(speaker, user_id=account_id(str(number))).say(utterance)
        if not options.json:
            show(turn.speech)
            continue
        for each in turn.exchanges:
            show(json.dumps({"utterance": utterance, "request": each.request, "response": each.response}))


def _triage(options: argparse.Namespace) -> None:
    from skill.triage.detector import detect
    from skill.triage.reason import deciding_words

    tag = _locale(options.locale)
    for text in _texts(options):
        found = detect(text, tag)
        fields = {"category": found.category, "tier": found.tier} if found else {"category": None, "tier": None}
        why = {"words": deciding_words(text, tag) or None} if options.why else {}
        show(json.dumps({"text": text, **fields, **why}))


def _invoke(options: argparse.Namespace) -> None:
    from skill.assistant import EnvelopeError

    # A fixture gives the same answer every time: nothing is kept unless the environment says where.
    if not os.environ.get(f"{PREFIX}TABLE"):
        os.environ.setdefault(f"{PREFIX}DATABASE", IN_MEMORY)
    handler = lambda_handler()
    for name in options.files:
        try:
            envelope = json.loads(Path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise UsageError(f"{name}: {error}") from error
        try:
            show(json.dumps(handler(envelope, None)))
        except EnvelopeError as error:
            raise UsageError(f"{name}: {error}") from error


def lambda_handler() -> Callable[[Any, Any], dict[str, Any]]:
    """The entry as Lambda loads it: by file, as the folder's name is a word of the language."""
    spec = importlib.util.spec_from_file_location("lambda_function", LAMBDA_ENTRY)
    if spec is None or spec.loader is None or not LAMBDA_ENTRY.is_file():
        raise UsageError(f"{LAMBDA_ENTRY}: the Lambda entry is not there; run this from a checkout")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    handler: Callable[[Any, Any], dict[str, Any]] = module.lambda_handler
    return handler


def _locale(tag: str) -> str:
    if tag not in locales.published():
        raise UsageError(f"--locale {tag}: the skill speaks {', '.join(locales.published())}")
    return tag


def _texts(options: argparse.Namespace) -> Iterator[str]:
    """The one text given, or the lines of the file."""
    if (options.text is None) == (options.file is None):
        raise UsageError("give either some words or --file")
    if options.text is not None:
        yield options.text
    elif options.file == "-":
        yield from filter(None, _lines(sys.stdin))
    else:
        try:
            with open(options.file, encoding="utf-8") as file:
                yield from filter(None, _lines(file))
        except OSError as error:
            raise UsageError(f"--file {options.file}: {error}") from error


def _lines(stream: TextIO, prompt: str = "") -> Iterator[str]:
    while True:
        if prompt:
            show(prompt, end="")
        try:
            line = stream.readline()
        except UnicodeDecodeError as error:
            raise UsageError(f"{stream.name}: {error}") from error
        if not line:
            return
        yield line.strip()
