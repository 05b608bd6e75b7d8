"""Pieces that several screens share: figures, tables, markup, downloads, questions, the box that explains a light."""
