"""The wall: what the room has said, on a projector."""
