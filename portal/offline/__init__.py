"""Programs for readers to take away: they need Python and nothing else."""
