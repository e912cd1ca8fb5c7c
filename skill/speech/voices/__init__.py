"""Voices: text becomes samples, by whichever engine is installed; each engine is imported when it is asked for."""

from __future__ import annotations

from skill.speech.voices.voice import SpeedError, Voice, VoiceError

__all__ = ["KNOWN", "SpeedError", "Voice", "VoiceError", "find_voice"]

OFFLINE = ("pico", "espeak", "piper")
"""Voices that need no network, the first choice first."""

KNOWN = ("auto", *OFFLINE, "gtts")
"""Names that a voice can be asked for by; `auto` is the first of the offline ones that is installed."""


def find_voice(name: str, locale: str, *, kept: bool = True) -> Voice:
    """The voice of that name for an English locale; raises VoiceError with the names there are or what to install.

    `kept`: a slow voice, or one that is online, may keep on disk what it has said, to say it again.
    """
    if name not in KNOWN:
        raise VoiceError(f"there is no voice {name!r}; the voices are {', '.join(KNOWN)}")
    return _first_offline(locale, kept) if name == "auto" else _engine(name, locale, kept)


def _first_offline(locale: str, kept: bool) -> Voice:
    from skill.speech.voices.engine import accent

    accent(locale)
    missing = []
    for name in OFFLINE:
        try:
            return _engine(name, locale, kept)
        except VoiceError as error:
            missing.append(str(error))
    raise VoiceError(f"no voice is installed here; one of these is needed: {'. '.join(missing)}")


def _engine(name: str, locale: str, kept: bool) -> Voice:
    if name == "pico":
        from skill.speech.voices.pico import PicoVoice

        return PicoVoice(locale)
    if name == "espeak":
        from skill.speech.voices.espeak import EspeakVoice

        return EspeakVoice(locale)
    return _kept(_slow(name, locale)) if kept else _slow(name, locale)


def _slow(name: str, locale: str) -> Voice:
    if name == "piper":
        from skill.speech.voices.piper import PiperVoice

        return PiperVoice(locale)
    from skill.speech.voices.google import GoogleVoice

    return GoogleVoice(locale)


def _kept(voice: Voice) -> Voice:
    from skill.speech.cache import cache_folder
    from skill.speech.voices.clips import Clips

    return Clips(voice, cache_folder("clips"))
