"""The legal page "privacy"."""

from components import legal, session

legal.show(session.the_words(), "privacy")
