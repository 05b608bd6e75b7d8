"""口径与核查: the manual, made from catalogue, wording and rules."""
