"""The page about the tests of RiMEA 4.1.1."""

from pedestrian_pages import Exhibit, page
from rimea_drawings import DRAWINGS

SETUPS = {
    "1": "A corridor of 2 m width, one person at 1.33 m/s who sets out after 1 s, lines 40 m apart. 26 to 34 s "
    "(guideline); 40 / 1.33 s to two steps (proposed).",
    "2": "A stair of 2 m width, 10 m along the slope, one person upward, at three speeds: Fruin's of people under "
    "30 and over 50, and Weidmann's mean. Length / speed to 5 % (JuPedSim's suite).",
    "3": "The same downward.",
    "4": "The guideline's corridor of 1,000 x 10 m is a periodic one of 26 x 2 m here, as in JuPedSim's suite; "
    "measuring squares of 2 x 2 m, 60 s after the first 10. Speed falls with density and a second run gives "
    "the same (guideline); within a fifth of Weidmann's from .5 to 2 /m² and the largest flow 1.2 to 1.8 /(m "
    "s) (proposed: so far apart are measurements of different studies).",
    "4-narrow": "The same with a width of .5 m, into which two bodies of .3 m do not fit abreast. Speed falls with "
    "density, and nobody gets ahead of whoever was the next before it (guideline).",
    "5": "A room of 8 x 5 m, exit 1 m, ten people who set out at times even from 10 to 100 s. Each at its own time "
    "to two steps (JuPedSim's suite).",
    "6": "A corridor of 2 m width with legs of 10 m inside the corner; 20 people in the first 6 m. All arrive "
    "(guideline), nobody more than 1 mm beyond a wall at any step or half way between two (NIST).",
    "7": "50 adults of six ages, each alone on a lane of 40 m. Mean speed of each age within .03 m/s of Weidmann's "
    "(JuPedSim's suite).",
    "8": "112 rooms of 2 x 3 m with four people each, on corridors of 1 m on three storeys; stairs of two flights, "
    "1.2 m wide (assumed), a double door of 2 m. The guideline asks for a report; that times fall with speed "
    "and rise with a spread of speeds is proposed.",
    "9": "A hall of 30 x 20 m, 1,000 people, four exits of 1 m; then those of one wall shut. About twice the time "
    "(guideline): 1.6 to 2.4 (JuPedSim's suite).",
    "10": "Twelve cabins along a corridor, 23 people; those of 1 to 4 and 7 to 10 are assigned the main exit. All "
    "take theirs (guideline).",
    "11": "A hall of 30 x 20 m, 1,000 people at its left; exits of 1 m at 21 and 27 m of the long wall. A jam at "
    "the nearer exit, some by the farther one (guideline), but fewer (JuPedSim's suite); a jam is 2 /m² "
    "(proposed).",
    "12-v3": "Two halls of 10 x 10 m and a neck of 5 x 1 m, an exit of 1 m. Flow of the neck at least that of the exit "
    "less .05 /s (JuPedSim's suite), a jam before the neck alone: 2 /m² (proposed).",
    "12a": "A neck of .2 x 1 m, people have arrived 0 to 10 m behind it. Flow does not depend on it (JuPedSim's "
    "suite), to a tenth (proposed).",
    "12b": "Necks of .2 and 5 m. The longer is slower (JuPedSim's suite).",
    "12c": "Three halls, two necks of 1 m. A jam before the first alone (JuPedSim's suite): 2 /m² (proposed).",
    "12d": "Necks of 5 m, .8, 1 and 1.2 m wide. Flow rises with width (JuPedSim's suite), and is no more than a "
    "tenth beyond the lowest and highest of seven studies (proposed).",
    "13": "An endless stair: 10 x 2 m and floors of 2 m at both ends, joined. Of all adults seen on it at .6 to 1.5 "
    "/m² half walk between Corbetta's envelopes, and down is faster than up (JuPedSim's suite).",
    "13-v3": "A room of 5 x 8 m with 150 people, a corridor of 12 x 2 m, a stair up of 3 x 2 m, a landing of 1 m. Jams "
    "at the room's exit and, growing, at the foot of the stair, whose flow is below the corridor's "
    "(guideline); a jam is 2 /m² (proposed).",
    "14": "From one room of the upper floor to another: by a corridor there, or down and up and across below. The "
    "guideline asks for a report of what people do; that more go below the longer the corridor is is "
    "proposed. A way up a stair counts as 2.2 and down as 1.93 times a level one; queues count too, so at "
    "like lengths people divide.",
    "15": "500 people in 20 x 6 m; straight corridors of 44 and 75.4 m, and one of 20 m width with a corner whose "
    "inner and outer lengths these are. Ideally no faster than the short and no slower than the long one "
    "(guideline).",
    "16": "A ring of 20 m, .6 m wide, at 13 densities. At least three of four speeds between the curves of the 10th "
    "and 90th percentile, at least three rounds, a slower and a faster free speed shift the curve (JuPedSim's "
    "suite). Denser than 1.3 /m three rounds would take up to an hour and are not asked for.",
}
"""What each claim sets up, and whose its bounds are."""

NOTES = {
    "12a": "At 0 m the exit is the end of the neck. Whoever has left is heeded for two more seconds, as it gets up to "
    "speed outside within 2.25 time gaps; that number is calibrated on this test.",
    "12c": "Both necks let through about as many, so people come to the second one as fast as it takes them; in one of "
    "five seeds or so a few wait there. The bound is one that we propose.",
    "15": "**This falls short** of the ideal. Whoever is held up makes for a place farther out, 45 degrees at most, "
    "so about seven of the twenty metres are used; when everybody hugged the corner it took 175 s.",
}
"""What is to be said of how a claim came out."""


def write(quick: bool) -> None:
    """The page."""
    page(
        "rimea",
        "Tests of RiMEA 4.1.1",
        [
            "The sixteen tests of the guideline for microscopic evacuation analysis (RiMEA e.V., 2025), 12 and 13",
            "also in the form of version 3. The guideline sets hardly any numbers; each bound says whose it is.",
            "Nothing is set for a test: people walk by the default law (`rules/walking.py`), and what a test",
            "prescribes are geometry, speeds and times. Points that others measured are drawn where the data is at",
            "hand, and are no part of a verdict. Drawings are of one seed; tables are of the seeds of the claim.",
        ],
        [
            Exhibit(f"rimea-{name}", setup, DRAWINGS[f"rimea-{name}"], NOTES.get(name, ""))
            for name, setup in SETUPS.items()
        ],
        quick=quick,
    )
