"""What the room decides: how questions meet entries, and when to answer; pure."""
