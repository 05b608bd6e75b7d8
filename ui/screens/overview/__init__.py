"""总览: the plan's state, what needs attention, one promise as it stands for the city."""
