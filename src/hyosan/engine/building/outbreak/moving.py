"""How an outbreak moves people: it lets them go, stay or make for a place, and writes down what they are about."""

from hyosan.engine.building.awake import take_posture, wake
from hyosan.engine.building.columns import (
    AIM_X,
    AIM_Y,
    AIMED,
    ANCHOR_X,
    ANCHOR_Y,
    CALM,
    CHOOSE,
    CORNER,
    FEAR_X,
    FEAR_Y,
    GOAL,
    IN,
    LEFT,
    PATIENCE,
    PLANNED,
    POSTURE,
    SIDE,
    SPOT,
    STEP,
    SWING,
    WALKING,
    X,
    Y,
)
from hyosan.engine.building.given import BODY_ROWS, PLACE_ROWS, WALKER_ROWS, WHO_ROWS
from hyosan.engine.building.outbreak.columns import DUE, MODE, N_MINDS, PATH_AT, PATH_LENGTH, SINCE, STAGE
from hyosan.engine.building.outbreak.given import COUNT_ROWS, MIND_ROWS, MIND_TABLE, TO_ROWS
from hyosan.jit import float_routine

NEVER = 1 << 40
"""A step that never comes."""


@float_routine
def take_mode(person, mode, due, clock, who, outbreak, tables):
    """Be about something else from now on, and write it down; at step `due` it is thought over."""
    mind, count, rows = outbreak[MIND_ROWS], outbreak[COUNT_ROWS], tables[MIND_TABLE]
    if mind[person, MODE] != mode:
        row = count[N_MINDS]
        rows[row, 0], rows[row, 1], rows[row, 2], rows[row, 3] = clock[STEP], person, mode, who[person, IN]
        count[N_MINDS] = row + 1
        mind[person, SINCE], mind[person, STAGE] = clock[STEP], 0
    mind[person, MODE], mind[person, DUE] = mode, due


@float_routine
def let_go(person, clock, people):
    """Let somebody walk whom an outbreak moves from now on."""
    place, who, body = people[PLACE_ROWS], people[WHO_ROWS], people[BODY_ROWS]
    if who[person, PLANNED] == 0:
        who[person, PLANNED], who[person, GOAL], who[person, SPOT], who[person, SIDE] = 1, -1, -1, -1
        who[person, CHOOSE] = CALM
    if who[person, POSTURE] != WALKING:
        take_posture(person, WALKING, clock, place, who)
        who[person, CORNER] = -1
        body[person, LEFT], body[person, PATIENCE], body[person, SWING] = 0.0, 0.0, 0.0
        body[person, ANCHOR_X], body[person, ANCHOR_Y] = place[person, X], place[person, Y]
        wake(person, clock, people[WALKER_ROWS], who)


@float_routine
def stay(person, posture, clock, people, outbreak):
    """Let somebody sit or stand where it is."""
    who, body, mind = people[WHO_ROWS], people[BODY_ROWS], outbreak[MIND_ROWS]
    if who[person, PLANNED] == 0:
        who[person, PLANNED], who[person, GOAL], who[person, SPOT] = 1, -1, -1
        who[person, CHOOSE] = CALM
    who[person, SIDE], who[person, AIMED] = -1, 0
    mind[person, PATH_LENGTH], mind[person, PATH_AT] = 0, 0
    body[person, FEAR_X], body[person, FEAR_Y] = 0.0, 0.0
    if who[person, POSTURE] != posture:
        take_posture(person, posture, clock, people[PLACE_ROWS], who)


@float_routine
def make_for(person, x, y, clock, people, outbreak):
    """Make for a place in one's room."""
    let_go(person, clock, people)
    who, body, to, mind = people[WHO_ROWS], people[BODY_ROWS], outbreak[TO_ROWS], outbreak[MIND_ROWS]
    who[person, SIDE], who[person, AIMED] = -1, 2
    mind[person, PATH_LENGTH], mind[person, PATH_AT] = 0, 0
    to[person, 0], to[person, 1] = x, y
    body[person, AIM_X], body[person, AIM_Y] = x, y


@float_routine
def follow_path(person, clock, people, outbreak):
    """Go by the path that has just been found."""
    let_go(person, clock, people)
    who, mind = people[WHO_ROWS], outbreak[MIND_ROWS]
    who[person, AIMED], who[person, SIDE], mind[person, PATH_AT] = 0, -1, 0
