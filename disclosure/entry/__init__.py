"""A year's facts typed or pasted into grids, one per sheet of the workbook: read, judged, merged, stored."""
