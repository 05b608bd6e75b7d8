"""What can be wrong between the entries of a plan: one file per noun, in the order of `check.CHECKS`.

Each check takes a `Plan` and yields `Mistake`s; none mends anything, none knows a city or a year.
"""
