"""What people do with returns: file, review, lock, administer. Every action asks rights and leaves a line in the log."""
