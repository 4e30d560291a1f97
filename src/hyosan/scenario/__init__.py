"""What a person writes: scenarios, pathogens, and the catalogue of both."""
