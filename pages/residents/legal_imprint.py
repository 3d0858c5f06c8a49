"""The legal page "imprint"."""

from components import legal, session

legal.show(session.the_words(), "imprint")
