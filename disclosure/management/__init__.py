"""Commands of the disclosure package."""
