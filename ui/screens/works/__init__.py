"""资金与工程: projects, their money and stages, aid."""
