"""Voices: text becomes samples, by whichever engine is installed; each engine is imported when it is asked for."""

from __future__ import annotations

from skill.speech.voices.voice import SpeedError, Voice, VoiceError

__all__ = ["KNOWN", "SpeedError", "Voice", "VoiceError", "find_voice"]

OFFLINE = ("pico", "espeak", "piper")
"""Voices that need no network, the first choice first."""

KNOWN = ("auto", *OFFLINE, "gtts")
"""Names that a voice can be asked for by; `auto` is the first of the offline ones that is installed."""


def find_voice(name: str, locale: str) -> Voice:
    """The voice of that name for an English locale; raises VoiceError with the names there are or what to install."""
    if name not in KNOWN:
        raise VoiceError(f"there is no voice {name!r}; the voices are {', '.join(KNOWN)}")
    return _first_offline(locale) if name == "auto" else _engine(name, locale)


def _first_offline(locale: str) -> Voice:
    from skill.speech.voices.engine import accent

    accent(locale)
    missing = []
    for name in OFFLINE:
        try:
            return _engine(name, locale)
        except VoiceError as error:
            missing.append(str(error))
    raise VoiceError(f"no voice is installed here; one of these is needed: {'. '.join(missing)}")


def _engine(name: str, locale: str) -> Voice:
    if name == "pico":
        from skill.speech.voices.pico import PicoVoice

        return PicoVoice(locale)
    if name == "espeak":
        from skill.speech.voices.espeak import EspeakVoice

        return EspeakVoice(locale)
    from skill.speech.cache import cache_folder
    from skill.speech.voices.clips import Clips

    if name == "piper":
        from skill.speech.voices.piper import PiperVoice

        return Clips(PiperVoice(locale), cache_folder("clips"))
    from skill.speech.voices.google import GoogleVoice

    return Clips(GoogleVoice(locale), cache_folder("clips"))
