"""What the public addresses answer: parse, ask for an edition, respond."""
