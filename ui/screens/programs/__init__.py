"""程序接口: the description of /api/v1 and the tokens."""
