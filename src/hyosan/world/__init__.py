"""People, places and who meets whom: built once, never written again."""
