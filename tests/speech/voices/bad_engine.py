"""An engine that misbehaves as Pico's can, and what it was asked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

ENGINE = """
import os, re, sys, time
from pathlib import Path
folder = Path(__file__).parent
class NanoTTS:
    def speak(self, text, voice="", speed=1.0, volume=1.0):
        with open(folder / "calls", "a") as file:
            print(os.getpid(), text, file=file)
        times = (folder / "calls").read_text().count(text)
        if text == "hang" or text == "hang once" and times == 1:
            re.fullmatch("(a+)+", "a" * 64 + "b")  # for ever, and no other Python thread gets a turn
        if text == "end" or text == "end once" and times == 1:
            os._exit(3)
        if text == "slow":
            time.sleep(0.5)
        if text == "complain":
            raise RuntimeError("pico_getData failed")
        if text == "print":
            os.write(1, b"noise")
        if text == "modules":
            return " ".join(sys.modules).encode()
        return f"{text} {voice} {speed} {volume}".encode()
"""
"""A stand-in for the package py_nanotts."""


def question(text: str) -> dict[str, Any]:
    """The engine's arguments."""
    return {"text": text, "voice": "en-US", "speed": 1.5, "volume": 0.5}


def callers(folder: Path) -> list[int]:
    """The process of each call so far."""
    calls = folder / "calls"
    return [int(line.split()[0]) for line in calls.read_text(encoding="utf-8").splitlines()] if calls.exists() else []


def alive(pid: int) -> bool:
    """Whether the process is running or waits to be collected."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
