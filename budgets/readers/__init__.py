"""Files as people send them, read into plain sheets: workbooks, delimited text, and the columns they head."""
