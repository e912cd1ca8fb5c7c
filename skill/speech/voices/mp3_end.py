"""Where an MP3 ends: at the end of a frame, or in the middle of one because something cut it off."""

from __future__ import annotations

HEADER_BYTES = 4
"""Every frame begins with a header of this size."""

MPEG_1, LAYER_3 = 0b11, 0b01
"""How a header writes them; the other versions are half as fast, 2 and 2.5."""

KBPS = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Bit rates by whether it is MPEG 1; a header counts them from one."""

HERTZ = {0b11: (44_100, 48_000, 32_000), 0b10: (22_050, 24_000, 16_000), 0b00: (11_025, 12_000, 8_000)}
"""Sample rates by version."""


def cut_off(mp3: bytes) -> bool:
    """Whether the last frame is not all there; False where something else than frames is found, such as a tag."""
    at = 0
    while at + HEADER_BYTES <= len(mp3):
        length = _frame_bytes(int.from_bytes(mp3[at : at + HEADER_BYTES]))
        if length is None:
            return False
        at += length
    return at != len(mp3)


def _frame_bytes(header: int) -> int | None:
    """How long the frame is that begins with the header; None when no frame of layer III begins so."""
    sync, version, layer = header >> 21, header >> 19 & 0b11, header >> 17 & 0b11
    kbps, hertz, padding = header >> 12 & 0b1111, header >> 10 & 0b11, header >> 9 & 1
    if sync != 0x7FF or version not in HERTZ or layer != LAYER_3 or not 0 < kbps < 0b1111 or hertz == 0b11:
        return None
    bytes_of_a_second = KBPS[version == MPEG_1][kbps - 1] * 1000 // 8
    samples = 1152 if version == MPEG_1 else 576
    return samples * bytes_of_a_second // HERTZ[version][hertz] + padding
