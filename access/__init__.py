"""Who may do what: accounts, sessions, rights, the audit log, and the gate before Streamlit."""
