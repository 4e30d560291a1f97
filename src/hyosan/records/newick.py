"""The transmission forest in Newick's format: who infected whom as nested brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hyosan.units import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyosan.records.cases import Cases


def newick(cases: Cases) -> Iterator[str]:
    """Pieces of text that make one tree a line, one for each infection that came from outside.

    A node is an infection; its branch is the time since its infector's infection [days]. It keeps a stack of its own:
    a chain of infections may be longer than Python's stack is deep.
    """
    names = cases.names()
    length = np.where(cases.infector >= 0, cases.time - cases.time[cases.infector], 0) / day
    children = np.argsort(cases.infector, kind="stable")
    first = np.searchsorted(cases.infector[children], np.arange(len(cases) + 1))
    written = 0
    for root in children[: first[0]].tolist():
        stack = [(root, int(first[root]))]
        if first[root] < first[root + 1]:
            yield "("
        while stack:
            node, place = stack.pop()
            if place < first[node + 1]:
                child = int(children[place])
                stack.append((node, place + 1))
                stack.append((child, int(first[child])))
                yield "," if place > first[node] else ""
                yield "(" if first[child] < first[child + 1] else ""
                continue
            yield ")" if first[node] < first[node + 1] else ""
            yield f"{names[node]}:{length[node]:.6f}" if stack else f"{names[node]};\n"
            written += 1
    assert written == len(cases), "somebody was infected by their own descendant"
