"""What surrounds every screen: the server around Streamlit, who is looking, navigation, filters, the shell, style."""
