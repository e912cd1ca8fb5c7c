"""The voice of Google Translate, through gTTS: online, undocumented, for making recordings and never while serving."""

from __future__ import annotations

import time
from array import array

from skill.speech.voices.engine import Engine, accent, has_word, installed
from skill.speech.voices.mp3_end import cut_off
from skill.speech.voices.pieces import pieces
from skill.speech.voices.voice import SpeedError, VoiceError

REQUIREMENT = "gTTS==2.5.4 miniaudio==1.71"
"""What to install."""

RATE = 24_000
"""Samples a second; what Google sends is resampled if it is another rate."""

TIMEOUT_S = (5.0, 20.0)
"""How long to wait for a connection and for the next bytes of an answer; gTTS itself would wait for ever."""

LONGEST_PIECE = 100
"""Characters in one request; gTTS would cut what is longer at every comma, and leave the commas out."""

PAUSE_S = 3.0
"""The wait before the one retry of a piece."""

DOMAINS = {"AU": "com.au", "CA": "ca", "GB": "co.uk", "IE": "ie", "IN": "co.in", "NG": "com.ng", "ZA": "co.za"}
"""Domains of Google Translate by region, which decide the accent; `us` is for every other region."""

TOO_MANY = 429
"""The status with which Google refuses those who ask too much."""


class GoogleVoice(Engine):
    """Google's voice at the one speed that it has; put Clips before it, as each text is a request or more."""

    def __init__(self, locale: str, timeout_s: tuple[float, float] = TIMEOUT_S, pause_s: float = PAUSE_S) -> None:
        accent(locale)
        version = installed("gTTS", REQUIREMENT)
        installed("miniaudio", REQUIREMENT)
        super().__init__(f"gtts-{locale}-{version}", RATE)
        self._domain = DOMAINS.get(locale.partition("-")[2].upper(), "us")
        self._timeout_s = timeout_s
        self._pause_s = pause_s

    def _say(self, words: str, speed: float) -> array[int]:
        if speed != 1.0:
            raise SpeedError(f"{self.name}: speed {speed} is not to be had from Google; ask for speed 1")
        sound = array("h")
        for piece in filter(has_word, pieces(words, LONGEST_PIECE)):
            try:
                sound.extend(self._fetch(piece))
            except VoiceError:
                time.sleep(self._pause_s)
                sound.extend(self._fetch(piece))
        return sound

    def _fetch(self, piece: str) -> array[int]:
        """The sound of a piece, all of it; raises VoiceError."""
        from gtts import gTTS, gTTSError

        request = gTTS(piece, tld=self._domain, timeout=self._timeout_s)
        try:
            parts = list(request.stream())
        except gTTSError as error:
            raise VoiceError(self._failure(error.msg, getattr(error.rsp, "status_code", None))) from error
        except ValueError as error:
            raise VoiceError(self._failure(f"the answer is damaged: {error}")) from error
        if len(parts) != len(request.get_bodies()):
            raise VoiceError(self._failure("an answer has no sound in it"))
        sound = array("h")
        for part in parts:
            sound.extend(self._decoded(part))
        return sound

    def _decoded(self, mp3: bytes) -> array[int]:
        import miniaudio

        if cut_off(mp3):
            raise VoiceError(self._failure("the answer was cut off"))
        try:
            decoded: array[int] = miniaudio.decode(mp3, nchannels=1, sample_rate=RATE).samples
        except miniaudio.DecodeError as error:
            raise VoiceError(self._failure(f"what came is no sound: {error}")) from error
        return decoded

    def _failure(self, what: str, status: int | None = None) -> str:
        cure = "wait an hour" if status == TOO_MANY else "check the network"
        return f"{self.name}: {what}; {cure}, or use an offline voice"
