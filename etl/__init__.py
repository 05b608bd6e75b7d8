"""A workbook becomes facts: cells → forms → returns → rules → accept."""
