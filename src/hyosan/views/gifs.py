"""A .gif out of frames: each is only what has changed since the one before, in the box where it has."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FIRST, LAST = 800, 2500
"""How long the first and the last frame are shown [ms]."""


def write_gif(
    file: IO[bytes], pictures: Iterator[NDArray[np.uint8]], palette: NDArray[np.uint8], kept: int, shown: int
) -> None:
    """Write a film that plays for ever.

    Args:
        file: Open for writing.
        pictures: Frames as places in the palette, (height, width).
        palette: Red, green and blue, (256, 3).
        kept: Place in the palette that no frame uses: there the frame before is seen.
        shown: How long a frame is shown [ms].
    """
    before: NDArray[np.uint8] | None = None
    waiting: tuple[NDArray[np.uint8], int, int] | None = None
    for picture in pictures:
        if before is None:
            high, wide = picture.shape
            file.write(b"GIF89a" + _short(wide) + _short(high) + b"\xf7\x00\x00" + palette.tobytes())
            file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")
            _write_frame(file, picture, 0, 0, kept, FIRST)
        else:
            if waiting is not None:
                _write_frame(file, *waiting, kept, shown)
            waiting = _changed(before, picture, kept)
        before = picture
    if waiting is not None:
        _write_frame(file, *waiting, kept, LAST)
    file.write(b"\x3b")


def _changed(before: NDArray[np.uint8], picture: NDArray[np.uint8], kept: int) -> tuple[NDArray[np.uint8], int, int]:
    """What has changed since the frame before, in its box, and the row and column of the box."""
    same = before == picture
    rows, columns = np.flatnonzero(~same.all(axis=1)), np.flatnonzero(~same.all(axis=0))
    if not len(rows):
        return np.full((1, 1), kept, np.uint8), 0, 0
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    box = picture[top:bottom, left:right].copy()
    box[same[top:bottom, left:right]] = kept
    return box, int(top), int(left)


def _write_frame(file: IO[bytes], box: NDArray[np.uint8], row: int, column: int, kept: int, shown: int) -> None:
    """One frame: how long, where, and its pixels."""
    high, wide = box.shape
    file.write(b"\x21\xf9\x04\x05" + _short(shown // 10) + bytes((kept, 0)))
    file.write(b"\x2c" + _short(column) + _short(row) + _short(wide) + _short(high) + b"\x00")
    file.write(_packed(box))


def _packed(box: NDArray[np.uint8]) -> bytes:
    """Pixels as the format packs them, taken out of a .gif that Pillow writes of them alone."""
    from PIL import Image

    image = Image.fromarray(box)
    image.putpalette(bytes(range(256)) * 3)
    whole = io.BytesIO()
    image.save(whole, format="GIF", optimize=False, interlace=0)
    data = whole.getvalue()
    begin = 13 + 3 * 256
    while data[begin] == 0x21:  # extensions: blocks up to an empty one
        begin += 2
        while data[begin]:
            begin += data[begin] + 1
        begin += 1
    assert data[begin] == 0x2C, "Pillow writes one image"
    local = data[begin + 9]
    begin += 10 + (3 << (1 + (local & 7)) if local & 0x80 else 0)
    return data[begin:-1]


def _short(number: int) -> bytes:
    """A number in two bytes."""
    return int(number).to_bytes(2, "little")
