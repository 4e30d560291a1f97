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
from llvmlite import ir
from numba.core import event, types
from numba.extending import intrinsic

from hyosan.linking import KernelCompiler, Part

Function = Callable[..., Any]

_CONFIG: Any = numba.config
_INTERPRETED: bool = _CONFIG.DISABLE_JIT

SETTINGS: dict[str, Any] = {"nogil": True, "_nrt": False}
"""Nothing compiled makes an array, so references to arrays are not counted: counting took more time than the work."""

_DIVIDES: dict[str, Any] = {"error_model": "numpy"}
"""A division by zero is infinite, as in NumPy, so loops need not look for one."""

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
    # Numba would take a kernel from its cache whether or not it asks for the bounds of arrays.
    checked = "-boundscheck" if _CONFIG.BOUNDSCHECK else ""
    return Path(parent) / "kernels" / f"{source_digest()}{checked}"


def _part(function: Function, **settings: Any) -> Function:
    """A part of kernels, or where nothing is compiled the function itself."""
    return function if _INTERPRETED else Part(function, {**SETTINGS, **settings})


def rule(function: Function) -> Function:
    """Mark a rule: numbers in, numbers out, writes nothing."""
    # Inlined, what loops over rows do not have to ask twice falls away.
    return _part(function, forceinline=True)


def part(function: Function) -> Function:
    """Mark a part of a kernel: compiled into the kernels that call it; unlike a rule it may write."""
    return _part(function, forceinline=True)


def routine(function: Function) -> Function:
    """Mark a part that is long and called from several places: compiled once and called, not copied into each."""
    return _part(function)


def kernel(function: Function) -> Function:
    """Mark a kernel: a compiled loop over rows, cached on disk."""
    return _kernel(function)


def _kernel(function: Function, **more: Any) -> Function:
    """A kernel with further settings."""
    KERNELS.append(function.__name__)
    settings: Any = numba.config
    before = settings.CACHE_DIR
    # Numba reads CACHE_DIR while it decorates; other packages keep their own.
    settings.CACHE_DIR = str(cache_folder())
    try:
        compiled: Function = numba.njit(cache=True, pipeline_class=KernelCompiler, **SETTINGS, **more)(function)
    finally:
        settings.CACHE_DIR = before
    return compiled


def _of_floats(function: Function) -> Function:
    """Let a function compute with floats, by operations that round exactly: + - * / sqrt and comparisons."""
    function.of_floats = True  # type: ignore[attr-defined]
    return function


def float_rule(function: Function) -> Function:
    """Mark a rule that computes with floats, as people do who walk in buildings; see `rule`."""
    return _part(_of_floats(function), forceinline=True, **_DIVIDES)


def float_part(function: Function) -> Function:
    """Mark a part that computes with floats; see `part`."""
    return _part(_of_floats(function), forceinline=True, **_DIVIDES)


def float_loop(function: Function) -> Function:
    """Mark a part that loops over arrays which do not overlap, so that it takes several items at a time."""
    function.apart = True  # type: ignore[attr-defined]
    return float_part(function)


def float_routine(function: Function) -> Function:
    """Mark a routine that computes with floats; see `routine`."""
    return _part(_of_floats(function), **_DIVIDES)


def float_kernel(function: Function) -> Function:
    """Mark a kernel that computes with floats; see `kernel`."""
    return _kernel(_of_floats(function), **_DIVIDES)


def _prefetch(typing_context: Any, array: Any, row: Any) -> Any:
    """Typing and code of `prefetch`."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        view = context.make_array(signature.args[0])(context, builder, arguments[0])
        stride = builder.extract_value(view.strides, 0)
        index = context.cast(builder, arguments[1], signature.args[1], types.intp)
        start = builder.ptrtoint(view.data, stride.type)
        byte = ir.IntType(8).as_pointer()
        where = builder.inttoptr(builder.add(start, builder.mul(index, stride)), byte)
        number = ir.IntType(32)
        function = builder.module.declare_intrinsic(
            "llvm.prefetch", [byte], ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        )
        # Read, keep in all levels, data.
        builder.call(function, [where, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, row), code


def _prefetch_nothing(array: Any, row: Any) -> None:
    """What `prefetch` does where nothing is compiled."""


def _leading_zeros(typing_context: Any, word: Any) -> Any:
    """Typing and code of `leading_zeros`."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        whole = ir.IntType(64)
        kind = ir.FunctionType(whole, [whole, ir.IntType(1)])
        function = builder.module.declare_intrinsic("llvm.ctlz", [whole], kind)
        wide = context.cast(builder, arguments[0], signature.args[0], types.int64)
        return builder.sub(builder.call(function, [wide, ir.IntType(1)(0)]), whole(32))

    return types.int64(word), code


def _leading_zeros_of(word: int) -> int:
    """What `leading_zeros` is where nothing is compiled."""
    return 32 - int(word).bit_length()


leading_zeros: Function = _leading_zeros_of if _INTERPRETED else intrinsic(_leading_zeros)
"""`leading_zeros(word)`: count of zero bits above the highest one bit of a 32-bit word; 32 for zero."""

prefetch: Function = _prefetch_nothing if _INTERPRETED else intrinsic(_prefetch)
"""`prefetch(array, row)`: have the row fetched into the cache while other work goes on; changes nothing else."""


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
