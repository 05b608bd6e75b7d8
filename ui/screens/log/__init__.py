"""日志: who did what, searched and taken away."""
