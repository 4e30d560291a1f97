"""How far a long command is: a bar on a terminal, nothing when piped."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

from hyosan.views.terminal import complain

if TYPE_CHECKING:
    from types import TracebackType

STAGES = {
    "world": "Making people and places",
    "kernels": "Compiling, this first time only",
    "seconds": "Running",
    "tables": "Writing",
    "runs": "Measuring",
    "film": "Drawing",
}
"""Stages of a run, and what the bar says of them."""


class Progress:
    """Shows (stage, done, of) while it is open."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None
        self._stage = ""
        self._said = False

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            console = Console(stderr=True)
            if not console.is_dumb_terminal:
                columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
                self._bar = Bar(*columns, console=console, transient=True)
                self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Show that so much of a stage is done."""
        if stage == "kernels" and not self._said:
            self._said = True
            self.say("Compiling the engine. This happens once for each release, and takes about half a minute.")
        if self._bar is None:
            return
        if self._task is None or stage != self._stage:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(STAGES.get(stage, stage), total=None if done == 0 and of <= 1 else of)
            self._stage = stage
        self._bar.update(self._task, completed=done, total=None if of <= 1 else of)

    def say(self, text: str) -> None:
        """A line for the person, above the bar if there is one."""
        if self._bar is not None:
            self._bar.console.print(text, highlight=False, markup=False)
        else:
            complain(text)
