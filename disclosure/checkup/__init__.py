"""The check-up: a document that the portal did not write, read as far as it can be, audited, and forgotten."""
