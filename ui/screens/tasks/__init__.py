"""任务: the list, one task, units against tasks."""
