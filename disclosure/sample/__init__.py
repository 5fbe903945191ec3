"""The sample department: a published document's data as printed, with corrections, each with its reason."""
