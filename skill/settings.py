"""Settings from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.machinery import PathFinder

PREFIX = "STEADY_LEGS_"
"""Every variable starts with it."""


IN_MEMORY = ":memory:"
"""In place of a file: what is kept is gone with the process."""


class SettingsError(ValueError):
    """A variable cannot be used; the message names it and the cure."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation runs."""

    database: str
    """Path of the SQLite file, or `:memory:` to keep nothing; not used where there is a table."""
    table: str | None = None
    """Name of the DynamoDB table that records are kept in; None to keep them in the file."""
    tracks: str | None = None
    """Folder of rendered recordings; None to have none."""
    tracks_url: str | None = None
    """The address behind which that folder is public."""
    skill_id: str | None = None
    """Requests to any other application id are refused; None accepts all."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the variables; raises SettingsError for one that is unknown or makes no sense."""
        known = {f"{PREFIX}{name}" for name in ("DATABASE", "SKILL_ID", "TABLE", "TRACKS", "TRACKS_URL")}
        for name in environment:
            if name.startswith(PREFIX) and name not in known:
                raise SettingsError(f"{name} is not a setting; the settings are {', '.join(sorted(known))}")
        skill_id = environment.get(f"{PREFIX}SKILL_ID") or None
        if skill_id and not skill_id.startswith("amzn1.ask.skill."):
            raise SettingsError(f"{PREFIX}SKILL_ID must be a skill id, amzn1.ask.skill...., and is {skill_id!a}")
        tracks, tracks_url = (environment.get(f"{PREFIX}{name}") or None for name in ("TRACKS", "TRACKS_URL"))
        if (tracks is None) != (tracks_url is None):
            raise SettingsError(f"{PREFIX}TRACKS and {PREFIX}TRACKS_URL must be set together: a folder and its address")
        if tracks_url and not re.fullmatch(r"https://[^\s?#]+", tracks_url):
            raise SettingsError(f"{PREFIX}TRACKS_URL must be an address, https://..., and is {tracks_url!a}")
        database = environment.get(f"{PREFIX}DATABASE") or None
        return cls(
            tracks=tracks,
            tracks_url=tracks_url,
            table=_table(environment, database),
            database=database or _database(environment),
            skill_id=skill_id,
        )


def _table(environment: Mapping[str, str], database: str | None) -> str | None:
    table = environment.get(f"{PREFIX}TABLE") or None
    if table is None:
        return None
    if database:
        raise SettingsError(
            f"{PREFIX}TABLE and {PREFIX}DATABASE must not be set together: records are kept in one place"
        )
    if not re.fullmatch(r"[A-Za-z0-9_.-]{3,255}", table):
        raise SettingsError(f"{PREFIX}TABLE must be the name of a DynamoDB table, and is {table!a}")
    from skill.storage.access import EndpointError, access_of

    try:
        access = access_of(environment)
    except EndpointError as error:
        raise SettingsError(str(error)) from None
    if access is None and PathFinder.find_spec("boto3") is None:
        raise SettingsError(
            f"{PREFIX}TABLE needs boto3, unless a key and a region of AWS stand in the environment; "
            "install it with: pip install 'steady-legs[dynamodb]'"
        )
    return table


def _database(environment: Mapping[str, str]) -> str:
    # What an instance of a Lambda function can write is gone with it, as memory is, and takes longer.
    if "AWS_LAMBDA_FUNCTION_NAME" in environment:
        return IN_MEMORY
    state = environment.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return os.path.join(state, "steady-legs", "steady-legs.sqlite3")
