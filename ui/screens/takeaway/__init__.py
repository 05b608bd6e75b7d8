"""导出: files about a quarter, the briefing, the pack, the check of a file that came back."""
