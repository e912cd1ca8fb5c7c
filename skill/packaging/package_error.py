"""What keeps a package from being made."""

from __future__ import annotations


class PackageError(Exception):
    """A package cannot be made as asked; the message names the file and key, or the option, and the cure."""
