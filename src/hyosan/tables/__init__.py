"""Every column of every table of a run: its type, unit and meaning."""

from __future__ import annotations

from hyosan.tables.column import Column, Names, Table
from hyosan.tables.indoors import INDOORS, WALKED
from hyosan.tables.outbreaks import EVERY_RUN, HUNTED, Sex

__all__ = ["EVERY_RUN", "HUNTED", "INDOORS", "TABLES", "WALKED", "Column", "Names", "Sex", "Table", "columns_page"]

TABLES = {table.name: table for table in (*EVERY_RUN, *HUNTED, *WALKED, *INDOORS)}
"""Every table of a run folder by its name."""


def columns_page() -> str:
    """The reference of all tables and columns, as Markdown."""
    lines = ["# Tables of a run", "", "Columns of names are text (dictionary-encoded in Parquet).", ""]
    for table in TABLES.values():
        lines += [f"## {table.name}", "", f"{table.meaning[0].upper()}{table.meaning[1:]}.", ""]
        lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        for column in table.columns:
            kind = column.kind if column.values is None else "text"
            lines.append(f"| `{column.name}` | {kind} | {column.unit} | {column.meaning}{_list_of_words(column)} |")
        lines.append("")
    return "\n".join(lines)


def _list_of_words(column: Column) -> str:
    """What a column of names may hold, where the codes fix it."""
    if column.values is None:
        return ""
    if isinstance(column.values, Names):
        return "; names from the scenario" if column.values is Names.STATES else ""
    return ": " + ", ".join(f"`{word}`" for word in column.words({}) or ())
