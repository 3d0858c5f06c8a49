"""Who offered to help, and with what."""
