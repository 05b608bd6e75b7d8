"""Excel workbooks: the summary of a quarter, one unit, one indicator."""
