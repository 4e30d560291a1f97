"""Runs of a scenario: one, and many over one world."""
