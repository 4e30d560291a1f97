"""Which column of the arrays of an outbreak holds what; `columns` of the building has those of walking."""

HEALTHY, BITTEN, HUNTER, DESTROYED, SPENT, POLICE = range(6)
"""Of `ROLE`, what somebody is: not infected; infected, and not turned; turned; a hunter destroyed, or one that has
tired; an armed officer, who is not infected either."""

(
    MODE,
    SINCE,
    DUE,
    STAGE,
    EVIDENCE,
    PATH_LENGTH,
    PATH_AT,
    TARGET,
    ROOM_TO,
    SEEN_AT,
    STRIKES,
    READY,
    TURNS_AT,
    TIRES_AT,
    BITTEN_AT,
    BITTEN_BY,
    LEADER,
    DECISIONS,
    ORDERED,
    HOME,
    SIBLING,
    HELPS,
    DOOR_AT,
    CALLS_AT,
    TEXTS_AT,
    ENTERS_AT,
    ENTERS_BY,
    SEEN_PREY,
    TRIED,
) = range(29)
"""Of minds, whole numbers: `Mind`; step since when; step of the next decision; stage of what it does; what speaks for
danger, in hundredths; length of its path, and where on it it is; whom it hunts or heeds; room it makes for; step at
which it last saw a hunter, or a hunter its prey; strikes made; step from which it may strike; steps at which it
turns and tires (-1 never); step and hunter of its bite; who leads it; decisions made; what it was told to do; its
usual room; its sibling; whom it helps; side of the door it is busy at; step at which it calls for help, and writes
to friends; step and side by which it comes in; step at which it last saw its prey; doors tried in vain."""

LEADS = -2
"""Of `LEADER`: it leads a class itself."""

MIND_COLUMNS = 29

BOLD, HELPFUL, NERVE, SNEAKS, CALM_LEG, TALKS = range(6)
"""Of traits, 0 to 1: how readily it fights or runs rather than hides, helps, and needs evidence; how long it stays
hidden; its haste; whether it telephones."""

WHOSE, WHERE, AT = range(3)
"""Of memories: hunter (-2 - room for a place only heard of), room, step."""

MEMORIES, TRIED_DOORS, LONGEST_PATH = 4, 16, 24
"""Hunters and doors found shut that somebody remembers, and sides of a path that are kept."""

LOCKED_BY, CARED_BY, HOLDERS, BEATERS, EPISODE, BARRED = range(6)
"""Of doors, whole numbers: who locked it (-1 nobody), who sees to it, who holds it shut, hunters that beat on it, how
often it has been broken, whether it is barricaded."""

POINTS, BEATEN, TOUGH = range(3)
"""Of doors: points of the barricade [blows], blows so far as a share of what it stands on average [1], and the share at
which it gives way [1]."""

KIND_OF, SOUND_X, SOUND_Y, SOUND_ROOM, LEVEL, BY = range(6)
"""Of sounds: `Sound`, where, level at 1 m [0.1 dB], and who made it (-1 nobody)."""

(
    N_SOUNDS,
    N_STRIKES,
    N_MINDS,
    N_DOORS,
    N_DEEDS,
    N_HEARD,
    N_HUNTERS,
    N_TURNED,
    N_BITTEN,
    N_DESTROYED,
    NEXT_TURN,
    FIRST_CALL,
    N_CALLS,
    NEXT_ORDER,
    STALE,
    N_EVER,
    RESPONDED,
    WAYS_STALE,
    SIGHTS_STALE,
) = range(19)
"""Of counts: sounds of this step; rows of tables not yet taken; hunters now; people turned, bitten, and hunters
destroyed so far; step of the next turn; step of the first call, and calls; the next order; whether a door has
changed; whether anybody has hunted yet; step at which the office responds; whether ways of the timetable, and
sights, must be found anew."""

COUNT_COLUMNS = 19

ORDER_AT, ORDER_KIND, ORDER_DOOR, ORDER_SHARE = range(4)
"""Of orders: step, `ORDER_*`, door of the plan or -1, who believes it [2**-30]."""

ANNOUNCE, LOCK_DOWN, EVACUATE = range(3)
"""Of orders: hunters are announced; all lock themselves in; all leave. Also of `ORDERED`, plus one."""

(
    SIGHT,
    HALF_VIEW,
    MEMORY,
    SCREAM,
    FOOTSTEPS,
    BANG,
    PHONE,
    GROWL,
    BAR_LOSS,
    SPEECH,
    HESITATION,
    RUNNING,
    SNEAKING,
    HIDING_LIKED,
    LOCK_TIME,
    PILING,
    MOST_PILED,
    HOLDING,
    RINGS,
    FEND,
    MEANS,
    HELPING,
    FIGHTING,
    CALLING,
    TEXTING,
    SNEAK_AFTER,
    LATCH_STRENGTH,
    BLOWS,
    DANGER,
    REACH_OF,
    HUNTER_SIGHT,
    HUNTER_EAR,
    HUNTER_LOSES,
    PACE_OF,
    SPEED_OF,
    PAUSE,
    ALPHA,
    COMPANY,
    TAKES,
    HUNTERS_HALF_VIEW,
    SHOTS,
    HIT,
    RESPONSE,
    RESPONSE_AFTER,
    RESPONSE_SHARE,
    DRIFT,
    FLEES,
    TICKS,
    QUIETEST,
) = range(49)
"""Of nerves, what is the same for all: `scenario.behaviour` and `scenario.bite` say what they are. Levels in 0.1 dB,
times in steps, chances 2**-30; `TICKS` are the steps in a second,
`QUIETEST` is the level from which anybody hears anything."""

NERVE_COLUMNS = 49
