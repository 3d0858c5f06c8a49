"""Pure geometry of the neighbourhood: no file, clock, database or screen."""
