"""Progression: people enter and leave the states of the pathogen."""

from hyosan.engine.attempts import ACTIVE, CODE, ORDINAL, ROWS, SECOND, SLOT, TRANSITION, TRANSITIONS, WHO, file_record
from hyosan.engine.today import push
from hyosan.jit import part
from hyosan.rules.progression import FOREVER, SUSCEPTIBLE, stay


@part
def stay_of(person, seed, age, course, crowd):
    """(dwell time [s], next state) of the state that a person is in."""
    dwell_row, dwell_tables, branch_to, branch_chance = course[:4]
    state, episode, visit = crowd[:3]
    return stay(
        seed,
        person,
        int(episode[person]),
        int(visit[person]),
        int(state[person]),
        int(age[person]),
        dwell_row,
        dwell_tables,
        branch_to,
        branch_chance,
    )


@part
def file_stay(person, second, day_end, seed, age, course, crowd, pool, head, counters, today, tie, heap):
    """File the end of the state that a person has just entered; an end before `day_end` [s] goes to the heap."""
    _, episode, visit = crowd[:3]
    time, _ = stay_of(person, seed, age, course, crowd)
    if time == FOREVER:
        return
    code = TRANSITION | (int(episode[person]) << 8)
    if second + time >= day_end:
        file_record(second + time, person, int(visit[person]), 0, code, pool, head, counters)
        return
    row = counters[ROWS]
    counters[ROWS] += 1
    today[row, SECOND] = second + time
    today[row, WHO] = person
    today[row, ORDINAL] = visit[person]
    today[row, SLOT] = 0
    today[row, CODE] = code
    tie[row] = 0
    push(row, today, tie, heap, counters)


@part
def write_transition(second, person, old, new, course, counters, transitions):
    """One row of the event buffer; the count of active people follows."""
    active = course[8]
    counters[ACTIVE] += active[new] - active[old]
    row = counters[TRANSITIONS]
    counters[TRANSITIONS] += 1
    transitions[row, 0] = second
    transitions[row, 1] = person
    transitions[row, 2] = old
    transitions[row, 3] = new


@part
def progress(row, day_end, seed, age, course, crowd, pool, head, counters, today, tie, heap, transitions):
    """Move the person of one row of today to its next state."""
    state, episode, visit = crowd[:3]
    person = int(today[row, WHO])
    if int(episode[person]) != today[row, CODE] >> 8 or int(visit[person]) != today[row, ORDINAL]:
        return  # infected anew meanwhile: the course that this belonged to is over
    second = int(today[row, SECOND])
    old = int(state[person])
    _, new = stay_of(person, seed, age, course, crowd)
    state[person] = new
    visit[person] += 1
    write_transition(second, person, old, new, course, counters, transitions)
    if new != SUSCEPTIBLE:
        file_stay(person, second, day_end, seed, age, course, crowd, pool, head, counters, today, tie, heap)
