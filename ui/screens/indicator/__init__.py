"""指标: the head of one indicator, its sentences, and what the city's number would be if a unit's were other."""
