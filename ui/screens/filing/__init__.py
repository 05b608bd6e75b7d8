"""填报: choose, upload, see what to mend, submit."""
