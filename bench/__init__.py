"""What docs/figures.md quotes, measured anew: `python -m bench`."""
