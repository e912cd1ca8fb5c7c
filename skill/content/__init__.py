"""Everything that is said, loaded from `content/` and checked, once per language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skill.baked import baked
from skill.content.model import PACE_STEP_MS, Claim, Content, Counting, RedFlag, Tier
from skill.content.template import Template

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PACE_STEP_MS", "Claim", "Content", "Counting", "RedFlag", "Template", "Tier", "load"]


@baked("content")
def load(language: str, directory: Path | None = None) -> Content:
    """The content of a language; raises ContentError naming file and key when something is wrong with it."""
    from skill.content.checks import Checks
    from skill.content.model import Cause, Cues, Remedy, Routine, Source, Topic
    from skill.content.reading import DIRECTORY, ContentError, flattened, read, read_entries, read_yaml

    folder = (directory or DIRECTORY) / language
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
