"""What the office's technician starts from a terminal, with the app stopped."""
