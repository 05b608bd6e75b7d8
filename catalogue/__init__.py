"""The plan and the words, read from TOML. Imports no other room."""
