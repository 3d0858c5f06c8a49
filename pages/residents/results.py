"""What became of it: needs, projects, decisions and answers."""
