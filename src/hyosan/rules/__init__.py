"""The science: numbers in, numbers out, each with its source."""
