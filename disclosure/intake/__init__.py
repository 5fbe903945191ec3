"""What a clerk has goes in, whole and checked: a workbook made from the same declarations, and past files."""
