"""Which column of the arrays of a building holds what; kernels and those who fill the arrays share it."""

FRAME, FIRST_SIDE, SIDE_COUNT, CONVEX, FIRST_CELL, CELLS_X, CELLS_Y, FIRST_BLOCK, BLOCKS_X, BLOCKS_Y, KIND, SOLID = (
    range(12)
)
"""Of rooms, whole numbers; parts of stairs are rooms too. Frame; its sides; whether it is convex and empty; its tile of
cells and of blocks; 0 level, 1 stair; whether walls may stand between people in it."""

TILE_X, TILE_Y, CELL, BLOCK = range(4)
"""Of rooms [m]: lower left corner of its tiles, length of a cell and of a block."""

DOOR, ROOM, OTHER, FIELD, UPWARD = range(5)
"""Of sides, a door as seen from one of its rooms: door, room, the side in the other room (-1 outside), where its field
begins (-1 without); of a stair's part 1 where one leaves it upward, -1 downward."""

AX, AY, BX, BY, NX, NY, COS, SIN, SHIFT_X, SHIFT_Y, WIDTH, FLOW, MX, MY, KX, KY = range(16)
"""Of sides: ends of the opening, unit vector out of the room, the turn and shift into the other room's frame, clear
width [m], most people in a second [1/s], 0 without a limit, ends of the part that people make for [m]."""

X, Y, FLOW_X, FLOW_Y, AHEAD, MAKES_FOR, ROOM_OF = range(7)
"""Of people, what others see: place [m], the direction in which they want to go times the speed that others reckon with
[m/s], the way left to the door or spot [m], the side that they make for (-1 none), and the room (-1 outside)."""

(
    IN,
    GOAL,
    SIDE,
    POSTURE,
    GROUP,
    ERRAND,
    PASSED,
    CHOOSE,
    TURN,
    NEAR_COUNT,
    OVER_COUNT,
    ROUSED,
    SPOT,
    CELL_OF,
    MOVED,
    CAME,
    CORNER,
    ROLE,
    NEEDS,
    AIMED,
    PLANNED,
) = range(21)
"""Of people, whole numbers: room (-1 outside), end of the ways to its goal (-1 none), side aimed at (-1 none),
posture, group (-1 none), errand, doors passed, whether to choose a way anew, row among the walkers (-1 none), lengths
of the lists of neighbours, whether it is pushed, spot it makes for, cell of the grid, whether it moved since
the last look, the side by which it came into its room (-1 none), cell of the corner that it goes round (-1 none), what
it is (`HEALTHY` to `POLICE` of `outbreak.columns`), 1 if it opens no doors, whether it makes for a place in its room,
and whether an outbreak says where it goes."""

RADIUS, LEVEL_SPEED, UP_SPEED, DOWN_SPEED, LEFT, PATIENCE, HEAD_X, HEAD_Y, SPEED, TASTE, ANCHOR_X, ANCHOR_Y, SWING = (
    range(13)
)
HASTE, HEADWAY, FEAR_X, FEAR_Y, AIM_X, AIM_Y = range(13, 19)
"""Of people: radius of the body [m], free speeds [m/s], way that is left to the goal [m], time for which it has hardly
moved [s], direction walked, speed [m/s], taste, where it was when it last got on [m], how wide it swings round corners
[m]; its haste, a factor on free speeds [1], and on the time that it keeps to others [1], what it shies away from [1],
and the place in its room that it makes for [m]."""

LEFT_AT, LEFT_X, LEFT_Y, LEFT_PACE, LEFT_FREE = range(5)
"""Of those who left last: the step, the place [m] and the speed at which they did, and their free speed [m/s]."""

SITTING, STANDING, WALKING, GONE = range(4)
"""Postures. Who sits is not pushed; who stands is."""

CALM, ANEW, WAYLESS = range(3)
"""Of `CHOOSE`: nothing to choose; choose now; wait until a door changes."""

STILL_THERE, MOVES, NOTED = range(3)
"""Of `MOVED`: not moved since the last look; moved; moved, and in the list of those who have stopped."""

TO_EXITS, TO_SPOT, TO_DOORS = range(3)
"""What a goal is: the exits that one knows or sees, a place in a room, exits and no others."""

WHEN, WHO, WHAT, AFTER = range(4)
"""Of errands: step at which it is due, person, goal, posture on arrival."""

SPOT_ROOM, SPOT_FIELD = range(2)
"""Of spots: room, where its field begins (-1 where the room needs none)."""

SPOT_X, SPOT_Y, SPOT_RADIUS = range(3)
"""Of spots [m]: place, and how near is there."""

DT, TIME_GAP, SPACE, HALF, REACH, SKIN, FORESIGHT, TURNING, RIGHTWARD, WALL_GAP, WALL_TIME, SQUEEZE, LINGER = range(13)
QUEUE, HERD, LOYALTY, USUAL, UP_COST, DOWN_COST, GROUP_NEAR, GROUP_FAR, SEEN_SPEED, ONCOMING, STRANGE = range(13, 24)
KEEPING_RIGHT, TOUCHING = range(24, 26)
"""Of the law of walking; `rules/walking.py` says what they are. Bodies farther apart than `TOUCHING`
before a step do not touch in it [m]."""

STEP, WALKERS, TRACK_ROWS, PASSAGE_ROWS, ERRANDS, SHIFTS, GONE_COUNT, STEPPED, STOPPED, STANDERS, QUIET = range(11)
"""Of the clock: the step, how many walk, rows of tracks and of passages, errands and
changes of doors that have been, people gone, person-steps done, people who stopped since the last look, people who
stand, whether nobody queues."""

SECOND, LOOK, REVIEW, GROUPS, GOALS, ALL_AWAKE, UNTIL = range(7)
"""Of the pace, in steps: how often queues are counted and ways chosen anew, how often tracks are written, how often
ways are reckoned anew; how many groups and goals there are, whether nobody sleeps, and the last step of a stretch."""

UNLISTED = -1
"""In place of the length of a list of neighbours: to be made anew."""
