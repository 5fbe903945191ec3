"""What a trigger says when it refuses a row, found again in the database's own error."""

OPENING = "不能保存："
"""How a trigger's sentence begins, so that it is told from the database's other complaints."""


def sentence_of(error: Exception) -> str:
    """Return what a trigger said to people; blank for any other error."""
    return str(error).partition(OPENING)[2].partition("\n")[0].strip()
