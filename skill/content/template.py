"""A sentence of the content, with its placeholders already found."""

from __future__ import annotations


class Template:
    """Text with named placeholders; raises ValueError when a brace is open or a placeholder has no plain name."""

    __slots__ = ("fields", "parts", "text")

    def __init__(self, text: str) -> None:
        from string import Formatter

        parts = []
        for literal, name, spec, conversion in Formatter().parse(text):
            if name is not None and (not name.isidentifier() or spec or conversion):
                raise ValueError(f"placeholder {{{name}}} must be a plain name in braces")
            parts.append((literal, name))
        self.text = text
        """The text as it stands in the content file."""
        self.parts = tuple(parts)
        """Literal text and the placeholder that follows it, if any, in order."""
        self.fields = frozenset(name for _, name in parts if name is not None)
        """The names of the placeholders."""
