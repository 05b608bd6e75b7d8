"""审核: the queue, one return, many at once."""
