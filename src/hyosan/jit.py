"""Compiled loops: `@rule`, `@kernel`, ranges of rows on threads, and the cache of compiled kernels."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import numba
import platformdirs
from numba.core import event

Function = Callable[..., Any]

SETTINGS = {"nogil": True, "_nrt": False}
"""Nothing compiled makes an array, so references to arrays are not counted: counting took more time than the work."""

KERNELS: list[str] = []
"""Names of all kernels declared so far."""


@cache
def source_digest() -> str:
    """SHA-256 over every .py file of the package and the versions of the compiler, first 16 digits."""
    root = Path(__file__).parent
    digest = hashlib.sha256(f"{numba.__version__} {llvmlite.__version__} {sys.version_info[:2]}".encode())
    for path in sorted(root.rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path:
    """Folder of compiled kernels: in the user's cache, one for each state of the source.

    The environment variable `HYOSAN_CACHE` names another parent folder.
    """
    parent = os.environ.get("HYOSAN_CACHE") or platformdirs.user_cache_dir("hyosan", appauthor=False)
    return Path(parent) / "kernels" / source_digest()


def rule(function: Function) -> Function:
    """Mark a rule: numbers in, numbers out, writes nothing."""
    # Inlined, what loops over rows do not have to ask twice falls away.
    return numba.njit(forceinline=True, **SETTINGS)(function)


def part(function: Function) -> Function:
    """Mark a part of a kernel: compiled into the kernels that call it; unlike a rule it may write."""
    return numba.njit(forceinline=True, **SETTINGS)(function)


def routine(function: Function) -> Function:
    """Mark a part that is long and called from several places: compiled once and called, not copied into each."""
    return numba.njit(**SETTINGS)(function)


def kernel(function: Function) -> Function:
    """Mark a kernel: a compiled loop over rows, cached on disk."""
    KERNELS.append(function.__name__)
    settings: Any = numba.config
    before = settings.CACHE_DIR
    # Numba reads CACHE_DIR while it decorates; other packages keep their own.
    settings.CACHE_DIR = str(cache_folder())
    try:
        return numba.njit(cache=True, **SETTINGS)(function)
    finally:
        settings.CACHE_DIR = before


class _Compilations(event.Listener):
    """Tells a callback the name of each kernel that starts to compile."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell

    def on_start(self, event: Any) -> None:
        name = event.data["dispatcher"].py_func.__name__
        if name in KERNELS:
            self.tell(name)

    def on_end(self, event: Any) -> None:
        pass


@contextmanager
def compilations_told_to(tell: Callable[[str], None]) -> Iterator[None]:
    """While inside, `tell` hears the name of each kernel that has to be compiled (cached ones are silent)."""
    with event.install_listener("numba:compile", _Compilations(tell)):
        yield


def ranges(count: int, pieces: int) -> list[tuple[int, int]]:
    """Cut rows 0 to `count` into at most `pieces` ranges of nearly equal length.

    >>> ranges(10, 3)
    [(0, 3), (3, 6), (6, 10)]
    """
    pieces = max(1, min(pieces, count))
    return [(count * piece // pieces, count * (piece + 1) // pieces) for piece in range(pieces)]


class Threads:
    """A pool of threads for kernels that release the interpreter's lock.

    The result of a kernel never depends on the count: each range of rows writes to buffers of its own.
    """

    def __init__(self, count: int = 1) -> None:
        self.count = count
        self._pool = ThreadPoolExecutor(count, "hyosan") if count > 1 else None

    def each(self, work: Callable[[int, int, int], object], cuts: Sequence[tuple[int, int]]) -> None:
        """Call `work(piece, first, last)` for each range of rows, pieces counted from 0; returns when all are done."""
        if self._pool is None or len(cuts) <= 1:
            for piece, (first, last) in enumerate(cuts):
                work(piece, first, last)
        else:
            for _ in self._pool.map(lambda piece: work(piece, *cuts[piece]), range(len(cuts))):
                pass

    def close(self) -> None:
        """End the threads."""
        if self._pool is not None:
            self._pool.shutdown()
