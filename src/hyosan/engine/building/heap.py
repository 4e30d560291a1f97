"""A heap of (key, number) in two arrays: the least key first, of equal keys the least number."""

from hyosan.jit import float_part


@float_part
def push_least(heap_key, heap_cell, size, key, place):
    """Put an entry into the heap, whose least is in row 0; returns its new size."""
    row = size
    while row > 0:
        above = (row - 1) >> 1
        if heap_key[above] < key or (heap_key[above] == key and heap_cell[above] <= place):
            break
        heap_key[row], heap_cell[row] = heap_key[above], heap_cell[above]
        row = above
    heap_key[row], heap_cell[row] = key, place
    return size + 1


@float_part
def pop_least(heap_key, heap_cell, size):
    """Take the least entry, row 0, out of the heap; returns its new size."""
    size -= 1
    key, place = heap_key[size], heap_cell[size]
    row = 0
    while True:
        below = 2 * row + 1
        if below >= size:
            break
        other = below + 1
        if other < size and (
            heap_key[other] < heap_key[below]
            or (heap_key[other] == heap_key[below] and heap_cell[other] < heap_cell[below])
        ):
            below = other
        if key < heap_key[below] or (key == heap_key[below] and place <= heap_cell[below]):
            break
        heap_key[row], heap_cell[row] = heap_key[below], heap_cell[below]
        row = below
    heap_key[row], heap_cell[row] = key, place
    return size
