"""Numbered, never-changed versions of what was reported, and the marts that add it up."""
