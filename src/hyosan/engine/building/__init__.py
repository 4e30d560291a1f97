"""People in a building: where they walk, whom they make way for, which door they take."""
