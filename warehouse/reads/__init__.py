"""One file a subject: what a version says of counties, returns, works, tasks, units, as DataFrames."""
