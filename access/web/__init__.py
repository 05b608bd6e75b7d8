"""The gate before Streamlit and the pages to sign in on: the only files of this room that know the web frame."""
