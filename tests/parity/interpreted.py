"""The small outbreaks, their kernels run by Python; run as a script it prints what became of them.

Every index of an array is asked for: beyond the end NumPy raises `IndexError`, and so does `Checked` for one that
counts from the end, which compiled would lie before the array.

    NUMBA_DISABLE_JIT=1 python tests/parity/interpreted.py STEPS.npy
"""

import json
import sys
from functools import wraps

import numpy as np


class Checked(np.ndarray):
    """An array none of whose indices may count from the end; neither may those of its rows."""

    def __getitem__(self, at):
        if at.__class__ is tuple:
            for index in at:
                refuse_negative(index)
        else:
            refuse_negative(at)
        return super().__getitem__(at)

    def __setitem__(self, at, value):
        if at.__class__ is tuple:
            for index in at:
                refuse_negative(index)
        else:
            refuse_negative(at)
        super().__setitem__(at, value)


def refuse_negative(index):
    """Raise `IndexError` where an index, or an end of a slice, is negative."""
    if index.__class__ is slice:
        ends = index.start or 0, index.stop or 0
        if min(ends) < 0:
            raise IndexError(f"{index} counts from the end")
    elif index < 0:
        raise IndexError(f"index {index} counts from the end")


def checked(value):
    """An array, or a tuple of arrays, whose indices are checked; anything else as it is."""
    if isinstance(value, np.ndarray):
        return value.view(Checked)
    if isinstance(value, tuple):
        return tuple(checked(each) for each in value)
    return value


def taking_checked_arrays(kernel):
    """The decorator of kernels, but that all arrays they are called with are checked."""

    def decorated(function):
        made = kernel(function)

        @wraps(function)
        def called(*arguments):
            return made(*(checked(argument) for argument in arguments))

        return called

    return decorated


if __name__ == "__main__":
    import hyosan.jit

    hyosan.jit.kernel = taking_checked_arrays(hyosan.jit.kernel)  # before any module takes it from there

    from outbreaks import OUTBREAKS, outcome

    from hyosan.engine import hunt_ground

    # Interpreted, the ways through all streets take as long as all outbreaks; `test_world_paths` compares their text.
    steps = np.load(sys.argv[1])
    hunt_ground.steps_of = lambda streets: steps
    print(json.dumps({name: outcome(name) for name in OUTBREAKS}))
