"""报送进度: returns owed by quarter, and the texts that ask for them."""
