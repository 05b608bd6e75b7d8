"""Streamlit pieces the pages share: cached reads, filters, cards, figures, tables."""
