"""Photos that wait to be checked."""
