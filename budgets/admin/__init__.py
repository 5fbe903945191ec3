"""The clerk's admin of the facts: registers and lines, each page within the reach of whoever looks."""
