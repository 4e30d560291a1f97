"""Sizes of the school [m]; docs/model/hyosan-high-school.md has their sources.

x runs east and y north; the south-western corner of the building is the origin. It has the shape of a
U: a bar from west to east, a wing to the north at either end; the gym stands beside it.
"""

STOREY_HEIGHT = 3.6
STOREYS = 4
"""Storeys with rooms; the roof lies on the last."""

BAY = 9.0
"""Length of a class-room."""
DEPTH = 7.5
"""Depth of class-rooms, from the windows to the corridor."""
SPECIAL = 13.5
"""Length of a special room: one and a half class-rooms."""
SMALL = 4.5
"""Length of a store between special rooms."""

CORRIDOR = 2.7
BAR = 90.0
"""Length of the bar."""
NORTH = DEPTH + CORRIDOR
"""Where the bar ends in the north."""
WING = NORTH + 3 * SPECIAL + SMALL
"""Where the west wing ends in the north."""

CORE = 7.7
"""Depth of stairs and toilets behind the corridor: floor, flight and half landing."""
FLOOR = 2.2
"""Depth of the floor at the foot of stairs."""
RISER, TREAD = 0.15, 0.3
RUN = 12 * TREAD
"""Length of a flight of twelve steps: half a storey."""
FLIGHT = 1.9
"""Width of a flight indoors."""
OUTDOOR_FLIGHT = 1.8
LANDING = 1.8
"""Depth of the half landing outdoors."""

LEAF = 0.9
"""Width of a sliding door of a class-room."""
DOUBLE = 1.8
"""Width of a door with two leaves."""

DESK = (0.45, 0.65)
"""Depth and width of a pupil's desk."""
