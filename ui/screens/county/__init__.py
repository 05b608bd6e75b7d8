"""县区: one unit's indicators, strong and weak points, returns, and its page to print."""
