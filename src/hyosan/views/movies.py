"""An .mp4 out of frames, by ffmpeg."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hyosan.errors import HyosanError
from hyosan.views.copies import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

CODEC = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-movflags", "+faststart")


def write_movie(path: Path, pictures: Iterator[NDArray[np.uint8]], palette: NDArray[np.uint8], rate: float) -> None:
    """Write frames into an .mp4, in place of what was there.

    Args:
        path: The file.
        pictures: Frames as places in the palette, of even height and width.
        palette: Red, green and blue, (256, 3).
        rate: Frames a second.

    Raises:
        HyosanError: ffmpeg is not on the path, or fails.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise HyosanError(f"{path}: an .mp4 needs ffmpeg, which is not on the path. Install it, or film into a .gif.")
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w+b") as log:
        made = Path(folder) / "film.mp4"
        first = next(pictures)
        high, wide = first.shape
        size = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{wide}x{high}", "-r", f"{rate:g}", "-i", "-")
        command = [program, "-y", "-loglevel", "error", *size, "-an", *CODEC, str(made)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log) as process:  # noqa: S603
            assert process.stdin is not None, "it is piped"
            try:
                process.stdin.write(palette[first].tobytes())
                for picture in pictures:
                    process.stdin.write(palette[picture].tobytes())
                process.stdin.close()
            except OSError:
                pass  # ffmpeg has ended, and its log says why
        if process.returncode or not made.is_file():
            log.seek(0)
            said = log.read().decode(errors="replace").strip().splitlines() or ["it says nothing"]
            raise HyosanError(f"{path}: ffmpeg could not write the film: {said[-1]:.200}. Film into a .gif.")
        write_whole(path, lambda file: file.write(made.read_bytes()))
