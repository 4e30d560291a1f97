"""Given: places in the tuples that kernels take, of the world, a course, people and orders."""

(
    TRAITS,
    MEMBERSHIP,
    PLACES,
    PLACE_MEMBERS,
    AGE_GROUP,
    TOWN,
    MIX_CHANCE,
    MIX_OTHER,
    POOL_START,
    POOL_MEMBERS,
    DISTRICT_START,
    DISTRICT_MEMBERS,
    WHEREABOUTS,
    WARDS,
    SENT_HOME,
) = range(15)
"""Of the world: age, schedule and district of people; their places; rows of places and their members; age groups and
towns; whom age groups meet; pools of people by schedule and by district; where schedules have people; hospital wards;
whether orders may send people home. `engine.groundwork` makes it."""

EVERYWHERE, SHIFT_OF_CLOCK, WEEKDAY, CLOCK, FIRST_HOURS, SPAN, SETTING, PRESENCE_BITS = range(8)
"""Of where schedules have people; `engine.whereabouts` says what each is."""

(
    DWELL_ROW,
    DWELL_TABLES,
    BRANCH_TO,
    BRANCH_CHANCE,
    INFECTIOUSNESS,
    SUSCEPTIBILITY,
    PRESENT,
    FINAL,
    ACTIVE,
    PROFILE,
    AGE_SUSCEPTIBILITY,
    VACCINE,
    SYMPTOMATIC,
    WARD_INFECTS,
    HUNTING,
    ENTRIES,
    ENTRY_CHANCE,
    DEAD,
) = range(18)
"""Of a course; `engine.course` says what each is."""

INFECTED_AT, EPISODE, OPEN, VACCINATED, SYMPTOMS_AT, MIDNIGHT = range(6)
"""Of people who change; `engine.state` says what each is."""

ORDER_ROWS, TRACED_FROM, TRACED_UNTIL = range(3)
"""Of orders."""
