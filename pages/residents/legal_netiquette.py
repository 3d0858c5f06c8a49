"""The legal page "netiquette"."""

from components import legal, session

legal.show(session.the_words(), "netiquette")
