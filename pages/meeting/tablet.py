"""The tablet on the table: one person after the other says something."""
