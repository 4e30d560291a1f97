"""Limits of a scenario's text, checked before any parser sees it: parsers stand on their heads for hostile files."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyosan.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 262_144
MOST_NESTING = 32
MOST_PARTS = 16
"""Parts of a dotted key; Python's parser takes time quadratic in them."""
MOST_KEYS = 10_000
"""Keys, their parts and tables together."""
MOST_VALUES = 20_000
"""Values in lists together."""
LONGEST_LINE = 4096
"""Bytes of a line."""

# Possessive quantifiers: no text makes the search go back, so it takes time in proportion to the text.
_MARK = re.compile(
    r'#[^\n]*+|"""(?:[^"\\]|\\.|"(?!""))*+"{0,5}+|\'\'\'(?:[^\']|\'(?!\'\'))*+\'{0,5}+|"(?:[^"\\\n]|\\[^\n])*+"?+'
    r"|'[^'\n]*+'?+|[\[\]{}.=,\n]|[^\[\]{}.=,\n\"'#]++",
    re.DOTALL,
)


def read(path: Path, shown: str) -> str:
    """Text of a scenario file.

    Args:
        path: Where it is.
        shown: The path as messages name it.

    Raises:
        ScenarioError: The file is missing, no file, unreadable, too large or no text.
    """
    missing = "Write the path of a TOML file, or a name of the catalogue."
    return decoded(content(path, shown, most=MOST_BYTES, what="a TOML file", missing=missing), shown)


def content(path: Path, shown: str, *, most: int, what: str, missing: str = "") -> bytes:
    """Bytes of a file, one more than `most` at most.

    Args:
        path: Where it is.
        shown: The path as messages name it.
        most: Bytes that are enough.
        what: What the file should be, with its article.
        missing: What to write if there is no such file.

    Raises:
        ScenarioError: The file is missing, no file, or unreadable.
    """
    mend = f"Write the path of {what}"
    try:
        # A pipe or a device may wait for ever, so it is not even opened to the end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise _refused(shown, f"no such file. {missing or f'{mend}.'}") from None
    except IsADirectoryError:
        raise _refused(shown, f"is a folder. {mend}.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no path of a file"
        raise _refused(shown, f"cannot be opened ({reason}). {mend} you may read.") from None
    try:
        with os.fdopen(handle, "rb") as file:
            mode = os.fstat(handle).st_mode
            if not stat.S_ISREG(mode):
                kind = "a folder" if stat.S_ISDIR(mode) else "a device, a pipe or a socket"
                raise _refused(shown, f"is {kind}. {mend}.")
            return file.read(most + 1)
    except OSError as error:
        raise _refused(shown, f"cannot be read ({error.strerror or error}). {mend}.") from None


def decoded(data: bytes, shown: str) -> str:
    """Text of a file's bytes; a byte order mark is dropped."""
    if len(data) > MOST_BYTES:
        raise _refused(shown, f"is larger than {MOST_BYTES // 1024} KB. No scenario needs that much: shorten it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start])
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise _refused(shown, "is UTF-16. Save it as UTF-8.") from None
        message = f"byte {data[error.start]:#04x} is no UTF-8. Save the file as UTF-8."
        raise ScenarioError([Problem(message, file=shown, line=line, column=column)]) from None
    check(text, shown)
    return text


def check(text: str, shown: str) -> None:
    """Refuse a text over a limit, before any parser sees it."""
    if "\0" in text:
        line, column = _place(text[: text.index("\0")].encode())
        message = "holds a NUL character, so it is no text. Write a TOML file."
        raise ScenarioError([Problem(message, file=shown, line=line, column=column)])
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) * 4 > LONGEST_LINE and (length := len(line_text.encode("utf-8", "replace"))) > LONGEST_LINE:
            message = f"the line is {length} bytes long. Break it: {LONGEST_LINE} at most."
            raise ScenarioError([Problem(message, file=shown, line=number, column=1)])
    _check_shape(text, shown)


@dataclass
class _Shape:
    """What the search has counted so far."""

    depth: int = 0
    parts: int = 1
    keys: int = 0
    values: int = 0

    def take(self, mark: str) -> str:
        """Count one mark; the message if a limit is passed, else nothing."""
        self.parts = self.parts + 1 if mark == "." else 1
        self.depth = max(0, self.depth + (mark in "[{") - (mark in "]}"))
        # Each part of a dotted key can be a table.
        self.keys += mark in "{=."
        self.values += mark == ","
        if self.parts > MOST_PARTS:
            return f"the key has more than {MOST_PARTS} parts. Write {MOST_PARTS} at most."
        if self.depth > MOST_NESTING:
            return f"brackets are nested more than {MOST_NESTING} deep. Write {MOST_NESTING} levels at most."
        if self.keys > MOST_KEYS:
            return f"there are more than {MOST_KEYS} keys. Write {MOST_KEYS} at most."
        if self.values > MOST_VALUES:
            return f"there are more than {MOST_VALUES} values in lists. Write {MOST_VALUES} at most."
        return ""


def _check_shape(text: str, shown: str) -> None:
    """Refuse too deep nesting, too long dotted keys, and too many keys."""
    shape, fresh = _Shape(), True
    for match in _MARK.finditer(text):
        mark = match.group()
        if len(mark) > 1 or mark not in "[]{}.=,\n":
            fresh = fresh and not mark.strip()
            continue
        # A bracket that begins a line outside of values is a table's header.
        shape.keys += mark == "[" and fresh
        fresh = mark == "\n"
        if message := shape.take(mark):
            line, column = _place(text[: match.start()].encode("utf-8", "replace"))
            raise ScenarioError([Problem(message, file=shown, line=line, column=column)])


def _place(before: bytes) -> tuple[int, int]:
    """(Line, column) of what follows some bytes, from 1."""
    last = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[last:].decode("utf-8", "replace")) + 1


def _refused(shown: str, message: str) -> ScenarioError:
    """An error about a file as a whole."""
    return ScenarioError([Problem(message, file=shown)])
