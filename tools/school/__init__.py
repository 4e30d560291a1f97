"""How Hyosan High School is drawn: sizes, rooms, furniture, stairs and grounds."""
