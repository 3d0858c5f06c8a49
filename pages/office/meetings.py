"""Meetings: planned, opened, led, closed."""
