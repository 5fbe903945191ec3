"""The facts: what was decided, in exact money, by whom it is spent and on what."""
