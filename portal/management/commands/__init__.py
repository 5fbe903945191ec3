"""Commands of the public side."""
