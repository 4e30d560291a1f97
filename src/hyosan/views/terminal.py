"""What a command says: results on standard output, everything else on standard error, never a traceback."""

from __future__ import annotations

import errno
import json
import math
import os
import sys
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from hyosan.errors import HyosanError

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOSED = {errno.EPIPE, errno.EBADF, errno.EINVAL}
"""What the system says when nobody reads standard output any more."""

INTERRUPTED = 130
"""Exit code after Ctrl-C."""

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class OutputLost(HyosanError):  # noqa: N818
    """Standard output could not take what was written to it."""

    def __init__(self, error: OSError) -> None:
        if error.errno in FULL:
            self.exit_code = 3
            super().__init__("standard output: no room on the disk. Free some space and ask again.")
        elif error.errno in CLOSED:
            super().__init__("standard output was closed before everything was written.")
        else:
            super().__init__(f"standard output: {error.strerror or error}.")


def prepare() -> None:
    """Let every text pass, whatever letters it has and whatever the terminal knows."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(text: str, end: str = "\n") -> None:
    """Write a result to standard output at once."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text + end)
        sys.stdout.flush()
    except OSError as error:
        silence(sys.stdout)
        raise OutputLost(error) from None
    except ValueError:  # closed by whoever called
        pass


def say_json(record: Mapping[str, Any]) -> None:
    """Write one line of JSON to standard output."""
    say(json.dumps(plain(record), ensure_ascii=False, allow_nan=False))


def complain(text: str) -> None:
    """Write a message for the person to standard error; if that is gone, there is nobody to tell."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)
    except ValueError:
        pass


def flush() -> None:
    """Write out what is left, or raise `OutputLost`."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        silence(sys.stdout)
        raise OutputLost(error) from None
    except ValueError:
        pass


def silence(stream: IO[str]) -> None:
    """Lead a stream that failed into nothing, so that the interpreter does not stumble over it when it ends."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except (OSError, ValueError):
        pass


def plain(value: Any) -> Any:
    """A value as JSON can hold it: numbers of NumPy as Python's, what is not finite as null, other things as text."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if hasattr(value, "item") and not isinstance(value, str | bytes):
        value = value.item()
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)
