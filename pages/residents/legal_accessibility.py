"""The legal page "accessibility"."""

from components import legal, session

legal.show(session.the_words(), "accessibility")
