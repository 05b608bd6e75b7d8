"""The store of many: a DuckLake, whose catalogue is a PostgreSQL database and whose rows lie as Parquet on a share or in S3."""
