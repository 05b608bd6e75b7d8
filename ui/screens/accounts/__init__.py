"""账号: who there is and what they may do."""
