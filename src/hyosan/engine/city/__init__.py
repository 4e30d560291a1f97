"""One file a phenomenon of the city."""
