"""The process that Pico speaks in, from inside: a line of JSON in; a line of JSON and the sound out.

It is run as a file and imports nothing of the skill, so that it starts at once.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys

M_MMAP_THRESHOLD = -3
"""The name of an option in glibc's malloc.h."""

LARGE = 1 << 20
"""Bytes; blocks of this size on get fresh pages, among them the 2.5 million that the engine forgets to clear."""


def forget_between_calls() -> bool:
    """Make each call find clean memory, as its sound depends on what it finds; False where that cannot be done."""
    import ctypes

    try:
        return bool(ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE))
    except (AttributeError, OSError, TypeError):
        return False


def main() -> None:
    """Answer until there are no more questions, or once, where only a new process has clean memory."""
    # A process that hangs when nobody is left to end it ends itself.
    patience_s = float(sys.argv[1])
    # Whatever the engine prints must not get into an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    again = forget_between_calls()
    for line in sys.stdin.buffer:
        faulthandler.dump_traceback_later(patience_s, exit=True)
        sound, error = b"", ""
        try:
            from py_nanotts import NanoTTS

            sound = NanoTTS().speak(**json.loads(line))
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
        faulthandler.cancel_dump_traceback_later()
        answers.write(json.dumps({"bytes": len(sound), "error": error, "again": again}).encode() + b"\n" + sound)
        answers.flush()
        if not again:
            return


if __name__ == "__main__":
    main()
