"""The digest of a run: two runs with the same digest had the same outbreak."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

INFECTIONS = (
    ("time_s", "<i8"),
    ("infectee", "<i4"),
    ("infector", "<i4"),
    ("route", "<u1"),
    ("setting", "<u1"),
    ("scale", "<u1"),
    ("town", "<i4"),
    ("place", "<i4"),
    ("room", "<i4"),
    ("x_m", "<f4"),
    ("y_m", "<f4"),
    ("episode", "<u2"),
)
"""Columns of `infections` in the order in which their bytes are read, with the type they are read as."""

TRANSITIONS = (
    ("time_s", "<i8"),
    ("person", "<i4"),
    ("from_state", "<u1"),
    ("to_state", "<u1"),
)
"""Likewise of `transitions`."""


def digest_of_both(outbreak: str, places: str) -> str:
    """SHA-256 of what happened in a building with an outbreak: the digest of the outbreak, then that of the places."""
    return hashlib.sha256(f"{outbreak}{places}".encode()).hexdigest()


def digest(infections: Mapping[str, NDArray[Any]], transitions: Mapping[str, NDArray[Any]]) -> str:
    """SHA-256 of what happened: the bytes of every column of `INFECTIONS`, then of `TRANSITIONS`.

    It reads codes, not names, and no byte of a file, so it does not depend on how tables are written. A column that
    joins a table later stays out, or every digest would change.

    Args:
        infections: Columns by name, rows in order of (time, infectee).
        transitions: Columns by name, rows in order of (time, person).

    Returns:
        64 hexadecimal digits.
    """
    assert _ordered(infections["time_s"], infections["infectee"]), "infections are not in order of (time, infectee)"
    assert _ordered(transitions["time_s"], transitions["person"]), "transitions are not in order of (time, person)"
    sha = hashlib.sha256()
    for columns, table in ((INFECTIONS, infections), (TRANSITIONS, transitions)):
        for name, kind in columns:
            values = np.asarray(table[name])
            assert np.can_cast(values.dtype, kind, "same_kind"), f"{name} is {values.dtype}, not {kind}"
            sha.update(np.ascontiguousarray(values, dtype=kind).view(np.uint8).data)
    return sha.hexdigest()


GONE = np.iinfo(np.int32).min
"""In place of the centimetres of who has left."""


def digest_of_places(
    places: NDArray[np.float64], rooms: NDArray[Any], postures: NDArray[Any], left: NDArray[Any]
) -> str:
    """SHA-256 of where people in a building ended: x and y in whole centimetres, rooms, postures, and who left when.

    Args:
        places: In the frames of their storeys and stairs, NaN for who has left, (people, 2) [m].
        rooms: Their rooms, -1 outside, (people,).
        postures: As the engine numbers them, (people,).
        left: Step, person and door of everybody who left, in order, (gone, 3).

    Returns:
        64 hexadecimal digits.
    """
    centimetres = np.floor(np.asarray(places, np.float64) * 100.0)
    gone = np.isnan(centimetres)
    assert np.all(gone | (np.abs(centimetres) < -float(GONE))), "a place is too far off for whole centimetres"
    whole = np.where(gone, GONE, centimetres).astype("<i4")
    sha = hashlib.sha256()
    columns: tuple[tuple[NDArray[Any], str], ...]
    columns = ((whole[:, 0], "<i4"), (whole[:, 1], "<i4"), (np.asarray(rooms), "<i4"), (np.asarray(postures), "<u1"))
    for values, kind in columns:
        sha.update(np.ascontiguousarray(values, dtype=kind).view(np.uint8).data)
    sha.update(np.ascontiguousarray(left, dtype="<i8").view(np.uint8).data)
    return sha.hexdigest()


def _ordered(first: NDArray[Any], second: NDArray[Any]) -> bool:
    """Whether rows rise by `first`, and by `second` where `first` is equal."""
    later = first[1:] > first[:-1]
    return bool(np.all(later | ((first[1:] == first[:-1]) & (second[1:] >= second[:-1]))))
