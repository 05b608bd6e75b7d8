"""Data for programs: questions under /api/v1, their answers as JSON, CSV and Parquet, and the description of both."""
