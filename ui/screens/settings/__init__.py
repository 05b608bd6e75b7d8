"""设置: due days, and what stands in the settings files."""
