"""Closed lists whose numbers are stored in tables and in the addresses of draws: append, never renumber."""

from enum import IntEnum

MOST_AGES = 101
"""Ages are whole years, 0 to 100; 100 stands for 100 and older."""


class Setting(IntEnum):
    """Where a contact happens."""

    NONE = 0
    """No setting: an importation, or infected at the start."""
    HOME = 1
    """Household: everyone under one roof."""
    CLASS = 2
    """School class."""
    TEAM = 3
    """Working group of a workplace."""
    COMMUNITY = 4
    """Anybody of the town, picked by age."""
    SCHOOL = 5
    """A school at large: corridors, meals, breaks."""
    SITE = 6
    """A workplace at large: meals, lifts, meetings."""
    SHOP = 7
    """Shops of the district."""
    LEISURE = 8
    """Cafés, sports, meetings with friends in the district."""
    TRANSPORT = 9
    """A line of public transport, with those who ride at the same time."""
    HOSPITAL = 10
    """A hospital ward: its staff and its patients."""
    CARE = 11
    """A care home: its residents and its staff."""
    STREET = 12
    """Outdoors, or in a cell without buildings: only hunters reach anybody there."""
    SHELTER = 13
    """A shelter that is broken: only hunters reach anybody there."""


PLACE_SETTINGS = (Setting.HOME, Setting.CLASS, Setting.TEAM)
"""Settings whose contacts sit in the slots of a place; column s of `People.membership` is setting s + 1."""

MEMBERSHIPS = ("dwelling", "class", "team", "line")
"""Columns of `People.membership`; a dwelling is a household, or a care home for those who live in one."""

MEMBERSHIP_SETTINGS = (Setting.HOME, Setting.CLASS, Setting.TEAM, Setting.TRANSPORT)
"""Settings of the places that the columns of `People.membership` name, but for the dwellings in care homes."""


class Route(IntEnum):
    """How an infection reached the infectee."""

    START = 0
    """Infected when the run began."""
    IMPORTATION = 1
    """Infected elsewhere."""
    ANIMAL = 2
    """Bitten by an animal."""
    AIR = 3
    TOUCH = 4
    DROPLET = 5
    SURFACE = 6
    BITE = 7


class Scale(IntEnum):
    """Which scale of the engine let the infection happen."""

    BUILDING = 0
    CITY = 1
    REGION = 2


class Behaviour(IntEnum):
    """What a state does to a person's day."""

    NORMAL = 0
    STAYS_HOME = 1
    """Meets only the household."""
    IN_HOSPITAL = 2
    """Meets nobody of the household, class, team or community."""
    DEAD = 3
    """Meets nobody."""
    HUNTS = 4
    """Seeks people and strikes them; meets nobody otherwise."""


class Reason(IntEnum):
    """Why an attempt is refused, in the order in which reasons are tried: nature first, orders after."""

    NONE = 0
    """Not refused."""
    EMPTY = 1
    """Nobody sits in the slot, or the infector does."""
    IMMUNE = 2
    """The target is dead, or immune for good."""
    RECOVERED = 3
    """The infector is no longer infectious, or no longer in the same episode."""
    INFECTOR_ELSEWHERE = 4
    """The infector's state keeps it out of the setting."""
    TARGET_ELSEWHERE = 5
    """The target's state keeps it out of the setting."""
    PROTECTED = 6
    """The target is infected, or immune for now."""
    INFECTIOUSNESS = 7
    """Thinned: the infector sheds less than the most that the pathogen allows."""
    SUSCEPTIBILITY = 8
    """Thinned: the target is less susceptible than the most susceptible."""
    LAYER = 9
    """Thinned: the layer's rate in force is below the bound at which it was emitted."""
    SCHOOL_CLOSED = 10
    """An order: schools are closed."""
    WORKPLACE_CLOSED = 11
    """An order: the workplace is closed."""
    CURFEW = 12
    """An order: the infector or the target stays at home at this hour."""
    ISOLATED = 13
    """An order: the infector or the target has symptoms and is isolated."""
    QUARANTINED = 14
    """An order: somebody of the household of the infector or the target is ill, and all stay at home."""
    TRACED = 15
    """An order: the infector or the target was found as the contact of a case, and stays at home."""
    GATHERING = 16
    """An order: contacts outside home, school and work are limited."""
    MASKED = 17
    """An order: a mask holds it back."""


class Outcome(IntEnum):
    """How a strike of a hunter at a person ends."""

    BITTEN = 0
    """The person is infected."""
    SPARED = 1
    """The person is wounded, and the virus does not take."""
    DESTROYED = 2
    """The person destroys the hunter."""
    EVADED = 3
    """The person gets away."""


