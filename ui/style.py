"""The few rules that Streamlit's own style needs beside it."""

# Streamlit leaves 6 rem above the first line and hides nothing on paper.
STYLE = """<style>
.block-container { padding-top: 4.3rem; padding-bottom: 2rem; max-width: 1500px; }
[data-testid="stPageLink"] p { white-space: normal; text-align: left; overflow: visible; }
[data-testid="stMetricLabel"] p { font-size: .86rem; white-space: normal; }
[data-testid="stMetricValue"] { white-space: normal; font-size: 1.55rem; font-variant-numeric: tabular-nums; }
[data-testid="stMetricValue"] > div { white-space: normal; overflow: visible; }
[data-testid="stSkipToContent"] { display: none; }
@media (max-width: 640px) { .block-container { padding-left: .8rem; padding-right: .8rem; } }
@media print { header, .st-key-masthead [data-testid="stButtonGroup"] { display: none !important; } }
</style>"""
