import hashlib

import numpy as np
import pytest
from made_run import infections, transitions

from hyosan.records.digest import INFECTIONS, digest

CAUGHT = infections([(0, 3, -1), (5, 4, 3), (5, 6, 3), (900, 1, 4)])
CHANGED = transitions([(0, 3, "susceptible", "infectious"), (5, 4, "susceptible", "exposed")])


def test_known_bytes():
    """The digest is what anybody can compute from the columns by hand."""
    nothing = {name: values[:0] for name, values in CAUGHT.items()}
    assert digest(nothing, {name: values[:0] for name, values in CHANGED.items()}) == hashlib.sha256().hexdigest()
    expected = hashlib.sha256()
    for values in CHANGED.values():
        expected.update(values.tobytes())
    assert digest(nothing, CHANGED) == expected.hexdigest()


@pytest.mark.parametrize("column", [name for name, _ in INFECTIONS])
def test_every_column_counts(column):
    changed = CAUGHT | {column: CAUGHT[column].copy()}
    changed[column][-1] = 7
    assert digest(changed, CHANGED) != digest(CAUGHT, CHANGED)


def test_byte_order_stride_and_order_of_columns_do_not_count():
    other = {name: np.repeat(values.astype(values.dtype.newbyteorder(">")), 2)[::2] for name, values in CAUGHT.items()}
    assert digest(dict(reversed(other.items())), CHANGED) == digest(CAUGHT, CHANGED)


def test_rows_out_of_order_are_refused():
    for time, infectee in (([0, 5, 4, 900], [3, 4, 6, 1]), ([0, 5, 5, 900], [3, 6, 4, 1])):
        mixed = CAUGHT | {"time_s": np.array(time), "infectee": np.array(infectee, np.int32)}
        with pytest.raises(AssertionError, match="not in order"):
            digest(mixed, CHANGED)


def test_a_type_that_would_lose_something_is_refused():
    with pytest.raises(AssertionError, match="time_s is float64"):
        digest(CAUGHT | {"time_s": CAUGHT["time_s"].astype(float)}, CHANGED)
