"""The answer to a query on paper: a table for eyes, CSV for programs, JSON for both."""

from __future__ import annotations

import csv
import io
import os
import sys
import threading
from typing import TYPE_CHECKING

from hyosan.views.terminal import INTERRUPTED, complain, plain, say, say_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from hyosan.records.run import Records

MOST_ROWS = 200
"""Rows shown on a terminal."""

BATCH = 20_000
"""Rows made into text at a time."""


def answer(records: Records, sql: str) -> pa.Table:
    """The answer to a query, which Ctrl-C ends at once: inside some joins DuckDB itself does not listen."""
    found: list[pa.Table] = []
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            found.append(records.query(sql))
        except BaseException as error:  # handed on below
            failed.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        thread.join()
    except KeyboardInterrupt:
        complain("Interrupted.")
        # The thread cannot be stopped, and an orderly end would wait for it. Nothing is being written.
        os._exit(INTERRUPTED)
    if failed:
        raise failed[0]
    return found[0]


def print_answer(table: pa.Table, *, json: bool) -> None:
    """Print a table."""
    if json:
        rows = [plain(row) for row in _rows(table)]
        say_json({"columns": table.column_names, "rows": rows})
    elif sys.stdout is not None and sys.stdout.isatty():
        _print_for_eyes(table)
    else:
        _print_csv(table)


def _rows(table: pa.Table) -> Iterator[tuple[object, ...]]:
    """Rows of a table; two columns may have one name."""
    for batch in table.to_batches(max_chunksize=BATCH):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _print_csv(table: pa.Table) -> None:
    """Print all rows as CSV; null is an empty field."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.column_names)
    for count, row in enumerate(_rows(table), 1):
        writer.writerow(row)
        if count % BATCH == 0:
            say(text.getvalue(), end="")
            text.seek(0)
            text.truncate()
    say(text.getvalue(), end="")


def _print_for_eyes(table: pa.Table) -> None:
    """Print the first rows in columns."""
    import pyarrow as pa
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    page = Table(box=None, pad_edge=False, header_style="bold")
    for field in table.schema:
        number = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        page.add_column(Text(field.name), justify="right" if number else "left", overflow="fold")
    for row in _rows(table.slice(0, MOST_ROWS)):
        page.add_row(*(Text("" if value is None else _short(value)) for value in row))
    Console(soft_wrap=False, highlight=False).print(page)
    if table.num_rows > MOST_ROWS:
        say(f"… {table.num_rows - MOST_ROWS:,} rows more. Into a pipe or file goes everything, as CSV.")


def _short(value: object) -> str:
    """A value in its cell, with nothing in it that could steer a terminal."""
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
