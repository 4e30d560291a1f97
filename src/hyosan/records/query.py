"""Questions to tables in SQL, through DuckDB with every door to the outside shut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from hyosan.errors import RecordsError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MEMORY = "4GB"
"""Memory that the database may use."""

MOST_ROWS = 10_000_000
"""Rows that an answer may have."""

SHUT = {
    "memory_limit": MEMORY,
    "temp_directory": "",
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
"""Settings under which a statement can reach no file, no network and no variable of Python, nor change that; in this
order, as each may forbid what stands before it."""

READING = {"SELECT", "MULTI"}
"""Kinds of statements that are answered; `MULTI` is what DuckDB makes of PIVOT."""


def query(sql: str, sources: Mapping[str, object]) -> pa.Table:
    """The answer to one SQL statement that reads.

    Args:
        sql: The statement, in the dialect of DuckDB.
        sources: Arrow tables or datasets, by the name under which the statement knows them.
    """
    try:
        sql.encode()
    except UnicodeEncodeError:
        raise RecordsError("query: the statement is not text in UTF-8.") from None
    connection = duckdb.connect(":memory:")
    try:
        for name, source in sources.items():
            connection.register(name, source)
        for setting, value in SHUT.items():
            connection.execute(f"SET {setting} = '{value}'")
        statements = connection.extract_statements(sql)
        kinds = [statement.type.name for statement in statements]
        if len(kinds) != 1 or kinds[0] not in READING:
            raise RecordsError(
                f"query: found {' and '.join(kinds) or 'nothing'}, expected one SELECT. "
                f"The tables are {', '.join(sources)}."
            )
        return _plain(_rows(connection.sql(statements[0]).to_arrow_reader()))
    except duckdb.OutOfMemoryException:
        raise RecordsError(f"query: needs more than {MEMORY} of memory. Ask for less, or join smaller parts.") from None
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except RuntimeError as error:
        # Some releases of DuckDB say so of Ctrl-C.
        if "interrupted" not in str(error).lower():
            raise
        raise KeyboardInterrupt from None
    except (duckdb.Error, pa.ArrowException) as error:
        raise RecordsError(f"query: {_plain_words(str(error), sources)}") from None
    finally:
        connection.close()


def _rows(reader: pa.RecordBatchReader) -> pa.Table:
    """All rows of an answer, unless there are too many."""
    batches, count = [], 0
    for batch in reader:
        batches.append(batch)
        count += batch.num_rows
        if count > MOST_ROWS:
            raise RecordsError(f"query: the answer has more than {MOST_ROWS:,} rows. Write `limit`, or count them.")
    return pa.Table.from_batches(batches, reader.schema)


def _plain(table: pa.Table) -> pa.Table:
    """Whole numbers as 64-bit integers where they fit: DuckDB sums them into 128 bits, which pandas cannot add up."""
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type) and field.type.scale == 0:
            try:
                column = table.column(place).cast(pa.int64())
            except pa.ArrowInvalid:
                continue
            table = table.set_column(place, pa.field(field.name, pa.int64()), column)
    return table


def _plain_words(message: str, tables: Iterable[str]) -> str:
    """DuckDB's message without its kind and without blank lines."""
    unknown = re.search(r"Table with name (.*) does not exist", message)
    if unknown:
        return f"{unknown[1]!r:.80}: no such table. {did_you_mean(unknown[1], tables)}"
    message = re.sub(r"^[\w ]+ Error: ", "", message.strip())
    return re.sub(r"\n\s*\n", "\n", message)
