"""What a clerk has goes in, whole and checked: the workbook whose blank comes from the same declarations, and past files."""
