"""Files that a person asked for, written whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hyosan.errors import RecordsError
from hyosan.records.write import disk_error, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import IO


def write_new(path: Path, text: str) -> None:
    """Write a text into a file that does not exist yet."""
    if path.exists() or path.is_symlink():
        raise RecordsError(f"{path}: exists, and nothing is written over. Choose another file with -o.")
    write_whole(path, lambda file: file.write(text.encode()))


def write_whole(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Make a file appear whole, in place of the one that was there; devices and pipes are written straight."""
    written: list[Path] = []
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                fill(device)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        place(path, fill, written)
    except OSError as error:
        raise disk_error(path, error, mend="Choose another file.") from None
    finally:
        for left in written:
            if left != path:
                with suppress(OSError):
                    left.unlink()
