"""Files people bring, read into proposals that a person confirms before anything is kept."""
