"""版本与备份: what was published, kept, gone back to, backed up."""
