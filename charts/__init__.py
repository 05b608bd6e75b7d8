"""One figure per file: rows of the mart `judged` in, a plotly Figure out. Draws; never judges or adds up.

Every figure is finished: title (the finding), as-of and coverage, source clause, explicit colours for
`mode` "light" or "dark". Show it with `theme=None` and `config=theme.png_config(...)`.
"""
