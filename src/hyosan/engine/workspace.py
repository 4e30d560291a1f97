"""Workspaces: the arrays that one range of rows needs for its own while it is at work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hyosan.engine.attempts import FRESH_COLUMNS, STREAMS
from hyosan.engine.city.begin import TRANSITION_COLUMNS
from hyosan.engine.city.emit import TALLY_COLUMNS
from hyosan.engine.scratch import BLOCK, MOST_VISITS, Scratch, scratch

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass
class Workspace:
    """One range's own arrays, kept from day to day; nothing in them outlives a window."""

    recording: bool
    """Whether transitions are written."""
    scratch: Scratch = field(default_factory=scratch)
    fresh: NDArray[np.int32] = field(default_factory=lambda: np.empty((4096, FRESH_COLUMNS), np.int32))
    """Attempts from emission, the first `fresh_count` rows."""
    fresh_count: int = 0
    transitions: NDArray[np.int32] = field(default_factory=lambda: np.empty((0, TRANSITION_COLUMNS), np.int32))
    """Changes of state, the first `transition_count` rows."""
    transition_count: int = 0
    tally: NDArray[np.int64] = field(default_factory=lambda: np.zeros((STREAMS, TALLY_COLUMNS), np.int64))

    def __post_init__(self) -> None:
        """Make room for transitions where they are written."""
        if self.recording:
            self.transitions = np.empty((2 * BLOCK * MOST_VISITS, TRANSITION_COLUMNS), np.int32)

    def grow(self) -> None:
        """Make both arrays twice as large."""
        self.fresh = larger(self.fresh, self.fresh_count)
        if self.recording:
            self.transitions = larger(self.transitions, self.transition_count)

    def clear(self) -> None:
        """Forget the rows of the last window."""
        self.fresh_count = self.transition_count = 0


def larger(array: NDArray[Any], used: int) -> NDArray[Any]:
    """An array of twice the rows with the same first rows."""
    result = np.empty((2 * max(len(array), 64), *array.shape[1:]), array.dtype)
    result[:used] = array[:used]
    return result
