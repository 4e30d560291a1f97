"""How the map of Hyosan is made: land, streets of the town, villages, roads and buildings."""
