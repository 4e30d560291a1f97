"""Ctrl-C: wait for a moment at which what has happened so far can be written down."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any, Self

from hyosan.jit import KERNELS

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """The person asked to stop, and this is a good moment."""


def told_of_kernels(patience: Patience, tell: Callable[[str, int, int], None]) -> Callable[[str], None]:
    """A callback for the name of each kernel that starts to compile; the compiler's callbacks swallow exceptions."""
    compiled: list[str] = []

    def compiling(name: str) -> None:
        patience.check()
        patience.hold()
        tell("kernels", len(compiled), len(KERNELS))
        compiled.append(name)

    return compiling


class Patience:
    """While open, a signal that would interrupt is kept until `check`, if the work at hand must not be cut.

    Only signals that raise `KeyboardInterrupt` are taken over, and only in the main thread: a program that handles
    them in its own way keeps it. Asked a second time, it interrupts at once.

    Args:
        tell: Hears that the request was heard.
    """

    def __init__(self, tell: Callable[[str], None] | None = None) -> None:
        self.asked = False
        self._held = False
        self._tell = tell
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                if signal.getsignal(number) is signal.default_int_handler:
                    self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    def hold(self) -> None:
        """From now on the first signal waits for `check`."""
        self._held = True

    def let_go(self) -> None:
        """From now on a signal interrupts at once; also one that waited."""
        self._held = False
        self.check()

    def check(self) -> None:
        """Raise `Stopped` if the person asked to stop."""
        if self.asked:
            raise Stopped

    def _hear(self, _number: int, _frame: object) -> None:
        """Take note of a signal, or interrupt."""
        if not self._held or self.asked:
            raise KeyboardInterrupt
        self.asked = True
        if self._tell is not None:
            self._tell("Stopping as soon as what has happened so far can be kept. Once more stops at once.")
