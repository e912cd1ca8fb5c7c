"""The commands `package lambda` and `package skill`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from skill.console import show

PARTS = {
    "skill/baked/network": "triage",
    "skill/baked/": "content",
    "ask_sdk_": "the SDK",
    "six": "the SDK",
    "tracks/": "index of recordings",
}
"""What the files of the function's package belong to, by how their names begin; all others are code."""


def add_packages(commands: Any) -> None:
    """Add both to the sub-commands of a parser; running them raises PackageError."""
    function = commands.add_parser("lambda", description="Write the zip file of the function for AWS Lambda.")
    function.set_defaults(run=_function)
    function.add_argument("--out", required=True, metavar="DIR", help="where it goes")
    function.add_argument("--python", metavar="EXE", help="Python of the version on which the function runs")
    function.add_argument("--tracks", metavar="DIR", help="rendered recordings, whose index goes along")

    skill = commands.add_parser("skill", description="Write the skill package for the ASK CLI, checked.")
    skill.set_defaults(run=_skill)
    skill.add_argument("--out", required=True, metavar="DIR", help="the project folder that `ask deploy` is run in")
    skill.add_argument("--lambda-arn", metavar="ARN", help="the function that answers, best by an alias of it")
    skill.add_argument("--endpoint", metavar="URL", help="the server that answers, in place of a function")
    skill.add_argument("--certificate", choices=("trusted", "wildcard"), help="the server's (default: trusted)")
    skill.add_argument("--privacy-url", metavar="URL", help="where docs/privacy.md is public; the store asks for it")


def _function(options: argparse.Namespace) -> None:
    from skill.packaging.function import package_function

    tracks = Path(options.tracks) if options.tracks else None
    package = package_function(Path(options.out), options.python, tracks=tracks)
    sizes: Counter[str] = Counter()
    for name, size in package.sizes.items():
        sizes[next((part for start, part in PARTS.items() if name.startswith(start)), "code")] += size
    for part, size in sizes.items():
        show(f"{size:>10,}  {part}")
    show(f"{package.path.stat().st_size:>10,}  {package.path}, for Python {package.version}")
    if not package.compiled:
        show(
            f"It has sources and starts far more slowly, as there is no Python {package.version} to compile them here."
        )
        show("Give one with --python.")


def _skill(options: argparse.Namespace) -> None:
    from skill.packaging.skill_package import package_skill

    package_skill(options)
