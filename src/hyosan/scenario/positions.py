"""Where each key of a TOML text stands."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""(Line, column), both from 1; a column is a character."""

KEYS = ("bare_key", "quoted_key", "dotted_key")


def positions(text: str) -> dict[Path, Place]:
    r"""Places of the keys and of the values in lists of a text that Python's parser accepts.

    >>> positions("[pathogen]\nname = 'x'")[("pathogen", "name")]
    (2, 1)
    """
    finder = _Finder(text.encode())
    finder.document()
    return finder.found


class _Finder:
    """Walks the syntax tree and notes where keys stand."""

    def __init__(self, data: bytes) -> None:
        self.lines = data.split(b"\n")
        self.tree = Parser(Language(tree_sitter_toml.language())).parse(data)
        self.found: dict[Path, Place] = {}
        self.lists: dict[Path, int] = {}

    def document(self) -> None:
        """Note everything in the text."""
        for node in self.tree.root_node.children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self.table(node)

    def place(self, node: Node) -> Place:
        """(Line, column) of a node."""
        row, column = node.start_point
        return row + 1, len(self.lines[row][:column].decode("utf-8", "replace")) + 1

    def table(self, node: Node) -> None:
        """Note a table with a header, or one row of an array of tables."""
        header = next((child for child in node.children if child.type in KEYS), None)
        if header is None:
            return
        at: Path = ()
        for part in _parts(header):
            at = self.inside((*at, part))
            self.found.setdefault(at, self.place(header))
        if node.type == "table_array_element":
            # The last row so far is not the one that begins here.
            above = at[:-1] if at and isinstance(at[-1], int) else at
            self.lists[above] = self.lists.get(above, -1) + 1
            at = (*above, self.lists[above])
        self.found[at] = self.place(header)
        for child in node.children:
            if child.type == "pair":
                self.pair(child, at)

    def inside(self, at: Path) -> Path:
        """A path, taken into the last row where it names an array of tables."""
        return (*at, self.lists[at]) if at in self.lists else at

    def pair(self, node: Node, at: Path) -> None:
        """Note a key, and what its value holds."""
        key = next((child for child in node.children if child.type in KEYS), None)
        if key is None:
            return
        for part in _parts(key):
            at = (*at, part)
            self.found.setdefault(at, self.place(key))
        self.value(node.children[-1], at)

    def value(self, node: Node, at: Path) -> None:
        """Note the keys of inline tables and the values of lists."""
        if node.type == "inline_table":
            for child in node.children:
                if child.type == "pair":
                    self.pair(child, at)
        elif node.type == "array":
            values = [child for child in node.children if child.is_named and child.type != "comment"]
            for index, child in enumerate(values):
                self.found[*at, index] = self.place(child)
                self.value(child, (*at, index))


def _parts(key: Node) -> Iterator[str]:
    """Parts of a key, as the parser reads them."""
    if key.type == "dotted_key":
        for child in key.children:
            yield from _parts(child)
    elif key.type in KEYS and key.text is not None:
        written = key.text.decode("utf-8", "replace")
        try:
            (name,) = tomllib.loads(f"{written} = 0")
        except ValueError:  # the two parsers disagree: the place is lost, not the message
            name = written
        yield name
