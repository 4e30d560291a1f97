"""Floor plans: the type, its file formats, and the check that a building can be walked."""
