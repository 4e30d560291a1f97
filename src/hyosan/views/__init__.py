"""How people meet hyosan: the command line, Python, pictures."""
