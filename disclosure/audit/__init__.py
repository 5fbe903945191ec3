"""The audit: rules that read a Document and nothing else."""
