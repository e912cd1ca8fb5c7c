"""The command `serve`: the skill to Alexa, and the page of the local speaker to this machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from skill.console import UsageError, show
from skill.settings import PREFIX, Settings

if TYPE_CHECKING:
    from skill.web.server import Server
    from skill.web.simulator.home import Home

SPEAKERS_OWN = ("rapidfuzz", "lameenc")
"""Packages of the local speaker, of the extras speaker and tracks, which a server for Alexa does without."""

USUAL_PORT, LAST_PORT = 5000, 65535
"""Where the skill is served unless said, and the highest port there is."""


def add_serving(parser: argparse.ArgumentParser) -> None:
    """Have a parser take what the command is given; running it raises UsageError or SettingsError."""
    parser.set_defaults(run=_serve)
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    parser.add_argument("--port", type=int, help=f"default: {USUAL_PORT}, or a free one if unverified")
    parser.add_argument("--threads", type=int, default=8, help="requests answered at a time (default: %(default)s)")
    parser.add_argument("--proxy", action="store_true", help="clients are whom the one proxy in front says they are")
    parser.add_argument("--unverified", action="store_true", help="answer whatever this machine asks, and nobody else")
    parser.add_argument("--open", action="store_true", help="show the page of the local speaker in the browser")
    parser.add_argument("--skill", metavar="MODULE:HANDLER", help="serve another skill than ours")
    parser.add_argument("--model", metavar="FILE", help="the interaction model of that skill")


def _serve(options: argparse.Namespace) -> None:
    from skill.web.app import create_app
    from skill.web.logs import log_json
    from skill.web.strangers import is_this_machine

    host = _checked_host(options)
    log_json()
    settings = Settings.from_environment()
    home = _home(options, settings)
    app = create_app(settings, unverified=options.unverified, proxy=options.proxy, home=home)
    server = _server(app, host, options)
    place = f"http://{f'[{host}]' if ':' in host else host}:{server.effective_port}/"
    _announce(place, home, settings, unverified=options.unverified)
    if home and is_this_machine(host):
        show(f"The local speaker is at {place}")
        if options.open:
            _open(place)
    server.run()


def _checked_host(options: argparse.Namespace) -> str:
    """The address to serve at; raises UsageError where the options do not go together."""
    from skill.web.strangers import is_this_machine

    host = "127.0.0.1" if options.host == "localhost" else options.host
    if options.unverified and not is_this_machine(host):
        raise UsageError(f"--host {host}: unverified, only a loopback address is served, such as 127.0.0.1")
    if options.unverified and options.proxy:
        raise UsageError("--proxy: unverified, only this machine is answered; give either --proxy or --unverified")
    if options.port is not None and not 0 < options.port <= LAST_PORT:
        raise UsageError(f"--port {options.port}: give a port from 1 to {LAST_PORT}")
    if options.threads < 1:
        raise UsageError(f"--threads {options.threads}: give one or more")
    return str(host)


def _home(options: argparse.Namespace, settings: Settings) -> Home | None:
    """Where the devices of the page come from; None where the page cannot be had and nobody asks for it."""
    if (options.skill is None) != (options.model is None):
        raise UsageError("give both --skill and --model, or neither")
    if missing := [name for name in SPEAKERS_OWN if not _is_installed(name)]:
        said = f"the local speaker needs {' and '.join(missing)}; install this with its extras speaker and tracks"
        if options.open or options.skill:
            raise UsageError(said)
        show(f"There is no page, as {said}")
        return None
    from skill.web.simulator.foreign import ForeignError
    from skill.web.simulator.home import foreign_home, our_home

    if options.skill is None:
        return our_home(settings)
    try:
        return foreign_home(options.skill, options.model)
    except ForeignError as error:
        raise UsageError(str(error)) from error


def _is_installed(name: str) -> bool:
    try:
        import_module(name)
    except ModuleNotFoundError:
        return False
    return True


def _server(app: Callable[..., Any], host: str, options: argparse.Namespace) -> Server:
    """A server at the port that was asked for; where none was, unverified, also at a free one if 5000 is taken."""
    from skill.web.server import Server

    port = options.port or USUAL_PORT
    try:
        return Server(app, host, port, options.threads)
    except (OSError, ValueError) as error:
        if options.port is None and options.unverified and isinstance(error, OSError):
            return Server(app, host, 0, options.threads)
        raise UsageError(f"--host {options.host} --port {port}: {error}") from error


def _announce(place: str, home: Home | None, settings: Settings, *, unverified: bool) -> None:
    """Say what answers whom, and what of another skill is not as on a device."""
    whom = f"nobody before {PREFIX}SKILL_ID is set to your skill's id"
    if unverified or (home.skill_id(settings) if home else settings.skill_id):
        whom = "this machine only, UNVERIFIED," if unverified else "Alexa's signed requests"
    show(f"{(home and home.title) or 'Steady Legs'} answers {whom} at {place}alexa")
    if home and home.other and home.other.model.taken_as_said:
        show(f"Any words will do here in slots of type {', '.join(home.other.model.taken_as_said)}")


def _open(place: str) -> None:
    """Show a page in the browser of this machine, if it has one."""
    import webbrowser
    from threading import Thread

    # Starting a browser may take as long as it likes, and it asks for the page while it does.
    Thread(target=webbrowser.open, args=(place,), daemon=True).start()
