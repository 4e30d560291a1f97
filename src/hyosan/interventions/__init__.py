"""Interventions: what each refuses, numbers in and a yes or no out; how orders come to people is the engine's."""
