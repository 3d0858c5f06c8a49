"""The legal pages' blanks, and what people reported about access."""