class Errand(IntEnum):
    """What a person does about hunters."""

    SCHEDULE = 0
    """Nothing: lives by the schedule."""
    STAYS = 1
    """Stays where it is safe, at home or in somebody else's building."""
    HOMEWARD = 2
    """Is on its way home."""
    LEAVING = 3
    """Is on its way out of the town."""
    AWAY = 4
    """Has left the town."""
    TO_SHELTER = 5
    """Is on its way to a shelter."""
    SHELTERED = 6
    """Is in a shelter."""
    ABOARD = 7
    """Is in a bus that leaves the town."""


class Effect(IntEnum):
    """What an intervention against hunters did."""

    WARNED = 0
    """People who became aware by a warning."""
    STOPPED = 1
    """Attempts of people or hunters on foot to pass a cordon that failed."""
    LEAKED = 2
    """Attempts of people or hunters on foot to pass a cordon that succeeded."""
    DESTROYED = 3
    """Hunters destroyed by patrols."""
    KILLED = 4
    """People killed by patrols by mistake."""
    BOARDED = 5
    """People who got into a bus that leaves the town."""
    SHELTERED = 6
    """People let into a shelter."""
    TURNED_AWAY = 7
    """People refused at a shelter, because it was full or they were seen to be bitten."""


class Building(IntEnum):
    """What a building is."""

    HOUSES = 0
    """A row of houses with a door each."""
    FLATS = 1
    """Blocks of flats."""
    SHOPS = 2
    """Shops, and whatever else people go out for."""
    OFFICES = 3
    """Workplaces."""
    SCHOOL = 4
    HOSPITAL = 5
    CARE = 6
    """A care home."""
    POLICE = 7
    """A police station."""
    CAMP = 8
    """The gate of a quarantine camp."""


class Posture(IntEnum):
    """What somebody in a building does."""

    SITTING = 0
    """Sits, and is not pushed."""
    STANDING = 1
    """Stands, and gives way to who pushes."""
    WALKING = 2
    """Walks, or wants to."""
    GONE = 3
    """Has left the building."""


class Mind(IntEnum):
    """What somebody in a building is about, once infected people hunt there."""

    UNAWARE = 0
    """Lives by the timetable."""
    ALARMED = 1
    """Knows that something is wrong, and has not decided yet."""
    EVACUATING = 2
    """Leaves, as told."""
    FLEEING = 3
    """Runs out of the building."""
    SEEKING = 4
    """Looks for a brother or sister."""
    TO_REFUGE = 5
    """Is on its way to a room to hide in."""
    SECURING = 6
    """Shuts, locks or barricades a door."""
    HIDING = 7
    """Keeps still in a room."""
    HOLDING = 8
    """Holds a door shut."""
    SNEAKING = 9
    """Steals away from where it hid."""
    FIGHTING = 10
    """Stands and fights."""
    FOLLOWING = 11
    """Does what whoever leads the class says."""
    WANDERING = 12
    """Hunts, and knows of nobody."""
    INVESTIGATING = 13
    """Hunts, and goes where it heard or last saw somebody."""
    CHASING = 14
    """Hunts somebody whom it sees."""
    BREAKING = 15
    """Hunts, and beats on a door."""
    LINGERING = 16
    """Hunts, and has just struck."""
    OVER = 17
    """Hunts no longer: destroyed, or tired out."""
    PATROLLING = 18
    """Is an officer and looks for hunters."""
    SHOOTING = 19
    """Is an officer and has a hunter in sight."""
    WAITING = 20
    """Is an officer and not yet here."""


class Sound(IntEnum):
    """What is heard in a building."""

    SCREAM = 0
    FOOTSTEPS = 1
    """Of people who run, all of a room together."""
    BANG = 2
    """Hunters beat on a door."""
    PHONE = 3
    """A telephone or a cough of somebody who hides."""
    GROWL = 4
    """Of a hunter that chases."""
    SHOT = 5


class DoorEvent(IntEnum):
    """What happened to a door."""

    SHUT = 0
    LOCKED = 1
    BARRICADED = 2
    """Furniture was first piled against it."""
    HELD = 3
    """Somebody began to hold it shut."""
    OPENED = 4
    """It was unlocked and cleared from inside."""
    BROKEN = 5
    """It gave way."""
    BEATEN = 6
    """Hunters began to beat on it."""


class Deed(IntEnum):
    """What somebody did for somebody else."""

    LED = 0
    """Told a class what to do."""
    HELPED = 1
    """Took a slower one along."""
    FENDED = 2
    """Stood beside somebody who fended off a hunter."""
    DESTROYED = 3
    """Stood beside somebody who destroyed the hunter, or shot it."""
    FETCHED = 4
    """Came for a brother or sister."""
    CALLED = 5
    """Called for help."""
    LET_IN = 6
    """Opened a locked door to somebody who knocked."""
