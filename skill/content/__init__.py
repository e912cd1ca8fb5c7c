"""Everything that is said, loaded from `content/` and checked, once per language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from skill.content.checks import PACE_STEP_MS, Checks
from skill.content.model import Cause, Claim, Content, Counting, Cues, RedFlag, Remedy, Routine, Source, Tier, Topic
from skill.content.reading import ContentError, flattened, read, read_entries, read_yaml
from skill.content.template import Template

__all__ = [
    "DIRECTORY",
    "PACE_STEP_MS",
    "Claim",
    "Content",
    "ContentError",
    "Counting",
    "RedFlag",
    "Template",
    "Tier",
    "load",
    "read",
    "read_yaml",
]

DIRECTORY = Path(__file__).resolve().parents[2] / "content"
"""Where the content files are, in a checkout as in a package."""


@cache
def load(language: str, directory: Path = DIRECTORY) -> Content:
    """The content of a language; raises ContentError naming file and key when something is wrong with it."""
    folder = directory / language
    if not folder.is_dir():
        raise ContentError(f"{folder}: there is no content for the language {language!r}")
    content = Content(
        causes=read_entries(folder / "causes.yaml", Cause),
        remedies=read_entries(folder / "remedies.yaml", Remedy),
        red_flags=read_entries(folder / "red_flags.yaml", RedFlag),
        sources=read_entries(folder / "sources.yaml", Source),
        topics=read_entries(folder / "topics.yaml", Topic),
        routines=read_entries(folder / "routines.yaml", Routine),
        phrases=dict(flattened(read_yaml(folder / "phrases.yaml"), folder / "phrases.yaml")),
        cues=read(folder / "cues.yaml", Cues),
        numbers=read(folder / "numbers.yaml", tuple[str, ...]),
        body=read(folder / "body.yaml", frozenset[str]),
    )
    Checks(content, folder).run()
    return content
