"""Columns of numbers into Arrow tables, with names in place of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from hyosan.tables import TABLES, Column, Names, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

WORDS = pa.dictionary(pa.int32(), pa.string())
"""Type of a column of names; Parquet gives back 32-bit indices, so a run in memory has them too."""


def schema(table: Table) -> pa.Schema:
    """Names and Arrow types of a table's columns."""
    return pa.schema([pa.field(column.name, _type(column)) for column in table.columns])


def arrow_table(
    name: str, columns: Mapping[str, NDArray[Any]], names: Mapping[Names, Sequence[str]] | None = None
) -> pa.Table:
    """One table of a run.

    Args:
        name: One of `TABLES`.
        columns: NumPy columns by name, all of one length; just the columns of the table.
        names: What the numbers of its columns of names stand for, where the codes do not fix it.
    """
    table = TABLES[name]
    known = [column.name for column in table.columns]
    assert sorted(columns) == sorted(known), f"{name} has columns {sorted(columns)}, not {known}"
    arrays = [_array(column, columns[column.name], column.words(names or {})) for column in table.columns]
    return pa.Table.from_arrays(arrays, schema=schema(table))


def _type(column: Column) -> pa.DataType:
    """Arrow type of a column."""
    return WORDS if column.values is not None else pa.from_numpy_dtype(np.dtype(column.kind))


def _array(column: Column, values: NDArray[Any], words: tuple[str, ...] | None) -> pa.Array:
    """One column; NaN and codes below 0 become null."""
    if words is None:
        return pa.array(np.asarray(values, column.kind), from_pandas=True)
    codes = np.asarray(values).astype(np.int32)
    assert not len(codes) or codes.max() < len(words), f"{column.name} has code {codes.max()}, known: {words}"
    indices = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))
